"""The head of a page: its title, the pickers that govern it, a search field, and its one main button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import ElidedLabel, Label
from desktop.views.widgets.naming import name_clearing


class SearchField(QLineEdit):
    """A field to search in, with its glass and a button to empty it."""

    def __init__(self, prompt: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(prompt)
        self.setAccessibleName(prompt)
        self.setClearButtonEnabled(True)
        name_clearing(self)
        self._glass = QAction(self.tr("Search"), self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._glass.setIcon(theme.current().icon("search", "quiet"))
        self.setMinimumWidth(theme.current().px(160))


class PageHeader(QWidget):
    """Title at the left; slots, search and main button at the right, or under it where the width is short."""

    searched = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.search: SearchField | None = None
        self.main_button: Button | None = None
        self._title = Label(title, "title")
        self._subtitle = ElidedLabel("", "caption", "quiet")
        self._subtitle.setVisible(False)
        self._slots: list[QWidget] = []
        self._beside = QHBoxLayout()
        self._under: list[QHBoxLayout] = []
        self._placed: list[list[QWidget]] = []
        self._lines = QVBoxLayout(self)
        self._row = QHBoxLayout()
        self._lines.addLayout(self._row)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._row.addLayout(words, 1)
        self._row.addLayout(self._beside)
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
        self._slots.append(widget)
        self._arrange()

    def add_search(self, prompt: str) -> SearchField:
        """Adds the field that Ctrl+Shift+F goes to; `searched` tells of its text."""
        self.search = SearchField(prompt)
        self.search.textChanged.connect(self.searched)
        self.add_slot(self.search)
        return self.search

    def set_main_button(self, text: str, icon: str = "") -> Button:
        """Adds the page's one main button, at the very right."""
        self.main_button = Button(text, "main", icon)
        self._row.addWidget(self.main_button)
        self._arrange()
        return self.main_button

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and the hairline under it."""
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("hairline"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Breaks the pickers into lines where the width is too short for one."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Breaks anew when a picker has become wider."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """Pickers go under the title, so little width is needed."""
        return QSize(theme.current().px(320), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        lines = self._broken()
        if lines == self._placed:
            return
        self._placed = lines
        for layout in [self._beside, *self._under]:
            while layout.count():
                layout.takeAt(0)
        for layout in self._under:
            self._lines.removeItem(layout)
        self._under = []
        for widget in lines[0]:
            self._beside.addWidget(widget)
        for line in lines[1:]:
            layout = QHBoxLayout()
            # first the layout, then the widgets: with those of a layout nobody owns, their actions would go too
            self._lines.addLayout(layout)
            layout.setSpacing(self._row.spacing())
            for widget in line:
                layout.addWidget(widget)
            layout.addStretch(1)
            self._under.append(layout)
        self.updateGeometry()

    def _broken(self) -> list[list[QWidget]]:
        """The slots beside the title, then those of each line under it."""
        gap = self._row.spacing()
        margins = self._lines.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        button = self.main_button.sizeHint().width() + gap if self.main_button is not None else 0
        widths = {widget: _width(widget) + gap for widget in self._slots}
        if self._title.sizeHint().width() + sum(widths.values()) + button <= room:
            return [list(self._slots)]
        lines: list[list[QWidget]] = [[], []]
        used = 0
        for widget, width in widths.items():
            if used and used + width > room + gap:
                lines.append([])
                used = 0
            lines[-1].append(widget)
            used += width
        return lines

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._lines.setContentsMargins(look.unit(3), look.unit(), look.unit(3), look.unit())
        self._lines.setSpacing(look.unit())
        for layout in (self._row, self._beside, *self._under):
            layout.setSpacing(look.unit(1.5))
        self.setMinimumHeight(look.px(56))
        self._arrange()


def _width(widget: QWidget) -> int:
    """What a layout would give `widget`: its hint within its bounds."""
    return max(min(widget.sizeHint().width(), widget.maximumWidth()), widget.minimumWidth())
