"""Rows on their way from file to book: in memory while they are few, in an encrypted temporary file beyond that.

The file has no name where the system allows that, its key lives in memory alone, and both go with `close`: what clients
are called never reaches the disk in the clear, even when the program is killed. Knows nothing of what the rows mean.
"""

from __future__ import annotations

import marshal
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from desktop.core.batches import Batch, Column, Contents, columns_of, full_of
from desktop.core.templates import TEMPLATES, Row

MEMORY_ROWS = 20_000
_RANK = {name: at for at, name in enumerate(TEMPLATES)}


@dataclass(slots=True)
class Budget:
    """How many more rows of one drop may stay in memory."""

    rows: int = MEMORY_ROWS


@dataclass(slots=True)
class _Place:
    """Where a chunk is: in memory, or at an offset of the file."""

    table: str
    count: int
    full: frozenset[int]
    kept: Contents | None
    offset: int = 0
    size: int = 0
    number: int = 0


@dataclass(slots=True)
class Spool:
    """Holds chunks of rows, gives them back by table. `percents`: (table, position) of bare rates, true if percents."""

    workspace: Path
    budget: Budget
    percents: dict[tuple[str, int], bool] = field(default_factory=dict)
    _places: list[_Place] = field(default_factory=list)
    _file: IO[bytes] | None = None
    _key: bytes = b""
    _count: int = 0

    def add(self, table: str, lines: list[int], rows: list[Row], extras: list[str | None]) -> None:
        """Keep some rows; the lists are the spool's from now on."""
        self.add_columns(table, lines, columns_of(rows), extras)

    def add_columns(
        self, table: str, lines: list[int], columns: Sequence[Column | None], extras: Sequence[str | None] | None
    ) -> None:
        """Keep some rows that come by column (None: no cell is filled), all of which are the spool's from now on."""
        if not lines:
            return
        if extras is not None and not any(extras):
            extras = None
        count, full = len(lines), full_of(table, columns)
        if count <= self.budget.rows:
            self.budget.rows -= count
            self._places.append(_Place(table, count, full, Contents(lines, columns, extras)))
            return
        self._places.append(self._spill(table, full, Contents(lines, columns, extras)))

    def chunks(self) -> Iterator[Batch]:
        """All rows, tables in the order of TEMPLATES, each table's in the order they came."""
        for place in sorted(self._places, key=lambda place: _RANK[place.table]):
            yield Batch(place.table, place.count, place.full, partial(self._fetch, place))

    def close(self) -> None:
        """Forget everything and remove the file."""
        self.budget.rows += sum(place.count for place in self._places if place.kept is not None)
        self._places.clear()
        self._key = b""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _fetch(self, place: _Place) -> Contents:
        contents = place.kept or self._load(place)
        return contents._replace(columns=self._settled(place.table, contents.columns))

    def _settled(self, table: str, columns: Sequence[Column | None]) -> Sequence[Column | None]:
        """Rates that were bare numbers (still text) become fractions, now that the whole column has been seen."""
        rates = {at: percent for (name, at), percent in self.percents.items() if name == table}
        if not rates:
            return columns
        return [
            [_fraction(cell, rates[at]) if isinstance(cell, str) else cell for cell in column]
            if column is not None and at in rates
            else column
            for at, column in enumerate(columns)
        ]

    def _spill(self, table: str, full: frozenset[int], contents: Contents) -> _Place:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if self._file is None:
            self.workspace.mkdir(parents=True, exist_ok=True)
            self._file = tempfile.TemporaryFile(dir=self.workspace, prefix="import-")  # noqa: SIM115 - closed by close()
            self._key = AESGCM.generate_key(256)
        self._count += 1
        everything: Any = (_packed(contents.lines), contents.columns, contents.extras)
        packed = marshal.dumps(everything)
        sealed = AESGCM(self._key).encrypt(self._nonce(self._count), packed, None)
        self._file.seek(0, os.SEEK_END)
        offset = self._file.tell()
        self._file.write(sealed)
        return _Place(table, len(contents.lines), full, None, offset, len(sealed), self._count)

    def _load(self, place: _Place) -> Contents:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if self._file is None:
            return Contents([], [], None)
        self._file.seek(place.offset)
        sealed = self._file.read(place.size)
        packed = AESGCM(self._key).decrypt(self._nonce(place.number), sealed, None)
        # Sealed by us with a key that only this process has, so these bytes are our own.
        lines, columns, extras = marshal.loads(packed)
        return Contents(range(*lines) if isinstance(lines, tuple) else lines, columns, extras)

    @staticmethod
    def _nonce(count: int) -> bytes:
        """Never twice under one key: the chunks are counted."""
        return count.to_bytes(12, "big")


def _packed(lines: Sequence[int]) -> Sequence[int]:
    """Lines that follow one another as the tuple (first, behind the last)."""
    first, count = lines[0], len(lines)
    follow = lines[-1] - first == count - 1 and list(lines) == list(range(first, first + count))
    return (first, first + count) if follow else list(lines)


def _fraction(bare: str, percent: bool) -> float:
    from decimal import Decimal

    number = Decimal(bare)
    return float(number / 100 if percent else number)
