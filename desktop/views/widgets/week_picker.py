"""Choosing a week: the one before, the one after, and its dates in between.

Knows weeks and nothing of what is shown for them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core import periods
from desktop.core.periods import Period
from desktop.core.scorecard import date_range
from desktop.views import theme
from desktop.views.widgets.buttons import IconButton
from desktop.views.widgets.labels import Label


class WeekPicker(QWidget):
    """One Monday-to-Sunday week."""

    week_changed = Signal(object)

    def __init__(self, week: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.week = week
        self.setAccessibleName(self.tr("Week"))
        self.back = IconButton("chevron-left", self.tr("Week before"))
        self.on = IconButton("chevron-right", self.tr("Week after"))
        self.label = Label("", strong=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.back, self.label, self.on):
            line.addWidget(widget)
        self.back.clicked.connect(lambda: self.set_week(periods.shift_weeks(self.week, -1)))
        self.on.clicked.connect(lambda: self.set_week(periods.shift_weeks(self.week, 1)))
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_week(self, week: Period) -> None:
        """Shows another week and tells."""
        if week != self.week:
            self.week = week
            self._tell()
            self.week_changed.emit(week)

    def _tell(self) -> None:
        words = date_range(self.week.start, self.week.end)
        self.label.setText(f"{periods.week_name(self.week)}  ({words})")

    def _on_theme_changed(self) -> None:
        self._tell()
        self.label.setMinimumWidth(theme.current().px(200))
