"""The forty KPIs: what they are (metrics.md 4). Their formulas stand in the modules beside, one per topic."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop.core.kpis import catalog_book, catalog_desk, catalog_sales
from desktop.core.kpis.definition import Kpi

KPIS: tuple[Kpi, ...] = (
    *catalog_sales.SPEED,
    *catalog_sales.ENGAGEMENT,
    *catalog_sales.CLOSING,
    *catalog_book.UNDERWRITING,
    *catalog_book.RETENTION,
    *catalog_book.NURTURE,
    *catalog_desk.ACTIVITY,
    *catalog_desk.INTELLIGENCE,
)
"""All of them in the order of metrics.md 4."""

CARDS: tuple[str, ...] = (
    *("speed_to_lead", "response_time", "contact_rate", "attempts_to_contact", "engagement_rate"),
    *("qualification_rate", "lead_close_rate", "app_to_close_rate", "pipeline_velocity", "approval_rate"),
    *("placement_rate", "persistency_13m", "danger_zone_survival", "exception_rate", "save_rate"),
    *("recapture_rate", "calls_per_day", "talk_minutes_per_day", "overdue_rate", "lead_source_roi"),
)
"""The 20 cards of the scorecard, in their order."""

FLOW: frozenset[str] = frozenset(
    ("contact_rate", "engagement_rate", "qualification_rate", "lead_close_rate", "app_to_close_rate")
)
"""The KPIs that the flow basis changes."""

_KPI: Mapping[str, Kpi] = MappingProxyType({one.id: one for one in KPIS})


def kpi(kpi_id: str) -> Kpi:
    """The KPI with an id; KeyError for what is none."""
    return _KPI[kpi_id]


def is_kpi(kpi_id: str) -> bool:
    """Whether the text is a KPI's id."""
    return kpi_id in _KPI
