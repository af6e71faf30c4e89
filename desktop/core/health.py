"""Pipeline health: four rules over open leads and trailing production (metrics.md 2, *Pipeline health*).

Rules answer with the value they compared and their limit, so that a screen can show both. Must not know where the
numbers come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from desktop.core.money import ratio
from desktop.core.production import NOTHING, Tally, average_policy_size, close_rate

PROSPECTS_LIMIT = Fraction(40, 100)
STUCK_LIMIT = Fraction(30, 100)
STUCK_DAYS = 14
CLOSE_RATE_LIMIT = Fraction(25, 100)
DEAL_SIZE_LIMIT = Fraction(90, 100)
DEAL_SIZE_POLICIES = 5
TRAILING_DAYS = 90
SUDDEN_DAYS = 30


@dataclass(frozen=True, slots=True)
class OpenLeads:
    """Open leads at `as_of`: all, those in rank 1, and those quoted for more than 14 x 24 hours."""

    open: int = 0
    prospects: int = 0
    stuck_in_quoted: int = 0


@dataclass(frozen=True, slots=True)
class Trailing:
    """Production of the windows that end on `as_of`: the last 90 and 30 days, and the 90 days before each of them."""

    last_90: Tally = NOTHING
    before_90: Tally = NOTHING
    last_30: Tally = NOTHING
    before_30: Tally = NOTHING


@dataclass(frozen=True, slots=True)
class HealthRule:
    """A rule's words: its name and how to read it when it fires."""

    label: str
    reading: str


HEALTH: Mapping[str, HealthRule] = MappingProxyType(
    {
        "too_many_prospects": HealthRule(
            "Too many prospects", "Not enough activity: most leads still wait for a first contact."
        ),
        "stuck_in_quoted": HealthRule(
            "Stuck in quoted", "Quoting without presenting: quotes lie for more than two weeks."
        ),
        "low_close_rate": HealthRule("Low close rate", "Quoting everyone instead of those who qualify."),
        "shrinking_deals": HealthRule("Shrinking deals", "Going after easy, small accounts."),
    }
)
"""In the order in which they are answered."""


@dataclass(frozen=True, slots=True)
class Health:
    """A rule's answer; `fired` and `value` are None where it is undefined."""

    id: str
    fired: bool | None
    value: Fraction | None
    limit: Fraction


def pipeline_health(leads: OpenLeads, trailing: Trailing) -> tuple[Health, ...]:
    """The four rules in order. The first two are undefined without open leads (metrics.md 2)."""
    prospects = ratio(leads.prospects, leads.open)
    stuck = ratio(leads.stuck_in_quoted, leads.open)
    rate = close_rate(trailing.last_90)
    return (
        Health("too_many_prospects", _above(prospects, PROSPECTS_LIMIT), prospects, PROSPECTS_LIMIT),
        Health("stuck_in_quoted", _above(stuck, STUCK_LIMIT), stuck, STUCK_LIMIT),
        Health("low_close_rate", rate is not None and rate < CLOSE_RATE_LIMIT, rate, CLOSE_RATE_LIMIT),
        Health("shrinking_deals", deals_shrink(trailing), deal_size_ratio(trailing), DEAL_SIZE_LIMIT),
    )


def deal_size_ratio(trailing: Trailing) -> Fraction | None:
    """Average policy size of the last 90 days / that of the 90 days before; None where either is undefined or zero."""
    now, before = average_policy_size(trailing.last_90), average_policy_size(trailing.before_90)
    return None if now is None or before is None else ratio(now, before)


def deals_shrink(trailing: Trailing) -> bool:
    """Whether deal size fell below 0.90 of the 90 days before, with at least 5 policies in each."""
    fewest = min(trailing.last_90.policies_written, trailing.before_90.policies_written)
    change = deal_size_ratio(trailing)
    return fewest >= DEAL_SIZE_POLICIES and change is not None and change < DEAL_SIZE_LIMIT


def _above(value: Fraction | None, limit: Fraction) -> bool | None:
    return None if value is None else value > limit
