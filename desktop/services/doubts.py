"""Asks of each file that is about to be imported which of its readable values can hardly be meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from desktop.core.doubts import Doubt, Doubter, usual_premiums
from desktop.models import usual

if TYPE_CHECKING:
    from desktop.importers import Reading
    from desktop.models.book import Book


def find(book: Book, readings: Iterable[Reading], today: date) -> list[tuple[Doubt, ...]]:
    """The doubts about each reading, in its order. Call it outside a trial: the book alone says what is usual."""
    known = usual_premiums(usual.premiums_by_line(book))
    return [_of_one(reading, known, today) for reading in readings]


def _of_one(reading: Reading, known: dict[str, int], today: date) -> tuple[Doubt, ...]:
    doubter = Doubter(today, known)
    for batch in reading.batches():
        doubter.look_at(batch.table, batch.lines, batch.rows)
    return tuple(doubter.doubts())
