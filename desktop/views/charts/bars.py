"""Ranked bars: one row per name, the value at the bar's end; bars of less than nothing go to the left.

Spans likewise (a tornado): a row per input, from what comes of less of it to what comes of more, around the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views import theme
from desktop.views.charts import painting
from desktop.views.charts.chart import Chart, Mark, Value
from desktop.views.charts.records import Bar
from desktop.views.charts.units import EM_DASH, Unit, plain, value_text

_MOST_NAMES = 0.43
"""The share of the width that names may take."""


@dataclass(frozen=True, slots=True)
class _Place:
    bar: Bar
    row: QRectF
    shape: QRectF
    end: float


class BarChart(Chart):
    """Bars from zero, largest first unless `ranked` is False, undefined ones last; as high as its rows need.

    In files `heading` stands over the names and `measure` over the values: a title that tells a finding is no heading.
    """

    def __init__(
        self,
        bars: Sequence[Bar] = (),
        unit: Unit = Unit.COUNT,
        title: str = "",
        subtitle: str = "",
        *,
        ranked: bool = True,
        target: float | None = None,
        target_words: str = "",
        heading: str = "",
        measure: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._unit = unit
        self._measure = measure
        self._ranked = ranked
        self._target = target
        self._target_words = target_words
        self._heading = heading
        self._bars: tuple[Bar, ...] = ()
        self._places: list[_Place] = []
        self._target_x: float | None = None
        self._zero = 0.0
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar], target: float | None = None) -> None:
        """Shows `bars`, with another target where one is given."""
        if target is not None:
            self._target = target
        ordered = sorted(bars, key=lambda bar: -bar.value if bar.value is not None else float("inf"))
        self._bars = tuple(ordered if self._ranked else bars)
        self._settle()

    def table(self) -> list[list[Value]]:
        """Name, value and note of each bar."""
        heading: list[Value] = [self._heading or self.tr("Name"), self._measure or self.title or self.tr("Value")]
        heading.append(self.tr("Note"))
        return [heading, *([bar.label, plain(self._unit, bar.value), bar.note] for bar in self._bars)]

    def sizeHint(self) -> QSize:
        """One row per bar."""
        rows = max(len(self._bars), 2) * self._row() + self._extra()
        return QSize(theme.current().px(420), round(self._head_height() + rows))

    def minimumSizeHint(self) -> QSize:
        """All rows: a bar is never cut off."""
        return QSize(theme.current().px(200), self.sizeHint().height())

    def _row(self) -> float:
        return theme.current().px(10) + painting.line_height(theme.current().font("body"))

    def _extra(self) -> float:
        return painting.foot_height() if self._target is not None else 0.0

    def _lay_out(self, area: QRectF) -> list[Mark]:
        look = theme.current()
        names, ends = self._widths(area)
        known = [bar.value for bar in self._bars if bar.value is not None]
        low, high = min([0.0, *known]), max([0.0, *known, self._target or 0.0])
        span = (high - low) or 1.0
        negative = ends if low < 0 else 0.0
        room = QRectF(area.left() + names + negative, area.top(), area.width() - names - ends - negative, 0)
        self._zero = room.left() - low / span * room.width()
        top = area.top()
        self._places = []
        for bar in self._bars:
            row = QRectF(area.left(), top, area.width(), self._row())
            end = room.left() + ((bar.value or 0.0) - low) / span * room.width()
            thick = min(look.px(16), row.height() - look.px(6))
            shape = QRectF(min(self._zero, end), row.center().y() - thick / 2, abs(end - self._zero), thick)
            self._places.append(_Place(bar, row, shape, end))
            top += self._row()
        self._target_x = None if self._target is None else room.left() + (self._target - low) / span * room.width()
        return [Mark(place.row, self._said(place.bar), place.bar.key) for place in self._places]

    def _widths(self, area: QRectF) -> tuple[float, float]:
        """Room for the names at the left and for the values at the right."""
        look = theme.current()
        names = painting.widest([bar.label for bar in self._bars], look.font("body")) + look.px(10)
        ends = painting.widest([self._end_words(bar) for bar in self._bars], painting.caption_font(bold=True))
        return min(names, area.width() * _MOST_NAMES), min(ends + look.px(22), area.width() * 0.45)

    def _end_words(self, bar: Bar) -> str:
        text = value_text(self._unit, bar.value)
        return f"{text}  {bar.note}" if bar.note else text

    def _said(self, bar: Bar) -> str:
        text = f"{bar.label}: {value_text(self._unit, bar.value)}"
        return f"{text}, {bar.note}" if bar.note else text

    def _paint(self, painter: QPainter) -> None:
        look = theme.current()
        for place in self._places:
            names = QRectF(place.row.left(), place.row.top(), self._name_room(place), place.row.height())
            painting.put_text(painter, names, place.bar.label, look.font("body"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(painting.colour_of(place.bar.category, place.bar.status))
            if place.bar.value:
                painter.drawRoundedRect(place.shape, 2, 2)
            self._paint_end(painter, place)
        if self._places:
            painter.setPen(QPen(look.colour("disabled"), 1))
            top, bottom = self._places[0].row.top(), self._places[-1].row.bottom()
            painter.drawLine(QPointF(self._zero, top), QPointF(self._zero, bottom))
            self._paint_target_line(painter, top, bottom)

    def _name_room(self, place: _Place) -> float:
        look = theme.current()
        names = painting.widest([one.bar.label for one in self._places], look.font("body")) + look.px(2)
        return min(names, place.row.width() * _MOST_NAMES - look.px(8))

    def _paint_end(self, painter: QPainter, place: _Place) -> None:
        look = theme.current()
        bold, light = painting.caption_font(bold=True), painting.caption_font()
        text = value_text(self._unit, place.bar.value)
        gap = look.px(6)
        width = painting.width_of(text, bold) + 1
        negative = (place.bar.value or 0) < 0
        left = place.end - gap - width if negative else place.end + gap
        role = "quiet" if text == EM_DASH else "ink"
        painting.put_text(painter, QRectF(left, place.row.top(), width, place.row.height()), text, bold, role)
        if place.bar.note:
            start = max(left + width, place.shape.right()) + gap
            rest = QRectF(start, place.row.top(), place.row.right() - start, place.row.height())
            painting.put_text(painter, rest, place.bar.note, light, "quiet")

    def _paint_target_line(self, painter: QPainter, top: float, bottom: float) -> None:
        if self._target_x is None or self._target is None:
            return
        painter.setPen(painting.dashed_pen("ink"))
        painter.drawLine(QPointF(self._target_x, top), QPointF(self._target_x, bottom))
        words = self._target_words or self.tr("target {}").format(value_text(self._unit, self._target))
        font = painting.caption_font()
        width = painting.width_of(words, font) + 2
        left = min(max(self._target_x - width / 2, 0.0), self._places[0].row.right() - width)
        painting.put_text(painter, QRectF(left, bottom, width, painting.foot_height()), words, font, "quiet")


@dataclass(frozen=True, slots=True)
class Span:
    """What comes of less and of more of an input; both stand around the chart's base."""

    label: str
    less: float
    more: float
    key: object = None


@dataclass(frozen=True, slots=True)
class _SpanPlace:
    span: Span
    row: QRectF
    less: float
    more: float


class SpanChart(Chart):
    """Spans around a base value, in the order given; as high as its rows need. `▼` marks less of an input, `▲` more."""

    def __init__(self, unit: Unit = Unit.COUNT, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._unit = unit
        self._heading = heading
        self._base = 0.0
        self._base_words = ""
        self._spans: tuple[Span, ...] = ()
        self._places: list[_SpanPlace] = []
        self._base_x = 0.0
        self.set_spans((), 0.0, "")

    def set_spans(self, spans: Sequence[Span], base: float, base_words: str) -> None:
        """Shows `spans` around `base`, which is called `base_words`."""
        self._spans, self._base, self._base_words = tuple(spans), base, base_words
        self._settle()

    def table(self) -> list[list[Value]]:
        """Each input with what comes of less of it, of the plan, and of more of it."""
        heading: list[Value] = [self._heading or self.tr("Name"), self.tr("Less"), self._base_words, self.tr("More")]
        rows = [[one.label, *(plain(self._unit, value) for value in (one.less, self._base, one.more))]
                for one in self._spans]  # fmt: skip
        return [heading, *rows]

    def sizeHint(self) -> QSize:
        """One row per span, and the words under the base line."""
        rows = max(len(self._spans), 2) * self._row() + painting.foot_height()
        return QSize(theme.current().px(420), round(self._head_height() + rows))

    def minimumSizeHint(self) -> QSize:
        """All rows: a span is never cut off."""
        return QSize(theme.current().px(200), self.sizeHint().height())

    def _row(self) -> float:
        return theme.current().px(8) + painting.line_height(theme.current().font("body"))

    def _lay_out(self, area: QRectF) -> list[Mark]:
        names = self._name_room(area)
        ends = [words for one in self._spans for words in (self._less_words(one), self._more_words(one))]
        gap = painting.widest(ends, painting.caption_font(bold=True)) + theme.current().px(8)
        left, width = area.left() + names + gap, max(area.width() - names - 2 * gap, 1.0)
        known = [self._base, *(value for one in self._spans for value in (one.less, one.more))]
        low, high = min(known), max(known)
        span = (high - low) or 1.0

        def across(value: float) -> float:
            return left + (value - low) / span * width

        self._base_x = across(self._base)
        self._places = [
            _SpanPlace(
                one, QRectF(area.left(), area.top() + at * self._row(), area.width(), self._row()),
                across(one.less), across(one.more),
            )
            for at, one in enumerate(self._spans)
        ]  # fmt: skip
        return [Mark(place.row, self._said(place.span), place.span.key) for place in self._places]

    def _name_room(self, area: QRectF) -> float:
        names = painting.widest([one.label for one in self._spans], theme.current().font("body"))
        return min(names + theme.current().px(10), area.width() * _MOST_NAMES)

    def _less_words(self, one: Span) -> str:
        return f"▼ {value_text(self._unit, one.less)}"

    def _more_words(self, one: Span) -> str:
        return f"▲ {value_text(self._unit, one.more)}"

    def _said(self, one: Span) -> str:
        return self.tr("{name}: {less} with less of it, {more} with more").format(
            name=one.label, less=value_text(self._unit, one.less), more=value_text(self._unit, one.more)
        )

    def _paint(self, painter: QPainter) -> None:
        look = theme.current()
        for place in self._places:
            names = QRectF(place.row.left(), place.row.top(), self._name_room(place.row), place.row.height())
            painting.put_text(painter, names.adjusted(0, 0, -look.px(8), 0), place.span.label, look.font("body"))
            for end, role in ((place.less, "quiet"), (place.more, "accent")):
                thick = min(look.px(14), place.row.height() - look.px(6))
                shape = QRectF(
                    min(self._base_x, end), place.row.center().y() - thick / 2, abs(end - self._base_x), thick
                )
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour(role))
                painter.drawRect(shape)
            left_is_less = place.less <= place.more
            self._paint_end(painter, place, self._less_words(place.span), place.less, leftwards=left_is_less)
            self._paint_end(painter, place, self._more_words(place.span), place.more, leftwards=not left_is_less)
        self._paint_base(painter)

    def _paint_end(self, painter: QPainter, place: _SpanPlace, words: str, end: float, *, leftwards: bool) -> None:
        """The words outside of the span, beyond the base where this end of it is there."""
        font, gap = painting.caption_font(bold=True), theme.current().px(5)
        width = painting.width_of(words, font) + 1
        left = min(end, self._base_x) - gap - width if leftwards else max(end, self._base_x) + gap
        painting.put_text(painter, QRectF(left, place.row.top(), width, place.row.height()), words, font)

    def _paint_base(self, painter: QPainter) -> None:
        top, bottom = self._places[0].row.top(), self._places[-1].row.bottom()
        painter.setPen(painting.dashed_pen("ink"))
        painter.drawLine(QPointF(self._base_x, top), QPointF(self._base_x, bottom))
        words = f"{self._base_words} {value_text(self._unit, self._base)}"
        font = painting.caption_font()
        width = painting.width_of(words, font) + 2
        right = self._places[0].row.right()
        left = min(max(self._base_x - width / 2, self._places[0].row.left()), right - width)
        painting.put_text(painter, QRectF(left, bottom, width, painting.foot_height()), words, font, "quiet")
