"""What a producer has cost more than earned so far, month by month, and when that is paid back.

Amounts are exact cents. Must not know how production and pay are stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.core import months
from desktop.core.periods import Period
from desktop.core.revenue import Account

MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class MonthOf:
    """A month (to its end, or to the last day known) with revenue and cost, and all revenue less cost until then."""

    period: Period
    revenue: Fraction
    cost: Fraction
    running: Fraction


@dataclass(frozen=True, slots=True)
class Investment:
    """The months in order; `deepest` is the largest sum laid out, `paid_back` the month in which it was earned back."""

    months: tuple[MonthOf, ...]
    deepest: Fraction
    paid_back: Period | None


def investment(account: Account, first: date, last: date) -> Investment:
    """Cumulative revenue less cost from the month of `first` through `last` (metrics.md 3, *Revenue per producer*).

    Paid back in the month at whose end the running sum, once negative, is 0 or more again and has stayed so since.
    """
    running = deepest = Fraction(0)
    shown: list[MonthOf] = []
    paid_back = None
    for month in _months(first, last):
        revenue, cost = Fraction(account.sold(month).revenue), account.cost(month).total
        running += revenue - cost
        if running < 0:
            deepest = min(deepest, running)
            paid_back = None
        elif deepest < 0 and paid_back is None:
            paid_back = month
        shown.append(MonthOf(month, revenue, cost, running))
    return Investment(tuple(shown), -deepest, paid_back)


def _months(first: date, last: date) -> Sequence[Period]:
    found: list[Period] = []
    start = first
    while start <= last and len(found) < MOST_MONTHS:
        end = min(months.last_of_month(start), last)
        found.append(Period(start, end))
        start = months.months_after(start.replace(day=1), 1)
    return found
