"""Any report as a PDF: letterhead and title on every page, blocks that flow from page to page, a foot that says how
fresh it is.

Draws a finished `Report`; counts nothing, reads no book and no clock. The same report gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop.core.documents import (
    Bars,
    Block,
    Checklist,
    Columns,
    Facts,
    Heading,
    HeatMap,
    Lines,
    Map,
    PageBreak,
    Report,
    SignatureLines,
    Table,
    Text,
    Waterfall,
    WritingLines,
)
from desktop.reports import charts, grids, parts, pictures, plots
from desktop.reports.figures import moment_text
from desktop.reports.flow import Piece, laid_out, turn
from desktop.reports.fonts import first, width, wrap
from desktop.reports.lettering import clean
from desktop.reports.page import Page
from desktop.reports.theme import SIZES, theme

rl_config.useA85 = 0

_HEAD, _FOOT = 63.0, 27.0
_INTRODUCTION = 5
"""Lines of words up to which a paragraph under a heading introduces what follows."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and how many pages it has."""

    data: bytes
    pages: int


def render(report: Report) -> Printed:
    """The PDF of a report, black on white, its words selectable."""
    size = _size(report)
    margin = theme().margin
    room, height = size[0] - 2 * margin, size[1] - 2 * margin - _HEAD - _FOOT
    found = parts.finding(report.finding, room) if report.finding else []
    found += _all_pieces(report.blocks, room, height)
    pages = laid_out(found, height)
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=1, initialFontName=first())
    _describe(canvas, report)
    for number, group in enumerate(pages, 1):
        page = Page(canvas, size)
        _head(page, report)
        y = page.top - _HEAD
        for piece in group:
            piece.draw(page, y)
            y -= piece.height
        _foot(page, report, number, len(pages))
        page.finish()
    canvas.save()
    return Printed(buffer.getvalue(), len(pages))


def _all_pieces(blocks: Sequence[Block], room: float, height: float) -> list[Piece]:
    """The pieces of all blocks; words under a heading stay with it and with what they introduce."""
    found: list[Piece] = []
    for at, block in enumerate(blocks):
        drawn = pieces_of(block, room, height)
        if isinstance(block, Text) and at and isinstance(blocks[at - 1], Heading) and len(drawn) <= _INTRODUCTION:
            drawn = [replace(piece, keep=True) for piece in drawn]
        found += drawn
    return found


def _size(report: Report) -> tuple[float, float]:
    """The paper, on its long side where asked for or where a table needs it."""
    narrow, high = SIZES[report.letterhead.paper]
    room = narrow - 2 * theme().margin
    turned = report.landscape
    if turned is None:
        tables = (block for block in report.blocks if isinstance(block, Table))
        turned = any(grids.wanted_width(table) > room * 1.08 for table in tables)
    return (high, narrow) if turned else (narrow, high)


def pieces_of(block: Block, room: float, height: float) -> list[Piece]:
    """A block as pieces for pages with `room` points across and `height` points for blocks."""
    match block:
        case Heading() | Text() | Facts() | Checklist() | WritingLines() | SignatureLines():
            return parts.pieces(block, room)
        case Table():
            return grids.pieces(block, room)
        case Bars():
            return charts.bars(block, room)
        case Waterfall():
            return charts.waterfall(block, room)
        case HeatMap():
            return charts.heat_map(block, room)
        case Lines() | Columns():
            return plots.pieces(block, room)
        case Map():
            return plots.map_pieces(block, room, height)
        case PageBreak():
            return [turn()]


def _describe(canvas: Any, report: Report) -> None:
    canvas.setTitle(clean(report.title))
    canvas.setAuthor(clean(report.letterhead.agency))
    canvas.setSubject(clean(report.subtitle))
    canvas.setCreator("Producer Desk")


def _head(page: Page, report: Report) -> None:
    """Logo and agency at the left, the report's title at the right, what it is of under the rule."""
    look, head = page.theme, report.letterhead
    base, x = page.top - 25, page.left
    if head.logo is not None:
        size = pictures.fitted_size(head.logo, 110, 32)
        pictures.draw_picture(page.canvas, head.logo, x, page.top - 1 - size[1] - (32 - size[1]) / 2, size)
        x += size[0] + 10
    room = page.right - page.left
    title = min(width(report.title, look.headline, True), room * 0.62)
    page.snug(x, base, head.agency, look.section + 2.5, page.right - title - 20 - x, bold=True)
    page.text_right(page.right, base, report.title, look.headline, title + 1, bold=True)
    page.rule(page.left, page.right, page.top - 37, stroke=1.4, grey=look.ink)
    version = width(report.version, look.body, True) + 12 if report.version else 0.0
    page.text(page.left, page.top - 50, report.subtitle, look.body, room - version, grey=look.quiet)
    if report.version:
        page.text_right(page.right, page.top - 50, report.version, look.body, version, bold=True)


def _foot(page: Page, report: Report, number: int, pages: int) -> None:
    look = page.theme
    page.rule(page.left, page.right, page.bottom + 17)
    stamp = f"Printed {moment_text(report.printed_at)}   Page {number} of {pages}"
    page.text_right(page.right, page.bottom + 8, stamp, look.small, 200, grey=look.quiet)
    room = page.right - page.left - width(stamp, look.small) - 16
    lines = wrap(report.data_as_of, look.tiny, room)
    shown = lines if len(lines) <= 2 else (lines[0], " ".join(lines[1:]))
    for at, line in enumerate(shown):
        page.text(page.left, page.bottom + 8 - 8 * at, line, look.tiny, room, grey=look.quiet)
