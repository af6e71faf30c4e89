"""Effective production time: the hours that really bring new business, and what an hour must bring (metrics.md 5).

Available hours less other duties, times the closing ratio; everything else follows from the hour's required rate.
Values are exact fractions: hours, cents, rates. Must not know where a plan's numbers come from or who looks at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from desktop.core.money import ratio
from desktop.core.quantities import Quantity, Unit, money, rate
from desktop.errors import UserError

DUTIES: tuple[str, ...] = (
    "renewals", "service", "education", "meetings", "prospecting", "community", "vacation", "other",
)  # fmt: skip
"""The duties that a plan offers, in order; a plan may hold others."""

HOURS_IN_A_YEAR = Fraction(366 * 24)
AVAILABLE_BY_DEFAULT = Fraction(2000)
AVAILABLE = Quantity("hours", "Available work hours", Unit.HOURS, most=HOURS_IN_A_YEAR, default=AVAILABLE_BY_DEFAULT)
CLOSING = rate("closing", "The closing ratio", above=True)
GOAL = money("goal", "The goal in new commission")
PREMIUM = money("premium", "The account's premium")
COMMISSION_RATE = rate("rate", "The account's commission rate")
HOURLY_COST = money("cost", "The cost per hour")


def duty(name: str) -> Quantity:
    """The hours per year that a duty takes."""
    return Quantity(name, "Hours on a duty", Unit.HOURS, most=HOURS_IN_A_YEAR)


@dataclass(frozen=True, slots=True)
class Plan:
    """A producer's year: hours available, hours by duty, closing ratio, and the goal in new commission (cents)."""

    available: Fraction
    duties: Mapping[str, Fraction]
    closing_ratio: Fraction
    goal: Fraction


@dataclass(frozen=True, slots=True)
class ProductionTime:
    """The way from available to effective hours; `required_rate` is cents per effective hour, None without any."""

    available: Fraction
    other: Fraction
    production: Fraction
    closing_ratio: Fraction
    effective: Fraction
    required_rate: Fraction | None


def production_time(plan: Plan) -> ProductionTime:
    """Effective production time and the rate that the goal requires (metrics.md 5).

    UserError when the duties take more hours than there are.
    """
    other = sum(plan.duties.values(), Fraction(0))
    if other > plan.available:
        raise UserError(
            f"Other duties take {float(other):,g} hours, but only {float(plan.available):,g} are available.",
            "Shorten a duty or raise the available hours.",
        )
    production = plan.available - other
    effective = production * plan.closing_ratio
    return ProductionTime(
        available=plan.available,
        other=other,
        production=production,
        closing_ratio=plan.closing_ratio,
        effective=effective,
        required_rate=ratio(plan.goal, effective),
    )


def together(times: Sequence[ProductionTime], goal: Fraction) -> ProductionTime:
    """Several producers' time as one, towards the goal in cents that they have in all (metrics.md 5).

    The closing ratio is that of all production hours; 0 where there are none.
    """
    production = sum((one.production for one in times), Fraction(0))
    effective = sum((one.effective for one in times), Fraction(0))
    return ProductionTime(
        available=sum((one.available for one in times), Fraction(0)),
        other=sum((one.other for one in times), Fraction(0)),
        production=production,
        closing_ratio=ratio(effective, production) or Fraction(0),
        effective=effective,
        required_rate=ratio(goal, effective),
    )


# --- accounts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Account:
    """An account or type of account: premium in cents, commission rate, and the hours it takes (None: not said)."""

    premium: Fraction
    rate: Fraction
    hours: Fraction | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Worth:
    """What an account is worth: commission and surplus in cents, break-even in hours, commission per hour in cents.

    `profitable` compares strictly: done in exactly the break-even hours an account earns nothing. None = undefined.
    """

    account: Account
    commission: Fraction
    break_even_hours: Fraction | None
    per_hour: Fraction | None
    surplus: Fraction | None
    profitable: bool | None


def worth(account: Account, required_rate: Fraction | None) -> Worth:
    """An account held against the required rate (metrics.md 5: break-even hours = commission / required rate)."""
    commission = account.premium * account.rate
    break_even = break_even_hours(commission, required_rate)
    hours = account.hours
    surplus = None if hours is None or required_rate is None else commission - hours * required_rate
    return Worth(
        account=account,
        commission=commission,
        break_even_hours=break_even,
        per_hour=None if hours is None else ratio(commission, hours),
        surplus=surplus,
        profitable=None if surplus is None else surplus > 0,
    )


def break_even_hours(commission: Fraction, required_rate: Fraction | None) -> Fraction | None:
    """The hours in which an account earns exactly the required rate; undefined without a rate."""
    return None if required_rate is None else ratio(commission, required_rate)


def by_worth(accounts: Iterable[Account], required_rate: Fraction | None) -> list[Worth]:
    """Accounts, the one that brings most per hour first; those whose hours are not known last, by commission."""
    found = [worth(account, required_rate) for account in accounts]
    return sorted(found, key=lambda one: (one.per_hour is None, -(one.per_hour or 0), -one.commission))


def minimum_premium(hours: Fraction, commission_rate: Fraction, required_rate: Fraction | None) -> Fraction | None:
    """The smallest account, in cents of premium, that pays for the hours it takes; undefined without a rate."""
    return None if required_rate is None else ratio(hours * required_rate, commission_rate)


def smallest(one: Worth) -> Fraction | None:
    """The premium in cents at which an account of this type pays for exactly the hours it takes."""
    if one.account.hours is None or not one.break_even_hours:
        return None
    return one.account.premium * one.account.hours / one.break_even_hours


def break_even_curve(
    commissions: Sequence[Fraction], required_rate: Fraction | None
) -> list[tuple[Fraction, Fraction | None]]:
    """Break-even hours over commission, for the chart: (cents, hours)."""
    return [(commission, break_even_hours(commission, required_rate)) for commission in commissions]


# --- what if ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Handover:
    """Hours per duty that somebody else takes over, at a cost in cents per hour."""

    hours: Mapping[str, Fraction]
    hourly_cost: Fraction


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A plan before and after a handover; money in cents.

    `new_commission` is what the new effective hours bring at the rate required before, `net_gain` what that is above
    the goal, less the cost. Both are None where no rate was defined before.
    """

    before: ProductionTime
    after: ProductionTime
    cost: Fraction
    new_commission: Fraction | None
    net_gain: Fraction | None


def what_if(plan: Plan, handover: Handover) -> WhatIf:
    """Duties moved to somebody else (metrics.md 5, What-if). UserError for more hours than a duty takes."""
    for name, hours in handover.hours.items():
        if not 0 <= hours <= plan.duties.get(name, Fraction(0)):
            raise UserError(
                f"{float(hours):,g} hours of {name} cannot be handed over.",
                f"The plan has {float(plan.duties.get(name, Fraction(0))):,g} of them.",
            )
    duties = {name: hours - handover.hours.get(name, Fraction(0)) for name, hours in plan.duties.items()}
    before, after = production_time(plan), production_time(replace(plan, duties=duties))
    cost = sum(handover.hours.values(), Fraction(0)) * handover.hourly_cost
    commission = None if before.required_rate is None else after.effective * before.required_rate
    return WhatIf(before, after, cost, commission, None if commission is None else commission - plan.goal - cost)


# --- goal -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoalPlan:
    """New clients and leads that a goal takes, rounded up; None where an average or the ratio is zero."""

    clients: int | None
    leads: int | None


def goal_plan(goal: Fraction, retained: Fraction, commission_per_client: Fraction, closing_ratio: Fraction) -> GoalPlan:
    """New clients = (goal - retained commission) / average commission per client, and leads at the true ratio.

    Money in cents; the chain is computed unrounded, a goal already reached takes nobody (metrics.md 5).
    """
    clients = ratio(max(Fraction(0), goal - retained), commission_per_client)
    leads = None if clients is None else ratio(clients, closing_ratio)
    return GoalPlan(None if clients is None else ceil(clients), None if leads is None else ceil(leads))
