"""Policies that end before their commission is earned, and what is at risk (metrics.md 4, 5.6).

A formula over policies from term to term. Must not know how they are stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from desktop.core.kpis.definition import Cents
from desktop.core.kpis.policies import POLICIES, Policy, PolicyBook, day_after
from desktop.core.kpis.reading import Asked, Item, KpiReading, Whose, breakdown, grouped, sum_of
from desktop.core.money import half_up

Parts = Mapping[int, tuple[tuple[int | None, int], ...]]
"""By the row of a first term its commission in cents as it falls to each producer."""


class Ended(NamedTuple):
    """A policy that ended early: when, and the part of the vesting months' days that was left."""

    policy: Policy
    on: str
    unearned: Fraction


def chargeback_risk(policies: PolicyBook, parts: Parts, months: int, asked: Asked) -> KpiReading:
    """Policies ended in the period within `months` of their in-force date (5.6): their number, rows by carrier.

    `commission_at_risk`: the first term's commission x the unearned share by days of those months. A policy counts for
    the first named of its first term, dollars follow the shares.
    """
    found = ended_early(policies, months, asked)
    mine = [one for one in found if asked.whose.covers(one.policy.first.producer)]

    def detail() -> Mapping[str, object]:
        carriers = grouped(mine, lambda one: one.policy.first.carrier)
        rows = breakdown("carrier", {key: sum_of(_items(some)) for key, some in carriers.items()})
        return {"rows": rows, "commission_at_risk": commission_at_risk(found, parts, asked.whose)}

    return sum_of(_items(mine), detail)


def _items(found: Sequence[Ended]) -> list[Item]:
    return [Item(POLICIES, one.policy.first.row, one.on) for one in found]


def commission_at_risk(found: Sequence[Ended], parts: Parts, whose: Whose) -> Cents:
    """What the carriers may take back of these policies, rounded once."""
    exact = sum(
        (
            cents * one.unearned
            for one in found
            for producer, cents in parts.get(one.policy.first.row, ())
            if whose.covers(producer)
        ),
        Fraction(),
    )
    return Cents(half_up(exact))


def ended_early(policies: PolicyBook, months: int, asked: Asked) -> list[Ended]:
    """Everybody's policies that ended in the period before their vesting months were over."""
    seen = asked.as_of_text[:10]
    found = []
    for policy in policies.ended:
        on = _end(policy, seen, asked)
        if on is not None and on < day_after(policy.in_force_on, months):
            found.append(Ended(policy, on, _unearned(policy.in_force_on, on, months)))
    return found


def _end(policy: Policy, seen: str, asked: Asked) -> str | None:
    """The day in the period on which a term was ended and no other one went on; None when there is none."""
    days = [
        one.ended
        for one in policy.terms
        if one.ended is not None and one.ended == one.over and one.bound <= seen and asked.within(one.ended)
    ]
    return max((day for day in days if not policy.is_in_force(day, seen)), default=None)


def _unearned(in_force_on: str, on: str, months: int) -> Fraction:
    start, end = date.fromisoformat(in_force_on), date.fromisoformat(day_after(in_force_on, months))
    return Fraction((end - max(date.fromisoformat(on), start)).days, (end - start).days)
