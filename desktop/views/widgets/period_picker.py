"""The period picker: the filters of every dashboard, with arrows to the period before and after.

Knows the core's periods; today is given from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QMenu, QWidget

from desktop.core import periods
from desktop.core.periods import FIRST_DAY, LAST_DAY, Filter, Period
from desktop.views import theme
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import name_control


def following(period: Period) -> Period:
    """The period of the same kind right after `period`: week, month, quarter, or as many days."""
    after = period.end + timedelta(days=1)
    for whole in (periods.week_of, periods.month_of, periods.quarter_of):
        if whole(period.start) == period:
            return whole(after)
    return Period(after, after + timedelta(days=period.days - 1))


def period_text(period: Period) -> str:
    """The period in US words: `Mar 9 – 15, 2026`."""
    start, end = period.start, period.end
    last = f"{end.day}, {end.year}" if (start.year, start.month) == (end.year, end.month) else _day(end, year=True)
    if start == end:
        return _day(end, year=True)
    return f"{_day(start, year=start.year != end.year)} – {last}"


def _day(day: date, year: bool) -> str:
    return f"{day:%b} {day.day}" + (f", {day.year}" if year else "")


class PeriodPicker(QWidget):
    """Arrows around a button that names the period; Custom shows two dates beside it."""

    period_changed = Signal(object)

    def __init__(self, today: Callable[[], date], choice: Filter = Filter.WEEK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._choice = choice
        self._period = periods.chosen(choice, today())
        self._previous = IconButton("chevron-left", self.tr("Previous period"))
        self._next = IconButton("chevron-right", self.tr("Next period"))
        self._button = Button("", icon="calendar")
        self._from = self._make_date(self.tr("From"))
        self._until = self._make_date(self.tr("To"))
        self._dash = Label("–", tone="quiet")
        self._actions: dict[Filter, QAction] = {}
        self._button.setProperty("menu", True)
        self._button.setMenu(self._make_menu())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.current().px(4))
        for widget in (self._previous, self._button, self._next, self._from, self._dash, self._until):
            self._row.addWidget(widget)
        self._previous.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        self._show()

    @property
    def period(self) -> Period:
        """The period chosen."""
        return self._period

    @property
    def choice(self) -> Filter:
        """The filter chosen; CUSTOM once the arrows or dates have moved away from the others."""
        return self._choice

    def choose(self, choice: Filter) -> None:
        """Takes what `choice` stands for today; CUSTOM keeps the dates and shows them for editing."""
        self._choice = choice
        self._take(self._period if choice is Filter.CUSTOM else periods.chosen(choice, self._today()))

    def set_period(self, period: Period) -> None:
        """Takes `period`, under the name it has today, if it has one."""
        self._choice = self._name_of(period)
        self._take(period, edit=False)

    def go_back(self) -> None:
        """Takes the period before."""
        self.set_period(periods.previous(self._period))

    def go_on(self) -> None:
        """Takes the period after."""
        self.set_period(following(self._period))

    def _take(self, period: Period, edit: bool = True) -> None:
        changed = period != self._period
        self._period = period
        self._show(edit)
        if changed:
            self.period_changed.emit(period)

    def _name_of(self, period: Period) -> Filter:
        for choice in Filter:
            if choice is not Filter.CUSTOM and periods.chosen(choice, self._today()) == period:
                return choice
        return Filter.CUSTOM

    def _show(self, edit: bool = True) -> None:
        custom = self._choice is Filter.CUSTOM
        dates = period_text(self._period)
        self._button.setText(dates if custom else f"{self._words()[self._choice]}  ·  {dates}")
        self._button.setAccessibleName(self.tr("Period: {}").format(self._button.text()))
        for action_choice, action in self._actions.items():
            action.setChecked(action_choice is self._choice)
        editing = custom and edit
        for widget in (self._from, self._dash, self._until):
            widget.setVisible(editing)
        for field, day in ((self._from, self._period.start), (self._until, self._period.end)):
            field.blockSignals(True)
            field.setDate(_as_qdate(day))
            field.blockSignals(False)

    def _words(self) -> dict[Filter, str]:
        return {
            Filter.TODAY: self.tr("Today"),
            Filter.WEEK: self.tr("This week"),
            Filter.MONTH: self.tr("This month"),
            Filter.QUARTER: self.tr("This quarter"),
            Filter.YEAR_TO_DATE: self.tr("Year to date"),
            Filter.CUSTOM: self.tr("Custom"),
        }

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for choice, word in self._words().items():
            action = menu.addAction(word)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, choice=choice: self.choose(choice))
            self._actions[choice] = action
        return menu

    def _make_date(self, name: str) -> QDateEdit:
        field = QDateEdit()
        field.setDisplayFormat("MM/dd/yyyy")
        field.setCalendarPopup(True)
        field.setDateRange(_as_qdate(FIRST_DAY), _as_qdate(LAST_DAY))
        name_control(field, name)
        field.setToolTip(name)
        field.dateChanged.connect(self._on_dates_changed)
        return field

    def _on_dates_changed(self) -> None:
        start, end = _as_date(self._from.date()), _as_date(self._until.date())
        # the edge the user did not touch follows, so that a period never ends before it starts
        if end < start:
            start, end = (start, start) if self.sender() is self._from else (end, end)
        self._choice = Filter.CUSTOM
        self._take(Period(start, end))


def _as_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _as_qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
