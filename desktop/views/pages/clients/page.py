"""The clients page: every client in one list, each opening into policies, leads and dealings.

Wiring alone: rows and histories come from the services.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from shiboken6 import isValid

from desktop.services import clients, listings
from desktop.services.clients import ClientPage
from desktop.services.listings import ListRow
from desktop.services.reports_cards import client_card
from desktop.views.dialogs.card import CardPaper
from desktop.views.dialogs.long_list import ListStack, LongList
from desktop.views.dialogs.opener import RecordOpener
from desktop.views.pages.clients.sheet import ClientSheet
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group

_FIRST = ("name", "phone", "email", "zip", "state", "producer", "csr", "since", "client_id")


class ClientsPage(Page):
    """All clients, and one of them."""

    key = "clients"
    group = Group.LEADS
    icon_name = "person"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Clients"))
        self._context = context
        self._opener = RecordOpener(self, context)
        self.header.add_search(self.tr("Find a client"))
        self.list = LongList(context, "clients", _FIRST)
        self.list.view.setAccessibleName(self.tr("Clients"))
        self.empty = EmptyState(
            "person",
            self.tr("No clients yet"),
            self.tr("Import policies or a list of clients, and each shows its policies, premium and history."),
            self.tr("Import Exports"),
        )
        self.stack = ListStack(self.list, self.empty)
        self.sheet: ClientSheet | None = None
        self.paper = CardPaper(self, context)
        self.body.addWidget(self.stack, 1)
        self.empty.acted.connect(self.import_requested)
        self.header.searched.connect(self.list.view.set_filter)
        self.list.view.row_activated.connect(self._on_row_activated)
        self.list.view.export_asked.connect(lambda: self.export("table"))

    def refresh(self) -> None:
        """Reads the list anew."""
        self._context.ask(listings.has_rows, "clients", on_finished=self.stack.show_full)
        self.list.model.reload()
        self._tell_again()

    def arrive(self, argument: object) -> None:
        """A client's stored key."""
        if isinstance(argument, str):
            self.open_client(argument)

    def export_actions(self) -> list[tuple[str, str]]:
        """The whole list, as filtered, and the client that is open."""
        one = [("client", self.tr("This Client…"))] if self.paper.shown else []
        return [*one, ("table", self.tr("This List of Clients…"))]

    def export(self, key: str) -> None:
        """Asks where to and writes every row of the list, or the client that is open."""
        if key == "client":
            self.paper.save_it()
            return
        self.list.ask_export("clients", self.tr("Export the clients"))

    def print_page(self) -> bool:
        """Prints the client that is open; else the list is printed as any page."""
        if not self.paper.shown:
            return False
        self.paper.print_it()
        return True

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The list, and the first client opened."""
        return [(self.key, lambda: None), ("client", self._open_first)]

    def open_client(self, key: str) -> None:
        """Shows a client in the drawer."""
        self._context.ask(clients.client_page, key, self._context.now(), on_finished=self._show_client)

    def _open_first(self) -> None:
        row = self.list.model.row_at(0) if self.list.model.rowCount() else None
        if row is not None:
            self._on_row_activated(row)

    def _on_row_activated(self, row: ListRow) -> None:
        self.open_client(row.key)

    def _show_client(self, found: ClientPage) -> None:
        sheet = self._make_sheet(found)
        self.sheet_opened.emit(found.client.name, sheet, self.tr("Client"))
        sheet.setFocus()

    def _tell_again(self) -> None:
        """The client in the drawer, if it still is there, is read anew: what it shows may have changed."""
        old = self.sheet
        if old is not None and isValid(old):
            key = old.found.client.key
            self._context.ask(
                clients.client_page, key, self._context.now(), on_finished=lambda found: self._renew(old, found)
            )

    def _renew(self, old: ClientSheet, found: ClientPage) -> None:
        if old is not self.sheet or not isValid(old) or found == old.found:
            return
        tab = old.tabs.currentIndex()
        sheet = self._make_sheet(found)
        sheet.tabs.setCurrentIndex(tab)
        self.sheet_renewed.emit(old, found.client.name, sheet, self.tr("Client"))

    def _make_sheet(self, found: ClientPage) -> ClientSheet:
        sheet = ClientSheet(found)
        sheet.record_opened.connect(self._opener.open)
        sheet.lead_asked.connect(lambda lead_id: self.page_requested.emit("leads", lead_id))
        self.sheet = sheet
        self.paper.take(sheet, sheet.row, found.client.name, self.tr("Client"), lambda: client_card(found))
        return sheet
