"""Scenarios side by side and types of accounts on paper, from plans as they were typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.documents import Report, Table, plain
from desktop.core.periods import Period
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.reports.document import render
from desktop.services import planning, reporting
from desktop.services.reporting import Asked
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 11, 9, 30)
AUTHOR = Author("Chris", "2026-03-11T09:30:00")
PLAN = {"hours": "2000", "duty.service": "1400", "closing": "30%", "goal": "30000"}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as found:
        agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz")
        agency.policy("N-1", "2026-03-01", "P01", 380_000, commission_rate=0.15).store(found)
        yield found


def _build(book: Book, name: str, producer: str | None = None) -> Report:
    return reporting.build(book, name, Asked(Period(date(2026, 1, 1), date(2026, 12, 31)), NOW, producer, NOW))


def _rows(report: Report) -> list[tuple[object, ...]]:
    tables = [block for block in report.blocks if isinstance(block, Table)]
    return [tuple(plain(cell) for cell in row.cells) for table in tables for row in table.rows]


def test_scenarios_stand_side_by_side_with_their_net_gain(book: Book) -> None:
    assert _rows(_build(book, "ept-scenarios")) == []
    planning.save_scenario(book, "ept", "P01", "As it is", PLAN, AUTHOR)
    helped = {**PLAN, "move.service": "400", "cost": "20"}
    planning.save_scenario(book, "ept", None, "With help", helped, AUTHOR)
    rows = {row[0]: row for row in _rows(_build(book, "ept-scenarios"))}
    assert rows["As it is"] == (
        "As it is",
        "P01",
        1400,
        0.3,
        180,
        3_000_000,
        pytest.approx(16_666.67, abs=0.01),
        None,
        None,
    )
    # 400 hours more bring 120 effective ones at $166.67, less $8,000
    assert rows["With help"][2:5] == (1000, 0.3, 300)
    assert rows["With help"][7:] == (800_000, pytest.approx(1_200_000))
    assert [row[0] for row in _rows(_build(book, "ept-scenarios", "P01"))] == ["As it is"]
    assert render(_build(book, "ept-scenarios")).pages == 1


def test_what_help_costs_is_pay(book: Book) -> None:
    planning.save_scenario(book, "ept", None, "With help", {**PLAN, "move.service": "400", "cost": "20"}, AUTHOR)
    asked = Asked(Period(date(2026, 1, 1), date(2026, 12, 31)), NOW, None, NOW, pay_hidden=True)
    report = reporting.build(book, "ept-scenarios", asked)
    assert _rows(report)[0][7:] == ("hidden", "hidden") and render(report).pages == 1


def test_types_of_accounts_with_typed_hours(book: Book) -> None:
    planning.keep(book, "ept", "P01", {**PLAN, "duty.vacation": "0", "hours.Homeowners": "5"}, AUTHOR)
    line, sold, premium, rate, commission, even, hours, least, brings = _rows(_build(book, "account-types", "P01"))[0]
    assert (line, sold, premium, commission, hours) == ("Homeowners", 1, 380_000, 57_000, 5)
    assert (rate, even) == (pytest.approx(0.15), pytest.approx(3.42))
    assert (least, brings) == (pytest.approx(380_000 * 5 / 3.42), 11_400)
    assert render(_build(book, "account-types", "P01")).pages == 1
    assert _rows(_build(book, "account-types", "P02")) == []
