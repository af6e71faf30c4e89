"""Typed cells that were not kept yet: held at once, offered again when the same grid is opened, gone once kept.

They outlive a crash. They change no record and no figure, and stand neither in the trail nor in exports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.models import grid_drafts
from desktop.services.grids import Line

if TYPE_CHECKING:
    from desktop.models.book import Book


def hold(book: Book, name: str, kept: Sequence[Line], typed: Sequence[Line]) -> None:
    """Hold `typed`, all lines of the grid `name` as they stand, over `kept`, the lines of the book below them."""
    if _plain(kept) == _plain(typed):
        grid_drafts.drop(book, name)
    else:
        grid_drafts.write(book, name, {"kept": _plain(kept), "typed": _plain(typed)})


def held(book: Book, name: str, kept: Sequence[Line]) -> tuple[Line, ...] | None:
    """What was typed and not kept over exactly these lines; None when nothing was, or the lines differ by now."""
    found = grid_drafts.read(book, name)
    if found is None or found["kept"] != _plain(kept):
        return None
    return tuple(Line(key, texts, file) for key, texts, file in found["typed"])


def forget(book: Book, name: str) -> None:
    """What was typed into the grid `name` is kept, or given up."""
    grid_drafts.drop(book, name)


def _plain(lines: Sequence[Line]) -> list[list[object]]:
    return [[one.key, dict(one.texts), one.file] for one in lines]
