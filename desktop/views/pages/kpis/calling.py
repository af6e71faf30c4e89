"""When to call: the heat map of outbound calls by weekday and hour, and the words over it.

Knows the rows of 8.2 as the services give them; computes no rate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QDate

from desktop.core.kpis.calling import LEAST_CALLS
from desktop.views.charts import Cell, HeatMap
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.words import say
from desktop.views.tables import formats

Row = Mapping[str, Any]


def show_calling(chart: HeatMap, rows: Sequence[Row]) -> None:
    """Draws the cells; the title names the highest of them."""
    hours = sorted({row["hour"] for row in rows})
    days = sorted({row["weekday"] for row in rows})
    span = list(range(hours[0], hours[-1] + 1)) if hours else []
    cells = [
        Cell(days.index(row["weekday"]), span.index(row["hour"]), words.number(row["rate"]), _calls(row), _part(row))
        for row in rows
    ]
    chart.set_cells([_weekday(day) for day in days], [words.hour_words(hour) for hour in span], cells)
    chart.set_title(*calling_title(rows))
    chart.empty_text = say("Too few calls in this period.")


def calling_title(rows: Sequence[Row]) -> tuple[str, str]:
    """The finding and what is drawn: the highest cell of those with calls enough, the surest one where that is thin."""
    said = say("part of the outbound calls that reach somebody, at hours with {least} calls and more").format(
        least=LEAST_CALLS
    )
    drawn = [row for row in rows if row["rate"]]
    if not drawn:
        return say("Best time to call"), said
    best = _highest(drawn)
    title = say("{when} reaches most: {rate} of {calls} calls").format(
        when=_when(best), rate=_rate(best), calls=formats.count(best["calls"])
    )
    sure = [row for row in drawn if row["calls"] >= words.SMALL]
    if best["calls"] < words.SMALL and sure:
        one = _highest(sure)
        said += say("; {when} with {rate} leads those of {small} and more").format(
            when=_when(one), rate=_rate(one), small=words.SMALL
        )
    return title, said


def _highest(rows: Sequence[Row]) -> Row:
    return max(rows, key=lambda row: (row["rate"], row["calls"], -row["weekday"], -row["hour"]))


def _when(row: Row) -> str:
    return words.weekday_words(row["weekday"], row["hour"])


def _rate(row: Row) -> str:
    return formats.percent(float(row["rate"]))


def _weekday(number: int) -> str:
    """The short name of an ISO weekday."""
    return QDate(2024, 1, number).toString("ddd")


def _part(row: Row) -> Row:
    return {"weekday": row["weekday"], "hour": row["hour"]}


def _calls(row: Row) -> str:
    one = row["wins"] == 1
    said = say("{connected} of {calls} calls, 1 win") if one else say("{connected} of {calls} calls, {wins} wins")
    return said.format(connected=row["connected"], calls=row["calls"], wins=row["wins"])
