"""The keys of one file's rows: stated by their own fields, or numbered where equal rows carry no id (files.md 2)."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from desktop.core.templates import Cell, Row
from desktop.models.clients import key_of
from desktop.models.people import Aliases
from desktop.models.storage import STORAGES, Storage, fingerprint, numbered_key, stated_key


class RowBatch(Protocol):
    """Rows of one table with the line of each and the columns that no template knows."""

    @property
    def table(self) -> str: ...
    @property
    def lines(self) -> Sequence[int]: ...
    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def extras(self) -> Sequence[str | None]: ...


class Numbering:
    """Keys for one file's rows; equal rows without an id are numbered in order of appearance.

    Two passes, so that only the marks of rows that do repeat are kept: a million rows cost 8 MB, not 130.
    """

    def __init__(self, batches: Iterable[RowBatch], aliases: Aliases) -> None:
        self._aliases = aliases
        self.rows: Counter[str] = Counter()
        self._marks: dict[str, array[int]] = {}
        for batch in batches:
            storage = STORAGES[batch.table]
            self.rows[batch.table] += len(batch.rows)
            if storage.own_key is not None:
                marks = self._marks.setdefault(batch.table, array("Q"))
                if None in _own(storage, batch):
                    marks.extend(
                        _mark(storage, row, extra) for row, extra in zip(batch.rows, batch.extras, strict=True)
                    )
                else:
                    marks.frombytes(bytes(marks.itemsize * len(batch.rows)))
        self._repeated = {table: _repeated(marks) for table, marks in self._marks.items()}
        self._position: Counter[str] = Counter()
        self._seen: Counter[tuple[str, int]] = Counter()

    def keys(self, storage: Storage, batch: RowBatch) -> list[str]:
        """The keys of the next batch, in the order of the first pass."""
        if storage.template.name == "clients":
            return [key_of(str(row[0]), "", None) for row in batch.rows]
        if storage.own_key is None:
            return [stated_key(storage, row, self._aliases.code_of) or "" for row in batch.rows]
        start = self._position[batch.table]
        self._position[batch.table] += len(batch.rows)
        own = _own(storage, batch)
        if None not in own:
            return list(map(str, own))
        marks = self._marks[batch.table][start : start + len(batch.rows)]
        return [
            stated_key(storage, row) or self._numbered(batch.table, mark)
            for row, mark in zip(batch.rows, marks, strict=True)
        ]

    def _numbered(self, table: str, mark: int) -> str:
        if mark not in self._repeated[table]:
            return numbered_key(mark, 1)
        self._seen[table, mark] += 1
        return numbered_key(mark, self._seen[table, mark])


def _own(storage: Storage, batch: RowBatch) -> list[Cell]:
    """The ids that the rows carry themselves."""
    at = storage.own_key or 0
    return [row[at] for row in batch.rows]


def _mark(storage: Storage, row: Row, extra: str | None) -> int:
    return 0 if row[storage.own_key or 0] is not None else fingerprint(row, extra)


def _repeated(marks: array[int]) -> frozenset[int]:
    ordered = sorted(marks)
    return frozenset(one for one, other in pairwise(ordered) if one == other)
