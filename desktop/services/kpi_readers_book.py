"""Readers of the KPIs of the book, of retention, nurture and intelligence (metrics.md 4, sections 4, 5, 6 and 8)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop.core.kpis import (
    calling,
    carriers,
    chargeback,
    exceptions,
    forecast,
    funnel,
    nurture,
    persistency,
    placement,
    sources,
    states,
    underwriting,
)
from desktop.core.kpis.forecast import Trails
from desktop.core.kpis.nurture import NurturedLead, Resting, Rests
from desktop.core.kpis.reading import Asked, KpiReading
from desktop.models import (
    facts_kpi_closing,
    facts_kpi_forecast,
    facts_kpi_leads,
    facts_kpi_nurture,
    facts_kpi_policies,
    facts_kpi_service,
    facts_kpi_sources,
)
from desktop.services.kpi_facts import KpiFacts, Reader, scope_of

# --- 4 underwriting and placement -------------------------------------------------------------------------------------


def _approval_rate(facts: KpiFacts, asked: Asked) -> KpiReading:
    return underwriting.approval_rate(facts.load(facts_kpi_service.underwriting_cases), asked)


def _placement_rate(facts: KpiFacts, asked: Asked) -> KpiReading:
    return placement.placement_rate(facts.load(facts_kpi_service.placement_cases), asked)


def _underwriting_days(facts: KpiFacts, asked: Asked) -> KpiReading:
    return underwriting.underwriting_days(facts.load(facts_kpi_service.underwriting_cases), asked)


def _requirements_completion(facts: KpiFacts, asked: Asked) -> KpiReading:
    return underwriting.requirements_completion(facts.load(facts_kpi_service.underwriting_cases), asked)


# --- 5 retention ------------------------------------------------------------------------------------------------------


def _persistency(facts: KpiFacts, asked: Asked) -> KpiReading:
    return persistency.persistency(facts.load(facts_kpi_policies.policy_book), asked)


def _danger_zone_survival(facts: KpiFacts, asked: Asked) -> KpiReading:
    policies = facts.load(facts_kpi_policies.policy_book)
    return persistency.danger_zone_survival(policies, facts.load(facts_kpi_service.first_exceptions), asked)


def _exception_rate(facts: KpiFacts, asked: Asked) -> KpiReading:
    policies = facts.load(facts_kpi_policies.policy_book)
    return exceptions.exception_rate(facts.load(facts_kpi_service.exception_cases), policies, asked)


def _save_rate(facts: KpiFacts, asked: Asked) -> KpiReading:
    return exceptions.save_rate(facts.load(facts_kpi_service.exception_cases), asked)


def _days_to_resolve(facts: KpiFacts, asked: Asked) -> KpiReading:
    return exceptions.days_to_resolve(facts.load(facts_kpi_service.exception_cases), asked)


def _chargeback_risk(facts: KpiFacts, asked: Asked) -> KpiReading:
    policies = facts.load(facts_kpi_policies.policy_book)
    parts = facts.load(facts_kpi_policies.commissions_at_risk)
    return chargeback.chargeback_risk(policies, parts, facts.settings.vesting_months, asked)


# --- 6 nurture --------------------------------------------------------------------------------------------------------


def _recapture_rate(facts: KpiFacts, asked: Asked) -> KpiReading:
    return nurture.recapture_rate(_resting(facts, asked), asked)


def _zombie_rate(facts: KpiFacts, asked: Asked) -> KpiReading:
    return nurture.zombie_rate(_resting(facts, asked), asked)


def _resting(facts: KpiFacts, asked: Asked) -> list[Resting]:
    known: Rests = facts.once("resting", dict)
    leads = facts.load(facts_kpi_nurture.nurtured_leads)
    return facts.once(("resting", asked), lambda: nurture.resting(leads, asked, known))


def _win_back_premium(facts: KpiFacts, asked: Asked) -> KpiReading:
    wins = facts.load(facts_kpi_nurture.wins)
    return nurture.win_back_premium(wins, facts.once("nurtured by id", lambda: _nurtured_by_id(facts)), asked)


def _nurtured_by_id(facts: KpiFacts) -> dict[str, NurturedLead]:
    return {one.lead_id: one for one in facts.load(facts_kpi_nurture.nurtured_leads)}


def _nurture_response(facts: KpiFacts, asked: Asked) -> KpiReading:
    return nurture.nurture_response(facts.load(facts_kpi_nurture.nurtured_leads), asked)


# --- 3.6, 8 intelligence ----------------------------------------------------------------------------------------------


def _revenue_by_source(facts: KpiFacts, asked: Asked) -> KpiReading:
    leads, bound = facts.load(facts_kpi_leads.leads), facts.load(facts_kpi_closing.bound)
    return sources.revenue_by_source(leads, bound, facts.load(facts_kpi_sources.source_costs), asked)


def _lead_source_roi(facts: KpiFacts, asked: Asked) -> KpiReading:
    leads, bound = facts.load(facts_kpi_leads.leads), facts.load(facts_kpi_closing.bound)
    return sources.lead_source_roi(leads, bound, facts.load(facts_kpi_sources.source_costs), asked)


def _best_time_to_call(facts: KpiFacts, asked: Asked) -> KpiReading:
    question = (facts.book, asked.period, asked.as_of, scope_of(asked.whose))
    cells = facts_kpi_sources.call_cells(*question)
    return calling.best_time_to_call(cells, lambda: facts_kpi_sources.call_records(*question))


def _state_performance(facts: KpiFacts, asked: Asked) -> KpiReading:
    return states.state_performance(facts.load(facts_kpi_leads.leads), facts.load(facts_kpi_closing.bound), asked)


def _carrier_matrix(facts: KpiFacts, asked: Asked) -> KpiReading:
    return carriers.carrier_matrix(
        facts.load(facts_kpi_service.underwriting_cases),
        facts.load(facts_kpi_policies.policy_book),
        facts.load(facts_kpi_closing.bound),
        asked,
    )


def _funnel(facts: KpiFacts, asked: Asked) -> KpiReading:
    return funnel.funnel(facts.load(facts_kpi_leads.leads), asked)


def _revenue_forecast(facts: KpiFacts, asked: Asked) -> KpiReading:
    trails = facts.once(
        facts_kpi_forecast.trails,
        lambda: Trails(
            facts_kpi_forecast.trails(facts.book, facts.horizon, facts.settings.line_named),
            facts.horizon.first.isoformat(),
        ),
    )
    return forecast.revenue_forecast(trails, asked)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "approval_rate": _approval_rate,
        "placement_rate": _placement_rate,
        "underwriting_days": _underwriting_days,
        "requirements_completion": _requirements_completion,
        "persistency_13m": _persistency,
        "danger_zone_survival": _danger_zone_survival,
        "exception_rate": _exception_rate,
        "save_rate": _save_rate,
        "days_to_resolve": _days_to_resolve,
        "chargeback_risk": _chargeback_risk,
        "recapture_rate": _recapture_rate,
        "zombie_rate": _zombie_rate,
        "win_back_premium": _win_back_premium,
        "nurture_response": _nurture_response,
        "revenue_by_source": _revenue_by_source,
        "lead_source_roi": _lead_source_roi,
        "best_time_to_call": _best_time_to_call,
        "state_performance": _state_performance,
        "carrier_matrix": _carrier_matrix,
        "funnel": _funnel,
        "revenue_forecast": _revenue_forecast,
    }
)
"""By KPI id."""
