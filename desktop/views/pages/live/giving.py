"""Asks who gets a lead by hand, and why: the reason is kept beside the lead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.pages.live.words import say
from desktop.views.widgets.forms import FormBuilder


class GiveDialog(QDialog):
    """`producer` and `reason` as chosen."""

    def __init__(self, lead: str, people: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Give {} to Somebody").format(lead))
        form = FormBuilder(label_width=90)
        self.who = form.add_row(say("Producer"), QComboBox())
        for code, name in people:
            self.who.addItem(name, code)
        self.why = form.add_row(say("Why"), QLineEdit())
        self.why.setPlaceholderText(say("Knows the family, speaks the language, …"))
        box, self.give, self.leave = add_answers(self, say("Give"), say("Cancel"))
        box.accepted.connect(self.accept)
        self.give.setEnabled(False)
        self.why.textChanged.connect(lambda text: self.give.setEnabled(bool(text.strip())))
        lines = QVBoxLayout(self)
        lines.addWidget(form)
        lines.addWidget(box)
        self.setMinimumWidth(theme.current().px(420))

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        return {"why": self.why}

    @property
    def producer(self) -> str:
        """The code that was chosen."""
        return str(self.who.currentData())

    @property
    def reason(self) -> str:
        """Why, as typed."""
        return self.why.text()
