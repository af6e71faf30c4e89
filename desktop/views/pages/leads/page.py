"""The leads page: every lead in one list, chosen by where it stands, each opening into its history.

Wiring alone: rows and histories come from the services, words from the modules beside.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox
from shiboken6 import isValid

from desktop.services import leads, listings, previews
from desktop.services.edits import Changes
from desktop.services.leads import LeadPage
from desktop.services.listings import ListRow
from desktop.services.reports_cards import lead_card
from desktop.views.dialogs.answering import TypedWords
from desktop.views.dialogs.card import CardPaper
from desktop.views.dialogs.long_list import ListStack, LongList
from desktop.views.dialogs.loss import LossForm, known_texts
from desktop.views.dialogs.opener import RecordOpener
from desktop.views.pages.leads.sheet import LeadSheet
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group

_CHOICE = "leads.choice"
_FIRST = (
    "name", "now_in", "since", "owner", "line", "source", "phone", "estimated_premium", "policy_expires_on",
    "received_at",
)  # fmt: skip


class LeadsPage(Page):
    """All leads, and one of them."""

    key = "leads"
    group = Group.LEADS
    icon_name = "leads"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Leads"))
        self._context = context
        self._opener = RecordOpener(self, context)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Which leads"))
        for key, word in self._choices():
            self.choice.addItem(word, key)
        self.choice.setCurrentIndex(max(self.choice.findData(context.state.read(_CHOICE, "open")), 0))
        self.header.add_slot(self.choice)
        self.header.add_search(self.tr("Find a lead"))
        self.list = LongList(context, "leads", _FIRST, str(self.choice.currentData()))
        self.sheet: LeadSheet | None = None
        self.paper = CardPaper(self, context)
        self._lead: str | None = None
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Reads the list anew, and the lead that is open."""
        self._context.ask(listings.has_rows, "leads", on_finished=self.stack.show_full)
        self.list.source.choice = str(self.choice.currentData())
        self.list.model.reload()
        self._tell_again()

    def arrive(self, argument: object) -> None:
        """A lead's id, or ("choice", one of the choices)."""
        if isinstance(argument, str):
            self.open_lead(argument)
        elif isinstance(argument, tuple) and len(argument) == 2 and argument[0] == "choice":
            self._choose(str(argument[1]))

    def export_actions(self) -> list[tuple[str, str]]:
        """The whole list, as filtered, and the lead that is open."""
        one = [("lead", self.tr("This Lead…"))] if self.paper.shown else []
        return [*one, ("table", self.tr("This List of Leads…"))]

    def export(self, key: str) -> None:
        """Asks where to and writes every row of the list, or the lead that is open."""
        if key == "lead":
            self.paper.save_it()
            return
        self.list.ask_export("leads", self.tr("Export the leads"))

    def print_page(self) -> bool:
        """Prints the lead that is open; else the list is printed as any page."""
        if not self.paper.shown:
            return False
        self.paper.print_it()
        return True

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The list, and the first lead opened."""
        return [(self.key, lambda: None), ("lead", self._open_first)]

    def _open_first(self) -> None:
        """The first lead that was quoted, since much has happened on it; else the first."""
        model = self.list.model
        rows = [row for row in map(model.row_at, range(min(model.rowCount(), 100))) if row is not None]
        stage = next(number for number, one in enumerate(listings.columns("leads")) if one.name == "now_in")
        quoted = next((row for row in rows if row.values[stage] == "quoted"), None)
        if rows:
            self._on_row_activated(quoted or rows[0])

    # --- layout ------------------------------------------------------------------------------------------------------

    def _choices(self) -> list[tuple[str, str]]:
        return [
            ("", self.tr("All leads")),
            ("open", self.tr("Open")),
            ("waiting", self.tr("Waiting for somebody")),
            ("untouched", self.tr("Not contacted yet")),
            ("late", self.tr("Past their stage's time")),
            *((f"late.{key}", self.tr("{}, past the time").format(label)) for key, label in _open_stages()),
            ("won", self.tr("Won")),
            ("lost", self.tr("Lost")),
            ("unexplained", self.tr("Lost without a reason")),
        ]

    def _arrange(self) -> None:
        self.list.view.setAccessibleName(self.tr("Leads"))
        self.empty = EmptyState(
            "leads",
            self.tr("No leads yet"),
            self.tr("Import leads or opportunities, and each shows its way from the first call to the policy."),
            self.tr("Import Exports"),
        )
        self.stack = ListStack(self.list, self.empty)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.empty.acted.connect(self.import_requested)
        self.header.searched.connect(self.list.view.set_filter)
        self.choice.currentIndexChanged.connect(self._on_choice_changed)
        self.list.view.row_activated.connect(self._on_row_activated)
        self.list.view.export_asked.connect(lambda: self.export("table"))

    def _choose(self, key: str) -> None:
        at = self.choice.findData(key)
        if at >= 0:
            self.choice.setCurrentIndex(at)

    def _on_choice_changed(self) -> None:
        self._context.state.write(_CHOICE, str(self.choice.currentData()))
        self.list.source.choice = str(self.choice.currentData())
        self.list.model.reload()

    # --- one lead ----------------------------------------------------------------------------------------------------

    def _on_row_activated(self, row: ListRow) -> None:
        at = next(number for number, one in enumerate(listings.columns("leads")) if one.name == "lead_id")
        self.open_lead(str(row.values[at]))

    def open_lead(self, lead_id: str) -> None:
        """Shows a lead in the drawer."""
        self._lead = lead_id
        self._context.ask(leads.lead_page, lead_id, self._context.now(), on_finished=self._show_lead)

    def _show_lead(self, found: LeadPage) -> None:
        sheet = self._make_sheet(found)
        self.sheet_opened.emit(found.lead.name, sheet, self._said(found))
        sheet.setFocus()

    def _tell_again(self) -> None:
        """The lead in the drawer, if it still is there, is read anew: what it shows may have changed."""
        old = self.sheet
        if old is not None and isValid(old):
            lead_id = old.found.lead.lead_id
            self._context.ask(
                leads.lead_page, lead_id, self._context.now(), on_finished=lambda found: self._renew(old, found)
            )

    def _renew(self, old: LeadSheet, found: LeadPage) -> None:
        if old is not self.sheet or not isValid(old) or found == old.found:
            return
        tab = old.tabs.currentIndex()
        sheet = self._make_sheet(found)
        sheet.tabs.setCurrentIndex(tab)
        self.sheet_renewed.emit(old, found.lead.name, sheet, self._said(found))

    def _said(self, found: LeadPage) -> str:
        return self.tr("Lead {}").format(found.lead.lead_id)

    def _make_sheet(self, found: LeadPage) -> LeadSheet:
        sheet = LeadSheet(found)
        sheet.record_opened.connect(self._opener.open)
        sheet.client_asked.connect(lambda key: self.page_requested.emit("clients", key))
        sheet.stage_asked.connect(lambda: self.page_requested.emit("board", (found.lead.lead_id, None)))
        sheet.loss_asked.connect(lambda: self._ask_loss(found))
        self.sheet = sheet
        self.paper.take(sheet, sheet.row, found.lead.name, self._said(found), lambda: lead_card(found))
        return sheet

    def _ask_loss(self, found: LeadPage) -> None:
        form = LossForm(found.lead.name, known_texts(found.loss), self)
        words = TypedWords(self._context, form, form, f"loss of lead {found.lead.lead_id}")
        if form.exec():
            self.explain_loss(found.lead.lead_id, form.texts, words)

    def explain_loss(self, lead_id: str, texts: dict[str, str], words: TypedWords | None = None) -> None:
        """Stores why a deal was lost and shows the lead as it is then."""
        now = self._context.now()
        self._context.ask(
            leads.explain_loss,
            lead_id,
            texts,
            previews.author_at(now),
            now.date(),
            on_finished=lambda changes: self._on_explained(changes, lead_id, words),
        )

    def _on_explained(self, changes: Changes, lead_id: str, words: TypedWords | None) -> None:
        if words is not None:
            words.settle()
        if changes.changed:
            self.book_changed.emit(changes)
            self.undo_offered.emit(self.tr("The reason is kept."))
        if self.sheet is None or not isValid(self.sheet) or self.sheet.found.lead.lead_id != lead_id:
            self.open_lead(lead_id)


def _open_stages() -> list[tuple[str, str]]:
    return [(key, label) for key, label in leads.LABELS.items() if key not in ("won", "lost")]
