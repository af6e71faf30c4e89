"""The keys of one file's rows: stated by their own fields, or numbered where equal rows carry no id (files.md 2)."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise

from desktop.core.batches import Batch
from desktop.core.templates import Row
from desktop.models.clients import key_of
from desktop.models.people import Aliases
from desktop.models.storage import STORAGES, Storage, fingerprint, numbered_key, stated_key


class Numbering:
    """Keys for one file's rows; equal rows without an id are numbered in order of appearance.

    Two passes, so that only the marks of rows that do repeat are kept: a million rows cost 8 MB, not 130. The first
    one fetches no batch whose rows all carry ids.
    """

    def __init__(self, batches: Iterable[Batch], aliases: Aliases) -> None:
        self._aliases = aliases
        self.rows: Counter[str] = Counter()
        self._marks: dict[str, list[array[int] | None]] = {}
        for batch in batches:
            storage = STORAGES[batch.table]
            self.rows[batch.table] += batch.count
            if storage.own_key is not None:
                marks = None if storage.own_key in batch.full else _marks(storage, batch)
                self._marks.setdefault(batch.table, []).append(marks)
        self._repeated = {table: _repeated(marks) for table, marks in self._marks.items()}
        self._position: Counter[str] = Counter()
        self._seen: Counter[tuple[str, int]] = Counter()

    def keys(self, storage: Storage, batch: Batch) -> list[str]:
        """The keys of the next batch, in the order of the first pass."""
        if storage.template.name == "clients":
            return [key_of(str(client_id), "", None) for client_id in batch.cells(0)]
        if storage.own_key is None:
            return [stated_key(storage, row, self._aliases.code_of) or "" for row in batch.rows]
        marks = self._marks[batch.table][self._position[batch.table]]
        self._position[batch.table] += 1
        if marks is None:
            return list(map(str, batch.cells(storage.own_key)))
        return [
            stated_key(storage, row) or self._numbered(batch.table, mark)
            for row, mark in zip(batch.rows, marks, strict=True)
        ]

    def _numbered(self, table: str, mark: int) -> str:
        if mark not in self._repeated[table]:
            return numbered_key(mark, 1)
        self._seen[table, mark] += 1
        return numbered_key(mark, self._seen[table, mark])


def _marks(storage: Storage, batch: Batch) -> array[int]:
    return array("Q", (_mark(storage, row, extra) for row, extra in zip(batch.rows, batch.extras, strict=True)))


def _mark(storage: Storage, row: Row, extra: str | None) -> int:
    return 0 if row[storage.own_key or 0] is not None else fingerprint(row, extra)


def _repeated(marks: Iterable[array[int] | None]) -> frozenset[int]:
    ordered = sorted(chain.from_iterable(part for part in marks if part is not None))
    return frozenset(one for one, other in pairwise(ordered) if one == other)
