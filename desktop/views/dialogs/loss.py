"""Asks why a deal was lost, with one key for the reason and one for whether it could have been won.

Knows the six fields; reading and storing them is the services' business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.templates import LOST_REASONS
from desktop.errors import UserError
from desktop.services import corrections
from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.dialogs.record import heading
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Loss", text)


class Known(Protocol):
    """What is known of a loss already, money in cents."""

    @property
    def reason(self) -> str | None:
        """The reason's key."""

    @property
    def competing_agency(self) -> str | None:
        """Who won it."""

    @property
    def competing_carrier(self) -> str | None:
        """With which carrier."""

    @property
    def price_difference(self) -> int | None:
        """Ours less theirs."""

    @property
    def winnable(self) -> str | None:
        """Whether it could have been won: yes, no or maybe."""

    @property
    def would_change(self) -> str | None:
        """What would be done otherwise."""


def known_texts(loss: Known) -> dict[str, str]:
    """What is known of a loss, by field, as it would be typed."""
    gap = loss.price_difference
    known = {
        "lost_reason": loss.reason,
        "competing_agency": loss.competing_agency,
        "competing_carrier": loss.competing_carrier,
        "price_difference": None if gap is None else f"{gap / 100:.2f}".removesuffix(".00"),
        "winnable": loss.winnable,
        "would_change": loss.would_change,
    }
    return {name: value for name, value in known.items() if value}


class Choice(QWidget):
    """One of a few answers, each a button with its key; `answer` is empty until one is pressed."""

    def __init__(self, name: str, answers: Sequence[tuple[str, str, str]], across: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys: dict[str, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().px(6))
        for at, (value, words, key) in enumerate(answers):
            button = Button(f"{key}  {words}")
            button.setAccessibleName(f"{name}: {words}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("answer", value)
            self._group.addButton(button)
            self._keys[key.casefold()] = button
            grid.addWidget(button, at // across, at % across)
        self.setFocusProxy(self._group.buttons()[0])

    @property
    def answer(self) -> str:
        """What was chosen."""
        pressed = self._group.checkedButton()
        return "" if pressed is None else str(pressed.property("answer"))

    @property
    def group(self) -> QButtonGroup:
        """The buttons, for whoever wants to hear of them."""
        return self._group

    def choose(self, value: str) -> None:
        """Presses the button of an answer."""
        for button in self._group.buttons():
            if button.property("answer") == value:
                button.setChecked(True)

    def take_key(self, text: str) -> bool:
        """Presses the button with this key; False where there is none."""
        button = self._keys.get(text.casefold())
        if button is None:
            return False
        button.setChecked(True)
        button.setFocus()
        return True


class LossForm(QDialog):
    """The six things worth knowing of a lost deal; `texts` are what was chosen and typed, by field.

    `keep` and `leave` are the words of the two buttons, where the usual ones do not say what will happen.
    """

    def __init__(
        self,
        name: str,
        known: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
        *,
        keep: str = "",
        leave: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Why was {} lost?").format(name))
        before = known or {}
        self.reason = Choice(
            say("Reason"), [(one, heading(one), str(at)) for at, one in enumerate(LOST_REASONS, 1)], across=3
        )
        self.winnable = Choice(
            say("Could we have won"),
            [("yes", say("Yes"), "Y"), ("maybe", say("Maybe"), "M"), ("no", say("No"), "N")],
            across=3,
        )
        self.agency, self.carrier, self.difference, self.change = (QLineEdit() for _ in range(4))
        lines = QVBoxLayout(self)
        lines.setSpacing(theme.current().unit(1.5))
        lines.addWidget(self._form(before))
        self.problem = Label("", "caption", "bad", wrap=True)
        self.problem.hide()
        lines.addWidget(self.problem)
        lines.addWidget(Label(say("Keys: 1 to 7 for the reason, Y, M or N, Enter to keep."), "caption", "quiet"))
        box, self.keep, self.leave = add_answers(self, keep or say("Keep the Reason"), leave or say("Ask Later"))
        box.accepted.connect(self.accept)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)
        self.reason.group.buttonToggled.connect(lambda *_: self._update_keep())
        self._update_keep()
        self.reason.setFocus()

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        return {
            "competing_agency": self.agency,
            "competing_carrier": self.carrier,
            "price_difference": self.difference,
            "would_change": self.change,
        }

    @property
    def texts(self) -> dict[str, str]:
        """Every field as text; an emptied one is cleared where something was known before."""
        return {
            "lost_reason": self.reason.answer,
            "competing_agency": self.agency.text(),
            "competing_carrier": self.carrier.text(),
            "price_difference": self.difference.text(),
            "winnable": self.winnable.answer,
            "would_change": self.change.text(),
        }

    def accept(self) -> None:
        """Closes unless the price cannot be read: what was typed stays then, with the reason below."""
        try:
            corrections.read("leads", "price_difference", self.difference.text(), date.min)
        except UserError as error:
            self.problem.setText(f"{error.what} {error.what_to_do}")
            self.problem.show()
            self.difference.setFocus()
            return
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key of an answer presses it, unless a field is being typed into."""
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            text = event.text()
            if text and (self.reason.take_key(text) or self.winnable.take_key(text)):
                return
        super().keyPressEvent(event)

    def _form(self, known: Mapping[str, str]) -> FormBuilder:
        form = FormBuilder(label_width=170)
        form.add_row(say("Reason"), self.reason)
        form.add_row(say("Could we have won"), self.winnable)
        form.add_row(say("Agency that won it"), self.agency)
        form.add_row(say("Carrier that won it"), self.carrier)
        form.add_row(
            say("Price difference"),
            self.difference,
            say("Ours less theirs, a year: 150, or -80 where we were cheaper."),
        )
        form.add_row(say("What would we change"), self.change)
        self.change.setMinimumWidth(theme.current().px(380))
        self.reason.choose(known.get("lost_reason", ""))
        self.winnable.choose(known.get("winnable", ""))
        for field, name in (
            (self.agency, "competing_agency"),
            (self.carrier, "competing_carrier"),
            (self.difference, "price_difference"),
            (self.change, "would_change"),
        ):
            field.setText(known.get(name, ""))
        return form

    def _update_keep(self) -> None:
        self.keep.setEnabled(bool(self.reason.answer))
