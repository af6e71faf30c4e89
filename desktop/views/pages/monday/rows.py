"""Last week's figures as cards and as a table's columns.

Knows the service's rows; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.core.production import METRIC, Unit
from desktop.views.pages.monday.words import say
from desktop.views.tables import Column, Kind, formats
from desktop.views.theme import Status
from desktop.views.widgets.cards import CardFigures

if TYPE_CHECKING:
    from desktop.services.figures import Number
    from desktop.services.monday import Monday, Row

NEAR = 0.9
"""Within a tenth of the target (metrics.md 0, Status)."""

TRENDS = {"premium_trend": "new_premium"}


def labels() -> dict[str, str]:
    """The three figures in words."""
    return {
        "new_premium": say("New premium"),
        "policies_written": say("Policies written"),
        "close_rate": say("Close rate"),
    }


def week_words(found: Monday) -> str:
    """Which week the figures are of."""
    from desktop.core.scorecard import date_range

    return say("Last week: {}").format(date_range(found.week.start, found.week.end))


def written(metric: str, value: Number | None) -> str:
    """A figure as it reads."""
    unit = METRIC[metric].unit
    if unit is Unit.RATE:
        return formats.percent(value)
    if unit is Unit.MONEY:
        return formats.money(None if value is None else round(value))
    return formats.count(value)


def status(row: Row, metric: str) -> Status:
    """How last week's figure stands against its target."""
    figure = row.metrics[metric]
    if figure.hit is None or figure.value is None or figure.target is None:
        return Status.NONE
    if figure.hit:
        return Status.GOOD
    return Status.NEAR if figure.value >= figure.target * NEAR else Status.BAD


def card(row: Row, metric: str) -> CardFigures:
    """The agency's card of a figure: value, target, the change on the week before, 13 weeks."""
    figure = row.metrics[metric]
    change, up = _change(metric, figure.value, figure.previous)
    target = "" if figure.target is None else say("target {}").format(written(metric, figure.target))
    return CardFigures(
        value=written(metric, figure.value),
        status=status(row, metric),
        target=target,
        change=change,
        change_up=up,
        change_status=Status.NONE if up is None else Status.GOOD if up else Status.BAD,
        trend=tuple(row.series[metric]),
        tooltip=say("{what} of last week; opens the producers.").format(what=METRIC[metric].label),
    )


def _change(metric: str, value: Number | None, previous: Number | None) -> tuple[str, bool | None]:
    if value is None or previous is None:
        return "", None
    by = value - previous
    unit = METRIC[metric].unit
    if unit is Unit.RATE:
        points = round(by * 100, 1)
        return say("{} pts").format(formats.signed_count(points)), (points > 0 if points else None)
    words = formats.signed_money(round(by)) if unit is Unit.MONEY else formats.signed_count(by)
    return words, (by > 0 if by else None)


def columns() -> list[Column]:
    """The producers' table: each figure against its target, the premium's trend."""
    return [
        Column("name", say("Producer"), Kind.TEXT, lambda row: row.name, width=118),
        _figure("new_premium", say("Premium"), Kind.MONEY),
        Column(
            "premium_trend", say("13 weeks"), Kind.SPARKLINE, lambda row: tuple(row.series["new_premium"]), width=70
        ),
        _figure("policies_written", say("Policies"), Kind.COUNT),
        _figure("close_rate", say("Close rate"), Kind.PERCENT),
    ]


def _figure(metric: str, title: str, kind: Kind) -> Column:
    return Column(
        metric,
        title,
        kind,
        lambda row: row.metrics[metric].value,
        tooltip=_tooltip(metric),
        status=lambda row: status(row, metric),
    )


def _tooltip(metric: str) -> Callable[[Row], str]:
    def words(row: Row) -> str:
        figure = row.metrics[metric]
        said = f"{METRIC[metric].label}: {written(metric, figure.value)}"
        if figure.value is None:
            return say("{}: undefined, no quotes in the week.").format(METRIC[metric].label)
        return said if figure.target is None else f"{said}\n{say('Target {}').format(written(metric, figure.target))}"

    return words
