"""What changed since a week was published, as a table beside the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core import frozen
from desktop.services.publishing import Amendment
from desktop.views import theme
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label


class AmendmentsSheet(QWidget):
    """Who, which figure, from what, to what, why and when; a frozen week itself is never rewritten."""

    def __init__(self, found: Sequence[Amendment], context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plain")
        lines = QVBoxLayout(self)
        lines.setSpacing(theme.current().unit())
        lines.addWidget(Label(self._sentence(found), wrap=True))
        self.model = RecordTableModel(self._columns(), self)
        self.table = RecordTableView(self.model, "amendments", context.state, self)
        self.table.setAccessibleName(self.tr("Changed since publication"))
        self.model.set_rows(list(found))
        self.filtered = FilteredTable(self.table)
        self.filtered.setVisible(bool(found))
        lines.addWidget(self.filtered, 1)
        if not found:
            lines.addStretch(1)

    def _sentence(self, found: Sequence[Amendment]) -> str:
        if not found:
            return self.tr("Nothing that was published for this week has changed since.")
        return self.tr(
            "What was published stays as it is. Publish the week again to put these figures on a new version, which "
            "names the one it replaces."
        )

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("producer", self.tr("Producer"), Kind.TEXT, value=lambda one: one.producer_name, width=120),
            Column("figure", self.tr("Figure"), Kind.TEXT, value=lambda one: one.label, width=150),
            Column("from", self.tr("From"), Kind.TEXT, value=lambda one: _worded(one, one.before), width=75),
            Column("to", self.tr("To"), Kind.TEXT, value=lambda one: _worded(one, one.after), width=75),
            Column("why", self.tr("Why"), Kind.TEXT, value=lambda one: one.why, width=200),
            Column("when", self.tr("When"), Kind.DATETIME, value=lambda one: datetime.fromisoformat(one.at)),
        )


def _worded(one: Amendment, value: frozen.Number | None) -> str:
    return frozen.worded(one.metric, value)
