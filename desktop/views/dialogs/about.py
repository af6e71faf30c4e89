"""About: the program's name, version, licence and what it is made of; and the list of its keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.dialogs.answering import press_on_enter
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label


class AboutDialog(QDialog):
    """Name, version, licence, and the notices of everything shipped."""

    def __init__(self, version: str, notices: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setWindowTitle(self.tr("About Producer Desk"))
        self.setAccessibleName(self.windowTitle())
        lines = _lines(self)
        lines.addLayout(self._head(version))
        lines.addWidget(Label(self.tr("Made with"), "section"))
        text = QPlainTextEdit(notices)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("Licences of the libraries"))
        lines.addWidget(text, 1)
        _add_close(self, lines, self.tr("Close"))
        self.resize(look.px(600), look.px(480))

    def _head(self, version: str) -> QHBoxLayout:
        look = theme.current()
        mark = Label()
        mark.setPixmap(look.pixmap("producer-desk", look.px(52), "accent", self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(look.px(2))
        words.addWidget(Label("Producer Desk", "title"))
        words.addWidget(Label(self.tr("Version {}").format(version), tone="quiet"))
        words.addWidget(Label(self.tr("Licensed under the Apache License, version 2.0."), tone="quiet"))
        row = QHBoxLayout()
        row.setSpacing(look.unit(2))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row


class ShortcutsDialog(QDialog):
    """All keys, read from the actions that have them, so that the list is never out of date."""

    def __init__(
        self, actions: Sequence[QAction], extra: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        self.setAccessibleName(self.windowTitle())
        inner = QWidget()
        inner.setObjectName("plain")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, look.unit(2), 0)
        grid.setHorizontalSpacing(look.unit(4))
        grid.setVerticalSpacing(look.unit())
        native = QKeySequence.SequenceFormat.NativeText
        pairs = [(action.text().replace("&", ""), action.shortcut().toString(native)) for action in actions]
        for row, (what, keys) in enumerate([pair for pair in pairs if pair[1]] + list(extra)):
            grid.addWidget(Label(what), row, 0)
            grid.addWidget(Label(keys, tone="quiet"), row, 1, Qt.AlignmentFlag.AlignRight)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        lines = _lines(self)
        lines.addWidget(area, 1)
        _add_close(self, lines, self.tr("Close"))
        self.resize(look.px(440), look.px(520))


def _lines(dialog: QDialog) -> QVBoxLayout:
    look = theme.current()
    lines = QVBoxLayout(dialog)
    lines.setContentsMargins(look.unit(3), look.unit(3), look.unit(3), look.unit(2))
    lines.setSpacing(look.unit(1.5))
    return lines


def _add_close(dialog: QDialog, lines: QVBoxLayout, word: str) -> None:
    button = Button(word, "main")
    button.clicked.connect(dialog.accept)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(button)
    lines.addLayout(row)
    press_on_enter(button)
