"""What policies of each line of business usually cost, as far as the book knows. Reads; judges nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.doubts import fold_line

if TYPE_CHECKING:
    from desktop.models.book import Book


def premiums_by_line(book: Book) -> dict[str, list[int]]:
    """Annual premiums above nothing, in cents, of all policies, by folded line of business."""
    found: dict[str, list[int]] = {}
    rows = book.connection.execute("SELECT insurance_line, annual_premium FROM policy WHERE annual_premium > 0")
    for line, premium in rows:
        found.setdefault(fold_line(line), []).append(premium)
    return found
