"""Strokes that all charts share: text in a place, an upright axis and its grid, labels along the foot, a target.

Knows the theme and no chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desktop.views import theme
from desktop.views.charts.scales import Scale
from desktop.views.charts.units import Unit, axis_word, tick_text

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


def caption_font(bold: bool = False) -> QFont:
    """The letters of axes and labels."""
    return theme.current().font("caption", bold=bold)


def width_of(text: str, font: QFont) -> float:
    """How wide `text` is."""
    return QFontMetricsF(font).horizontalAdvance(text)


def widest(texts: Sequence[str], font: QFont) -> float:
    """How wide the widest of `texts` is; 0 for none."""
    return max((width_of(text, font) for text in texts), default=0.0)


def line_height(font: QFont) -> float:
    """How high a line is."""
    return QFontMetricsF(font).height()


def put_text(
    painter: QPainter,
    place: QRectF,
    text: str,
    font: QFont,
    role: str | QColor = "ink",
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Draws one line of text in the colour of a role or one's own, elided to `place`."""
    painter.setFont(font)
    painter.setPen(theme.current().colour(role) if isinstance(role, str) else role)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 0.5)
    painter.drawText(place, align, shown)


def colour_of(category: int | None, status: str = "", role: str = "accent") -> QColor:
    """A mark's colour: of its status, else of its category, else of `role`."""
    look = theme.current()
    if status and status != "none":
        return look.colour(status)
    return look.colour(role) if category is None else look.category(category)


def line_colour_of(category: int | None, role: str = "accent") -> QColor:
    """The colour of a line or a dot, which a pale category would leave unseen."""
    look = theme.current()
    return look.colour(role) if category is None else look.category_line(category)


def foot_height() -> float:
    """What labels along the foot take."""
    return line_height(caption_font()) + theme.current().px(6)


def axis_width(scale: Scale, unit: Unit) -> float:
    """What the ticks of an upright axis take at its left."""
    return widest([tick_text(unit, tick) for tick in scale.ticks], caption_font()) + theme.current().px(8)


def upright(scale: Scale, area: QRectF, value: float) -> float:
    """The height on screen of `value`."""
    return area.bottom() - scale.share(value) * area.height()


def paint_grid(painter: QPainter, scale: Scale, area: QRectF, unit: Unit) -> None:
    """Thin lines across `area` with the ticks' numbers at their left, the unit over them where they do not say it."""
    look = theme.current()
    font = caption_font()
    height = line_height(font)
    for tick in scale.ticks:
        y = upright(scale, area, tick)
        painter.setPen(QPen(look.colour("disabled" if tick == 0 else "hairline"), 1))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        place = QRectF(0, y - height / 2, area.left() - look.px(6), height)
        put_text(painter, place, tick_text(unit, tick), font, "quiet", RIGHT)
    paint_axis_word(painter, area, unit)


def side_ticks(scale: Scale, unit: Unit) -> tuple[tuple[float, str], ...]:
    """The ticks of an axis with their words."""
    return tuple((tick, tick_text(unit, tick)) for tick in scale.ticks)


def paint_axis_word(painter: QPainter, area: QRectF, unit: Unit) -> None:
    """The unit over the upright axis at the left of `area`, where its ticks do not say it."""
    word = axis_word(unit)
    if word:
        font = caption_font()
        height = line_height(font)
        place = QRectF(0, area.top() - 1.5 * height, area.left() - theme.current().px(6), height)
        put_text(painter, place, word, font, "quiet", RIGHT)


def foot_ticks(labels: Sequence[str], places: Sequence[float]) -> tuple[tuple[float, str], ...]:
    """As many of `labels` as stand apart when centred at `places`, by their number; the last one always."""
    font = caption_font()
    gap = theme.current().px(10)
    every = 1
    while every < len(labels) and _collide(labels, places, every, font, gap):
        every += 1
    shown = range(len(labels) - 1, -1, -every)
    return tuple((float(number), labels[number]) for number in sorted(shown))


def _collide(labels: Sequence[str], places: Sequence[float], every: int, font: QFont, gap: float) -> bool:
    shown = list(range(len(labels) - 1, -1, -every))
    for right, left in pairwise(shown):
        needed = (width_of(labels[right], font) + width_of(labels[left], font)) / 2 + gap
        if abs(places[right] - places[left]) < needed:
            return True
    return False


def dashed_pen(role: str = "ink", width: float = 1.5) -> QPen:
    """The pen of targets."""
    pen = QPen(theme.current().colour(role), width)
    pen.setStyle(Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([4, 3])
    return pen


def paint_target_words(painter: QPainter, scale: Scale, area: QRectF, value: float, words: str) -> None:
    """What the target is called, over the left end of its line."""
    look = theme.current()
    y = upright(scale, area, value)
    font = caption_font()
    height = line_height(font)
    top = y - height if y - height >= area.top() - height else y
    width = width_of(words, font) + look.px(4)
    painter.fillRect(QRectF(area.left() + look.px(2), top + 1, width, height - 2), look.colour("surface"))
    put_text(painter, QRectF(area.left() + look.px(4), top, width, height), words, font, "quiet", LEFT)


def paint_legend(painter: QPainter, left: float, top: float, names: Sequence[tuple[str, QColor]]) -> None:
    """Names with their swatches in a row."""
    look = theme.current()
    font = caption_font()
    height = line_height(font)
    side = look.px(9)
    for name, colour in names:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(left, top + (height - side) / 2, side, side), 2, 2)
        left += side + look.px(5)
        width = width_of(name, font) + 1
        put_text(painter, QRectF(left, top, width, height), name, font, "ink", LEFT)
        left += width + look.px(14)
