"""Readers of the KPIs of leads, engagement and closing (metrics.md 4, sections 1 to 3)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from operator import attrgetter
from types import MappingProxyType

from desktop.core import worktime
from desktop.core.kpis import leads, premiums, sources
from desktop.core.kpis.definition import Basis
from desktop.core.kpis.leads import LeadFact, Waiting, is_whose
from desktop.core.kpis.premiums import Bound
from desktop.core.kpis.reading import Asked, KpiReading
from desktop.core.pipeline import OPEN_STAGES, SALES, SERVICE_PIPELINES
from desktop.models import facts_kpi_activity, facts_kpi_closing, facts_kpi_leads, facts_kpi_sources
from desktop.services.kpi_facts import KpiFacts, Reader


def leads_for(facts: KpiFacts, asked: Asked) -> list[LeadFact]:
    """The leads that a question is about: on the flow basis those received long before, too."""
    loader = facts_kpi_leads.every_lead if asked.basis is Basis.FLOW else facts_kpi_leads.leads
    return facts.load(loader)


def _of_leads(formula: Callable[[Sequence[LeadFact], Asked], KpiReading]) -> Reader:
    return lambda facts, asked: formula(leads_for(facts, asked), asked)


def _of_policies(formula: Callable[[Sequence[Bound], Asked], KpiReading]) -> Reader:
    return lambda facts, asked: formula(facts.load(facts_kpi_closing.bound), asked)


def _response_time(facts: KpiFacts, asked: Asked) -> KpiReading:
    hours, holidays = facts.settings.hours, facts.calendar.holidays

    known: dict[tuple[str, str], Fraction] = facts.once("business minutes", dict)

    def minutes(start: str, end: str) -> Fraction:
        if (start, end) not in known:
            spent = worktime.elapsed(datetime.fromisoformat(start), datetime.fromisoformat(end), hours, holidays)
            known[start, end] = Fraction(spent).limit_denominator(60)
        return known[start, end]

    threads = facts.once("threads in order", lambda: sorted(facts.load(facts_kpi_leads.threads), key=_ASKED_AT))
    first = bisect_left(threads, asked.start_text, key=_ASKED_AT)
    last = bisect_right(threads, asked.stop_text, key=_ASKED_AT)
    return leads.response_time(threads[first:last], asked, minutes)


_ASKED_AT = attrgetter("asked_at")


def open_leads(facts: KpiFacts, asked: Asked) -> list[Waiting]:
    """Everybody's open leads at `as_of`, each in its stage."""
    everybody = Asked(asked.period, asked.as_of)
    return facts.once(
        ("open leads", asked.as_of), lambda: leads.open_at(facts.load(facts_kpi_leads.waiting), everybody)
    )


def _overdue_rate(facts: KpiFacts, asked: Asked) -> KpiReading:
    deadlines = {
        stage: (asked.as_of - timedelta(days=days)).isoformat()
        for stage in OPEN_STAGES
        if (days := facts.settings.expected_days(SALES, stage)) is not None
    }
    return leads.overdue_rate(open_leads(facts, asked), asked, deadlines, lambda: _cases(facts, asked))


def _cases(facts: KpiFacts, asked: Asked) -> tuple[int, int]:
    """(open service cases, those past their stage's expected time) at `as_of`."""
    found = facts.once(("open cases", asked.as_of), lambda: facts_kpi_activity.open_cases(facts.book, asked.as_of))
    mine = [one for one in found if is_whose(one.owners, asked)]
    limits = {
        (pipeline, stage.key): days
        for pipeline, stages in SERVICE_PIPELINES.items()
        for stage in stages
        if (days := facts.settings.expected_days(pipeline, stage.key)) is not None
    }
    late = [
        one
        for one in mine
        if (days := limits.get((one.pipeline, one.stage))) is not None
        and asked.as_of - datetime.fromisoformat(one.entered_at) > timedelta(days=days)
    ]
    return len(mine), len(late)


def _revenue_by_source(facts: KpiFacts, asked: Asked) -> KpiReading:
    return sources.revenue_by_source(
        facts.load(facts_kpi_leads.leads),
        facts.load(facts_kpi_closing.bound),
        facts.load(facts_kpi_sources.source_costs),
        asked,
    )


def _pipeline_velocity(facts: KpiFacts, asked: Asked) -> KpiReading:
    return leads.pipeline_velocity(facts.load(facts_kpi_leads.won_leads), asked)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "speed_to_lead": _of_leads(leads.speed_to_lead),
        "response_time": _response_time,
        "overdue_rate": _overdue_rate,
        "contact_rate": _of_leads(leads.contact_rate),
        "attempts_to_contact": _of_leads(leads.attempts_to_contact),
        "engagement_rate": _of_leads(leads.engagement_rate),
        "qualification_rate": _of_leads(leads.qualification_rate),
        "lead_close_rate": _of_leads(leads.lead_close_rate),
        "app_to_close_rate": _of_leads(leads.app_to_close_rate),
        "avg_monthly_premium": _of_policies(premiums.avg_monthly_premium),
        "avg_annual_premium": _of_policies(premiums.avg_annual_premium),
        "annual_premium_written": _of_policies(premiums.annual_premium_written),
        "revenue_by_source": _revenue_by_source,
        "revenue_by_carrier": _of_policies(premiums.revenue_by_carrier),
        "pipeline_velocity": _pipeline_velocity,
    }
)
"""By KPI id."""
