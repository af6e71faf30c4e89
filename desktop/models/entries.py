"""Rows of one template as they are typed over in a grid: read whole, written one by one, journalled.

The key follows from the fields, as for an imported row, so that a typed row and the same row of a file are one record.
Must not know what the rows are for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.templates import Cell
from desktop.models import edits
from desktop.models.people import Aliases
from desktop.models.storage import STORAGES, Storage, stated_key

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its key, its cells by the template's names (people as codes), and the file it came from, if any."""

    key: str
    cells: Mapping[str, Cell]
    file: str | None


def read(book: Book, table: str) -> list[Entry]:
    """Every row of a template's table, in order of entry."""
    storage = STORAGES[table]
    names = codes(book)
    listed = ",".join(f'x."{column}"' for column in storage.columns)
    rows = book.connection.execute(
        f'SELECT x.key, f.name, {listed} FROM "{storage.table}" x'
        " LEFT JOIN import_file f ON f.id = x.file ORDER BY x.id"
    )
    return [Entry(key, _cells(storage, cells, names), file) for key, file, *cells in rows.fetchall()]


def _cells(storage: Storage, cells: Sequence[Cell], names: Mapping[int, str]) -> dict[str, Cell]:
    named = dict(zip(storage.template.names, cells, strict=True))
    for at in storage.people:
        name = storage.template.names[at]
        named[name] = None if named[name] is None else names[int(named[name] or 0)]
    return named


def codes(book: Book) -> dict[int, str]:
    """What each name in the records stands for: the producer's code, else the name itself."""
    rows = book.connection.execute(
        "SELECT a.id, coalesce(p.producer_code, a.text) FROM alias a LEFT JOIN producer p ON p.id=a.producer"
    )
    return {row[0]: row[1] for row in rows}


def meanings(book: Book) -> dict[int, int | None]:
    """Which producer (row id) each name in the records stands for; None for nobody yet."""
    return dict(book.connection.execute("SELECT id, producer FROM alias").fetchall())


def key_of(people: Aliases, table: str, cells: Mapping[str, Cell]) -> str:
    """The key that these cells (template names, people as codes) give."""
    storage = STORAGES[table]
    row = tuple(cells.get(name) for name in storage.template.names)
    return stated_key(storage, row, people.code_of) or ""


def write(
    book: Book, action: int, people: Aliases, table: str, old: str | None, cells: Mapping[str, Cell], at: str
) -> bool:
    """Put a row in place of the one with the key `old` (None: a new one); True when anything changed.

    A row whose key changes goes and comes anew; within the caller's transaction, whose names `people` holds.
    """
    storage = STORAGES[table]
    key = key_of(people, table, cells)
    values: dict[str, Cell] = {}
    for place, name in enumerate(storage.template.names):
        cell = cells.get(name)
        known = place in storage.people and cell is not None
        values[storage.columns[place]] = people.id_of(str(cell)) if known else cell
    if old is not None and old != key:
        edits.delete_row(book, action, storage.table, old)
    return edits.edit_row(book, action, storage.table, key, values, at)


def remove(book: Book, action: int, table: str, key: str) -> bool:
    """Take a row away; False when there is none."""
    return edits.delete_row(book, action, STORAGES[table].table, key)
