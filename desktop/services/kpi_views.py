"""What each of the six KPI views needs, read at once: cards, figures, the producers side by side, the commissions.

No formula, no SQL: which KPIs stand on which view, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.core import kpis as catalog
from desktop.core.kpis.definition import Basis, KpiFigure
from desktop.core.periods import Period
from desktop.services import commissions, dashboard, kpi_benchmarks, kpi_facts, kpi_records, kpis, people, replies
from desktop.services.commissions import Tracker
from desktop.services.found_records import FoundRecord
from desktop.services.kpi_benchmarks import Benchmarks
from desktop.services.kpi_records import Part
from desktop.services.kpis import Card, TableRow, TrendPoint

if TYPE_CHECKING:
    from desktop.models.book import Book

SCORECARD, FUNNEL, REVENUE, RETENTION, ACTIVITY, INTELLIGENCE = VIEWS = (
    "scorecard",
    "funnel",
    "revenue",
    "retention",
    "activity",
    "intelligence",
)

CARDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SCORECARD: catalog.CARDS,
        FUNNEL: (
            *("contact_rate", "engagement_rate", "qualification_rate", "lead_close_rate", "app_to_close_rate"),
            *("attempts_to_contact", "pipeline_velocity", "overdue_rate", "recapture_rate", "zombie_rate"),
        ),
        REVENUE: (
            *("annual_premium_written", "avg_annual_premium", "avg_monthly_premium", "revenue_forecast"),
            "win_back_premium",
        ),
        RETENTION: (
            *("persistency_13m", "danger_zone_survival", "exception_rate", "save_rate", "days_to_resolve"),
            *("chargeback_risk", "approval_rate", "placement_rate", "underwriting_days", "requirements_completion"),
        ),
        ACTIVITY: (
            *("activity_score", "calls_per_day", "talk_minutes_per_day", "leads_worked", "manager_alerts"),
            *("speed_to_lead", "response_time", "overdue_rate"),
        ),
        INTELLIGENCE: (),
    }
)
"""The cards at the head of each view, in order."""

TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SCORECARD: (),
        FUNNEL: ("funnel",),
        REVENUE: ("revenue_by_source", "revenue_by_carrier"),
        RETENTION: ("nurture_response", "recapture_rate"),
        ACTIVITY: (),
        INTELLIGENCE: (
            *("best_time_to_call", "state_performance", "carrier_matrix", "lead_source_roi", "funnel"),
            "lead_close_rate",
        ),
    }
)
"""The further KPIs whose rows a view shows."""

RANKED: tuple[str, ...] = (
    *("activity_score", "calls_per_day", "talk_minutes_per_day", "leads_worked"),
    *("speed_to_lead", "response_time", "overdue_rate"),
)
"""What the producers are compared by."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the filters say: a period as known at `as_of`, whose (None: everybody's), on which basis."""

    period: Period
    as_of: datetime
    producer: str | None = None
    basis: Basis = Basis.COHORT


@dataclass(frozen=True, slots=True)
class ViewFigures:
    """A view's figures. `names`: code and name of every producer; `any_data`: whether the book holds anything."""

    view: str
    question: Question
    cards: tuple[Card, ...]
    figures: Mapping[str, KpiFigure]
    people: tuple[TableRow, ...] = ()
    commissions: Tracker | None = None
    waiting: tuple[FoundRecord, ...] = ()
    alerts: tuple[FoundRecord, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    any_data: bool = field(default=True)
    benchmarks: Benchmarks = field(default=Benchmarks())


def read_view(book: Book, view: str, asked: Question) -> ViewFigures:
    """Everything that view `view` shows. UserError for a producer's code that nobody has."""
    kpi_facts.reach_back(book, asked.as_of)
    question = (asked.period, asked.as_of, asked.producer, asked.basis)
    cards = kpis.kpi_cards(book, *question, CARDS[view], with_detail=view != SCORECARD)
    found = {card.figure.id: card.figure for card in cards}
    if TABLES[view]:
        page = kpis.kpis(book, *question, TABLES[view])
        found |= {figure.id: figure for figure in page.kpis}
    is_activity = view == ACTIVITY
    return ViewFigures(
        view=view,
        question=asked,
        cards=tuple(cards),
        figures=MappingProxyType(found),
        people=kpis.kpi_table(book, asked.period, asked.as_of, RANKED, asked.basis) if is_activity else (),
        commissions=commissions.tracker(book, asked.period, asked.as_of, asked.producer) if view == REVENUE else None,
        waiting=tuple(replies.waiting(book, asked.as_of, asked.producer)) if is_activity else (),
        alerts=tuple(_alerts(book, asked)) if is_activity else (),
        names=producers(book),
        benchmarks=_benchmarks(book, kpi_benchmarks.ALL, asked) if view == INTELLIGENCE else Benchmarks(),
        any_data=any(one.through is not None for one in dashboard.freshness(book, asked.as_of)),
    )


def read_first(book: Book, view: str, asked: Question) -> ViewFigures | None:
    """What view `view` can show before `read_view` has read a large book; None where there is nothing to gain."""
    if view != SCORECARD:
        return None
    cards = kpis.first_cards(book, asked.period, asked.as_of, asked.producer, asked.basis, CARDS[view])
    if not cards:
        return None
    found = MappingProxyType({card.figure.id: card.figure for card in cards})
    return ViewFigures(view, asked, tuple(cards), found, names=producers(book))


def producers(book: Book) -> tuple[tuple[str, str], ...]:
    """Code and name of everybody of role producer, active ones first, by name."""
    return tuple((one.code, one.name) for one in people.members(book) if one.role == "producer")


def _benchmarks(book: Book, kpi_id: str, asked: Question) -> Benchmarks:
    return kpi_benchmarks.benchmarks(book, kpi_id, asked.period, asked.as_of, asked.producer)


def _alerts(book: Book, asked: Question) -> list[FoundRecord]:
    return kpi_records.records(book, "manager_alerts", asked.period, asked.as_of, asked.producer, asked.basis)


@dataclass(frozen=True, slots=True)
class KpiStory:
    """Everything behind one KPI: the figure, its trend, its records, and what other agencies reach.

    With `part` the records are those behind one row of the details alone.
    """

    question: Question
    figure: KpiFigure
    trend: tuple[TrendPoint, ...]
    records: tuple[FoundRecord, ...]
    benchmarks: Benchmarks = field(default=Benchmarks())
    part: Part | None = None


def read_story(book: Book, kpi_id: str, asked: Question, part: Part | None = None) -> KpiStory:
    """What a card, or with `part` a row of its details, opens into. UserError for an id or a code that there is not."""
    page = kpis.kpis(book, asked.period, asked.as_of, asked.producer, asked.basis, [kpi_id])
    trend = kpis.kpi_trend(book, kpi_id, asked.period, asked.as_of, asked.producer, asked.basis)
    found = kpi_records.records(book, kpi_id, asked.period, asked.as_of, asked.producer, asked.basis, part)
    return KpiStory(asked, page.kpis[0], trend, tuple(found), _benchmarks(book, kpi_id, asked), part)
