"""The detail drawer: what is behind a number or a record, sliding over the page from the right.

Keeps a history like a browser's. Knows titles and widgets, not what they show.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.views import theme
from desktop.views.widgets.buttons import IconButton
from desktop.views.widgets.labels import ElidedLabel

_KEPT = 30


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    subtitle: str
    widget: QWidget


class Drawer(QWidget):
    """Lies over the right of its parent; Esc closes it.

    Alt+Left and Alt+Right, and the mouse's back and forward buttons, go back and forward.
    """

    closed = Signal()
    sheet_changed = Signal()

    def __init__(self, parent: QWidget, width: int = 520) -> None:
        super().__init__(parent)
        self._host = parent
        self._wanted_width = width
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._sheets: list[_Sheet] = []
        self._at = -1
        self._back = IconButton("back", self.tr("Back"))
        self._forward = IconButton("forward", self.tr("Forward"))
        self._close = IconButton("close", self.tr("Close the details"))
        self._title = ElidedLabel("", "section")
        self._subtitle = ElidedLabel("", "caption", "quiet")
        self._stack = QStackedWidget()
        self._head = QHBoxLayout()
        self._lines = QVBoxLayout(self)
        self._motion = QPropertyAnimation(self, b"geometry", self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.finished.connect(self._on_motion_finished)
        self._closing = False
        self._came_from: QWidget | None = None
        self._arrange()
        self._connect()
        parent.installEventFilter(self)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    @property
    def current_widget(self) -> QWidget | None:
        """What is shown, if the drawer is open."""
        return self._sheets[self._at].widget if self.is_open else None

    @property
    def is_open(self) -> bool:
        """Whether it is open or opening."""
        return not self.isHidden() and not self._closing

    def show_sheet(self, title: str, widget: QWidget, subtitle: str = "") -> None:
        """Opens the drawer with `widget`, which it then owns; what lay ahead in the history is dropped."""
        for gone in self._sheets[self._at + 1 :]:
            self._drop(gone)
        del self._sheets[self._at + 1 :]
        self._sheets.append(_Sheet(title, subtitle, widget))
        self._stack.addWidget(widget)
        if len(self._sheets) > _KEPT:
            self._drop(self._sheets.pop(0))
        self._at = len(self._sheets) - 1
        self._show_current()
        self._open()

    def show_sheet_for(self, title: str, widget: QWidget, subtitle: str) -> None:
        """The slot for a page's `sheet_opened`."""
        self.show_sheet(title, widget, subtitle)

    def renew_sheet(self, old: QWidget, title: str, widget: QWidget, subtitle: str) -> None:
        """Puts `widget`, which the drawer then owns, where `old` stands in the history; with `old` gone it goes too."""
        at = next((number for number, one in enumerate(self._sheets) if one.widget is old), None)
        if at is None:
            widget.deleteLater()
            return
        typing = old.isAncestorOf(QApplication.focusWidget() or self)
        gone, self._sheets[at] = self._sheets[at], _Sheet(title, subtitle, widget)
        self._stack.addWidget(widget)
        if at == self._at:
            self._show_current()
        if typing:
            widget.setFocus()
        self._drop(gone)

    def go_back(self) -> None:
        """Shows the sheet before."""
        self._go(-1)

    def go_forward(self) -> None:
        """Shows the sheet after."""
        self._go(1)

    def close_drawer(self) -> None:
        """Slides away and forgets its history."""
        if not self.is_open:
            return
        self._closing = True
        self._hand_back()
        self._slide(self._place(shown=True), self._place(shown=False))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows its parent's size, and the mouse's back and forward buttons wherever in the window they are."""
        if isinstance(event, QMouseEvent):
            return event.type() == QEvent.Type.MouseButtonPress and self._turn_page(event.button())
        if watched is self._host and event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._place(shown=True))
        return super().eventFilter(watched, event)

    def _turn_page(self, button: Qt.MouseButton) -> bool:
        """Goes where the button says; whether it was one of the two."""
        if not self.is_open or button not in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            return False
        self._go(-1 if button is Qt.MouseButton.BackButton else 1)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, wherever in the drawer it was pressed."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and the hairlines at its left and under its head."""
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), look.colour("disabled"))
        painter.fillRect(0, self._stack.y() - 1, self.width(), 1, look.colour("hairline"))

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._head.addWidget(self._back)
        self._head.addWidget(self._forward)
        self._head.addLayout(words, 1)
        self._head.addWidget(self._close)
        self._lines.setContentsMargins(1, 0, 0, 0)
        self._lines.setSpacing(1)
        self._lines.addLayout(self._head)
        self._lines.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self.go_back)
        self._forward.clicked.connect(self.go_forward)
        self._close.clicked.connect(self.close_drawer)
        keys = (
            (QKeySequence(Qt.KeyboardModifier.AltModifier | Qt.Key.Key_Left), self.go_back),
            (QKeySequence(Qt.KeyboardModifier.AltModifier | Qt.Key.Key_Right), self.go_forward),
        )
        for key, call in keys:
            shortcut = QShortcut(key, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    def _go(self, step: int) -> None:
        if 0 <= self._at + step < len(self._sheets):
            self._at += step
            self._show_current()

    def _show_current(self) -> None:
        sheet = self._sheets[self._at]
        self._title.setText(sheet.title)
        self._subtitle.setText(sheet.subtitle)
        self._subtitle.setVisible(bool(sheet.subtitle))
        self._stack.setCurrentWidget(sheet.widget)
        self._back.setEnabled(self._at > 0)
        self._forward.setEnabled(self._at < len(self._sheets) - 1)
        self.setAccessibleName(sheet.title)
        self.sheet_changed.emit()

    def _drop(self, sheet: _Sheet) -> None:
        self._stack.removeWidget(sheet.widget)
        sheet.widget.deleteLater()

    def _open(self) -> None:
        if self.is_open:
            return
        self._closing = False
        self._came_from = QApplication.focusWidget()
        self._watch_mouse()
        self.show()
        self.raise_()
        self._slide(self._place(shown=False), self._place(shown=True))
        self.setFocus()

    def _watch_mouse(self) -> None:
        """Sees presses before the widgets do: tables keep every button to themselves."""
        window = self.window().windowHandle()
        if window is not None:
            window.installEventFilter(self)

    def _hand_back(self) -> None:
        """Gives the keys back to what they were in before, so that the next card is one Tab away."""
        source, self._came_from = self._came_from, None
        if source is None or not isValid(source) or not source.isVisible() or self.isAncestorOf(source):
            return
        if self.isAncestorOf(QApplication.focusWidget() or self) or self.hasFocus():
            source.setFocus()

    def _place(self, shown: bool) -> QRect:
        room = self._host.rect()
        width = min(theme.current().px(self._wanted_width), room.width())
        return QRect(room.width() - width if shown else room.width(), 0, width, room.height())

    def _slide(self, start: QRect, end: QRect) -> None:
        duration = theme.current().motion_ms
        self._motion.stop()
        if duration == 0:
            self.setGeometry(end)
            self._on_motion_finished()
            return
        self._motion.setDuration(duration)
        self._motion.setStartValue(start)
        self._motion.setEndValue(end)
        self._motion.start()

    def _on_motion_finished(self) -> None:
        if not self._closing:
            return
        self.hide()
        self._closing = False
        for sheet in self._sheets:
            self._drop(sheet)
        self._sheets.clear()
        self._at = -1
        self.closed.emit()

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._head.setContentsMargins(look.unit(1.5), look.unit(), look.unit(1.5), look.unit())
        self._head.setSpacing(look.px(4))
        self._stack.setContentsMargins(look.unit(2), look.unit(), look.unit(2), look.unit(2))
        if not self.isHidden():
            self.setGeometry(self._place(shown=True))
