"""Lines over time: named at their ends, with a dashed target and the band of an interval behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.charts import painting
from desktop.views.charts.chart import Mark, Value
from desktop.views.charts.plot import Curve, Dots, Interval, Layer, Level, Picture
from desktop.views.charts.plotted import PlottedChart
from desktop.views.charts.records import Series
from desktop.views.charts.scales import Scale, make_scale
from desktop.views.charts.units import Unit, plain, value_text

Band = Sequence[tuple[float, float] | None]
Target = float | Sequence[float | None] | None
"""One for all labels, or each label's own where it changed on the way."""


class LineChart(PlottedChart):
    """One or more series over the same labels (periods, oldest first).

    `keys` is what a click on a label hands back; `names` tell labels apart that repeat (Nov and a year later
    Nov), on hover and in files.
    """

    def __init__(
        self,
        labels: Sequence[str] = (),
        series: Sequence[Series] = (),
        unit: Unit = Unit.COUNT,
        title: str = "",
        subtitle: str = "",
        *,
        target: Target = None,
        target_words: str = "",
        band: Band = (),
        keys: Sequence[object] = (),
        names: Sequence[str] = (),
        zero: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self._unit = unit
        self._zero = zero
        self._target_words = target_words
        self._area = QRectF()
        self._scale = Scale(0.0, 1.0, (0.0, 1.0))
        self.set_lines(labels, series, target=target, band=band, keys=keys, names=names)

    def set_lines(
        self,
        labels: Sequence[str],
        series: Sequence[Series],
        *,
        target: Target = None,
        band: Band = (),
        keys: Sequence[object] = (),
        names: Sequence[str] = (),
    ) -> None:
        """Shows other figures."""
        self._labels = tuple(labels)
        self._series = tuple(series)
        self._targets = (target,) * len(labels) if target is None or isinstance(target, (int, float)) else tuple(target)
        self._target = self._targets[-1] if self._targets else None
        self._band = tuple(band)
        self._keys = tuple(keys)
        self._names = tuple(names)
        self._settle()

    def table(self) -> list[list[Value]]:
        """One row per label, one column per series, then the band's edges."""
        heading: list[Value] = [self.tr("Period"), *(one.name for one in self._series)]
        if self._moved:
            heading.append(self.tr("Target"))
        if self._band:
            heading += [self.tr("Low"), self.tr("High")]
        rows = [heading]
        for number in range(len(self._labels)):
            row: list[Value] = [self._name(number), *(plain(self._unit, _at(one, number)) for one in self._series)]
            if self._moved:
                row.append(plain(self._unit, self._targets[number]))
            if self._band:
                edges = self._band[number] if number < len(self._band) else None
                row += [None, None] if edges is None else [plain(self._unit, edge) for edge in edges]
            rows.append(row)
        return rows

    # --- layout ------------------------------------------------------------------------------------------------------

    def _lay_out(self, area: QRectF) -> list[Mark]:
        values = [value for one in self._series for value in one.values]
        if all(value is None for value in values):
            return []
        look = theme.current()
        edges = [edge for pair in self._band if pair is not None for edge in pair]
        whole = self._unit is Unit.COUNT
        most = max(int(area.height() / look.px(44)), 2)
        self._scale = make_scale([*values, *edges, *self._targets], most, zero=self._zero, whole=whole)
        left = painting.axis_width(self._scale, self._unit)
        top = painting.line_height(painting.caption_font())
        self._ends = self._end_room(area)
        self._area = area.adjusted(left, top, -self._ends, -painting.foot_height())
        return [self._mark(number) for number in range(len(self._labels))]

    def _end_room(self, area: QRectF) -> float:
        look = theme.current()
        names = [self._end_words(one) for one in self._series]
        names += [self._target_text()] if self._target is not None else []
        return min(painting.widest(names, painting.caption_font(bold=True)) + look.px(14), area.width() * 0.34)

    def _end_words(self, one: Series) -> str:
        last = next((value for value in reversed(one.values) if value is not None), None)
        text = value_text(self._unit, last)
        return text if len(self._series) == 1 else f"{one.name} {text}"

    def _mark(self, number: int) -> Mark:
        x = self._x(number)
        step = self._area.width() / max(len(self._labels) - 1, 1)
        box = QRectF(x - step / 2, self._area.top(), step, self._area.height()).intersected(self._area)
        key = self._keys[number] if number < len(self._keys) else None
        return Mark(box, self._said(number), key)

    def _name(self, number: int) -> str:
        return self._names[number] if number < len(self._names) else self._labels[number]

    def _said(self, number: int) -> str:
        values = [(one.name, value_text(self._unit, _at(one, number))) for one in self._series]
        if len(values) == 1:
            text = f"{self._name(number)}: {values[0][1]}"
        else:
            text = f"{self._name(number)}: " + ", ".join(f"{name} {value}" for name, value in values)
        edges = self._band[number] if number < len(self._band) else None
        if edges is not None:
            low, high = (value_text(self._unit, edge) for edge in edges)
            text += " " + self.tr("({low} to {high})").format(low=low, high=high)
        if self._moved and self._targets[number] is not None:
            text += ", " + self.tr("target {}").format(value_text(self._unit, self._targets[number]))
        rings = [f"{one.name}: {one.ring_words}" for one in self._series if one.ringed == number and one.ring_words]
        return "; ".join((text, *rings))

    def _paint_pointer(self, painter: QPainter, mark: Mark) -> None:
        """A thin upright line with a dot on every series."""
        look = theme.current()
        number = self._current
        painter.setPen(QPen(look.colour("quiet"), 1))
        painter.drawLine(QPointF(self._x(number), self._area.top()), QPointF(self._x(number), self._area.bottom()))
        for one in self._series:
            value = _at(one, number)
            if value is not None:
                painter.setPen(QPen(look.colour("surface"), 1.5))
                painter.setBrush(painting.line_colour_of(one.category, one.role))
                painter.drawEllipse(self._at(number, value), look.px(4.5), look.px(4.5))

    def _x(self, number: int) -> float:
        return self._area.left() + self._area.width() * (
            number / (len(self._labels) - 1) if len(self._labels) > 1 else 0.5
        )

    def _at(self, number: int, value: float) -> QPointF:
        return QPointF(self._x(number), painting.upright(self._scale, self._area, value))

    # --- painting ----------------------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter) -> None:
        painting.paint_axis_word(painter, self._area, self._unit)
        self.surface.paint(painter, self._picture())
        self._paint_ends(painter)
        self._paint_ring_words(painter)

    def _picture(self) -> Picture:
        last = len(self._labels) - 1
        places = [self._x(number) for number in range(len(self._labels))]
        return Picture(
            self._area,
            (0.0, float(last)) if last else (-0.5, 0.5),
            (self._scale.low, self._scale.high),
            painting.foot_ticks(self._labels, places),
            painting.side_ticks(self._scale, self._unit),
            tuple(self._layers()),
        )

    def _layers(self) -> Iterator[Layer]:
        look = theme.current()
        if any(pair is not None for pair in self._band):
            yield Interval(self._band[: len(self._labels)], look.colour("track").name())
        for one in self._series:
            values = one.values[: len(self._labels)]
            colour = painting.line_colour_of(one.category, one.role).name()
            yield Curve(values, colour, look.px(2), one.dashed)
            lonely = tuple((float(number), value) for number, value in _lonely(values))
            if lonely:
                yield Dots(lonely, colour, look.px(5))
            last = max((number for number, value in enumerate(values) if value is not None), default=None)
            if last is not None:
                yield Dots(((float(last), values[last] or 0.0),), colour, look.px(9))
            ring = None if one.ringed is None else _at(one, one.ringed)
            if one.ringed is not None and ring is not None:
                yield Dots(((float(one.ringed), ring),), colour, look.px(11))
                yield Dots(((float(one.ringed), ring),), look.colour("surface").name(), look.px(6))
        yield from self._levels(look.colour("quiet").name())

    @property
    def _moved(self) -> bool:
        """Whether the target changed on the way."""
        return len(set(self._targets)) > 1

    def _levels(self, colour: str) -> Iterator[Level]:
        """The target as far as it was the same, from half a label before to half a label after."""
        last = max(len(self._labels) - 1, 1)
        for value, run in groupby(enumerate(self._targets), key=lambda one: one[1]):
            numbers = [number for number, _ in run]
            if value is not None:
                span = (max(numbers[0] - 0.5, 0.0) / last, min(numbers[-1] + 0.5, float(last)) / last)
                yield Level(value, colour, span=span if self._moved else (0.0, 1.0))

    def _paint_ends(self, painter: QPainter) -> None:
        ends: list[tuple[float, str, str]] = []
        for one in self._series:
            last = max((n for n, value in enumerate(one.values) if value is not None), default=None)
            if last is not None and last < len(self._labels):
                point = self._at(last, one.values[last] or 0.0)
                ends.append((point.y(), self._end_words(one), "ink"))
        if self._target is not None:
            ends.append((painting.upright(self._scale, self._area, self._target), self._target_text(), "quiet"))
        self._paint_end_words(painter, ends)

    def _paint_end_words(self, painter: QPainter, ends: list[tuple[float, str, str]]) -> None:
        """Each at its height, those that would cover one another moved apart."""
        bold, light = painting.caption_font(bold=True), painting.caption_font()
        height = painting.line_height(bold)
        lowest = float("-inf")
        for y, words, role in sorted(ends):
            top = max(y - height / 2, lowest)
            lowest = top + height
            left = self._area.right() + theme.current().px(9)
            place = QRectF(left, top, self._ends, height)
            painting.put_text(painter, place, words, bold if role == "ink" else light, role)

    def _paint_ring_words(self, painter: QPainter) -> None:
        """What happened at the rings, over them; words that would cover others are left to the hover."""
        font = painting.caption_font()
        height, gap = painting.line_height(font), theme.current().px(8)
        taken: list[QRectF] = []
        for one in self._series:
            value = None if one.ringed is None else _at(one, one.ringed)
            if one.ringed is None or value is None or not one.ring_words:
                continue
            point, width = self._at(one.ringed, value), painting.width_of(one.ring_words, font)
            left = min(max(point.x() - width / 2, self._area.left()), self._area.right() - width)
            place = QRectF(left, point.y() - height - gap, width, height)
            if not any(place.intersects(other) for other in taken):
                taken.append(place)
                painter.fillRect(place, theme.current().colour("surface"))
                painting.put_text(painter, place, one.ring_words, font, "quiet")

    def _target_text(self) -> str:
        return self._target_words or self.tr("target {}").format(value_text(self._unit, self._target))


def _at(one: Series, number: int) -> float | None:
    return one.values[number] if 0 <= number < len(one.values) else None


def _lonely(values: Sequence[float | None]) -> list[tuple[int, float]]:
    """The values without a neighbour to draw a line to."""
    known = [None, *values, None]
    return [
        (number, value)
        for number, value in enumerate(values)
        if value is not None and known[number] is None and known[number + 2] is None
    ]
