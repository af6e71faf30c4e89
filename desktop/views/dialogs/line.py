"""Asks one question that a line of words answers. Knows neither who asks nor what is done with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.widgets.labels import Label


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Line", text)


class LineDialog(QDialog):
    """A title, a question, and a line; `keep` is the verb of the main button, `text` what was typed."""

    def __init__(self, title: str, question: str, keep: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.line = QLineEdit()
        self.line.setAccessibleName(question)
        self.line.setMinimumWidth(theme.current().px(360))
        lines = QVBoxLayout(self)
        lines.setSpacing(theme.current().unit(1.5))
        lines.addWidget(Label(question, wrap=True))
        lines.addWidget(self.line)
        box, self.keep, self.leave = add_answers(self, keep, say("Leave as It Was"))
        box.accepted.connect(self.accept)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)
        self.line.setFocus()

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        return {"line": self.line}

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()
