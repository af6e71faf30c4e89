"""Rows on their way from file to book: in memory while they are few, in an encrypted temporary file beyond that.

The file has no name where the system allows that, its key lives in memory alone, and both go with `close`: what clients
are called never reaches the disk in the clear, even when the program is killed. Knows nothing of what the rows mean.
"""

from __future__ import annotations

import marshal
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desktop.core.templates import TEMPLATES, Row

MEMORY_ROWS = 20_000
_RANK = {name: at for at, name in enumerate(TEMPLATES)}

Chunk = tuple[str, list[int], list[Row], list[str | None]]


@dataclass(slots=True)
class Budget:
    """How many more rows of one drop may stay in memory."""

    rows: int = MEMORY_ROWS


@dataclass(slots=True)
class _Place:
    """Where a chunk is: in memory, or at an offset of the file."""

    table: str
    kept: tuple[list[int], list[Row], list[str | None]] | None
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
        """Keep one chunk; the lists are the spool's from now on."""
        if not rows:
            return
        if len(rows) <= self.budget.rows:
            self.budget.rows -= len(rows)
            self._places.append(_Place(table, (lines, rows, extras)))
            return
        self._places.append(self._spill(table, marshal.dumps((lines, rows, extras))))

    def chunks(self) -> Iterator[Chunk]:
        """All chunks, tables in the order of TEMPLATES, each table's in the order they came."""
        for place in sorted(self._places, key=lambda place: _RANK[place.table]):
            lines, rows, extras = self._load(place) if place.kept is None else place.kept
            yield place.table, lines, self._settled(place.table, rows), extras

    def close(self) -> None:
        """Forget everything and remove the file."""
        self.budget.rows += sum(len(place.kept[1]) for place in self._places if place.kept is not None)
        self._places.clear()
        self._key = b""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _settled(self, table: str, rows: list[Row]) -> list[Row]:
        """Rates that were bare numbers (still text) become fractions, now that the whole column has been seen."""
        rates = [(at, percent) for (name, at), percent in self.percents.items() if name == table]
        if not rates:
            return rows
        settled = []
        for row in rows:
            cells = list(row)
            for at, percent in rates:
                bare = cells[at]
                if isinstance(bare, str):
                    cells[at] = _fraction(bare, percent)
            settled.append(tuple(cells))
        return settled

    def _spill(self, table: str, packed: bytes) -> _Place:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if self._file is None:
            self.workspace.mkdir(parents=True, exist_ok=True)
            self._file = tempfile.TemporaryFile(dir=self.workspace, prefix="import-")  # noqa: SIM115 - closed by close()
            self._key = AESGCM.generate_key(256)
        self._count += 1
        sealed = AESGCM(self._key).encrypt(self._nonce(self._count), packed, None)
        self._file.seek(0, os.SEEK_END)
        offset = self._file.tell()
        self._file.write(sealed)
        return _Place(table, None, offset, len(sealed), self._count)

    def _load(self, place: _Place) -> tuple[list[int], list[Row], list[str | None]]:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if self._file is None:
            return [], [], []
        self._file.seek(place.offset)
        sealed = self._file.read(place.size)
        packed = AESGCM(self._key).decrypt(self._nonce(place.number), sealed, None)
        # Sealed by us with a key that only this process has, so these bytes are our own.
        lines, rows, extras = marshal.loads(packed)
        return lines, rows, extras

    @staticmethod
    def _nonce(count: int) -> bytes:
        """Never twice under one key: the chunks are counted."""
        return count.to_bytes(12, "big")


def _fraction(bare: str, percent: bool) -> float:
    from decimal import Decimal

    number = Decimal(bare)
    return float(number / 100 if percent else number)
