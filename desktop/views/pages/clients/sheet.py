"""One client in the drawer: what it has with the agency, what it had, its leads, and who dealt with it.

Knows the service's record; opening others is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from desktop.core import phones
from desktop.services.clients import ClientPage, Term
from desktop.views import theme
from desktop.views.dialogs.record import heading
from desktop.views.dialogs.records import origin_words
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Card, Label


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Client", text)


def _moment(text: str) -> str:
    return formats.day(date.fromisoformat(text)) if len(text) == 10 else formats.moment(datetime.fromisoformat(text))


class ClientSheet(QWidget):
    """Everything on a client. `record_opened` carries (table, key, title), `lead_asked` a lead's id."""

    record_opened = Signal(str, str, str)
    lead_asked = Signal(str)

    def __init__(self, found: ClientPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addWidget(self._standing())
        lines.addLayout(self._facts())
        lines.addLayout(self._buttons())
        tabs = QTabWidget()
        tabs.tabBar().setDrawBase(False)
        tabs.setAccessibleName(say("History of the client"))
        tabs.addTab(self._terms(), say("Policies ({})").format(len(found.terms)))
        tabs.addTab(self._leads(), say("Leads ({})").format(len(found.leads)))
        tabs.addTab(self._contacts(), say("Dealings ({})").format(len(found.contacts)))
        lines.addWidget(tabs, 1)
        self.setFocusProxy(self.record)

    def _standing(self) -> Card:
        found, card = self.found, Card()
        words = say("1 policy in force") if found.policies == 1 else say("{} policies in force").format(found.policies)
        card.body.addWidget(Label(words if found.policies else say("No policy in force"), "section"))
        if found.policies:
            money = say("{premium} of annual premium, {commission} of commission")
            said = money.format(premium=formats.money(found.premium), commission=formats.money(found.commission))
            card.body.addWidget(Label(said, strong=True, wrap=True))
        return card

    def _facts(self) -> QGridLayout:
        client = self.found.client
        place = " ".join(part for part in (client.state, client.zip) if part)
        origin = client.origin
        facts = (
            (say("Phone"), phones.written(client.phone)),
            (say("E-mail"), client.email),
            (say("Place"), place),
            (say("Producer"), client.producer),
            (say("Service"), client.csr),
            (say("Client since"), formats.day(self.found.since) if self.found.since else None),
            (say("Number"), client.client_id),
            (say("From"), origin_words(origin.file, origin.sheet, origin.line, origin.entered)),
        )
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(theme.current().px(2))
        for row, (name, value) in enumerate(facts):
            grid.addWidget(Label(name, tone="quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            text = Label(value or formats.EM_DASH, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text, row, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        client = self.found.client
        self.record = Button(say("All Fields…"), icon="edit")
        self.record.clicked.connect(lambda: self.record_opened.emit("clients", client.key, client.name))
        row = QHBoxLayout()
        row.addWidget(self.record)
        row.addStretch(1)
        self.row = row
        return row

    def _terms(self) -> FilteredTable:
        columns = [
            Column("number", say("Policy"), Kind.TEXT, lambda one: one.number),
            Column("line", say("Line"), Kind.TEXT, lambda one: one.line),
            Column("state", say("Now"), Kind.TEXT, self._state),
            Column("effective", say("From"), Kind.DATE, lambda one: one.effective_on),
            Column("over", say("To"), Kind.DATE, lambda one: one.over),
            Column("premium", say("Premium"), Kind.MONEY, lambda one: one.premium),
            Column("commission", say("Commission"), Kind.MONEY, lambda one: one.commission),
            Column("carrier", say("Carrier"), Kind.TEXT, lambda one: one.carrier),
            Column("transaction", say("Kind"), Kind.TEXT, lambda one: heading(one.transaction)),
            Column("producer", say("Producer"), Kind.TEXT, lambda one: one.producer_name),
            Column("origin", say("Where from"), Kind.TEXT, lambda one: origin_words(
                one.origin.file, one.origin.sheet, one.origin.line, one.origin.entered), width=180),
        ]  # fmt: skip
        table, self.terms = _table("client.terms", say("Policies"), columns, self.found.terms)
        self.terms.row_activated.connect(lambda one: self.record_opened.emit("policies", one.key, one.number))
        return table

    def _state(self, term: Term) -> str:
        if term.in_force(self.found.day):
            return say("in force")
        if term.effective_on > self.found.day:
            return say("to come")
        return say("ended: {}").format(term.end_reason) if term.ended_on and term.end_reason else say("over")

    def _leads(self) -> FilteredTable:
        columns = [
            Column("name", say("Lead"), Kind.TEXT, lambda one: one.name),
            Column("stage", say("Stage"), Kind.TEXT, lambda one: heading(one.stage) if one.stage else None),
            Column("line", say("Line"), Kind.TEXT, lambda one: one.line),
            Column("received", say("Received"), Kind.TEXT, lambda one: _moment(one.received_at)),
        ]
        table, self.leads = _table("client.leads", say("Leads"), columns, self.found.leads)
        self.leads.row_activated.connect(lambda one: self.lead_asked.emit(one.lead_id))
        return table

    def _contacts(self) -> FilteredTable:
        columns = [
            Column("at", say("When"), Kind.TEXT, lambda one: _moment(one.at)),
            Column("what", say("What"), Kind.TEXT, lambda one: heading(one.what)),
            Column("detail", say("Detail"), Kind.TEXT, lambda one: one.detail or None),
            Column("who", say("Who"), Kind.TEXT, lambda one: one.producer),
        ]
        table, self.contacts = _table("client.contacts", say("Dealings"), columns, self.found.contacts)
        self.contacts.row_activated.connect(lambda one: self.record_opened.emit(one.table, one.key, heading(one.what)))
        return table


def _table(
    name: str, said: str, columns: Sequence[Column], rows: Sequence[object]
) -> tuple[FilteredTable, RecordTableView]:
    model = RecordTableModel(columns)
    view = RecordTableView(model, name)
    model.setParent(view)
    view.setAccessibleName(said)
    model.set_rows(list(rows))
    return FilteredTable(view), view
