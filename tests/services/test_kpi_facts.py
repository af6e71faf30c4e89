"""Facts are kept for the next question, give the same figures as fresh ones, and go when the book changes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from weakref import ref

import pytest

from desktop.core.kpis import KPIS
from desktop.core.kpis.definition import Basis, KpiFigure
from desktop.core.kpis.reading import Asked, Horizon, Whose
from desktop.core.periods import Period, end_of, previous
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.models.keys import HeldKeys
from desktop.services import books, configuration, imports, kpi_facts, kpis
from desktop.services.kpi_facts import KpiFacts, facts_of
from tests.agency import truth
from tests.services.small_agency import AUTHOR, Agency, open_book
from tests.services.test_dashboard_against_oracle import as_rows, some_period

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    opened = books.open_throwaway(tmp_path_factory.mktemp("facts") / "agency.pdesk")
    try:
        imports.store_rows(opened, "truth", as_rows(truth.make(17)), Author("tester", "2026-07-01T08:00:00"))
        yield opened
    finally:
        opened.close()


def _figures(facts: KpiFacts, asked: Asked) -> dict[str, KpiFigure]:
    return {one.id: kpis.figure(facts, one, asked) for one in KPIS}


@pytest.mark.parametrize("seed", range(5))
def test_a_wider_horizon_changes_no_figure(book: Book, seed: int) -> None:
    rng = Random(seed)
    start, end, as_of = some_period(rng)
    period = Period(start, end)
    first = min(start, previous(period).start)
    person = facts_of(book, first, as_of).people[rng.randrange(5)]
    for whose in (Whose(), Whose(person.id), Whose(unassigned=True)):
        for basis in Basis:
            asked = Asked(period, as_of, whose, basis)
            narrow = _figures(KpiFacts(book, Horizon(first, as_of)), asked)
            wide = _figures(KpiFacts(book, Horizon(date(2024, 1, 1), end_of(truth.END))), asked)
            assert narrow == wide


def test_facts_are_kept_while_nothing_changes(tmp_path: Path) -> None:
    with open_book(tmp_path) as small:
        Agency().producer("P01", "Dana Marsh").store(small)
        facts = facts_of(small, MARCH.start, datetime(2026, 3, 20, 9, 0))
        assert facts_of(small, MARCH.start, datetime(2026, 3, 20, 9, 1)) is facts
        assert facts_of(small, date(2026, 3, 10), datetime(2026, 3, 12, 9, 0)) is facts
        assert facts_of(small, date(2026, 2, 1), datetime(2026, 3, 12, 9, 0)) is not facts
        assert facts_of(small, MARCH.start, datetime(2026, 3, 20, 9, 1)) is facts


def test_a_change_of_the_book_is_seen_at_once(tmp_path: Path) -> None:
    with open_book(tmp_path) as small:
        Agency().producer("P01", "Dana Marsh").store(small)
        end = end_of(MARCH.end)
        assert kpis.kpis(small, MARCH, end, ids=["calls_per_day"]).kpis[0].numerator == 0
        Agency().activity("2026-03-03T10:00:00", "P01", "call").store(small, "calls")
        assert kpis.kpis(small, MARCH, end, ids=["calls_per_day"]).kpis[0].numerator == 1
        assert kpis.kpis(small, MARCH, end, ids=["contact_rate"]).kpis[0].target == pytest.approx(0.45)
        configuration.set_values(small, {"bands.contact_rate": [0.6, 0.3]}, AUTHOR)
        assert kpis.kpis(small, MARCH, end, ids=["contact_rate"]).kpis[0].target == pytest.approx(0.6)


def test_another_programs_change_is_seen(tmp_path: Path) -> None:
    keys = HeldKeys()
    small = Book.open(tmp_path / "agency.book", keys)
    other = Book.open(tmp_path / "agency.book", keys)
    try:
        before = facts_of(small, MARCH.start, end_of(MARCH.end))
        Agency().producer("P01", "Dana Marsh").store(other)
        after = facts_of(small, MARCH.start, end_of(MARCH.end))
        assert after is not before
        assert [one.code for one in after.people] == ["P01"]
    finally:
        small.close()
        other.close()


def test_what_is_remembered_stays_small(tmp_path: Path) -> None:
    with open_book(tmp_path) as small:
        Agency().producer("P01", "Dana Marsh").store(small)
        facts = facts_of(small, MARCH.start, end_of(MARCH.end))
        made: list[int] = []
        for number in range(500):
            assert facts.once(("moment", number), lambda number=number: made.append(number) or number) == number  # type: ignore[misc]
        assert facts.once(("moment", 499), lambda: -1) == 499
        assert facts.once(("moment", 0), lambda: -1) == -1
        assert facts.once("constant", lambda: 7) == facts.once("constant", lambda: 8) == 7


def test_facts_do_not_keep_a_book_alive(tmp_path: Path) -> None:
    with open_book(tmp_path) as small:
        facts = facts_of(small, MARCH.start, end_of(MARCH.end))
        assert facts.book is small
    del small
    with pytest.raises(RuntimeError):
        _ = facts.book


def test_of_a_large_book_one_set_of_facts_is_kept_that_serves_the_months_before_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kpi_facts, "_SMALL", -1)
    with open_book(tmp_path) as large:
        Agency().producer("P01", "Dana Marsh").store(large)
        now = datetime(2026, 3, 20, 9, 0)
        facts = facts_of(large, MARCH.start, now)
        assert facts_of(large, date(2026, 1, 2), now) is facts
        older = facts_of(large, date(2025, 1, 1), now)
        assert older is not facts
        assert facts_of(large, MARCH.start, now) is older
        assert facts_of(large, date.min, now).horizon.first == date.min


def test_facts_that_are_not_kept_go_without_being_collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kpi_facts, "_SMALL", -1)
    with open_book(tmp_path) as large:
        Agency().producer("P01", "Dana Marsh").store(large)
        gc.disable()
        try:
            kpis.kpi_cards(large, MARCH, datetime(2026, 3, 20, 9, 0))
            facts = ref(facts_of(large, MARCH.start, datetime(2026, 3, 20, 9, 0)))
            assert facts() is not None
            kpi_facts.forget(large)
            assert facts() is None
        finally:
            gc.enable()
