"""Imports as a user knows them: prepare (read and try), apply, list, undo.

One drop is one import, applied in one transaction. The preview is not an estimate: it is the very intake, tried and
taken back, so its counts are those that applying gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core import guesses
from desktop.core.batches import Batch
from desktop.core.progress import SILENT, Progress
from desktop.core.templates import TEMPLATES
from desktop.errors import UserError
from desktop.models import facts_people, imports, journal, people, rollups, undo
from desktop.models.imports import ImportRun
from desktop.models.intake import Intake
from desktop.models.journal import Author
from desktop.models.outcomes import INSERTED, UNCHANGED, UPDATED, Outcomes
from desktop.services import configuration, doubts, mending, noted, stated, ties
from desktop.services.drops import IGNORE, MADE, FileResult, ImportResult, Prepared, UndoResult

if TYPE_CHECKING:
    from desktop.core.templates import Row
    from desktop.importers import Options, Reading
    from desktop.models.book import Book

__all__ = [
    "IGNORE", "MADE", "FileResult", "ImportResult", "Prepared", "UndoResult", "apply", "apply_readings", "history",
    "import_files", "prepare", "store_rows", "try_readings", "undo_import",
]  # fmt: skip


class _TrialOver(Exception):  # noqa: N818 - carries the trial out of its transaction
    def __init__(self, result: ImportResult) -> None:
        self.result = result


def prepare(
    book: Book,
    paths: Sequence[Path],
    options: Options,
    author: Author,
    progress: Progress = SILENT,
    answers: Mapping[str, str] | None = None,
) -> Prepared:
    """Read files and try them on the book without leaving a trace. Problems of single files are listed, not raised."""
    from desktop import importers

    readings = importers.read(paths, options, progress)
    try:
        result = try_readings(book, readings, author, progress, answers)
    except BaseException:
        for reading in readings:
            reading.close()
        raise
    problems = [(reading.file, reading.problem) for reading in readings if reading.problem is not None]
    return Prepared(readings, result, problems)


def try_readings(
    book: Book,
    readings: Sequence[Reading],
    author: Author,
    progress: Progress = SILENT,
    answers: Mapping[str, str] | None = None,
) -> ImportResult:
    """What applying these readings would give, counted by doing it and taking it back.

    Only derived rows that no count, name or note is read from are not made.
    """
    try:
        with book.transaction():
            raise _TrialOver(_take(book, readings, author, answers or {}, progress, trial=True))
    except _TrialOver as over:
        return over.result


def apply(
    book: Book,
    prepared: Prepared,
    author: Author,
    answers: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
) -> ImportResult:
    """Import what was prepared, in one transaction. `answers`: unknown name -> producer code, or IGNORE."""
    return apply_readings(book, prepared.readings, author, answers, progress)


def apply_readings(
    book: Book,
    readings: Sequence[Reading],
    author: Author,
    answers: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
) -> ImportResult:
    """Import readings that were not tried before; files with a problem are left out."""
    with book.transaction():
        return _take(book, readings, author, answers or {}, progress, trial=False)


def import_files(
    book: Book, paths: Sequence[Path], options: Options, author: Author, *, dry_run: bool, progress: Progress = SILENT
) -> ImportResult:
    """The `import` command: refuses the whole drop (UserError) when a file is not recognised or cannot be read."""
    from desktop import importers
    from desktop.services import mappings

    readings, shared = importers.read(paths, options, progress), importers.profile_files(paths)
    try:
        if not readings and not shared:
            raise UserError("Nothing to import was found.", "Name files, folders or zips with exports in them.")
        for reading in readings:
            if reading.problem is not None:
                raise UserError(f"{reading.file}: {reading.problem.what}", reading.problem.what_to_do)
        outside = doubts.outside(readings, options.period)
        result = ImportResult(None, dry_run, (), (), ())
        if readings:
            taken = try_readings if dry_run else apply_readings
            result = taken(book, readings, author, progress=progress)
        asked = noted.of_guesses(result.unknown_producers, result.guesses)
        periods = [
            note for one, found in zip(readings, outside, strict=True) for note in noted.of_period(one.file, found)
        ]
        added = [] if dry_run else mappings.import_all(book, shared, author)
        return replace(result, notes=(*result.notes, *asked, *periods, *added))
    finally:
        for reading in readings:
            reading.close()


def _take(
    book: Book,
    readings: Sequence[Reading],
    author: Author,
    answers: Mapping[str, str],
    progress: Progress,
    *,
    trial: bool,
) -> ImportResult:
    usable = [reading for reading in readings if reading.problem is None and reading.profile is not None]
    label = _label(usable)
    run = imports.open_run(book, author.at, label)
    action = journal.open_action(book, author, "import", f"Import {label}", import_run=run)
    later, now = _answer(book, answers), datetime.fromisoformat(author.at)
    totals = any(one.table == "stated_totals" for one in usable)
    # What a trial leaves out is what nothing in its result is read from.
    lasting = totals or not trial
    intake = Intake(book, action, lasting=lasting)
    total = sum(reading.rows for reading in usable)
    done = 0
    results = []
    for reading in usable:
        results.append(_take_file(book, intake, run, reading, _Steps(progress, done, total), now.date()))
        done += reading.rows
    _answer_later(book, later, intake)
    if lasting:
        progress.report(total, total, "Bringing the totals up to date")
        rollups.refresh(book, intake.touched, configuration.rates(book), intake.aliases)
    notes = noted.of_rows(book, run, intake)
    results += [_unusable(reading) for reading in readings if reading not in usable]
    unknown = tuple(name for name in intake.aliases.unknown() if name.name not in later)
    known = [(one.code, one.name) for one in facts_people.people(book)] if unknown else []
    perhaps = {one.name: found for one in unknown if (found := guesses.guess(one.name, known))}
    beside = stated.comparisons(book, now, run) if totals else ()
    return ImportResult(None if trial else run, trial, tuple(results), unknown, tuple(notes), perhaps, beside)


def _answer(book: Book, answers: Mapping[str, str]) -> dict[str, str]:
    """Settle the names that people in the book go by; returns the answers that mean others."""
    later: dict[str, str] = {}
    for name, code in answers.items():
        try:
            people.answer(book, name, code or None)
        except KeyError:
            later[name] = code
    return later


def _answer_later(book: Book, answers: Mapping[str, str], intake: Intake) -> None:
    """Settle the names of people who came with this import, and count their days anew."""
    for name, code in answers.items():
        try:
            people.answer(book, name, code)
        except KeyError:
            raise UserError(f"There is no producer {code} for the name {name}.", "Choose somebody else.") from None
    found = [intake.aliases.id_of(name) for name in answers]
    intake.touched.days.update(rollups.days_of_aliases(book, found))


@dataclass(frozen=True, slots=True)
class _Steps:
    progress: Progress
    done: int
    total: int


def _take_file(book: Book, intake: Intake, run: int, reading: Reading, steps: _Steps, today: date) -> FileResult:
    # A user's own profile is entered with its revision, so that a changed one reads the same bytes anew.
    profile = " #".join(filter(None, (reading.profile, reading.revision)))
    known = not reading.mended and imports.already_in(book, reading.sha256, reading.sheet, profile)
    file = imports.add_file(book, run, reading.file, reading.sheet, reading.sha256, profile, reading.table)
    intake.aliases.open_file(by_line=reading.shaped)
    if known:
        counts = (0, 0, reading.rows - reading.rejected_rows)
        intake.aliases.count_open(reading.batches())
        intake.removed.note_all(reading.batches, intake.aliases)
    else:
        counts = _take_rows(intake, file, reading, steps)
        mending.mark(book, file, reading)
    intake.aliases.close_file(reading.merged)
    tied = ties.find(book, run, file, reading, known=known, met=counts[1] + counts[2])
    result = FileResult(
        reading.file,
        reading.sheet,
        reading.profile,
        reading.table,
        reading.rows,
        *counts,
        reading.rejected_rows,
        tuple(reading.rejects),
        tuple(reading.skipped),
        reading.file_total,
        reading.our_total,
        (*reading.notes, *noted.of_actives(reading, today)),
        tied,
    )
    detail = _detail(reading, result.notes) | {"ties": ties.packed(tied)}
    imports.close_file(book, file, (result.rows, *counts, result.rejected), detail)
    return result


def _take_rows(intake: Intake, file: int, reading: Reading, steps: _Steps) -> tuple[int, int, int]:
    from desktop.importers.profiles import amended_by

    done = 0

    def batches() -> Iterator[Batch]:
        nonlocal done
        done = 0
        for batch in reading.batches():
            steps.progress.report(steps.done + done, steps.total, f"Importing {reading.file}")
            yield batch
            done += batch.count

    by_line = not reading.file.endswith(".json")
    outcomes: Outcomes = intake.take_file(
        file, batches, by_line=by_line, only=amended_by(reading.profile or ""), silent=_silent(reading)
    )
    for line, leader in reading.merged.items():
        outcomes.follow(line, leader)
    return outcomes.count(INSERTED), outcomes.count(UPDATED), outcomes.count(UNCHANGED)


def _silent(reading: Reading) -> frozenset[str]:
    """The speaking columns that a file laid out like a template does not have; a system's profile knows its own."""
    if not (reading.profile or "").startswith("template_"):
        return frozenset()
    mapped = {ours for _heading, ours in reading.mapping}
    speaking = TEMPLATES[reading.table].speaking_blanks
    return frozenset(name for name in speaking if f"{reading.table}.{name}" not in mapped)


def _unusable(reading: Reading) -> FileResult:
    problem = reading.problem
    notes = () if problem is None else (str(problem),)
    return FileResult(
        reading.file, reading.sheet, None, reading.table, reading.rows, 0, 0, 0, 0, (), (), None, None, notes
    )  # fmt: skip


def _detail(reading: Reading, notes: Sequence[str]) -> dict[str, Any]:
    return {
        "mapping": [list(pair) for pair in reading.mapping],
        "skipped": [[one.line, one.why] for one in reading.skipped],
        "rejects": [[one.line, one.column, one.value, one.reason] for one in reading.rejects],
        "file_total": reading.file_total,
        "our_total": reading.our_total,
        "notes": list(notes),
    }


def _label(readings: Sequence[Reading]) -> str:
    names = list(dict.fromkeys(reading.file for reading in readings))
    if not names:
        return "nothing"
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def store_rows(
    book: Book, label: str, tables: Iterable[tuple[str, Sequence[Row]]], author: Author, progress: Progress = SILENT
) -> int:
    """Take rows that a program made (not a file) as one import, a "file" per table; returns the import's number.

    `tables`: (template name, rows) in the order of `TEMPLATES`.
    """
    with book.transaction():
        run = imports.open_run(book, author.at, label)
        action = journal.open_action(book, author, "import", label, import_run=run)
        intake = Intake(book, action)
        for name, rows in tables:
            progress.report(0, 0, f"Storing {name}")
            file = imports.add_file(book, run, label, name, "", MADE, name)
            outcomes = intake.take_file(file, lambda name=name, rows=rows: _batched(name, rows))  # type: ignore[misc]
            counts = (len(rows), outcomes.count(INSERTED), outcomes.count(UPDATED), outcomes.count(UNCHANGED), 0)
            imports.close_file(book, file, counts, {})
        progress.report(0, 0, "Bringing the totals up to date")
        rollups.refresh(book, intake.touched, configuration.rates(book), intake.aliases)
    return run


def _batched(name: str, rows: Sequence[Row], size: int = 5_000) -> Iterator[Batch]:
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        yield Batch.of_rows(name, range(start + 1, start + 1 + len(part)), part)


def history(book: Book) -> list[ImportRun]:
    """All imports, newest first."""
    return imports.history(book)


def undo_import(book: Book, import_id: int, author: Author) -> UndoResult:
    """Take one import back as a whole; UserError when there is none or it is undone already."""
    with book.transaction():
        run = imports.find(book, import_id)
        if run is None:
            raise UserError(f"There is no import {import_id}.", "The import history lists them with their numbers.")
        if run.undone_at is not None:
            raise UserError(f"Import {import_id} was undone on {run.undone_at[:10]} already.", "")
        taken = undo.undo_import(book, import_id)
        imports.mark_undone(book, import_id, author.at)
        by = _close_actions(book, import_id, author, run.label)
        undo.undo_routing(book, by, taken)
        rollups.refresh(book, taken.touched, configuration.rates(book))
    return UndoResult(import_id, taken.removed, taken.restored, tuple(taken.kept))


def _close_actions(book: Book, import_id: int, author: Author, label: str) -> int:
    """The audit trail keeps both the import and its undoing, whose number is returned."""
    by = journal.open_action(book, author, "undo", f"Undo import {label}", import_run=import_id)
    journal.close_import(book, import_id, by)
    return by
