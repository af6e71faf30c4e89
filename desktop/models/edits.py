"""Typed changes: one field or one row at a time, journalled, undoable and redoable, and safe from later imports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.core.templates import Cell
from desktop.models import journal
from desktop.models.journal import Change, pack, unpack
from desktop.models.storage import BY_TABLE

if TYPE_CHECKING:
    from desktop.models.book import Book

_MARKED = frozenset({"setting", "profile", "assignment", "rotation", "map_draft"})
"""Tables that are typed as a whole, where no mark per field is needed."""
_WHOLE = frozenset(
    {
        *("pay", "target", "availability", "source", "territory", "owner"),
        *("carrier_goal", "client_spend", "follow_up", "account_rounding"),
        *("plan_input", "plan_week", "meeting", "scorecard"),
    }
)
"""Tables of small rows: a row that was typed is typed in every field, and no import fills or changes it."""


def read_row(book: Book, table: str, key: str) -> dict[str, Cell] | None:
    """The row of `table` with that key as {column: value}, or None."""
    cursor = book.connection.execute(f'SELECT * FROM "{table}" WHERE key=?', (key,))
    row = cursor.fetchone()
    return None if row is None else dict(zip((column[0] for column in cursor.description), row, strict=True))


def edit_row(book: Book, action: int, table: str, key: str, values: Mapping[str, Cell], at: str) -> bool:
    """Set fields of the row with that key, made when missing; True when anything changed. `at`: when it was typed."""
    old = read_row(book, table, key)
    if old is None:
        return _insert(book, action, table, key, values, at)
    changed = {column: value for column, value in values.items() if old[column] != value}
    if not changed:
        return False
    row_id = int(old["id"] or 0)
    book.connection.execute(
        f'UPDATE "{table}" SET {",".join(_set(column) for column in changed)} WHERE id=?', [*changed.values(), row_id]
    )
    journal.record(
        book,
        action,
        [Change(table, row_id, key, column, pack(old[column]), pack(value)) for column, value in changed.items()],
    )
    if table not in _MARKED:
        _mark_typed(book, table, row_id, list(changed), at)
    return True


def _set(column: str) -> str:
    return f'"{column}"=?'


def _insert(book: Book, action: int, table: str, key: str, values: Mapping[str, Cell], at: str) -> bool:
    row = {"key": key, "entered_at": at, **values}
    listed = ",".join(f'"{column}"' for column in row)
    cursor = book.connection.execute(
        f'INSERT INTO "{table}" ({listed}) VALUES ({",".join("?" * len(row))})', list(row.values())
    )
    row_id = int(cursor.lastrowid)
    journal.record(book, action, [Change(table, row_id, key, "", None, json.dumps({"id": row_id, **row}))])
    if table in _WHOLE:
        _mark_typed(book, table, row_id, list(values), at)
    return True


def delete_row(book: Book, action: int, table: str, key: str) -> bool:
    """Remove the row with that key; False when there is none."""
    old = read_row(book, table, key)
    if old is None:
        return False
    book.connection.execute(f'DELETE FROM "{table}" WHERE key=?', (key,))
    _forget_marks(book, table, int(old["id"] or 0))
    journal.record(book, action, [Change(table, int(old["id"] or 0), key, "", json.dumps(old), None)])
    return True


def _mark_typed(book: Book, table: str, row_id: int, columns: list[str], at: str) -> None:
    book.connection.executemany(
        'INSERT INTO typed_field ("table", row_id, "column", "at") VALUES (?,?,?,?)'
        ' ON CONFLICT ("table", row_id, "column") DO UPDATE SET "at"=excluded."at"',
        [(table, row_id, column, at) for column in columns],
    )


def _forget_marks(book: Book, table: str, row_id: int) -> None:
    """A row that goes takes its marks along: its number may be given to another one."""
    book.connection.execute('DELETE FROM typed_field WHERE "table"=? AND row_id=?', (table, row_id))


def reverse(book: Book, action: int, *, forward: bool, sparing_later: bool = False) -> list[Change]:
    """Put every change of a typed action to its `before` (or, `forward`, to its `after`); returns the changes.

    `sparing_later` leaves alone what an action since has changed again.
    """
    changes = journal.changes_of(book, action)
    if sparing_later:
        changes = [change for change in changes if not _changed_since(book, action, change)]
    (at,) = book.connection.execute('SELECT "at" FROM action WHERE id=?', (action,)).fetchone()
    for change in changes if forward else reversed(changes):
        wanted = change.after if forward else change.before
        if change.column == "":
            _place(book, change, wanted)
        else:
            book.connection.execute(
                f'UPDATE "{change.table}" SET {_set(change.column)} WHERE id=?', (unpack(wanted), change.row_id)
            )
            if not forward:
                _unmark(book, change)
            elif change.table in BY_TABLE and change.table not in _MARKED:
                _mark_typed(book, change.table, change.row_id, [change.column], at)
    return changes


def _changed_since(book: Book, action: int, change: Change) -> bool:
    row = book.connection.execute(
        'SELECT 1 FROM change c JOIN action a ON a.id=c.action WHERE c."table"=? AND c.row_id=? AND c.action>?'
        " AND (? IN ('', c.\"column\") OR c.\"column\"='') AND a.undone_by IS NULL AND a.undoes IS NULL LIMIT 1",
        (change.table, change.row_id, action, change.column),
    ).fetchone()
    return row is not None


def _place(book: Book, change: Change, wanted: str | None) -> None:
    if wanted is None:
        book.connection.execute(f'DELETE FROM "{change.table}" WHERE id=?', (change.row_id,))
        _forget_marks(book, change.table, change.row_id)
        return
    row: dict[str, Cell] = json.loads(wanted)
    listed = ",".join(f'"{column}"' for column in row)
    book.connection.execute(
        f'INSERT INTO "{change.table}" ({listed}) VALUES ({",".join("?" * len(row))})', list(row.values())
    )
    if change.table in _WHOLE and row.get("file") is None:
        fields = [name for name in row if name not in {"id", "key", "extra", "file", "line", "entered_at"}]
        _mark_typed(book, change.table, change.row_id, fields, str(row.get("entered_at") or ""))


def _unmark(book: Book, change: Change) -> None:
    """A field is no longer typed once every action that typed it is undone."""
    still = book.connection.execute(
        'SELECT count(*) FROM change c JOIN action a ON a.id=c.action WHERE c."table"=? AND c.row_id=? AND c."column"=?'
        " AND a.import_run IS NULL AND a.undone_by IS NULL AND a.undoes IS NULL",
        (change.table, change.row_id, change.column),
    ).fetchone()[0]
    if still <= 1:
        book.connection.execute(
            'DELETE FROM typed_field WHERE "table"=? AND row_id=? AND "column"=?',
            (change.table, change.row_id, change.column),
        )


def next_undo(book: Book) -> tuple[int, str, int | None] | None:
    """The newest action that can be undone: (action, label, import run or None)."""
    row = book.connection.execute(
        "SELECT id, label, import_run FROM action WHERE undone_by IS NULL AND undoes IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def next_redo(book: Book) -> tuple[int, str] | None:
    """The action undone last, as long as nothing was done since; imports are brought back by importing again."""
    row = book.connection.execute(
        "SELECT a.id, a.label, a.import_run FROM action a JOIN action u ON u.id=a.undone_by"
        " WHERE u.id > coalesce((SELECT max(id) FROM action WHERE undone_by IS NULL AND undoes IS NULL), 0)"
        " ORDER BY u.id DESC, a.id LIMIT 1"
    ).fetchone()
    return None if row is None or row[2] is not None else (row[0], row[1])


def set_undone(book: Book, action: int, by: int | None) -> None:
    """Enter which action took `action` back; None when it was redone."""
    book.connection.execute("UPDATE action SET undone_by=? WHERE id=?", (by, action))
