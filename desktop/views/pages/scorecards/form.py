"""The form of a scorecard: wins, challenges, priorities, notes, saved a moment after the typing pauses.

Hands texts out and in; knows neither the book nor the list beside it.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.core.scorecard import CHALLENGES, PRIORITIES, WINS, ScorecardTexts
from desktop.views import theme
from desktop.views.widgets.labels import Label, SectionTitle

PAUSE_MS = 250


class TypedLines(QPlainTextEdit):
    """A field of a few lines; Tab goes on to the next field, and leaving it tells."""

    left = Signal()

    def __init__(self, name: str, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def put(self, text: str) -> None:
        """Shows `text` without a word of it, and without moving the cursor where it is the same."""
        if text != self.toPlainText():
            blocked = self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(blocked)

    def _on_theme_changed(self) -> None:
        margins = self.contentsMargins()
        inside = round(self.document().documentMargin() * 2) + margins.top() + margins.bottom()
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + inside + 4)


class ScorecardForm(QScrollArea):
    """`edited` comes when the typing pauses or a field is left with something new in it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("What is written on the scorecard"))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self.name = Label("", "section", strong=True, wrap=True)
        self._column.addWidget(self.name)
        self.wins = self._fields(self.tr("Wins this week"), self.tr("Win {n}"), WINS)
        self.challenges = self._fields(self.tr("Challenges and coaching needs"), self.tr("Challenge {n}"), CHALLENGES)
        self.priorities = self._fields(self.tr("Next week's priorities"), self.tr("Priority {n}"), PRIORITIES)
        (self.notes,) = self._fields(self.tr("Manager notes"), self.tr("Manager notes"), 1, lines=6)
        self._column.addStretch(1)
        self.setWidget(inside)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        self.dirty = False
        self.version = 0

    def texts(self) -> ScorecardTexts:
        """What stands in the fields, as typed."""
        return ScorecardTexts(
            tuple(field.toPlainText() for field in self.wins),
            tuple(field.toPlainText() for field in self.challenges),
            tuple(field.toPlainText() for field in self.priorities),
            self.notes.toPlainText(),
        )

    def put(self, texts: ScorecardTexts) -> None:
        """Shows what was typed before."""
        full = texts.padded()
        pairs = zip(
            (*self.wins, *self.challenges, *self.priorities, self.notes),
            (*full.wins, *full.challenges, *full.priorities, full.notes),
            strict=True,
        )
        for field, text in pairs:
            field.put(text)

    def flush(self) -> None:
        """Hands out at once what was typed and not yet handed out."""
        self._timer.stop()
        if self.dirty:
            self.dirty = False
            self.edited.emit()

    def _fields(self, title: str, name: str, count: int, lines: int = 2) -> list[TypedLines]:
        self._column.addWidget(SectionTitle(title))
        fields = [TypedLines(name.format(n=number), lines) for number in range(1, count + 1)]
        for field in fields:
            field.textChanged.connect(self._on_text_changed)
            field.left.connect(self.flush)
            self._column.addWidget(field)
        return fields

    def _on_text_changed(self) -> None:
        self.dirty = True
        self.version += 1
        self._timer.start()
