"""Pieces of a document in the order in which they are read, and how they fall onto pages.

A piece is never split. What heads a table is repeated where the table goes on, and a heading stays with what follows.
Knows heights and nothing of what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.reports.page import Page

Draw = Callable[[Page, float], None]
"""Draws on a page below the height given."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of a height in points. `keep`: it stands on the same page as the next piece.

    `again`: what is drawn first wherever this piece begins a page (a table's headings). `turn`: a new page begins
    before it. `gap`: white space, left out at the top of a page.
    """

    height: float
    draw: Draw
    keep: bool = False
    again: Piece | None = None
    turn: bool = False
    gap: bool = False


def blank(height: float, keep: bool = False) -> Piece:
    """White space."""
    return Piece(height, lambda page, top: None, keep=keep, gap=True)


def turn() -> Piece:
    """The end of a page."""
    return Piece(0, lambda page, top: None, turn=True, gap=True)


def laid_out(pieces: Iterable[Piece], height: float) -> list[list[Piece]]:
    """The pieces of each page of `height` points; at least one page."""
    pages: list[list[Piece]] = [[]]
    room = height
    for group in _groups(list(pieces)):
        needed = sum(piece.height for piece in group)
        if group[0].turn or (needed > room and pages[-1]):
            if pages[-1]:
                pages.append([])
            room = height
            first = next((piece for piece in group if not piece.gap), None)
            if first is not None and first.again is not None:
                pages[-1].append(first.again)
                room -= first.again.height
        for piece in group:
            if piece.gap and not pages[-1]:
                continue
            pages[-1].append(piece)
            room -= piece.height
    return pages if pages[-1] or len(pages) == 1 else pages[:-1]


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stay together: each with those that keep to it before."""
    groups: list[list[Piece]] = []
    kept = False
    for piece in pieces:
        if kept and not piece.turn:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        kept = piece.keep
    return groups
