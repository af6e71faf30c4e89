"""Tables on paper: columns as wide as what stands in them, headings on every page, rows never split.

Draws finished tables; knows no report and counts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from desktop.core.documents import Bullet, Cell, Column, Kind, Marked, Row, Status, Table, Trend, plain
from desktop.reports.flow import Piece, blank
from desktop.reports.fonts import shorten, width, wrap
from desktop.reports.page import Bar, Page
from desktop.reports.theme import theme
from desktop.reports.values import is_figure, shown

_GAP, _MARK, _DRAWN = 12.0, 9.0, 78.0
_LEADING, _PAD = 1.28, 2.6
_WRITTEN, _WRITTEN_HEIGHT = 96.0, 23.0
# tables up to so many rows stay on one page; of longer ones so many stay under the heading, and the last two together
_WHOLE, _COMPANY = 8, 3
_SMALLEST, _MOST_LINES, _HEADING_LINES = 6.0, 10, 3
_LEAST_WORDS, _LONG_WORDS, _STRETCH = 60.0, 230.0, 34.0
_SIGNS = {Status.GOOD: "✓", Status.NEAR: "–", Status.BAD: "!"}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns stand: type size, left edges, widths, and which of them hold marks."""

    size: float
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    marked: tuple[bool, ...]

    @property
    def length(self) -> float:
        """From the first column's left edge to the last one's right."""
        return self.lefts[-1] + self.widths[-1] if self.lefts else 0.0


def wanted_width(table: Table) -> float:
    """How wide a table is at the body's type size when nothing is cut, long words as far as they are reasonable."""
    natural = _natural(_on_paper(table)[0], theme().body)
    return sum(natural) + _GAP * max(0, len(natural) - 1)


def pieces(table: Table, room: float) -> list[Piece]:
    """The table as pieces for pages that are `room` points wide."""
    look = theme()
    found: list[Piece] = []
    table, left_out = _on_paper(table)
    if table.title:
        found += [Piece(15, partial(_draw_title, title=table.title, room=room), keep=True)]
    if not table.rows and not table.totals:
        return [*found, Piece(14, partial(_draw_words, text=table.empty, room=room)), blank(10)]
    layout = _layout(table, room)
    head = _heading(table.columns, layout)
    found.append(head)
    found += _rows(table, layout, head)
    for words in (left_out, table.note):
        lines = wrap(words, look.small, room) if words else ()
        found += [blank(3), *(Piece(10, partial(_draw_words, text=line, room=room)) for line in lines)]
    return [*found, blank(12)]


def _on_paper(table: Table) -> tuple[Table, str]:
    """The table with the rows that are printed, and how many are not, in words."""
    count = len(table.rows)
    if table.printed is None or count <= table.printed:
        return table, ""
    words = f"The first {table.printed:,} of {count:,}. All of them are in this report as CSV or XLSX."
    return replace(table, rows=table.rows[: table.printed]), words


# --- widths -----------------------------------------------------------------------------------------------------------


def _layout(table: Table, room: float) -> Layout:
    """The columns in `room`: smaller type before words are cut, and figures never."""
    size = theme().body
    while True:
        natural = _natural(table, size)
        spare = room - sum(natural) - _GAP * (len(natural) - 1)
        if spare >= 0 or size <= _SMALLEST + 0.5:
            break
        least = [_least(column, one) for column, one in zip(table.columns, natural, strict=True)]
        if sum(least) + _GAP * (len(natural) - 1) <= room and size <= theme().body - 1:
            break
        size -= 0.5
    widths = _stretched(natural, spare) if spare >= 0 else _narrowed(table.columns, natural, -spare)
    lefts, x = [], 0.0
    gap = _GAP
    for one in widths:
        lefts.append(x)
        x += one + gap
    return Layout(size, tuple(lefts), tuple(widths), _marked(table))


def _marked(table: Table) -> tuple[bool, ...]:
    rows = (*table.rows, *table.totals)
    return tuple(any(isinstance(row.cells[at], Marked) for row in rows) for at in range(len(table.columns)))


def _natural(table: Table, size: float) -> list[float]:
    rows = (*table.rows, *table.totals)
    found = []
    marked = _marked(table)
    for number, column in enumerate(table.columns):
        head = max((width(word, theme().small, True) for word in column.title.split()), default=0.0)
        if not is_figure(column.kind):
            head = min(width(column.title, theme().small, True), max(head, 90.0))
        cells = max((_cell_width(row, number, table.columns, size) for row in rows), default=0.0)
        if not is_figure(column.kind):
            cells = min(cells, _LONG_WORDS * size / theme().body)
        if column.write:
            cells = max(cells, _WRITTEN)
        found.append(max(head, cells + (_MARK if marked[number] else 0.0), 8.0) + 1)
    return found


def _cell_width(row: Row, number: int, columns: Sequence[Column], size: float) -> float:
    cell = row.cells[number]
    if columns[number].kind is Kind.DRAWING:
        return _DRAWN
    text = shown(plain(cell), row.kind(number, tuple(columns)))
    return width(text, size, row.strong)


def _least(column: Column, natural: float) -> float:
    return natural if is_figure(column.kind) else min(natural, _WRITTEN * 0.7 if column.write else _LEAST_WORDS)


def _stretched(natural: Sequence[float], spare: float) -> list[float]:
    """Some air between the columns, but not so much that the eye loses the row."""
    each = min(_STRETCH, spare / len(natural))
    return [one + each for one in natural]


def _narrowed(columns: Sequence[Column], natural: Sequence[float], missing: float) -> list[float]:
    """What is missing is taken from columns of words by what they have over the least, then from all alike."""
    least = [_least(column, one) for column, one in zip(columns, natural, strict=True)]
    over = sum(natural) - sum(least)
    if over > 0:
        part = min(1.0, missing / over)
        natural = [one - (one - low) * part for one, low in zip(natural, least, strict=True)]
        missing -= over * part
    if missing > 0:
        factor = 1 - missing / sum(natural)
        natural = [one * factor for one in natural]
    return list(natural)


# --- pieces -----------------------------------------------------------------------------------------------------------


def _heading(columns: tuple[Column, ...], layout: Layout) -> Piece:
    """The columns' titles in up to three lines, standing on their rule."""
    size = min(theme().small, layout.size)
    titles = [
        shorten(wrap(column.title, size, room, True), _HEADING_LINES, size, room, True)
        for column, room in zip(columns, layout.widths, strict=True)
    ]
    rows = max((len(lines) for lines in titles), default=1) or 1
    return Piece(
        rows * size * _LEADING + 6, partial(_draw_heading, columns=columns, layout=layout, titles=titles), keep=True
    )


def _rows(table: Table, layout: Layout, head: Piece) -> list[Piece]:
    whole = [(row, False) for row in table.rows] + [(row, True) for row in table.totals]
    found = []
    for at, (row, total) in enumerate(whole):
        more = at + 1 < len(whole)
        following = more and (len(whole) <= _WHOLE or whole[at + 1][1] or at + 1 < _COMPANY or at + 2 == len(whole))
        cells = [_lines(row, number, table.columns, layout) for number in range(len(table.columns))]
        high = max((len(lines) for lines in cells), default=1) or 1
        height = high * layout.size * _LEADING + 2 * _PAD
        if not total and any(column.write for column in table.columns):
            height = max(height, _WRITTEN_HEIGHT)
        first_total = total and (at == 0 or not whole[at - 1][1])
        draw = partial(
            _draw_row, row=row, cells=cells, table=table, layout=layout, height=height, total=(total, first_total)
        )
        found.append(Piece(height, draw, keep=following or (row.strong and not total), again=head))
    return found


def _lines(row: Row, number: int, columns: tuple[Column, ...], layout: Layout) -> tuple[str, ...]:
    """A cell's words as lines: several where the column wraps, else one that is cut when it is drawn."""
    if columns[number].kind is Kind.DRAWING:
        return ()
    text = shown(plain(row.cells[number]), row.kind(number, columns))
    if not columns[number].wrap:
        return (text,)
    room, bold = layout.widths[number], row.strong
    return shorten(wrap(text, layout.size, room, bold), _MOST_LINES, layout.size, room, bold) or ("",)


def _draw_heading(
    page: Page, top: float, columns: tuple[Column, ...], layout: Layout, titles: list[tuple[str, ...]]
) -> None:
    size = min(page.theme.small, layout.size)
    most = max((len(lines) for lines in titles), default=1) or 1
    base = top - most * size * _LEADING + 0.5
    for column, lines, left, room in zip(columns, titles, layout.lefts, layout.widths, strict=True):
        x = page.left + left
        for up, line in enumerate(reversed(lines)):
            y = base + up * size * _LEADING
            if is_figure(column.kind) and column.kind is not Kind.DRAWING:
                page.text_right(x + room, y, line, size, room + 0.5, bold=True)
            else:
                page.text(x, y, line, size, room + 0.5, bold=True)
    page.rule(
        page.left,
        page.left + layout.length,
        top - most * size * _LEADING - 4,
        stroke=page.theme.line,
        grey=page.theme.ink,
    )


def _draw_row(
    page: Page,
    top: float,
    row: Row,
    cells: list[tuple[str, ...]],
    table: Table,
    layout: Layout,
    height: float,
    total: tuple[bool, bool],
) -> None:
    bold = row.strong or total[0]
    if total[1]:
        page.rule(page.left, page.left + layout.length, top, stroke=page.theme.line, grey=page.theme.ink)
    for number, lines in enumerate(cells):
        x, room = page.left + layout.lefts[number], layout.widths[number]
        figure = is_figure(table.columns[number].kind)
        y = top - _PAD - layout.size * 0.98
        cell = row.cells[number]
        if isinstance(cell, Bullet):
            _draw_bullet(page, x, top - height, room, cell)
        if isinstance(cell, Trend):
            page.trend(x + 1, top - height + _PAD + 1, min(room, _DRAWN) - 4, height - 2 * _PAD - 2, cell.values)
        if layout.marked[number]:
            room -= _MARK
            behind = room if figure else min(room, width(lines[0], layout.size, bold))
            _draw_mark(page, x + behind + 2.5, y, cell, layout.size)
        for line in lines:
            if figure:
                page.figure(x + room, y, line, layout.size, room, bold=bold)
            else:
                page.text(x, y, line, layout.size, room, bold=bold)
            y -= layout.size * _LEADING
    page.rule(page.left, page.left + layout.length, top - height)


def _draw_bullet(page: Page, x: float, bottom: float, room: float, cell: Bullet) -> None:
    if cell.value is not None and cell.target is None and cell.stretch:
        page.shade(x, bottom + _PAD + 2.4, max(0.0, min(1.0, cell.value / cell.stretch)) * room, 6.4, page.theme.ink)
    elif cell.value is not None and cell.target:
        page.bullet(x, bottom + _PAD + 1, room, 8.2, Bar(cell.value, cell.target, cell.stretch))


def _draw_mark(page: Page, x: float, y: float, cell: Cell, size: float) -> None:
    sign = _SIGNS.get(cell.status, "") if isinstance(cell, Marked) else ""
    if sign:
        page.text(x, y, sign, size, _MARK, bold=sign != "✓")


def _draw_title(page: Page, top: float, title: str, room: float) -> None:
    page.text(page.left, top - 10, title, page.theme.body, room, bold=True)


def _draw_words(page: Page, top: float, text: str, room: float) -> None:
    page.text(page.left, top - 8.5, text, page.theme.small, room, grey=page.theme.quiet)
