"""The map of the United States by state or county, shaded by a figure or coloured by kind; offline.

Arrow keys go through the places by name, a letter to the next one that begins with it, so that the small are as easy
to reach as the large.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from desktop import places
from desktop.views import theme
from desktop.views.charts import outlines, painting
from desktop.views.charts.chart import Chart, Mark, Value
from desktop.views.charts.outlines import BOXED, Outline
from desktop.views.charts.records import Region
from desktop.views.charts.units import Unit, plain, value_text
from desktop.views.theme.tokens import blend

_WHOLE = QRectF(-60.0, 0.0, places.WIDTH + 60.0, places.HEIGHT)


class StateMap(Chart):
    """Regions on the map; every place can be reached, those without a figure too (`drilled` hands back key or code)."""

    def __init__(
        self,
        regions: Sequence[Region] = (),
        unit: Unit = Unit.COUNT,
        title: str = "",
        subtitle: str = "",
        *,
        counties: bool = False,
        state: str = "",
        heading: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self._unit = unit
        self._counties = counties
        self._state = state
        self._heading = heading
        self._regions: dict[str, Region] = {}
        self._places: list[tuple[Outline, QPainterPath, QRectF | None]] = []
        self._picture: tuple[object, QPixmap] | None = None
        self.set_regions(regions)

    def set_regions(self, regions: Sequence[Region]) -> None:
        """Shows other figures."""
        self._regions = {region.code: region for region in regions}
        self._picture = None
        self._settle()

    def show_level(self, *, counties: bool, state: str = "") -> None:
        """Shows states or counties, of the whole country or of one state (its postal code)."""
        self._counties, self._state = counties, state
        self._picture = None
        self._settle()

    def select_place(self, code: str) -> bool:
        """Goes to the place with that code, as the keys would; False when it is not on the map."""
        self._ensure_layout(self._whole())
        found = next((n for n, (one, _, _) in enumerate(self._places) if one.code == code), -1)
        self._move_to(found)
        return found >= 0

    def table(self) -> list[list[Value]]:
        """Code, name, figure and note of every place with a figure, on the map or not."""
        names = {one.code: one.name for one in self._outlines()}
        heading: list[Value] = [self.tr("Code"), self.tr("Place"), self._heading or self.tr("Value"), self.tr("Note")]
        rows: list[list[Value]] = [
            [one.code, names.get(one.code, one.code), plain(self._unit, one.value), one.note]
            for one in self._regions.values()
        ]
        return [heading, *rows]

    def sizeHint(self) -> QSize:
        """The plane's proportions."""
        look = theme.current()
        return QSize(look.px(620), look.px(400))

    def minimumSizeHint(self) -> QSize:
        """Boxes and letters still have room."""
        look = theme.current()
        return QSize(look.px(380), look.px(270))

    # --- layout ------------------------------------------------------------------------------------------------------

    def _outlines(self) -> tuple[Outline, ...]:
        return outlines.counties(self._state) if self._counties else outlines.states()

    def _lay_out(self, area: QRectF) -> list[Mark]:
        shown = self._outlines()
        source = outlines.bounds(shown) if self._state else _WHOLE
        room = area.adjusted(2, 2, -2, -painting.foot_height() - 2)
        factor = min(room.width() / source.width(), room.height() / source.height())
        left = room.left() + (room.width() - source.width() * factor) / 2
        top = room.top() + (room.height() - source.height() * factor) / 2
        transform = QTransform(factor, 0, 0, factor, left - source.left() * factor, top - source.top() * factor)
        self._foot = QRectF(area.left(), area.bottom() - painting.foot_height(), area.width(), painting.foot_height())
        self._transform = transform
        boxes = {} if self._counties else self._boxes(transform)
        self._places = []
        marks = []
        for one in shown:
            path, box = transform.map(one.path), boxes.get(one.code)
            self._places.append((one, path, box))
            marks.append(Mark(_with_box(path, box), self._said(one), self._key(one.code)))
        return marks

    def _boxes(self, transform: QTransform) -> dict[str, QRectF]:
        """The small states' boxes, one under the other in the Atlantic."""
        look = theme.current()
        start = transform.map(QPointF(places.WIDTH - 58, 262))
        end = transform.map(QPointF(places.WIDTH, places.HEIGHT))
        height = min((end.y() - start.y()) / len(BOXED), look.px(24))
        width = max(float(look.px(34)), end.x() - start.x())
        left = end.x() - width
        return {code: QRectF(left, start.y() + number * height, width, height - 2) for number, code in enumerate(BOXED)}

    def _said(self, one: Outline) -> str:
        region = self._regions.get(one.code)
        if region is None:
            return one.name
        parts = [value_text(self._unit, region.value)] if region.value is not None else []
        said = ", ".join([*parts, *([region.note] if region.note else [])])
        return f"{one.name}: {said}" if said else one.name

    def _key(self, code: str) -> object:
        region = self._regions.get(code)
        return code if region is None or region.key is None else region.key

    def _summary(self) -> str:
        said = [self._said(one) for one in self._outlines() if one.code in self._regions]
        return "; ".join(said[:60]) if said else self.empty_text

    # --- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter goes to the next place that begins with it; the rest as in every chart."""
        self._ensure_layout(self._whole())
        letter = event.text().casefold()
        if letter.isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            count = len(self._places)
            order = [(self._current + step) % count for step in range(1, count + 1)] if count else []
            wanted = (number for number in order if self._places[number][0].name.casefold().startswith(letter))
            self._move_to(next(wanted, self._current))
        else:
            super().keyPressEvent(event)

    # --- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the map from a picture of it: three thousand outlines are too many for every move of the mouse."""
        ratio = self.devicePixelRatioF()
        look = theme.current()
        wanted = (self.size(), ratio, look.dark, look.zoom, self.title)
        if self._picture is None or self._picture[0] != wanted:
            sheet = QPixmap(self.size() * ratio)
            sheet.setDevicePixelRatio(ratio)
            sheet.fill(Qt.GlobalColor.transparent)
            inner = QPainter(sheet)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(inner, self._whole())
            inner.end()
            self._tell()
            self._picture = (wanted, sheet)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._picture[1])
        if self.current_mark is not None:
            self._paint_current(painter, self.current_mark)

    def _paint(self, painter: QPainter) -> None:
        look = theme.current()
        low, high = self._range()
        pen = QPen(look.colour("surface"), 1 if not self._counties or self._state else 0.4)
        for one, path, box in self._places:
            ground = self._ground(self._regions.get(one.code), low, high)
            painter.setPen(pen)
            painter.setBrush(ground)
            painter.drawPath(path)
            if box is not None:
                painter.drawRoundedRect(box, 2, 2)
            self._paint_name(painter, one, path, box, ground)
        if self._counties and not self._state:
            self._paint_borders(painter)
        self._paint_foot(painter, low, high)

    def _range(self) -> tuple[float, float]:
        values = [one.value for one in self._regions.values() if one.value is not None]
        return (min(0.0, *values), max(values)) if values else (0.0, 0.0)

    def _ground(self, region: Region | None, low: float, high: float) -> QColor:
        look = theme.current()
        if region is not None and region.category is not None:
            return look.category(region.category)
        if region is None or region.value is None:
            return look.colour("track")
        share = (region.value - low) / (high - low) if high > low else 0.0
        return QColor(self._shade(share))

    def _shade(self, share: float) -> str:
        look = theme.current()
        return blend(look.hex("accent"), look.hex("surface"), 0.22 + 0.75 * share)

    def _paint_name(
        self, painter: QPainter, one: Outline, path: QPainterPath, box: QRectF | None, ground: QColor
    ) -> None:
        if self._counties and not self._state:
            return
        font = painting.caption_font()
        text = one.name.partition(",")[0] if self._counties else one.code
        width, height = painting.width_of(text, font) + 2, painting.line_height(font)
        if box is None:
            spot = self._transform.map(one.spot)
            place = QRectF(spot.x() - width / 2, spot.y() - height / 2, width, height)
            inside = path.boundingRect()
            if inside.width() < width + 4 or inside.height() < height or not path.contains(spot):
                return
        else:
            place = box
        painting.put_text(painter, place, text, font, theme.current().letters_on(ground.name()), painting.CENTER)

    def _paint_borders(self, painter: QPainter) -> None:
        """The states' borders over the counties."""
        painter.setPen(QPen(theme.current().colour("quiet"), 0.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for one in outlines.states():
            painter.drawPath(self._transform.map(one.path))

    def _paint_foot(self, painter: QPainter, low: float, high: float) -> None:
        look = theme.current()
        font = painting.caption_font()
        left = self._foot.left()
        if high > low:
            lowest, highest = value_text(self._unit, low), value_text(self._unit, high)
            width = painting.width_of(lowest, font) + 2
            painting.put_text(
                painter, QRectF(left, self._foot.top(), width, self._foot.height()), lowest, font, "quiet"
            )
            strip = QRectF(left + width + look.px(6), self._foot.center().y() - look.px(4), look.px(90), look.px(8))
            shades = QLinearGradient(strip.topLeft(), strip.topRight())
            shades.setColorAt(0, QColor(self._shade(0)))
            shades.setColorAt(1, QColor(self._shade(1)))
            painter.fillRect(strip, shades)
            left = strip.right() + look.px(6)
            width = painting.width_of(highest, font) + 2
            painting.put_text(
                painter, QRectF(left, self._foot.top(), width, self._foot.height()), highest, font, "quiet"
            )
            left += width + look.px(12)
        rest = QRectF(left, self._foot.top(), self._foot.right() - left, self._foot.height())
        words = self.tr("US Census Bureau, US Atlas")
        painting.put_text(painter, rest, words, font, "quiet", painting.RIGHT)


def _with_box(path: QPainterPath, box: QRectF | None) -> QPainterPath:
    if box is None:
        return path
    both = QPainterPath(path)
    both.addRect(box)
    return both
