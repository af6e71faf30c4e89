"""Fields that were typed while a file was imported: no later import replaces them.

Knows records by file and line. Runs inside the import's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.models.storage import STORAGES

if TYPE_CHECKING:
    from desktop.models.book import Book

_AT_ONCE = 5_000


def mark_typed(book: Book, file: int, cells: Iterable[tuple[int, str, str]]) -> None:
    """Enter (line, template, column) of records that came with `file` as typed, at the moment of its import."""
    wanted: dict[str, dict[int, set[str]]] = {}
    for line, name, column in cells:
        storage = STORAGES[name]
        if column in storage.template.names:
            wanted.setdefault(name, {}).setdefault(line, set()).add(storage.column(column))
    for name, by_line in wanted.items():
        table = STORAGES[name].table
        for row_id, line in _rows(book, table, file, sorted(by_line)):
            book.connection.executemany(
                'INSERT INTO typed_field ("table", row_id, "column", at) SELECT ?, ?, ?, r.at FROM import_file f'
                " JOIN import_run r ON r.id = f.import_run WHERE f.id = ? ON CONFLICT DO NOTHING",
                [(table, row_id, column, file) for column in sorted(by_line[line])],
            )


def _rows(book: Book, table: str, file: int, lines: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start in range(0, len(lines), _AT_ONCE):
        part = lines[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        found += book.connection.execute(
            f'SELECT id, "line" FROM "{table}" WHERE file = ? AND "line" IN ({marks})', (file, *part)
        ).fetchall()
    return found
