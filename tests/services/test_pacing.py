"""Pace over a small agency's book: days left without holidays and leave, rates of full weeks, targets of both spans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.core.pace import Standing
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.services import pacing
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 18, 12)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz")
    for week, day in enumerate(("2026-02-16", "2026-02-23", "2026-03-02", "2026-03-09")):
        for number in range(2):
            agency.quote(day, "P01", quote_id=f"Q{week}{number}")
    agency.policy("N-1", "2026-03-10", "P01", 100_000, commission_rate=0.15)
    with open_book(tmp_path) as found:
        agency.store(found)
        yield found


def _line(course: pacing.Course, metric: str) -> pacing.Line:
    return next(line for line in course.lines if line.metric.id == metric)


def test_what_the_month_still_needs(book: Book) -> None:
    found = pacing.pace_sheet(book, NOW, "P01")
    # from Wednesday the 18th to Tuesday the 31st; today is not over yet
    assert (found.month.days_left, found.month.days_a_week) == (10, 5)
    quotes = _line(found.month, "quotes").amount
    assert quotes is not None
    assert (quotes.actual, quotes.target, quotes.needed, quotes.per_day) == (4, 10, 6, Fraction(6, 10))


def test_the_rate_is_that_of_weeks_since_the_book_begins(book: Book) -> None:
    found = pacing.pace_sheet(book, NOW, "P01")
    quotes = _line(found.month, "quotes").amount
    assert found.weeks == 4 and quotes is not None and quotes.projected is not None
    # 8 quotes on 19 working days: Presidents' Day is none
    assert quotes.projected == 4 + Fraction(8, 19) * 10
    assert quotes.low is not None and quotes.high is not None and 4 <= quotes.low <= quotes.projected <= quotes.high
    assert quotes.standing is Standing.BAD


def test_leave_takes_days(book: Book) -> None:
    leave = {"producer": "P01", "kind": "leave", "from": "2026-03-19", "to": "2026-03-20"}
    Agency().add("availability", **leave).store(book, "leave.csv")
    assert pacing.pace_sheet(book, NOW, "P01").month.days_left == 8
    assert pacing.pace_sheet(book, NOW).month.days_left == 10


def test_the_year_and_the_agency(book: Book) -> None:
    found = pacing.pace_sheet(book, NOW)
    quotes = _line(found.year, "quotes").amount
    assert quotes is not None and (quotes.actual, quotes.target) == (8, 240)
    rate = _line(found.year, "close_rate").ratio
    assert rate is not None and rate.actual == Fraction(1, 8)


def test_a_book_without_anything(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        assert pacing.pace_sheet(book, NOW).empty
        with pytest.raises(UserError, match="no producer"):
            pacing.pace_sheet(book, NOW, "P01")
