"""Columns over labels: side by side, or stacked; with no gaps between them a distribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.charts import painting
from desktop.views.charts.chart import Mark, Value
from desktop.views.charts.plot import Columns, Layer, Level, Picture
from desktop.views.charts.plotted import PlottedChart
from desktop.views.charts.records import Series
from desktop.views.charts.scales import Scale, make_scale
from desktop.views.charts.units import Unit, plain, value_text


@dataclass(frozen=True, slots=True)
class _Block:
    area: QRectF
    colour: str
    top: bool
    text: str
    base: float
    value: float


class ColumnChart(PlottedChart):
    """One column per label and series. `keys[label]` is what a click hands back; `gap` is the space between, 0 to 1."""

    def __init__(
        self,
        labels: Sequence[str] = (),
        series: Sequence[Series] = (),
        unit: Unit = Unit.COUNT,
        title: str = "",
        subtitle: str = "",
        *,
        stacked: bool = False,
        target: float | None = None,
        target_words: str = "",
        keys: Sequence[object] = (),
        gap: float = 0.3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self._unit = unit
        self._stacked = stacked
        self._gap = gap
        self._target_words = target_words
        self._area = QRectF()
        self._scale = Scale(0.0, 1.0, (0.0, 1.0))
        self._blocks: list[_Block] = []
        self.set_columns(labels, series, target=target, keys=keys)

    def set_columns(
        self,
        labels: Sequence[str],
        series: Sequence[Series],
        *,
        target: float | None = None,
        keys: Sequence[object] = (),
    ) -> None:
        """Shows other figures."""
        self._labels = tuple(labels)
        self._series = tuple(series)
        self._target = target
        self._keys = tuple(keys)
        self._settle()

    def table(self) -> list[list[Value]]:
        """One row per label, one column per series."""
        heading: list[Value] = [self.tr("Label"), *(one.name for one in self._series)]
        rows: list[list[Value]] = [
            [label, *(plain(self._unit, _value(one, number)) for one in self._series)]
            for number, label in enumerate(self._labels)
        ]
        return [heading, *rows]

    # --- layout ------------------------------------------------------------------------------------------------------

    def _lay_out(self, area: QRectF) -> list[Mark]:
        self._blocks = []
        if not self._labels or all(value is None for one in self._series for value in one.values):
            return []
        look = theme.current()
        most = max(int(area.height() / look.px(44)), 2)
        self._scale = make_scale([*self._heights(), self._target], most, whole=self._unit is Unit.COUNT)
        left = painting.axis_width(self._scale, self._unit)
        line = painting.line_height(painting.caption_font())
        top = line + (line + look.px(4) if len(self._series) > 1 else 0)
        self._area = area.adjusted(left, top, -look.px(4), -painting.foot_height())
        marks: list[Mark] = []
        for number in range(len(self._labels)):
            marks += self._stack(number) if self._stacked else self._group(number)
        return marks

    def _heights(self) -> list[float | None]:
        if not self._stacked:
            return [value for one in self._series for value in one.values]
        sums: list[float | None] = []
        for number in range(len(self._labels)):
            values = [_value(one, number) or 0.0 for one in self._series]
            sums += [sum(v for v in values if v > 0), sum(v for v in values if v < 0)]
        return sums

    def _slot(self, number: int) -> QRectF:
        step = self._area.width() / len(self._labels)
        gap = step * self._gap
        # few columns stay columns, not slabs
        width = min(step - gap, float(theme.current().px(72)) * max(1, 1 if self._stacked else len(self._series)))
        centre = self._area.left() + (number + 0.5) * step
        return QRectF(centre - width / 2, self._area.top(), width, self._area.height())

    def _stack(self, number: int) -> list[Mark]:
        slot, up, down, marks = self._slot(number), 0.0, 0.0, []
        for one in self._series:
            value = _value(one, number)
            if not value:
                continue
            base = up if value > 0 else down
            marks.append(self._block(slot.left(), slot.width(), base, base + value, one, number, top=False))
            up, down = (up + value, down) if value > 0 else (up, down + value)
        return marks

    def _group(self, number: int) -> list[Mark]:
        slot = self._slot(number)
        width = slot.width() / len(self._series)
        marks = []
        for place, one in enumerate(self._series):
            value = _value(one, number)
            if value is not None:
                marks.append(self._block(slot.left() + place * width, width, 0.0, value, one, number, top=True))
        return marks

    def _block(
        self, left: float, width: float, base: float, value: float, one: Series, number: int, *, top: bool
    ) -> Mark:
        floor, ceiling = (painting.upright(self._scale, self._area, level) for level in (base, value))
        area = QRectF(left, min(floor, ceiling), max(width - 1, 1.0), max(abs(floor - ceiling), 1.0))
        shown = value_text(self._unit, value - base)
        colour = painting.colour_of(one.category, role=one.role).name()
        self._blocks.append(_Block(area, colour, top, shown, base, value))
        name = f", {one.name}" if len(self._series) > 1 else ""
        key = self._keys[number] if number < len(self._keys) else None
        return Mark(area, f"{self._labels[number]}{name}: {shown}", key)

    # --- painting ----------------------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter) -> None:
        painting.paint_axis_word(painter, self._area, self._unit)
        self.surface.paint(painter, self._picture())
        self._paint_values(painter)
        if self._target is not None:
            words = self._target_words or self.tr("target {}").format(value_text(self._unit, self._target))
            painting.paint_target_words(painter, self._scale, self._area, self._target, words)
        if len(self._series) > 1:
            line = painting.line_height(painting.caption_font())
            names = [(one.name, painting.colour_of(one.category, role=one.role)) for one in self._series]
            painting.paint_legend(painter, self._area.left(), self._area.top() - 2 * line - 2, names)

    def _picture(self) -> Picture:
        count = len(self._labels)
        centres = [self._slot(number).center().x() for number in range(count)]
        return Picture(
            self._area,
            (-0.5, count - 0.5),
            (self._scale.low, self._scale.high),
            painting.foot_ticks(self._labels, centres),
            painting.side_ticks(self._scale, self._unit),
            tuple(self._layers()),
        )

    def _layers(self) -> Iterator[Layer]:
        look = theme.current()
        step = self._area.width() / len(self._labels)
        for colour in dict.fromkeys(block.colour for block in self._blocks):
            yield Columns(
                tuple(
                    (
                        (block.area.center().x() - self._area.left()) / step - 0.5,
                        block.area.width() / step,
                        block.base,
                        block.value - block.base,
                    )
                    for block in self._blocks
                    if block.colour == colour
                ),
                colour,
            )
        yield Level(0.0, look.colour("disabled").name(), dashed=False)
        if self._target is not None:
            yield Level(self._target, look.colour("quiet").name())

    def _paint_values(self, painter: QPainter) -> None:
        """The values over their columns, where all of them have room."""
        font = painting.caption_font(bold=True)
        shown = [block for block in self._blocks if block.top]
        if any(painting.width_of(block.text, font) > block.area.width() + 2 for block in shown):
            return
        height = painting.line_height(font)
        for block in shown:
            place = QRectF(block.area.left() - 4, block.area.top() - height, block.area.width() + 8, height)
            painting.put_text(painter, place, block.text, font, "ink", painting.CENTER)


def _value(one: Series, number: int) -> float | None:
    return one.values[number] if number < len(one.values) else None
