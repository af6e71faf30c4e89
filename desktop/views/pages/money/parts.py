"""Parts of the money pages: a chart on a card, a table on a card with its export, a figure with its words.

Knows charts, tables and words; no service.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.charts import Chart
from desktop.views.tables import Column, FilteredTable, RecordTableModel, RecordTableView
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.labels import Card, Label


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Money", text)


class ChartCard(Card):
    """A chart on a white card, with a button to save it, widgets over it and a quiet line under it."""

    def __init__(self, chart: Chart, least_height: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.chart = chart
        self._least_height = least_height
        self.head = QHBoxLayout()
        self.body.addLayout(self.head)
        self.save = IconButton("save", say("Save the chart"), self, size=16)
        self.save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.save.clicked.connect(self._on_save_clicked)
        row = QHBoxLayout()
        row.addWidget(chart, 1, Qt.AlignmentFlag.AlignTop if not least_height else Qt.AlignmentFlag(0))
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row, 1)
        self.note = Label("", "caption", "quiet", wrap=True)
        self.note.setVisible(False)
        self.body.addWidget(self.note)
        theme.current().changed.connect(self._set_height)
        self._set_height()

    def set_note(self, text: str) -> None:
        """The quiet line under the chart; none when empty."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _set_height(self) -> None:
        if self._least_height:
            self.chart.setMinimumHeight(theme.current().px(self._least_height))

    def _on_save_clicked(self) -> None:
        menu = self.chart.make_menu()
        menu.setAccessibleName(say("Save the chart"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.save.mapToGlobal(self.save.rect().bottomLeft()))


class TableCard(Card):
    """A table on a white card. `tall` ones take the room there is, others are as high as their rows up to `most`."""

    row_opened = Signal(object)
    cell_opened = Signal(object, str)
    export_asked = Signal(object, str)

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        state: Any,
        *,
        tall: bool = False,
        most: int = 12,
        none: str = "",
    ) -> None:
        super().__init__()
        self._name, self._tall, self._most = name, tall, most
        self.model = RecordTableModel(columns)
        self.view = RecordTableView(self.model, name, state)
        self.model.setParent(self.view)
        self.view.setAccessibleName(title)
        self.head = QHBoxLayout()
        self.title = Label(title, strong=True)
        self.head.addWidget(self.title, 1)
        self.export = Button(say("Export…"), "quiet")
        self.export.setAccessibleName(say("Export {}").format(title))
        self.export.clicked.connect(self._on_export_clicked)
        self.head.addWidget(self.export)
        self.body.addLayout(self.head)
        self.none = Label(none or say("Nothing in this period."), tone="quiet", wrap=True)
        self.body.addWidget(self.none)
        self.table = FilteredTable(self.view)
        self.body.addWidget(self.table, 1 if tall else 0)
        self.note = Label("", "caption", "quiet", wrap=True)
        self.note.setVisible(False)
        self.body.addWidget(self.note)
        self.body.addStretch(0 if tall else 1)
        self.view.row_activated.connect(self.row_opened)
        self.view.cell_activated.connect(self.cell_opened)
        self.view.export_asked.connect(self._on_export_clicked)
        theme.current().changed.connect(self._set_height)
        self.set_rows(())

    def set_rows(self, rows: Sequence[Any], totals: Any = None) -> None:
        """Shows `rows`, with a totals row where there is one."""
        self.model.set_rows(list(rows), totals=totals)
        self.none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.export.setVisible(bool(rows))
        self._set_height()

    def set_note(self, text: str) -> None:
        """The quiet line under the table; none when empty."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _set_height(self) -> None:
        look = theme.current()
        rows = min(self.model.rowCount(), self._most)
        self.view.setMinimumHeight(
            (min(rows, 5) if self._tall else rows) * look.row_height + look.row_height + look.px(14)
        )
        if not self._tall and self.model.rowCount() <= self._most:
            self.view.setMaximumHeight(self.view.minimumHeight())
        else:
            self.view.setMaximumHeight(16_777_215)

    def _on_export_clicked(self) -> None:
        self.export_asked.emit(self.view, self._name)


class Figure(Card):
    """A figure with its name over it and its reading under it, so that four of them can be told apart at a glance."""

    def __init__(self, name: str, *, large: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._name = name
        self.name = Label(name, "section" if large else "body", "ink" if large else "quiet")
        self.value = Label("", "headline" if large else "title")
        self.words = Label("", "caption", "quiet", wrap=True)
        for label in (self.name, self.value, self.words):
            self.body.addWidget(label)
        self.body.addStretch(1)

    def show_figure(self, value: str, words: str) -> None:
        """Shows the figure and what it is made of."""
        self.value.setText(value)
        self.words.setText(words)
        self.setAccessibleName(f"{self._name}: {value}")
        self.setAccessibleDescription(words)


def plain() -> tuple[QWidget, QVBoxLayout]:
    """A widget without a ground of its own, and its column."""
    holder = QWidget()
    holder.setObjectName("plain")
    lines = QVBoxLayout(holder)
    look = theme.current()
    lines.setContentsMargins(0, look.unit(1.5), 0, look.unit())
    lines.setSpacing(look.unit(1.5))
    return holder, lines


def side_by_side(*widgets: tuple[QWidget, int]) -> QHBoxLayout:
    """Widgets in a row, each with its share of the width."""
    row = QHBoxLayout()
    row.setSpacing(theme.current().unit(1.5))
    for widget, share in widgets:
        row.addWidget(widget, share)
    return row
