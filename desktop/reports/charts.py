"""Bars, matrices and waterfalls on paper: greys that survive a bad printer, every value written beside its mark.

Draws finished charts; knows no report and counts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from desktop.core.documents import Bar, Bars, HeatMap, Kind, Status, Step, Waterfall
from desktop.reports.flow import Piece, blank
from desktop.reports.fonts import width, wrap
from desktop.reports.page import Bar as Bullet
from desktop.reports.page import Page
from desktop.reports.theme import theme
from desktop.reports.values import shown

_ROW, _BAR, _TITLE = 15.5, 8.6, 17.0
_SIGNS = {Status.GOOD: "✓", Status.NEAR: "–", Status.BAD: "!"}
_LONGEST = 320.0
_TOGETHER = 20
_ASIDE = 6.0


def title_pieces(title: str, room: float) -> list[Piece]:
    """A chart's title, which says what there is to see, in as many lines as it takes."""
    size = theme().body
    lines = wrap(title, size, room, True)
    return [
        Piece(13 if at < len(lines) - 1 else _TITLE, partial(_title_line, text=line), keep=True)
        for at, line in enumerate(lines)
    ]


def _title_line(page: Page, top: float, text: str) -> None:
    page.text(page.left, top - 10, text, page.theme.body, page.right - page.left + 1, bold=True)


# --- bars -------------------------------------------------------------------------------------------------------------


def bars(chart: Bars, room: float) -> list[Piece]:
    """A row for each bar, and the names of the marks under them."""
    found = title_pieces(chart.title, room)
    scale = _Scale(chart, room)
    for at, bar in enumerate(chart.bars):
        found.append(Piece(_ROW, partial(_draw_bar, bar=bar, chart=chart, scale=scale), keep=_kept(at, chart.bars)))
    if chart.marks and chart.bars:
        found[-1] = Piece(found[-1].height, found[-1].draw, keep=True)
        found.append(Piece(12, partial(_draw_marks, chart=chart, scale=scale)))
    if any(bar.target is not None for bar in chart.bars):
        found.append(Piece(10, partial(_draw_note, text="A thick mark is the target, a thin one the stretch target.")))
    return [*found, blank(10)]


class _Scale:
    """Where values stand: labels at the left, values at the right, bars between."""

    def __init__(self, chart: Bars, room: float) -> None:
        size = theme().body
        self.labels = min(max((width(bar.label, size) for bar in chart.bars), default=0.0) + 8, room * 0.34)
        behind = [width(value_text(bar, chart.kind), size) + width(bar.note, size) + _ASIDE for bar in chart.bars]
        self.values = min(max(behind, default=0.0) + 10, room * 0.4)
        self.length = min(_LONGEST, room - self.labels - self.values)
        known = [bar.value for bar in chart.bars if bar.value is not None]
        marks = [value for _name, value in chart.marks]
        self.low = min([0, *known, *marks])
        self.high = max([0, *known, *marks])

    def at(self, value: float) -> float:
        """The distance of a value from the bars' left edge."""
        span = (self.high - self.low) or 1
        return (min(max(value, self.low), self.high) - self.low) / span * self.length


def value_text(bar: Bar, kind: Kind) -> str:
    """A bar's value as it stands behind it, with its target and mark."""
    words = [shown(bar.value, kind)]
    if bar.target is not None:
        words.append(f"of {shown(bar.target, kind)}")
    if bar.status in _SIGNS:
        words.append(_SIGNS[bar.status])
    return "  ".join(words)


def _draw_bar(page: Page, top: float, bar: Bar, chart: Bars, scale: _Scale) -> None:
    look, x, y = page.theme, page.left + scale.labels, top - _ROW + 3.4
    page.text(page.left, y + 1.2, bar.label, look.body, scale.labels - 6)
    if bar.value is not None and bar.target is not None and bar.target > 0:
        page.bullet(x, y, scale.length, _BAR, Bullet(bar.value, bar.target, bar.stretch))
    elif bar.value is not None:
        zero, end = x + scale.at(0), x + scale.at(bar.value)
        page.shade(min(zero, end), y, abs(end - zero), _BAR, look.ink if bar.value >= 0 else look.rule)
        page.upright(zero, y - 2, y + _BAR + 2)
    end, start = page.left + scale.labels + scale.length + scale.values, x + scale.length + 6
    after = page.text(start, y + 1.2, value_text(bar, chart.kind), look.body, end - start)
    if bar.note:
        # apart from the value: a name that is read from the right must not turn the figure round
        page.text(after + _ASIDE, y + 1.2, bar.note, look.body, end - after - _ASIDE)
    for _name, value in chart.marks:
        page.upright(x + scale.at(value), top - _ROW, top, dashed=True)


def _draw_marks(page: Page, top: float, chart: Bars, scale: _Scale) -> None:
    for name, value in chart.marks:
        text = f"{name} {shown(value, chart.kind)}"
        at = page.left + scale.labels + scale.at(value)
        page.text(min(at - 3, page.right - width(text, page.theme.small)), top - 8, text, page.theme.small, 200)


def _draw_note(page: Page, top: float, text: str) -> None:
    page.text(page.left, top - 7, text, page.theme.tiny, page.right - page.left, grey=page.theme.quiet)


# --- waterfalls -------------------------------------------------------------------------------------------------------


def waterfall(chart: Waterfall, room: float) -> list[Piece]:
    """A row for each step: from where the one before ended."""
    found = title_pieces(chart.title, room)
    spans, running = [], 0.0
    for step in chart.steps:
        before = 0.0 if step.total else running
        running = float(step.amount) if step.total else running + step.amount
        spans.append((before, running))
    low, high = min(0.0, *(min(one) for one in spans)), max(0.0, *(max(one) for one in spans))
    labels = min(
        max((width(step.label, theme().body, step.total) for step in chart.steps), default=0.0) + 8, room * 0.36
    )
    for at, (step, span) in enumerate(zip(chart.steps, spans, strict=True)):
        draw = partial(_draw_step, step=step, span=span, limits=(low, high), labels=labels, kind=chart.kind)
        found.append(Piece(_ROW, draw, keep=_kept(at, chart.steps)))
    return [*found, blank(10)]


def _kept(at: int, marks: Sequence[object]) -> bool:
    """Whether a mark stays with the next: a short chart stands on one page, a long one with its first and last two."""
    last = len(marks) - 1
    return at < last and (len(marks) <= _TOGETHER or at in (0, last - 1))


def _draw_step(
    page: Page,
    top: float,
    step: Step,
    span: tuple[float, float],
    limits: tuple[float, float],
    labels: float,
    kind: Kind,
) -> None:
    look, y = page.theme, top - _ROW + 3.4
    length = min(_LONGEST, page.right - page.left - labels - 80)
    x, scale = page.left + labels, length / ((limits[1] - limits[0]) or 1)
    start, end = (x + (value - limits[0]) * scale for value in span)
    page.text(page.left, y + 1.2, step.label, look.body, labels - 6, bold=step.total)
    page.shade(min(start, end), y, abs(end - start), _BAR, look.ink if step.total else look.rule)
    page.figure(page.left + labels + length + 74, y + 1.2, shown(step.amount, kind), look.body, 70, bold=step.total)


# --- heat maps --------------------------------------------------------------------------------------------------------


def heat_map(chart: HeatMap, room: float) -> list[Piece]:
    """A row for each row of the matrix, under the columns' names."""
    labels = min(max((width(row, theme().body) for row in chart.rows), default=0.0) + 8, room * 0.3)
    step = min(64.0, (room - labels) / max(1, len(chart.columns)))
    known = [value for row in chart.values for value in row if value is not None]
    most = max(known, default=0) or 1
    head = Piece(13, partial(_draw_columns, names=chart.columns, labels=labels, step=step), keep=True)
    found = [*title_pieces(chart.title, room), head]
    for name, values in zip(chart.rows, chart.values, strict=True):
        draw = partial(_draw_cells, name=name, values=values, most=most, labels=labels, step=step, kind=chart.kind)
        found.append(Piece(_ROW, draw, again=head))
    return [*found, blank(10)]


def _draw_columns(page: Page, top: float, names: tuple[str, ...], labels: float, step: float) -> None:
    for at, name in enumerate(names):
        size = page.theme.small
        room = min(width(name, size), step - 2)
        page.text(page.left + labels + at * step + (step - room) / 2, top - 9, name, size, step - 2)


def _draw_cells(
    page: Page,
    top: float,
    name: str,
    values: tuple[int | float | None, ...],
    most: float,
    labels: float,
    step: float,
    kind: Kind,
) -> None:
    look = page.theme
    page.text(page.left, top - _ROW + 4.6, name, look.body, labels - 6)
    for at, value in enumerate(values):
        x = page.left + labels + at * step
        if value is None:
            continue
        share = max(0.0, min(1.0, value / most))
        page.shade(x + 0.6, top - _ROW + 0.6, step - 1.2, _ROW - 1.2, 1 - 0.45 * share)
        text = shown(value, kind)
        size = min(look.small, look.small * (step - 3) / max(1.0, width(text, look.small)))
        page.text(x + (step - width(text, size)) / 2, top - _ROW + 4.8, text, size, step)
