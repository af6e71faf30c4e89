"""A week's counts that people reported themselves, by the id of their activity. Must not know how ids are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.periods import Period

if TYPE_CHECKING:
    from desktop.models.book import Book


def counts(book: Book, span: Period, prefix: str) -> dict[str, int]:
    """Counts by activity id of those activities in `span` whose id starts with `prefix`."""
    rows = book.connection.execute(
        "SELECT activity_id, coalesce(count, 1) FROM activity WHERE occurred_at >= ? AND occurred_at < ?"
        " AND substr(activity_id, 1, ?) = ?",
        (span.start.isoformat(), f"{span.end.isoformat()}~", len(prefix), prefix),
    )
    return dict(rows.fetchall())
