"""The columns of the producers table: six of activity, six of results, each group ending in its trend.

Knows rows and how they read.
"""

from __future__ import annotations

from desktop.core.production import ACTIVITIES, METRIC, METRICS, Metric, Unit
from desktop.views.pages.producers.rows import say
from desktop.views.tables import Column, Kind
from desktop.views.theme import Status

_KINDS = {Unit.COUNT: Kind.COUNT, Unit.MONEY: Kind.MONEY, Unit.MEAN_MONEY: Kind.MONEY, Unit.RATE: Kind.PERCENT}
ACTIVITY_TREND, RESULT_TREND = "activity_trend", "new_premium_trend"
TRENDS = {ACTIVITY_TREND: "calls_made", RESULT_TREND: "new_premium"}
"""Which metric's records a trend opens."""

RESULTS = tuple(metric.id for metric in METRICS if metric.id not in ACTIVITIES)
GROUPS = (("activity", (*ACTIVITIES, ACTIVITY_TREND)), ("results", (*RESULTS, RESULT_TREND)))


def titles() -> dict[str, str]:
    """Headings short enough for a narrow column."""
    return {
        "calls_made": say("Calls"),
        "emails_sent": say("E-mails"),
        "meetings_set": say("Set"),
        "meetings_held": say("Held"),
        "referrals_asked": say("Referrals"),
        "coi_contacts": say("COI"),
        "quotes": say("Quotes"),
        "policies_written": say("Policies"),
        "close_rate": say("Close rate"),
        "new_premium": say("Premium"),
        "avg_policy_size": say("Average"),
        "new_commission": say("Commission"),
    }


def make_columns() -> list[Column]:
    """All columns in order."""
    name = Column(
        "name",
        say("Producer"),
        Kind.TEXT,
        lambda row: row.panel.producer_name,
        width=134,
        tooltip=lambda row: row.panel.producer_name,
    )
    flags = Column(
        "flags",
        say("Flags"),
        Kind.COUNT,
        lambda row: row.flags,
        say("Red flags: patterns worth a conversation."),
        text=lambda row: f"{row.flags}" if row.flags else "",
        status=lambda row: Status.BAD if row.flags else Status.NONE,
        tooltip=lambda row: "\n".join(flag.label for flag in row.fired),
    )
    activity = [_metric(METRIC[key]) for key in ACTIVITIES]
    results = [_metric(METRIC[key]) for key in RESULTS]
    trend = say("13 weeks")
    activity_trend = Column(
        ACTIVITY_TREND, trend, Kind.SPARKLINE, lambda row: row.activity_trend(), say("All activity, by week."), width=76
    )
    result_trend = Column(
        RESULT_TREND,
        trend,
        Kind.SPARKLINE,
        lambda row: row.trend("new_premium"),
        say("New premium, by week."),
        width=76,
    )
    return [name, flags, *activity, activity_trend, *results, result_trend]


def _metric(metric: Metric) -> Column:
    return Column(
        metric.id,
        titles()[metric.id],
        _KINDS[metric.unit],
        lambda row: row.figure(metric.id).value if row.has_data(metric.id) else None,
        f"{metric.label}. {metric.meaning}",
        text=lambda row: row.text(metric.id),
        tooltip=lambda row: row.tooltip(metric.id),
        status=lambda row: row.status(metric.id),
    )
