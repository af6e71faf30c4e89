"""Asks one question that a line of words answers. Knows neither who asks nor what is done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.dialogs.answering import TypedWords, add_answers
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.forms import make_room
from desktop.views.widgets.labels import Label


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Line", text)


def _nothing_wrong(_text: str) -> str:
    return ""


def ask_line(context: PageContext, dialog: LineDialog, name: str, take: Callable[[str], None]) -> None:
    """Opens the question; `take` gets the answer. What is typed is held under `name` and outlives Esc and a crash."""
    typed = TypedWords(context, dialog, dialog, name)
    dialog.accepted.connect(typed.settle)
    dialog.accepted.connect(lambda: take(dialog.text))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


class LineDialog(QDialog):
    """A title, a question, and a line; `keep` is the verb of the main button, `text` what stands and is typed there.

    `refuse` says why a text is no answer, or nothing.
    """

    def __init__(
        self,
        title: str,
        question: str,
        keep: str,
        parent: QWidget | None = None,
        text: str = "",
        refuse: Callable[[str], str] = _nothing_wrong,
    ) -> None:
        super().__init__(parent)
        self._refuse = refuse
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.line = QLineEdit(text)
        self.line.setAccessibleName(question)
        self.line.setMinimumWidth(theme.current().px(360))
        lines = QVBoxLayout(self)
        lines.setSpacing(theme.current().unit(1.5))
        lines.addWidget(Label(question, wrap=True))
        lines.addWidget(self.line)
        self.problem = Label("", "caption", "bad", wrap=True)
        self.problem.hide()
        lines.addWidget(self.problem)
        box, self.keep, self.leave = add_answers(self, keep, say("Leave as It Was"))
        box.accepted.connect(self._on_accepted)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)
        self.line.setFocus()

    def _on_accepted(self) -> None:
        reason = self._refuse(self.text)
        if not reason:
            self.accept()
            return
        self.problem.setText(reason)
        self.problem.show()
        make_room(self.problem)
        self.line.setFocus()

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        return {"line": self.line}

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text()


def name_needed(text: str) -> str:
    """Refuses an empty name."""
    return "" if text.strip() else say("Give a name.")
