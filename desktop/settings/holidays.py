"""The holidays an agency keeps unless it says otherwise: the US federal ones, on the day they are observed.

Worked out here for the years of today's law: the library of all countries' holidays takes longer to load than the whole
window. It is asked for the years before, and by the tests for every year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

_FIRST_WEEKEND_DAY = 5
_OF_TODAYS_LAW = 1986
"""The first year with a Birthday of Martin Luther King, Jr.; since then only Juneteenth was added."""
_JUNETEENTH = (6, 19)
_FIRST_JUNETEENTH = 2021

# month, day
_FIXED = ((1, 1), _JUNETEENTH, (7, 4), (11, 11), (12, 25))
_FLOATING = (
    # month, weekday from Monday, which one of the month; 0 is the last
    (1, 0, 3),
    (2, 0, 3),
    (5, 0, 0),
    (9, 0, 1),
    (10, 0, 2),
    (11, 3, 4),
)


def federal_holidays(first: date, last: date) -> frozenset[date]:
    """The federal holidays that are observed from `first` to `last`, both included (metrics.md 0)."""
    days = (day for year in range(first.year, last.year + 1) for day in _of_year(year))
    return frozenset(day for day in days if first <= day <= last)


@cache
def _of_year(year: int) -> frozenset[date]:
    # Next year's January 1 may be observed on this year's last day. One that falls on a weekend is observed beside it.
    if _OF_TODAYS_LAW <= year < date.max.year:
        days = {_observed(day) for one in (year, year + 1) for day in _lawful(one)}
    else:
        days = set(_looked_up(year))
    return frozenset(day for day in days if day.year == year and day.weekday() < _FIRST_WEEKEND_DAY)


def _lawful(year: int) -> Iterator[date]:
    """The days themselves, whatever day of the week they are."""
    for month, day in _FIXED:
        if (month, day) != _JUNETEENTH or year >= _FIRST_JUNETEENTH:
            yield date(year, month, day)
    for month, weekday, which in _FLOATING:
        yield _nth(year, month, weekday, which) if which else _nth(year, month + 1, weekday, 1) - timedelta(weeks=1)


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=which - 1)


def _observed(day: date) -> date:
    """Of a Saturday on the Friday before, of a Sunday on the Monday after."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _looked_up(year: int) -> Iterator[date]:
    from holidays import country_holidays

    yield from country_holidays("US", years=(year, year + 1), observed=True)
