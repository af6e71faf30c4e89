"""Sign on screen: draw with mouse, finger or pen, or type the name. Hands out an autograph; saves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.autograph import Autograph, Role, Stroke
from desktop.views import theme
from desktop.views.dialogs.answering import press_on_enter
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label

ASPECT = 4.0


class SignaturePad(QWidget):
    """A place to draw in. Pen and finger arrive as mouse events where nobody takes them otherwise."""

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[tuple[float, float]]] = []
        self.setAccessibleName(self.tr("Draw the signature here"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        look = theme.current()
        self.setFixedSize(look.px(480), look.px(120))

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn, in heights of the pad."""
        return tuple(tuple(stroke) for stroke in self._strokes if len(stroke) > 1)

    def clear(self) -> None:
        """Takes away what was drawn."""
        self._strokes.clear()
        self.update()
        self.drawn.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a stroke."""
        self._strokes.append([self._place(event)])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Goes on with it."""
        if self._strokes:
            self._strokes[-1].append(self._place(event))
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Ends it."""
        self.drawn.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the line to sign on and the strokes."""
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.setPen(look.colour("hairline"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        base = round(self.height() * 0.8)
        painter.drawLine(look.unit(2), base, self.width() - look.unit(2), base)
        painter.setPen(QPen(look.colour("ink"), look.px(2), c=Qt.PenCapStyle.RoundCap))
        for stroke in self._strokes:
            painter.drawPolyline(QPolygonF([QPointF(x * self.height(), y * self.height()) for x, y in stroke]))

    def _place(self, event: QMouseEvent) -> tuple[float, float]:
        high, place = self.height(), event.position()
        return min(max(place.x() / high, 0.0), ASPECT), min(max(place.y() / high, 0.0), 1.0)


class SignatureDialog(QDialog):
    """Asks for one signature; `autograph` holds it once accepted."""

    def __init__(self, name: str, role: Role, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._now = role, now
        words = {Role.PRODUCER: self.tr("Producer's signature"), Role.MANAGER: self.tr("Manager's signature")}
        self.setWindowTitle(words[role])
        self.name = QLineEdit(name)
        self.name.setAccessibleName(self.tr("Name of who signs"))
        self.name.setMaxLength(200)
        self.pad = SignaturePad()
        self.typed = QLineEdit()
        self.typed.setAccessibleName(self.tr("Or type the name as a signature"))
        self.typed.setPlaceholderText(self.tr("Or type the name as a signature"))
        self.typed.setMaxLength(80)
        self.again = Button(self.tr("Clear"), "quiet")
        self.keep = Button(self.tr("Sign"), "main")
        self.leave = Button(self.tr("Do Not Sign"))
        self._arrange()
        self.pad.drawn.connect(self._on_changed)
        self.typed.textChanged.connect(self._on_changed)
        self.name.textChanged.connect(self._on_changed)
        self.again.clicked.connect(self.pad.clear)
        self.keep.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        self._on_changed()

    @property
    def autograph(self) -> Autograph:
        """The signature as it stands now."""
        strokes, typed = self.pad.strokes, self.typed.text().strip()
        return Autograph(self.name.text().strip(), self._role, self._now(), strokes, typed, ASPECT)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(Label(self.tr("Name"), "caption", "quiet"))
        column.addWidget(self.name)
        column.addWidget(Label(self.tr("Sign with mouse, finger or pen"), "caption", "quiet"))
        column.addWidget(self.pad)
        column.addWidget(self.typed)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.keep)
        column.addLayout(row)
        press_on_enter(self.keep)

    def _on_changed(self) -> None:
        found = self.autograph
        self.keep.setEnabled(found.given and bool(found.name))
        self.again.setEnabled(bool(found.strokes))
