"""Three measures by which agencies are compared: sales velocity, unvalidated pay, hiring velocity (metrics.md 3).

Amounts are cents. Must not know how production and people are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from desktop.core import months
from desktop.core.money import ratio
from desktop.core.presence import Presence
from desktop.core.revenue import Account

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure as fractions: its two figures (cents or people), and the range published for good agencies."""

    id: str
    numerator: Fraction
    denominator: Fraction
    low: Fraction
    high: Fraction

    @property
    def value(self) -> Fraction | None:
        """numerator / denominator; undefined for a zero denominator."""
        return ratio(self.numerator, self.denominator)


def sales_velocity(accounts: Iterable[Account], last: date) -> Measure:
    """New commission of the twelve months that end on `last` / all commission of the twelve months before."""
    year = months.trailing_year(last)
    before = months.trailing_year(year.start - _DAY)
    new = earlier = 0
    for account in accounts:
        new += account.sold(year).new_commission
        earlier += account.sold(before).revenue
    return Measure("sales_velocity", Fraction(new), Fraction(earlier), Fraction(10, 100), Fraction(15, 100))


def unvalidated_pay(producers: Iterable[Account], everybody: Iterable[Account], last: date) -> Measure:
    """What producers are paid beyond what their splits earn, over the agency commission of the same twelve months.

    Pay is the salary of the days employed; nobody's surplus offsets somebody else's gap.
    """
    year = months.trailing_year(last)
    beyond = Fraction(0)
    for account in producers:
        cost = account.cost(year)
        beyond += max(Fraction(0), cost.salary - cost.splits)
    commission = sum(account.sold(year).revenue for account in everybody)
    return Measure("unvalidated_pay", beyond, Fraction(commission), Fraction(11, 1000), Fraction(15, 1000))


def hiring_velocity(producers: Sequence[Presence], last: date) -> Measure:
    """Producers hired in the twelve months that end on `last` / producers employed when these began."""
    year = months.trailing_year(last)
    hired = sum(1 for one in producers if one.hired_on is not None and year.contains(one.hired_on))
    there = sum(1 for one in producers if one.employed_on(year.start - _DAY))
    return Measure("hiring_velocity", Fraction(hired), Fraction(there), Fraction(18, 100), Fraction(22, 100))
