"""Which imports and edits may have changed a published figure: what the trail has since, by table and day.

Reads only; knows tables and days, not figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from desktop.models.book import Book

_DAY = {"activity": "occurred_at", "quote": "delivered_on", "policy": "bound_on"}
_EVERYWHERE = ("alias", "producer", "owner")
_GOALS = ("target", "producer", "availability", "setting")


@dataclass(frozen=True, slots=True)
class Cause:
    """An entry of the trail."""

    label: str
    at: str


@dataclass(frozen=True, slots=True)
class _Entry:
    action: int
    at: str
    label: str
    run: int | None
    undoing: bool


def causes(book: Book, after: int, metric: str, first: date, last: date) -> list[Cause]:
    """The entries after the action `after` that touched what `metric` counts between two days, oldest first.

    Where none is found to, everything taken back since, else everything done since; empty when nothing was done.
    """
    entries = _entries(book, after)
    tables = tables_of(metric)
    found = [one for one in entries if _touches(book, one, tables, first.isoformat(), last.isoformat() + "~")]
    chosen = found or [one for one in entries if one.undoing] or entries
    return [Cause(one.label, one.at) for one in chosen]


def tables_of(metric: str) -> tuple[str, ...]:
    """The tables whose records a figure is made of."""
    name = metric.rpartition(".")[2] if metric.startswith("month_to_date.") else metric
    if metric.endswith("target"):
        return _GOALS
    if metric.startswith("pipeline."):
        return ("lead", "stage", "policy", *_EVERYWHERE)
    if name == "quotes":
        return ("quote", *_EVERYWHERE)
    if name in ("close_rate", "automatic_share", "on_track"):
        return ("quote", "policy", *(("activity",) if name == "automatic_share" else ()), *_EVERYWHERE)
    if name in ("policies_written", "new_premium", "avg_policy_size", "new_commission"):
        return ("policy", "setting", *_EVERYWHERE) if name == "new_commission" else ("policy", *_EVERYWHERE)
    return ("activity", *_EVERYWHERE)


def _entries(book: Book, after: int) -> list[_Entry]:
    """What was done since and still stands: an action and its taking back, both since, are neither."""
    rows = book.connection.execute(
        'SELECT id, "at", label, import_run, undoes FROM "action" WHERE id > ? AND undone_by IS NULL'
        " AND (undoes IS NULL OR undoes <= ?) AND what NOT IN ('redo', 'scorecard.write', 'logo.change') ORDER BY id",
        (after, after),
    )
    return [_Entry(row[0], row[1], row[2], row[3], row[4] is not None) for row in rows.fetchall()]


def _touches(book: Book, entry: _Entry, tables: Iterable[str], first: str, last: str) -> bool:
    return any(
        _changed(book, entry, table, first, last)
        or (entry.run is not None and _brought(book, entry.run, table, first, last))
        for table in tables
    )


def _brought(book: Book, run: int, table: str, first: str, last: str) -> bool:
    """Whether an import holds a record of the table on one of the days."""
    if table == "alias":
        return False
    day = f' AND x."{_DAY[table]}" BETWEEN ? AND ?' if table in _DAY else ""
    row = book.connection.execute(
        f'SELECT 1 FROM "{table}" x JOIN import_file f ON f.id = x.file WHERE f.import_run = ?{day} LIMIT 1',
        (run, first, last) if day else (run,),
    ).fetchone()
    return row is not None


def _changed(book: Book, entry: _Entry, table: str, first: str, last: str) -> bool:
    """Whether an action changed a record of the table that lies on one of the days, or did before."""
    day = _DAY.get(table)
    near = f'AND (x.id IS NULL OR c."column" = ? OR x."{day}" BETWEEN ? AND ?)' if day else ""
    row = book.connection.execute(
        f'SELECT 1 FROM "change" c LEFT JOIN "{table}" x ON x.id = c.row_id'
        f' WHERE c."action" = ? AND c."table" = ? {near} LIMIT 1',
        (entry.action, table, day, first, last) if day else (entry.action, table),
    ).fetchone()
    return row is not None
