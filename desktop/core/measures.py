"""The names of everything that can have a target: the producer dashboard's metrics and the KPIs (metrics.md 2 and 4).

Knows the names alone: a file that sets a target for anything else is wrong. Must not know how any of them is computed.
"""

from __future__ import annotations

from desktop.core.production import METRICS

KPIS: tuple[str, ...] = (
    *("speed_to_lead", "response_time", "overdue_rate"),
    *("contact_rate", "attempts_to_contact", "engagement_rate", "qualification_rate"),
    *("lead_close_rate", "app_to_close_rate", "avg_monthly_premium", "avg_annual_premium", "annual_premium_written"),
    *("revenue_by_source", "revenue_by_carrier", "pipeline_velocity"),
    *("approval_rate", "placement_rate", "underwriting_days", "requirements_completion"),
    *("persistency_13m", "danger_zone_survival", "exception_rate", "save_rate", "days_to_resolve", "chargeback_risk"),
    *("recapture_rate", "zombie_rate", "win_back_premium", "nurture_response"),
    *("activity_score", "calls_per_day", "talk_minutes_per_day", "leads_worked", "manager_alerts"),
    *("lead_source_roi", "best_time_to_call", "state_performance", "carrier_matrix", "funnel", "revenue_forecast"),
)
"""In the order of metrics.md 4."""

MEASURES: tuple[str, ...] = (*(metric.id for metric in METRICS), *KPIS)
