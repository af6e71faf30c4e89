"""Reads the book out again as template rows, for `export`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.core.templates import Cell, Kind, Row
from desktop.models.storage import STORAGES, Storage

if TYPE_CHECKING:
    from desktop.models.book import Book

_ORDER = {"rules": '"position"'}
# A client known by name alone comes with the policies that name it; its own file needs an id.
_ONLY = {"clients": "WHERE client_id IS NOT NULL"}


def rows_of(book: Book, table: str) -> Iterator[tuple[Row, dict[str, str]]]:
    """Every row of a template with its extra columns, in order of entry.

    Names are given as producer codes where it is known who is meant, rows without an id get the book's own key as id,
    and typed activities say that they are self-reported, so that an import into an empty book gives the same numbers.
    """
    storage = STORAGES[table]
    names = _names(book)
    listed = ",".join(f'"{column}"' for column in ("key", "extra", "file", *storage.columns))
    order = _ORDER.get(table, "id")
    statement = f'SELECT {listed} FROM "{storage.table}" {_ONLY.get(table, "")} ORDER BY {order}'
    for key, extra, file, *cells in book.connection.execute(statement):
        yield _row(storage, key, file, cells, names), json.loads(extra) if extra else {}


def _names(book: Book) -> dict[int, str]:
    rows = book.connection.execute(
        "SELECT a.id, coalesce(p.producer_code, a.text) FROM alias a LEFT JOIN producer p ON p.id=a.producer"
    )
    return {row[0]: row[1] for row in rows}


def _row(storage: Storage, key: str, file: int | None, cells: list[Cell], names: dict[int, str]) -> Row:
    for at in storage.people:
        cells[at] = None if cells[at] is None else names[int(cells[at] or 0)]
    if storage.own_key is not None and cells[storage.own_key] is None:
        cells[storage.own_key] = key
    if storage.template.name == "activities" and file is None:
        cells[storage.template.index("self_reported")] = 1
    return tuple(
        bool(cell) if column.kind is Kind.FLAG and cell is not None else cell
        for column, cell in zip(storage.template.columns, cells, strict=True)
    )


def count(book: Book, table: str) -> int:
    """Number of rows of a template."""
    row = book.connection.execute(f'SELECT count(*) FROM "{STORAGES[table].table}"').fetchone()
    return int(row[0])
