"""What changed: the audit trail as a table that sorts, filters and exports."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.services.trail import TrailLine
from desktop.views import theme
from desktop.views.dialogs.record import heading
from desktop.views.pages.settings.panels import Panel
from desktop.views.pages.settings.words import say
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import name_clearing
from desktop.views.widgets.view_state import ViewState


class TrailPanel(Panel):
    """The newest changes first. `export_asked` when they shall be written to a file."""

    export_asked = Signal()
    grows = True

    def __init__(self, state: ViewState) -> None:
        super().__init__()
        columns = [
            Column("at", say("When"), Kind.DATETIME, lambda one: one.at, width=155),
            Column("who", say("Who"), Kind.TEXT, lambda one: one.who, width=70),
            Column("label", say("What"), Kind.TEXT, _label, width=165),
            Column("record", say("Record"), Kind.TEXT, lambda one: heading(one.record), width=85),
            Column("key", say("Which"), Kind.TEXT, lambda one: one.key, width=140),
            Column("field", say("Field"), Kind.TEXT, lambda one: heading(one.field), width=95),
            Column("before", say("From"), Kind.TEXT, lambda one: one.before, tooltip=lambda one: one.before, width=110),
            Column("after", say("To"), Kind.TEXT, lambda one: one.after, tooltip=lambda one: one.after, width=110),
        ]
        model = RecordTableModel(columns)
        self.table = RecordTableView(model, "settings.trail", state)
        model.setParent(self.table)
        self.table.setAccessibleName(say("What changed"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(say("Filter by any word"))
        self.filter.setAccessibleName(say("Filter the changes"))
        self.filter.setClearButtonEnabled(True)
        name_clearing(self.filter)
        self.filter.setMaximumWidth(theme.current().px(280))
        self.filter.textChanged.connect(self.table.set_filter)
        self.export = Button(say("Export…"), icon="export")
        self.export.setAccessibleName(say("Export the changes"))
        self.export.clicked.connect(self.export_asked)
        self.said = Label("", "caption", "quiet")
        row = QHBoxLayout()
        row.addWidget(self.filter)
        row.addWidget(self.said, 1)
        row.addWidget(self.export)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addLayout(row)
        lines.addWidget(FilteredTable(self.table), 1)

    def show_lines(self, lines: Sequence[TrailLine]) -> None:
        """The lines, newest first."""
        self.table.records.set_rows(list(lines))
        text = say("Every change, newest first; what each import brought is in the import history.")
        self.said.setText(text if lines else say("Nothing was changed yet."))

    def texts(self) -> list[str]:
        """How the section is found."""
        return [say("What changed"), say("Audit trail"), say("History")]


def _label(line: TrailLine) -> str:
    return say("{} (taken back)").format(line.label) if line.undone else line.label
