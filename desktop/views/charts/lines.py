"""Lines over time: named at their ends, with a dashed target and the band of an interval behind them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.charts import painting
from desktop.views.charts.chart import Chart, Mark, Value
from desktop.views.charts.records import Series
from desktop.views.charts.scales import Scale, make_scale
from desktop.views.charts.units import Unit, plain, value_text

Band = Sequence[tuple[float, float] | None]


class LineChart(Chart):
    """One or more series over the same labels (periods, oldest first). `keys` is what a click on a label hands back."""

    def __init__(
        self,
        labels: Sequence[str] = (),
        series: Sequence[Series] = (),
        unit: Unit = Unit.COUNT,
        title: str = "",
        subtitle: str = "",
        *,
        target: float | None = None,
        target_words: str = "",
        band: Band = (),
        keys: Sequence[object] = (),
        zero: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self._unit = unit
        self._zero = zero
        self._target_words = target_words
        self._area = QRectF()
        self._scale = Scale(0.0, 1.0, (0.0, 1.0))
        self.set_lines(labels, series, target=target, band=band, keys=keys)

    def set_lines(
        self,
        labels: Sequence[str],
        series: Sequence[Series],
        *,
        target: float | None = None,
        band: Band = (),
        keys: Sequence[object] = (),
    ) -> None:
        """Shows other figures."""
        self._labels = tuple(labels)
        self._series = tuple(series)
        self._target = target
        self._band = tuple(band)
        self._keys = tuple(keys)
        self._settle()

    def table(self) -> list[list[Value]]:
        """One row per label, one column per series, then the band's edges."""
        heading: list[Value] = [self.tr("Period"), *(one.name for one in self._series)]
        if self._band:
            heading += [self.tr("Low"), self.tr("High")]
        rows = [heading]
        for number, label in enumerate(self._labels):
            row: list[Value] = [label, *(plain(self._unit, _at(one, number)) for one in self._series)]
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
        self._scale = make_scale([*values, *edges, self._target], most, zero=self._zero, whole=whole)
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

    def _said(self, number: int) -> str:
        values = [(one.name, value_text(self._unit, _at(one, number))) for one in self._series]
        if len(values) == 1:
            text = f"{self._labels[number]}: {values[0][1]}"
        else:
            text = f"{self._labels[number]}: " + ", ".join(f"{name} {value}" for name, value in values)
        edges = self._band[number] if number < len(self._band) else None
        if edges is not None:
            low, high = (value_text(self._unit, edge) for edge in edges)
            text += " " + self.tr("({low} to {high})").format(low=low, high=high)
        return text

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
                painter.setBrush(painting.colour_of(one.category, role=one.role))
                painter.drawEllipse(self._at(number, value), look.px(4.5), look.px(4.5))

    def _x(self, number: int) -> float:
        return self._area.left() + self._area.width() * (
            number / (len(self._labels) - 1) if len(self._labels) > 1 else 0.5
        )

    def _at(self, number: int, value: float) -> QPointF:
        return QPointF(self._x(number), painting.upright(self._scale, self._area, value))

    # --- painting ----------------------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter) -> None:
        painting.paint_grid(painter, self._scale, self._area, self._unit)
        self._paint_band(painter)
        for one in self._series:
            self._paint_series(painter, one)
        if self._target is not None:
            painting.paint_target(painter, self._scale, self._area, self._target)
        self._paint_ends(painter)
        painting.paint_foot(painter, self._area, self._labels, [self._x(n) for n in range(len(self._labels))])

    def _paint_band(self, painter: QPainter) -> None:
        known = [(number, pair) for number, pair in enumerate(self._band) if pair is not None]
        if len(known) < 2:
            return
        upper = [self._at(number, pair[1]) for number, pair in known]
        lower = [self._at(number, pair[0]) for number, pair in reversed(known)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("track"))
        painter.drawPolygon(QPolygonF(upper + lower))

    def _paint_series(self, painter: QPainter, one: Series) -> None:
        look = theme.current()
        path, lonely = QPainterPath(), []
        for number, value in enumerate(one.values[: len(self._labels)]):
            if value is None:
                continue
            point = self._at(number, value)
            before, after = _at(one, number - 1) if number else None, _at(one, number + 1)
            if before is None:
                path.moveTo(point)
                lonely += [point] if after is None else []
            else:
                path.lineTo(point)
        colour = painting.colour_of(one.category, role=one.role)
        pen = QPen(colour, look.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        if one.dashed:
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setBrush(colour)
        for point in lonely:
            painter.drawEllipse(point, look.px(2), look.px(2))

    def _paint_ends(self, painter: QPainter) -> None:
        look = theme.current()
        ends: list[tuple[float, str, str]] = []
        for one in self._series:
            last = max((n for n, value in enumerate(one.values) if value is not None), default=None)
            if last is not None and last < len(self._labels):
                point = self._at(last, one.values[last] or 0.0)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(painting.colour_of(one.category, role=one.role))
                painter.drawEllipse(point, look.px(4), look.px(4))
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

    def _target_text(self) -> str:
        return self._target_words or self.tr("target {}").format(value_text(self._unit, self._target))


def _at(one: Series, number: int) -> float | None:
    return one.values[number] if 0 <= number < len(one.values) else None
