"""What nobody has settled yet: leads that lack something or have no owner, unknown ZIPs, unsent messages, files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services import live
from desktop.services.live import Trouble
from desktop.views import theme
from desktop.views.pages.live import words
from desktop.views.pages.live.parts import Keys, make_table
from desktop.views.pages.live.words import say
from desktop.views.tables import Column, FilteredTable, Kind
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label


class AttentionTab(QWidget):
    """`opened` (trouble), `again_asked` (a message's key), `routing_asked`, `duplicates_asked`."""

    opened = Signal(object)
    again_asked = Signal(str)
    routing_asked = Signal()
    duplicates_asked = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        columns = [
            Column("kind", say("What"), Kind.TEXT, words.trouble_kind, width=190),
            Column("name", say("Lead or file"), Kind.TEXT, lambda one: one.name, width=190),
            Column("words", say("What is wrong"), Kind.TEXT, words.trouble, tooltip=words.trouble),
        ]
        self.table = make_table(context, "live.attention", columns, say("Needs attention"))
        self.said = Label("", wrap=True)
        self.keys = Keys(self, [
            ("O", say("Open"), self._open),
            ("R", say("Route What Can Be Routed"), self.routing_asked.emit),
            ("A", say("Send Again"), self._again),
            ("U", say("Duplicate Clients"), self.duplicates_asked.emit),
        ])  # fmt: skip
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.current().unit(), 0, 0)
        lines.addWidget(self.said)
        lines.addWidget(FilteredTable(self.table), 1)
        lines.addWidget(self.keys)
        self.table.row_activated.connect(self.opened)
        self.table.row_selected.connect(self._on_row_selected)

    def show_troubles(self, rows: Sequence[Trouble]) -> None:
        """Shows these, the first chosen."""
        self.said.setText(
            say("Each row opens where it is settled: Enter or O.") if rows else say("Nothing needs attention.")
        )
        self.table.records.set_rows(list(rows))
        if rows:
            self.table.select_record(lambda one: one == rows[0])
        self.keys.buttons["R"].setEnabled(any(one.kind == live.UNROUTED for one in rows))
        self._on_row_selected(rows[0] if rows else None)

    def _on_row_selected(self, row: Trouble | None) -> None:
        self.keys.buttons["A"].setEnabled(row is not None and row.kind == live.NOT_SENT)
        self.keys.buttons["O"].setEnabled(row is not None)

    def _open(self) -> None:
        row = self.table.selected_record
        if row is not None:
            self.opened.emit(row)

    def _again(self) -> None:
        row = self.table.selected_record
        if row is not None and row.kind == live.NOT_SENT and row.key is not None:
            self.again_asked.emit(row.key)
