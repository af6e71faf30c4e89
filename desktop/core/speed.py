"""Speed to lead and what becomes of leads: the monthly and the source report, benchmarks, model advice (routing.md 5).

Formulas over leads' stories. Must not know where any of it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType

TARGETS: Mapping[str, Fraction] = MappingProxyType(
    {
        "average_minutes": Fraction(5),
        "contacted_5": Fraction(80, 100),
        "contacted_30": Fraction(95, 100),
        "never_contacted": Fraction(0),
        "lead_to_quote": Fraction(70, 100),
        "quote_to_bind": Fraction(25, 100),
        "lead_to_bind": Fraction(18, 100),
    }
)
"""Document 002's targets; minutes and counts are upper ends, rates lower ones."""

_MONTHS, _DAYS = 12, 365


@dataclass(frozen=True, slots=True)
class Story:
    """A lead: ISO moments, None for never; `touched_at` has a time of day, `touched_on` may be a day. Money in cents.

    `attempts` within 48 hours, `follow_ups` after its quote.
    """

    lead_id: str
    received_at: str
    source: str | None
    line: str | None
    producer: str | None
    touched_at: str | None
    touched_on: str | None
    attempts: int
    quoted_at: str | None
    follow_ups: int
    won_at: str | None
    premium: int
    commission: int

    @property
    def minutes(self) -> Fraction | None:
        """Minutes from receipt to the first contact; None without one, or where a time of day is not known."""
        if self.touched_at is None or len(self.received_at) == 10:
            return None
        waited = datetime.fromisoformat(self.touched_at) - datetime.fromisoformat(self.received_at)
        return Fraction(int(waited.total_seconds()), 60)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a source costs in cents: per lead, and per month."""

    source: str
    per_lead: int
    monthly: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A group of leads: counts, mean minutes, rates as fractions (None: undefined), money in cents (cost exact)."""

    leads: int
    contacted_in_5: int
    contacted_in_30: int
    never_contacted: int
    average_minutes: Fraction | None
    quoted: int
    bound: int
    premium: int
    commission: int
    cost: Fraction

    @property
    def contacted_5(self) -> Fraction | None:
        """Share of the leads contacted within 5 minutes."""
        return _rate(self.contacted_in_5, self.leads)

    @property
    def contacted_30(self) -> Fraction | None:
        """Share of the leads contacted within 30 minutes."""
        return _rate(self.contacted_in_30, self.leads)

    @property
    def lead_to_quote(self) -> Fraction | None:
        """Quoted / received."""
        return _rate(self.quoted, self.leads)

    @property
    def quote_to_bind(self) -> Fraction | None:
        """Bound / quoted."""
        return _rate(self.bound, self.quoted)

    @property
    def lead_to_bind(self) -> Fraction | None:
        """Bound / received."""
        return _rate(self.bound, self.leads)

    @property
    def cost_per_lead(self) -> Fraction | None:
        """Cents."""
        return self.cost / self.leads if self.leads else None

    @property
    def cost_per_bind(self) -> Fraction | None:
        """Cents."""
        return self.cost / self.bound if self.bound else None

    @property
    def average_premium(self) -> Fraction | None:
        """Cents per lead bound."""
        return Fraction(self.premium, self.bound) if self.bound else None

    @property
    def roi(self) -> Fraction | None:
        """Commission / cost: 3 is 300 percent."""
        return Fraction(self.commission) / self.cost if self.cost else None


def figures(stories: Sequence[Story], cost: Fraction = Fraction()) -> Figures:
    """The figures of a group of leads that cost so much in all."""
    minutes = [one.minutes for one in stories if one.minutes is not None]
    return Figures(
        leads=len(stories),
        contacted_in_5=sum(one <= 5 for one in minutes),
        contacted_in_30=sum(one <= 30 for one in minutes),
        never_contacted=sum(one.touched_on is None for one in stories),
        average_minutes=sum(minutes, Fraction()) / len(minutes) if minutes else None,
        quoted=sum(one.quoted_at is not None for one in stories),
        bound=sum(one.won_at is not None for one in stories),
        premium=sum(one.premium for one in stories),
        commission=sum(one.commission for one in stories),
        cost=cost,
    )


def grouped(stories: Iterable[Story], by: Callable[[Story], str | None]) -> dict[str | None, list[Story]]:
    """Leads by a key, by name; those without one last. Keys that differ in case alone are one."""
    names: dict[str, str] = {}
    found: dict[str | None, list[Story]] = {}
    for one in stories:
        key = by(one)
        name = None if key is None else names.setdefault(key.strip().casefold(), key.strip())
        found.setdefault(name, []).append(one)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] is None, (pair[0] or "").casefold())))


def source_cost(leads: int, cost: Cost | None, days: int) -> Fraction:
    """Leads x cost per lead + monthly cost x days / (365 / 12), in cents (metrics.md 8.1)."""
    if cost is None:
        return Fraction()
    return Fraction(leads * cost.per_lead) + Fraction(cost.monthly * days * _MONTHS, _DAYS)


def by_source(stories: Sequence[Story], costs: Iterable[Cost], days: int) -> dict[str | None, Figures]:
    """The source report: every source that brought a lead or costs anything (routing.md 5)."""
    groups = grouped(stories, lambda one: one.source)
    folded = {(name or "").casefold(): name for name in groups if name is not None}
    stated = {one.source.strip().casefold(): one for one in costs}
    for key, one in stated.items():
        if key not in folded and one.monthly:
            groups[one.source] = []
    return {
        name: figures(found, source_cost(len(found), stated.get((name or "").casefold()) if name else None, days))
        for name, found in groups.items()
    }


# --- benchmarks -------------------------------------------------------------------------------------------------------

POOR, AVERAGE, GOOD, BEST = "poor", "average", "good", "best"
_BANDS = (POOR, AVERAGE, GOOD, BEST)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A measure's bands in words, worst first, and where the next better one begins; `falling`: less is better."""

    id: str
    words: tuple[str, str, str, str]
    edges: tuple[Fraction, Fraction, Fraction]
    falling: bool


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark("first_response", ("4 h and more", "1-4 h", "5-60 min", "under 5 min"),
              (Fraction(240), Fraction(60), Fraction(5)), True),
    Benchmark("attempts_48h", ("1-2", "3", "4-5", "6 and more"), (Fraction(3), Fraction(4), Fraction(6)), False),
    Benchmark("quote_turnaround", ("24 h and more", "8-24 h", "2-8 h", "under 2 h"),
              (Fraction(24), Fraction(8), Fraction(2)), True),
    Benchmark("follow_ups", ("0", "1-2", "3-4", "5 and more"), (Fraction(1), Fraction(3), Fraction(5)), False),
    Benchmark("lead_to_bind", ("under 10%", "10-20%", "20-30%", "30% and more"),
              (Fraction(10, 100), Fraction(20, 100), Fraction(30, 100)), False),
)  # fmt: skip
"""Document 002's table; what falls between two bands belongs to the lower neighbour, but for the response."""


def band(one: Benchmark, value: Fraction | None) -> str | None:
    """Where a value stands: poor, average, good or best; None for an undefined one. routing.md 5."""
    if value is None:
        return None
    passed = [value < edge if one.falling else value >= edge for edge in one.edges]
    return _BANDS[sum(passed)]


def own_values(stories: Sequence[Story]) -> dict[str, Fraction | None]:
    """The agency's own values for the benchmarks: minutes, attempts, hours, follow-ups, share."""
    made = figures(stories)
    quoted = [one for one in stories if one.quoted_at is not None and len(one.received_at) > 10]
    hours = [
        Fraction(int((_at(str(one.quoted_at)) - _at(one.received_at)).total_seconds()), 3600)
        for one in quoted
        if len(str(one.quoted_at)) > 10
    ]
    touched = [Fraction(one.attempts) for one in stories if one.touched_on is not None]
    return {
        "first_response": made.average_minutes,
        "attempts_48h": _mean(touched),
        "quote_turnaround": _mean(hours),
        "follow_ups": _mean([Fraction(one.follow_ups) for one in stories if one.quoted_at is not None]),
        "lead_to_bind": made.lead_to_bind,
    }


# --- advice -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Advice:
    """The model that fits, why, and its known weakness."""

    model: str
    why: str
    weakness: str


WEAKNESSES: Mapping[str, str] = MappingProxyType(
    {
        "round_robin": "It gives the next lead to whoever is next, not to whoever would close it.",
        "territory": "Leads are spread as the map is, not as people have room: busy areas wait.",
        "weighted": "It needs records of wins and response; without them everybody scores alike.",
    }
)


def advise(producers: int, spread: bool, alike: bool, decided: int) -> Advice:
    """Which model suits the agency: its active producers, whether territories cover several of them, whether their
    lines are alike, and the leads decided in 90 days (routing.md 5)."""
    if producers <= 3 and (alike or not spread):
        why = f"{producers} producers with like skills: turns are fair and easy to follow."
        return Advice("round_robin", why, WEAKNESSES["round_robin"])
    if producers >= 5 and decided >= 20 * producers:
        why = f"{producers} producers and {decided} leads decided in 90 days: enough to tell who closes what."
        return Advice("weighted", why, WEAKNESSES["weighted"])
    if spread and producers <= 10:
        return Advice("territory", f"{producers} producers spread over territories.", WEAKNESSES["territory"])
    if producers < 5:
        return Advice("round_robin", f"{producers} producers without territories.", WEAKNESSES["round_robin"])
    why = f"{producers} producers; only {decided} leads were decided in 90 days, so watch the scores at first."
    return Advice("weighted", why, WEAKNESSES["weighted"])


def _rate(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction()) / len(values) if values else None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
