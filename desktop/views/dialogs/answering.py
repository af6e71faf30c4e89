"""What all dialogs' answers share: Enter presses the one that is meant, and typed words outlive Esc and a crash.

Knows buttons and lines of text; what is asked for is each dialog's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QDialog, QDialogButtonBox, QLineEdit, QPushButton, QWidget

from desktop.services import drafts
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.forms import make_room
from desktop.views.widgets.labels import Label

_REST_MS = 150
"""So long after the first letter what is typed is held, and again after each that follows."""


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Answering", text)


def press_on_enter(button: QPushButton) -> None:
    """Enter presses `button` from every field of its dialog. Raises ValueError for a button that is in none yet.

    Qt takes no notice of a default outside a dialog, and Enter then presses whatever button comes next.
    """
    if not isinstance(button.window(), QDialog):
        raise ValueError("a button is put into its dialog before it is the one for Enter")
    button.setDefault(True)


def add_answers(dialog: QDialog, keep: str, leave: str) -> tuple[QDialogButtonBox, QPushButton, QPushButton]:
    """A row of two answers, and the buttons: Enter presses `keep`, which the caller connects, Esc is `leave`."""
    box = QDialogButtonBox(dialog)
    kept, left = Button(keep, "main"), Button(leave)
    box.addButton(kept, QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(left, QDialogButtonBox.ButtonRole.RejectRole)
    box.rejected.connect(dialog.reject)
    press_on_enter(kept)
    return box, kept, left


class Asking(Protocol):
    """A dialog or panel that is typed into: its lines by name, and the button that leaves all as it was."""

    @property
    def edits(self) -> Mapping[str, QLineEdit]:
        """What is typed into, by name."""

    @property
    def leave(self) -> QPushButton:
        """Gives up what was typed."""


class TypedWords(QObject):
    """Holds what is typed into a dialog or a panel with a Keep button, and puts it back over the same texts.

    Esc, a refusal and a crash keep the words; the button that leaves all as it was drops them, and so does `settle`
    once they are kept. `widget` and `asking` are the same, as what it is and as what it offers.
    """

    def __init__(self, context: PageContext, widget: QWidget, asking: Asking, name: str) -> None:
        super().__init__(widget)
        self._context, self._name = context, name
        self._edits = dict(asking.edits)
        self._kept: dict[str, str] = {}
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._hold)
        self._note = Label(say("Typed before and not kept yet."), "caption", "near", wrap=True)
        self._note.hide()
        lines = widget.layout()
        if isinstance(lines, QBoxLayout):
            lines.insertWidget(lines.count() - 1, self._note)
        for edit in self._edits.values():
            edit.textEdited.connect(self._on_typed)
        asking.leave.clicked.connect(self.settle)
        if isinstance(widget, QDialog):
            widget.finished.connect(self._on_finished)
        self.begin()

    def begin(self) -> None:
        """The lines show what is kept: what was typed over exactly that before is asked for."""
        self._resting.stop()
        self._note.hide()
        self._kept = {key: edit.text() for key, edit in self._edits.items()}
        self._context.ask(drafts.held_fields, self._name, dict(self._kept), on_finished=self._offer)

    def settle(self) -> None:
        """Nothing of it is left to keep."""
        self._resting.stop()
        self._note.hide()
        if not self._context.executor.closed:
            for key in self._kept:
                self._context.ask(drafts.forget_field, self._name, key)

    def _offer(self, found: Mapping[str, str]) -> None:
        for key, text in found.items():
            edit = self._edits[key]
            if not edit.isModified() and edit.text() == self._kept[key]:
                edit.setText(text)
                edit.setModified(True)
                self._note.show()
                make_room(self._note)

    def _on_typed(self) -> None:
        # not put off by the next letter: whoever types without a pause loses a moment's at most
        if not self._resting.isActive():
            self._resting.start()

    def _on_finished(self) -> None:
        if self._resting.isActive():
            self._hold()

    def _hold(self) -> None:
        self._resting.stop()
        if not self._context.executor.closed:
            for key, kept in self._kept.items():
                self._context.ask(drafts.hold_field, self._name, key, kept, self._edits[key].text())
