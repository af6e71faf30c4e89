"""The layouts of files that a user described, by name. Journalled, so that saving and deleting can be undone.

Keeps their text as it is; what it says is the importers' business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models import edits
from desktop.models.storage import fold

if TYPE_CHECKING:
    from desktop.models.book import Book

_TABLE = "profile"


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """One saved layout: its name, its text (JSON), and when it was entered (local, ISO)."""

    name: str
    content: str
    entered_at: str


def key_of(name: str) -> str:
    """What makes two names the same one: case, punctuation and spaces do not."""
    return fold(name) or name.strip()


def read_all(book: Book) -> list[StoredProfile]:
    """Every saved layout, the newest first."""
    rows = book.connection.execute(
        "SELECT name, content, entered_at FROM profile ORDER BY entered_at DESC, id DESC"
    ).fetchall()
    return [StoredProfile(name, content, at or "") for name, content, at in rows]


def find(book: Book, name: str) -> StoredProfile | None:
    """The layout of that name, or None."""
    row = edits.read_row(book, _TABLE, key_of(name))
    if row is None:
        return None
    return StoredProfile(str(row["name"]), str(row["content"]), str(row["entered_at"] or ""))


def save(book: Book, action: int, name: str, content: str, at: str) -> bool:
    """Keep a layout under its name, in place of one of the same name; True when anything changed."""
    return edits.edit_row(book, action, _TABLE, key_of(name), {"name": name, "content": content, "entered_at": at}, at)


def delete(book: Book, action: int, name: str) -> bool:
    """Forget a layout; False when there is none of that name."""
    return edits.delete_row(book, action, _TABLE, key_of(name))
