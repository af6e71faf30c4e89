"""What was typed into an editing grid and not kept yet, so that a crash loses no word.

Texts as they were typed, in the encrypted book because pay may be among them; no part of the journal, of exports or of
any figure. Knows neither grids nor what their columns mean.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.models.book import Book


def read(book: Book, name: str) -> Any:
    """What is drafted under `name`, as JSON holds it; None without a draft."""
    row = book.database.execute_sql("SELECT held FROM grid_draft WHERE name = ?", (name,)).fetchone()
    return None if row is None else json.loads(row[0])


def write(book: Book, name: str, held: Any) -> None:
    """Hold `held` (anything JSON can hold) under `name` in place of what was there."""
    with book.transaction():
        book.database.execute_sql(
            "INSERT OR REPLACE INTO grid_draft (name, held) VALUES (?, ?)", (name, json.dumps(held))
        )


def drop(book: Book, name: str) -> None:
    """Nothing is drafted under `name` any more."""
    with book.transaction():
        book.database.execute_sql("DELETE FROM grid_draft WHERE name = ?", (name,))
