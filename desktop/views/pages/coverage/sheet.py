"""One week of one kind as a sheet: the files it came from, or the reports that would fill it.

Knows the service's records; going to the import page is the page's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.coverage import State
from desktop.services.coverage import TYPED, Cell, Origin
from desktop.views import theme
from desktop.views.pages.coverage import words
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Card, Label, SectionTitle


class WeekSheet(QWidget):
    """What a cell of the calendar stands for; `import_asked` when the way to the import page is taken."""

    import_asked = Signal()

    def __init__(self, cell: Cell, hints: Sequence[Any], title_of: Callable[[str], str]) -> None:
        super().__init__()
        self._title_of = title_of
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit(1.5))
        lines.addWidget(Label(self._said(cell), tone="quiet", wrap=True))
        if cell.origins:
            lines.addWidget(self._origins(cell.origins), 1)
        else:
            lines.addWidget(self._reports(hints), 1)
            self.go = Button(self.tr("Import Files…"), "main", "import")
            self.go.clicked.connect(self.import_asked)
            foot = QHBoxLayout()
            foot.addStretch(1)
            foot.addWidget(self.go)
            lines.addLayout(foot)

    def _said(self, cell: Cell) -> str:
        kind = words.kind(cell.kind)
        if cell.state is State.FILLED:
            return self.tr("{} came from these files.").format(words.records(cell.records))
        if cell.state is State.GAP:
            text = self.tr("{}: nothing in this week, though the weeks around it have records. One of these fills it:")
        elif cell.state is State.RUNNING:
            text = self.tr("{}: nothing yet. The week is not over. These bring it:")
        else:
            text = self.tr("{}: nothing in this week. These bring such records:")
        return text.format(kind)

    def _origins(self, origins: Sequence[Origin]) -> FilteredTable:
        columns = [
            Column("file", self.tr("File"), Kind.TEXT, self._name),
            Column("records", self.tr("Records"), Kind.COUNT, lambda one: one.records),
            Column("what", self.tr("What it is"), Kind.TEXT, lambda one: self._title_of(one.profile)),
            Column("run", self.tr("Import"), Kind.COUNT, lambda one: one.run),
            Column("on", self.tr("Imported on"), Kind.DATE, lambda one: one.on),
        ]
        model = RecordTableModel(columns)
        self.table = RecordTableView(model, "coverage.origins")
        model.setParent(self.table)
        self.table.setAccessibleName(self.tr("Files of this week"))
        model.set_rows(list(origins))
        return FilteredTable(self.table)

    def _name(self, origin: Origin) -> str:
        return self.tr("typed by hand") if origin.name == TYPED else origin.name

    def _reports(self, hints: Sequence[Any]) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("Reports to run"))
        holder = QWidget()
        holder.setObjectName("plain")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, theme.current().unit(), 0)
        for hint in hints:
            card = Card()
            card.body.addWidget(SectionTitle(hint.system))
            for text, tone in ((hint.report, "ink"), (hint.gives, "quiet"), (hint.lacks, "quiet")):
                card.body.addWidget(Label(text, tone=tone, wrap=True))
            lines.addWidget(card)
        lines.addStretch(1)
        area.setWidget(holder)
        return area
