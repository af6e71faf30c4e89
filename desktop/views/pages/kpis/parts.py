"""Parts of the six views: a card with a chart and its menu, a card with a table, and the base of a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.services.kpi_views import ViewFigures
from desktop.views import theme
from desktop.views.charts import Chart
from desktop.views.pages.kpis.words import say
from desktop.views.tables import Column, FilteredTable, RecordTableModel, RecordTableView
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.labels import Card, Label

_MOST_ROWS = 12


class ChartCard(Card):
    """A chart on a white card, with a button to save it."""

    def __init__(self, chart: Chart, note: str = "", least_height: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.chart = chart
        self._least_height = least_height
        self.save = IconButton("save", say("Save the chart"), self, size=16)
        self.save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.save.clicked.connect(self._on_save_clicked)
        row = QHBoxLayout()
        row.addWidget(chart, 1)
        side = QVBoxLayout()
        side.addWidget(self.save)
        side.addStretch(1)
        row.addLayout(side)
        fixed = chart.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Fixed
        self.body.addLayout(row, 0 if fixed else 1)
        self.note = Label(note, "caption", "quiet", wrap=True)
        self.body.addWidget(self.note)
        self.note.setVisible(bool(note))
        if fixed:
            self.body.addStretch(1)
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
    """A table on a white card, as high as its rows up to twelve; `row_opened` by double click and Enter."""

    row_opened = Signal(object)
    export_asked = Signal(object, str)

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        state: Any = None,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._name = name
        self.model = RecordTableModel(columns)
        self.view = RecordTableView(self.model, name, state) if state is not None else RecordTableView(self.model, name)
        self.model.setParent(self.view)
        self.view.setAccessibleName(title)
        head = QHBoxLayout()
        self.title = Label(title, strong=True)
        head.addWidget(self.title, 1)
        self.export = Button(say("Export…"), "quiet")
        self.export.setAccessibleName(say("Export {}").format(title))
        self.export.clicked.connect(self._on_export_clicked)
        head.addWidget(self.export)
        self.body.addLayout(head)
        self.none = Label(say("Nothing in this period."), tone="quiet")
        self.body.addWidget(self.none)
        self.table = FilteredTable(self.view)
        self.body.addWidget(self.table)
        self.note = Label(note, "caption", "quiet", wrap=True)
        self.body.addWidget(self.note)
        self.note.setVisible(bool(note))
        self.body.addStretch(1)
        self.view.row_activated.connect(self.row_opened)
        self.view.export_asked.connect(self._on_export_clicked)
        theme.current().changed.connect(self._set_height)

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
        rows = min(self.model.rowCount(), _MOST_ROWS)
        self.view.setMinimumHeight((rows + 1) * look.row_height + look.px(14))
        self.view.setMaximumHeight(16_777_215 if self.model.rowCount() > _MOST_ROWS else self.view.minimumHeight())

    def _on_export_clicked(self) -> None:
        self.export_asked.emit(self.view, self._name)


class KpiView(QWidget):
    """One of the six views; subclasses fill `lines` and write `show_figures`.

    `part_opened` carries a KPI and which row of its details was opened, `commission_opened` how commissions are looked
    at and the row's key.
    """

    kpi_opened = Signal(str)
    part_opened = Signal(str, object)
    commission_opened = Signal(str, object)
    figure_opened = Signal(str, str)
    record_opened = Signal(object)
    stage_opened = Signal(str)
    export_asked = Signal(object, str)
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = QVBoxLayout(self)
        theme.current().changed.connect(self._set_gaps)
        self._set_gaps()

    def show_figures(self, found: ViewFigures) -> None:
        """Shows what was read for this view."""
        raise NotImplementedError

    def tables(self) -> dict[str, TableCard]:
        """The view's tables by key."""
        return {}

    def _set_gaps(self) -> None:
        look = theme.current()
        self.lines.setContentsMargins(0, look.unit(1.5), 0, look.unit())
        self.lines.setSpacing(look.unit(1.5))

    def add_row(self, *widgets: tuple[QWidget, int]) -> QHBoxLayout:
        """Puts widgets side by side, each with its share of the width."""
        row = QHBoxLayout()
        row.setSpacing(theme.current().unit(1.5))
        for widget, share in widgets:
            row.addWidget(widget, share)
        self.lines.addLayout(row)
        return row
