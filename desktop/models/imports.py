"""The history of imports: runs, their files, and which bytes are already in the book."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file or sheet of an import; `detail` holds mapping, skipped lines, rejects, totals and notes."""

    file: int
    name: str
    sheet: str | None
    sha256: str
    profile: str
    table: str
    rows: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import as the history lists it; `undone_at` is None while it stands."""

    run: int
    at: str
    label: str
    undone_at: str | None
    files: tuple[ImportedFile, ...]


def open_run(book: Book, at: str, label: str) -> int:
    """Start an import and return its number."""
    cursor = book.database.execute_sql("INSERT INTO import_run (at, label) VALUES (?,?)", (at, label))
    return int(cursor.lastrowid)


def add_file(book: Book, run: int, name: str, sheet: str | None, sha256: str, profile: str, table: str) -> int:
    """Enter a file of an import before its rows, which refer to it."""
    cursor = book.database.execute_sql(
        'INSERT INTO import_file (import_run, name, sheet, sha256, profile, "table", rows, inserted, updated,'
        " unchanged, rejected, detail) VALUES (?,?,?,?,?,?,0,0,0,0,0,'{}')",
        (run, name, sheet, sha256, profile, table),
    )
    return int(cursor.lastrowid)


def close_file(book: Book, file: int, counts: tuple[int, int, int, int, int], detail: dict[str, Any]) -> None:
    """Enter what became of a file: counts (rows, inserted, updated, unchanged, rejected) and its detail."""
    book.database.execute_sql(
        "UPDATE import_file SET rows=?, inserted=?, updated=?, unchanged=?, rejected=?, detail=? WHERE id=?",
        (*counts, json.dumps(detail, ensure_ascii=False), file),
    )


def already_in(book: Book, sha256: str, sheet: str | None, profile: str) -> bool:
    """Whether these very bytes, read the same way, stand in the book as they were taken.

    No import may have been undone since: it may have taken records or values with it that these bytes state.
    """
    row = book.database.execute_sql(
        "SELECT 1 FROM import_file f JOIN import_run r ON r.id=f.import_run"
        " WHERE f.sha256=? AND f.profile=? AND f.sheet IS ? AND r.undone_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM import_run u WHERE u.undone_at >= r.at) LIMIT 1",
        (sha256, profile, sheet),
    ).fetchone()
    return row is not None


def was_imported(book: Book, sha256: str) -> bool:
    """Whether a file of these bytes was ever imported, whatever it was called and whether or not that was undone."""
    row = book.connection.execute("SELECT 1 FROM import_file WHERE sha256=? LIMIT 1", (sha256,)).fetchone()
    return row is not None


def twins(book: Book, files: Sequence[int]) -> list[tuple[int, int]]:
    """(file, another one of the same bytes, read the same way, whose import stands) for those of `files` that have one.

    Such another one was passed over as already in the book, so no record names it.
    """
    marks = ",".join("?" * len(files)) or "NULL"
    return list(
        book.connection.execute(
            "SELECT f.id, max(t.id) FROM import_file f JOIN import_file t"
            " ON t.sha256=f.sha256 AND t.profile=f.profile AND t.sheet IS f.sheet AND f.sha256 <> ''"
            " JOIN import_run r ON r.id=t.import_run"
            f" WHERE f.id IN ({marks}) AND t.id NOT IN ({marks}) AND r.undone_at IS NULL GROUP BY f.id",
            (*files, *files),
        )
    )


def history(book: Book) -> list[ImportRun]:
    """All imports, newest first."""
    files: dict[int, list[ImportedFile]] = {}
    for row in book.database.execute_sql(
        'SELECT import_run, id, name, sheet, sha256, profile, "table", rows, inserted, updated, unchanged, rejected,'
        " detail FROM import_file ORDER BY id"
    ).fetchall():
        files.setdefault(row[0], []).append(ImportedFile(*(*row[1:12], json.loads(row[12]))))
    runs = book.database.execute_sql("SELECT id, at, label, undone_at FROM import_run ORDER BY id DESC").fetchall()
    return [ImportRun(*(*row, tuple(files.get(row[0], ())))) for row in runs]


def find(book: Book, run: int) -> ImportRun | None:
    """One import by number, or None."""
    return next((found for found in history(book) if found.run == run), None)


def mark_undone(book: Book, run: int, at: str) -> None:
    """Enter that an import was taken back."""
    book.database.execute_sql("UPDATE import_run SET undone_at=? WHERE id=?", (at, run))


def files_of(book: Book, run: int) -> list[int]:
    """The file numbers of an import."""
    rows = book.database.execute_sql("SELECT id FROM import_file WHERE import_run=? ORDER BY id", (run,)).fetchall()
    return [row[0] for row in rows]
