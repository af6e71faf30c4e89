"""Activities counted as they arrive, so that the days which they open need not be read again from the book.

Keeps rows like those of the table `activity`, one for many alike; what each counts for is `rollups`' business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from desktop.core.batches import Column
from desktop.core.templates import Cell
from desktop.models.insertion import insertions

if TYPE_CHECKING:
    from desktop.models.arrivals import Arrival

_ROOM = 30_000
"""Kinds of activities by day and name that are held before they are laid down; each batch counts its own."""

ARRIVED = "arrived_activity"
"""The temporary table: columns as in `activity`, but `occurred_at` is the day and `count` that of all alike."""

_ALIKE = ("producer", "kind", "direction", "bulk", "self_reported")
_COLUMNS = ("occurred_at", *_ALIKE, "count")
_Alike = tuple[Cell, ...]


class ActivityTally:
    """Counts the activities that one transaction adds; `days` are those on which any lies."""

    def __init__(self, connection: Any) -> None:
        self.days: set[str] = set()
        self._connection = connection
        self._rows: list[_Alike] = []
        self._laid = False

    def add(self, days: Sequence[str], arrival: Arrival) -> None:
        """A batch of activities all of which are new, and the day of each."""
        self.days.update(days)
        columns = [days, *map(arrival.cells, _ALIKE)]
        varied = [at for at, column in enumerate(columns) if not at or column.count(column[0]) < len(column)]
        found = _counted(zip(*(columns[at] for at in varied), strict=True), arrival.cells("count"))
        parts = dict(zip(varied, zip(*found, strict=True), strict=True))
        alike = (parts.get(at) or repeat(column[0]) for at, column in enumerate(columns))
        self._rows += zip(*alike, found.values(), strict=False)
        if len(self._rows) > _ROOM:
            self._lay_down()

    def lie(self) -> str:
        """All of them as a table, whose name this returns."""
        self._lay_down()
        return ARRIVED

    def forget(self) -> None:
        """Nothing was counted."""
        self.days.clear()
        self._rows.clear()
        if self._laid:
            self._connection.execute(f"DELETE FROM {ARRIVED}")

    def _lay_down(self) -> None:
        if not self._laid:
            self._connection.execute(
                f"CREATE TEMP TABLE IF NOT EXISTS {ARRIVED} (occurred_at TEXT, producer INTEGER, kind TEXT,"
                " direction TEXT, bulk INTEGER, self_reported INTEGER, file INTEGER DEFAULT 0, count INTEGER)"
            )
            self._connection.execute(f"DELETE FROM {ARRIVED}")
            self._laid = True
        if self._rows:
            for statement in insertions(ARRIVED, _COLUMNS, list(zip(*self._rows, strict=True))):
                self._connection.executemany(*statement)
        self._rows.clear()


def _counted(alike: Iterable[_Alike], counts: Column) -> Counter[_Alike]:
    """How many activities are alike; a blank count stands for one."""
    if set(counts) <= {1, None}:
        return Counter(alike)
    found: Counter[_Alike] = Counter()
    for one, count in zip(alike, counts, strict=True):
        found[one] += 1 if count is None else int(count)
    return found
