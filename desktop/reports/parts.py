"""The words of a document on paper: headings, paragraphs, large figures, boxes to tick, lines to write and sign on.

Knows no report and counts nothing.
"""

from __future__ import annotations

from functools import partial

from desktop.core.documents import (
    Checklist,
    Fact,
    Facts,
    Heading,
    Marked,
    SignatureLines,
    Status,
    Text,
    WritingLines,
    plain,
)
from desktop.reports.flow import Piece, blank
from desktop.reports.fonts import shorten, wrap
from desktop.reports.page import Page
from desktop.reports.theme import theme
from desktop.reports.values import shown

_LEADING, _FINDING_LINES = 1.35, 3
_FACT_WIDTH, _FACT_HEIGHT, _FACT_GUTTER, _FACT_SIZE = 92.0, 46.0, 14.0, 14.0
_LINE, _BOX, _GUTTER, _SIGN = 19.0, 9.2, 24.0, 62.0
_SIGNS = {Status.GOOD: "✓", Status.NEAR: "–", Status.BAD: "!"}

Words = Heading | Text | Facts | Checklist | WritingLines | SignatureLines


def pieces(block: Words, room: float) -> list[Piece]:
    """A block of words as pieces for pages that are `room` points wide."""
    match block:
        case Heading(text):
            return [blank(6, keep=True), Piece(24, partial(_draw_heading, text=text), keep=True)]
        case Text():
            return _paragraph(block, room)
        case Facts():
            return _facts(block, room)
        case Checklist():
            return _checklist(block, room)
        case WritingLines(title, count):
            lines = [Piece(_LINE, _draw_writing_line, keep=at < count - 1) for at in range(count)]
            return [*_title(title), *lines, blank(10)]
        case SignatureLines(people):
            pairs = [people[at : at + 2] for at in range(0, len(people), 2)]
            return [Piece(_SIGN, partial(_draw_signatures, people=pair)) for pair in pairs]


def _title(title: str) -> list[Piece]:
    return [Piece(15, partial(_draw_title, title=title), keep=True)] if title else []


def _draw_title(page: Page, top: float, title: str) -> None:
    page.text(page.left, top - 10, title, page.theme.body, page.right - page.left, bold=True)


def _draw_heading(page: Page, top: float, text: str) -> None:
    page.text(page.left, top - 12, text, page.theme.section + 1.5, page.right - page.left, bold=True)
    page.rule(page.left, page.right, top - 16, stroke=page.theme.line, grey=page.theme.ink)


def finding(text: str, room: float) -> list[Piece]:
    """What a document comes to, over everything else: a sentence in large type."""
    size = theme().section + 1.5
    lines = shorten(wrap(text, size, room, True), _FINDING_LINES, size, room, True)
    found = [Piece(size * _LEADING, partial(_draw_finding, line=line, size=size), keep=True) for line in lines]
    return [*found, blank(9, keep=True)]


def _draw_finding(page: Page, top: float, line: str, size: float) -> None:
    page.text(page.left, top - size, line, size, page.right - page.left + 1, bold=True)


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _paragraph(block: Text, room: float) -> list[Piece]:
    look = theme()
    size = look.small if block.quiet else look.body
    lines = wrap(block.text, size, room, block.strong)
    draw = partial(_draw_line, size=size, block=block)
    found = [
        Piece(size * _LEADING, partial(draw, line=line), keep=at in (0, len(lines) - 2) and at < len(lines) - 1)
        for at, line in enumerate(lines)
    ]
    return [*found, blank(5)]


def _draw_line(page: Page, top: float, line: str, size: float, block: Text) -> None:
    grey = page.theme.quiet if block.quiet else page.theme.ink
    page.text(page.left, top - size, line, size, page.right - page.left + 1, bold=block.strong, grey=grey)


# --- figures side by side ---------------------------------------------------------------------------------------------


def _facts(block: Facts, room: float) -> list[Piece]:
    across = max(1, min(len(block.facts), int((room + _FACT_GUTTER) / (_FACT_WIDTH + _FACT_GUTTER))))
    rows = [block.facts[at : at + across] for at in range(0, len(block.facts), across)]
    lines = [Piece(_FACT_HEIGHT, partial(_draw_facts, facts=row, across=across)) for row in rows]
    return [*_title(block.title), *lines, blank(6)]


def _draw_facts(page: Page, top: float, facts: tuple[Fact, ...], across: int) -> None:
    look = page.theme
    step = (page.right - page.left + _FACT_GUTTER) / across
    for at, fact in enumerate(facts):
        x, room = page.left + at * step, step - _FACT_GUTTER
        page.snug(x, top - 9, fact.label, look.small, room)
        text = shown(plain(fact.value), fact.kind)
        status = fact.value.status if isinstance(fact.value, Marked) else Status.NONE
        after = page.snug(x, top - 25, text, _FACT_SIZE, room - 14, bold=True)
        if sign := _SIGNS.get(status, ""):
            page.text(after + 4, top - 25, sign, look.section + 1, 12, bold=True)
        if fact.note:
            page.snug(x, top - 36, fact.note, look.small, room)
        page.rule(x, x + room, top - 41)


# --- boxes and lines --------------------------------------------------------------------------------------------------


def _checklist(block: Checklist, room: float) -> list[Piece]:
    found = _title(block.title)
    size = theme().body
    for item in block.items:
        lines = wrap(item, size, room - 18) or ("",)
        high = len(lines) * size * _LEADING + 6
        found.append(Piece(high, partial(_draw_item, lines=lines), keep=block.lines > 0))
        found += [Piece(_LINE, _draw_writing_line, keep=at < block.lines - 1) for at in range(block.lines)]
    return [*found, blank(8)]


def _draw_item(page: Page, top: float, lines: tuple[str, ...]) -> None:
    size = page.theme.body
    page.check_box(page.left + 0.5, top - 3 - _BOX, _BOX, False)
    for at, line in enumerate(lines):
        page.text(page.left + 18, top - 3 - size - at * size * _LEADING, line, size, page.right - page.left - 18)


def _draw_writing_line(page: Page, top: float) -> None:
    page.rule(page.left, page.right, top - _LINE + 2)


def _draw_signatures(page: Page, top: float, people: tuple[tuple[str, str], ...]) -> None:
    half = (page.right - page.left - _GUTTER) / 2
    for at, (name, role) in enumerate(people):
        page.signature(page.left + at * (half + _GUTTER), top - 34, half, name, role)
