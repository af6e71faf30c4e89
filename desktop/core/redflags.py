"""Red flags: seven patterns worth a conversation, each with the numbers behind it (metrics.md 2, *Red flags*).

Activity is compared per working day available, and weeks or kinds without data in the whole agency say nothing, so that
holidays, leave and a missing export fire nothing. Must not know where the numbers come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from desktop.core.health import CLOSE_RATE_LIMIT, Trailing, deal_size_ratio, deals_shrink
from desktop.core.money import half_up, ratio
from desktop.core.production import ACTIVITIES, Tally, average_policy_size, close_rate, total

DROP_LIMIT = Fraction(90, 100)
HIGH_ATTAINMENT = Fraction(1)
LOW_ATTAINMENT = Fraction(70, 100)
SUDDEN_DROP_LIMIT = Fraction(60, 100)
SUDDEN_DROP_QUOTES = 10
UNTRACKED_WEEKS = 2
PROSPECT_DAYS = 14
FULL_WEEKS = 4

Evidence = Mapping[str, object]
"""Numbers as they are shown: counts, rates as fractions, money in dollars, weeks as the ISO date of their Monday."""


@dataclass(frozen=True, slots=True)
class FlagRule:
    """A flag's words: its name, what it means and what to do about it."""

    label: str
    meaning: str
    action: str


RED_FLAGS: Mapping[str, FlagRule] = MappingProxyType(
    {
        "activity_drop": FlagRule(
            "Activity is falling",
            "Drive or use of time is slipping, and results will follow in a month or two.",
            "Talk about it openly, one to one, this week.",
        ),
        "high_activity_low_close": FlagRule(
            "Busy, but not closing",
            "The effort is there; presenting or qualifying is the skill that is missing.",
            "Coach it: role-play presentations and qualifying questions.",
        ),
        "low_activity_high_close": FlagRule(
            "Closing well on little activity",
            "Only the easy deals are being picked.",
            "Ask for more volume.",
        ),
        "no_new_prospects": FlagRule(
            "No new prospects",
            "Prospecting has come to a halt, and the pipeline will run dry.",
            "Go through the activity targets together again.",
        ),
        "deal_size_shrinking": FlagRule(
            "Deals are getting smaller",
            "Easy wins are taken and larger risks avoided.",
            "Review which market and which accounts to go after.",
        ),
        "close_rate_drop": FlagRule(
            "Close rate fell suddenly",
            "The market has moved, or a skill has slipped.",
            "Analyze the deals lost since then.",
        ),
        "avoids_tracking": FlagRule(
            "Work is not being tracked",
            "Results arrive without any activity on record; weak effort may be hiding behind it.",
            "Make clear that tracking is not negotiable.",
        ),
    }
)
"""In the order in which they are answered."""


@dataclass(frozen=True, slots=True)
class FullWeek:
    """One complete week: what was done, and in how many available working days.

    `kinds` are the activity metrics of which anybody in the agency has a record in it; `asked` the week's targets,
    reduced by days away, unrounded.
    """

    start: date
    tally: Tally
    available: Fraction
    kinds: frozenset[str] = frozenset(ACTIVITIES)
    asked: Mapping[str, Fraction] = field(default_factory=dict)

    def activity_of(self, kinds: frozenset[str]) -> int:
        """Sum of some activity metrics."""
        return sum(self.tally.amount(kind) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Prospecting:
    """New prospects in the trailing 14 days, and whether any were to be expected of this producer."""

    entries: int = 0
    entries_in_agency: int = 0
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the flags of one producer are judged by.

    `weeks` are the last four full weeks, oldest first; `targets` the activity targets of the four weeks together.
    `stretch` is the level's close-rate stretch.
    """

    weeks: Sequence[FullWeek]
    trailing: Trailing
    prospecting: Prospecting
    targets: Mapping[str, int] = field(default_factory=dict)
    stretch: Fraction | None = None


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A flag's answer with the numbers compared."""

    id: str
    fired: bool
    evidence: Evidence

    @property
    def rule(self) -> FlagRule:
        """The flag in words."""
        return RED_FLAGS[self.id]


def red_flags(situation: Situation) -> tuple[RedFlag, ...]:
    """The seven flags in order (metrics.md 2)."""
    return (
        _activity_drop(situation.weeks),
        _high_activity_low_close(situation),
        _low_activity_high_close(situation),
        _no_new_prospects(situation.prospecting),
        _deal_size_shrinking(situation.trailing),
        _close_rate_drop(situation.trailing),
        _avoids_tracking(situation.weeks),
    )


# --- activity ---------------------------------------------------------------------------------------------------------


def _activity_drop(weeks: Sequence[FullWeek]) -> RedFlag:
    compared = weeks[-3:]
    kinds = frozenset(ACTIVITIES).intersection(*(week.kinds for week in compared))
    daily = [ratio(week.activity_of(kinds), week.available) for week in compared]
    falls = [_fell(before, after) for before, after in pairwise(daily)]
    evidence: Evidence = {
        "weeks": [week.start.isoformat() for week in compared],
        "activity": [week.activity_of(kinds) for week in compared],
        "days_available": [_number(week.available) for week in compared],
        "per_day": [_number(value) for value in daily],
    }
    return RedFlag("activity_drop", len(falls) == 2 and all(falls), evidence)


def _fell(before: Fraction | None, after: Fraction | None) -> bool:
    """By at least 10 %; nothing falls from zero."""
    return before is not None and after is not None and before > 0 and after <= before * DROP_LIMIT


def attainment(actual: Tally, targets: Mapping[str, int]) -> Fraction | None:
    """Mean over the activity metrics of actual / target; those without a target, or with none left, are left out."""
    shares = [Fraction(actual.amount(kind), targets[kind]) for kind in ACTIVITIES if targets.get(kind)]
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def attainment_with_data(weeks: Sequence[FullWeek]) -> Fraction | None:
    """The same over those kinds and weeks alone of which the agency has data; None without any."""
    shares = []
    for kind in ACTIVITIES:
        known = [week for week in weeks if kind in week.kinds]
        asked = sum((week.asked.get(kind, Fraction(0)) for week in known), Fraction(0))
        if asked:
            shares.append(sum(week.tally.amount(kind) for week in known) / asked)
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def _is_low(situation: Situation, reached: Fraction | None) -> bool:
    """Whether attainment is low, and not merely because weeks or kinds have no data."""
    if reached is None or reached >= LOW_ATTAINMENT:
        return False
    if all(week.kinds.issuperset(ACTIVITIES) for week in situation.weeks):
        return True
    known = attainment_with_data(situation.weeks)
    return known is not None and known < LOW_ATTAINMENT


def _high_activity_low_close(situation: Situation) -> RedFlag:
    reached, rate = _attained(situation), close_rate(situation.trailing.last_90)
    fired = reached is not None and rate is not None and reached >= HIGH_ATTAINMENT and rate < CLOSE_RATE_LIMIT
    return RedFlag("high_activity_low_close", fired, _effort_evidence(situation, reached, rate, CLOSE_RATE_LIMIT))


def _low_activity_high_close(situation: Situation) -> RedFlag:
    reached, rate, stretch = _attained(situation), close_rate(situation.trailing.last_90), situation.stretch
    high = rate is not None and stretch is not None and rate >= stretch
    fired = high and _is_low(situation, reached)
    return RedFlag("low_activity_high_close", fired, _effort_evidence(situation, reached, rate, stretch))


def _attained(situation: Situation) -> Fraction | None:
    return attainment(total(week.tally for week in situation.weeks), situation.targets)


def _effort_evidence(
    situation: Situation, reached: Fraction | None, rate: Fraction | None, limit: Fraction | None
) -> Evidence:
    last = situation.trailing.last_90
    return {
        "weeks": [week.start.isoformat() for week in situation.weeks],
        "attainment": _number(reached),
        "policies_written": last.policies_written,
        "quotes": last.quotes,
        "close_rate": _number(rate),
        "close_rate_limit": _number(limit),
    }


def _avoids_tracking(weeks: Sequence[FullWeek]) -> RedFlag:
    silent = [week for week in weeks if week.kinds and week.available > 0 and _untracked(week.tally)]
    evidence: Evidence = {
        "weeks": [week.start.isoformat() for week in silent],
        "quotes": [week.tally.quotes for week in silent],
        "policies_written": [week.tally.policies_written for week in silent],
        "activity": [week.tally.activity for week in silent],
    }
    return RedFlag("avoids_tracking", len(silent) >= UNTRACKED_WEEKS, evidence)


def _untracked(tally: Tally) -> bool:
    return tally.activity == 0 and bool(tally.quotes or tally.policies_written)


# --- pipeline and results ---------------------------------------------------------------------------------------------


def _no_new_prospects(prospecting: Prospecting) -> RedFlag:
    fired = prospecting.expected and prospecting.entries == 0 and prospecting.entries_in_agency > 0
    evidence: Evidence = {
        "days": PROSPECT_DAYS,
        "new_prospects": prospecting.entries,
        "new_prospects_in_agency": prospecting.entries_in_agency,
    }
    return RedFlag("no_new_prospects", fired, evidence)


def _deal_size_shrinking(trailing: Trailing) -> RedFlag:
    evidence: Evidence = {
        "policies_written": trailing.last_90.policies_written,
        "policies_written_before": trailing.before_90.policies_written,
        "avg_policy_size": _dollars(average_policy_size(trailing.last_90)),
        "avg_policy_size_before": _dollars(average_policy_size(trailing.before_90)),
        "ratio": _number(deal_size_ratio(trailing)),
    }
    return RedFlag("deal_size_shrinking", deals_shrink(trailing), evidence)


def _close_rate_drop(trailing: Trailing) -> RedFlag:
    now, before = close_rate(trailing.last_30), close_rate(trailing.before_30)
    enough = min(trailing.last_30.quotes, trailing.before_30.quotes) >= SUDDEN_DROP_QUOTES
    fired = enough and now is not None and before is not None and now < before * SUDDEN_DROP_LIMIT
    evidence: Evidence = {
        "quotes": trailing.last_30.quotes,
        "policies_written": trailing.last_30.policies_written,
        "close_rate": _number(now),
        "quotes_before": trailing.before_30.quotes,
        "policies_written_before": trailing.before_30.policies_written,
        "close_rate_before": _number(before),
    }
    return RedFlag("close_rate_drop", fired, evidence)


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _dollars(cents: Fraction | None) -> float | None:
    return None if cents is None else half_up(cents) / 100
