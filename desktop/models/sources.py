"""The sources that leads and policies name, whether or not anybody entered what they cost. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.models.book import Book


def named(book: Book) -> list[str]:
    """Every source that a lead names, one spelling each, by name."""
    rows = book.connection.execute(
        "SELECT min(source) FROM lead WHERE source IS NOT NULL AND source <> '' GROUP BY lower(source) ORDER BY 1"
    )
    return [row[0] for row in rows]
