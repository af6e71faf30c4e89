"""The few things that printed pages are made of: text in its room, rules, check boxes, bars, trend lines, signatures.

Every text is drawn as data on a canvas and never leaves the room it is given. Positions are points from the lower left.
Knows nothing of what a page says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.reports.fonts import cut, pieces, width
from desktop.reports.theme import INCH, PaperTheme, theme

SIGNATURE_LENGTH = 2.5 * INCH
_SMALLEST = 5.0


@dataclass(frozen=True, slots=True)
class Bar:
    """What a bullet bar compares, all in one unit."""

    value: float
    target: float
    stretch: float | None = None

    @property
    def limit(self) -> float:
        """The value at the bar's right end: room beyond the goal, but a giant value does not flatten the rest."""
        goal = max(self.target, self.stretch or 0.0)
        return max(goal, min(self.value, 1.6 * goal)) * 1.06


class Page:
    """Draws on one page of a ReportLab canvas."""

    def __init__(self, canvas: Any, size: tuple[float, float]) -> None:
        self.canvas = canvas
        self.theme: PaperTheme = theme()
        # what the canvas is set to, so that nothing is said twice: a page has some two hundred marks
        self._set: dict[str, float] = {}
        self._words = canvas.beginText()
        self._said: tuple[str, float, float] | None = None
        self.left = self.theme.margin
        self.right = size[0] - self.theme.margin
        self.top = size[1] - self.theme.margin
        self.bottom = self.theme.margin

    def text(
        self, x: float, y: float, text: str, size: float, room: float, *, bold: bool = False, grey: float = 0
    ) -> float:
        """Draws `text` from `x`, cut to `room` with an ellipsis; returns the x after it."""
        shown = cut(text, size, room, bold)
        return self._draw(x, y, shown, size, bold, grey)

    def snug(self, x: float, y: float, text: str, size: float, room: float, *, bold: bool = False) -> float:
        """Draws `text` at `size`, or down to four fifths of it, before any is cut; returns the x after it."""
        needed = width(text, size, bold)
        return self.text(
            x, y, text, max(0.8 * size, min(size, size * room / needed)) if needed else size, room, bold=bold
        )

    def text_right(
        self, x: float, y: float, text: str, size: float, room: float, *, bold: bool = False, grey: float = 0
    ) -> None:
        """Draws `text` so that it ends at `x`, cut to `room` with an ellipsis."""
        shown = cut(text, size, room, bold)
        self._draw(x - width(shown, size, bold), y, shown, size, bold, grey)

    def figure(self, x: float, y: float, text: str, size: float, room: float, *, bold: bool = False) -> None:
        """Draws a figure that ends at `x`; a long one becomes smaller rather than lose digits."""
        needed = width(text, size, bold)
        if needed > room:
            size = max(_SMALLEST, size * room / needed * 0.9999)
        self.text_right(x, y, text, size, room, bold=bold)

    def rule(self, x1: float, x2: float, y: float, *, stroke: float | None = None, grey: float | None = None) -> None:
        """A horizontal line."""
        self._pen(self.theme.hairline if stroke is None else stroke)
        self._stroke_grey(self.theme.rule if grey is None else grey)
        self.canvas.line(x1, y, x2, y)

    def open_cell(self, x: float, y: float, length: float, height: float) -> None:
        """An empty frame to write a figure into."""
        self._pen(self.theme.line)
        self._stroke_grey(self.theme.ink)
        self.canvas.rect(x, y, length, height, stroke=1, fill=0)

    def check_box(self, x: float, y: float, side: float, checked: bool) -> None:
        """A box with its lower left corner at (x, y), with a check mark or empty."""
        canvas = self.canvas
        self._stroke_grey(self.theme.ink)
        self._pen(self.theme.line)
        canvas.rect(x, y, side, side, stroke=1, fill=0)
        if checked:
            path = canvas.beginPath()
            path.moveTo(x + 0.18 * side, y + 0.52 * side)
            path.lineTo(x + 0.42 * side, y + 0.22 * side)
            path.lineTo(x + 0.92 * side, y + 1.02 * side)
            self._pen(0.17 * side)
            canvas.drawPath(path, stroke=1, fill=0)

    def bullet(self, x: float, y: float, length: float, height: float, bar: Bar) -> None:
        """Value as a black bar in a grey band, target as a thick mark across it, stretch as a thin one."""
        canvas, limit = self.canvas, bar.limit
        if limit <= 0:
            return
        self._fill_grey(self.theme.band)
        canvas.rect(x, y, length, height, stroke=0, fill=1)
        self._fill_grey(self.theme.ink)
        reach = max(0.0, min(bar.value / limit, 1.0)) * length
        if reach:
            canvas.rect(x, y + height * 0.3, reach, height * 0.4, stroke=0, fill=1)
        self._mark(x + bar.target / limit * length, y - 1, height + 2, 2.0)
        if bar.stretch is not None:
            self._mark(x + bar.stretch / limit * length, y, height, self.theme.hairline * 1.6)

    def trend(self, x: float, y: float, length: float, height: float, values: Sequence[int | float | None]) -> None:
        """A sparkline from zero with a dot at the newest value; gaps where nothing is known."""
        known = [value for value in values if value is not None]
        if len(known) < 2:
            return
        low, high = min(0, *known), max(known)
        scale = height / ((high - low) or 1)
        step = length / (len(values) - 1)
        path = self.canvas.beginPath()
        lifted = True
        for at, value in enumerate(values):
            if value is not None:
                (path.moveTo if lifted else path.lineTo)(x + at * step, y + (value - low) * scale)
            lifted = value is None
        self._stroke_grey(self.theme.ink)
        self._pen(self.theme.line)
        self.canvas.drawPath(path, stroke=1, fill=0)
        if values[-1] is not None:
            self._fill_grey(self.theme.ink)
            self.canvas.circle(x + length, y + (values[-1] - low) * scale, 1.4, stroke=0, fill=1)

    def shade(self, x: float, y: float, length: float, height: float, grey: float) -> None:
        """A filled rectangle with its lower left corner at (x, y); nothing where it has no size."""
        if length <= 0 or height <= 0:
            return
        self._fill_grey(grey)
        self.canvas.rect(x, y, length, height, stroke=0, fill=1)

    def upright(self, x: float, y1: float, y2: float, *, dashed: bool = False) -> None:
        """A thin vertical line."""
        self._line((x, y1), (x, y2), dashed)

    def level(self, x1: float, x2: float, y: float, *, dashed: bool = False) -> None:
        """A thin black horizontal line."""
        self._line((x1, y), (x2, y), dashed)

    def path(self, points: Sequence[tuple[float, float] | None], *, dashes: Sequence[float] = ()) -> None:
        """A line through points, interrupted where there is none, with a dot on a point that stands alone."""
        path = self.canvas.beginPath()
        lifted = True
        for at, point in enumerate(points):
            if point is not None:
                (path.moveTo if lifted else path.lineTo)(*point)
                if lifted and (at + 1 == len(points) or points[at + 1] is None):
                    self._fill_grey(self.theme.ink)
                    self.canvas.circle(*point, 1.4, stroke=0, fill=1)
            lifted = point is None
        self._stroke_grey(self.theme.ink)
        self._pen(1.2)
        self.canvas.setDash(list(dashes))
        self.canvas.drawPath(path, stroke=1, fill=0)
        self.canvas.setDash()

    def outline(self, rings: Sequence[Sequence[tuple[float, float]]], grey: float | None) -> None:
        """A closed shape of rings, filled with a grey or left white."""
        path = self.canvas.beginPath()
        for ring in rings:
            for at, point in enumerate(ring):
                (path.lineTo if at else path.moveTo)(*point)
            path.close()
        self._fill_grey(1.0 if grey is None else grey)
        self._stroke_grey(self.theme.rule)
        self._pen(0.3)
        self.canvas.drawPath(path, stroke=1, fill=1, fillMode=0)

    def _line(self, start: tuple[float, float], end: tuple[float, float], dashed: bool) -> None:
        self._stroke_grey(self.theme.ink)
        self._pen(self.theme.hairline)
        if dashed:
            self.canvas.setDash([2.5, 2])
        self.canvas.line(*start, *end)
        if dashed:
            self.canvas.setDash()

    def signature(self, x: float, y: float, length: float, name: str, role: str) -> None:
        """A line to sign on at height `y`, with the name under it, then the role and a line for the date."""
        look = self.theme
        length = max(length, SIGNATURE_LENGTH)
        self.rule(x, x + length, y, stroke=look.line, grey=look.ink)
        self.snug(x, y - 11, name, look.body, length, bold=True)
        after = self.text(x, y - 24, role, look.small, length / 2)
        start = self.text(max(after + 14, x + length * 0.5), y - 24, "Date", look.small, 40) + 5
        self.rule(start, x + length, y - 25.5, stroke=look.line, grey=look.ink)

    def _mark(self, x: float, y: float, height: float, stroke: float) -> None:
        self._stroke_grey(self.theme.ink)
        self._pen(stroke)
        self.canvas.line(x, y, x, y + height)

    def _draw(self, x: float, y: float, text: str, size: float, bold: bool, grey: float) -> float:
        words = self._words
        for piece in pieces(text, bold):
            if self._said != (piece.font, size, grey):
                self._said = (piece.font, size, grey)
                words.setFont(piece.font, size)
                words.setFillGray(grey)
            words.setTextOrigin(x, y)
            words.textOut(piece.text)
            x += piece.width * size
        return x

    def finish(self) -> None:
        """Put all words, which are gathered until now, over everything else and go on to the next page."""
        self.canvas.drawText(self._words)
        self.canvas.showPage()

    def _pen(self, stroke: float) -> None:
        if self._set.get("pen") != stroke:
            self._set["pen"] = stroke
            self.canvas.setLineWidth(stroke)

    def _stroke_grey(self, grey: float) -> None:
        if self._set.get("stroke") != grey:
            self._set["stroke"] = grey
            self.canvas.setStrokeGray(grey)

    def _fill_grey(self, grey: float) -> None:
        if self._set.get("fill") != grey:
            self._set["fill"] = grey
            self.canvas.setFillGray(grey)
