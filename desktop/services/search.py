"""Search over everything: people, leads, clients and policies by name, phone, e-mail or number, grouped.

Knows neither index nor window; pages and commands are the window's to add.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models import search as index
from desktop.models.search import FoundRow

if TYPE_CHECKING:
    from desktop.models.book import Book

__all__ = ["FoundRow", "Hits", "search"]

ORDER = (index.PRODUCER, index.LEAD, index.CLIENT, index.POLICY)
PER_KIND = 6
"""Hits of a kind that a list has room for."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind; `more` says that there is more than is listed."""

    kind: str
    rows: tuple[FoundRow, ...]
    more: bool


def search(book: Book, text: str, per_kind: int = PER_KIND) -> list[Hits]:
    """The hits for `text` by kind, only kinds that have some. Every word counts from its beginning; a phone is found in
    any punctuation, by its end too; a policy number with or without its signs, by its end too.
    """
    found = []
    for kind in ORDER:
        rows = index.find(book, text, kind, per_kind + 1)
        if rows:
            found.append(Hits(kind, tuple(rows[:per_kind]), len(rows) > per_kind))
    return found
