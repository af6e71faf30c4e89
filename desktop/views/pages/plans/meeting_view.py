"""How the page of the weekly 1:1 looks: the list of meetings, the agenda with its clock, an item with its notes.

Layout and painting alone; what is typed and asked is the page's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.core import meetings as agenda
from desktop.core.meetings import AGENDA, Meeting, Pace
from desktop.services.meetings import Desk
from desktop.views import theme
from desktop.views.pages.plans.meeting_words import clock_words, record_words, state_icon, state_words
from desktop.views.pages.plans.parts import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Card, Label, SectionTitle

CODE = Qt.ItemDataRole.UserRole


class MeetingView(QWidget):
    """Everything of a meeting that is on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.list = QListWidget()
        self.list.setAccessibleName(say("Producers of the week"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(2)
        self.items = QListWidget()
        self.items.setAccessibleName(say("Agenda"))
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clock_label = Label("0:00", "headline")
        self.spare_label = Label("", "caption", "quiet", wrap=True)
        self.clock_button = Button(say("Start Clock"), "", "clock")
        self.clock_button.setToolTip(say("F9"))
        look = theme.current()
        left, middle, right = QVBoxLayout(), Card(), Card()
        left.addWidget(self.list, 1)
        middle.body.addWidget(SectionTitle(say("Agenda")))
        middle.body.addWidget(self.items, 1)
        middle.body.addWidget(self.clock_label)
        middle.body.addWidget(self.spare_label)
        middle.body.addWidget(self.clock_button)
        self._arrange_item(right)
        row = QHBoxLayout(self)
        row.setSpacing(look.unit(1.5))
        row.addLayout(left, 2)
        row.addWidget(middle, 2)
        row.addWidget(right, 7)
        row.setContentsMargins(0, 0, 0, 0)

    def _arrange_item(self, card: Card) -> None:
        self.name = Label("", "section", strong=True)
        self.purpose = Label("", tone="quiet", wrap=True)
        self.numbers = QVBoxLayout()
        self.numbers.setSpacing(theme.current().px(6))
        self.commitments = QVBoxLayout()
        self.notes = QPlainTextEdit()
        self.notes.setAccessibleName(say("Notes"))
        self.notes.setTabChangesFocus(True)
        self.notes.setPlaceholderText(say("Notes; they are kept as you type."))
        self.notes.setMinimumHeight(theme.current().px(90))
        self.priorities = [QLineEdit() for _ in range(3)]
        for at, line in enumerate(self.priorities, 1):
            line.setAccessibleName(say("Priority {}").format(at))
            line.setPlaceholderText(say("Priority {}").format(at))
        self.priorities_title = Label(say("Agreed for next week; it stands on the scorecard"), strong=True)
        card.body.addWidget(self.name)
        card.body.addWidget(self.purpose)
        card.body.addLayout(self.numbers)
        card.body.addLayout(self.commitments)
        card.body.addStretch(1)
        card.body.addWidget(self.priorities_title)
        for line in self.priorities:
            card.body.addWidget(line)
        card.body.addWidget(Label(say("Notes"), strong=True))
        card.body.addWidget(self.notes, 2)

    def show_list(self, desk: Desk) -> None:
        """Shows whose meetings there are, and what became of them."""
        wanted = None if desk.sheet is None else desk.sheet.producer
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for one in desk.attendees:
            item = QListWidgetItem(f"{one.producer_name}\n{state_words(one)}")
            icon, role = state_icon(one.meeting.state)
            item.setIcon(theme.current().icon(icon, role))
            item.setToolTip(record_words(one))
            item.setData(CODE, one.producer)
            self.list.addItem(item)
            if one.producer == wanted:
                self.list.setCurrentItem(item)
        self.list.blockSignals(blocked)

    def show_agenda(self, meeting: Meeting, open_item: int) -> None:
        """Shows the agenda with the time that each item took, and the clock."""
        blocked = self.items.blockSignals(True)
        if self.items.count() != len(AGENDA):
            self.items.clear()
            for _item in AGENDA:
                self.items.addItem(QListWidgetItem())
        for at, item in enumerate(AGENDA):
            spent = meeting.seconds.get(item.id, 0)
            row = self.items.item(at)
            row.setText(say("{title}\n{spent} of {minutes}:00").format(
                title=say(item.title), spent=clock_words(spent), minutes=item.minutes
            ))  # fmt: skip
            noted = bool(meeting.notes.get(item.id))
            late = agenda.pace(item, meeting.seconds) is not Pace.IN_TIME and spent > item.minutes * 60
            row.setIcon(theme.current().icon("warning" if late else "check" if noted else "dash",
                                             "near" if late else "good" if noted else "quiet"))  # fmt: skip
        self.items.setCurrentRow(open_item)
        self.items.blockSignals(blocked)
        self._show_clock(meeting)

    def _show_clock(self, meeting: Meeting) -> None:
        total = sum(meeting.seconds.values())
        self.clock_label.setText(clock_words(total))
        self.clock_label.setAccessibleName(say("Time of the meeting: {}").format(clock_words(total)))
        spare = agenda.spare_seconds(meeting.seconds)
        over = total > agenda.LONGEST_MINUTES * 60
        self.clock_label.set_tone("bad" if over else "ink")
        self.spare_label.setText(
            say("Over {} minutes: come to an end.").format(agenda.LONGEST_MINUTES)
            if over
            else say("{left} of {all}:00 to spare").format(left=clock_words(spare), all=agenda.SPARE_MINUTES)
        )
