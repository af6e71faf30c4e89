"""The KPIs of daily activity and of intelligence in words (metrics.md 4, sections 7 and 8)."""

from __future__ import annotations

from fractions import Fraction

from desktop.core.kpis.definition import Better, Kpi, Unit, View

_ACTIVITY = "Calls, texts, e-mails and meetings: activities.csv, a phone call log, the AMS's activity report."
_CALLS = "Calls with their time and outcome: a phone call log, activities.csv."
_LEADS = (
    "Leads with their stages: leads.csv and stages.csv, AgencyZoom leads, InsuredMine deals, a CRM's opportunities."
)
_POLICIES = "Policies with their carrier and premium: policies.csv, your AMS's policy lists."

_FORECAST_MEASURED = (
    "Measured on 20 made-up agencies, four months each: within the six to nine months that followed, the premium that"
    " came lay in the 80% interval in 5 of 80 forecasts for the agency (6%) and in 204 of 400 for single producers"
    " (51%), and made up 56% of what was expected. Leads that nobody closes stay in the forecast: close them as lost."
)
"""By tests/bench/bench_forecast.py, over 20 seeds of the demo agency."""

ACTIVITY = (
    Kpi(
        "activity_score", "7.1", Unit.POINTS, "Activity score",
        "One number for a day's outbound work.",
        "Outbound calls, texts and e-mails, leads worked and meetings held, each times its weight / working days.",
        Better.HIGHER, View.ACTIVITY, _ACTIVITY,
    ),
    Kpi(
        "calls_per_day", "7.2", Unit.COUNT, "Calls per day",
        "How many calls go out on a working day.",
        "Outbound calls / working days.",
        Better.HIGHER, View.ACTIVITY, _CALLS, target=Fraction(80),
    ),
    Kpi(
        "talk_minutes_per_day", "7.3", Unit.MINUTES, "Talk minutes per day",
        "How long people are really talking on a working day.",
        "Minutes of connected calls / working days.",
        Better.HIGHER, View.ACTIVITY, _CALLS, target=Fraction(120),
    ),
    Kpi(
        "leads_worked", "7.4", Unit.COUNT, "Leads worked",
        "How many different leads somebody turns to on a working day.",
        "Mean over the working days of the leads with an outbound activity that day, bulk messages included.",
        Better.HIGHER, View.ACTIVITY, "Activities that name their lead: activities.csv, a phone call log.",
    ),
    Kpi(
        "manager_alerts", "7.5", Unit.COUNT, "Manager alerts",
        "Leads and policies in trouble that nobody has touched for three days.",
        "Open leads and open exceptions without an activity or stage move for more than 72 hours.",
        Better.LOWER, View.ACTIVITY, _LEADS, target=Fraction(0),
    ),
)  # fmt: skip

INTELLIGENCE = (
    Kpi(
        "lead_source_roi", "8.1", Unit.RATIO, "Lead source return",
        "How much commission a dollar spent on leads brings back.",
        "Agency commission of the policies bound, by source / (leads received x cost per lead + monthly cost of the"
        " days). More of it above 3, less of it below 1.",
        Better.HIGHER, View.INTELLIGENCE, "Costs of lead sources: sources.csv. Policies: policies.csv.",
        target=Fraction(3),
    ),
    Kpi(
        "best_time_to_call", "8.2", Unit.TABLE, "Best time to call",
        "On which weekdays and at which hours people pick up.",
        "Outbound calls by weekday and hour: connected / calls. Cells under 5 calls are blank.",
        Better.NEITHER, View.INTELLIGENCE, _CALLS,
    ),
    Kpi(
        "state_performance", "8.3", Unit.TABLE, "State performance",
        "Where the leads come from, and where they buy.",
        "Per state: leads received, lead close rate, annual premium bound.",
        Better.NEITHER, View.INTELLIGENCE, _LEADS,
    ),
    Kpi(
        "carrier_matrix", "8.4", Unit.TABLE, "Carrier matrix",
        "Which carriers accept, decide quickly and keep their clients.",
        "Per carrier: approval rate, underwriting days, 13-month persistency, average annual premium.",
        Better.NEITHER, View.INTELLIGENCE, _POLICIES,
    ),
    Kpi(
        "funnel", "8.5", Unit.TABLE, "Funnel",
        "How far leads get, and where most are lost.",
        "Leads received that reached each stage, as a share of all and of the stage before.",
        Better.NEITHER, View.FUNNEL, _LEADS, cohort=True,
    ),
    Kpi(
        "revenue_forecast", "8.6", Unit.DOLLARS, "Revenue forecast",
        f"The premium that the open leads will probably bring. {_FORECAST_MEASURED}",
        "Sum over the open leads of premium x the part of leads from that stage that was won in the last 365 days.",
        Better.HIGHER, View.REVENUE, _LEADS,
    ),
)  # fmt: skip
