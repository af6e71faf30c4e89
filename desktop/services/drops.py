"""What an import gave, as records: files with what became of their rows, names in question, and what an undo did.

Knows neither how a drop is read nor how it is applied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.core.guesses import Guess
from desktop.models.people import UnknownName
from desktop.models.undo import Kept
from desktop.services.stated import Comparison
from desktop.services.ties import Tie

if TYPE_CHECKING:
    from desktop.core.checks import RowIssue, Skipped
    from desktop.errors import UserError
    from desktop.importers import Reading

IGNORE = ""
"""Answer to an unknown name: nobody of ours."""

MADE = "made"
"""In place of a profile: rows that the program made."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What one file (or sheet) was and what became of its rows (commands.md, `import`)."""

    file: str
    sheet: str | None
    profile: str | None
    table: str
    rows: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    rejects: tuple[RowIssue, ...]
    skipped: tuple[Skipped, ...]
    file_total: float | str | None
    our_total: float | str | None
    notes: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """An import, done or tried: `import_id` is None on a trial."""

    import_id: int | None
    dry_run: bool
    files: tuple[FileResult, ...]
    unknown_producers: tuple[UnknownName, ...]
    notes: tuple[str, ...]
    guesses: Mapping[str, tuple[Guess, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Unknown name -> whom it may mean; nothing is taken for an answer."""
    stated: tuple[Comparison, ...] = ()
    """Totals that its files state, beside what the book has with this import."""


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What taking an import back did."""

    import_id: int
    removed: int
    restored: int
    kept: tuple[Kept, ...]


@dataclass(slots=True)
class Prepared:
    """Files read once and tried. Close it when it is applied or dropped."""

    readings: list[Reading]
    result: ImportResult
    problems: list[tuple[str, UserError]] = field(default_factory=list)

    def close(self) -> None:
        """Drop what was read."""
        for reading in self.readings:
            reading.close()
