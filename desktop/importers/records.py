"""What reading a file gives: options in, readings and batches out. The language between importers and services.

Must not know how files are read; rows are those of `core.templates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.batches import Batch
from desktop.core.checks import RowIssue, Skipped
from desktop.core.doubts import Claim
from desktop.errors import UserError
from desktop.importers.mending import Corrections
from desktop.importers.spool import Spool

if TYPE_CHECKING:
    from desktop.importers.profiles.profile import Profile

DEFAULT_ZONE = "America/New_York"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read. `profile` names the layout of files that are not recognised otherwise; `period` is for files without
    dates; moments with a zone become local to `time_zone`; `workspace` is the folder for what does not fit in memory;
    `file` is the name of the file at hand, which the reader fills in; `profiles` are the user's own, the newest first,
    which come before the shipped ones; `corrections` are cells typed in place of the file's.
    """

    today: date
    workspace: Path
    profile: str | None = None
    period: tuple[date, date] | None = None
    time_zone: str = DEFAULT_ZONE
    file: str = ""
    profiles: tuple[Profile, ...] = ()
    corrections: Corrections = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file or sheet, read once: what it is, what it holds, what was skipped and rejected, and its rows.

    `file` is the base name (`archive.zip/inner.csv` inside a zip); `profile` is None when nothing fitted, and then
    `problem` says so. `mapping` pairs each heading with our `table.column` or None. `rows` counts data lines; each is
    the start of a record in `batches`, or folded into another line's record (`merged`: line -> that line), or rejected.
    Totals are dollars or counts; None where the file states none. `needs_period`: the layout is known and a period is
    all that is missing. `revision` tells versions of a user's profile apart. `rejected_cells`: line and cells of
    the first rejected rows; `mended`: line and `table.column` (None: a note) of each cell that was corrected.
    `shaped`: a line may make several records, or be a part of another line's.
    """

    file: str
    path: Path | None = None
    sheet: str | None = None
    sha256: str = ""
    profile: str | None = None
    table: str = ""
    header_line: int = 0
    headings: tuple[str, ...] = ()
    mapping: tuple[tuple[str, str | None], ...] = ()
    samples: tuple[tuple[int, tuple[str, ...]], ...] = ()
    rows: int = 0
    skipped: tuple[Skipped, ...] = ()
    rejects: tuple[RowIssue, ...] = ()
    rejected_rows: int = 0
    merged: Mapping[int, int] = field(default_factory=dict)
    shaped: bool = False
    file_total: str | float | None = None
    our_total: str | float | None = None
    notes: tuple[str, ...] = ()
    problem: UserError | None = None
    spool: Spool | None = None
    needs_period: bool = False
    revision: str = ""
    rejected_cells: tuple[tuple[int, tuple[str, ...]], ...] = ()
    mended: tuple[tuple[int, str | None], ...] = ()
    claims: tuple[Claim, ...] = ()

    def batches(self) -> Iterator[Batch]:
        """The rows in the order of TEMPLATES, some thousands at a time; may be asked for again until `close`."""
        if self.spool is not None:
            yield from self.spool.chunks()

    def close(self) -> None:
        """Forget the rows, in memory and on disk."""
        if self.spool is not None:
            self.spool.close()
