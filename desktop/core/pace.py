"""Pace: what the days that are left must bring, and where the period will end at the present rate.

The rate is that of the last full weeks per working day; the interval follows from how those weeks scatter. Standard
library only, exact until the interval; must not know metrics, people or calendars (metrics.md 2, *On track*; 4,
*Forecast*, for the 80 % interval).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from desktop.core.money import ratio

QUANTILE = 1.2816
"""Of the 80 % interval."""
FEWEST_WEEKS = 3
"""With fewer weeks behind it a rate says nothing about its scatter."""
_NEAR = Fraction(9, 10)
_ZERO = Fraction(0)


class Standing(StrEnum):
    """How the projected end compares with the target."""

    GOOD = "good"
    NEAR = "near"
    BAD = "bad"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class WeekAmount:
    """What a past week brought, and on how many working days."""

    amount: int
    days: Fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount per working day and its variance per day; None where too few weeks are known."""

    per_day: Fraction
    variance: float | None


def rate_of(weeks: Sequence[WeekAmount]) -> Rate | None:
    """The rate of past weeks, weeks without working days left out; None without any."""
    counted = [week for week in weeks if week.days > 0]
    days = sum((week.days for week in counted), _ZERO)
    per_day = ratio(sum(week.amount for week in counted), days)
    if per_day is None:
        return None
    if len(counted) < FEWEST_WEEKS:
        return Rate(per_day, None)
    squares = sum((week.amount - per_day * week.days) ** 2 / week.days for week in counted)
    return Rate(per_day, float(squares / (len(counted) - 1)))


@dataclass(frozen=True, slots=True)
class Outlook:
    """A period that is under way. `needed`: what is missing to the target, `per_day` that by working day left.

    `projected` is the amount so far and the rate on the days left, `low` and `high` its 80 % interval, never below what
    is there already. What cannot be said is None.
    """

    actual: int
    target: int | None
    days_left: Fraction
    needed: int | None
    per_day: Fraction | None
    projected: Fraction | None
    low: Fraction | None
    high: Fraction | None
    standing: Standing

    @property
    def reached(self) -> bool:
        """Whether the target is reached already."""
        return self.needed == 0


def outlook(actual: int, target: int | None, days_left: Fraction, rate: Rate | None) -> Outlook:
    """Where a period stands and will end."""
    needed = None if target is None else max(0, target - actual)
    per_day = None if not needed else ratio(needed, days_left)
    projected = None if rate is None else actual + rate.per_day * days_left
    low = high = None
    if rate is not None and projected is not None and rate.variance is not None:
        spread = Fraction(QUANTILE * sqrt(rate.variance * float(days_left)))
        low, high = max(Fraction(actual), projected - spread), projected + spread
    return Outlook(
        actual, target, days_left, needed, per_day, projected, low, high, _standing(actual, target, projected)
    )


def _standing(actual: int, target: int | None, projected: Fraction | None) -> Standing:
    """At or past the target, within a tenth of it, or short (metrics.md 0, *Status*)."""
    end = Fraction(actual) if projected is None else projected
    if target is None or (projected is None and actual < target):
        return Standing.NONE
    if end >= target:
        return Standing.GOOD
    return Standing.NEAR if end >= target * _NEAR else Standing.BAD


@dataclass(frozen=True, slots=True)
class RatioOutlook:
    """A ratio under way: so far, at the projected end, and what the rest must average to reach the target."""

    actual: Fraction | None
    target: Fraction | None
    projected: Fraction | None
    needed: Fraction | None
    standing: Standing


def ratio_outlook(top: Outlook, bottom: Outlook, target: Fraction | None) -> RatioOutlook:
    """The outlook of top / bottom; `needed` over what is still expected of the bottom, None where that is nothing."""
    actual = ratio(top.actual, bottom.actual)
    projected = None
    needed = None
    if top.projected is not None and bottom.projected is not None:
        projected = ratio(top.projected, bottom.projected)
        if target is not None:
            rest = ratio(target * bottom.projected - top.actual, bottom.projected - bottom.actual)
            needed = None if rest is None else max(_ZERO, rest)
    if target is None or projected is None:
        standing = Standing.NONE
    elif projected >= target:
        standing = Standing.GOOD
    else:
        standing = Standing.NEAR if projected >= target * _NEAR else Standing.BAD
    return RatioOutlook(actual, target, projected, needed, standing)
