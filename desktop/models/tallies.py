"""Activities counted as they arrive, so that the days which they open need not be read again from the book.

Keeps rows like those of the table `activity`, one for many alike; what each counts for is `rollups`' business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.core.templates import Cell

if TYPE_CHECKING:
    from desktop.models.arrivals import Arrival

_ROOM = 30_000
"""Kinds of activities by day and name that are held before they are laid down."""

ARRIVED = "arrived_activity"
"""The temporary table: columns as in `activity`, but `occurred_at` is the day and `count` that of all alike."""

_ALIKE = ("producer", "kind", "direction", "bulk", "self_reported")
_Alike = tuple[Cell, ...]


class ActivityTally:
    """Counts the activities that one transaction adds; `days` are those on which any lies."""

    def __init__(self, connection: Any) -> None:
        self.days: set[str] = set()
        self._connection = connection
        self._counts: Counter[_Alike] = Counter()
        self._laid = False

    def add(self, days: Sequence[str], arrival: Arrival) -> None:
        """A batch of activities all of which are new, and the day of each."""
        self.days.update(days)
        alike = zip(days, *map(arrival.cells, _ALIKE), strict=True)
        counts = arrival.cells("count")
        if set(counts) <= {1, None}:
            self._counts.update(alike)
        else:
            for one, count in zip(alike, counts, strict=True):
                # A blank count stands for one.
                self._counts[one] += 1 if count is None else int(count)
        if len(self._counts) > _ROOM:
            self._lay_down()

    def lie(self) -> str:
        """All of them as a table, whose name this returns."""
        self._lay_down()
        return ARRIVED

    def forget(self) -> None:
        """Nothing was counted."""
        self.days.clear()
        self._counts.clear()
        if self._laid:
            self._connection.execute(f"DELETE FROM {ARRIVED}")

    def _lay_down(self) -> None:
        if not self._laid:
            self._connection.execute(
                f"CREATE TEMP TABLE IF NOT EXISTS {ARRIVED} (occurred_at TEXT, producer INTEGER, kind TEXT,"
                " direction TEXT, bulk INTEGER, self_reported INTEGER, file INTEGER, count INTEGER)"
            )
            self._connection.execute(f"DELETE FROM {ARRIVED}")
            self._laid = True
        self._connection.executemany(
            f"INSERT INTO {ARRIVED} VALUES (?,?,?,?,?,?,0,?)",
            ((*alike, count) for alike, count in self._counts.items()),
        )
        self._counts.clear()
