"""Producer validation: the sales and activity that a compensation takes (metrics.md 6, NewRen and BaseGrowth).

A compensation asks for new commission; averages and rates turn that into sales, proposals and sales calls. Values are
exact fractions: cents, rates, counts; they are rounded when shown. Must not know where inputs come from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil
from types import MappingProxyType

from desktop.core.money import ratio
from desktop.core.quantities import Quantity, Unit, checked, money, rate
from desktop.errors import UserError

SUPPORTED_LIMIT = Fraction(1)
STRETCH_LIMIT = Fraction(5, 4)
RECENT_WEEKS = 26
LAG_WINDOW = 6
LAG_WEEKS = 4
SWING = Fraction(1, 10)
RETENTION, CALLS_PER_PROSPECT, WEEKS_WORKED = Fraction(9, 10), Fraction(1), Fraction(50)
"""What these inputs are when nobody says."""
_ZERO = Fraction(0)


class PlanKind(StrEnum):
    """The two schedules for a producer who has a book of business."""

    NEWREN = "newren"
    BASEGROWTH = "basegrowth"


Values = Mapping[str, Fraction]
"""Inputs by key: money in cents, rates as fractions."""

WEEKS = Quantity("weeks", "Weeks worked", Unit.WEEKS, above=True, most=Fraction(52), default=WEEKS_WORKED)

INPUTS: Mapping[str, Quantity] = MappingProxyType(
    {
        quantity.key: quantity
        for quantity in (
            money("desired", "Desired compensation"),
            money("initial", "Initial compensation"),
            money("prior", "Prior-year commissions"),
            rate("retention", "Expected retention", default=RETENTION),
            rate("renewal_rate", "The renewal rate"),
            rate("new_rate", "The new-business rate", above=True),
            rate("base_rate", "The base rate", above=True),
            rate("growth_rate", "The growth rate", above=True),
            money("avg_commission", "Average commission per account", above=True),
            money("avg_premium", "Average premium per account"),
            rate("hit_rate", "The hit rate", above=True),
            rate("proposal_rate", "The proposal rate", above=True),
            Quantity(
                "calls_per_prospect",
                "Sales calls per prospect",
                Unit.COUNT,
                least=Fraction(1),
                default=CALLS_PER_PROSPECT,
            ),
            WEEKS,
        )
    }
)
"""Every input of the two schedules, in the order of their form."""

_RATES: Mapping[PlanKind, tuple[str, str]] = MappingProxyType(
    {PlanKind.NEWREN: ("renewal_rate", "new_rate"), PlanKind.BASEGROWTH: ("base_rate", "growth_rate")}
)
_OF_ONE_PLAN = frozenset(key for pair in _RATES.values() for key in pair)


def inputs_of(plan: PlanKind) -> tuple[Quantity, ...]:
    """The inputs that a schedule reads, in order."""
    return tuple(one for key, one in INPUTS.items() if key not in _OF_ONE_PLAN or key in _RATES[plan])


def completed(plan: PlanKind, values: Values) -> dict[str, Fraction]:
    """The inputs of a schedule, each checked, those not given by their default.

    UserError for an impossible value, and one that names every input that is missing.
    """
    return complete(inputs_of(plan), values)


def complete(quantities: Sequence[Quantity], values: Values) -> dict[str, Fraction]:
    """`values` of these quantities, checked and filled up with defaults; UserError as in `completed`."""
    found: dict[str, Fraction] = {}
    missing = []
    for quantity in quantities:
        value = values.get(quantity.key, quantity.default)
        if value is None:
            missing.append(quantity.key)
        else:
            found[quantity.key] = checked(quantity, value)
    if missing:
        raise UserError(f"The plan lacks {', '.join(missing)}.", "Nothing on record gives them: type them in.")
    return found


# --- schedules --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Weekly:
    """A schedule's figures per week worked: counts, and annualized premium and commission in cents."""

    sales_calls: Fraction
    proposals: Fraction
    sales: Fraction
    premium: Fraction
    commission: Fraction


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a compensation takes in a year; money in cents. The `exact_` counts are the chain's, unrounded."""

    compensation: Fraction
    new_commission: Fraction
    total_revenue: Fraction
    premium: Fraction
    exact_sales: Fraction
    exact_proposals: Fraction
    exact_sales_calls: Fraction
    weekly: Weekly

    @property
    def sales(self) -> int:
        """Sales in the year, rounded up."""
        return ceil(self.exact_sales)

    @property
    def proposals(self) -> int:
        """Proposals in the year, rounded up."""
        return ceil(self.exact_proposals)

    @property
    def sales_calls(self) -> int:
        """Sales calls in the year, rounded up."""
        return ceil(self.exact_sales_calls)


@dataclass(frozen=True, slots=True)
class Schedules:
    """The two schedules of a plan: minimum (initial compensation) and target (desired compensation)."""

    minimum: Schedule
    target: Schedule


def schedules(plan: PlanKind, values: Values) -> Schedules:
    """Both schedules from complete inputs (`completed`)."""
    return Schedules(schedule(plan, values, values["initial"]), schedule(plan, values, values["desired"]))


def schedule(plan: PlanKind, values: Values, compensation: Fraction) -> Schedule:
    """The schedule for a compensation in cents, from complete inputs (metrics.md 6)."""
    commission = _NEEDED[plan](values, compensation)
    sales = commission / values["avg_commission"]
    proposals = sales / values["hit_rate"]
    calls = proposals / values["proposal_rate"] * values["calls_per_prospect"]
    premium, weeks = sales * values["avg_premium"], values["weeks"]
    return Schedule(
        compensation=compensation,
        new_commission=commission,
        total_revenue=_retained(values) + commission,
        premium=premium,
        exact_sales=sales,
        exact_proposals=proposals,
        exact_sales_calls=calls,
        weekly=Weekly(calls / weeks, proposals / weeks, sales / weeks, premium / weeks, commission / weeks),
    )


def _retained(values: Values) -> Fraction:
    return values["prior"] * values["retention"]


def _newren(values: Values, compensation: Fraction) -> Fraction:
    earned = _retained(values) * values["renewal_rate"]
    return max(_ZERO, (compensation - earned) / values["new_rate"])


def _basegrowth(values: Values, compensation: Fraction) -> Fraction:
    """Revenue up to last year's pays the base rate, what is above it the growth rate."""
    base, base_rate = values["prior"], values["base_rate"]
    if compensation <= base * base_rate:
        revenue = compensation / base_rate
    else:
        revenue = base + (compensation - base * base_rate) / values["growth_rate"]
    return max(_ZERO, revenue - _retained(values))


_NEEDED: Mapping[PlanKind, Callable[[Values, Fraction], Fraction]] = MappingProxyType(
    {PlanKind.NEWREN: _newren, PlanKind.BASEGROWTH: _basegrowth}
)


# --- sensitivity ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Swing:
    """What the measure becomes with one input lower and higher than planned, as far as the input can be that."""

    key: str
    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        """How far the two lie apart."""
        return abs(self.high - self.low)


def _target_calls(found: Schedules) -> Fraction:
    return found.target.weekly.sales_calls


def sensitivity(
    plan: PlanKind, values: Values, measure: Callable[[Schedules], Fraction] = _target_calls
) -> tuple[Swing, ...]:
    """A measure (the target's weekly sales calls) with each input 10 % lower and higher, the widest swing first.

    An input moves no further than it can: a rate to 100 %, weeks to 52, calls per prospect to 1.
    """
    swings = []
    for quantity in inputs_of(plan):
        low, high = (
            measure(schedules(plan, {**values, quantity.key: _moved(quantity, values[quantity.key], factor)}))
            for factor in (1 - SWING, 1 + SWING)
        )
        swings.append(Swing(quantity.key, low, high))
    return tuple(sorted(swings, key=lambda swing: -swing.width))


def _moved(quantity: Quantity, value: Fraction, factor: Fraction) -> Fraction:
    moved = max(value * factor, quantity.least)
    return moved if quantity.most is None else min(moved, quantity.most)


# --- reality ----------------------------------------------------------------------------------------------------------


class Verdict(StrEnum):
    """How the needed sales calls compare with what the producer really makes."""

    SUPPORTED = "supported"
    STRETCH = "stretch"
    UNREALISTIC = "unrealistic"


@dataclass(frozen=True, slots=True)
class Reality:
    """Sales calls per week, needed and actual; `ratio` is None where none were made, `verdict` where none are known."""

    needed: Fraction
    actual: Fraction
    ratio: Fraction | None
    verdict: Verdict | None


def reality(needed: Fraction, actual: Fraction, *, known: bool = True) -> Reality:
    """The reality test (metrics.md 6): needed weekly sales calls against the producer's own average.

    Not `known` (nobody in the agency has a sales call on record): no verdict.
    """
    share = ratio(needed, actual)
    if not known:
        verdict = None
    elif needed <= actual * SUPPORTED_LIMIT:
        verdict = Verdict.SUPPORTED
    elif needed <= actual * STRETCH_LIMIT:
        verdict = Verdict.STRETCH
    else:
        verdict = Verdict.UNREALISTIC
    return Reality(needed, actual, share, verdict)


@dataclass(frozen=True, slots=True)
class Lag:
    """Whether a producer lags, and in how many of the last weeks the calls lay under the minimum."""

    fired: bool
    weeks_under: int
    minimum: Fraction


def validation_lag(weekly_calls: Sequence[int | None], minimum: Fraction) -> Lag:
    """`validation_lag`: 4 of the last 6 weeks under the minimum's weekly sales calls (metrics.md 6).

    Weeks oldest first; None is a week without data, which says nothing.
    """
    under = sum(1 for calls in weekly_calls[-LAG_WINDOW:] if calls is not None and calls < minimum)
    return Lag(under >= LAG_WEEKS, under, minimum)
