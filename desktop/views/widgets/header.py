"""The head of a page: its title, the pickers that govern it, a search field, and its one main button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import ElidedLabel, Label


class SearchField(QLineEdit):
    """A field to search in, with its glass and a button to empty it."""

    def __init__(self, prompt: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(prompt)
        self.setAccessibleName(prompt)
        self.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._glass.setIcon(theme.current().icon("search", "quiet"))
        self.setMinimumWidth(theme.current().px(160))


class PageHeader(QWidget):
    """Title at the left; slots, search and main button at the right."""

    searched = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._title = Label(title, "title")
        self._subtitle = ElidedLabel("", "caption", "quiet")
        self._subtitle.setVisible(False)
        self.search: SearchField | None = None
        self.main_button: Button | None = None
        self._holder = QWidget()
        self._slots = QHBoxLayout(self._holder)
        self._slots.setContentsMargins(0, 0, 0, 0)
        self._below = False
        self._lines = QVBoxLayout(self)
        self._row = QHBoxLayout()
        self._lines.addLayout(self._row)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._holder)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_title(self, title: str) -> None:
        """Changes the title."""
        self._title.setText(title)

    def set_subtitle(self, text: str) -> None:
        """A quiet line under the title; none when empty."""
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))

    def add_slot(self, widget: QWidget) -> None:
        """Puts a picker or filter at the right of those already there."""
        self._slots.addWidget(widget)

    def add_search(self, prompt: str) -> SearchField:
        """Adds the field that Ctrl+K goes to; `searched` tells of its text."""
        self.search = SearchField(prompt)
        self.search.textChanged.connect(self.searched)
        self._slots.addWidget(self.search)
        return self.search

    def set_main_button(self, text: str, icon: str = "") -> Button:
        """Adds the page's one main button, at the very right."""
        self.main_button = Button(text, "main", icon)
        self._row.addWidget(self.main_button)
        return self.main_button

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and the hairline under it."""
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("hairline"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the pickers under the title where the width is too short for one line."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Two lines may be needed, never more width than the wider of them."""
        return QSize(theme.current().px(320), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        gap = self._row.spacing()
        margins = self._lines.contentsMargins()
        parts = [self._title.sizeHint().width(), self._holder.sizeHint().width()]
        if self.main_button is not None:
            parts.append(self.main_button.sizeHint().width())
        below = sum(parts) + gap * len(parts) + margins.left() + margins.right() > self.width()
        if below == self._below:
            return
        self._below = below
        if below:
            self._row.removeWidget(self._holder)
            self._lines.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._lines.removeWidget(self._holder)
            self._row.insertWidget(1, self._holder)
        self.updateGeometry()

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._lines.setContentsMargins(look.unit(3), look.unit(), look.unit(3), look.unit())
        self._lines.setSpacing(look.unit())
        self._row.setSpacing(look.unit(1.5))
        self._slots.setSpacing(look.unit(1.5))
        self.setMinimumHeight(look.px(56))
        self._arrange()
