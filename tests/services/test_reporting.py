"""Every report by its name: golden words and pictures on a small agency, and what is refused."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from desktop.core.document_tables import tables_of
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.reports.document import render
from desktop.services import edits, planning, reporting
from tests.reports import golden
from tests.services import report_agency
from tests.services.report_agency import PLAN, asked
from tests.services.small_agency import AUTHOR, open_book

INPUTS = {
    "validation": PLAN,
    "management-report-1": PLAN,
    "ept": {"duty.Service": "700", "duty.Renewals": "500"},
}
NAMES = (
    "close-rates", "dashboard", "ept", "kpi-activity", "kpi-funnel", "kpi-intelligence", "kpi-retention", "kpi-revenue",
    "kpi-scorecard", "lost-deals", "management-report-1", "management-report-2", "retention", "revenue",
    "scorecard-cover", "validation",
)  # fmt: skip
PRODUCERS = {"ept": "P01", "validation": "P01"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with open_book(tmp_path_factory.mktemp("book")) as opened:
        report_agency.fill(opened)
        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_each_report_says_and_looks_what_it_did(book: Book, name: str) -> None:
    report = reporting.build(book, name, asked(PRODUCERS.get(name), **INPUTS.get(name, {})))
    printed = render(report)
    golden.check(f"report-{name}", printed.data)
    text = [page.extract_text() for page in pypdf.PdfReader(BytesIO(printed.data)).pages]
    assert all("Harbor & Pine <b>Insurance</b>" in one and "Page " in one for one in text)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in INPUTS])
def test_each_report_is_drawn_for_one_producer_and_for_an_empty_book(book: Book, name: str, tmp_path: Path) -> None:
    text = render(reporting.build(book, name, asked("p02"))).data
    assert name == "scorecard-cover" or "Lee, Sam <b> (P02)" in "".join(
        page.extract_text() for page in pypdf.PdfReader(BytesIO(text)).pages
    )
    with open_book(tmp_path) as empty:
        assert render(reporting.build(empty, name, asked())).pages >= 1


def test_names_are_sorted_and_each_is_built_by_one_line() -> None:
    assert list(reporting.names()) == sorted(reporting.names())
    assert set(NAMES) <= set(reporting.names())


@pytest.mark.parametrize("suffix", ["pdf", "csv", "xlsx"])
def test_the_suffix_says_what_is_written(book: Book, tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / f"close.{suffix.upper()}"
    done = reporting.write(book, "close-rates", asked(), target)
    tables = len(tables_of(reporting.build(book, "close-rates", asked())))
    assert (done.file, done.pages) == (target, {"pdf": 1}.get(suffix, tables))
    assert target.read_bytes()[:4] == {"pdf": b"%PDF", "csv": b"\xef\xbb\xbfB", "xlsx": b"PK\x03\x04"}[suffix]
    assert [file.name for file in folder.iterdir()] == [target.name]


def test_pages_of_a_sheet_are_its_tables(book: Book, tmp_path: Path) -> None:
    report = reporting.build(book, "lost-deals", asked())
    done = reporting.save(report, tmp_path / "lost.csv")
    assert done.pages == len(tables_of(report)) > 2


def test_csv_holds_the_figures_of_the_service(book: Book, tmp_path: Path) -> None:
    reporting.write(book, "close-rates", asked(), tmp_path / "c.csv")
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(file).strip() == "By line"
        rows = {row["Line"]: row for row in csv.DictReader(file)}
    assert rows["Homeowners"]["Wins"] == "3" and rows["Homeowners"]["Losses"] == "3"
    assert rows["OVERALL"]["Win rate"] == "0.333333" and rows["OVERALL"]["Avg premium"] == "1400.01"


def test_hidden_pay_stands_nowhere(book: Book) -> None:
    shown = reporting.build(book, "revenue", asked())
    hidden = reporting.build(book, "revenue", asked(pay_hidden=True))
    words = [column.title for table in tables_of(shown) for column in table.columns]
    assert {"Salary", "Splits", "Cost", "Net contribution", "Multiple"} <= set(words)
    words = [column.title for table in tables_of(hidden) for column in table.columns]
    assert words == ["Producer", "Code", "New premium", "Renewal premium", "Total book", "Commission rate", "Revenue"]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(render(hidden).data)).pages)
    for word in ("Salary", "contribution", "Multiple", "14,794", "-$"):
        assert word not in text


def test_goals_that_follow_from_pay_are_hidden_with_it(book: Book) -> None:
    """Whatever somebody is paid, the hidden report says the same; the shown one does not."""

    def told(desired: str, *, hidden: bool) -> str:
        found = reporting.build(
            book, "management-report-1", asked("P01", pay_hidden=hidden, **PLAN | {"desired": desired})
        )
        return repr(found.blocks) + found.finding

    assert told("60000", hidden=False) != told("90000", hidden=False)
    assert told("60000", hidden=True) == told("90000", hidden=True)
    assert "Goals follow from pay, which is hidden." in told("60000", hidden=True)


def test_what_is_refused(book: Book, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no report “nothing”"):
        reporting.build(book, "nothing", asked())
    with pytest.raises(UserError, match="no producer with the code"):
        reporting.build(book, "close-rates", asked("P99"))
    with pytest.raises(UserError, match="neither PDF, CSV nor XLSX"):
        reporting.write(book, "close-rates", asked(), tmp_path / "c.docx")
    with pytest.raises(UserError, match="plan lacks initial, prior"):
        reporting.build(book, "validation", asked(desired="60000"))
    with pytest.raises(UserError, match=r"plan of Lee, Sam <b> \(P02\) lacks renewal_rate, new_rate"):
        reporting.build(book, "validation", asked("P02"))
    with pytest.raises(UserError, match="Pay is hidden"):
        reporting.build(book, "validation", asked(pay_hidden=True, **PLAN))
    with pytest.raises(UserError, match="no plan “other”"):
        reporting.build(book, "validation", asked(plan="other", **PLAN))
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        reporting.write(book, "close-rates", asked(), tmp_path / "file" / "c.pdf")


def test_every_report_begins_with_what_it_comes_to(book: Book, tmp_path: Path) -> None:
    with open_book(tmp_path) as empty:
        for name in reporting.names():
            inputs = INPUTS.get(name, {})
            report = reporting.build(book, name, asked(PRODUCERS.get(name), **inputs))
            assert report.finding.endswith("."), name
            first = pypdf.PdfReader(BytesIO(render(report).data)).pages[0].extract_text()
            assert report.finding.split()[0] in first and report.finding.split()[-1] in first, name
            nothing = reporting.build(empty, name, asked(**({} if name == "validation" else inputs)))
            assert nothing.finding.endswith("."), name
            assert render(nothing).pages >= 1


def test_what_a_report_comes_to(book: Book) -> None:
    found = {name: reporting.build(book, name, asked()).finding for name in ("close-rates", "lost-deals", "revenue")}
    assert found == {
        "close-rates": "33.3% of 9 decided leads were won.",
        "lost-deals": "Price is 60% of explained losses, over the 60% line.",
        "revenue": (
            "Dana O’Brien-Marsh and Lee, Sam <b> cost more than they bring;"
            " $27,607 more was spent than the $960 earned."
        ),
    }


def test_validation_without_inputs_takes_each_plan_as_it_stands(book: Book) -> None:
    planning.keep(book, "newren", "P01", {"desired": "61234"}, AUTHOR)
    try:
        alone = reporting.build(book, "validation", asked("P01"))
        text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(render(alone).data)).pages)
        assert "typed" in text and "pay on record" in text and "$61,234.00" in text
        together = [getattr(block, "text", "") for block in reporting.build(book, "validation", asked()).blocks]
        assert "Dana O’Brien-Marsh: New and renewal" in together
        assert "Without a complete plan: Lee, Sam <b>." in together
    finally:
        edits.undo(book, AUTHOR)


def test_a_view_is_printed_under_the_letterhead(book: Book, tmp_path: Path) -> None:
    report = reporting.build(book, "close-rates", asked())
    view = reporting.View("What I see", "this week", report.blocks, report.printed_at)
    printed = reporting.print_view(book, view)
    assert printed.pages == 1
    picture = reporting.page_picture(printed, 0, 36)
    assert (picture.width, picture.height) == (306, 396)
    done = reporting.save_view(book, replace(view, title="Saved"), tmp_path / "v.pdf")
    assert "Saved" in pypdf.PdfReader(done.file).pages[0].extract_text()


def test_the_funnel_can_be_read_by_flow(book: Book) -> None:
    cohort = reporting.build(book, "kpi-funnel", asked())
    flow = reporting.build(book, "kpi-funnel", asked(basis="flow"))
    assert flow.subtitle.endswith("flow basis") and "flow" not in cohort.subtitle
    with pytest.raises(UserError, match="no basis"):
        reporting.build(book, "kpi-funnel", asked(basis="other"))
