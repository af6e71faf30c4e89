"""The weekly 1:1: the list of meetings at the left, the agenda with its clock, each item's numbers, notes beside them.

Wiring alone: numbers come from a service. What is typed is held at once and kept at each pause.
Keys: Alt+Down and Alt+Up go through the agenda, F9 starts and pauses the clock, Ctrl+Return ends the meeting as held.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QListWidgetItem, QStackedWidget, QWidget

from desktop.core import periods
from desktop.core.meetings import AGENDA, Meeting
from desktop.services import meetings, previews
from desktop.services.edits import Changes
from desktop.services.meetings import Desk, Sheet
from desktop.services.reporting import Asked
from desktop.views import theme
from desktop.views.dialogs.line import LineDialog, ask_line
from desktop.views.pages.plans.meeting_view import CODE, MeetingView
from desktop.views.pages.plans.meeting_words import clear, marked_line
from desktop.views.pages.plans.numbers import lines_of
from desktop.views.pages.plans.parts import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Label
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group
from desktop.views.widgets.week_picker import WeekPicker

PAUSE_MS = 600
HOLD_MS = 100
"""The longest that a typed letter is on the screen alone."""
CLOCK_HELD_EVERY_S = 3
_AGENDA = "meeting-agenda"


class MeetingsPage(Page):
    """Hold the weekly 1:1, and see which were held."""

    key = "meetings"
    group = Group.PLANS
    icon_name = "clock"

    def __init__(self, context: PageContext) -> None:
        super().__init__(say("1:1 Meetings"))
        self._context = context
        (last,) = periods.full_weeks_before(context.now(), 1)
        self.picker = WeekPicker(last)
        self.header.add_slot(self.picker)
        self.skip_button = Button(say("Skip…"))
        self.header.add_slot(self.skip_button)
        self.held_button = self.header.set_main_button(say("End as Held"), "check")
        self.producer: str | None = None
        self.sheet: Sheet | None = None
        self._desk: Desk | None = None
        self.meeting = Meeting()
        self._item = 0
        self._question = 0
        self._version = 0
        self._filling = False
        self._dirty = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(self._hold_typed)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        self._clock = QElapsedTimer()
        self._arrange()
        self._connect()

    @property
    def week(self) -> str:
        """The ISO week that the meetings look at."""
        return periods.week_name(self.picker.week)

    def refresh(self) -> None:
        """Reads the list and the open meeting anew."""
        self._question += 1
        number, version = self._question, self._version
        self._context.ask(
            meetings.open_desk, self.week, self.producer, self._context.now(),
            on_finished=lambda desk: self._on_read(desk, number, version), label=say("Preparing the meeting"),
        )  # fmt: skip

    def arrive(self, argument: object) -> None:
        """A producer's code, or a week."""
        self.flush()
        if isinstance(argument, str):
            self.producer = argument
        elif isinstance(argument, periods.Period):
            self.picker.set_week(periods.week_of(argument.start))
        self.mark_stale()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing typed is lost when the page is left or the window closed."""
        self.flush()
        self._hold.stop()
        if self._tick.isActive():
            self._hold_typed()
        super().hideEvent(event)

    # --- layout ------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.view = MeetingView()
        self.list, self.items, self.notes = self.view.list, self.view.items, self.view.notes
        self.priorities, self.clock_button = self.view.priorities, self.view.clock_button
        self.empty = EmptyState(
            "clock",
            say("Nobody to meet"),
            say("Nobody was employed as a producer in this week. Import a list of producers, or choose another week."),
            say("Import Exports"),
        )
        self.stack = QStackedWidget()
        for widget in (QWidget(), self.empty, self.view):
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.picker.week_changed.connect(lambda _week: self._on_week_changed())
        self.list.currentItemChanged.connect(self._on_person_changed)
        self.items.currentRowChanged.connect(self._on_item_changed)
        self.notes.textChanged.connect(self._on_notes_changed)
        for line in self.priorities:
            line.textEdited.connect(lambda _text: self._touch())
            line.editingFinished.connect(self.flush)
        self.clock_button.clicked.connect(self.toggle_clock)
        self.held_button.clicked.connect(self.end_meeting)
        self.skip_button.clicked.connect(self._on_skip_clicked)
        self.empty.acted.connect(self.import_requested)
        theme.current().changed.connect(self._on_theme_changed)
        for keys, call in (
            ("Alt+Down", lambda: self.go(1)),
            ("Alt+Up", lambda: self.go(-1)),
            ("F9", self.toggle_clock),
            ("Ctrl+Return", self.end_meeting),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)
        self.held_button.setToolTip(say("Ctrl+Return"))
        self.items.setToolTip(say("Alt+Down and Alt+Up go through the agenda."))

    # --- reading -----------------------------------------------------------------------------------------------------

    def _on_read(self, desk: Desk, number: int, version: int) -> None:
        """Shows what was read, unless a later question is on its way; words typed since the question stay."""
        if number != self._question:
            return
        self._desk = desk
        self.view.show_list(desk)
        self.sheet = desk.sheet
        for button in (self.held_button, self.skip_button):
            button.setEnabled(desk.sheet is not None)
        if desk.sheet is None:
            self.stack.setCurrentWidget(self.empty)
            return
        other = self.producer != desk.sheet.producer
        self.producer = desk.sheet.producer
        if other:
            self._stop()
        if version == self._version:
            self._fill(desk.sheet, keep_clock=not other)
        self._show_agenda()
        self._show_item()
        self.stack.setCurrentWidget(self.view)
        if desk.sheet.unkept and version == self._version:
            self._touch()

    def _on_theme_changed(self) -> None:
        """Marks are painted in the colours of the look."""
        if self._desk is not None and self.sheet is not None:
            self.view.show_list(self._desk)
            self._show_agenda()
            self._show_item()

    def _fill(self, sheet: Sheet, *, keep_clock: bool) -> None:
        seconds = {**sheet.meeting.seconds, **(self.meeting.seconds if keep_clock else {})}
        self.meeting = replace(sheet.meeting, seconds=seconds)
        self._filling = True
        for line, text in zip(self.priorities, sheet.priorities, strict=True):
            if line.text() != text:
                line.setText(text)
        self._filling = False

    def _show_agenda(self) -> None:
        self.view.show_agenda(self.meeting, self._item)

    def _show_item(self) -> None:
        if self.sheet is None:
            return
        item = AGENDA[self._item]
        self.view.name.setText(f"{self.sheet.producer_name}: {say(item.title)}")
        self.view.purpose.setText(say(item.purpose))
        clear(self.view.numbers)
        for status, text in lines_of(item.id, self.sheet):
            self.view.numbers.addWidget(marked_line(status, text))
        self._show_commitments(item.id in ("activity", "priorities"))
        last = item.id == "priorities"
        self.view.priorities_title.setVisible(last)
        for line in self.priorities:
            line.setVisible(last)
        self._filling = True
        text = self.meeting.notes.get(item.id, "")
        if text != self.notes.toPlainText():
            self.notes.setPlainText(text)
        self.notes.setAccessibleName(say("Notes on {}").format(say(item.title)))
        self._filling = False

    def _show_commitments(self, wanted: bool) -> None:
        clear(self.view.commitments)
        if self.sheet is None or not wanted:
            return
        self.view.commitments.addWidget(Label(say("Agreed last week"), strong=True))
        if not self.sheet.commitments:
            self.view.commitments.addWidget(Label(say("Nothing was written on last week's scorecard."), tone="quiet"))
        before: QWidget = self.clock_button
        for text in self.sheet.commitments:
            box = QCheckBox(text)
            box.setAccessibleName(say("Kept: {}").format(text))
            box.setChecked(text in self.meeting.ticks)
            box.toggled.connect(lambda on, text=text: self._on_ticked(text, on))
            self.view.commitments.addWidget(box)
            QWidget.setTabOrder(before, box)
            before = box

    # --- running it --------------------------------------------------------------------------------------------------

    def go(self, step: int) -> None:
        """The next or previous item of the agenda, its notes under the cursor."""
        self.items.setCurrentRow(max(0, min(len(AGENDA) - 1, self._item + step)))
        first = self.priorities[0] if AGENDA[self._item].id == "priorities" else self.notes
        first.setFocus()

    def toggle_clock(self) -> None:
        """Starts the clock of the open item, or pauses it."""
        if self._tick.isActive():
            self._stop()
            self.flush()
            self._hold_typed()
        elif self.sheet is not None:
            self._clock.start()
            self._tick.start()
            self.clock_button.setText(say("Pause Clock"))

    def end_meeting(self) -> None:
        """The meeting was held; what was agreed stands on the scorecard."""
        if self.sheet is None:
            return
        self._stop()
        self.meeting = meetings.hold(self.meeting, self._context.now())
        self._touch()
        self.flush()

    def skip_meeting(self, reason: str) -> None:
        """The meeting did not take place, and why."""
        self._stop()
        self.meeting = meetings.skip(self.meeting, reason)
        self._touch()
        self.flush()

    def _on_skip_clicked(self) -> None:
        question = say("Never cancel is the rule. What came in the way?")
        dialog = LineDialog(say("Skip the meeting"), question, say("Skip It"), self)
        ask_line(self._context, dialog, f"skipping {self.week} {self.producer}", self.skip_meeting)

    def _stop(self) -> None:
        if self._tick.isActive():
            self._on_tick()
        self._tick.stop()
        self.clock_button.setText(say("Start Clock"))

    def _on_tick(self) -> None:
        spent = round(self._clock.restart() / 1000)
        item = AGENDA[self._item].id
        seconds = {**self.meeting.seconds, item: self.meeting.seconds.get(item, 0) + spent}
        self.meeting = replace(self.meeting, seconds=seconds)
        self._show_agenda()
        if sum(seconds.values()) % CLOCK_HELD_EVERY_S == 0:
            self._hold.start()

    # --- printing ----------------------------------------------------------------------------------------------------

    def _asked(self) -> Asked:
        now = self._context.now()
        return Asked(self.picker.week, periods.default_as_of(self.picker.week, now), self.producer, now)

    def export_actions(self) -> list[tuple[str, str]]:
        """The agenda as it prints."""
        return [(_AGENDA, say("Agenda of the 1:1…"))]

    def export(self, key: str) -> None:
        """Asks where to, and writes."""
        from desktop.views.dialogs.printing import ask_target, save_report

        target = ask_target(self, say("Save the agenda"), key) if self.sheet is not None else None
        if target is not None:
            self.flush()
            saved = say("Saved {}").format(target.name)
            save_report(self._context, key, self._asked(), target, lambda _: self.status_message.emit(saved))

    def print_page(self) -> bool:
        """Prints the agenda of the open meeting."""
        from desktop.views.dialogs.printing import print_report

        if self.sheet is None:
            return False
        self.flush()
        return print_report(self._context, _AGENDA, self._asked(), self)

    # --- keeping -----------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Keeps at once what was typed and not yet kept."""
        self._pause.stop()
        if not self._dirty or self.sheet is None:
            return
        self._dirty = False
        self._hold.stop()
        saving = self._context.ask(
            meetings.save, self.sheet.week, self.sheet.producer, self.meeting, self._agreed(),
            previews.author_at(self._context.now()), on_finished=self._on_saved,
        )  # fmt: skip
        saving.certain = True

    def _agreed(self) -> list[str]:
        return [line.text().strip() for line in self.priorities]

    def _hold_typed(self) -> None:
        """Holds what stands on the page, so that it is there again after a crash."""
        if self.sheet is None:
            return
        holding = self._context.ask(
            meetings.hold_typed, self.sheet.week, self.sheet.producer, self.meeting, self._agreed()
        )
        holding.certain = True

    def _on_saved(self, changes: Changes) -> None:
        if changes.changed and self.window().isVisible():
            self.book_changed.emit(changes)
            self.status_message.emit(say("Kept: {}").format(changes.label))

    def _touch(self) -> None:
        self._dirty = True
        self._version += 1
        self._pause.start()
        if not self._hold.isActive():
            self._hold.start()

    def _on_notes_changed(self) -> None:
        if self._filling:
            return
        notes = {**self.meeting.notes, AGENDA[self._item].id: self.notes.toPlainText()}
        self.meeting = replace(self.meeting, notes=notes)
        self._touch()

    def _on_ticked(self, text: str, on: bool) -> None:
        ticks = [one for one in self.meeting.ticks if one != text]
        self.meeting = replace(self.meeting, ticks=(*ticks, text) if on else tuple(ticks))
        self._touch()

    def _on_item_changed(self, row: int) -> None:
        if row < 0:
            return
        if self._tick.isActive():
            self._on_tick()
        self.flush()
        self._item = row
        self._show_item()

    def _on_person_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._leave()
            self.producer = item.data(CODE)
            self.mark_stale()

    def _on_week_changed(self) -> None:
        self._leave()
        self.mark_stale()

    def _leave(self) -> None:
        self._stop()
        self.flush()
        self.meeting, self.sheet, self._item = Meeting(), None, 0
