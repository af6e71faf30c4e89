"""Points by two measures, each named where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.charts import painting
from desktop.views.charts.chart import Mark, Value
from desktop.views.charts.plot import Dots, Picture
from desktop.views.charts.plotted import PlottedChart
from desktop.views.charts.records import Point
from desktop.views.charts.scales import Scale, make_scale
from desktop.views.charts.units import Unit, plain, value_text


class ScatterChart(PlottedChart):
    """Points with the two axes named; the keys go from left to right."""

    def __init__(
        self,
        points: Sequence[Point] = (),
        x: tuple[str, Unit] = ("", Unit.COUNT),
        y: tuple[str, Unit] = ("", Unit.COUNT),
        title: str = "",
        subtitle: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self._x_name, self._x_unit = x
        self._y_name, self._y_unit = y
        self._area = QRectF()
        self._across = self._up = Scale(0.0, 1.0, (0.0, 1.0))
        self.set_points(points)

    def set_points(self, points: Sequence[Point]) -> None:
        """Shows other points."""
        self._points = tuple(sorted(points, key=lambda point: (point.x, point.y)))
        self._settle()

    def table(self) -> list[list[Value]]:
        """Name and both measures of each point."""
        heading: list[Value] = [self.tr("Name"), self._x_name, self._y_name]
        rows: list[list[Value]] = [
            [one.label, plain(self._x_unit, one.x), plain(self._y_unit, one.y)] for one in self._points
        ]
        return [heading, *rows]

    def _lay_out(self, area: QRectF) -> list[Mark]:
        if not self._points:
            return []
        look = theme.current()
        self._up = make_scale([one.y for one in self._points], max(int(area.height() / look.px(44)), 2))
        self._across = make_scale([one.x for one in self._points], max(int(area.width() / look.px(90)), 2))
        line = painting.line_height(painting.caption_font())
        left = painting.axis_width(self._up, self._y_unit)
        self._area = area.adjusted(left, line + look.px(4), -look.px(24), -2 * line - look.px(8))
        side = look.px(7)
        marks = []
        for one in self._points:
            place = self._place(one)
            said = f"{one.label}: {value_text(self._x_unit, one.x)}, {value_text(self._y_unit, one.y)}"
            marks.append(Mark(QRectF(place.x() - side, place.y() - side, 2 * side, 2 * side), said, one.key))
        return marks

    def _place(self, one: Point) -> QPointF:
        x = self._area.left() + self._across.share(one.x) * self._area.width()
        return QPointF(x, painting.upright(self._up, self._area, one.y))

    def _paint(self, painter: QPainter) -> None:
        look = theme.current()
        self.surface.paint(painter, self._picture())
        font = painting.caption_font()
        line = painting.line_height(font)
        over = QRectF(self._area.left(), self._area.top() - line - look.px(4), self._area.width(), line)
        painting.put_text(painter, over, self._y_name, font, "quiet")
        under = QRectF(self._area.left(), self._area.bottom() + line + look.px(6), self._area.width(), line)
        painting.put_text(painter, under, self._x_name, font, "quiet", painting.RIGHT)
        self._paint_names(painter)

    def _picture(self) -> Picture:
        colours = [painting.line_colour_of(one.category).name() for one in self._points]
        return Picture(
            self._area,
            (self._across.low, self._across.high),
            (self._up.low, self._up.high),
            painting.side_ticks(self._across, self._x_unit),
            painting.side_ticks(self._up, self._y_unit),
            tuple(
                Dots(
                    tuple((one.x, one.y) for one, its in zip(self._points, colours, strict=True) if its == colour),
                    colour,
                    2.0 * theme.current().px(5),
                )
                for colour in dict.fromkeys(colours)
            ),
        )

    def _paint_names(self, painter: QPainter) -> None:
        side = theme.current().px(5)
        places = [self._place(one) for one in self._points]
        taken = [QRectF(place.x() - side, place.y() - side, 2 * side, 2 * side) for place in places]
        for one, place in zip(self._points, places, strict=True):
            self._paint_name(painter, one, place, taken)

    def _paint_name(self, painter: QPainter, one: Point, place: QPointF, taken: list[QRectF]) -> None:
        look = theme.current()
        font = painting.caption_font()
        box = QRectF(place.x() + look.px(8), 0, painting.width_of(one.label, font) + 1, painting.line_height(font))
        box.moveTop(place.y() - box.height() / 2)
        if box.right() <= self._area.right() + look.px(24) and not any(box.intersects(other) for other in taken):
            painting.put_text(painter, box, one.label, font)
            taken.append(box)
