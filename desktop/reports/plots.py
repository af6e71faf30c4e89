"""Lines, upright bars and maps on paper: an axis from zero, names at the lines' ends, a dashed target.

Draws finished charts; knows no report and counts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, floor, log10

from desktop.core.documents import Area, Columns, Lines, Map, Series
from desktop.reports.charts import title_pieces
from desktop.reports.flow import Piece, blank
from desktop.reports.fonts import width
from desktop.reports.page import Page
from desktop.reports.values import shown

_HEIGHT, _FOOT = 118.0, 14.0
_GREYS = (0.0, 0.55, 0.78, 0.3, 0.68)
_DASHES = ((), (4.0, 2.0), (1.2, 1.8), (7.0, 2.0, 1.2, 2.0))
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a plot stands on its page, and the values at its lower and upper edge."""

    left: float
    right: float
    bottom: float
    top: float
    low: float
    high: float

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.bottom + (value - self.low) / ((self.high - self.low) or 1) * (self.top - self.bottom)


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Round values from at most `low` to at least `high`, about five."""
    span = (high - low) or 1.0
    rough = span / _STEPS
    power = 10.0 ** floor(log10(rough))
    step = next(one * power for one in (1, 2, 2.5, 5, 10) if one * power >= rough * 0.999)
    first, last = floor(low / step), ceil(high / step)
    return tuple(step * at for at in range(first, max(last, first + 1) + 1))


def pieces(chart: Lines | Columns, room: float) -> list[Piece]:
    """The plot with its title; it is never split."""
    return [*title_pieces(chart.title, room), Piece(_HEIGHT + _FOOT, partial(_draw, chart=chart)), blank(10)]


def _draw(page: Page, top: float, chart: Lines | Columns) -> None:
    stacked = isinstance(chart, Columns)
    marks = ticks(*_limits(chart, stacked))
    look, size = page.theme, page.theme.small
    axis = max(width(shown(mark, chart.kind), size) for mark in marks) + 6
    names = _names_room(chart, size)
    frame = Frame(page.left + axis, page.right - names, top - _HEIGHT, top - 6, marks[0], marks[-1])
    for mark in marks:
        page.rule(frame.left, frame.right, frame.y(mark), grey=look.ink if mark == 0 else look.band)
        page.text_right(frame.left - 5, frame.y(mark) - 2.6, shown(mark, chart.kind), size, axis)
    step = (frame.right - frame.left) / max(1, len(chart.labels))
    _draw_labels(page, chart.labels, frame, step)
    if isinstance(chart, Columns):
        _draw_columns(page, chart, frame, step)
    else:
        _draw_lines(page, chart, frame, step)
    if chart.target is not None:
        page.level(frame.left, frame.right, frame.y(chart.target), dashed=True)
        text = f"Target {shown(chart.target, chart.kind)}"
        page.text(frame.left + 3, frame.y(chart.target) + 2.5, text, look.tiny, 160)


def _limits(chart: Lines | Columns, stacked: bool) -> tuple[float, float]:
    if stacked:
        tops = [
            sum(one.values[at] or 0 for one in chart.series if (one.values[at] or 0) > 0)
            for at in range(len(chart.labels))
        ]
        lows = [
            sum(one.values[at] or 0 for one in chart.series if (one.values[at] or 0) < 0)
            for at in range(len(chart.labels))
        ]
        known: list[float] = [*tops, *lows]
    else:
        known = [value for one in chart.series for value in one.values if value is not None]
    if chart.target is not None:
        known.append(chart.target)
    return min([0, *known]), max([0, *known]) or 1.0


def _names_room(chart: Lines | Columns, size: float) -> float:
    if len(chart.series) < 2:
        return 6.0
    return min(120.0, max(width(one.name, size) for one in chart.series) + 18)


def _draw_labels(page: Page, labels: tuple[str, ...], frame: Frame, step: float) -> None:
    """Labels under the axis, as many as stand beside each other."""
    size = page.theme.small
    widest = max((width(label, size) for label in labels), default=0.0) + 6
    every = max(1, ceil(widest / step))
    for at in range(len(labels) - 1, -1, -every):
        middle = frame.left + (at + 0.5) * step
        room = width(labels[at], size)
        x = max(frame.left - 12, min(middle - room / 2, page.right - room))
        page.text(x, frame.bottom - 10, labels[at], size, room + 1)


def _draw_columns(page: Page, chart: Columns, frame: Frame, step: float) -> None:
    for at in range(len(chart.labels)):
        above = below = 0.0
        for number, one in enumerate(chart.series):
            value = one.values[at]
            if not value:
                continue
            base = above if value > 0 else below
            y1, y2 = frame.y(base), frame.y(base + value)
            grey = _GREYS[number % len(_GREYS)]
            page.shade(frame.left + (at + 0.18) * step, min(y1, y2), step * 0.64, abs(y2 - y1), grey)
            above, below = (above + value, below) if value > 0 else (above, below + value)
    if len(chart.series) > 1:
        for number, one in enumerate(chart.series):
            y = frame.top - 9 - number * 11
            page.shade(frame.right + 8, y, 7, 7, _GREYS[number % len(_GREYS)])
            page.text(frame.right + 18, y + 0.6, one.name, page.theme.small, page.right - frame.right - 18)


def _draw_lines(page: Page, chart: Lines, frame: Frame, step: float) -> None:
    taken: list[float] = []
    for number, one in enumerate(chart.series):
        points = [
            None if value is None else (frame.left + (at + 0.5) * step, frame.y(value))
            for at, value in enumerate(one.values)
        ]
        page.path(points, dashes=_DASHES[number % len(_DASHES)])
        _draw_mark(page, one, points)
        last = next((point for point in reversed(points) if point is not None), None)
        if last is None or len(chart.series) < 2:
            continue
        y = last[1]
        while any(abs(y - other) < 9 for other in taken):
            y -= 1
        taken.append(y)
        page.text(last[0] + 5, y - 2.6, one.name, page.theme.small, page.right - last[0] - 5)


def _draw_mark(page: Page, one: Series, points: Sequence[tuple[float, float] | None]) -> None:
    """A small square at the marked place, its words over it."""
    point = None if one.marked is None else points[one.marked]
    if point is None:
        return
    x, y = point
    page.shade(x - 2.2, y - 2.2, 4.4, 4.4, page.theme.ink)
    size = page.theme.tiny
    room = width(one.mark_words, size) + 1
    left = min(max(x - room / 2, page.left), page.right - room)
    page.text(left, y + 5, one.mark_words, size, room)


# --- maps -------------------------------------------------------------------------------------------------------------


def map_pieces(chart: Map, room: float, height: float) -> list[Piece]:
    """A map as wide as the page, at most half as high."""
    points = [point for area in chart.areas for ring in area.rings for point in ring]
    if not points:
        return []
    box = (min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points))
    scale = min(room / ((box[2] - box[0]) or 1), height * 0.5 / ((box[3] - box[1]) or 1))
    found = title_pieces(chart.title, room)
    high = (box[3] - box[1]) * scale
    found.append(Piece(high + 6, partial(_draw_map, areas=chart.areas, box=box, scale=scale), keep=bool(chart.note)))
    if chart.note:
        found.append(Piece(11, partial(_draw_note, text=chart.note)))
    return [*found, blank(10)]


def _draw_map(
    page: Page, top: float, areas: tuple[Area, ...], box: tuple[float, float, float, float], scale: float
) -> None:
    for area in areas:
        rings = [
            [(page.left + (x - box[0]) * scale, top - (y - box[1]) * scale) for x, y in ring] for ring in area.rings
        ]
        shade = None if area.shade is None else 1 - 0.75 * max(0.0, min(1.0, area.shade))
        page.outline(rings, shade)


def _draw_note(page: Page, top: float, text: str) -> None:
    page.text(page.left, top - 8, text, page.theme.tiny, page.right - page.left, grey=page.theme.quiet)
