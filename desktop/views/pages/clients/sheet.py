"""One client in the drawer: what it has with the agency, what it had, its leads, and who dealt with it.

Knows the service's record; opening others is the page's business.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import phones
from desktop.services.clients import MOST_CONTACTS, ClientPage, Term
from desktop.views import theme
from desktop.views.dialogs.history import dealing_words, history_table, moment_words, place_words
from desktop.views.dialogs.record import heading
from desktop.views.tables import Column, Kind, formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Card, Label
from desktop.views.widgets.naming import NamedTabs


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Client", text)


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
        tabs = NamedTabs(say("History of the client"))
        tabs.addTab(self._terms(), say("Policies ({})").format(len(found.terms)))
        tabs.addTab(self._leads(), say("Leads ({})").format(len(found.leads)))
        tabs.addTab(self._contacts(), self._contacts_title())
        self.tabs = tabs
        lines.addWidget(tabs, 1)
        self.setFocusProxy(self.record)

    def _standing(self) -> Card:
        found, card = self.found, Card()
        words = say("1 policy in force") if found.policies == 1 else say("{} policies in force").format(found.policies)
        card.body.addWidget(Label(words if found.policies else say("No policy in force"), "section"))
        if found.policies:
            words = say("{premium} of annual premium, {commission} of commission")
            money = words if found.commission else say("{premium} of annual premium; no commission is known")
            said = money.format(premium=formats.money(found.premium), commission=formats.money(found.commission))
            card.body.addWidget(Label(said, strong=True, wrap=True))
        return card

    def _facts(self) -> QGridLayout:
        client = self.found.client
        place = " ".join(part for part in (client.state, client.zip) if part)
        facts = (
            (say("Phone"), phones.written(client.phone)),
            (say("E-mail"), client.email),
            (say("Place"), place),
            (say("Producer"), client.producer),
            (say("Service"), client.csr),
            (say("Client since"), formats.day(self.found.since) if self.found.since else None),
            (say("Number"), client.client_id),
            (say("From"), place_words(client.origin)),
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

    def _terms(self) -> QWidget:
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
            Column("origin", say("Where from"), Kind.TEXT, lambda one: place_words(one.origin), width=180),
        ]  # fmt: skip
        nothing = say("No policy of this client is in the book.")
        table, self.terms = history_table("client.terms", say("Policies"), columns, self.found.terms, nothing)
        self.terms.row_activated.connect(lambda one: self.record_opened.emit("policies", one.key, one.number))
        return table

    def _contacts_title(self) -> str:
        many = len(self.found.contacts)
        words = say("Dealings (newest {})") if many == MOST_CONTACTS else say("Dealings ({})")
        return words.format(f"{many:,}")

    def _state(self, term: Term) -> str:
        if term.in_force(self.found.day):
            return say("in force")
        if term.effective_on > self.found.day:
            return say("to come")
        return say("ended: {}").format(term.end_reason) if term.ended_on and term.end_reason else say("over")

    def _leads(self) -> QWidget:
        columns = [
            Column("name", say("Lead"), Kind.TEXT, lambda one: one.name),
            Column("stage", say("Stage"), Kind.TEXT, lambda one: heading(one.stage) if one.stage else None),
            Column("line", say("Line"), Kind.TEXT, lambda one: one.line),
            Column("received", say("Received"), Kind.TEXT, lambda one: moment_words(one.received_at)),
        ]
        nothing = say("No lead became a policy of this client, or carries its phone or e-mail.")
        table, self.leads = history_table("client.leads", say("Leads"), columns, self.found.leads, nothing)
        self.leads.row_activated.connect(lambda one: self.lead_asked.emit(one.lead_id))
        return table

    def _contacts(self) -> QWidget:
        columns = [
            Column("at", say("When"), Kind.TEXT, lambda one: moment_words(one.at)),
            Column("what", say("What"), Kind.TEXT, lambda one: dealing_words(one.table, one.what)),
            Column("detail", say("Detail"), Kind.TEXT, lambda one: one.detail or None),
            Column("amount", say("Premium"), Kind.MONEY, lambda one: one.amount),
            Column("who", say("Who"), Kind.TEXT, lambda one: one.producer),
            Column("origin", say("Where from"), Kind.TEXT, lambda one: place_words(one.origin), width=180),
        ]
        nothing = say("No call, message, meeting or quote for this client is known.")
        table, self.contacts = history_table("client.contacts", say("Dealings"), columns, self.found.contacts, nothing)
        self.contacts.row_activated.connect(
            lambda one: self.record_opened.emit(one.table, one.key, dealing_words(one.table, one.what))
        )
        return table
