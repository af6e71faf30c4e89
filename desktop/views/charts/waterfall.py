"""How one sum becomes another: steps up and down between totals that stand on the floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.charts import painting
from desktop.views.charts.chart import Chart, Mark, Value
from desktop.views.charts.records import Step
from desktop.views.charts.scales import Scale, make_scale
from desktop.views.charts.units import Unit, plain, value_text


@dataclass(frozen=True, slots=True)
class _Block:
    step: Step
    area: QRectF
    level: float


class Waterfall(Chart):
    """Steps from left to right, each beginning at the level at which the one before ended."""

    def __init__(
        self,
        steps: Sequence[Step] = (),
        unit: Unit = Unit.MONEY,
        title: str = "",
        subtitle: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self._unit = unit
        self._area = QRectF()
        self._scale = Scale(0.0, 1.0, (0.0, 1.0))
        self._blocks: list[_Block] = []
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Shows other steps."""
        self._steps = tuple(steps)
        self._settle()

    def table(self) -> list[list[Value]]:
        """Name, change and the level after it."""
        rows: list[list[Value]] = [[self.tr("Step"), self.tr("Change"), self.tr("Level")]]
        for step, (_, level) in zip(self._steps, _levels(self._steps), strict=True):
            rows.append([step.label, plain(self._unit, step.value), plain(self._unit, level)])
        return rows

    def _lay_out(self, area: QRectF) -> list[Mark]:
        self._blocks = []
        if not self._steps:
            return []
        look = theme.current()
        levels = _levels(self._steps)
        most = max(int(area.height() / look.px(44)), 2)
        self._scale = make_scale([level for pair in levels for level in pair], most)
        line = painting.line_height(painting.caption_font())
        left = painting.axis_width(self._scale, self._unit)
        self._area = area.adjusted(left, line, -look.px(4), -2 * line - look.px(6))
        width = self._area.width() / len(self._steps)
        for number, (step, (start, end)) in enumerate(zip(self._steps, levels, strict=True)):
            top, bottom = (
                painting.upright(self._scale, self._area, level) for level in (max(start, end), min(start, end))
            )
            thick = min(width * 0.66, look.px(84))
            centre = self._area.left() + (number + 0.5) * width
            self._blocks.append(_Block(step, QRectF(centre - thick / 2, top, thick, max(bottom - top, 1.5)), end))
        return [Mark(block.area, self._said(block), block.step.key) for block in self._blocks]

    def _said(self, block: _Block) -> str:
        text = f"{block.step.label}: {self._value(block.step)}"
        return f"{text}, {block.step.note}" if block.step.note else text

    def _value(self, step: Step) -> str:
        text = value_text(self._unit, step.value)
        return text if step.total or step.value <= 0 else f"+{text}"

    def _paint(self, painter: QPainter) -> None:
        painting.paint_grid(painter, self._scale, self._area, self._unit)
        look = theme.current()
        for before, after in pairwise(self._blocks):
            y = painting.upright(self._scale, self._area, before.level)
            painter.setPen(QPen(look.colour("disabled"), 1))
            painter.drawLine(QPointF(before.area.right(), y), QPointF(after.area.left(), y))
        for block in self._blocks:
            role = "accent" if block.step.total else "good" if block.step.value >= 0 else "bad"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(role))
            painter.drawRoundedRect(block.area, 2, 2)
            self._paint_words(painter, block)

    def _paint_words(self, painter: QPainter, block: _Block) -> None:
        bold, font = painting.caption_font(bold=True), painting.caption_font()
        height = painting.line_height(bold)
        step = self._area.width() / len(self._blocks)
        left = block.area.center().x() - step / 2
        over = QRectF(left, block.area.top() - height, step, height)
        painting.put_text(painter, over, self._value(block.step), bold, "ink", painting.CENTER)
        look = theme.current()
        place = QRectF(left + 2, self._area.bottom() + look.px(4), step - 4, 2 * height)
        painter.setFont(font)
        painter.setPen(look.colour("quiet"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(place, int(flags), block.step.label)


def _levels(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Where each step begins and ends."""
    levels, level = [], 0.0
    for step in steps:
        start = 0.0 if step.total else level
        level = step.value if step.total else level + step.value
        levels.append((start, level))
    return levels
