"""The settings as the book keeps them: one row per key that differs from what the program assumes, its value as JSON.

Knows neither keys nor defaults.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.models.book import Book


def read(book: Book) -> dict[str, Any]:
    """Every stored setting, {key: value}."""
    rows = book.database.execute_sql("SELECT name, value FROM setting ORDER BY name").fetchall()
    return {name: None if value is None else json.loads(value) for name, value in rows}
