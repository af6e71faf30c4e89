"""One row of the producers table: a panel of figures, its trends, and how each figure reads.

Knows figures already computed; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.core.periods import Period
from desktop.core.production import ACTIVITIES, METRIC, SUMMED, Unit
from desktop.services.figures import FlagFigure, MetricFigure, Number, Panel
from desktop.services.overviews import Overview
from desktop.views.tables import formats
from desktop.views.theme import Status
from desktop.views.widgets.period_picker import period_text

NEAR = 0.9
"""Within a tenth of the target (metrics.md 0, Status)."""

Series = Mapping[str, tuple[Number | None, ...]]


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Producers", text)


def written(metric: str, value: Number | None) -> str:
    """A metric's value as it is shown."""
    unit = METRIC[metric].unit
    if unit is Unit.RATE:
        return formats.percent(value)
    if unit in (Unit.MONEY, Unit.MEAN_MONEY):
        return formats.money(None if value is None else round(value))
    return formats.count(value)


def change_of(metric: str, figure: MetricFigure) -> float | None:
    """Value less that of the previous period; None where either is undefined."""
    return None if figure.value is None or figure.previous is None else figure.value - figure.previous


def change_words(metric: str, figure: MetricFigure) -> str:
    """The change with its sign, rates in points: `+3`, `−$820`, `+4.1 pts`."""
    change = change_of(metric, figure)
    if change is None:
        return ""
    unit = METRIC[metric].unit
    if unit is Unit.RATE:
        points = round(change * 100, 1)
        return say("{} pts").format(formats.signed_count(points)) if points else "0"
    if unit in (Unit.MONEY, Unit.MEAN_MONEY):
        return formats.signed_money(round(change))
    return formats.signed_count(change)


@dataclass(frozen=True, slots=True)
class ProducerRow:
    """A panel with what is needed to read it: the agency's panel, the period, and whether it is over."""

    panel: Panel
    agency: Panel
    series: Series
    period: Period
    previous: Period
    over: bool

    @property
    def is_agency(self) -> bool:
        """Whether this is the agency's row."""
        return self.panel is self.agency

    @property
    def scope(self) -> str | None:
        """Whose records stand behind the row: None = everybody's, "" = nobody's, else the code."""
        if self.is_agency:
            return None
        return "" if self.panel.unassigned else self.panel.producer

    @property
    def fired(self) -> tuple[FlagFigure, ...]:
        """The red flags that fired; none where there is nobody to talk to."""
        return () if self.panel.unassigned else tuple(flag for flag in self.panel.red_flags if flag.fired)

    @property
    def flags(self) -> int:
        """How many red flags fired."""
        return len(self.fired)

    def figure(self, metric: str) -> MetricFigure:
        """One of the twelve."""
        return self.panel.metrics[metric]

    def has_data(self, metric: str) -> bool:
        """False where nobody in the agency has a record of the kind in the period: no data is not zero."""
        return metric not in SUMMED or bool(self.agency.metrics[metric].value)

    def text(self, metric: str) -> str:
        """What the figure reads."""
        return written(metric, self.figure(metric).value) if self.has_data(metric) else say("no data")

    def status(self, metric: str) -> Status:
        """How the figure stands against its target; below it counts only when the period is over."""
        figure = self.figure(metric)
        if figure.hit is None or figure.value is None or figure.target is None or not self.has_data(metric):
            return Status.NONE
        if figure.hit:
            return Status.GOOD
        if not self.over:
            return Status.NONE
        return Status.NEAR if figure.value >= figure.target * NEAR else Status.BAD

    def why(self, metric: str) -> str:
        """Why the figure is undefined."""
        if metric == "close_rate":
            return say("Undefined: no quotes in this period.")
        return say("Undefined: no policies written in this period.")

    def tooltip(self, metric: str) -> str:
        """Value, target, stretch, the period before, and how much of it was tracked automatically."""
        figure = self.figure(metric)
        lines = [f"{METRIC[metric].label}: {self.text(metric)}"]
        if not self.has_data(metric):
            lines.append(say("Nobody in the agency has a record of this kind in the period."))
        elif figure.value is None:
            lines.append(self.why(metric))
        lines.append(self.target_words(metric))
        if (change := change_words(metric, figure)) and figure.previous is not None:
            before = f"{written(metric, figure.previous)} ({change})"
            lines.append(say("{period}: {value}").format(period=period_text(self.previous), value=before))
        if figure.automatic_share is not None:
            lines.append(say("{} tracked automatically").format(formats.percent(figure.automatic_share)))
        return "\n".join(lines)

    def target_words(self, metric: str) -> str:
        """Target and stretch in words."""
        figure = self.figure(metric)
        if figure.target is None:
            return say("No target")
        target = say("Target {}").format(written(metric, figure.target))
        if figure.stretch is None:
            return target
        return f"{target}, {say('stretch {}').format(written(metric, figure.stretch))}"

    def trend(self, metric: str) -> tuple[Number | None, ...]:
        """The metric's last 13 weeks."""
        return self.series.get(metric, ())

    def activity_trend(self) -> tuple[Number | None, ...]:
        """The sum of the six activity metrics, week by week; None where none of them has data."""
        weeks = zip(*(self.trend(metric) for metric in ACTIVITIES), strict=False)
        return tuple(_sum_known(week) for week in weeks)


def _sum_known(values: tuple[Number | None, ...]) -> Number | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def make_rows(overview: Overview) -> list[ProducerRow]:
    """The agency's row, the producers', and the unassigned one."""
    board = overview.dashboard
    rows = []
    for panel in overview.panels():
        series = overview.series.agency if panel is board.agency else overview.series.producers.get(panel.producer, {})
        rows.append(ProducerRow(panel, board.agency, series, board.period, board.previous_period, overview.over))
    return rows
