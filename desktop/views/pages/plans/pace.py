"""The page of pace: for every target what the days that are left must bring, and where month and year will end.

Wiring alone: the figures come from a service.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.core.money import half_up
from desktop.core.production import Metric
from desktop.services import pacing
from desktop.services.pacing import Course, Line, PaceSheet
from desktop.views.charts import Bar, BarChart, Unit
from desktop.views.pages.plans.base import PlanPage
from desktop.views.pages.plans.parts import Figure, chart_card, keep_height, plain, say, side_by_side
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.theme import Status, status_of
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Card, Label
from desktop.views.widgets.naming import NamedTabs

_HEADLINES = ("quotes", "policies_written", "new_premium", "new_commission")


class PacePage(PlanPage):
    """What it still takes."""

    key = "pace"
    icon_name = "target"
    with_agency = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, say("Pace"), "target")
        self.tabs = NamedTabs(say("Month or year"))
        self.tabs.setDocumentMode(True)
        self.views = [_CourseView(context, name) for name in ("month", "year")]
        for view, title in zip(self.views, (say("This month"), say("This year")), strict=True):
            self.tabs.addTab(view.holder, title)
        self.content.addWidget(self.tabs)

    def read(self) -> None:
        """Asks for the pace of whom the page shows."""
        self._context.ask(
            pacing.pace_sheet,
            self._context.now(),
            self.producer,
            on_finished=self._on_read,
            label=say("Reading the pace"),
        )

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """Month and year."""
        return [
            ("pace", lambda: self.tabs.setCurrentIndex(0)),
            ("pace-year", lambda: self.tabs.setCurrentIndex(1)),
        ]

    def _on_read(self, found: PaceSheet) -> None:
        if found.producer != self.producer:
            return
        if found.empty:
            self.show_empty()
        else:
            self.show_content()
        for view, course in zip(self.views, (found.month, found.year), strict=True):
            view.show_course(course, found.weeks)


class _CourseView:
    """One period under way: four large figures, the projected ends as bars, and the table of every target."""

    def __init__(self, context: PageContext, name: str) -> None:
        self.holder, lines = plain()
        self.said = Label("", wrap=True)
        self.figures = {metric: Figure("") for metric in _HEADLINES}
        self.chart = BarChart(unit=Unit.RATE, heading=say("Target"))
        self.model = RecordTableModel(_columns())
        self.table = RecordTableView(self.model, f"pace.{name}", context.state)
        self.model.setParent(self.table)
        self.table.setAccessibleName(say("What every target still takes"))
        keep_height(self.table, 12)
        lines.addWidget(self.said)
        lines.addLayout(side_by_side(*((figure, 1) for figure in self.figures.values())))
        card = Card()
        card.body.addWidget(FilteredTable(self.table))
        self.note = Label("", "caption", "quiet", wrap=True)
        card.body.addWidget(self.note)
        lines.addLayout(side_by_side((card, 13), (_top(chart_card(self.chart)), 5)), 1)

    def show_course(self, course: Course, weeks: int) -> None:
        """Shows a month or year."""
        self.said.setText(_said(course))
        for line in course.lines:
            if line.metric.id in self.figures:
                self._show_figure(line, course)
        self.model.set_rows([(line, course) for line in course.lines])
        shares = [_bar(line) for line in course.lines if line.amount and line.amount.target]
        self.chart.set_bars([bar for bar in shares if bar.value is not None], target=1.0)
        short = sum(line.standing.value == "bad" for line in course.lines)
        self.chart.set_title(
            _finding(short),
            say("projected end as share of the target"),
        )
        self.chart.empty_text = say("No week with records yet to take a rate from.")
        self.note.setText(
            say("The rate is that of the last {} full weeks per working day; the range holds in 8 of 10 cases.").format(
                weeks
            )
        )

    def _show_figure(self, line: Line, course: Course) -> None:
        figure, found = self.figures[line.metric.id], line.amount
        if found is None:
            return
        figure.name.setText(say(line.metric.label))
        figure._name = say(line.metric.label)
        target = say(" of {}").format(_words(line.metric, found.target)) if found.target is not None else ""
        tone = {"good": "good", "near": "near", "bad": "bad"}.get(line.standing.value, "ink")
        figure.show_figure(_words(line.metric, found.actual) + target, _needs(line, course), tone)


def _finding(short: int) -> str:
    if not short:
        return say("On the way to every target")
    one = say("One target will be missed at this rate")
    return one if short == 1 else say("{} targets will be missed at this rate").format(short)


def _top(card: Card) -> QWidget:
    card.body.addStretch(1)
    return card


def _said(course: Course) -> str:
    worst = [line for line in course.lines if line.standing.value == "bad" and line.amount and line.amount.per_day]
    days = say("{} working days left").format(_plain(course.days_left))
    if not worst:
        return days + "."
    parts = [_needs(line, course) for line in worst[:3]]
    return say("{days}. It takes {needs}.").format(days=days, needs="; ".join(parts))


def _needs(line: Line, course: Course, label: str | None = None) -> str:
    """What a target still takes; an empty `label` leaves away what stands beside it already."""
    found = line.amount
    if found is None or found.needed is None:
        return say("no target")
    if found.needed == 0:
        return say("target reached")
    label = _within(say(line.metric.label)) if label is None else label
    if found.per_day is None:
        return say("{} short, and no working day left").format(_words(line.metric, found.needed))
    weekly = found.per_day * course.days_a_week
    if course.days_left <= course.days_a_week:
        words = say("{needed} more {label} in what is left") if label else say("{needed} more")
        return words.format(needed=_words(line.metric, found.needed), label=label)
    words = say("{weekly} {label} a week") if label else say("{weekly} a week")
    return words.format(weekly=_rate_words(line.metric, weekly), label=label)


def _within(label: str) -> str:
    """A label within a sentence; what begins with capitals stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _rate_words(metric: Metric, weekly: Fraction) -> str:
    if metric.is_money:
        return formats.money(half_up(weekly))
    return f"{float(weekly):,.1f}".removesuffix(".0")


def _words(metric: Metric, value: int | Fraction | None) -> str:
    if value is None:
        return formats.EM_DASH
    if metric.is_money:
        return formats.money(half_up(value))
    return formats.percent(float(value)) if metric.is_ratio else formats.count(half_up(value))


def _bar(line: Line) -> Bar:
    found = line.amount
    value = None
    if found is not None and found.target and found.projected is not None:
        value = float(found.projected / found.target)
    status = {"good": "good", "near": "near", "bad": "bad"}.get(line.standing.value, "")
    return Bar(say(line.metric.label), value, status=status)


def _plain(number: Fraction) -> str:
    return f"{float(number):,.1f}".removesuffix(".0")


Row = tuple[Line, Course]


def _value(row: Row, name: str) -> float | None:
    found = row[0].amount or row[0].ratio
    value = getattr(found, name, None)
    return None if value is None else float(value)


def _text(name: str) -> Callable[[Row], str]:
    def words(row: Row) -> str:
        found = row[0].amount or row[0].ratio
        return _words(row[0].metric, getattr(found, name, None))

    return words


def _range(row: Row) -> str:
    found = row[0].amount
    if found is None or found.low is None:
        return formats.EM_DASH
    return f"{_words(row[0].metric, found.low)} – {_words(row[0].metric, found.high)}"


def _ask(row: Row) -> str:
    line, course = row
    if line.amount is not None:
        return _needs(line, course, label="")
    if line.ratio is None or line.ratio.needed is None:
        return formats.EM_DASH
    if line.ratio.needed == 0:
        return say("safe at any rate")
    return say("{} from now").format(_words(line.metric, line.ratio.needed))


def _columns() -> list[Column]:
    def column(key: str, title: str, width: int) -> Column:
        return Column(key, title, Kind.COUNT, lambda row: _value(row, key), text=_text(key), width=width)

    return [
        Column("metric", say("Target"), Kind.TEXT, lambda row: say(row[0].metric.label), width=140),
        column("actual", say("So far"), 96),
        column("target", say("Target"), 96),
        Column("needed", say("It takes"), Kind.TEXT, _ask, width=126),
        Column(
            "projected", say("Projected"), Kind.COUNT, lambda row: _value(row, "projected"), text=_text("projected"),
            status=lambda row: _status(row[0]), width=104, why=lambda row: say("No full week to take a rate from."),
        ),
        Column(
            "range", say("Range, 8 of 10"), Kind.TEXT, _range, align_right=True, width=176,
            why=lambda row: say("Too few weeks, or a ratio."),
        ),
    ]  # fmt: skip


def _status(line: Line) -> Status:
    return status_of(line.standing.value)
