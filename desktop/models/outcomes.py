"""What became of each line of an imported file, one byte a line."""

from __future__ import annotations

from collections.abc import Sequence

INSERTED, UPDATED, UNCHANGED = 2, 1, 0


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
