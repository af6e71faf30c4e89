"""Typed cells and fields that were not kept yet: held at once, offered again where they were typed, gone once kept.

They outlive a crash. They change no record and no figure, and stand neither in the trail nor in exports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def hold_field(book: Book, form: str, field: str, kept: str, typed: str) -> None:
    """Hold what is typed into one field of `form` over `kept`, the text of the book below it."""
    if kept == typed:
        grid_drafts.drop(book, _field(form, field))
    else:
        grid_drafts.write(book, _field(form, field), {"kept": kept, "typed": typed})


def held_fields(book: Book, form: str, kept: Mapping[str, str]) -> dict[str, str]:
    """What was typed into fields of `form` and not kept, of those over whose text in the book it was typed."""
    found = {field: grid_drafts.read(book, _field(form, field)) for field in kept}
    return {field: one["typed"] for field, one in found.items() if one is not None and one["kept"] == kept[field]}


def forget_field(book: Book, form: str, field: str) -> None:
    """What was typed into the field is kept, or given up."""
    grid_drafts.drop(book, _field(form, field))


def _field(form: str, field: str) -> str:
    return f"{form}: {field}"


def _plain(lines: Sequence[Line]) -> list[list[object]]:
    return [[one.key, dict(one.texts), one.file] for one in lines]
