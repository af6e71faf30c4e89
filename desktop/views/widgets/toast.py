"""The toast: a passing word at the foot of the page, with Undo where there is something to undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.labels import Label

SHOWN_MS = 8000


class Toast(QWidget):
    """Floats over the foot of its parent; a new message replaces the old."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._call: Callable[[], object] | None = None
        self._text = Label()
        self._action = Button("", "quiet")
        self._action.clicked.connect(self._on_action_clicked)
        self._close = IconButton("close", self.tr("Close this message"), size=16)
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._text)
        self._row.addWidget(self._action)
        self._row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        theme.current().changed.connect(self._place)
        self.hide()

    def show_text(self, text: str, action: str = "", call: Callable[[], object] | None = None) -> None:
        """Shows `text` for eight seconds, with a button `action` (a verb, such as Undo) that calls `call`."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._call = call
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._timer.start(SHOWN_MS)
        self.show()
        self.raise_()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows its parent's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws a card with a stronger border, so that it stands off the page."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("disabled"))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.radius, look.radius)

    def _on_action_clicked(self) -> None:
        self.hide()
        if self._call is not None:
            self._call()

    def _place(self) -> None:
        look = theme.current()
        self._row.setContentsMargins(look.unit(2), look.px(6), look.unit(), look.px(6))
        self._row.setSpacing(look.unit())
        self.adjustSize()
        room = self._host.rect()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - look.unit(3))
