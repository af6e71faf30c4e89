"""What was done to one table of routing, action by action, with its rows as they stand now. Reads only.

Must not know what the rows mean or which of their earlier states is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.templates import Cell
from desktop.models.journal import Change

if TYPE_CHECKING:
    from desktop.models.book import Book

Row = dict[str, Cell]
"""A row by its columns, the people in it as ids of their names."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action with what it changed in the table, in order; `came` are ids of rows that an import brought."""

    action: int
    at: str
    who: str
    label: str
    undone: bool
    changes: tuple[Change, ...]
    came: tuple[int, ...]


def rows(book: Book, table: str) -> dict[int, Row]:
    """The table's rows as they stand, by id."""
    cursor = book.connection.execute(f'SELECT * FROM "{table}" ORDER BY id')
    names = [column[0] for column in cursor.description]
    found = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    return {int(row["id"]): row for row in found}


def steps(book: Book, table: str, limit: int) -> list[Step]:
    """The newest `limit` actions that changed the table or brought rows of it, newest first."""
    came = _came(book, table)
    touched = book.connection.execute(
        "SELECT a.id, a.at, a.who, a.label, a.undone_by IS NOT NULL FROM action a WHERE a.undoes IS NULL AND (a.id IN"
        ' (SELECT c.action FROM change c WHERE c."table" = ?)'
        f" OR a.id IN ({','.join(str(one) for one in came) or 'NULL'})) ORDER BY a.id DESC LIMIT ?",
        (table, limit),
    ).fetchall()
    return [
        Step(row[0], row[1], row[2], row[3], bool(row[4]), _changes(book, row[0], table), tuple(came.get(row[0], ())))
        for row in touched
    ]


def known_names(book: Book) -> frozenset[int]:
    """The ids of the names that a row can still carry."""
    return frozenset(row[0] for row in book.connection.execute("SELECT id FROM alias"))


def _changes(book: Book, action: int, table: str) -> tuple[Change, ...]:
    found = book.connection.execute(
        'SELECT "table", row_id, key, "column", before, after, file, "line" FROM change'
        ' WHERE action = ? AND "table" = ? ORDER BY id',
        (action, table),
    )
    return tuple(Change(*row) for row in found)


def _came(book: Book, table: str) -> dict[int, list[int]]:
    """The rows that stand as an import brought them, by its first action."""
    found: dict[int, list[int]] = {}
    pairs = book.connection.execute(
        f'SELECT (SELECT min(a.id) FROM action a WHERE a.import_run = f.import_run), x.id FROM "{table}" x'
        " JOIN import_file f ON f.id = x.file"
    )
    for action, row in pairs:
        if action is not None:
            found.setdefault(action, []).append(row)
    return found
