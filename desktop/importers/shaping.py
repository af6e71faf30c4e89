"""Between a profile's shaper and the spool: gathers rows of ours by table, and sees that no line is lost.

Knows no system's layout; the shapers do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.core.templates import TEMPLATES, Cell, Row
from desktop.importers.columns import Bad
from desktop.importers.profiles.profile import Profile, Shaper

if TYPE_CHECKING:
    from desktop.importers.records import Options
    from desktop.importers.spool import Spool

_CHUNK = 5_000
_PREMIUM = TEMPLATES["policies"].index("annual_premium")

Reject = Callable[[int, str, str, str], None]


class Shaping:
    """Runs one shaper over one table."""

    def __init__(
        self, profile: Profile, spool: Spool, options: Options, titles: tuple[str, ...], reject: Reject
    ) -> None:
        if profile.shaper is None:
            raise ValueError(profile.name)
        self.merged: dict[int, int] = {}
        self.notes: list[str] = []
        self.premium = 0
        self._names = tuple(field.name for field in profile.fields)
        self._spool = spool
        self._reject = reject
        self._pending: dict[str, tuple[list[int], list[Row], list[str | None]]] = {}
        self._shaper: Shaper = profile.shaper(self, options, titles)

    def take(self, lines: list[int], rows: list[Row], extras: list[str | None]) -> None:
        """Readable rows in the order of the profile's fields."""
        for line, row, extra in zip(lines, rows, extras, strict=True):
            self._shaper.take(line, dict(zip(self._names, row, strict=True)), extra)
        self._spill(_CHUNK)

    def section(self, line: int, text: str) -> None:
        """A heading among the rows."""
        self._shaper.section(line, text)

    def refused(self, line: int, row: tuple[Cell | Bad, ...]) -> None:
        """A row that was rejected, its unreadable cells blanked."""
        cells = (None if isinstance(cell, Bad) else cell for cell in row)
        self._shaper.refused(line, dict(zip(self._names, cells, strict=True)))

    def finish(self) -> None:
        """No more rows."""
        self._shaper.finish()
        self._spill(1)

    # --- what shapers call ------------------------------------------------------------------------------------------

    def row(self, table: str, line: int, row: Row, extra: str | None = None) -> None:
        lines, rows, extras = self._pending.setdefault(table, ([], [], []))
        lines.append(line)
        rows.append(row)
        extras.append(extra)
        if table == "policies":
            self.premium += int(row[_PREMIUM] or 0)

    def reject(self, line: int, name: str, value: str, reason: str) -> None:
        self._reject(line, name, value, reason)

    def merge(self, line: int, leader: int) -> None:
        self.merged[line] = leader

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def _spill(self, least: int) -> None:
        for table, (lines, rows, extras) in list(self._pending.items()):
            if len(rows) >= least:
                for start in range(0, len(rows), _CHUNK):
                    part = slice(start, start + _CHUNK)
                    self._spool.add(table, lines[part], rows[part], extras[part])
                del self._pending[table]
