"""A new producer's first three years: what the agency puts in, and when it has it back (metrics.md 6, NewProducer).

Exact fractions: cents and rates. Must not know where inputs come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from desktop.core.quantities import Quantity, money, rate
from desktop.core.validation import RETENTION, WEEKS, Values, complete

YEARS = 3
MONTHS_A_YEAR = 12
_ZERO = Fraction(0)

INPUTS: Mapping[str, Quantity] = MappingProxyType(
    {
        quantity.key: quantity
        for quantity in (
            money("draw", "The draw per year"),
            rate("margin", "The agency's margin", default=_ZERO),
            money("production", "New commission per week"),
            rate("retention", "Expected retention", default=RETENTION),
            rate("new_rate", "The new-business rate"),
            rate("renewal_rate", "The renewal rate"),
            WEEKS,
        )
    }
)
"""In the order of their form."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year, money in cents. `validated`: what the producer earned covers the draw."""

    year: int
    new_commission: Fraction
    renewals: Fraction
    earned: Fraction
    draw: Fraction
    validated: bool
    invested: Fraction


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the three years: what the agency puts in (or gets back, negative), and the sum so far, in cents."""

    month: int
    invested: Fraction
    running: Fraction


@dataclass(frozen=True, slots=True)
class Sponsorship:
    """Three years, their 36 months, and the month in which the agency has its money back (None: not within them)."""

    years: tuple[Year, ...]
    months: tuple[Month, ...]
    paid_back_month: int | None


def completed(values: Values) -> dict[str, Fraction]:
    """The inputs, checked, those not given by their default; UserError for impossible or missing ones."""
    return complete(tuple(INPUTS.values()), values)


def sponsorship(values: Values) -> Sponsorship:
    """Three years from complete inputs (metrics.md 6, `newproducer`)."""
    years: list[Year] = []
    total = _ZERO
    for number in range(1, YEARS + 1):
        years.append(_year(number, values, total * values["retention"]))
        total = years[-1].new_commission + years[-1].renewals
    months = _months(years)
    return Sponsorship(tuple(years), months, _paid_back(months))


def _year(number: int, values: Values, renewals: Fraction) -> Year:
    new = values["production"] * values["weeks"]
    earned = values["new_rate"] * new + values["renewal_rate"] * renewals
    draw = values["draw"]
    return Year(
        year=number,
        new_commission=new,
        renewals=renewals,
        earned=earned,
        draw=draw,
        validated=earned >= draw,
        invested=draw - earned - values["margin"] * (new + renewals),
    )


def _months(years: list[Year]) -> tuple[Month, ...]:
    """Each year's investment spread evenly over its months."""
    months: list[Month] = []
    running = _ZERO
    for at in range(YEARS * MONTHS_A_YEAR):
        invested = years[at // MONTHS_A_YEAR].invested / MONTHS_A_YEAR
        running += invested
        months.append(Month(at + 1, invested, running))
    return tuple(months)


def _paid_back(months: tuple[Month, ...]) -> int | None:
    """The first month whose running sum is back at zero or below, once there was something to pay back."""
    owed = False
    for month in months:
        owed = owed or month.running > 0
        if owed and month.running <= 0:
            return month.month
    return None
