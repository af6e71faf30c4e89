"""The work queue: who next and why, what to do and say, and what is held back; each outcome at one key.

Shows what it is handed and asks by signals; a lead put off comes back after an hour, on this computer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.core import phones
from desktop.services.live import Plan
from desktop.services.work_queue import Next
from desktop.views import theme
from desktop.views.pages.live import words
from desktop.views.pages.live.parts import Keys, make_table
from desktop.views.pages.live.words import say
from desktop.views.tables import Column, FilteredTable, Kind
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Card, Label, SectionTitle

PUT_OFF = timedelta(hours=1)
_PUT_OFF_KEY = "live.put_off"


class QueueTab(QWidget):
    """`called` (row, outcome), `finished` (row), `plan_asked` (row), `opened` (lead id)."""

    called = Signal(object, str)
    finished = Signal(object)
    plan_asked = Signal(object)
    opened = Signal(str)
    said = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._rows: Sequence[Next] = ()
        columns = [
            Column("kind", say("What"), Kind.TEXT, lambda one: words.kind(one.kind), width=76),
            Column("name", say("Lead"), Kind.TEXT, lambda one: one.name, width=150),
            Column("line", say("Line"), Kind.TEXT, lambda one: one.line, width=110),
            Column("phone", say("Phone"), Kind.TEXT, lambda one: phones.written(one.phone) or None, width=120),
            Column("premium", say("Premium"), Kind.MONEY, lambda one: one.premium),
            Column("why", say("Why it stands here"), Kind.TEXT, lambda one: one.why.split("\n")[0],
                   tooltip=lambda one: one.why),
        ]  # fmt: skip
        self.table = make_table(context, "live.queue", columns, say("Who next"))
        self.keys = Keys(self, [
            ("C", say("Talked"), lambda: self._call("connected")),
            ("V", say("Voicemail"), lambda: self._call("voicemail")),
            ("N", say("No Answer"), lambda: self._call("no_answer")),
            ("D", say("Done"), self._finish),
            ("S", say("Put Off 1 h"), self.put_off),
        ])  # fmt: skip
        self.back = Button("", "quiet", "undo")
        self.back.clicked.connect(self.bring_back)
        self._arrange()
        self.table.row_selected.connect(self._on_row_selected)
        self.table.row_activated.connect(lambda one: self.opened.emit(one.lead_id))

    def _arrange(self) -> None:
        look = theme.current()
        self.first = Label("", "section", strong=True, wrap=True)
        self.why = Label("", wrap=True)
        self.what = Label("", wrap=True)
        self.what.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.what.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.held = Label("", tone="near", wrap=True)
        card = Card()
        for one in (self.first, self.why, SectionTitle(say("What to do")), self.what, self.held):
            card.body.addWidget(one)
        card.body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(card)
        area.setMinimumWidth(look.px(300))
        area.setAccessibleName(say("The lead that is chosen"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(FilteredTable(self.table))
        split.addWidget(area)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 2)
        foot = QHBoxLayout()
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.back)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, look.unit(), 0, 0)
        lines.addWidget(split, 1)
        lines.addLayout(foot)

    def show_queue(self, rows: Sequence[Next]) -> None:
        """Shows these but for what was put off, the chosen lead still chosen."""
        self._rows = rows
        now, off = self._context.now(), self._put_off()
        shown = [one for one in rows if one.lead_id not in off or datetime.fromisoformat(off[one.lead_id]) <= now]
        chosen = self.table.selected_record
        self.table.records.set_rows(shown)
        hidden = len(rows) - len(shown)
        self.back.setVisible(hidden > 0)
        self.back.setText(say("Bring Back 1 Put Off") if hidden == 1 else say("Bring Back {} Put Off").format(hidden))
        if not any(self.table.select_record(wanted.__eq__) for wanted in (chosen, *shown[:1]) if wanted):
            self._on_row_selected(None)

    def show_plan(self, plan: Plan) -> None:
        """What is to be done on the lead that is chosen, and what the program holds back or sends itself."""
        row = self.table.selected_record
        if row is None or row.lead_id != plan.lead_id:
            return
        now = self._context.now()
        tasks = [f"{words.when(at, now)}  {what}" for at, what in plan.tasks]
        self.what.setText("\n\n".join(tasks) or say("Call, and enter how it ended by C, V or N."))
        self.held.setText("\n".join(_message(one, now) for one in plan.messages))

    def put_off(self) -> None:
        """Takes the lead that is chosen out of the queue for an hour."""
        row = self.table.selected_record
        if row is None:
            return
        until = self._context.now() + PUT_OFF
        self._context.state.write(_PUT_OFF_KEY, self._put_off() | {row.lead_id: until.isoformat()})
        self.said.emit(say("{} comes back at {}.").format(row.name, words.when(until, until)))
        self.show_queue(self._rows)

    def bring_back(self) -> None:
        """Shows again what was put off."""
        self._context.state.write(_PUT_OFF_KEY, {})
        self.show_queue(self._rows)

    def _put_off(self) -> dict[str, str]:
        """Until when (ISO) each lead is out of the queue; those that are back already are left out."""
        found = self._context.state.read(_PUT_OFF_KEY, {})
        now = self._context.now().isoformat()
        return {lead: until for lead, until in found.items() if until > now} if isinstance(found, dict) else {}

    def _call(self, outcome: str) -> None:
        row = self.table.selected_record
        if row is not None:
            self.called.emit(row, outcome)

    def _finish(self) -> None:
        row = self.table.selected_record
        if row is None:
            return
        if row.task is None:
            self.said.emit(say("There is no task to finish; enter how the call ended by C, V or N."))
            return
        self.finished.emit(row)

    def _on_row_selected(self, row: Next | None) -> None:
        self.what.setText("")
        self.held.setText("")
        if row is None:
            self.first.setText(say("Nothing is waiting."))
            self.why.setText(say("New leads, replies, follow-ups, quotes and x-dates come here by themselves."))
            return
        self.first.setText(row.name)
        self.why.setText(f"{words.kind(row.kind)}: {row.why.splitlines()[0]}")
        self.plan_asked.emit(row)


def _message(one: tuple[str, datetime, str | None], now: datetime) -> str:
    channel, first, error = one
    what = say("A text") if channel == "text" else say("An e-mail")
    if error:
        return say("{} did not go: {}").format(what, error)
    if first > now:
        return say("{} waits until {}: quiet hours where the lead lives.").format(what, words.when(first, now))
    return say("{} goes out by itself with the next round.").format(what)
