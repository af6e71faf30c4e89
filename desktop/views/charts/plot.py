"""The one surface that pyqtgraph draws on: axes, grid, lines, columns, points and levels of the charts with axes.

A chart describes what stands where (frozen records below, in the chart's own places and units), and the surface paints
it into the chart's painter: screen, PNG and SVG alike. Mouse and keys stay with the chart, so that neither pyqtgraph's
menu nor its zoom can be reached. The library costs most of a second and is imported with the first chart that has
figures to show, never before.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeAlias

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsScene, QWidget

from desktop.views import theme
from desktop.views.charts import painting

Ticks: TypeAlias = tuple[tuple[float, str], ...]
Range: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through its points; a gap where a value is None."""

    values: tuple[float | None, ...]
    colour: str
    width: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """The ground between two edges; a gap where there are none."""

    edges: tuple[tuple[float, float] | None, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks of one colour: centre, width, foot and height of each, in the axes' units."""

    blocks: tuple[tuple[float, float, float, float], ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Dots:
    """Points of one colour by x and y, `size` pixels across."""

    places: tuple[tuple[float, float], ...]
    colour: str
    size: float


@dataclass(frozen=True, slots=True)
class Level:
    """A line straight across at a value: dashed for a target, solid for the foot of the columns.

    `span` is its part of the way from left (0) to right (1).
    """

    value: float
    colour: str
    dashed: bool = True
    span: Range = (0.0, 1.0)


Layer: TypeAlias = Curve | Interval | Columns | Dots | Level


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands in `area`: what either axis spans, its ticks with their words, and the layers from back to front."""

    area: QRectF
    across: Range
    upward: Range
    foot: Ticks
    side: Ticks
    layers: tuple[Layer, ...]


_library: ModuleType | None = None


def library() -> ModuleType:
    """pyqtgraph, imported once and set once: smooth lines, no exit routine of its own, the program's own excepthook."""
    global _library
    if _library is None:
        hooks = sys.excepthook, threading.excepthook
        import pyqtgraph

        sys.excepthook, threading.excepthook = hooks
        pyqtgraph.setConfigOptions(antialias=True, exitCleanup=False)
        _library = pyqtgraph
    return _library


def prepare() -> None:
    """Imports the library ahead of the first chart; may run on any thread, for it makes nothing of Qt's."""
    library()


class Surface:
    """A pyqtgraph plot that is never shown itself; it keeps the last picture and draws anew only when it changes.

    Its view is a hidden child of the chart, so that Qt ends both together and in order.
    """

    def __init__(self, chart: QWidget) -> None:
        self._graph = library()
        self._view = self._graph.GraphicsView(chart, background=None)
        self._view.hide()
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot = self._graph.PlotItem(enableMenu=False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(False, False)
        self._plot.layout.setContentsMargins(0, 0, 0, 0)
        box = self._plot.getViewBox()
        # the dots at the ends stand half outside
        box.setFlag(box.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        # few items that are all drawn each time: an index of their places would only be one more thing to keep true
        self._view.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._view.scene().addItem(self._plot)
        self._shown: Picture | None = None

    @property
    def plot(self) -> Any:
        """The plot item, for who wants to know what it shows."""
        return self._plot

    def forget(self) -> None:
        """The next picture is drawn anew even if it is the same: fonts or colours have changed."""
        self._shown = None

    def paint(self, painter: QPainter, picture: Picture) -> None:
        """Draws `picture` where it stands."""
        if picture != self._shown:
            self._arrange(picture)
            self._shown = picture
        whole = QRect(0, 0, self._view.width(), self._view.height())
        self._view.render(painter, QRectF(whole), whole, Qt.AspectRatioMode.IgnoreAspectRatio)

    def _arrange(self, picture: Picture) -> None:
        area = picture.area
        foot = painting.foot_height()
        width, height = round(area.right() + area.left()) + 200, round(area.bottom() + foot) + 40
        self._view.resize(width, height)
        # a view that is never shown gets no resize event of its own
        self._view.resizeEvent(None)
        self._set_axes(picture, foot)
        self._plot.setGeometry(area.adjusted(-max(area.left(), 1.0), 0, 0, foot))
        self._plot.layout.activate()
        self._plot.setRange(xRange=picture.across, yRange=picture.upward, padding=0, disableAutoRange=True)
        self._plot.clear()
        items = (item for layer in picture.layers for item in self._items(layer))
        for item in (*self._grid(picture.side), *items):
            self._plot.addItem(item, ignoreBounds=True)

    def _set_axes(self, picture: Picture, foot: float) -> None:
        look = theme.current()
        left, bottom = self._plot.getAxis("left"), self._plot.getAxis("bottom")
        left.setWidth(max(picture.area.left(), 1.0))
        bottom.setHeight(foot)
        for axis, ticks in ((left, picture.side), (bottom, picture.foot)):
            axis.setStyle(
                tickFont=painting.caption_font(), tickLength=0, tickAlpha=0, hideOverlappingLabels=False,
                autoExpandTextSpace=False, autoReduceTextSpace=False,
                tickTextOffset=round(look.px(5)), textFillLimits=[(0, 99.0)],
            )  # fmt: skip
            axis.setTicks([list(ticks)])
            axis.setPen(QPen(Qt.PenStyle.NoPen))
            axis.setTextPen(QPen(look.colour("quiet")))

    def _grid(self, ticks: Ticks) -> list[Any]:
        """Hairlines of our own: with the axis' own grid its outermost words would be left out."""
        pen = QPen(theme.current().colour("hairline"), 1)
        pen.setCosmetic(True)
        return [self._graph.InfiniteLine(value, angle=0, pen=pen) for value, _ in ticks]

    def _items(self, layer: Layer) -> list[Any]:
        match layer:
            case Curve():
                return [self._curve(layer)]
            case Interval():
                return self._interval(layer)
            case Columns():
                return [self._columns(layer)]
            case Dots():
                return [self._dots(layer)]
            case Level():
                pen = QPen(QColor(layer.colour), 1.5 if layer.dashed else 1)
                if layer.dashed:
                    pen.setDashPattern([4, 3])
                pen.setCosmetic(True)
                return [self._graph.InfiniteLine(layer.value, angle=0, pen=pen, span=layer.span)]

    def _curve(self, layer: Curve) -> Any:
        pen = QPen(QColor(layer.colour), layer.width)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if layer.dashed:
            pen.setDashPattern([3, 2.5])
        heights = [float("nan") if value is None else float(value) for value in layer.values]
        return self._graph.PlotDataItem(
            [float(number) for number in range(len(heights))], heights, pen=pen, connect="finite"
        )

    def _interval(self, layer: Interval) -> list[Any]:
        known = [(float(number), pair) for number, pair in enumerate(layer.edges) if pair is not None]
        if len(known) < 2:
            return []
        places = [number for number, _ in known]
        low, high = (
            self._graph.PlotCurveItem(places, [float(pair[edge]) for _, pair in known], pen=None) for edge in (0, 1)
        )
        return [self._graph.FillBetweenItem(low, high, brush=QBrush(QColor(layer.colour)))]

    def _columns(self, layer: Columns) -> Any:
        x, width, foot, height = (list(part) for part in zip(*layer.blocks, strict=True))
        return self._graph.BarGraphItem(
            x=x, width=width, y0=foot, height=height, pen=QPen(Qt.PenStyle.NoPen), brush=QBrush(QColor(layer.colour))
        )

    def _dots(self, layer: Dots) -> Any:
        rim = QPen(theme.current().colour("surface"), 1)
        # the library scales the painter to the dot's size, and the rim with it
        rim.setCosmetic(True)
        return self._graph.ScatterPlotItem(
            [place[0] for place in layer.places], [place[1] for place in layer.places], size=layer.size, pen=rim,
            brush=QBrush(QColor(layer.colour)), useCache=False,
        )  # fmt: skip
