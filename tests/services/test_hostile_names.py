"""Every report of an agency whose people, clients, carriers and lines have the worst names there are."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO

import openpyxl
import pypdf
import pytest

from desktop.core.documents import Report
from desktop.models.book import Book
from desktop.reports.document import render
from desktop.reports.document_files import csv_bytes, xlsx_bytes
from desktop.services import carrier_goals, configuration, reporting
from desktop.services.grids import Line
from tests.services import report_agency
from tests.services.report_agency import PLAN, asked
from tests.services.small_agency import AUTHOR, Agency, open_book

TAGGED = "O'Brien & Søn <b>Insurance</b> <img src='file:///etc/passwd'/>"
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 6
FORMULA = '=HYPERLINK("http://x.example","Zoë")'
NAMES = (
    TAGGED, FORMULA, "محمد عبد الله \U0001f600", "אברהם כהן 24", LONG, "+1 Ltd", "-2+3", "@SUM(A1)",
    "Ängström\u0301\u202eevil", "tab\tand\nline \x1b[31m",
)  # fmt: skip
INPUTS = {"validation": PLAN, "account-types": {}, "management-report-1": PLAN}


def agency() -> Agency:
    made = Agency()
    pay = {"salary": 6_000_000, "benefits": 1_200_000, "desk_cost": 600_000, "new_split": 0.4, "renewal_split": 0.25}
    for number, name in enumerate(NAMES):
        code = f"P{number:02}"
        made.producer(code, f"{name}{number}", role="producer", level="veteran", hired_on="2025-01-08", **pay)
        _deals(made, code, name, number)
        made.policy(f"={number}+1", "2026-02-10", code, 140_000 + number, commission_rate=0.15, carrier=name,
                    lead_id=f"W{number}", line=name, client=f"{name}{number}")  # fmt: skip
        made.policy(f"OLD{number}", "2025-05-10", code, 90_000, commission_rate=0.12, ended_on="2026-03-20",
                    end_reason=name, carrier=name, client=f"{name} the {number}th")  # fmt: skip
        made.activity(f"2026-03-1{number}T10:00:00", code, "call", direction="outbound", outcome="connected", minutes=4)
        made.add("territories", territory=f"{name}{number}", zip_from=f"1000{number}", producer=code, lines=name)
    return made


def _deals(made: Agency, code: str, name: str, number: int) -> None:
    told = {"line": name, "source": name, "business_name": name, "estimated_premium": 100_000 + number}
    made.lead(f"W{number}", "2026-03-02T11:00:00", code, **told)
    made.stage(f"W{number}", "2026-03-10T12:00:00", "won")
    made.quote("2026-03-05", code, f"W{number}", carrier=name, line=name)
    made.lead(
        f"@{number}", "2026-03-03T09:00:00", code, **told, lost_reason="price", competing_carrier=name,
        competing_agency=name, would_change=name, winnable="yes", price_difference=12_000,
        policy_expires_on="2026-05-01",
    )  # fmt: skip
    made.stage(f"@{number}", "2026-03-12T12:00:00", "lost")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with open_book(tmp_path_factory.mktemp("hostile")) as opened:
        agency().store(opened)
        configuration.set_values(opened, {"agency.name": TAGGED}, AUTHOR)
        yield opened


def built(book: Book, name: str) -> Report:
    producer = "P00" if name in ("ept", "validation") else None
    return reporting.build(book, name, asked(producer, **INPUTS.get(name, {})))


@pytest.mark.parametrize("name", reporting.names())
def test_names_are_words_in_every_report_and_every_file(book: Book, name: str) -> None:
    report = built(book, name)
    printed = render(report)
    _check_paper(report, printed.data, printed.pages)
    _check_csv(csv_bytes(report))
    _check_workbook(xlsx_bytes(report))


def _check_paper(report: Report, data: bytes, pages: int) -> None:
    document = pypdf.PdfReader(BytesIO(data))
    assert document.metadata is not None
    assert (document.metadata.title, document.metadata.author) == (report.title, TAGGED)
    assert len(document.pages) == pages
    for number, page in enumerate(document.pages, 1):
        text = page.extract_text()
        assert report.title in text and f"Page {number} of {pages}" in text
        assert "<b>Insurance</b>" in text  # the letterhead, as words
        assert "/Annots" not in page and "/XObject" not in page["/Resources"]
        for font in page["/Resources"]["/Font"].get_object().values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()
    assert b"/URI" not in data and b"/JavaScript" not in data and b"/Launch" not in data


def _check_csv(data: bytes) -> None:
    for row in csv.reader(StringIO(data.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
            assert not cell.startswith("-") or float(cell) <= 0


def _check_workbook(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and cell.hyperlink is None


def test_the_names_do_stand_in_the_reports(book: Book) -> None:
    wanted = {
        "lost-deals": 4, "close-rates": 4, "revenue": 4, "retention": 4, "win-back": 4, "dashboard": 4,
        "account-rounding": 4, "kpi-intelligence": 4, "territories": 4,
    }  # fmt: skip
    for name, least in wanted.items():
        text = csv_bytes(built(book, name)).decode("utf-8-sig")
        assert sum(one.split()[0].lstrip("=+@") in text for one in NAMES) >= least, name
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(render(built(book, "revenue")).data)).pages)
    assert "…" in text and "Wolfeschlegel" in text and "=HYPERLINK" in text


def test_goals_with_carriers_of_such_names(book: Book) -> None:
    line = Line(None, {"carrier": FORMULA, "premium_goal": "1000", "policies_goal": "3"})
    outcome = carrier_goals.save(book, 2026, [line], AUTHOR, report_agency.PRINTED.date())
    assert not outcome.wrong
    report = replace(built(book, "carrier-goals"), finding=FORMULA)
    _check_csv(csv_bytes(report))
    _check_workbook(xlsx_bytes(report))
