"""Rows of files that a person deleted or gave another date: a verdict that stays, whatever file states the row again.

Kept nowhere but in the journal, so that undoing the deletion takes the verdict back. Knows nothing of files' layouts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.batches import Batch
from desktop.models.numbering import Numbering
from desktop.models.people import Aliases
from desktop.models.storage import BY_TABLE, STORAGES

if TYPE_CHECKING:
    from desktop.models.book import Book

_LISTS = frozenset({"rule", "territory", "client_pair", "message_template", "map_draft", "setting"})
"""Tables that are kept as whole lists: a file of theirs is brought in on purpose, with all that it holds."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that an import did not bring back: its template, its key, and the day on which it was deleted."""

    table: str
    key: str
    on: str


class Removed:
    """The verdicts of a book, read once for an import, and which of its rows they keep out."""

    def __init__(self, book: Book) -> None:
        self._days = _verdicts(book)
        self.left_out: dict[tuple[str, str], LeftOut] = {}

    def sift(self, batch: Batch, keys: list[str]) -> tuple[Batch, list[str], list[int]]:
        """The rows of a batch that may come, with their keys, and the lines of those that stay out."""
        days = self._days.get(STORAGES[batch.table].table, {})
        if days.keys().isdisjoint(keys):
            return batch, keys, []
        out = [at for at, key in enumerate(keys) if key in days]
        for at in out:
            found = LeftOut(batch.table, keys[at], days[keys[at]])
            self.left_out[batch.table, keys[at]] = found
        stays = [at for at, key in enumerate(keys) if key not in days]
        return batch.chosen(stays), [keys[at] for at in stays], [batch.lines[at] for at in out]

    def note_all(self, batches: Callable[[], Iterable[Batch]], aliases: Aliases) -> None:
        """Only say what would stay out of a file's rows, where the file is in the book already."""
        if self._days:
            numbering = Numbering(batches(), aliases)
            for batch in batches():
                self.sift(batch, numbering.keys(STORAGES[batch.table], batch))


def _verdicts(book: Book) -> dict[str, dict[str, str]]:
    """By table, the day of deletion by key, of rows that came from a file and are not back by hand."""
    found = book.connection.execute(
        'SELECT c."table", c.key, c.before, a.at FROM action a CROSS JOIN change c ON c.action=a.id'
        " WHERE a.import_run IS NULL AND a.undone_by IS NULL AND a.undoes IS NULL"
        " AND c.\"column\"='' AND c.after IS NULL ORDER BY c.id"
    ).fetchall()
    days: dict[str, dict[str, str]] = {}
    for table, key, before, at in found:
        if table in BY_TABLE and table not in _LISTS and json.loads(before).get("file") is not None:
            days.setdefault(table, {})[key] = at[:10]
    for table, keys in days.items():
        for key in list(keys):
            if book.connection.execute(f'SELECT 1 FROM "{table}" WHERE key=?', (key,)).fetchone() is not None:
                del keys[key]
    return {table: keys for table, keys in days.items() if keys}
