"""The dashboard's twelve metrics and their formulas over tallies (metrics.md 2).

A `Tally` is what one producer (or the agency) did in a window of days, already summed; everything here is arithmetic on
it. Must not know where tallies come from, nor targets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from desktop.core.money import ratio


class Unit(StrEnum):
    """What a metric's value is: a count, cents, a fraction, or a mean in cents."""

    COUNT = "count"
    MONEY = "money"
    RATE = "rate"
    MEAN_MONEY = "mean_money"


class Per(StrEnum):
    """The unit of time that a metric's target is stated for."""

    WEEK = "week"
    MONTH = "month"


class Group(StrEnum):
    """Activity leads, results follow."""

    ACTIVITY = "activity"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: its id, what it is called, what it means in a sentence, and how its value and target are stated."""

    id: str
    label: str
    meaning: str
    group: Group
    unit: Unit
    per: Per

    @property
    def is_ratio(self) -> bool:
        """A ratio is undefined over nothing, and neither its target is prorated nor its producers' values summed."""
        return self.unit in (Unit.RATE, Unit.MEAN_MONEY)

    @property
    def is_money(self) -> bool:
        """Whether its values are cents."""
        return self.unit in (Unit.MONEY, Unit.MEAN_MONEY)


def _activity(key: str, label: str, meaning: str) -> Metric:
    return Metric(key, label, meaning, Group.ACTIVITY, Unit.COUNT, Per.WEEK)


def _result(key: str, label: str, meaning: str, unit: Unit) -> Metric:
    return Metric(key, label, meaning, Group.RESULT, unit, Per.MONTH)


METRICS: tuple[Metric, ...] = (
    _activity("calls_made", "Calls made", "Outbound calls."),
    _activity("emails_sent", "Emails sent", "Outbound e-mails, bulk mail left out."),
    _activity("meetings_set", "Meetings set", "Meetings arranged, by the day they were arranged."),
    _activity("meetings_held", "Meetings held", "Meetings that took place."),
    _activity("referrals_asked", "Referrals asked", "Times a referral was asked for."),
    _activity("coi_contacts", "COI contacts", "Touches with centers of influence."),
    _result("quotes", "Quotes", "Quotes delivered; one lead quoted at several carriers on a day is one.", Unit.COUNT),
    _result("policies_written", "Policies written", "New-business policies, by the day they were bound.", Unit.COUNT),
    _result("close_rate", "Close rate", "Policies written / quotes, both of the period.", Unit.RATE),
    _result("new_premium", "New premium", "Annual premium of the policies written.", Unit.MONEY),
    _result("avg_policy_size", "Average policy size", "New premium / policies written.", Unit.MEAN_MONEY),
    _result("new_commission", "New commission", "Agency commission on the policies written.", Unit.MONEY),
)
"""In the order in which they are shown and answered."""

METRIC: Mapping[str, Metric] = MappingProxyType({metric.id: metric for metric in METRICS})
ACTIVITIES: tuple[str, ...] = tuple(metric.id for metric in METRICS if metric.group is Group.ACTIVITY)
SUMMED: tuple[str, ...] = tuple(metric.id for metric in METRICS if not metric.is_ratio)
"""The metrics that are sums over records; also the order of a tally's fields."""

_RECORDED = (*ACTIVITIES, "quotes", "policies_written")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was done in a window of days: counts, premium and commission in cents. Fields stand in `SUMMED`'s order."""

    calls_made: int = 0
    emails_sent: int = 0
    meetings_set: int = 0
    meetings_held: int = 0
    referrals_asked: int = 0
    coi_contacts: int = 0
    quotes: int = 0
    policies_written: int = 0
    new_premium: int = 0
    new_commission: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(mine + theirs for mine, theirs in zip(self.amounts, other.amounts, strict=True)))

    @property
    def amounts(self) -> tuple[int, ...]:
        """The sums in `SUMMED`'s order."""
        return (
            self.calls_made,
            self.emails_sent,
            self.meetings_set,
            self.meetings_held,
            self.referrals_asked,
            self.coi_contacts,
            self.quotes,
            self.policies_written,
            self.new_premium,
            self.new_commission,
        )

    def amount(self, metric: str) -> int:
        """The sum of one metric of `SUMMED`; KeyError for any other."""
        return self.amounts[_POSITION[metric]]

    @property
    def activity(self) -> int:
        """Sum of the six activity metrics."""
        return sum(self.amounts[: len(ACTIVITIES)])

    @property
    def empty(self) -> bool:
        """Whether nothing was counted at all."""
        return not any(self.amounts)


_POSITION: Mapping[str, int] = MappingProxyType({metric: at for at, metric in enumerate(SUMMED)})
NOTHING = Tally()


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies, such as the agency's over all producers and unassigned."""
    amounts = [tally.amounts for tally in tallies]
    return Tally(*map(sum, zip(*amounts, strict=True))) if amounts else NOTHING


def close_rate(tally: Tally) -> Fraction | None:
    """Policies written / quotes, flow basis; undefined without quotes. May pass 1."""
    return ratio(tally.policies_written, tally.quotes)


def average_policy_size(tally: Tally) -> Fraction | None:
    """New premium in cents / policies written; undefined without policies."""
    return ratio(tally.new_premium, tally.policies_written)


def value(metric: str, tally: Tally) -> int | Fraction | None:
    """A metric's value: a count or cents, an exact fraction for the two ratios, None where undefined.

    KeyError for what is no metric of section 2.
    """
    if metric == "close_rate":
        return close_rate(tally)
    if metric == "avg_policy_size":
        return average_policy_size(tally)
    return tally.amount(metric)


def automatic_share(metric: str, tally: Tally, automatic: Tally) -> Fraction | None:
    """Which part of a metric was tracked automatically; None for ratios and where nothing was counted."""
    if METRIC[metric].is_ratio:
        return None
    return ratio(automatic.amount(metric), tally.amount(metric))


def automatic_share_in_all(tally: Tally, automatic: Tally) -> Fraction | None:
    """The automatic part of everything counted: activities, quotes and policies, each record with its count."""
    return ratio(
        sum(automatic.amount(metric) for metric in _RECORDED), sum(tally.amount(metric) for metric in _RECORDED)
    )


def hit(actual: int | Fraction | None, target: int | Fraction | None) -> bool | None:
    """Whether the actual value is at or above its target; None where either is undefined."""
    return None if actual is None or target is None else actual >= target


def on_track(premium: int, monthly_target: int | None, elapsed_days: int, month_days: int) -> bool | None:
    """Whether month-to-date premium keeps pace: premium >= target x working days elapsed / working days of the month.

    None without a target or in a month without working days.
    """
    if monthly_target is None or not month_days:
        return None
    return premium * month_days >= monthly_target * elapsed_days
