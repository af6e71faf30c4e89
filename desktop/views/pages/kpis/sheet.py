"""What a card opens into: the figure and how it came about, its trend, its breakdowns, and every record behind it.

Knows a KPI's story as the services tell it; opening a record or another period is the page's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop.core.kpis.definition import Kpi
from desktop.core.kpis.definition import Unit as KpiUnit
from desktop.services.kpi_records import Part
from desktop.services.kpi_views import KpiStory
from desktop.views import theme
from desktop.views.charts import Bar, BarChart, Chart, ColumnChart, HeatMap, LineChart, Series, Unit
from desktop.views.dialogs.records import Question as RecordsQuestion
from desktop.views.dialogs.records import RecordsSheet
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.benchmarks import tables_of
from desktop.views.pages.kpis.calling import show_calling
from desktop.views.pages.kpis.funnel import breakdown_bars
from desktop.views.pages.kpis.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import NamedTabs


class KpiSheet(QWidget):
    """One KPI whole. `period_opened` carries a period of the trend, `goals_asked` nothing.

    `story_asked` carries which row of the details the records are wanted of (None: all of them): another one than
    before, or the same because the book has changed since the story was read and the sheet is looked at.
    """

    period_opened = Signal(object)
    story_asked = Signal(object)
    goals_asked = Signal()
    record_opened = Signal(object)
    export_asked = Signal(object)
    tabs: QTabWidget

    def __init__(self, story: KpiStory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale = False
        self._part: Part | None = None
        self._area = self._make_area()
        self.show_story(story)

    def show_story(self, story: KpiStory) -> None:
        """Shows the figure as it is now, on the tab that was open; on the records where a row's own are new."""
        focus = QApplication.focusWidget()
        had_keys = focus is not None and self.isAncestorOf(focus)
        open_tab = self.tabs.currentIndex() if self._area.widget() is not None else 0
        narrowed = story.part is not None and story.part != self._part
        self._story, self._part, self._stale = story, story.part, False
        self._kpi = words.kpi_of(story.figure.id)
        holder = QWidget()
        holder.setObjectName("plain")
        self._fill(QVBoxLayout(holder))
        last = self.tabs.count() - 1
        self.tabs.setCurrentIndex(last if narrowed else min(open_tab, last))
        self._area.setWidget(holder)
        if had_keys:
            self.tabs.setFocus()

    @property
    def story(self) -> KpiStory:
        """What is shown."""
        return self._story

    def mark_stale(self) -> None:
        """The book has changed: asks for the story anew, now or when the sheet is come back to."""
        self._stale = True
        if self.isVisible():
            self.story_asked.emit(self.story.part)

    def showEvent(self, event: QShowEvent) -> None:
        """Back in sight."""
        super().showEvent(event)
        if self._stale:
            self.story_asked.emit(self.story.part)

    def _fill(self, lines: QVBoxLayout) -> None:
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addLayout(self._head())
        for text, tone in self._sentences():
            lines.addWidget(Label(text, tone=tone, wrap=True))
        details = words.detail_words(self._kpi, self._story.figure.detail)
        if details:
            lines.addLayout(_details(details))
        self.tabs = NamedTabs(say("Behind the figure"))
        self.tabs.setMinimumHeight(theme.current().px(300))
        self._add_tabs()
        lines.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)

    def _make_area(self) -> QScrollArea:
        """Where everything goes: scrolls where the drawer is too low for it."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(say("Behind the figure"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        return area

    def _head(self) -> QHBoxLayout:
        figure = self._story.figure
        row = QHBoxLayout()
        if self._kpi.unit is not KpiUnit.TABLE:
            row.addWidget(Label(words.value_words(self._kpi, figure.value), "title"))
            row.addWidget(StatusChip(words.status(figure.status), words.verdict_words(figure.status)))
        parts = [words.target_words(self._kpi, figure)]
        if figure.previous is not None:
            parts.append(say("before {}").format(words.value_words(self._kpi, figure.previous)))
        row.addWidget(Label(" · ".join(part for part in parts if part), "caption", "quiet", wrap=True), 1)
        self.goals = Button(say("Target…"), icon="target")
        self.goals.setToolTip(say("Change the target or the bands"))
        self.goals.clicked.connect(self.goals_asked)
        if self._kpi.unit is KpiUnit.TABLE:
            self.goals.hide()
        row.addWidget(self.goals)
        return row

    def _sentences(self) -> list[tuple[str, str]]:
        """What the KPI means, this case's figures, and what to keep in mind: text and tone."""
        kpi, figure = self._kpi, self._story.figure
        formula = say("{formula} (section {section})").format(formula=kpi.formula.rstrip("."), section=kpi.section)
        worked = words.worked_formula(kpi, figure)
        found = [(kpi.definition, "ink"), (formula, "quiet")]
        if worked:
            found.append((say("Here: {}").format(worked), "ink"))
        if figure.value is None and figure.denominator is not None:
            found.append((say("Nothing stands below the line, so there is no figure."), "quiet"))
        found += [(text, "quiet") for text in (words.interval_words(kpi, figure),) if text]
        found += [(text, "quiet") for text in (words.benchmark_words(kpi, figure.value),) if text]
        return found

    def _add_tabs(self) -> None:
        trend = self._trend()
        if trend is not None:
            self.tabs.addTab(_padded(trend), say("Trend"))
        rows = self._story.figure.detail.get("rows", ())
        if self._kpi.id == "best_time_to_call" and isinstance(rows, (list, tuple)):
            hours = HeatMap(unit=Unit.RATE)
            show_calling(hours, rows)
            hours.drilled.connect(self.story_asked)
            self.tabs.addTab(_padded(hours), say("By weekday and hour"))
        for title, chart in _breakdowns(self._kpi, rows if isinstance(rows, (list, tuple)) else ()):
            chart.drilled.connect(self.story_asked)
            self.tabs.addTab(_padded(chart), title)
        for table in tables_of(self._story.benchmarks):
            table.export_asked.connect(lambda view, _name: self.export_asked.emit(view))
            self.tabs.addTab(_padded(table), say("Benchmarks"))
        self.records = RecordsSheet(_question(self._story), self._story.records)
        self.records.record_opened.connect(self.record_opened)
        self.records.export_asked.connect(self.export_asked)
        shown = say("Records ({})").format(f"{len(self._story.records):,}")
        self.tabs.addTab(_padded(*self._narrowed(), self.records), shown)

    def _narrowed(self) -> list[QWidget]:
        """Says of what the records are, where they are not all of them, with the way back to all."""
        if self._part is None:
            return []
        row = QWidget()
        lines = QHBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(Label(say("Only {}").format(words.row_words(self._part)), strong=True), 1)
        self.all_records = Button(say("Show All Records"), icon="close")
        self.all_records.clicked.connect(lambda: self.story_asked.emit(None))
        lines.addWidget(self.all_records)
        return [row]

    def _trend(self) -> Chart | None:
        points = self._story.trend
        values = tuple(words.number(point.value) for point in points)
        if all(value is None for value in values):
            return None
        labels = [words.period_label(point.period) for point in points]
        targets = [words.number(point.target) for point in points]
        line = Series(self._kpi.label, values)
        chart = LineChart(
            labels, [line], words.axis(self._kpi), self._kpi.label, say("13 periods; open one for its records"),
            target=targets, keys=[point.period for point in points],
            names=[words.period_name(point.period) for point in points],
        )  # fmt: skip
        chart.drilled.connect(self.period_opened)
        return chart


def _question(story: KpiStory) -> RecordsQuestion:
    return RecordsQuestion(story.figure.id, "", "", "", "", producer=story.question.producer)


def _details(pairs: Sequence[tuple[str, str]]) -> QGridLayout:
    """Single figures beside the KPI, two pairs to a line."""
    grid = QGridLayout()
    grid.setVerticalSpacing(theme.current().px(2))
    grid.setHorizontalSpacing(theme.current().unit())
    for number, (name, value) in enumerate(pairs):
        row, column = divmod(number, 2)
        grid.addWidget(Label(value, strong=True), row, 2 * column)
        grid.addWidget(Label(name, tone="quiet"), row, 2 * column + 1)
    for column in (1, 3):
        grid.setColumnStretch(column, 1)
    return grid


def _padded(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(0, theme.current().unit(), 0, 0)
    for widget in widgets:
        lines.addWidget(widget)
    if isinstance(widgets[-1], BarChart):
        lines.addStretch(1)
    return holder


def _breakdowns(kpi: Kpi, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, Chart]]:
    """A chart per way in which the rows break the figure down; its marks hand back which row they are of."""
    found: list[tuple[str, Chart]] = []
    ways = list(dict.fromkeys(str(row["by"]) for row in rows if "by" in row and "denominator" in row))
    for by in ways:
        title = words.named(say(words.BY_WORDS.get(by, by)))
        bars = [replace(bar, key={"by": by, "key": bar.key or None}) for bar in breakdown_bars(rows, by)]
        found.append((title, BarChart(bars, words.axis(kpi), kpi.label, heading=title)))
    buckets = [row for row in rows if "bucket" in row]
    if any(row["count"] for row in buckets):
        labels = [str(row["bucket"]) for row in buckets]
        counts = Series(say("Records"), tuple(float(row["count"]) for row in buckets))
        keys = [{"bucket": label} for label in labels]
        found.append((say("Distribution"), ColumnChart(labels, [counts], title=kpi.label, gap=0.06, keys=keys)))
    found += _rankings(kpi, rows)
    return found


_RANKED: Mapping[str, tuple[str, str, Unit]] = {
    "revenue_by_source": ("source", "premium", Unit.MONEY),
    "revenue_by_carrier": ("carrier", "premium", Unit.MONEY),
    "lead_source_roi": ("source", "roi", Unit.MULTIPLE),
    "revenue_forecast": ("stage", "expected", Unit.MONEY),
    "state_performance": ("state", "leads", Unit.COUNT),
    "carrier_matrix": ("carrier", "average_premium", Unit.MONEY),
}
"""Of KPIs whose rows are no breakdowns: what names a row, what ranks it."""


def _rankings(kpi: Kpi, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, Chart]]:
    cohorts = [row for row in rows if "month" in row and "rate" in row]
    if len(cohorts) > 1:
        months = [str(row["month"]) for row in cohorts]
        line = Series(kpi.label, tuple(words.number(row["rate"]) for row in cohorts))
        keys = [{"month": month} for month in months]
        return [(say("By month"), LineChart(months, [line], words.axis(kpi), kpi.label, keys=keys))]
    if kpi.id not in _RANKED or not rows:
        return []
    key, amount, unit = _RANKED[kpi.id]
    bars = [Bar(words.row_words({key: row[key]}), words.number(row[amount]), {key: row[key]}) for row in rows]
    return [(words.named(say(words.BY_WORDS[key])), BarChart(bars, unit, kpi.label))]
