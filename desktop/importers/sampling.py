"""The first rows of a file that is being described, and what a layout would make of them.

The rows are read from the file once and stay in memory, so that every change of the layout can be tried at once.
Uses the very reader of an import. Knows no book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop.core.checks import RowIssue
from desktop.core.pipeline import SALES
from desktop.core.templates import Kind
from desktop.errors import UserError
from desktop.importers import detect, spreadsheets, texts
from desktop.importers.columns import converter_of, plain
from desktop.importers.custom import profile_of
from desktop.importers.detect import Header
from desktop.importers.guessing import FileColumn, columns_of
from desktop.importers.inputs import BOOK_SUFFIXES, TEXT_SUFFIXES, Input, gather
from desktop.importers.layouts import LEAVE_EMPTY, Layout, field_of, open_questions
from desktop.importers.mapping import lay_over, unique_headings
from desktop.importers.profiles.stages import stage_of
from desktop.importers.records import DEFAULT_ZONE, Options
from desktop.importers.spool import Budget, Spool
from desktop.importers.tables import TableReader
from desktop.importers.values import Unreadable

FIRST_ROWS = 2_000
MOST_WORDS = 40
"""A column with more different words than this is no choice between a few."""

_STEP = 1_000

Rows = Iterator[tuple[list[int], list[list[str]]]]


@dataclass(frozen=True, slots=True)
class Sample:
    """The heading row and the first rows of a file or sheet. `headings` are unique; `more` says that rows follow."""

    file: str
    sheet: str | None
    delimiter: str
    header_line: int
    cells: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[int, ...]
    records: tuple[tuple[str, ...], ...]
    more: bool

    @property
    def columns(self) -> tuple[FileColumn, ...]:
        """The columns with their values, for suggestions."""
        return columns_of(self.headings, self.records)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows are rejected: the file's heading, the reason, how many rows, and the first of them."""

    column: str
    reason: str
    rows: int
    line: int
    value: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a layout makes of the first rows. `questions`: (part, required column) of which nothing is said yet.

    `made`: rows by table, only where no question is open.
    """

    rows: int
    rejected: int
    passed_over: int
    made: tuple[tuple[str, int], ...]
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]
    questions: tuple[tuple[int, str], ...]
    more: bool

    @property
    def readable(self) -> int:
        return self.rows - self.rejected


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a column of choices: how often it stands there, and what it would mean; empty: that is to be said.

    `known`: the program knows the word by itself.
    """

    text: str
    rows: int
    meaning: str
    known: bool


def take_sample(paths: Sequence[Path], file: str, sheet: str | None, header_line: int) -> Sample:
    """The first rows of `file` (as a reading names it) among what was dropped, below its heading row.

    UserError when it is gone or has changed, or holds no rows.
    """
    source = next((one for one in gather(paths) if one.name == file and one.problem is None), None)
    if source is None or source.suffix not in TEXT_SUFFIXES | BOOK_SUFFIXES:
        raise UserError(f"{file} is not there any more.", "Drop it again.")
    if source.suffix in BOOK_SUFFIXES:
        found, delimiter = _sheet(source, sheet, header_line), ""
    else:
        text = texts.inspect(source)
        tried = [(one, _sample(text.rows(one), header_line)) for one in texts.delimiters_of(text)]
        delimiter, found = max(tried, key=lambda one: 0 if one[1] is None else len(one[1][0]))
    if found is None:
        raise UserError(f"{file} has no row of headings.", "Put a heading over each column, save it and drop it again.")
    cells, lines, records, more = found
    return Sample(
        file, sheet, delimiter, header_line, cells, tuple(unique_headings(cells)), tuple(lines), tuple(records), more
    )


_Found = tuple[tuple[str, ...], list[int], list[tuple[str, ...]], bool]


def _sheet(source: Input, sheet: str | None, header_line: int) -> _Found | None:
    """The rows of one sheet; those before it are run through, as the reader of workbooks needs it."""
    for name, rows in spreadsheets.sheets(source):
        if sheet in {None, name}:
            return _sample(rows, header_line)
        for _chunk in rows:
            continue
    return None


def _sample(rows: Rows, header_line: int) -> _Found | None:
    """The heading row that starts on `header_line`, the rows below it, and whether there are more."""
    cells: tuple[str, ...] | None = None
    lines: list[int] = []
    records: list[tuple[str, ...]] = []
    for numbers, chunk in rows:
        for line, record in zip(numbers, chunk, strict=True):
            if cells is None:
                if line == header_line:
                    cells = tuple(cell.strip() for cell in record)
            elif len(records) >= FIRST_ROWS:
                return cells, lines, records, True
            elif not detect.is_blank(record):
                lines.append(line)
                records.append(tuple(record))
    return None if cells is None or not any(cells) else (cells, lines, records, False)


def try_layout(sample: Sample, layout: Layout, options: Options) -> Trial:
    """Read the sample as the layout says; a period that is to be asked for is taken as today."""
    profile = profile_of(layout)
    header = Header(sample.header_line, 0, sample.cells, lay_over(profile, sample.cells))
    period = options.period or (options.today, options.today)
    spool = Spool(options.workspace, Budget())
    reader = TableReader(
        header, replace(options, period=period), ZoneInfo(options.time_zone), spool, (), sample.delimiter
    )
    try:
        for start in range(0, len(sample.records), _STEP):
            lines, records = sample.lines[start : start + _STEP], sample.records[start : start + _STEP]
            reader.take(list(lines), [list(record) for record in records])
        reader.finish()
        questions = tuple((at, name) for at, part in enumerate(layout.parts) for name in open_questions(part))
        made: Counter[str] = Counter()
        for batch in spool.chunks():
            made[batch.table] += batch.count
    finally:
        spool.close()
    return Trial(
        rows=reader.rows,
        rejected=reader.rejected_rows,
        passed_over=len(reader.skipped),
        made=() if questions else tuple(made.items()),
        reasons=_reasons(reader.rejects),
        notes=tuple(reader.notes),
        questions=questions,
        more=sample.more,
    )


def _reasons(rejects: Sequence[RowIssue]) -> tuple[Reason, ...]:
    """Rejects of one kind together, the most frequent first."""
    first: dict[tuple[str, str], RowIssue] = {}
    rows: Counter[tuple[str, str]] = Counter()
    for issue in rejects:
        first.setdefault((issue.column, issue.reason), issue)
        rows[issue.column, issue.reason] += 1
    return tuple(
        Reason(column, reason, many, first[column, reason].line, first[column, reason].value)
        for (column, reason), many in rows.most_common()
    )


def words_of(
    sample: Sample, table: str, column: str, heading: str, said: Sequence[tuple[str, str]]
) -> tuple[Word, ...]:
    """The words that stand in a column of choices, those not known by themselves first; none where there are too many.

    `said`: what was said of them before (word -> our choice). A stage that other systems call so is proposed.
    """
    field = field_of(table, column)
    if field.kind is not Kind.CHOICE or heading not in sample.headings:
        return ()
    at = sample.headings.index(heading)
    found = Counter(text for record in sample.records if at < len(record) and (text := plain(record[at])))
    if len(found) > MOST_WORDS:
        return ()
    convert = converter_of(field, ZoneInfo(DEFAULT_ZONE))
    meanings = dict(said)
    words = []
    for text, rows in found.most_common():
        try:
            words.append(Word(text, rows, meanings.get(text, str(convert(text))), True))
        except Unreadable:
            proposed = stage_of(SALES, text) if column == "stage" else None
            known = meanings.get(text) or (proposed if proposed in field.choices else None)
            words.append(Word(text, rows, known or "", False))
    return tuple(sorted(words, key=lambda word: word.known))


def meanings_of(table: str, column: str) -> tuple[str, ...]:
    """What a word in that column may mean."""
    field = field_of(table, column)
    return field.choices if field.required else (*field.choices, LEAVE_EMPTY)
