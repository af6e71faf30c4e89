"""The audit trail as lines: who, when, which field of which record, from and to. Reads only.

An import is one line, however many rows it brought; its fields are in the history of each record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class TrailRow:
    """A changed field (or whole row, with an empty `column`), or an action as such (`table` None); values as JSON."""

    action: int
    at: str
    who: str
    label: str
    undone: bool
    imported: bool
    table: str | None
    key: str | None
    column: str | None
    before: str | None
    after: str | None


def rows(book: Book, limit: int) -> Iterator[TrailRow]:
    """The newest `limit` lines, newest first; the changes of an action in the order in which they were made."""
    found = book.connection.execute(
        "SELECT a.id, a.at, a.who, a.label, a.undone_by IS NOT NULL, a.import_run IS NOT NULL,"
        ' c."table", c.key, c."column", c.before, c.after'
        " FROM action a LEFT JOIN change c ON c.action = a.id AND a.import_run IS NULL"
        " ORDER BY a.id DESC, c.id LIMIT ?",
        (limit,),
    )
    for row in found:
        yield TrailRow(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]), *row[6:])


def names_of_aliases(book: Book) -> dict[int, str]:
    """What each name in the records stands for: the producer's name, else the name itself."""
    found = book.connection.execute(
        "SELECT a.id, coalesce(p.name, a.text) FROM alias a LEFT JOIN producer p ON p.id = a.producer"
    )
    return dict(found.fetchall())
