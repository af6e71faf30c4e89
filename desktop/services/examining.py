"""What `check` looks for beyond the file's own soundness: derived figures that differ from the records below them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.models import published, rollups, seals, search
from desktop.models.soundness import Problem

if TYPE_CHECKING:
    from desktop.models.book import Book


def derived_figures(book: Book) -> Iterable[Problem]:
    """Days whose stored totals are not what their records add up to."""
    with book.transaction():
        days = rollups.differences(book)
    return [Problem("Stored totals differ from the records", f"day {day}") for day in days]


def word_index(book: Book) -> Iterable[Problem]:
    """Whether every person, lead, client and policy can be found by its words."""
    wrong = search.unindexed(book)
    return [Problem(f"{wrong} entries of the word index differ from the records", "search")] if wrong else []


EXAMINERS = (derived_figures, word_index, published.broken, seals.broken, seals.broken_certificates)
