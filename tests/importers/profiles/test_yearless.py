"""Dates without a year: the file's own day, the period and today say which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importers import Options
from desktop.importers.profiles.yearless import Calendar
from desktop.importers.values import Unreadable

BASE = Options(today=date(2026, 3, 9), workspace=Path("unused"))
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@given(run=DAYS, distance=st.integers(-170, 170))
def test_a_day_within_half_a_year_of_the_run_date_is_found(run: date, distance: int) -> None:
    day = run + timedelta(days=distance)
    calendar = Calendar(BASE, (f"Run date: {run.month}/{run.day}/{run.year}",))
    if (day.month, day.day) != (2, 29):
        assert calendar.read(f"{day:%b} {day.day}") == day.isoformat()
        assert calendar.read(f"{day.month}/{day.day}") == day.isoformat()


@given(day=DAYS)
def test_a_stated_year_stands_whatever_the_file_says(day: date) -> None:
    calendar = Calendar(replace(BASE, file="tasks_2020-01-05.csv"), ())
    assert calendar.read(day.isoformat()) == day.isoformat()
    assert calendar.read(f"{day.month}/{day.day}/{day.year}") == day.isoformat()
    assert calendar.read(f"{day:%b} {day.day}, {day.year}") == day.isoformat()
    assert calendar.note is None


@pytest.mark.parametrize(
    ("titles", "file", "period", "found"),
    [
        (("Printed March 9, 2024",), "", None, "2023-12-20"),
        ((), "tasks 2022-02-01.csv", None, "2021-12-20"),
        (("From 1/1/2024 to 2/1/2024",), "", None, "2025-12-20"),
        ((), "", (date(2023, 12, 1), date(2024, 1, 31)), "2023-12-20"),
        ((), "", None, "2025-12-20"),
    ],
)
def test_what_decides(titles: tuple[str, ...], file: str, period: tuple[date, date] | None, found: str) -> None:
    calendar = Calendar(replace(BASE, file=file, period=period), titles)
    assert calendar.read("Dec 20") == found
    assert calendar.note is not None


def test_words_for_days() -> None:
    calendar = Calendar(replace(BASE, file="tasks_2026-03-02.csv"), ())
    assert calendar.read("Today") == "2026-03-02"
    assert calendar.read("Yesterday 2:05 PM") == "2026-03-01T14:05:00"
    assert calendar.read("Tomorrow, Mar 3") == "2026-03-03"
    assert calendar.read("Tue, Mar 10 at 9:00 AM") == "2026-03-10T09:00:00"


@pytest.mark.parametrize("text", ["Today", "Feb 30", "Smarch 3", "13/1", "soon"])
def test_what_cannot_be_known_is_not_guessed(text: str) -> None:
    with pytest.raises(Unreadable):
        Calendar(BASE, ()).read(text)
