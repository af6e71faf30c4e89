"""The lists that are handed out: their golden words, whose they are, and that no pay is in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.document_tables import tables_of
from desktop.core.documents import Report
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.reports.document import render
from desktop.services import reporting
from tests.reports import golden
from tests.services import report_agency
from tests.services.report_agency import asked
from tests.services.small_agency import open_book

NAMES = ("clients", "leads", "people", "renewals")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with open_book(tmp_path_factory.mktemp("book")) as opened:
        report_agency.fill(opened)
        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_each_says_and_looks_what_it_did(book: Book, name: str) -> None:
    wanted = asked(days="90") if name == "renewals" else asked()
    golden.check(f"report-{name}", render(reporting.build(book, name, wanted)).data)


@pytest.mark.parametrize("name", ["leads", "people"])
def test_one_producers_are_a_part_of_all(book: Book, name: str) -> None:
    everybody = tables_of(reporting.build(book, name, asked()))[0].rows
    parts = [row for code in ("P01", "P02") for row in tables_of(reporting.build(book, name, asked(code)))[0].rows]
    assert len(everybody) > 1
    assert sorted(map(str, parts)) == sorted(map(str, everybody))


def test_a_client_without_a_policy_of_the_producers_is_not_theirs(book: Book) -> None:
    assert len(tables_of(reporting.build(book, "clients", asked("P01")))[0].rows) == 5
    nobodys = reporting.build(book, "clients", asked("P02"))
    assert not tables_of(nobodys)[0].rows
    assert nobodys.finding == "0 clients have policies in force, with $0 of annual premium."


def test_no_pay_stands_in_the_people(book: Book) -> None:
    printed = str(reporting.build(book, "people", asked()))
    assert "Dana" in printed
    assert "6000000" not in printed and "60,000" not in printed


def test_renewals_look_30_60_or_90_days_ahead(book: Book) -> None:
    near, far = (len(tables_of(reporting.build(book, "renewals", asked(days=days)))[0].rows) for days in ("30", "90"))
    assert (near, far) == (0, 1)
    with pytest.raises(UserError, match="“45” days"):
        reporting.build(book, "renewals", asked(days="45"))


def test_a_long_list_is_whole_in_a_spreadsheet_and_short_on_paper(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.services import reports_lists

    monkeypatch.setattr(reports_lists, "PRINTED", 2)
    report = reporting.build(book, "leads", asked())
    rows = len(tables_of(report)[0].rows)
    assert rows > 2
    reporting.save(report, tmp_path / "leads.csv")
    named = [str(row.cells[0]) for row in tables_of(report)[0].rows]
    written = (tmp_path / "leads.csv").read_text(encoding="utf-8-sig")
    assert all(name.splitlines()[0] in written for name in named)
    assert f"{rows - 2}" in _words(report)


def _words(report: Report) -> str:
    from io import BytesIO

    import pypdf

    pages = pypdf.PdfReader(BytesIO(render(report).data)).pages
    return "\n".join(page.extract_text() for page in pages)
