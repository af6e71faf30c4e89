"""Every table of the book as a list that may be a million rows long: the order of its rows first, then page by page.

The order is a list of row numbers, so any place of the list is reached without counting up to it. Knows template
tables through their storage; how a list looks is the window's business.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from desktop.core.progress import SILENT, Progress
from desktop.core.templates import Cell, Kind
from desktop.models import search
from desktop.models.dialect import stoppable
from desktop.models.storage import STORAGES, Storage

if TYPE_CHECKING:
    from desktop.models.book import Book

Condition = tuple[str, tuple[Cell, ...]]
"""SQL over the row `x`, with question marks, and its values."""

FIRST = 120
"""Rows with which a list begins before its whole order is known."""

_PERSON = '(SELECT coalesce(g.name, a.text) FROM alias a LEFT JOIN producer g ON g.id = a.producer WHERE a.id = x."{}")'
_LEAD_PERSON = "nullif(trim(coalesce(x.first_name,'') || ' ' || coalesce(x.last_name,'')), '')"
_NOW_IN = "(SELECT s.{} FROM stay s WHERE s.lead_id = x.lead_id AND s.left_at IS NULL ORDER BY s.position DESC LIMIT 1)"
_OWNER = (
    "(SELECT coalesce(g.name, a.text) FROM ownership o JOIN alias a ON a.id = o.alias"
    " LEFT JOIN producer g ON g.id = a.producer WHERE o.lead_id = x.lead_id AND o.to_at IS NULL"
    ' ORDER BY o."position" DESC LIMIT 1)'
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A column of a list: its name, what its values are, and the SQL of it."""

    name: str
    kind: Kind
    sql: str


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a list: text that some column holds, texts by column, sorting, and a named choice of rows."""

    table: str
    text: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sort: str | None = None
    descending: bool = False
    chosen: Condition | None = None


_DERIVED: Mapping[str, tuple[Listed, ...]] = {
    "leads": (
        Listed("name", Kind.TEXT, f"coalesce(x.business_name, {_LEAD_PERSON}, x.lead_id)"),
        Listed("now_in", Kind.CHOICE, _NOW_IN.format("stage")),
        Listed("since", Kind.MOMENT, _NOW_IN.format("entered_at")),
        Listed("owner", Kind.TEXT, _OWNER),
    ),
}
"""Columns that a table does not have as such, before its own."""

_NEWEST = {
    "leads": "received_at",
    "activities": "occurred_at",
    "quotes": "delivered_on",
    "policies": "bound_on",
    "stages": "id",
    "premiums": "from",
    "owners": "at",
}
"""The column by which a list begins with the newest; other tables keep the order of entry."""


def received(first: date, last: date) -> Condition:
    """The leads received from `first` through `last`, without those merged into another."""
    after = (last + timedelta(days=1)).isoformat()
    return "x.merged_into IS NULL AND x.received_at >= ? AND x.received_at < ?", (first.isoformat(), after)


def listed(table: str) -> tuple[Listed, ...]:
    """The columns of a template's list: derived ones, its own, then file and line."""
    storage = STORAGES[table]
    own = tuple(
        Listed(name, column.kind, _sql(storage, at))
        for at, (name, column) in enumerate(zip(storage.template.names, storage.template.columns, strict=True))
    )
    origin = (
        Listed("file", Kind.TEXT, "(SELECT f.name FROM import_file f WHERE f.id = x.file)"),
        Listed("line_in_file", Kind.COUNT, 'x."line"'),
    )
    return (*_DERIVED.get(table, ()), *own, *origin)


def _sql(storage: Storage, at: int) -> str:
    column = storage.columns[at]
    return _PERSON.format(column) if at in storage.people else f'x."{column}"'


def order(book: Book, query: Query, limit: int | None = None, progress: Progress = SILENT) -> array[int]:
    """The numbers of the rows that a query asks for, in its order; the first `limit` of them.

    It ends with Cancelled as soon as `progress` says so.
    """
    where, values = _where(query)
    reach = "" if limit is None else f" LIMIT {limit}"
    statement = f'SELECT x.id FROM "{STORAGES[query.table].table}" x{where} ORDER BY {_ordering(query)}{reach}'
    with stoppable(book.connection, lambda: progress.report(0, 0)):
        return array("q", chain.from_iterable(book.connection.execute(statement, values)))


def page(book: Book, table: str, ids: Sequence[int]) -> dict[int, tuple[Cell, ...]]:
    """Rows by number: the stored key, then the values of `listed`; numbers that are gone are left out."""
    columns = ",".join(column.sql for column in listed(table))
    marks = ",".join("?" * len(ids))
    rows = book.connection.execute(
        f'SELECT x.id, x.key, {columns} FROM "{STORAGES[table].table}" x WHERE x.id IN ({marks})', tuple(ids)
    )
    return {row[0]: row[1:] for row in rows}


def every_row(book: Book, query: Query, step: int = 500) -> Iterator[tuple[Cell, ...]]:
    """All rows of a query in its order, as `page` gives them."""
    ids = order(book, query)
    for start in range(0, len(ids), step):
        part = ids[start : start + step]
        found = page(book, query.table, part)
        yield from (found[one] for one in part if one in found)


def count(book: Book, query: Query) -> int:
    """How many rows a query has."""
    where, values = _where(query)
    row = book.connection.execute(f'SELECT count(*) FROM "{STORAGES[query.table].table}" x{where}', values).fetchone()
    return int(row[0])


def _where(query: Query) -> tuple[str, tuple[Cell, ...]]:
    parts: list[str] = []
    values: list[Cell] = []
    by_name = {column.name: column for column in listed(query.table)}
    if query.chosen is not None:
        parts.append(f"({query.chosen[0]})")
        values += query.chosen[1]
    if query.text.strip():
        found = [_holding(column, query.text) for column in by_name.values() if column.kind in _TEXTS]
        # what the eye takes for the same (Łódź and lodz) is found by the words' index
        by_word = search.matching(query.text, STORAGES[query.table].table)
        either = [*found, by_word] if by_word is not None else found
        parts.append(f"({' OR '.join(sql for sql, _ in either)})")
        values += chain.from_iterable(asked for _, asked in either)
    for name, text in query.columns.items():
        if text.strip():
            sql, asked = _holding(by_name[name], text)
            parts.append(sql)
            values += asked
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), tuple(values)


_TEXTS = frozenset({Kind.TEXT, Kind.PRODUCER, Kind.PHONE, Kind.EMAIL, Kind.ZIP, Kind.STATE})


def _holding(column: Listed, text: str) -> tuple[str, tuple[str, ...]]:
    """The rows whose column holds the text; a phone is asked for as it is stored, however it is typed."""
    digits = search.phone_digits(text) if column.kind is Kind.PHONE else ""
    return f"{column.sql} LIKE ? ESCAPE '!'", (_like(digits or text),)


def _like(text: str) -> str:
    plain = text.strip()
    for sign in "!%_":
        plain = plain.replace(sign, f"!{sign}")
    return f"%{plain}%"


def _ordering(query: Query) -> str:
    if query.sort is None:
        newest = _NEWEST.get(query.table)
        return "x.id" if newest is None else f'x."{newest}" DESC, x.id DESC'
    sql = next(column.sql for column in listed(query.table) if column.name == query.sort)
    way = "DESC" if query.descending else "ASC"
    # An index gives the order of a column alone; undefined values come last either way elsewhere, but not at this cost.
    return f"{sql} {way}, x.id {way}"
