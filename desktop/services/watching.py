"""A folder into which exports arrive by themselves: what is new in it, and which arrivals need nobody's look.

Knows no timer and no window. What was seen is the caller's to keep, as marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.progress import SILENT, Progress
from desktop.errors import UserError
from desktop.services import previews
from desktop.services.previews import FilePreview, Preview

if TYPE_CHECKING:
    from desktop.models.book import Book

_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".zip"})
"""What arrives as an export; settings and rules in JSON are dropped by hand."""


class Outcome(StrEnum):
    """What became of an arrival."""

    TAKEN = "taken"
    ASKS = "asks"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Files that arrived together: imported (`rows` of them new or changed), in need of a look, or nothing new.

    `import_id` is that of what was imported.
    """

    paths: tuple[Path, ...]
    outcome: Outcome
    rows: int = 0
    why: str = ""
    import_id: int | None = None


def scan(folder: Path) -> dict[str, Path]:
    """The exports that lie in the folder itself, by a mark that changes with the file: name, size, moment.

    UserError when the folder cannot be read.
    """
    found: dict[str, Path] = {}
    try:
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in _SUFFIXES and not path.name.startswith((".", "~$")) and path.is_file():
                known = path.stat()
                if known.st_size:
                    found[f"{path.name}|{known.st_size}|{known.st_mtime_ns}"] = path
    except OSError as error:
        raise UserError(
            f"The watched folder {folder} cannot be read ({error.strerror}).",
            "Choose it again on the import page, or stop watching it.",
        ) from None
    return found


def take_in(book: Book, paths: Sequence[Path], now: datetime, progress: Progress = SILENT) -> Arrival:
    """Import what arrived, as one import, if nothing about it is in question; else only say that it needs a look.

    In question: an unknown layout, a file that cannot be read, a rejected row, an unknown name, an odd value.
    """
    arrived = tuple(paths)
    try:
        shown = previews.preview(book, arrived, now, progress=progress)
    except UserError as error:
        return Arrival(arrived, Outcome.ASKS, why=str(error))
    try:
        why = _question(shown)
        if why:
            return Arrival(arrived, Outcome.ASKS, why=why)
        if not shown.changing:
            return Arrival(arrived, Outcome.NOTHING)
        result = previews.apply(book, shown, now, {}, progress)
        return Arrival(arrived, Outcome.TAKEN, shown.changing, import_id=result.import_id)
    finally:
        previews.discard(shown)


def _question(shown: Preview) -> str:
    """Why a drop needs a look; empty when it needs none."""
    for file in shown.files:
        why = _question_of(file)
        if why:
            return why
    return f"Nobody here goes by the name {shown.unknown[0].name}." if shown.unknown else ""


def _question_of(file: FilePreview) -> str:
    if file.problem is not None:
        return str(file.problem)
    if file.rejected:
        return f"{file.file} has rows that cannot be read."
    return f"{file.file} has values that look odd." if file.doubts else ""
