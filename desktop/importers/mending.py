"""Cells that a person corrected in the preview, put in their places while the file is read again.

The whole file is read, not the corrected rows alone: where a profile folds several rows into one record, a row says
nothing by itself. Knows cells by line and column, not what they mean.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

Cells = Mapping[int, Mapping[int, str]]
"""New texts by line and column, both as in the file: lines from 1, columns from 0."""

Corrections = Mapping[tuple[str, str | None], Cells]
"""By the file's SHA-256 and sheet."""

KEPT = 5_000
"""Rejected rows whose cells are kept for correcting, of one table; all are counted and listed with their reasons."""


class Mending:
    """Corrects records on their way in, and keeps the cells of those that are rejected all the same."""

    def __init__(self, cells: Cells, width: int, swallows: Callable[[Sequence[str]], bool]) -> None:
        self._cells = cells
        self._width = width
        self._swallows = swallows
        self._lines: Sequence[int] = ()
        self._records: Sequence[Sequence[str]] = ()
        self._kept: dict[int, tuple[str, ...]] = {}
        self.mended: list[tuple[int, int]] = []

    @property
    def awaits(self) -> bool:
        """Whether any record is to be corrected."""
        return bool(self._cells)

    def correct(self, lines: Sequence[int], records: list[list[str]]) -> None:
        """Put corrected cells into the records of their lines. A record that swallows others stays as it is."""
        if not self._cells:
            return
        for at, line in enumerate(lines):
            cells = self._cells.get(line)
            if cells and not self._swallows(records[at]):
                record = records[at][: self._width]
                record += [""] * (self._width - len(record))
                for column, text in cells.items():
                    if 0 <= column < self._width:
                        record[column] = text
                        self.mended.append((line, column))
                records[at] = record

    def look_at(self, lines: Sequence[int], records: Sequence[Sequence[str]]) -> None:
        """The records about to be taken, among which `keep` finds a line."""
        self._lines, self._records = lines, records

    def keep(self, line: int) -> None:
        """The record of `line` is rejected; one that was read long ago can no longer be kept."""
        at = bisect_left(self._lines, line)
        if len(self._kept) < KEPT and at < len(self._lines) and self._lines[at] == line:
            self._kept[line] = tuple(self._records[at])

    @property
    def kept(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Lines and cells of rejected rows, in order."""
        return tuple(sorted(self._kept.items()))
