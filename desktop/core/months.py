"""Calendar months from a day on: where a term ends, how long somebody has been there, trailing twelve months.

Must not know what the clock says.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from desktop.core.periods import Period

YEAR = 12
_DAY = timedelta(days=1)


def months_after(day: date, count: int) -> date:
    """The same day `count` months later (earlier when negative); where that month is shorter, its last day."""
    years, month = divmod(day.year * YEAR + day.month - 1 + count, YEAR)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def whole_months(start: date, day: date) -> int:
    """How many months are over on `day` since `start`; 0 before it."""
    count = (day.year - start.year) * YEAR + day.month - start.month
    return max(0, count if months_after(start, count) <= day else count - 1)


def trailing_year(last: date) -> Period:
    """The twelve months that end on `last`, inclusive: whole calendar months where it is the last of its month."""
    return Period(months_after(last + _DAY, -YEAR), last)


def last_of_month(day: date) -> date:
    """The last day of the month that holds `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_ends_through(last: date, count: int) -> tuple[date, ...]:
    """The last `count` month-ends on or before `last`, oldest first."""
    newest = last if last == last_of_month(last) else last.replace(day=1) - _DAY
    first = newest.replace(day=1)
    return tuple(last_of_month(months_after(first, number - count + 1)) for number in range(count))
