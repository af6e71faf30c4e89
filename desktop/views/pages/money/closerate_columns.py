"""The columns of the close rates: counts, the win rate with its interval, the months before as a small line.

Knows the service's rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from desktop.services.closing_review import ProducerRates
from desktop.views.pages.money.parts import say
from desktop.views.tables import Column, Kind

MEANING = "Wins / (wins + losses) of the leads decided in the period, by the lead's own line."
TREND = "trend"

Trend = Callable[[Any], Sequence[float | None]]
"""The monthly win rates of a row, oldest first."""


def _figure(row: Any) -> Any:
    return row.figure if isinstance(row, ProducerRates) else row


def rate_columns(title: str, trend: Trend, *, named: bool = False, quotes: bool = True) -> list[Column]:
    why = say("No lead was decided.")
    counted = say("Quotes") if quotes else say("Decided")
    months = say("The win rate of each of the last thirteen months; a gap where nothing was decided.")
    return [
        Column("line", title, Kind.TEXT, lambda row: row.name if named else row.line, width=170),
        Column("quotes", counted, Kind.COUNT, lambda row: _figure(row).quotes,
               help=say("Leads with a quote delivered in the period, and quotes without a lead.") if quotes else ""),
        Column("wins", say("Wins"), Kind.COUNT, lambda row: _figure(row).wins),
        Column("losses", say("Losses"), Kind.COUNT, lambda row: _figure(row).losses),
        Column("close_rate", say("Win rate"), Kind.PERCENT, lambda row: _figure(row).close_rate,
               why=lambda _: why, help=say(MEANING), tooltip=_interval_words),
        Column("interval", say("95% interval"), Kind.TEXT, _interval, align_right=True,
               help=say("Where the true rate lies, nineteen times of twenty (Wilson).")),
        Column("avg_premium", say("Avg premium"), Kind.MONEY, lambda row: _figure(row).avg_premium,
               why=lambda _: say("Nothing was won.")),
        Column(TREND, say("13 months"), Kind.SPARKLINE, trend, help=months, width=120),
    ]  # fmt: skip


def _interval(row: Any) -> str | None:
    one = _figure(row)
    if one.low is None or one.high is None:
        return None
    return f"{one.low * 100:.0f}–{one.high * 100:.0f}%"


def _interval_words(row: Any) -> str:
    one = _figure(row)
    if one.close_rate is None:
        return ""
    return say("{wins} wins of {all} decided: nineteen times of twenty the true rate lies in {interval}.").format(
        wins=one.wins, all=one.wins + one.losses, interval=_interval(row)
    )
