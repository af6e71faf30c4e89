"""A figure in one line that can be pressed: its name, a bar, its value, and a word beside it.

Knows what to draw and nothing of metrics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.views import theme
from desktop.views.theme import Status
from desktop.views.widgets.bullets import BulletFigures, paint_bullet


@dataclass(frozen=True, slots=True)
class LineFigures:
    """What a line shows: a `bullet`, or a bar of `share` of the length; `note` at the end in its status's tone."""

    label: str
    text: str
    bullet: BulletFigures | None = None
    share: float | None = None
    note: str = ""
    note_status: Status = Status.NONE
    status: Status = Status.NONE
    tooltip: str = ""
    said: str = ""


class FigureLine(QAbstractButton):
    """One line, a button as a whole; with the keyboard Space or Enter press it."""

    def __init__(self, figures: LineFigures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = figures
        self.aligned: tuple[FigureLine, ...] = (self,)
        self.setText(figures.label)
        self.setToolTip(figures.tooltip)
        said = [figures.label, figures.text, figures.note, figures.said]
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setAccessibleDescription(figures.tooltip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One row of a table high."""
        look = theme.current()
        return QSize(look.px(360), max(look.px(26), QFontMetrics(look.font("body")).height() + look.px(6)))

    def minimumSizeHint(self) -> QSize:
        """The bar gives way first."""
        return QSize(self._label_width() + self._value_width() + self._note_width(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, name, bar, value and note."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        gap = look.px(6)
        area = self.rect().adjusted(gap, 0, -gap, 0)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink"))
        label = QRect(area.left(), 0, self._label_width(), self.height())
        shown = painter.fontMetrics().elidedText(self.figures.label, Qt.TextElideMode.ElideRight, label.width())
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        painter.drawText(label, middle, shown)
        note = QRect(area.right() - self._note_width() + 1, 0, self._note_width(), self.height())
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour(self.figures.note_status.role if self.figures.note else "quiet"))
        painter.drawText(note, middle | right, self.figures.note)
        value = QRect(note.left() - self._value_width(), 0, self._value_width(), self.height())
        painter.setFont(look.font("body", bold=True))
        painter.setPen(look.colour("ink"))
        painter.drawText(value, middle | right, self.figures.text)
        bar = QRectF(label.right() + gap, 0, value.left() - label.right() - 2 * gap, self.height())
        if bar.width() > look.px(20):
            self._paint_bar(painter, bar.adjusted(0, look.px(3), 0, -look.px(3)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does; up and down go from line to line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _paint_ground(self, painter: QPainter) -> None:
        look = theme.current()
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("pressed" if self.isDown() else "hover"))
            painter.drawRoundedRect(area, look.radius, look.radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(area, look.radius, look.radius)

    def _paint_bar(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        if self.figures.bullet is not None:
            paint_bullet(painter, area, self.figures.bullet)
            return
        if self.figures.share is None:
            return
        thick = min(area.height() * 0.6, look.px(10))
        painter.setPen(Qt.PenStyle.NoPen)
        role = "accent" if self.figures.status is Status.NONE else self.figures.status.role
        painter.setBrush(look.colour(role))
        length = max(area.width() * self.figures.share, look.px(2) if self.figures.share else 0)
        painter.drawRoundedRect(QRectF(area.left(), area.center().y() - thick / 2, length, thick), 2, 2)

    def _label_width(self) -> int:
        return theme.current().px(136)

    def _value_width(self) -> int:
        return max(line.own_value_width() for line in self.aligned)

    def _note_width(self) -> int:
        return max(line.own_note_width() for line in self.aligned)

    def own_value_width(self) -> int:
        """What this line's value needs."""
        look = theme.current()
        return max(QFontMetrics(look.font("body", bold=True)).horizontalAdvance(self.figures.text), look.px(56))

    def own_note_width(self) -> int:
        """What this line's note needs, and the gap before it."""
        look = theme.current()
        return QFontMetrics(look.font("caption")).horizontalAdvance(self.figures.note) + look.px(10)


def align(lines: Sequence[FigureLine]) -> None:
    """Gives the bars of `lines` one length, so that they can be compared."""
    for line in lines:
        line.aligned = tuple(lines)
        line.updateGeometry()
