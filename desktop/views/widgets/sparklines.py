"""Sparklines: the last 13 periods in the space of a word, painted without any chart library.

A gap (None) breaks the line; the last point carries a dot. Knows numbers and colours only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.views import theme

Values: TypeAlias = Sequence[float | None]


def paint_sparkline(painter: QPainter, area: QRectF, values: Values, line: QColor, dot: QColor, width: float) -> None:
    """Draws `values` from left to right in `area`; nothing where no value is known."""
    points = _points(area, values, width)
    if not any(point is not None for point in points):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(line, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(_path(points))
    last = points[-1]
    if last is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dot)
        painter.drawEllipse(last, width * 1.6, width * 1.6)
    painter.restore()


def _points(area: QRectF, values: Values, width: float) -> list[QPointF | None]:
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    room = area.adjusted(width * 2, width * 2, -width * 2, -width * 2)
    step = room.width() / max(len(values) - 1, 1)
    points: list[QPointF | None] = []
    for number, value in enumerate(values):
        if value is None:
            points.append(None)
            continue
        share = 0.5 if high == low else (value - low) / (high - low)
        points.append(QPointF(room.left() + number * step, room.bottom() - share * room.height()))
    return points


def _path(points: Sequence[QPointF | None]) -> QPainterPath:
    path = QPainterPath()
    pen_down = False
    for point in points:
        if point is None:
            pen_down = False
            continue
        if pen_down:
            path.lineTo(point)
        else:
            path.moveTo(point)
            path.lineTo(point + QPointF(0.01, 0))
        pen_down = True
    return path


class Sparkline(QWidget):
    """A sparkline as a widget; what it shows is said by whoever holds it, so it has no name of its own."""

    def __init__(self, values: Values = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = tuple(values)
        # it gives way to the figure beside it
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def set_values(self, values: Values) -> None:
        """Shows `values`, oldest first; None where a period has no figure."""
        self._values = tuple(values)
        self.update()

    def sizeHint(self) -> QSize:
        """About 13 points of six pixels."""
        look = theme.current()
        return QSize(look.px(80), look.px(24))

    def minimumSizeHint(self) -> QSize:
        """None: see `paintEvent`."""
        return QSize(0, theme.current().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line, no wider than is useful, at the right; nothing where it would be a smudge."""
        look = theme.current()
        if self.width() < look.px(28):
            return
        width = min(self.width(), look.px(110))
        area = QRectF(self.width() - width, 0, width, self.height())
        painter = QPainter(self)
        paint_sparkline(painter, area, self._values, look.colour("quiet"), look.colour("accent"), look.px(3) / 2)


class SparklineDelegate(QStyledItemDelegate):
    """Paints the sequence of numbers found under `role` of a cell."""

    def __init__(self, role: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws the cell's ground as usual, then the line."""
        plain = QStyleOptionViewItem(option)
        super().paint(painter, plain, index)
        values = index.data(self._role)
        if values:
            look = theme.current()
            area = QRectF(option.rect).adjusted(look.px(8), look.px(4), -look.px(8), -look.px(4))
            paint_sparkline(painter, area, values, look.colour("quiet"), look.colour("accent"), look.px(3) / 2)

    def displayText(self, value: object, locale: object) -> str:
        """No text: the line says it."""
        return ""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Wide enough for 13 periods."""
        return QSize(theme.current().px(96), theme.current().row_height)
