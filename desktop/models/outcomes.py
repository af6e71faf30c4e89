"""What became of each line of an imported file, one byte a line, and what a person should hear of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.core.templates import Cell

if TYPE_CHECKING:
    from desktop.models.arrivals import Arrival

INSERTED, UPDATED, UNCHANGED = 2, 1, 0


@dataclass(frozen=True, slots=True)
class KeptTyped:
    """A typed value that differs from the file's and stayed."""

    table: str
    key: str
    column: str
    typed: Cell
    stated: Cell


@dataclass(frozen=True, slots=True)
class Repeat:
    """A record that a file states twice, differently; the one on line `counts` counts."""

    table: str
    key: str
    line: int
    counts: int


class Outcomes:
    """What became of each line of a file, one byte a line."""

    def __init__(self, *, by_line: bool = True) -> None:
        self._lines = bytearray()
        self._by_line = by_line
        self._rows = 0

    def places(self, lines: Sequence[int]) -> Sequence[int]:
        """Where the outcomes of the next batch are kept: its lines, or else the numbers of its rows."""
        if self._by_line:
            return lines
        self._rows += len(lines)
        return range(self._rows - len(lines), self._rows)

    def note_all(self, lines: Sequence[int], status: int) -> None:
        """The same outcome for many lines."""
        if not lines:
            return
        self._make_room(max(lines))
        marks, mark = self._lines, status + 1
        if isinstance(lines, range) and lines.step == 1 and not any(marks[min(lines) : max(lines) + 1]):
            marks[min(lines) : max(lines) + 1] = bytes([mark]) * len(lines)
            return
        for line in lines:
            if marks[line] < mark:
                marks[line] = mark

    def note(self, line: int, status: int) -> None:
        """A line counts by the best of its records: INSERTED over UPDATED over UNCHANGED."""
        self._make_room(line)
        self._lines[line] = max(self._lines[line], status + 1)

    def _make_room(self, line: int) -> None:
        if line >= len(self._lines):
            self._lines.extend(bytes(line + 1 - len(self._lines) + 4096))

    def knows(self, line: int) -> bool:
        """Whether anything was noted for a line yet."""
        return line < len(self._lines) and self._lines[line] != 0

    def follow(self, line: int, leader: int) -> None:
        """A line folded into the record that starts on line `leader` shares its outcome."""
        self.note(line, self._lines[leader] - 1)

    def count(self, status: int) -> int:
        """Number of lines with that outcome."""
        return self._lines.count(status + 1)


def note_fresh(arrival: Arrival, fresh: Sequence[int], lines: Sequence[int], outcomes: Outcomes) -> None:
    """A new record is inserted by the first row that states it; a further row of the file changes it or does not."""
    if len(fresh) == len(arrival.keys):
        outcomes.note_all(lines, INSERTED)
        return
    places: dict[str, list[int]] = {arrival.keys[at]: [] for at in fresh}
    for at, key in enumerate(arrival.keys):
        if key in places:
            places[key].append(at)
    for stated in places.values():
        outcomes.note(lines[stated[0]], INSERTED)
        for one, other in pairwise(stated):
            same = arrival.batch.row(one) == arrival.batch.row(other)
            outcomes.note(lines[other], UNCHANGED if same else UPDATED)


def follow_final(arrival: Arrival, final: Mapping[str, int], lines: Sequence[int], outcomes: Outcomes) -> None:
    """Of the rows that state one record of the book, the last is compared; the others share its outcome."""
    if len(final) == len(arrival.keys):
        return
    for at, key in enumerate(arrival.keys):
        if not outcomes.knows(lines[at]):
            outcomes.follow(lines[at], lines[final[key]])
