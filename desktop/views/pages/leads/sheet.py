"""One lead in the drawer: where it stands, what to do next, its way, its dealings, and where each came from.

Knows the service's record; storing and opening others is the page's business.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import phones
from desktop.services.leads import LeadPage
from desktop.views import theme
from desktop.views.dialogs.history import dealing_words, history_table, moment_words, place_words
from desktop.views.dialogs.record import heading
from desktop.views.tables import Column, Kind, formats
from desktop.views.theme import Status
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.labels import Card, Label
from desktop.views.widgets.naming import NamedTabs


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Lead", text)


class LeadSheet(QWidget):
    """Everything on a lead. `record_opened` carries (table, key, title), `client_asked` the client's key.

    `stage_asked` and `loss_asked` ask to move the lead on, and to say why it was lost.
    """

    record_opened = Signal(str, str, str)
    client_asked = Signal(str)
    loss_asked = Signal()
    stage_asked = Signal()

    def __init__(self, found: LeadPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        look = theme.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look.unit())
        lines.addWidget(self._standing())
        lines.addLayout(self._facts())
        lines.addLayout(self._buttons())
        tabs = NamedTabs(say("History of the lead"))
        tabs.addTab(self._events(), say("Dealings ({})").format(len(found.events)))
        tabs.addTab(self._way(), say("Stages ({})").format(len(found.stays)))
        tabs.addTab(self._owners(), say("Owners ({})").format(len(found.owners)))
        self.tabs = tabs
        lines.addWidget(tabs, 1)
        self.setFocusProxy(self.record)

    def _standing(self) -> Card:
        found, card = self.found, Card()
        row = QHBoxLayout()
        stage = say("{stage} for {days}").format(stage=found.label, days=_days(found.days))
        if found.stage in ("won", "lost"):
            stage = say("{stage} on {day}").format(stage=found.label, day=moment_words(found.since))
        row.addWidget(Label(stage, "section"), 1)
        if found.late is not None:
            row.addWidget(StatusChip(Status.BAD, say("{} late").format(_days(found.late))))
        card.body.addLayout(row)
        if found.lead.merged_into:
            card.body.addWidget(
                Label(say("Merged into lead {}.").format(found.lead.merged_into), tone="quiet", wrap=True)
            )
        card.body.addWidget(Label(say("Next: {}").format(found.action), strong=True, wrap=True))
        if found.stage == "lost":
            reason = found.lead.lost_reason
            said = (
                say("Lost for: {}.").format(heading(reason).lower())
                if reason
                else say("Nobody has said why it was lost.")
            )
            more = _loss_words(found.loss)
            card.body.addWidget(Label(" ".join((said, *more)), tone="quiet" if reason else "bad", wrap=True))
        return card

    def _facts(self) -> QGridLayout:
        lead, owner = self.found.lead, self.found.owner
        place = " ".join(part for part in (lead.state, lead.zip) if part)
        facts = (
            (say("Owner"), owner.name if owner is not None and owner.name else say("nobody")),
            *([(say("Given because"), owner.why)] if owner is not None and owner.why else []),
            (say("Phone"), phones.written(lead.phone)),
            (say("E-mail"), lead.email),
            (say("Place"), place),
            (say("Line"), lead.line),
            (say("Source"), lead.source),
            (say("Premium"), formats.money(lead.premium) if lead.premium is not None else None),
            (say("Present policy runs out"), formats.day(date.fromisoformat(lead.x_date)) if lead.x_date else None),
            (say("Received"), moment_words(lead.received_at)),
            (say("From"), place_words(lead.origin)),
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
        row = QHBoxLayout()
        lead = self.found.lead
        self.record = Button(say("All Fields…"), icon="edit")
        self.record.clicked.connect(lambda: self.record_opened.emit("leads", lead.key, lead.name))
        row.addWidget(self.record)
        if self.found.stage not in ("won", "lost") and not lead.merged_into:
            self.stage = Button(say("Move On…"), icon="columns")
            self.stage.setToolTip(say("Shows the lead on the stage board, where it is moved to its next stage."))
            self.stage.clicked.connect(self.stage_asked)
            row.addWidget(self.stage)
        if self.found.stage == "lost":
            self.loss = Button(say("Why Lost…"), icon="lost")
            self.loss.clicked.connect(self.loss_asked)
            row.addWidget(self.loss)
        client = self.found.client
        if client is not None:
            self.client = Button(say("Client…"), icon="person")
            self.client.clicked.connect(lambda: self.client_asked.emit(client[0]))
            row.addWidget(self.client)
        row.addStretch(1)
        self.row = row
        return row

    # --- tables ------------------------------------------------------------------------------------------------------

    def _events(self) -> QWidget:
        columns = [
            Column(
                "at", say("When"), Kind.DATETIME, lambda one: _native(one.at), text=lambda one: moment_words(one.at)
            ),
            Column("what", say("What"), Kind.TEXT, lambda one: dealing_words(one.table, one.what)),
            Column("detail", say("Detail"), Kind.TEXT, lambda one: one.detail or None),
            Column("amount", say("Premium"), Kind.MONEY, lambda one: one.amount),
            Column("who", say("Who"), Kind.TEXT, lambda one: one.producer),
            Column("origin", say("Where from"), Kind.TEXT, lambda one: place_words(one.origin), width=180),
        ]
        nothing = say("Nobody has dealt with this lead yet: no call, message, meeting, quote or policy is known.")
        table, self.events = history_table("lead.events", say("Dealings"), columns, self.found.events, nothing)
        self.events.row_activated.connect(
            lambda one: self.record_opened.emit(one.table, one.key, dealing_words(one.table, one.what))
        )
        return table

    def _way(self) -> QWidget:
        columns = [
            Column("stage", say("Stage"), Kind.TEXT, lambda one: heading(one.stage)),
            Column(
                "entered", say("Entered"), Kind.DATETIME, lambda one: _native(one.entered_at),
                text=lambda one: moment_words(one.entered_at) + (say(" (date assumed)") if one.assumed else ""),
            ),
            Column("days", say("Days"), Kind.COUNT, lambda one: _spent(one.entered_at, one.left_at)),
            Column(
                "origin", say("Where from"), Kind.TEXT,
                lambda one: place_words(one.origin) if one.origin is not None else say("the lead itself"), width=180,
            ),
        ]  # fmt: skip
        nothing = say("No stage of this lead is known.")
        table, self.way = history_table("lead.way", say("Stages"), columns, self.found.stays, nothing)
        self.way.row_activated.connect(self._on_stage_activated)
        return table

    def _owners(self) -> QWidget:
        columns = [
            Column("name", say("Owner"), Kind.TEXT, lambda one: one.name or say("nobody")),
            Column("from", say("From"), Kind.TEXT, lambda one: moment_words(one.from_at)),
            Column("to", say("To"), Kind.TEXT, lambda one: moment_words(one.to_at) if one.to_at else say("now")),
            Column(
                "why", say("Why"), Kind.TEXT, lambda one: one.why, tooltip=lambda one: one.why,
                why=_why_unsaid, width=420,
            ),
        ]  # fmt: skip
        nothing = say("Nobody has had this lead yet.")
        table, self.owners = history_table("lead.owners", say("Owners"), columns, self.found.owners, nothing)
        return table

    def _on_stage_activated(self, one: Any) -> None:
        if one.key is not None:
            self.record_opened.emit("stages", one.key, heading(one.stage))


def _days(number: int) -> str:
    return say("1 day") if number == 1 else say("{} days").format(f"{number:,}")


def _native(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _spent(entered: str, left: str | None) -> int | None:
    return None if left is None else max((_native(left) - _native(entered)).days, 0)


def _why_unsaid(one: Any) -> str:
    if one.name is None:
        return say("Nobody had it then.")
    return say("Not given by routing: it came so in a file, or was given by hand.")


def _loss_words(loss: Any) -> list[str]:
    """What else is known of a loss, a sentence each."""
    won_by = say(", ").join(one for one in (loss.competing_agency, loss.competing_carrier) if one)
    said = [say("Won by {}.").format(won_by)] if won_by else []
    gap = loss.price_difference
    if gap:
        words = say("Ours was {} dearer.") if gap > 0 else say("Ours was {} cheaper.")
        said.append(words.format(formats.money(abs(gap))))
    could = {
        "yes": say("It could have been won."),
        "maybe": say("Perhaps it could have been won."),
        "no": say("It could not have been won."),
    }
    if loss.winnable in could:
        said.append(could[loss.winnable])
    if loss.would_change:
        said.append(say("To change: {}").format(loss.would_change))
    return said
