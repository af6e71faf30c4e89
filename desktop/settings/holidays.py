"""The holidays an agency keeps unless it says otherwise: the US federal ones, on the day they are observed."""

from __future__ import annotations

from datetime import date
from functools import cache

_FIRST_WEEKEND_DAY = 5


def federal_holidays(first: date, last: date) -> frozenset[date]:
    """The federal holidays that are observed from `first` to `last`, both included (metrics.md 0)."""
    days = (day for year in range(first.year, last.year + 1) for day in _of_year(year))
    return frozenset(day for day in days if first <= day <= last)


@cache
def _of_year(year: int) -> frozenset[date]:
    from holidays import country_holidays

    # Next year's January 1 may be observed on this year's last day. One that falls on a weekend is observed beside it.
    days = country_holidays("US", years=(year, year + 1), observed=True)
    return frozenset(day for day in days if day.year == year and day.weekday() < _FIRST_WEEKEND_DAY)
