"""What other agencies reach, beside the KPI that it concerns: document 002's grades, monthly goals and source figures.

No formula: own values come from `core.speed`, as on the lead boards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.core import speed as formulas
from desktop.core.periods import Period, end_of
from desktop.core.speed import Story
from desktop.models import facts_speed
from desktop.services import speed
from desktop.services.found_records import UNASSIGNED
from desktop.services.speed import SourceBenchmark

if TYPE_CHECKING:
    from desktop.models.book import Book

ALL = "all"
"""Asked for in a KPI's place: everything that there is."""

GRADED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "speed_to_lead": ("first_response",),
        "attempts_to_contact": ("attempts_48h",),
        "qualification_rate": ("quote_turnaround",),
        "app_to_close_rate": ("follow_ups",),
        "lead_close_rate": ("lead_to_bind",),
        "funnel": ("quote_turnaround", "follow_ups", "lead_to_bind"),
        ALL: tuple(one.id for one in formulas.BENCHMARKS),
    }
)
"""The graded measures that stand beside a KPI."""

AIMED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "speed_to_lead": ("contacted_5", "contacted_30", "never_contacted"),
        "qualification_rate": ("lead_to_quote",),
        "app_to_close_rate": ("quote_to_bind",),
        "lead_close_rate": ("lead_to_bind",),
        "funnel": ("lead_to_quote", "quote_to_bind", "lead_to_bind"),
        ALL: ("contacted_5", "contacted_30", "never_contacted", "lead_to_quote", "quote_to_bind", "lead_to_bind"),
    }
)
"""The goals of the monthly summary that stand beside a KPI."""

BY_SOURCE = frozenset(("lead_source_roi", "revenue_by_source", ALL))
"""The KPIs beside which typical figures of sources stand."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A measure beside a KPI: the own value (None: undefined), and either four grades or a goal.

    `words`: the ranges from poor to best, empty of a goal; `grade`: which of them the value is in (None: none). Of a
    goal, `met` says whether it is reached: more is better, but of leads never contacted there should be none.
    """

    id: str
    value: Fraction | None
    words: tuple[str, ...] = ()
    grade: str | None = None
    goal: Fraction | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without one or without a value."""
        if self.goal is None or self.value is None:
            return None
        return self.value <= self.goal if self.id == "never_contacted" else self.value > self.goal


@dataclass(frozen=True, slots=True)
class Typical:
    """A kind of source with what it usually costs and closes, and the own sources of that kind together."""

    usual: SourceBenchmark
    own: formulas.Figures | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """All that stands beside one KPI."""

    measures: tuple[Beside, ...] = ()
    sources: tuple[Typical, ...] = field(default=())


def benchmarks(book: Book, kpi_id: str, period: Period, as_of: datetime, producer: str | None = None) -> Benchmarks:
    """What document 002 gives beside a KPI, with the figures of the leads received in the period (routing.md 5).

    `producer`: a code, or `UNASSIGNED`; the figures of sources are the agency's.
    """
    measures: tuple[Beside, ...] = ()
    if kpi_id in GRADED or kpi_id in AIMED:
        start, last = datetime.combine(period.start, time()), min(end_of(period.end), as_of)
        stories = [one for one in facts_speed.stories(book, start, last, as_of) if _is_whose(one, producer)]
        measures = _measures(kpi_id, stories)
    return Benchmarks(measures, _sources(book, period, as_of) if kpi_id in BY_SOURCE else ())


def _is_whose(one: Story, producer: str | None) -> bool:
    if producer is None:
        return True
    return (one.producer or UNASSIGNED).casefold() == producer.strip().casefold()


def _measures(kpi_id: str, stories: Sequence[Story]) -> tuple[Beside, ...]:
    own, made = formulas.own_values(stories), formulas.figures(stories)
    graded = [
        Beside(one.id, own[one.id], one.words, formulas.band(one, own[one.id]))
        for one in formulas.BENCHMARKS
        if one.id in GRADED.get(kpi_id, ())
    ]
    aimed = [Beside(one, _value(made, one), goal=formulas.TARGETS[one]) for one in AIMED.get(kpi_id, ())]
    return (*graded, *aimed)


def _value(made: formulas.Figures, measure: str) -> Fraction | None:
    if measure == "never_contacted":
        return Fraction(made.never_contacted) if made.leads else None
    found: Fraction | None = getattr(made, measure)
    return found


def _sources(book: Book, period: Period, as_of: datetime) -> tuple[Typical, ...]:
    usual = speed.typical_sources(book)
    kinds: dict[str, list[tuple[str, formulas.Figures]]] = {}
    for name, made in speed.source_report(book, period, as_of).items():
        if name is not None:
            kinds.setdefault(kind_of(name, [one.source for one in usual]), []).append((name, made))
    return tuple(_typical(one, kinds.get(one.source, [])) for one in usual)


def _typical(usual: SourceBenchmark, own: Sequence[tuple[str, formulas.Figures]]) -> Typical:
    if not own:
        return Typical(usual)
    figures = [made for _name, made in own]
    added = {
        key: sum(getattr(one, key) for one in figures)
        for key in ("leads", "contacted_in_5", "contacted_in_30", "never_contacted", "quoted", "bound", "premium")
    }
    together = formulas.Figures(
        **added,
        average_minutes=None,
        commission=sum(one.commission for one in figures),
        cost=sum((one.cost for one in figures), Fraction()),
    )
    return Typical(usual, together, tuple(name for name, _made in own))


_TELLING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Referrals", ("referral", "referred", "friend")),
    ("Facebook Ads", ("facebook", "instagram", "metaads")),
    ("Google Ads", ("google", "searchads", "adwords", "ppc")),
    ("Website organic (SEO)", ("organic", "seo", "website", "webform")),
    ("Walk-in / Phone", ("walkin", "phone")),
    ("Carrier leads", ("carrier",)),
    ("Third-party", ("quotewizard", "everquote", "thirdparty", "vendor", "bought", "purchased", "aggregator")),
)
"""Kinds of sources with what their names hold, without case, spaces and points."""


def kind_of(name: str, kinds: Sequence[str]) -> str:
    """The kind of source that a name tells: the one called so, else by a word in it; empty where it tells none."""
    plain = _plain(name)
    same = next((one for one in kinds if _plain(one) == plain), None)
    return same or next((one for one, words in _TELLING if any(word in plain for word in words)), "")


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
