"""The audit trail and undo journal: who did what and when, with every changed value before and after.

Writes only; taking back is `undo`. Every service that changes the book opens an action here first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.templates import Cell

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts and when: `at` is local time to the second, ISO."""

    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Change:
    """One changed field; with an empty `column` a whole row that came (`before` None) or went (`after` None)."""

    table: str
    row_id: int
    key: str
    column: str
    before: str | None
    after: str | None
    file: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit trail, newest first where listed."""

    action: int
    at: str
    who: str
    what: str
    label: str
    undone: bool
    import_run: int | None


def pack(value: object) -> str:
    """A value as the journal keeps it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str | None) -> Cell:
    """A field's value from the journal; None where none was kept."""
    value: Cell = None if text is None else json.loads(text)
    return value


def open_action(
    book: Book, author: Author, what: str, label: str, *, import_run: int | None = None, undoes: int | None = None
) -> int:
    """Start an action (`what`: noun.verb, `label`: as the Edit menu shows it) and return its number."""
    cursor = book.database.execute_sql(
        "INSERT INTO action (at, who, what, label, import_run, undoes) VALUES (?,?,?,?,?,?)",
        (author.at, author.who, what, label, import_run, undoes),
    )
    return int(cursor.lastrowid)


def enter(book: Book, author: Author, what: str, label: str) -> int:
    """Start an action that stands for ever: it names itself as what it takes back, so nothing undoes it."""
    action = open_action(book, author, what, label)
    book.database.execute_sql("UPDATE action SET undoes=? WHERE id=?", (action, action))
    return action


def record(book: Book, action: int, changes: Iterable[Change]) -> None:
    """Keep what an action changed, in the order in which it changed it."""
    book.database.connection().executemany(
        'INSERT INTO change (action, "table", row_id, key, "column", before, after, file, "line")'
        " VALUES (?,?,?,?,?,?,?,?,?)",
        [(action, c.table, c.row_id, c.key, c.column, c.before, c.after, c.file, c.line) for c in changes],
    )


def close_import(book: Book, run: int, by: int) -> None:
    """Mark the actions of an import as taken back by the action `by`, and that one as the taking back of the first."""
    book.database.execute_sql(
        "UPDATE action SET undoes=(SELECT min(id) FROM action WHERE import_run=? AND id<>?) WHERE id=?", (run, by, by)
    )
    book.database.execute_sql("UPDATE action SET undone_by=? WHERE import_run=? AND undoes IS NULL", (by, run))


def entries(book: Book, limit: int = 200) -> list[Entry]:
    """The newest `limit` entries of the audit trail."""
    rows = book.database.execute_sql(
        "SELECT id, at, who, what, label, undone_by IS NOT NULL, import_run FROM action ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [Entry(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6]) for row in rows.fetchall()]


def changes_of(book: Book, action: int) -> list[Change]:
    """What an action changed, in order."""
    rows = book.database.execute_sql(
        'SELECT "table", row_id, key, "column", before, after, file, "line" FROM change WHERE action=? ORDER BY id',
        (action,),
    )
    return [Change(*row) for row in rows.fetchall()]
