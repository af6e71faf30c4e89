"""Reads the rows of one recognised table: converts, checks, passes over, rejects, and hands rows to the spool.

Works on chunks by column, because that is three times as fast as row by row. No data line vanishes: each starts a
record, is merged into one, or is rejected. Knows nothing of files and encodings.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, TypeVar, cast

from desktop.core.batches import is_empty
from desktop.core.checks import RowIssue, Skipped
from desktop.core.templates import TEMPLATES, Cell, Kind, Row
from desktop.importers import detect
from desktop.importers.columns import Bad, ColumnReader, Value, plain, reader_for
from desktop.importers.detect import Header, Judge
from desktop.importers.mapping import Match, owners_of, unique_headings
from desktop.importers.mending import Mending
from desktop.importers.shaping import Shaping
from desktop.importers.squares import Square
from desktop.importers.values import Unreadable, extension_of, read_count, read_money

if TYPE_CHECKING:
    from desktop.importers.mending import Cells
    from desktop.importers.records import Options
    from desktop.importers.spool import Spool

Records = Sequence[Sequence[str]]
_Cell = TypeVar("_Cell")
SAMPLES = 20
_WHOLE = "(row)"
_SURPLUS = "(beyond the last column)"
_FEW = 2
_COUNTS = re.compile(r"[\d:]")
_encode: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class TableReader:
    """Takes the lines below a header, chunk by chunk, and keeps account of every one of them."""

    def __init__(
        self,
        header: Header,
        options: Options,
        zone: tzinfo,
        spool: Spool,
        titles: tuple[str, ...],
        delimiter: str = "",
        cells: Cells | None = None,
    ) -> None:
        self.header = header
        self.rows = 0
        self.skipped: list[Skipped] = []
        self.rejects: list[RowIssue] = []
        self.rejected_rows = 0
        self.notes: list[str] = []
        self.samples: list[tuple[int, tuple[str, ...]]] = []
        self.file_total: float | None = None
        self._total_kind = ""
        self._sum: int | None = None
        self._spool = spool
        match = header.match
        self._profile = match.profile
        self._width = len(header.cells)
        self._delimiter = delimiter
        self._readers = [reader_for(field, zone) for field in match.profile.fields]
        self._judge = Judge(header, self._required())
        self._mending = Mending(cells or {}, self._width, lambda record: self._swallowed(record) > 0)
        self._names = unique_headings(header.cells)
        homes = {at for field, at in zip(match.profile.fields, match.columns, strict=True) if field.target}
        self._total = _total_of(match)
        self._unknown = [at for at in range(self._width) if at not in homes]
        self._labels = tuple(dict.fromkeys((0, *owners_of(match))))
        self._shaping = (
            Shaping(match.profile, spool, options, titles, self._reject_field) if match.profile.shaper else None
        )

    # --- chunks -----------------------------------------------------------------------------------------------------

    def take(self, lines: list[int], records: list[list[str]] | Square) -> None:
        """Some records below the header, in order, with their lines."""
        if isinstance(records, Square) and not self._mending.awaits:
            self._take(lines, records, records.columns, {})
            return
        records = list(records)
        self._mending.correct(lines, records)
        surplus = self._square(records)
        kept = [at for at, record in enumerate(records) if record] if not all(records) else None
        if kept is not None:
            lines, records = [lines[at] for at in kept], [records[at] for at in kept]
            surplus = {new: surplus[old] for new, old in enumerate(kept) if old in surplus}
        if records:
            self._take(lines, records, list(zip(*records, strict=True)), surplus)

    def _take(
        self, lines: list[int], records: Records, cells: Sequence[Sequence[str]], surplus: Mapping[int, str]
    ) -> None:
        """Records as wide as the header, and their cells by column."""
        read = self._convert(cells, len(records))
        bad = self._bad_cells(read)
        if self._delimiter and lines[-1] - lines[0] >= len(lines):
            self._find_swallowed(records, bad)
        for at, text in surplus.items():
            bad.setdefault(at, []).append((_SURPLUS, text, "is a cell more than there are headings"))
        suspects = set(bad) | self._labelled(cells) | self._sparse(records)
        passed = {at for at in sorted(suspects) if self._pass_over(lines[at], records[at])}
        if self._profile.check is not None:
            self._check(read, bad, len(records))
        self._account(lines, records, read, bad, passed)

    def _square(self, records: list[list[str]]) -> dict[int, str]:
        """Make all records as wide as the header; returns what stands beyond it. Blank lines become empty records."""
        width = self._width
        surplus: dict[int, str] = {}
        if set(map(len, records)) == {width}:
            return surplus
        for at, record in enumerate(records):
            if len(record) > width:
                beyond = [cell.strip() for cell in record[width:] if cell.strip()]
                if beyond:
                    surplus[at] = ", ".join(beyond)
                records[at] = record = record[:width]
            if record and not surplus.get(at) and detect.is_blank(record):
                records[at] = []
            elif record and len(record) < width:
                records[at] = record + [""] * (width - len(record))
        return surplus

    def _convert(self, cells: Sequence[Sequence[str]], count: int) -> list[list[Value] | None]:
        """Each field's values; None for a field without a column."""
        return [
            None if at is None else reader.column(cells[at])
            for reader, at in zip(self._readers, self.header.match.columns, strict=True)
        ]

    def _bad_cells(self, read: list[list[Value] | None]) -> dict[int, list[tuple[str, str, str]]]:
        """Findings by record: (field's name, None for the text to be looked up, reason)."""
        found: dict[int, list[tuple[str, str, str]]] = {}
        for reader, column in zip(self._readers, read, strict=True):
            if column is not None:
                for at in reader.bad(column):
                    value = column[at]
                    if isinstance(value, Bad):
                        found.setdefault(at, []).append((reader.field.name, "", value.reason))
        return found

    def _find_swallowed(self, records: Records, bad: dict[int, list[tuple[str, str, str]]]) -> None:
        """A stray quotation mark makes a cell of the lines below it; they must not vanish in a note."""
        for at, record in enumerate(records):
            lost = self._swallowed(record)
            if lost:
                reason = f"a quotation mark opened in this row swallows {lost} of the rows below it"
                bad.setdefault(at, []).append((_WHOLE, "", reason))

    def _swallowed(self, record: Sequence[str]) -> int:
        """How many records stand inside the cells of this one."""
        if not self._delimiter:
            return 0
        return sum(self._could_be_record(part) for cell in record for part in cell.split("\n")[1:])

    def _could_be_record(self, line: str) -> bool:
        """Whether a line inside a cell has a record's width, and something readable in each required column."""
        delimiter = self._delimiter
        if line.count(delimiter) < self._width - 1 or self._width < 2:
            return False
        cells = next(csv.reader([line], delimiter=delimiter), [])
        columns = zip(self._readers, self.header.match.columns, strict=True)
        required = [(reader, at) for reader, at in columns if at is not None and reader.field.required]
        return len(cells) == self._width and all(type(reader.read(cells[at])) is not Bad for reader, at in required)

    def _check(self, read: list[list[Value] | None], bad: dict[int, list[tuple[str, str, str]]], count: int) -> None:
        """What only whole rows can show; rows with unreadable cells are rejected anyhow."""
        check = self._profile.check
        if check is None:
            return
        for at, row in enumerate(_rows_of(read, count)):
            if at not in bad:
                findings = check(row)
                if findings:
                    bad[at] = [(name, "", reason) for name, reason in findings]

    # --- what is no data --------------------------------------------------------------------------------------------

    def _labelled(self, cells: Sequence[Sequence[str]]) -> set[int]:
        """Records that say "total" where a key or a person would stand, though every cell could be read."""
        found: set[int] = set()
        for at in self._labels:
            if not detect.TOTAL_LABELS.isdisjoint(cells[at]):
                found.update(row for row, cell in enumerate(cells[at]) if cell in detect.TOTAL_LABELS)
        return found

    def _sparse(self, records: Records) -> set[int]:
        """Records of few cells, where no field is required whose blank would show that they are none."""
        if self._has_required:
            return set()
        filled = (sum(not cell.isspace() for cell in filter(None, record)) for record in records)
        return {at for at, count in enumerate(filled) if count <= _FEW}

    def _pass_over(self, line: int, record: Sequence[str]) -> bool:
        """Whether the line is no data; lists it unless it is blank."""
        if detect.is_blank(record):
            return True
        why = self._judge.why_skipped(record)
        if why is None and any(record[at].strip() in detect.TOTAL_LABELS for at in self._labels):
            why = detect.TOTAL
        if why is None:
            return False
        self.skipped.append(Skipped(line, why))
        words = [cell.strip() for cell in record if cell.strip()]
        if self._shaping is not None and (why == detect.SECTION or (len(words) == 1 and not _COUNTS.search(words[0]))):
            self._shaping.section(line, words[0])
        if why in {detect.TOTAL, detect.GRAND}:
            self._note_total(why, record)
        return True

    def _note_total(self, why: str, record: Sequence[str]) -> None:
        """The file's own total: the grand one where there is one, else the last."""
        at = self._total_column()
        if at is None or (why == detect.TOTAL and self._total_kind == detect.GRAND):
            return
        money = self._total_reader().field.kind is Kind.MONEY
        try:
            value = (read_money if money else read_count)(plain(record[at]))
        except Unreadable:
            return
        self.file_total = value / 100 if money else value
        self._total_kind = why

    # --- where the rows go ------------------------------------------------------------------------------------------

    def _account(
        self,
        lines: list[int],
        records: Records,
        read: list[list[Value] | None],
        bad: dict[int, list[tuple[str, str, str]]],
        passed: set[int],
    ) -> None:
        """Sample, count, reject, and give the good rows on."""
        self._mending.look_at(lines, records)
        self._sample(lines, records, passed)
        self.rows += len(records) - len(passed)
        rejected = sorted(at for at in bad if at not in passed)
        for at in rejected:
            self._reject(lines[at], records[at], bad[at])
        extras = self._extras(records)
        if self._shaping is not None and rejected:
            rows = _rows_of(read, len(records))
            for at in rejected:
                self._shaping.refused(lines[at], rows[at])
        out = sorted(passed.union(rejected))
        if out:
            lines = _without(lines, out)
            extras = None if extras is None else _without(extras, out)
            read = [None if column is None else _without(column, out) for column in read]
        self._add_up(read)
        if self._shaping is not None:
            self._shaping.take(lines, _rows_of(read, len(lines)), extras or [None] * len(lines))
        else:
            # What could not be read is gone with its rows.
            columns = cast("list[list[Cell] | None]", read)
            kept = [None if column is None or is_empty(column) else column for column in columns]
            self._spool.add_columns(self._profile.table, lines, kept, extras)

    def _sample(self, lines: list[int], records: Records, passed: set[int]) -> None:
        for at, record in enumerate(records):
            if len(self.samples) >= SAMPLES:
                return
            if at not in passed:
                self.samples.append((lines[at], tuple(record)))

    def _reject(self, line: int, record: Sequence[str], findings: list[tuple[str, str, str]]) -> None:
        self.rejected_rows += 1
        self._mending.keep(line)
        for name, text, reason in findings:
            heading, value = self._cell(name, record)
            self.rejects.append(RowIssue(line, heading, text or value, reason))

    def _reject_field(self, line: int, name: str, value: str, reason: str) -> None:
        """A shaper found the row of `line` wanting."""
        self.rejected_rows += 1
        self._mending.keep(line)
        self.rejects.append(RowIssue(line, self._cell(name, [])[0], value, reason))

    def _cell(self, name: str, record: Sequence[str]) -> tuple[str, str]:
        """The file's own heading of a field (or of another that has the same home), and the text in its column."""
        position = self._profile.positions.get(name)
        at = None if position is None else self.header.match.columns[position]
        if at is None and position is not None:
            target = self._profile.fields[position].target
            pairs = zip(self._profile.fields, self.header.match.columns, strict=True)
            at = next((own for field, own in pairs if target and field.target == target and own is not None), None)
        if at is None:
            return name, ""
        return self.header.cells[at], record[at] if at < len(record) else ""

    def _extras(self, records: Records) -> list[str | None] | None:
        """Unknown columns' cells as JSON by heading; also phone numbers whose extension our form drops.

        None where the file has nothing of the kind.
        """
        extensions = [
            at
            for reader, at in zip(self._readers, self.header.match.columns, strict=True)
            if at is not None and reader.extensions
        ]
        names = self._names
        if not self._unknown and not extensions:
            return None
        found: list[str | None] = []
        for record in records:
            extra = {names[at]: cell.strip() for at in self._unknown if (cell := record[at]) and not cell.isspace()}
            extra |= {f"{names[at]} (as written)": record[at].strip() for at in extensions if extension_of(record[at])}
            found.append(_encode(extra) if extra else None)
        return found

    # --- the end ----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """All records were taken: fold what is to be folded, settle rates, say what was found."""
        if self._shaping is not None:
            self._shaping.finish()
            self.notes.extend(self._shaping.notes)
        self.rejects.sort(key=lambda issue: issue.line)
        for reader in self._readers:
            if reader.bare:
                table, _dot, column = reader.field.target.partition(".")
                self._spool.percents[table, TEMPLATES[table].index(column)] = reader.percent
                self.notes.append(_rate_note(self._cell(reader.field.name, [])[0], reader))
        ours = self.our_total
        if self.file_total is not None and ours is not None and abs(self.file_total - ours) >= 0.005:
            self.notes.append(f"The file's own total is {self.file_total:,.2f}; its rows add up to {ours:,.2f}.")

    @property
    def our_total(self) -> float | None:
        """Dollars or count over the rows taken; None where the file has no such column."""
        if self._total_column() is None:
            return None
        if self._total_reader().field.kind is not Kind.MONEY:
            return self._sum or 0
        # Where rows repeat or divide a term's premium, a system may state the total of its terms instead.
        once = self._shaping.premium if self._shaping is not None else None
        tied = self.file_total is not None and once == round(self.file_total * 100)
        return ((once if tied else self._sum) or 0) / 100

    @property
    def rejected_cells(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Line and cells of the first rejected rows, for correcting."""
        return self._mending.kept

    @property
    def mended(self) -> tuple[tuple[int, str | None], ...]:
        """Line and `table.column` of each corrected cell; None where the column is kept as a note."""
        match = self.header.match
        ours = {at: field.target or None for field, at in zip(match.profile.fields, match.columns, strict=True)}
        return tuple((line, ours.get(at)) for line, at in self._mending.mended)

    @property
    def shaped(self) -> bool:
        """See `Reading`."""
        return self._shaping is not None

    @property
    def merged(self) -> dict[int, int]:
        return self._shaping.merged if self._shaping is not None else {}

    def _add_up(self, read: list[list[Value] | None]) -> None:
        """A blank count stands for one, a blank amount for none."""
        cells = None if self._total is None else read[self._profile.positions[self._total]]
        if cells is None:
            return
        blanks = cells.count(None) if self._total == "count" else 0
        self._sum = (self._sum or 0) + sum(cast("list[int]", list(filter(None, cells)))) + blanks

    def _total_column(self) -> int | None:
        return None if self._total is None else self.header.match.columns[self._profile.positions[self._total]]

    def _total_reader(self) -> ColumnReader:
        return self._readers[self._profile.positions[cast(str, self._total)]]

    def _required(self) -> list[int]:
        match = self.header.match
        required = [
            at
            for field, at in zip(match.profile.fields, match.columns, strict=True)
            if at is not None and field.required
        ]
        self._has_required = bool(required)
        marks = (match.columns[match.profile.positions[name]] for group in match.profile.fingerprint for name in group)
        return required or sorted({at for at in marks if at is not None})


def _total_of(match: Match) -> str | None:
    """The field that is added up: the first of the profile's that the file has a column for."""
    total = match.profile.total or ()
    names = (total,) if isinstance(total, str) else total
    return next((name for name in names if match.columns[match.profile.positions[name]] is not None), None)


def _without(cells: Sequence[_Cell], out: Sequence[int]) -> list[_Cell]:
    """The cells but those at the positions `out`, which ascend and mostly are few."""
    kept = list(cells)
    for at in reversed(out):
        del kept[at]
    return kept


def _rows_of(read: list[list[Value] | None], count: int) -> list[Row]:
    """Rows across the fields' columns. Rows with bad cells are in it too, and must not be passed on."""
    nothing: list[Cell] = [None] * count
    return cast("list[Row]", list(zip(*(nothing if column is None else column for column in read), strict=True)))


def _rate_note(heading: str, reader: ColumnReader) -> str:
    if reader.percent:
        return f"{heading}: bare numbers are read as percents (12.5 is 12.5 %), because some are above 1."
    return f"{heading}: bare numbers are read as fractions (0.125 is 12.5 %), because none is above 1."
