"""The calendar of coverage over a real book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.core.coverage import State
from desktop.models import coverage as counted
from desktop.models import facts_pipeline
from desktop.models.book import Book
from desktop.services import coverage
from desktop.services.coverage import Calendar, Cell
from tests.services.small_agency import Agency, open_book

TODAY = date(2026, 3, 11)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        agency = Agency().producer("P01", "Dana Marsh")
        for day in ("2026-02-09", "2026-02-10", "2026-03-02"):
            agency.activity(f"{day}T09:00:00", "P01", "call")
        agency.activity("2026-02-15T23:59:59", "P01", "email").activity("2026-03-09T00:00:00", "P01", "email")
        agency.activity("2026-02-11T10:00:00", "P01", "note")
        agency.quote("2026-02-18", "P01").policy("A1", "2026-02-20", "P01", 100_000)
        agency.store(opened)
        Agency().activity("2026-02-12T09:00:00", "P01", "call").store(opened, "second")
        yield opened


def cell(shown: Calendar, kind: str, monday: date) -> Cell:
    return next(one for row in shown.rows if row.kind == kind for one in row.cells if one.week.start == monday)


def test_records_are_counted_by_week_with_their_files(book: Book) -> None:
    shown = coverage.calendar(book, TODAY, 26)
    found = cell(shown, "calls", date(2026, 2, 9))
    assert (found.records, found.state) == (3, State.FILLED)
    assert [(one.name, one.records, one.run) for one in found.origins] == [
        ("activities.csv", 2, 1),
        ("activities.csv", 1, 2),
    ]
    assert found.origins[0].profile == "template_activities"
    assert found.origins[0].on == date(2026, 3, 10)
    assert cell(shown, "emails", date(2026, 2, 9)).records == 1
    assert cell(shown, "policies", date(2026, 2, 16)).records == 1
    assert sum(row.records for row in shown.rows) == 8


def test_gaps_are_runs_of_weeks_newest_first(book: Book) -> None:
    gaps = coverage.calendar(book, TODAY, 26).gaps()
    assert ("calls", date(2026, 2, 16), date(2026, 3, 1), 2) in [
        (gap.kind, gap.days.start, gap.days.end, gap.weeks) for gap in gaps
    ]
    assert not {"texts", "stages"} & {gap.kind for gap in gaps}
    assert [gap.days.end for gap in gaps] == sorted((gap.days.end for gap in gaps), reverse=True)


def test_weeks_end_with_that_of_today(book: Book) -> None:
    for weeks in coverage.SPANS:
        shown = coverage.calendar(book, TODAY, weeks)
        assert len(shown.weeks) == weeks
        assert shown.weeks[-1].contains(TODAY)
        assert all(len(row.cells) == weeks for row in shown.rows)


def test_a_typed_record_is_named_as_typed(book: Book) -> None:
    book.connection.execute("UPDATE quote SET file=NULL, entered_at='2026-03-01T10:00:00'")
    (origin,) = cell(coverage.calendar(book, TODAY, 26), "quotes", date(2026, 2, 16)).origins
    assert (origin.name, origin.run, origin.records) == (coverage.TYPED, None, 1)


def test_an_empty_book_is_empty(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with open_book(tmp_path / "other") as empty:
        shown = coverage.calendar(empty, TODAY, 26)
    assert shown.empty and shown.gaps() == []


def test_kinds_are_those_of_the_freshness() -> None:
    assert counted.KINDS == facts_pipeline.SOURCES


@pytest.mark.parametrize("kind", counted.KINDS)
def test_every_kind_has_a_report(kind: str) -> None:
    hints = coverage.reports_for(kind)
    assert hints
    assert hints[-1].system == "Any other system or spreadsheet"


def test_calls_are_asked_of_the_phone_system_and_policies_are_not() -> None:
    assert "Phone system" in {hint.system for hint in coverage.reports_for("calls")}
    assert "Phone system" not in {hint.system for hint in coverage.reports_for("policies")}
