"""Golden words and pictures of the reports that stand on what is typed: goals, plans, meetings. With those of
`test_reporting` and `test_reports_routing`, every report by its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.document_tables import tables_of
from desktop.core.documents import Report
from desktop.models.book import Book
from desktop.reports.document import render
from desktop.services import carrier_goals, planning, reporting
from desktop.services.grids import Line
from tests.reports import golden
from tests.services import report_agency
from tests.services.report_agency import asked
from tests.services.small_agency import AUTHOR, Agency, open_book

PLAN = {"hours": "2000", "duty.service": "1400", "closing": "30%", "goal": "30000"}
NAMES = (
    "account-rounding", "account-types", "carrier-goals", "ept-scenarios", "industry-measures", "meeting-agenda",
    "win-back",
)  # fmt: skip
PRODUCERS = {"account-types": "P01", "meeting-agenda": "P01"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with open_book(tmp_path_factory.mktemp("book")) as opened:
        report_agency.fill(opened)
        made = Agency()
        made.lead("WB1", "2025-11-03T09:00:00", "P01", business_name="Firm <One> & Sons",
                  policy_expires_on="2026-05-01", winnable="yes", lost_reason="no_response")  # fmt: skip
        made.stage("WB1", "2025-12-01T10:00:00", "lost")
        made.store(opened)
        typed = [Line(None, {"carrier": "Harbor Mutual", "premium": "4,000", "policies": "2"})]
        carrier_goals.save(opened, 2026, typed, AUTHOR, asked().as_of.date())
        _keep_plan(opened)
        yield opened


def _keep_plan(book: Book) -> None:
    planning.keep(book, "ept", "P01", {**PLAN, "duty.vacation": "0", "hours.Homeowners": "5"}, AUTHOR)
    planning.save_scenario(book, "ept", "P01", "As it is", PLAN, AUTHOR)
    planning.save_scenario(
        book, "ept", None, "With <help> & more", {**PLAN, "move.service": "400", "cost": "20"}, AUTHOR
    )


def _built(book: Book, name: str) -> Report:
    return reporting.build(book, name, asked(PRODUCERS.get(name)))


@pytest.mark.parametrize("name", NAMES)
def test_each_says_and_looks_what_it_did(book: Book, name: str) -> None:
    report = _built(book, name)
    assert tables_of(report)
    golden.check(f"report-{name}", render(report).data)


def test_every_report_has_its_golden_page() -> None:
    kept = {file.stem.removeprefix("report-") for file in (Path(golden.GOLDEN)).glob("report-*.txt")}
    assert kept == set(reporting.names())
