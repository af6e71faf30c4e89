"""The KPIs of underwriting, retention and nurture in words (metrics.md 4, sections 4 to 6)."""

from __future__ import annotations

from fractions import Fraction

from desktop.core.kpis.definition import Better, Kpi, Unit, View

_UNDERWRITING = "Underwriting and placement entries: stages.csv."
_IN_FORCE = "Policies with their in-force and end dates: policies.csv, a carrier's statement, your AMS's policy lists."
_EXCEPTIONS = "Entries of the exceptions pipeline: stages.csv."
_NURTURE = "Entries of the nurture and declined pipelines: stages.csv."

UNDERWRITING = (
    Kpi(
        "approval_rate", "4.1", Unit.RATIO, "Approval rate",
        "Which part of the applications the carriers accept.",
        "Approved / (approved + declined), by the day of the decision.",
        Better.HIGHER, View.FUNNEL, _UNDERWRITING,
    ),
    Kpi(
        "placement_rate", "4.2", Unit.RATIO, "Placement rate",
        "Which part of the approved policies really goes into force.",
        "Approvals of the period that went into force / approvals of the period, in the placement pipeline.",
        Better.HIGHER, View.FUNNEL, _UNDERWRITING,
    ),
    Kpi(
        "underwriting_days", "4.3", Unit.DAYS, "Underwriting days",
        "How long carriers take to decide.",
        "Mean days from submission to approval or decline, by the day of the decision.",
        Better.LOWER, View.FUNNEL, _UNDERWRITING,
    ),
    Kpi(
        "requirements_completion", "4.4", Unit.RATIO, "Requirements completion",
        "Which part of what underwriters ask for gets answered before they decline.",
        "Requirements opened in the period: resolved / (resolved + unresolved on a case declined later). Those still"
        " open are left out.",
        Better.HIGHER, View.FUNNEL, _UNDERWRITING,
    ),
)  # fmt: skip

RETENTION = (
    Kpi(
        "persistency_13m", "5.1", Unit.RATIO, "13-month persistency",
        "Which part of the policies is still there after 13 months.",
        "Policies whose in-force date + 13 months falls in the period: still in force on that day / all of them.",
        Better.HIGHER, View.RETENTION, _IN_FORCE,
    ),
    Kpi(
        "danger_zone_survival", "5.2", Unit.RATIO, "Danger zone survival",
        "Which part of the policies gets through its first three months without trouble.",
        "Policies whose in-force date + 3 months falls in the period: no exception and no cancellation before that"
        " day / all of them.",
        Better.HIGHER, View.RETENTION, _IN_FORCE,
    ),
    Kpi(
        "exception_rate", "5.3", Unit.RATIO, "Exception rate",
        "How often policies run into a missed payment, a lapse or a wish to cancel.",
        "Exceptions opened in the period / policies in force at any time in it.",
        Better.LOWER, View.RETENTION, _EXCEPTIONS,
    ),
    Kpi(
        "save_rate", "5.4", Unit.RATIO, "Save rate",
        "Which part of the policies in trouble is saved.",
        "Exceptions closed in the period: resolved / (resolved + terminated).",
        Better.HIGHER, View.RETENTION, _EXCEPTIONS,
    ),
    Kpi(
        "days_to_resolve", "5.5", Unit.DAYS, "Days to resolve",
        "How long it takes to save a policy in trouble.",
        "Mean days from the exception to its resolution, by the day of the resolution.",
        Better.LOWER, View.RETENTION, _EXCEPTIONS, target=Fraction(7),
    ),
    Kpi(
        "chargeback_risk", "5.6", Unit.COUNT, "Chargeback risk",
        "Policies that ended so early that carriers take commission back.",
        "Policies ended in the period within the vesting months of their in-force date. At risk: the first term's"
        " commission x the share of those months' days that is left.",
        Better.LOWER, View.RETENTION, _IN_FORCE,
    ),
)  # fmt: skip

NURTURE = (
    Kpi(
        "recapture_rate", "6.1", Unit.RATIO, "Recapture rate",
        "Which part of the leads once given up comes back into the pipeline.",
        "Leads in nurture or recycled at any time in the period: those that re-entered in it / all of them.",
        Better.HIGHER, View.FUNNEL, _NURTURE, cohort=False,
    ),
    Kpi(
        "zombie_rate", "6.2", Unit.RATIO, "Zombie rate",
        "Which part of the leads given up comes back by itself, without anybody having called.",
        "Of the same leads: those that re-entered after they got in touch, with nothing outbound in the 30 days"
        " before / all of them.",
        Better.HIGHER, View.FUNNEL, _NURTURE,
    ),
    Kpi(
        "win_back_premium", "6.3", Unit.DOLLARS, "Win-back premium",
        "The premium won with leads that had been given up.",
        "Annual premium of the period's wins on leads that had re-entered.",
        Better.HIGHER, View.REVENUE, _NURTURE,
    ),
    Kpi(
        "nurture_response", "6.4", Unit.RATIO, "Nurture response",
        "Which part of the nurture messages gets an answer.",
        "Replies / messages sent in the period, per message number and over all.",
        Better.HIGHER, View.FUNNEL, _NURTURE,
    ),
)  # fmt: skip
