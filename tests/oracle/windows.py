"""Periods as the definitions have them: weeks, months, month-to-date, trailing days and full weeks."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

Window = tuple[date, date]


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59))


def is_week(window: Window) -> bool:
    return window[0].weekday() == 0 and (window[1] - window[0]).days == 6


def is_month(window: Window) -> bool:
    start, end = window
    return start.day == 1 and end == date(start.year, start.month, monthrange(start.year, start.month)[1])


def month_of(day: date) -> Window:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def month_to_date(window: Window) -> Window:
    if is_week(window):
        first, last = month_of(window[0] + timedelta(days=3))
        return first, min(window[1], last)
    return window[1].replace(day=1), window[1]


def trailing(as_of: datetime, count: int) -> Window:
    return as_of.date() - timedelta(days=count - 1), as_of.date()


def before(window: Window, count: int) -> Window:
    """The `count` days just before a window."""
    return window[0] - timedelta(days=count), window[0] - timedelta(days=1)


def full_weeks(as_of: datetime, count: int) -> list[Window]:
    """The last complete weeks at `as_of`, oldest first."""
    sunday = as_of.date()
    while sunday.weekday() != 6 or end_of(sunday) > as_of:
        sunday -= timedelta(days=1)
    found = []
    for number in reversed(range(count)):
        end = sunday - timedelta(days=7 * number)
        found.append((end - timedelta(days=6), end))
    return found
