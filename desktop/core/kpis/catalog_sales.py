"""The KPIs of leads, engagement and closing in words (metrics.md 4, sections 1 to 3)."""

from __future__ import annotations

from fractions import Fraction

from desktop.core.kpis.definition import Better, Kpi, Unit, View

_LEADS = (
    "Leads with their stages: leads.csv and stages.csv, AgencyZoom leads, InsuredMine deals, a CRM's opportunities."
)
_CONTACTS = "Leads, and calls, texts and e-mails that name their lead: leads.csv and activities.csv, a phone call log."
_POLICIES = "New policies with their premium: policies.csv, AMS360, Epic or HawkSoft new business."

SPEED = (
    Kpi(
        "speed_to_lead", "1.1", Unit.MINUTES, "Speed to lead",
        "How long a new lead waits, around the clock, until somebody first calls, texts, writes or meets.",
        "Mean minutes from receipt to the first outbound call, text or e-mail (bulk mail left out) or meeting held at"
        " or after it. Leads never contacted are counted beside it.",
        Better.LOWER, View.ACTIVITY, _CONTACTS, cohort=True,
    ),
    Kpi(
        "response_time", "1.2", Unit.MINUTES, "Response time",
        "How long somebody who wrote or called in waits for an answer, in business hours.",
        "Mean business minutes from an inbound e-mail, text or missed call to the next outbound call, text or e-mail"
        " (bulk mail left out) or meeting held with the same lead. Several in a row count once, from the first.",
        Better.LOWER, View.ACTIVITY, _CONTACTS,
    ),
    Kpi(
        "overdue_rate", "1.3", Unit.RATIO, "Overdue rate",
        "Which part of the open leads has stood in its stage for longer than expected.",
        "Open leads past their stage's expected days / open leads, at the last moment that counts.",
        Better.LOWER, View.ACTIVITY, _LEADS,
    ),
)  # fmt: skip

ENGAGEMENT = (
    Kpi(
        "contact_rate", "2.1", Unit.RATIO, "Contact rate",
        "With which part of the leads somebody has really talked.",
        "Leads with a connected call or a meeting held, or that reached needs analysis / leads received.",
        Better.HIGHER, View.FUNNEL, _CONTACTS, cohort=True,
    ),
    Kpi(
        "attempts_to_contact", "2.2", Unit.COUNT, "Attempts to contact",
        "How many calls and texts it takes to get somebody on the line. Too few means giving up early.",
        "Mean outbound calls and texts up to and including the first connected one, over the leads that have one.",
        Better.BETWEEN, View.FUNNEL, _CONTACTS, cohort=True,
    ),
    Kpi(
        "engagement_rate", "2.3", Unit.RATIO, "Engagement rate",
        "Which part of the leads takes an interest.",
        "Leads that reached needs analysis / leads received.",
        Better.HIGHER, View.FUNNEL, _LEADS, cohort=True,
    ),
    Kpi(
        "qualification_rate", "2.4", Unit.RATIO, "Qualification rate",
        "Which part of the interested leads gets as far as a quote.",
        "Leads that reached quoted / leads that reached needs analysis.",
        Better.HIGHER, View.FUNNEL, _LEADS, cohort=True,
    ),
)  # fmt: skip

CLOSING = (
    Kpi(
        "lead_close_rate", "3.1", Unit.RATIO, "Lead close rate",
        "Which part of the leads becomes a client.",
        "Leads that reached won / leads received.",
        Better.HIGHER, View.FUNNEL, _LEADS, cohort=True,
    ),
    Kpi(
        "app_to_close_rate", "3.2", Unit.RATIO, "Application to close rate",
        "Which part of the applications ends in a policy.",
        "Leads that reached won / leads that reached closing.",
        Better.HIGHER, View.FUNNEL, _LEADS, cohort=True,
    ),
    Kpi(
        "avg_monthly_premium", "3.3", Unit.DOLLARS, "Average monthly premium",
        "What a new policy costs its client in a month.",
        "Mean of annual premium / 12 over the policies bound in the period.",
        Better.HIGHER, View.REVENUE, _POLICIES,
    ),
    Kpi(
        "avg_annual_premium", "3.4", Unit.DOLLARS, "Average annual premium",
        "What a new policy costs its client in a year.",
        "Mean annual premium of the policies bound in the period.",
        Better.HIGHER, View.REVENUE, _POLICIES,
    ),
    Kpi(
        "annual_premium_written", "3.5", Unit.DOLLARS, "Annual premium written",
        "The annual premium of everything sold.",
        "Sum of the annual premium of the policies bound in the period.",
        Better.HIGHER, View.REVENUE, _POLICIES,
    ),
    Kpi(
        "revenue_by_source", "3.6", Unit.TABLE, "Revenue by source",
        "What each lead source brings and costs.",
        "Per source: leads received, leads won, premium of the policies bound by the policy's source, else its lead's;"
        " return = agency commission / (leads x cost per lead + monthly cost of the days).",
        Better.HIGHER, View.REVENUE, f"{_POLICIES} Costs: sources.csv.", target=Fraction(3),
    ),
    Kpi(
        "revenue_by_carrier", "3.7", Unit.TABLE, "Revenue by carrier",
        "How much is placed with each carrier.",
        "Per carrier: policies bound in the period, their annual premium and its average.",
        Better.NEITHER, View.REVENUE, _POLICIES,
    ),
    Kpi(
        "pipeline_velocity", "3.8", Unit.DAYS, "Pipeline velocity",
        "How many days it takes from a new lead to a sale.",
        "Mean days from receipt to the first won entry, over the leads first won in the period.",
        Better.LOWER, View.FUNNEL, _LEADS,
    ),
)  # fmt: skip
