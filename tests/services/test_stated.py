"""Totals that AgencyZoom states beside ours: agreeing, differing and why, not comparable; lists of active policies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.actives import NOTE
from desktop.core.periods import Period
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, coverage, imports, names, previews, retention, stated
from desktop.services.imports import ImportResult
from desktop.services.stated import Comparison, Why

AUTHOR = Author("test", "2026-04-02T08:00:00")
NOW = datetime(2026, 4, 2, 8)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
PRODUCERS = "producer_code,name\nP01,Dana Marsh\nP02,Owen Pryce\n"
POLICIES = """policy_number,client,producer,line,transaction,bound_on,effective_on,annual_premium,source
A,Oak,P01,Home,new,2026-03-02,2026-03-02,1000.40,Referral
B,Elm,P01,Auto,new,2026-03-09,2026-03-09,500,Web
C,Ash,P02,Auto,new,2026-03-10,2026-03-10,700,referral
D,Ivy,P02,Auto,new,2026-02-10,2026-02-10,900,Web
E,Fir,P02,Auto,renewal,2026-03-10,2026-03-10,900,Web
"""
HEAD = ",Items,Premium,L&H Premium,Policies,Sales,Points,Revenue\n"
SALES = "Producer" + HEAD + (
    'Dana Marsh,2,"$1,500",0,2,2,6,"$225"\n'
    'Owen Pryce,2,"$1,200",0,2,1,6,"$105"\n'
    'Pat,1,"$300",0,1,1,3,"$45"\n'
)  # fmt: skip
SOURCES = "Lead Source" + HEAD + 'Referral,2,"$1,700",0,2,2,6,"$225"\nBOB,9,"$9,000",0,9,9,6,"$105"\n'


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = books.open_throwaway(tmp_path / "agency.pdesk")
    yield opened
    opened.close()


def take(book: Book, folder: Path, files: dict[str, str], period: tuple[date, date] | None = MARCH) -> ImportResult:
    paths = []
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    return imports.import_files(book, paths, previews.options(book, NOW, period=period), AUTHOR, dry_run=False)


def by_whose(found: tuple[Comparison, ...]) -> dict[str, Comparison]:
    return {one.whose: one for one in found}


def test_totals_stand_beside_ours_with_the_records_behind(book: Book, tmp_path: Path) -> None:
    files = {"producers.csv": PRODUCERS, "policies.csv": POLICIES, "sales.csv": SALES, "sources.csv": SOURCES}
    result = take(book, tmp_path, files)
    found = by_whose(result.stated)
    assert found == by_whose(stated.comparisons(book, NOW))
    dana, owen, pat = found["Dana Marsh"], found["Owen Pryce"], found["Pat"]
    assert (dana.count, dana.our_policies, dana.premium, dana.our_premium) == (2, 2, 150_000, 150_040)
    assert dana.agrees is True and dana.why == ()
    assert (owen.count, owen.our_policies, owen.premium, owen.our_premium) == (2, 1, 120_000, 70_000)
    assert owen.agrees is False and owen.why == (Why.OTHER,)
    assert (pat.our_policies, pat.agrees, pat.why) == (None, None, (Why.UNKNOWN,))
    assert [one.key[:1] for one in stated.behind(book, dana, NOW)] == ["A", "B"]
    referral = found["Referral"]
    assert referral.by_source and referral.agrees is True and referral.our_premium == 170_040
    assert [one.key[:1] for one in stated.behind(book, referral, NOW)] == ["A", "C"]
    assert found["BOB"].why == (Why.NOT_SALES,) and found["BOB"].agrees is None


def test_an_answered_name_is_compared_at_once(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path, {"producers.csv": PRODUCERS, "policies.csv": POLICIES, "sales.csv": SALES})
    names.answer(book, {"Pat": "P02"}, AUTHOR)
    pat = by_whose(stated.comparisons(book, NOW))["Owen Pryce"]
    assert pat.our_policies == 1


def test_reasons_for_a_difference(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path, {"producers.csv": PRODUCERS, "sales - 2026-03-20T101112.csv": SALES})
    assert {one.why for one in stated.comparisons(book, NOW) if one.whose != "Pat"} == {(Why.NO_POLICIES,)}
    take(
        book,
        tmp_path,
        {"policies.csv": POLICIES.replace(",Referral", ",").replace(",referral", ",").replace(",Web", ",")},
    )
    owen = by_whose(stated.comparisons(book, NOW))["Owen Pryce"]
    assert owen.why == (Why.PULLED_EARLY, Why.OTHER) and owen.pulled_on == date(2026, 3, 20)
    take(book, tmp_path, {"sources.csv": SOURCES, "less.csv": SALES.replace("$1,500", "$750")})
    found = by_whose(stated.comparisons(book, NOW))
    assert found["Referral"].why == (Why.NO_SOURCES,)
    assert Why.BASIS in found["Dana Marsh"].why


def test_the_preview_compares_with_what_the_drop_brings(book: Book, tmp_path: Path) -> None:
    paths = []
    for name, text in {"producers.csv": PRODUCERS, "policies.csv": POLICIES, "sales.csv": SALES}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        paths.append(tmp_path / name)
    shown = previews.preview(book, paths, NOW, MARCH)
    (file,) = [one for one in shown.files if one.stated]
    assert file.file == "sales.csv" and by_whose(file.stated)["Dana Marsh"].agrees is True
    previews.discard(shown)
    assert stated.comparisons(book, NOW) == ()


ACTIVE = """policy_number,client,producer,line,transaction,bound_on,effective_on,annual_premium,ended_on
A,Oak,P01,Home,renewal,2025-06-01,2025-06-01,100,
B,Elm,P01,Home,new,2026-03-01,2026-03-01,100,
"""


def test_a_list_of_active_policies_is_named_whatever_its_layout(book: Book, tmp_path: Path) -> None:
    result = take(book, tmp_path, {"policies.csv": ACTIVE}, None)
    assert result.files[0].notes == (NOTE,)
    assert coverage.beside(book, NOW).active_only == ("template_policies",)
    lost = "C,Ash,P01,Home,new,2025-06-01,2025-06-01,100,2026-01-15\n"
    result = take(book, tmp_path, {"more.csv": ACTIVE + lost}, None)
    assert result.files[0].notes == () and coverage.beside(book, NOW).active_only == ()


def test_the_ratios_and_the_calendar_say_the_same_of_a_snapshot(book: Book, tmp_path: Path) -> None:
    listed = "\n".join(line + (",snapshot" if not at else ",yes") for at, line in enumerate(ACTIVE.splitlines()))
    take(book, tmp_path, {"book.csv": listed + "\n"}, None)
    assert coverage.beside(book, NOW).active_only == ("template_policies",)
    ratios = retention.ratios(book, Period(*MARCH), NOW)
    assert ratios.clients.ratio is None and any("active" in note for note in ratios.notes)
