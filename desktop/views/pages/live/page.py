"""The live page: today's leads, who is next, what needs attention, speed, and a lead typed in.

Wiring alone: figures come from the services, each tab shows its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.services import live, previews, routing, sending, speed, work_queue
from desktop.services.edits import Changes
from desktop.services.live import Live, LiveLead, Trouble
from desktop.services.work_queue import Next
from desktop.views import theme
from desktop.views.dialogs.answering import TypedWords
from desktop.views.dialogs.long_list import ListStack
from desktop.views.pages.live.attention import AttentionTab
from desktop.views.pages.live.board import BoardTab
from desktop.views.pages.live.entry import EntryTab
from desktop.views.pages.live.giving import GiveDialog
from desktop.views.pages.live.parts import Keys, Tabs
from desktop.views.pages.live.queue import QueueTab
from desktop.views.pages.live.speed import SpeedTab
from desktop.views.tables import RecordTableView, formats
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group
from desktop.views.widgets.view_state import FILES_ASKING

_ME = "live.producer"
NOTICES = (("live.notices.window", True), ("live.notices.desktop", True), ("live.ladder", True))
"""What the window remembers of notices and the ladder, and what holds until the user says otherwise."""
BOARD, QUEUE, ATTENTION, SPEED, ENTRY = range(5)


class LivePage(Page):
    """Leads as they come in."""

    key = "live"
    group = Group.LEADS
    icon_name = "clock"

    filled = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Live Board"))
        self._context = context
        self.found: Live | None = None
        self.producer = QComboBox()
        self.producer.setAccessibleName(self.tr("I work as"))
        self.producer.setToolTip(self.tr("Whose queue is shown, and who takes a lead"))
        self.producer.addItem(self.tr("Everybody"), "")
        self.header.add_slot(self.producer)
        self.notices = self._notice_menu()
        self.header.add_slot(self.notices)
        self.header.set_main_button(self.tr("New Lead"), "plus").clicked.connect(self.type_lead)
        self.board = BoardTab(context)
        self.queue = QueueTab(context)
        self.attention = AttentionTab(context)
        self.speed = SpeedTab(context)
        self.typing = EntryTab(context)
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Reads board, queue and troubles at this moment."""
        now = self._context.now()
        self._context.ask(live.live, now, on_finished=self._on_live_read)
        self._read_queue()
        self._context.ask(live.attention, now, on_finished=self._on_attention_read)
        self._context.ask(speed.advise, now, on_finished=self.speed.show_advice)
        self.typing.refresh()

    def arrive(self, argument: object) -> None:
        """queue, attention, speed or new; anything else is the board. ("queue", code): as whom, "" for everybody."""
        if isinstance(argument, tuple):
            self._work_as(str(argument[1]))
            return
        places = {"queue": QUEUE, "attention": ATTENTION, "speed": SPEED, "new": ENTRY}
        self.tabs.setCurrentIndex(places.get(str(argument), BOARD))

    def type_lead(self) -> None:
        """Shows the form, ready to type."""
        self.stack.setCurrentWidget(self.tabs)
        self.tabs.setCurrentIndex(ENTRY)
        self.typing.fields["first_name"].setFocus()

    # --- paper -------------------------------------------------------------------------------------------------------

    @property
    def current(self) -> RecordTableView:
        """The table in sight; where none is, that of the board."""
        tables = {QUEUE: self.queue.table, ATTENTION: self.attention.table, SPEED: self.speed.speeds}
        return tables.get(self.tabs.currentIndex(), self.board.leads)

    def export_actions(self) -> list[tuple[str, str]]:
        """The table in sight."""
        return [("table", self.tr("This List…"))]

    def export(self, key: str) -> None:
        """Asks where to and writes the table in sight, as a printed page or a sheet."""
        from desktop.views.dialogs.printing import ask_target, save_table

        target = ask_target(self, self.tr("Save the list"), "live-board")
        if target is not None:
            saved = self.tr("Saved {}").format(target.name)
            save_table(
                self._context, self.current, self.current.accessibleName(), self._subtitle(), target,
                lambda _: self.status_message.emit(saved),
            )  # fmt: skip

    def print_page(self) -> bool:
        """Prints the table in sight."""
        from desktop.views.dialogs.printing import print_table

        if self.found is None:
            return False
        return print_table(self._context, self.current, self.current.accessibleName(), self._subtitle(), self)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """Each tab."""
        names = ("live", "live-queue", "live-attention", "live-speed", "live-new-lead")
        return [(name, lambda at=at: self.tabs.setCurrentIndex(at)) for at, name in enumerate(names)]  # type: ignore[misc]

    def _subtitle(self) -> str:
        return f"{self.producer.currentText()}, {formats.moment(self._context.now())}"

    # --- layout ------------------------------------------------------------------------------------------------------

    def _notice_menu(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Notices"))
        button.setAccessibleName(self.tr("Notices and the ladder"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        titles = (
            self.tr("Say in the window what falls due"),
            self.tr("Say it on the desktop too"),
            self.tr("Carry out the ladder on this computer"),
        )
        for (key, usual), title in zip(NOTICES, titles, strict=True):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(bool(self._context.state.read(key, usual)))
            action.toggled.connect(lambda on, key=key: self._context.state.write(key, on))
        button.setMenu(menu)
        return button

    def _arrange(self) -> None:
        board = QWidget()
        lines = QVBoxLayout(board)
        lines.setContentsMargins(0, 0, 0, 0)
        self.keys = Keys(board, [
            ("C", self.tr("Talked"), lambda: self._call_chosen("connected")),
            ("V", self.tr("Voicemail"), lambda: self._call_chosen("voicemail")),
            ("N", self.tr("No Answer"), lambda: self._call_chosen("no_answer")),
            ("T", self.tr("Take"), self.take),
            ("G", self.tr("Give To…"), self._ask_whom),
        ])  # fmt: skip
        lines.addWidget(self.board, 1)
        lines.addWidget(self.keys)
        self.tabs = Tabs(self.tr("Live board"))
        for widget, title in (
            (board, self.tr("Today")), (self.queue, self.tr("Who Next")),
            (self.attention, self.tr("Needs Attention")), (self.speed, self.tr("Speed")),
            (self.typing, self.tr("New Lead")),
        ):  # fmt: skip
            self.tabs.addTab(widget, title)
        self.empty = EmptyState(
            "clock",
            self.tr("No leads yet"),
            self.tr("Type the first lead, or import leads, and see here who has each and how long it waits."),
            self.tr("Type a Lead"),
        )
        self.stack = ListStack(self.tabs, self.empty)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.empty.acted.connect(self.type_lead)
        self.producer.activated.connect(lambda _: self._on_producer_chosen())
        self.board.leads.row_activated.connect(lambda one: self.page_requested.emit("leads", one.lead_id))
        self.board.people.row_activated.connect(lambda one: self._work_as(one.code))
        self.queue.opened.connect(lambda lead: self.page_requested.emit("leads", lead))
        self.queue.called.connect(self._on_called)
        self.queue.finished.connect(self._on_finished)
        self.queue.plan_asked.connect(self._on_plan_asked)
        self.queue.said.connect(self.status_message)
        self.attention.opened.connect(self._on_trouble_opened)
        self.attention.again_asked.connect(self._on_again_asked)
        self.attention.routing_asked.connect(self._route)
        self.attention.duplicates_asked.connect(lambda: self.page_requested.emit("duplicates", None))
        self.typing.kept.connect(lambda kept: self.book_changed.emit(kept.changes))

    # --- reading -----------------------------------------------------------------------------------------------------

    def _read_queue(self) -> None:
        code = str(self._context.state.read(_ME, "") or "") or None
        self._context.ask(live.queue_of, self._context.now(), code, on_finished=self._on_queue_read)

    def _on_live_read(self, found: Live) -> None:
        self.found = found
        chosen = str(self._context.state.read(_ME, "") or "")
        self.producer.blockSignals(True)
        while self.producer.count() > 1:
            self.producer.removeItem(1)
        for code, name in found.producers:
            self.producer.addItem(name, code)
        self.producer.setCurrentIndex(max(self.producer.findData(chosen), 0))
        self.producer.blockSignals(False)
        self.board.show_live(found)
        self.speed.show_live(found)
        self._show_stack()
        for letter in "CVNTG":
            self.keys.buttons[letter].setEnabled(bool(found.leads))
        self.filled.emit()

    def _show_stack(self) -> None:
        """The tabs where there is anything at all, or something is being typed."""
        if self.found is None:
            return
        board, week = self.found.board, self.found.week
        full = bool(self.found.leads or board.rows or week.leads) or self.tabs.currentIndex() == ENTRY
        self.stack.show_full(full)

    def _on_queue_read(self, rows: tuple[Next, ...]) -> None:
        self.queue.show_queue(rows)
        self.tabs.setTabText(QUEUE, self.tr("Who Next ({})").format(len(rows)) if rows else self.tr("Who Next"))

    def _on_attention_read(self, rows: tuple[Trouble, ...]) -> None:
        rows = (*live.unread(self._context.state.read(FILES_ASKING, [])), *rows)
        self.attention.show_troubles(rows)
        title = self.tr("Needs Attention ({})").format(len(rows)) if rows else self.tr("Needs Attention")
        self.tabs.setTabText(ATTENTION, title)

    def _on_plan_asked(self, row: Next) -> None:
        self._context.ask(live.plan, row.lead_id, on_finished=self.queue.show_plan)

    def _on_producer_chosen(self) -> None:
        self._context.state.write(_ME, str(self.producer.currentData()))
        self._read_queue()

    def _work_as(self, code: str) -> None:
        self.producer.setCurrentIndex(max(self.producer.findData(code), 0))
        self._on_producer_chosen()
        self.tabs.setCurrentIndex(QUEUE)

    # --- acting ------------------------------------------------------------------------------------------------------

    def _chosen(self) -> LiveLead | None:
        found: LiveLead | None = self.board.leads.selected_record
        return found

    def _call_chosen(self, outcome: str) -> None:
        row = self._chosen()
        if row is not None:
            self._log_call(row.lead_id, row.owner, outcome, None)

    def _on_called(self, row: Next, outcome: str) -> None:
        self._log_call(row.lead_id, row.producer, outcome, row.task)

    def _log_call(self, lead_id: str, owner: str | None, outcome: str, task: str | None) -> None:
        who = str(self.producer.currentData()) or owner
        if not who:
            self.messages.show_message(
                theme.Status.NEAR, self.tr("Nobody has this lead yet."),
                self.tr("Choose at the top as whom you work, or give the lead to somebody first."),
            )  # fmt: skip
            return
        now = self._context.now()
        self._context.ask(
            work_queue.log_call, lead_id, who, outcome, now, previews.author_at(now), task,
            on_finished=lambda changes: self._on_changed(changes, self.tr("The call is entered.")),
        )  # fmt: skip

    def _on_finished(self, row: Next) -> None:
        self._context.ask(
            work_queue.finish, row.task, self._context.now(),
            on_finished=lambda _: self._settled(self.tr("The task of {} is done.").format(row.name)),
        )  # fmt: skip

    def take(self) -> None:
        """Gives the lead that is chosen to whoever works here."""
        row, code = self._chosen(), str(self.producer.currentData())
        if row is None:
            return
        if not code:
            self.messages.show_message(
                theme.Status.NEAR, self.tr("Who takes it?"), self.tr("Choose at the top as whom you work.")
            )
            self.producer.setFocus()
            return
        self.give(row.lead_id, code, self.tr("taken from the live board"))

    def _ask_whom(self) -> None:
        row = self._chosen()
        if row is None or self.found is None:
            return
        people = [one for one in self.found.producers if one[0] != row.owner]
        dialog = GiveDialog(row.name, people, self)
        words = TypedWords(self._context, dialog, dialog, f"giving {row.lead_id}")
        if dialog.exec():
            self.give(row.lead_id, dialog.producer, dialog.reason, words)

    def give(self, lead_id: str, code: str, reason: str, words: TypedWords | None = None) -> None:
        """Gives a lead to a producer by hand, for a reason."""
        now = self._context.now()
        self._context.ask(
            live.give, lead_id, code, reason, now, previews.author_at(now),
            on_finished=lambda changes: self._on_given(changes, words),
        )  # fmt: skip

    def _on_given(self, changes: Changes, words: TypedWords | None) -> None:
        if words is not None:
            words.settle()
        self._on_changed(changes, self.tr("The lead changed hands."))

    def _on_changed(self, changes: Changes, said: str) -> None:
        self.messages.clear()
        self.book_changed.emit(changes)
        self.undo_offered.emit(said)

    def _settled(self, said: str) -> None:
        self.status_message.emit(said)
        self.mark_stale()

    def _on_trouble_opened(self, row: Trouble) -> None:
        if row.kind == live.UNREAD_FILE:
            self.page_requested.emit("import", None)
        else:
            self.page_requested.emit("leads", row.lead_id)

    def _on_again_asked(self, key: str) -> None:
        self._context.ask(
            sending.try_again, key, self._context.now(),
            on_finished=lambda _: self._settled(self.tr("It goes out with the next round.")),
        )  # fmt: skip

    def _route(self) -> None:
        now = self._context.now()
        self._context.ask(
            routing.route, now, previews.author_at(now), on_finished=self._on_routed, label=self.tr("Routing leads")
        )

    def _on_routed(self, outcome: routing.Outcome) -> None:
        many = len(outcome.assignments)
        said = self.tr("1 lead routed.") if many == 1 else self.tr("{} leads routed.").format(many)
        self._on_changed(Changes(said, bool(many)), said)

    # --- what the clock did ------------------------------------------------------------------------------------------

    def say_missed(self, what: str, lines: list[str]) -> None:
        """Says what was carried out late, since the program was closed."""
        shown = lines[:6]
        if len(lines) > len(shown):
            shown.append(self.tr("And {} more.").format(len(lines) - len(shown)))
        self.messages.show_message(theme.Status.NEAR, what, "\n".join(shown))
