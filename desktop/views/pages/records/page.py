"""The records page: any table of the book as one long list, each row opening with its origin and history.

Wiring alone: rows come from the services.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QStackedWidget

from desktop.services import listings
from desktop.services.listings import ListRow
from desktop.views.dialogs.listing import table_words
from desktop.views.dialogs.long_list import ListStack, LongList
from desktop.views.dialogs.opener import RecordOpener
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group

_TABLE = "records.table"


class RecordsPage(Page):
    """Every table, to be looked through, filtered and exported."""

    key = "records"
    group = Group.DATA
    icon_name = "table"
    shows_pay = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Records"))
        self._context = context
        self._opener = RecordOpener(self, context)
        self._words = table_words()
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Which table"))
        for table in listings.TABLES:
            self.choice.addItem(self._words[table], table)
        self.choice.setCurrentIndex(max(self.choice.findData(context.state.read(_TABLE, "activities")), 0))
        self.header.add_slot(self.choice)
        self.header.add_search(self.tr("Find a record"))
        self.lists: dict[str, LongList] = {}
        self.pile = QStackedWidget()
        self.empty = EmptyState(
            "table",
            self.tr("No records yet"),
            self.tr(
                "Everything that is imported or typed can be looked through here, with the file and line it is from."
            ),
            self.tr("Import Exports"),
        )
        self.stack = ListStack(self.pile, self.empty)
        self.body.addWidget(self.stack, 1)
        self.empty.acted.connect(self.import_requested)
        self.header.searched.connect(lambda text: self.shown.view.set_filter(text))
        self.choice.currentIndexChanged.connect(self._on_choice_changed)

    @property
    def shown(self) -> LongList:
        """The list of the chosen table, made when it is first looked at."""
        table = str(self.choice.currentData())
        if table not in self.lists:
            made = LongList(self._context, table)
            made.view.setAccessibleName(self._words[table])
            made.view.row_activated.connect(lambda row: self._on_row_activated(table, row))
            made.view.export_asked.connect(lambda: self.export("table"))
            self.lists[table] = made
            self.pile.addWidget(made)
        return self.lists[table]

    def refresh(self) -> None:
        """Reads the chosen list anew."""
        self._context.ask(listings.sizes, on_finished=self._on_sizes)
        self._show_list()

    def arrive(self, argument: object) -> None:
        """A table's name, or (table, key) of a record to open."""
        table = argument[0] if isinstance(argument, tuple) else argument
        at = self.choice.findData(table)
        if at >= 0:
            self.choice.setCurrentIndex(at)
        if isinstance(argument, tuple) and len(argument) == 2:
            self._opener.open(str(argument[0]), str(argument[1]), "")

    def export_actions(self) -> list[tuple[str, str]]:
        """The whole list, as filtered."""
        return [("table", self.tr("This List of Records…"))]

    def export(self, key: str) -> None:
        """Asks where to and writes every row of the list."""
        self.shown.ask_export(str(self.choice.currentData()), self.tr("Export the records"))

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The list of the activities."""
        return [("all-records", lambda: self.choice.setCurrentIndex(self.choice.findData("activities")))]

    def _on_sizes(self, sizes: dict[str, int]) -> None:
        for at in range(self.choice.count()):
            table = str(self.choice.itemData(at))
            self.choice.setItemText(at, f"{self._words[table]} ({sizes[table]:,})")
        self.stack.show_full(any(sizes.values()))

    def _on_choice_changed(self) -> None:
        self._context.state.write(_TABLE, str(self.choice.currentData()))
        self._show_list()

    def _show_list(self) -> None:
        shown = self.shown
        self.pile.setCurrentWidget(shown)
        if self.header.search is not None:
            shown.model.set_filter(self.header.search.text())
        shown.model.reload()

    def _on_row_activated(self, table: str, row: ListRow) -> None:
        self._opener.open(table, row.key, "")
