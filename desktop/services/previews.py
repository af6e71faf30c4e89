"""What the window shows of an import before it happens, and what it asks: a service's answer, ready to be laid out.

Joins what was read (importers) with what the trial gave (imports) into frozen records, so that no view knows either.
"""

from __future__ import annotations

import getpass
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.doubts import Doubt
from desktop.core.guesses import Guess
from desktop.core.progress import SILENT, Progress
from desktop.core.templates import TEMPLATES
from desktop.errors import UserError
from desktop.models import facts_people
from desktop.models.imports import ImportRun
from desktop.models.journal import Author
from desktop.models.people import UnknownName
from desktop.paths import folders, make_private
from desktop.services import configuration, doubts, imports, mending, newcomers
from desktop.services.imports import FileResult, ImportResult, Prepared, UndoResult
from desktop.services.mending import Corrections, RejectedRow
from desktop.services.stated import Comparison
from desktop.services.ties import Tie

if TYPE_CHECKING:
    from desktop.core.checks import RowIssue, Skipped
    from desktop.importers import Options, Reading, ReportHint
    from desktop.models.book import Book

DateSpan = tuple[date, date]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """One file or sheet: what it was taken for, how its columns map, what its rows would do, and what is wrong.

    `title` is the profile in words, empty when nothing fitted. `mapping` pairs each heading with our `table.column` or
    None; `samples` are first rows with their lines. With a `problem` the file is left out; `needs_period` says that
    it only lacks dates.
    """

    file: str
    sheet: str | None
    title: str
    table: str
    header_line: int
    mapping: tuple[tuple[str, str | None], ...]
    headings: tuple[str, ...]
    samples: tuple[tuple[int, tuple[str, ...]], ...]
    rows: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    rejects: tuple[RowIssue, ...]
    skipped: tuple[Skipped, ...]
    file_total: float | str | None
    our_total: float | str | None
    notes: tuple[str, ...]
    problem: UserError | None
    needs_period: bool
    profile: str | None = None
    ties: tuple[Tie, ...] = ()
    sha256: str = ""
    rejected_rows: tuple[RejectedRow, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    stated: tuple[Comparison, ...] = ()

    @property
    def changing(self) -> int:
        """Rows that bring something new or change something."""
        return self.inserted + self.updated


@dataclass(frozen=True, slots=True)
class Choice:
    """A person whom an unknown name may mean."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A drop, read and tried. Pass it on to `apply` or `discard`: it holds what was read until then."""

    prepared: Prepared
    paths: tuple[Path, ...]
    files: tuple[FilePreview, ...]
    unknown: tuple[UnknownName, ...]
    notes: tuple[str, ...]
    people: tuple[Choice, ...]
    guesses: Mapping[str, tuple[Guess, ...]] = field(default_factory=dict)

    @property
    def changing(self) -> int:
        """Rows that bring something new or change something, over all files."""
        return sum(file.changing for file in self.files)


def author_at(now: datetime) -> Author:
    """The system's user, acting at `now`."""
    return Author(getpass.getuser(), now.isoformat(timespec="seconds"))


def options(book: Book, now: datetime, *, profile: str | None = None, period: DateSpan | None = None) -> Options:
    """How files are read into this book: its time zone, and the program's own folder for what does not fit in memory.

    `profile` names the layout of files that are not recognised, `period` is that of files without dates. UserError
    for a profile there is not.
    """
    from desktop import importers
    from desktop.services.mappings import own_profiles

    own = own_profiles(book)
    names = {*importers.profile_names(), *(one.name for one in own)}
    if profile is not None and profile not in names:
        raise UserError(f"There is no profile “{profile}”.", f"The profiles are {', '.join(sorted(names))}.")
    zone = configuration.load(book).time_zone
    workspace = make_private(folders().cache)
    return importers.Options(
        today=now.date(), workspace=workspace, profile=profile, period=period, time_zone=zone, profiles=own
    )


def preview(
    book: Book,
    paths: Sequence[Path],
    now: datetime,
    period: DateSpan | None = None,
    corrections: Corrections | None = None,
    progress: Progress = SILENT,
) -> Preview:
    """Read files and try them on the book without leaving a trace; UserError when there is nothing to read at all.

    `period` is that of files without dates; `corrections` are cells typed in place of the files' own.
    """
    from desktop import importers

    chosen = replace(options(book, now, period=period), corrections=corrections or {})
    prepared = imports.prepare(book, paths, chosen, author_at(now), progress)
    if not prepared.readings:
        if importers.profile_files(paths):
            raise UserError("That is a profile, not an export.", "Add it under Your Profiles.")
        raise UserError("There is nothing to import in it.", "Drop CSV or Excel files, a folder or a zip of them.")
    return Preview(
        prepared=prepared,
        paths=tuple(paths),
        files=_files(book, prepared, now.date(), period),
        unknown=prepared.result.unknown_producers,
        guesses=prepared.result.guesses,
        notes=prepared.result.notes,
        people=_people(book, prepared),
    )


def apply(
    book: Book, shown: Preview, now: datetime, answers: Mapping[str, str], progress: Progress = SILENT
) -> ImportResult:
    """Import what was shown, in one transaction. `answers`: unknown name -> producer's code, `IGNORE` or `NEW`.

    New producers are made afterwards, as an action of their own. What was read stays readable, so that a cancelled
    import may be started again.
    """
    from desktop import importers
    from desktop.services import mappings

    author = author_at(now)
    new = [name for name, code in answers.items() if code == newcomers.NEW]
    settled = {name: code for name, code in answers.items() if code != newcomers.NEW}
    result = imports.apply(book, shown.prepared, author, settled, progress)
    newcomers.add_producers(book, new, author)
    mappings.import_all(book, importers.profile_files(shown.paths), author)
    return replace(result, unknown_producers=tuple(one for one in result.unknown_producers if one.name not in new))


def discard(shown: Preview) -> None:
    """Forget what was read, in memory and on disk."""
    shown.prepared.close()


def history(book: Book) -> list[ImportRun]:
    """All imports, newest first."""
    return imports.history(book)


def undo(book: Book, import_id: int, now: datetime) -> UndoResult:
    """Take one import back as a whole; UserError when there is none or it is undone already."""
    return imports.undo_import(book, import_id, author_at(now))


def hints() -> tuple[ReportHint, ...]:
    """Per system: which report to run, and what it cannot give."""
    from desktop import importers

    return tuple(importers.report_hints())


def profile_title(name: str) -> str:
    """A profile in words; rows that a program made have none in a file."""
    from desktop.importers.profiles import BY_NAME

    found = BY_NAME.get(name)
    if found is not None:
        return found.title
    return "made up by the program" if name == imports.MADE else re.sub(r" #[0-9a-f]{8}$", "", name).replace("_", " ")


def write_rejects(rejects: Sequence[tuple[int, str, str, str]], target: Path) -> None:
    """Write rejected cells (line, column, value, reason) as CSV; UserError when it cannot be written."""
    from desktop.reports.sheets import write_csv

    rows = ([str(line), column, value, reason] for line, column, value, reason in rejects)
    try:
        write_csv(target, ("Line", "Column", "Value", "Reason"), rows)
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}).", "Choose another place.") from None


def _people(book: Book, prepared: Prepared) -> tuple[Choice, ...]:
    """Everybody in the book, and everybody who would come with this drop, by name."""
    found = {person.code: person.name for person in facts_people.people(book)}
    template = TEMPLATES["producers"]
    code, name = template.index("producer_code"), template.index("name")
    for reading in prepared.readings:
        if reading.table == template.name and reading.problem is None:
            rows = (row for batch in reading.batches() if batch.table == template.name for row in batch.rows)
            found.update({str(row[code]): str(row[name]) for row in rows})
    people = (Choice(code, name) for code, name in found.items())
    return tuple(sorted(people, key=lambda person: (person.name.casefold(), person.code)))


def _files(book: Book, prepared: Prepared, today: date, period: DateSpan | None) -> tuple[FilePreview, ...]:
    """The service's results beside what was read: usable files come first there, the others after them."""
    usable = [one for one in prepared.readings if one.problem is None and one.profile is not None]
    others = [one for one in prepared.readings if not (one.problem is None and one.profile is not None)]
    readings = [*usable, *others]
    parts = zip(readings, prepared.result.files, doubts.find(book, readings, today, period), strict=True)
    beside = prepared.result.stated
    return tuple(replace(_file(*part), stated=_stated(part[0], beside)) for part in parts)


def _stated(reading: Reading, beside: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Of the totals that a drop states, those of one file; a file that only repeats some shows all."""
    if reading.table != "stated_totals":
        return ()
    return tuple(one for one in beside if one.file == reading.file) or tuple(beside)


def _file(reading: Reading, result: FileResult, odd: tuple[Doubt, ...]) -> FilePreview:
    return FilePreview(
        file=reading.file,
        sheet=reading.sheet,
        title="" if reading.profile is None else profile_title(reading.profile),
        table=reading.table,
        header_line=reading.header_line,
        mapping=tuple(reading.mapping),
        headings=tuple(reading.headings),
        samples=tuple(reading.samples),
        rows=reading.rows,
        inserted=result.inserted,
        updated=result.updated,
        unchanged=result.unchanged,
        rejected=reading.rejected_rows,
        rejects=tuple(reading.rejects),
        skipped=tuple(reading.skipped),
        file_total=reading.file_total,
        our_total=reading.our_total,
        notes=result.notes if reading.problem is None else tuple(reading.notes),
        problem=_problem(reading),
        needs_period=reading.needs_period,
        profile=reading.profile,
        ties=result.ties,
        doubts=odd,
        sha256=reading.sha256,
        rejected_rows=mending.rejected_rows(reading.headings, reading.rejected_cells, reading.rejects),
    )


def _problem(reading: Reading) -> UserError | None:
    if reading.problem is None and reading.profile is None:
        return UserError(f"{reading.file} is not recognised.", "Say what its columns are; it is remembered.")
    if reading.needs_period:
        return UserError(f"{reading.file} has no dates.", "Say which days it covers; until then it is left out.")
    return reading.problem
