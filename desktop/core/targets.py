"""Targets: which one is in effect, and how much of it a period asks for (metrics.md 0 and 2).

Values are exact: counts, cents for money, fractions for rates. They are rounded once, at the end. Must not know where
targets are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from desktop.core import periods
from desktop.core.money import half_up
from desktop.core.periods import Period
from desktop.core.production import METRIC, Metric, Per, Unit

NEW = "new"
VETERAN = "veteran"

Amount = int | Fraction


@dataclass(frozen=True, slots=True)
class TargetRule:
    """A target and its stretch (None: has none) for a metric, from a day on.

    Of one producer (by id), of a level, or, with neither, of the agency; with a `line` only of that line's policies.
    """

    metric: str
    target: Fraction
    stretch: Fraction | None
    effective_from: date
    producer: int | None = None
    level: str | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What a period asks for: a whole count or cents, or a fraction for a rate."""

    value: Amount
    stretch: Amount | None


_TABLE: tuple[tuple[str, tuple[str, str], tuple[str, str]], ...] = (
    ("calls_made", ("50", "75"), ("30", "50")),
    ("emails_sent", ("30", "50"), ("20", "30")),
    ("meetings_set", ("8", "12"), ("5", "8")),
    ("meetings_held", ("6", "10"), ("4", "6")),
    ("referrals_asked", ("10", "15"), ("8", "12")),
    ("coi_contacts", ("3", "5"), ("2", "3")),
    ("quotes", ("15", "25"), ("10", "20")),
    ("policies_written", ("6", "12"), ("5", "10")),
    ("close_rate", ("0.30", "0.40"), ("0.40", "0.55")),
    ("new_premium", ("1500000", "3000000"), ("2000000", "5000000")),
    ("new_commission", ("200000", "400000"), ("300000", "800000")),
)


def _default(metric: str, level: str, ends: tuple[str, str]) -> TargetRule:
    return TargetRule(metric, Fraction(ends[0]), Fraction(ends[1]), date.min, level=level)


DEFAULTS: Mapping[tuple[str, str], TargetRule] = MappingProxyType(
    {
        (metric, level): _default(metric, level, ends)
        for metric, new, veteran in _TABLE
        for level, ends in ((NEW, new), (VETERAN, veteran))
    }
)
"""(metric, level) -> the default, effective from the beginning."""

_DEFAULT_TIER, _LEVEL_TIER, _OWN_TIER = range(3)


class Targets:
    """All target rules of a book, asked for what is in effect."""

    def __init__(self, rules: Iterable[TargetRule] = ()) -> None:
        self._rules: dict[str, list[TargetRule]] = {}
        for rule in rules:
            if rule.line is None:
                self._rules.setdefault(rule.metric, []).append(rule)

    def of_producer(self, metric: str, producer: int, level: str | None, on: date) -> TargetRule | None:
        """The rule in effect for a producer on a day.

        An own rule goes before the level's and the level's before the default, each the latest in effect.
        """
        return self._latest(metric, producer, level or VETERAN, on)

    def of_level(self, metric: str, level: str | None, on: date) -> TargetRule | None:
        """The rule in effect for a level on a day, without regard to anybody's own."""
        return self._latest(metric, None, level or VETERAN, on)

    def of_agency(self, metric: str, on: date) -> TargetRule | None:
        """The agency's own rule in effect on a day."""
        rules = [
            rule
            for rule in self._rules.get(metric, ())
            if rule.producer is None and rule.level is None and rule.effective_from <= on
        ]
        return max(rules, key=lambda rule: rule.effective_from, default=None)

    def _latest(self, metric: str, producer: int | None, level: str, on: date) -> TargetRule | None:
        found: list[tuple[int, date, TargetRule]] = []
        default = DEFAULTS.get((metric, level))
        if default is not None:
            found.append((_DEFAULT_TIER, default.effective_from, default))
        for rule in self._rules.get(metric, ()):
            if rule.effective_from > on:
                continue
            if rule.producer is not None:
                if rule.producer == producer:
                    found.append((_OWN_TIER, rule.effective_from, rule))
            elif rule.level == level:
                found.append((_LEVEL_TIER, rule.effective_from, rule))
        return max(found, key=lambda entry: entry[:2])[2] if found else None


@lru_cache(maxsize=64)
def unit_share(per: Per, period: Period) -> Fraction:
    """How many of its units (weeks or months) a period is, as metrics.md 2 counts them.

    Its own unit is 1; a monthly target over a Monday-to-Sunday week 12 / 52; else by days: 12 x days / 365 months,
    days / 7 weeks.
    """
    if per is Per.WEEK:
        return Fraction(period.days, 7)
    if period == periods.month_of(period.start):
        return Fraction(1)
    if periods.is_week(period):
        return Fraction(12, 52)
    return Fraction(12 * period.days, 365)


def for_period(rule: TargetRule | None, period: Period, share_available: Fraction) -> Target | None:
    """What a rule asks for over a period of somebody who was available for a share of it; rates stay as they are."""
    if rule is None:
        return None
    metric = METRIC[rule.metric]
    stretch = None if rule.stretch is None else _scaled(rule.stretch, metric, period, share_available)
    return Target(_scaled(rule.target, metric, period, share_available), stretch)


def _scaled(amount: Fraction, metric: Metric, period: Period, share: Fraction) -> Amount:
    if metric.unit is Unit.RATE:
        return amount
    if metric.is_ratio:
        return half_up(amount)
    return half_up(amount * unit_share(metric.per, period) * share)


def total(targets: Iterable[Target | None]) -> Target | None:
    """The agency's target for a count or amount: the sum over its active producers' targets, None without any.

    The stretch is summed only when everybody has one.
    """
    found = [target for target in targets if target is not None]
    if not found:
        return None
    stretches = [target.stretch for target in found if target.stretch is not None]
    whole = len(stretches) == len(found)
    return Target(sum(target.value for target in found), sum(stretches) if whole else None)
