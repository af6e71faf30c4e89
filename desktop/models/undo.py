"""Takes actions back: a whole import field by field and never over a later value, or a single typed action.

Writes base tables inside the caller's transaction and says what derived rows were touched.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.models import edits, imports, journal, rollups
from desktop.models.storage import BY_TABLE, STORAGES, Storage
from desktop.models.touched import Touched

if TYPE_CHECKING:
    from desktop.models.book import Book

_DAY = {"activity": "substr(occurred_at,1,10)", "quote": "delivered_on"}


@dataclass(frozen=True, slots=True)
class Kept:
    """Something an undo left as it is, and why: `column` is empty for a whole record."""

    table: str
    key: str
    column: str
    why: str


@dataclass(slots=True)
class TakenBack:
    """What an undo did: records removed, records set back, and what it kept."""

    removed: int = 0
    restored: int = 0
    kept: list[Kept] = field(default_factory=list)
    touched: Touched = field(default_factory=Touched)


def undo_import(book: Book, run: int) -> TakenBack:
    """Take an import back: its records go, its changes return to what they were, later values stay."""
    taken = TakenBack()
    files = imports.files_of(book, run)
    _hand_over(book, files)
    _restore_fields(book, run, taken)
    for storage in reversed(tuple(STORAGES.values())):
        _remove_rows(book, storage, files, taken)
    connection = book.connection
    connection.execute(f"DELETE FROM sighting WHERE file IN ({_marks(files)})", files)
    _forget_people(book, taken)
    return taken


def undo_routing(book: Book, by: int, taken: TakenBack) -> None:
    """Take back, as part of the action `by`, each assignment all of whose leads are gone by now, its turns included.

    Whether made by routing, by hand or by the ladder: the lead would have the owner again if its file came again.
    """
    owners = "SELECT 1 FROM change c JOIN owner o ON o.id = c.row_id{} WHERE c.action = a.id AND c.\"table\" = 'owner'"
    found = book.connection.execute(
        "SELECT a.id FROM action a WHERE a.what IN ('leads.route', 'leads.assign', 'leads.escalate')"
        f" AND a.undone_by IS NULL AND a.undoes IS NULL AND EXISTS ({owners.format('')})"
        f" AND NOT EXISTS ({owners.format(' JOIN lead l ON l.lead_id = o.lead_id')})"
        " ORDER BY a.id DESC"
    ).fetchall()
    for (action,) in found:
        for change in edits.reverse(book, action, forward=False, sparing_later=True):
            row = json.loads(change.before or change.after or "{}") if change.table == "owner" else {}
            if isinstance(row, dict) and row.get("lead_id"):
                taken.touched.leads.add(str(row["lead_id"]))
        edits.set_undone(book, action, by)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values)) or "NULL"


# --- changed fields -------------------------------------------------------------------------------------------------


def _restore_fields(book: Book, run: int, taken: TakenBack) -> None:
    """Set back every field that the import changed and nobody has changed since; newest change first."""
    connection = book.connection
    found = connection.execute(
        'SELECT c.id, c."table", c.row_id, c.key, c."column", c.before, c.after FROM change c'
        " JOIN action a ON a.id=c.action WHERE a.import_run=? AND a.undone_by IS NULL AND a.undoes IS NULL"
        " AND c.\"column\" <> '' ORDER BY c.id DESC",
        (run,),
    ).fetchall()
    restored: set[tuple[str, int]] = set()
    for change_id, table, row_id, key, column, before, after in found:
        storage = BY_TABLE[table]
        row = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE id=?', (row_id,)).fetchone()
        if row is None:
            continue
        later = _later_change(book, change_id, table, row_id, column, run)
        if later is not None or row[0] != journal.unpack(after):
            taken.kept.append(Kept(storage.template.name, key, storage.heading(column), later or "changed since"))
            continue
        touch_rows(book, storage, "id = ?", [row_id], taken.touched)
        connection.execute(f'UPDATE "{table}" SET "{column}"=? WHERE id=?', (journal.unpack(before), row_id))
        touch_rows(book, storage, "id = ?", [row_id], taken.touched)
        restored.add((table, row_id))
    taken.restored = len(restored)


def _later_change(book: Book, change: int, table: str, row_id: int, column: str, run: int) -> str | None:
    """Why a field may not be set back: a later action, not undone, that changed it; None when there is none."""
    row = book.connection.execute(
        "SELECT a.label, a.at, a.import_run FROM change c JOIN action a ON a.id=c.action"
        ' WHERE c."table"=? AND c.row_id=? AND c."column"=? AND c.id>? AND a.undone_by IS NULL AND a.undoes IS NULL'
        " AND a.import_run IS NOT ? ORDER BY c.id DESC LIMIT 1",
        (table, row_id, column, change, run),
    ).fetchone()
    if row is None:
        return None
    label, at, import_run = row
    return f"changed by a later import ({label}) on {at[:10]}" if import_run else f"typed on {at[:10]}"


# --- records that came with the import ------------------------------------------------------------------------------


def _remove_rows(book: Book, storage: Storage, files: list[int], taken: TakenBack) -> None:
    connection = book.connection
    name, table = storage.template.name, storage.table
    _rehome(book, storage, files, taken)
    doomed = f"file IN ({_marks(files)})"
    for row_id, column, why in _holders(book, storage, files):
        (key,) = connection.execute(f'SELECT key FROM "{table}" WHERE id=?', (row_id,)).fetchone()
        taken.kept.append(Kept(name, key, storage.heading(column), why))
        doomed += f" AND id <> {int(row_id)}"
    touch_rows(book, storage, doomed, files, taken.touched)
    if name == "leads":
        connection.execute(
            "UPDATE activity SET lead_id=NULL WHERE phone IS NOT NULL AND lead_id IN"
            f" (SELECT lead_id FROM lead WHERE {doomed})",
            files,
        )
        taken.touched.phones = True
    if name == "producers":
        changed = connection.execute(
            f"SELECT id FROM alias WHERE producer IN (SELECT id FROM producer WHERE {doomed})", files
        ).fetchall()
        taken.touched.days.update(rollups.days_of_aliases(book, [row[0] for row in changed]))
    connection.execute(
        f'DELETE FROM typed_field WHERE "table"=? AND row_id IN (SELECT id FROM "{table}" WHERE {doomed})',
        (table, *files),
    )
    taken.removed += connection.execute(f'DELETE FROM "{table}" WHERE {doomed}', files).rowcount


def _hand_over(book: Book, files: list[int]) -> None:
    """The same file imported once more, still standing, holds every record that this one holds."""
    connection = book.connection
    for file, twin in imports.twins(book, files):
        for table in BY_TABLE:
            connection.execute(
                'INSERT INTO sighting (file, "table", row_id, "line")'
                f' SELECT ?, \'{table}\', id, "line" FROM "{table}" WHERE file=? ON CONFLICT DO NOTHING',
                (twin, file),
            )
        connection.execute(
            'INSERT INTO sighting (file, "table", row_id, "line")'
            ' SELECT ?, "table", row_id, "line" FROM sighting WHERE file=? ON CONFLICT DO NOTHING',
            (twin, file),
        )


def _rehome(book: Book, storage: Storage, files: list[int], taken: TakenBack) -> None:
    """A record that a later import, still standing, also holds stays and belongs to that one from now on."""
    connection = book.connection
    found = connection.execute(
        'SELECT s.row_id, s.file, s."line", f.name, x.key FROM sighting s JOIN import_file f ON f.id=s.file'
        f' JOIN import_run r ON r.id=f.import_run JOIN "{storage.table}" x ON x.id=s.row_id'
        f' WHERE s."table"=? AND r.undone_at IS NULL AND s.file NOT IN ({_marks(files)})'
        f" AND x.file IN ({_marks(files)})"
        " ORDER BY s.row_id, s.file",
        (storage.table, *files, *files),
    ).fetchall()
    settled: set[int] = set()
    for row_id, file, line, name, key in found:
        if row_id in settled:
            continue
        settled.add(row_id)
        connection.execute(f'UPDATE "{storage.table}" SET file=?, "line"=? WHERE id=?', (file, line, row_id))
        connection.execute(
            'DELETE FROM sighting WHERE "table"=? AND row_id=? AND file=?', (storage.table, row_id, file)
        )
        taken.kept.append(Kept(storage.template.name, key, "", f"also in {name}"))


def _holders(book: Book, storage: Storage, files: list[int]) -> list[tuple[int, str, str]]:
    """Rows of these files that must stay (id, column, why): changed since, or needed by records that stay."""
    connection = book.connection
    found = connection.execute(
        f'SELECT c.row_id, c."column", a.at, a.import_run FROM change c JOIN action a ON a.id=c.action'
        f' JOIN "{storage.table}" x ON x.id=c.row_id WHERE c."table"=? AND x.file IN ({_marks(files)})'
        f" AND a.undone_by IS NULL AND a.undoes IS NULL AND c.\"column\" <> '' AND a.what <> 'leads.route'"
        " AND (a.import_run IS NULL OR a.import_run NOT IN"
        f" (SELECT import_run FROM import_file WHERE id IN ({_marks(files)})))"
        ' GROUP BY c.row_id, c."column"',
        (storage.table, *files, *files),
    ).fetchall()
    held = [
        (row[0], row[1], f"changed by a later import on {row[2][:10]}" if row[3] else f"typed on {row[2][:10]}")
        for row in found
    ]
    if storage.template.name == "clients":
        held += _needed(
            book, storage, files, "SELECT client_ref FROM policy WHERE client_ref IS NOT NULL", "has policies"
        )
    if storage.template.name == "producers":
        held += _needed(book, storage, files, _WRITTEN_OF, "has scorecards filled in by hand")
    return held


_WRITTEN_OF = "SELECT p.id FROM producer p JOIN scorecard s ON lower(s.producer) = p.key WHERE s.file IS NULL"


def _needed(book: Book, storage: Storage, files: list[int], users: str, why: str) -> list[tuple[int, str, str]]:
    rows = book.connection.execute(
        f'SELECT id FROM "{storage.table}" WHERE file IN ({_marks(files)}) AND id IN ({users})', files
    ).fetchall()
    return [(row[0], "", why) for row in rows]


def touch_rows(book: Book, storage: Storage, where: str, values: Sequence[object], touched: Touched) -> None:
    """Note the derived rows above these records."""
    connection, table = book.connection, storage.table
    if table in _DAY:
        rows = connection.execute(f'SELECT DISTINCT {_DAY[table]} FROM "{table}" WHERE {where}', values)
        touched.days.update(row[0] for row in rows)
    elif table in {"lead", "stage", "owner"}:
        rows = connection.execute(
            f'SELECT DISTINCT lead_id FROM "{table}" WHERE lead_id IS NOT NULL AND {where}', values
        )
        touched.leads.update(row[0] for row in rows)
    elif table == "policy":
        terms = [row[0] for row in connection.execute(f"SELECT id FROM policy WHERE {where}", values)]
        touched.policies.update(terms)
        for row in connection.execute(
            f"SELECT DISTINCT day FROM production WHERE policy IN (SELECT id FROM policy WHERE {where})", values
        ):
            touched.days.add(row[0])
    elif table == "setting":
        touched.settings = True


def _forget_people(book: Book, taken: TakenBack) -> None:
    """Names that nobody answered, and that no record carries or may get back by an undo, are gone with the import."""
    connection = book.connection
    used = " UNION ".join(
        f'SELECT "{column}" FROM "{storage.table}" WHERE "{column}" IS NOT NULL'
        for storage in STORAGES.values()
        for column in storage.people_columns
    )
    columns = {column for storage in STORAGES.values() for column in storage.people_columns}
    listed = ",".join(f"'{column}'" for column in sorted(columns))
    returning = " UNION ".join(
        f"SELECT CAST(c.{side} AS INTEGER) FROM change c JOIN action a ON a.id=c.action"
        f' WHERE c."column" IN ({listed}) AND a.undone_by IS NULL AND c.{side} IS NOT NULL'
        for side in ("before", "after")
    )
    connection.execute(
        f"DELETE FROM alias WHERE answered=0 AND producer IS NULL AND id NOT IN ({used} UNION {returning})"
    )
