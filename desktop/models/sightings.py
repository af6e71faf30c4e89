"""Notes that a file states a record which another file brought: undoing the other one alone keeps the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.core.batches import Column
from desktop.models.insertion import insertions

if TYPE_CHECKING:
    from desktop.core.templates import Cell
    from desktop.models.arrivals import Arrival

_COLUMNS = ("file", "table", "line", "row_id")


def note_seen(connection: Any, arrival: Arrival, seen: Sequence[tuple[int, Cell]]) -> None:
    """Enter which rows of the book (`seen`: line of the file, id) the file of `arrival` states too."""
    if not seen:
        return
    whose: list[Column] = [[arrival.file] * len(seen), [arrival.storage.table] * len(seen)]
    for statement in insertions("sighting", _COLUMNS, [*whose, *zip(*seen, strict=True)], "ON CONFLICT DO NOTHING"):
        connection.executemany(*statement)
