"""The chosen person: facts, pay, targets, leave and hours, each in a tab. Asks by signal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.services import discretion
from desktop.services.people import Member
from desktop.services.person_sheets import AVAILABILITY, TARGETS, Sheet
from desktop.services.person_sheets import PAY as PAY_TABLE
from desktop.views import theme
from desktop.views.dialogs.gridding import GridColumn, GridEditor
from desktop.views.pages.people import words
from desktop.views.pages.people.facts import FactsForm
from desktop.views.pages.people.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import NamedTabs


class PersonDetail(QWidget):
    """`changed` {field: text}; `kept` a grid's name and lines; `leave_asked`, `rehire_asked` with the code."""

    changed = Signal(object)
    kept = Signal(str, object)
    leave_asked = Signal(str)
    rehire_asked = Signal(str)

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.code = ""
        self.editors: dict[str, GridEditor] = {}
        self.name = Label("", "section", strong=True)
        self.said = Label("", "caption", "quiet", wrap=True)
        self.go = Button(say("Leaves…"), icon="forward")
        self.go.clicked.connect(self._on_go_clicked)
        self.rest = Button(say("Hand Over…"), icon="forward")
        self.rest.clicked.connect(lambda: self.leave_asked.emit(self.code))
        self._here = True
        self.facts = FactsForm()
        self.facts.changed.connect(self.changed)
        self.tabs = NamedTabs(say("Person"))
        self.tabs.addTab(_scrolled(self.facts), say("Facts"))
        self.pay = self._pay_pane()
        self.tabs.addTab(self.pay, say("Pay and splits"))
        self.today = Label("", wrap=True)
        self._add(TARGETS, say("Targets"), words.target_columns(tuple(lines), own=True), say(
            "From its day a target of one's own goes before the level's. Activity counts per week, results per month. "
            "Older lines are the history."
        ))  # fmt: skip
        self._add(AVAILABILITY, say("Leave, hours, licenses"), words.availability_columns(), say(
            "Leave and part-time hours shrink targets by their share of the working days. Without a weekday a line "
            "holds for every day."
        ))  # fmt: skip
        self._arrange()

    def show_sheet(self, sheet: Sheet, everybody: Sequence[Member], hidden: bool) -> None:
        """The person, with pay or the word in its place."""
        one = sheet.member
        self.code = one.code
        self.name.setText(one.name)
        self.said.setText(self._summary(sheet))
        self._here = sheet.here
        self.go.setText(say("Leaves…") if sheet.here else say("Comes Back…"))
        words_of = say("{} leaves") if sheet.here else say("{} comes back")
        self.go.setAccessibleName(words_of.format(one.name))
        self.rest.setVisible(not sheet.here and bool(sheet.open_leads or sheet.clients))
        self.rest.setAccessibleName(say("Hand over from {}").format(one.name))
        self.facts.show_member(one, everybody, sheet.here)
        for name, editor in self.editors.items():
            editor.show_lines(() if hidden and name == PAY_TABLE else sheet.tables[name])
        self.today.setText(words.in_effect(sheet.own, sheet.shared))
        self.today.setVisible(bool(sheet.own or sheet.shared))
        self._show_pay(one, hidden)

    def forget(self) -> None:
        """Another person comes: what was typed and not kept is put aside."""
        for editor in self.editors.values():
            editor.put_aside()

    def _summary(self, sheet: Sheet) -> str:
        one = sheet.member
        parts = [one.code, words.role(one.role)]
        if one.role == "producer":
            parts.append(words.level(one.text("level")))
        parts.append(words.stay(one, sheet.here))
        parts += words.in_hand(sheet.open_leads, sheet.clients)
        return "  ·  ".join(parts)

    def _pay_pane(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        lines = QVBoxLayout(holder)
        look = theme.current()
        lines.setContentsMargins(0, look.unit(), 0, 0)
        lines.setSpacing(look.unit())
        self.hidden = Label(say("Pay is {}. The eye above shows it again.").format(discretion.HIDDEN), tone="quiet")
        self.first_pay = Label("", "body", wrap=True)
        editor = GridEditor(say("Pay and splits"), words.pay_columns(), say(
            "Each line holds from its day on, amounts for a year; an empty cell keeps what was before. Splits are "
            "shares of the agency's commission. Older lines are the history."
        ), spare=4)  # fmt: skip
        editor.kept.connect(lambda found: self.kept.emit(PAY_TABLE, found))
        self.editors[PAY_TABLE] = editor
        lines.addWidget(self.hidden)
        lines.addWidget(self.first_pay)
        lines.addWidget(editor, 1)
        self._rest = QWidget()
        self._rest.setObjectName("plain")
        lines.addWidget(self._rest, 1)
        return holder

    def _show_pay(self, one: Member, hidden: bool) -> None:
        self.hidden.setVisible(hidden)
        self._rest.setVisible(hidden)
        self.editors[PAY_TABLE].setVisible(not hidden)
        first = "" if hidden else words.first_pay(one)
        self.first_pay.setText(first)
        self.first_pay.setVisible(bool(first))

    def _add(self, name: str, title: str, columns: Sequence[GridColumn], help_text: str) -> None:
        editor = GridEditor(title, columns, help_text, spare=4)
        editor.kept.connect(lambda found: self.kept.emit(name, found))
        self.editors[name] = editor
        holder = QWidget()
        holder.setObjectName("plain")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, theme.current().unit(), 0, 0)
        if name == TARGETS:
            lines.addWidget(self.today)
        lines.addWidget(editor)
        self.tabs.addTab(holder, title)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.name)
        texts.addWidget(self.said)
        head.addLayout(texts, 1)
        head.addWidget(self.rest)
        head.addWidget(self.go)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.current().unit(2), 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addLayout(head)
        lines.addWidget(self.tabs, 1)

    def _on_go_clicked(self) -> None:
        (self.leave_asked if self._here else self.rehire_asked).emit(self.code)


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    # the fields in it take the focus, and come into sight with it
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
