"""Readers of the KPIs of daily activity (metrics.md 4, section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from fractions import Fraction
from types import MappingProxyType

from desktop.core import worktime
from desktop.core.kpis import activity, leads
from desktop.core.kpis.activity import DayWork, Untouched
from desktop.core.kpis.reading import NUMERATOR, Asked, Drawn, KpiReading
from desktop.core.money import exact
from desktop.core.periods import Period
from desktop.models import facts_kpi_activity
from desktop.services.kpi_facts import KpiFacts, Reader, scope_of
from desktop.services.kpi_readers_leads import open_leads


def work(facts: KpiFacts, asked: Asked) -> list[DayWork]:
    """What everybody did, day by day, as known at `as_of`: within its day, only what happened before it."""
    days = facts.load(facts_kpi_activity.work)
    if asked.as_of == facts.horizon.as_of or facts_kpi_activity.is_whole(asked.as_of):
        return days
    return facts.once(("work", asked.as_of), lambda: _cut(facts, days, asked.as_of))


def _cut(facts: KpiFacts, days: list[DayWork], as_of: datetime) -> list[DayWork]:
    today = as_of.date().isoformat()
    return [*(one for one in days if one.day < today), *facts_kpi_activity.work_of_day(facts.book, as_of)]


def _activity_score(facts: KpiFacts, asked: Asked) -> KpiReading:
    weights = facts.settings.activity_weights
    team = frozenset(one.id for one in facts.people if one.produces_in(asked.period))
    reading = activity.activity_score(work(facts, asked), asked, facts.calendar, weights, team)

    def records() -> list[Drawn]:
        return activity.score_records(facts_kpi_activity.acts(facts.book, asked, scope_of(asked.whose)), weights)

    return replace(reading, records=records)


def _calls_per_day(facts: KpiFacts, asked: Asked) -> KpiReading:
    def records() -> list[Drawn]:
        acts = facts_kpi_activity.acts(facts.book, asked, scope_of(asked.whose))
        return [Drawn(NUMERATOR, "activities", one.row, one.times, one.at) for one in acts if one.kind == "call"]

    return replace(activity.calls_per_day(work(facts, asked), asked, facts.calendar), records=records)


def _talk_minutes_per_day(facts: KpiFacts, asked: Asked) -> KpiReading:
    def records() -> list[Drawn]:
        acts = facts_kpi_activity.talks(facts.book, asked, scope_of(asked.whose))
        return [Drawn(NUMERATOR, "activities", one.row, exact(one.minutes), one.at) for one in acts]

    reading = activity.talk_minutes_per_day(
        work(facts, asked), asked, facts.calendar, lambda: _business_minutes(facts, asked)
    )
    return replace(reading, records=records)


def _business_minutes(facts: KpiFacts, asked: Asked) -> Fraction:
    """Business minutes of the period up to `as_of`."""
    start = datetime.combine(asked.period.start, time())
    end = min(datetime.combine(asked.period.end + timedelta(days=1), time()), asked.as_of)
    return Fraction(worktime.elapsed(start, end, facts.settings.hours, facts.calendar.holidays)).limit_denominator(60)


def _leads_worked(facts: KpiFacts, asked: Asked) -> KpiReading:
    def open_ones() -> int:
        return len(leads.open_at(open_leads(facts, asked), asked))

    def records() -> list[Drawn]:
        if asked.last_day < asked.period.start:
            return []
        days = frozenset(facts.calendar.working(Period(asked.period.start, asked.last_day)))
        return activity.worked_records(facts_kpi_activity.on_leads(facts.book, asked, scope_of(asked.whose)), days)

    return replace(activity.leads_worked(work(facts, asked), asked, facts.calendar, open_ones), records=records)


def untouched(facts: KpiFacts, asked: Asked) -> list[Untouched]:
    """Everybody's open leads and exceptions at `as_of`, each with the last thing that happened to it."""
    touches = facts.load(facts_kpi_activity.touches)
    cases = activity.latest_open(facts.load(facts_kpi_activity.exception_entries), asked.as_of_text)
    return [
        *activity.standing(open_leads(facts, asked), touches, asked.as_of_text),
        *facts_kpi_activity.untouched_exceptions(facts.book, cases, asked.as_of),
    ]


def _manager_alerts(facts: KpiFacts, asked: Asked) -> KpiReading:
    return activity.manager_alerts(facts.once(("untouched", asked.as_of), lambda: untouched(facts, asked)), asked)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "activity_score": _activity_score,
        "calls_per_day": _calls_per_day,
        "talk_minutes_per_day": _talk_minutes_per_day,
        "leads_worked": _leads_worked,
        "manager_alerts": _manager_alerts,
    }
)
"""By KPI id."""
