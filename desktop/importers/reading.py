"""From dropped files to readings: opens each, recognises its tables, reads them once, and orders them for the book.

One file's trouble is that file's `problem` and never stops the others. Knows neither the book nor any single layout.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import tzinfo
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.core.checks import Skipped
from desktop.core.progress import SILENT, Progress
from desktop.core.templates import TEMPLATES
from desktop.errors import UserError
from desktop.importers import claims, detect, documents, spreadsheets, texts
from desktop.importers.detect import Header
from desktop.importers.inputs import BOOK_SUFFIXES, FORM_SUFFIXES, Input, gather
from desktop.importers.mapping import mapping_of, nearest
from desktop.importers.profiles import BY_NAME, PROFILES
from desktop.importers.profiles.profile import Profile
from desktop.importers.records import Options, Reading
from desktop.importers.spool import Budget, Spool
from desktop.importers.squares import Square
from desktop.importers.tables import SAMPLES, TableReader

_RANK = {name: at for at, name in enumerate(TEMPLATES)}
_HEAD = 60

Rows = Iterator[tuple[list[int], list[list[str]]]]
Blocks = Iterator[tuple[list[int], list[list[str]] | Square]]


def profile_names() -> list[str]:
    """Every layout that `Options.profile` may name."""
    return [*BY_NAME, *documents.PROFILES]


def read(paths: Sequence[Path], options: Options, progress: Progress = SILENT) -> list[Reading]:
    """Read all files, folders and zips once. Referred-to tables come first (order of TEMPLATES), unknown files last.

    UserError for options that make no sense; Cancelled through `progress`. Close every reading afterwards.
    """
    drop = _Drop(options, progress)
    readings: list[Reading] = []
    try:
        inputs = gather(paths)
        with _without_collector():
            for at, source in enumerate(inputs):
                progress.report(at, len(inputs), f"Reading {source.name}")
                readings.extend(drop.read(source))
    except BaseException:
        drop.close()
        raise
    return sorted(readings, key=lambda reading: _RANK.get(reading.table, len(_RANK)))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of short-lived rows without a single cycle: looking for cycles would cost a third of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Drop:
    """What the files of one drop share: options, the agency's zone, room in memory."""

    def __init__(self, options: Options, progress: Progress) -> None:
        self.options = options
        self.progress = progress
        self.zone = _zone(options.time_zone)
        self._spools: list[Spool] = []
        self._budget = Budget()
        names = [*(profile.name for profile in options.profiles), *profile_names()]
        if options.profile is not None and options.profile not in names:
            raise UserError(f"There is no profile {options.profile}.", f"Profiles are: {', '.join(names)}.")
        if options.period is not None and options.period[0] > options.period[1]:
            raise UserError("The period ends before it starts.", "Give its first day, then its last.")

    def close(self) -> None:
        for spool in self._spools:
            spool.close()

    def spool(self) -> Spool:
        self._spools.append(Spool(self.options.workspace, self._budget))
        return self._spools[-1]

    def read(self, source: Input) -> list[Reading]:
        """One file's tables; a file that cannot be read is one reading with a problem."""
        blank = Reading(file=source.name, path=source.path)
        if source.problem is not None:
            return [replace(blank, problem=source.problem)]
        before = len(self._spools)
        try:
            if source.suffix in BOOK_SUFFIXES | FORM_SUFFIXES:
                return self._workbook(source, blank)
            if source.suffix == ".json":
                return [documents.read(source, blank, self.spool())]
            return [self._text(source, blank)]
        except UserError as found:
            problem = found
        except MemoryError:
            problem = UserError(f"{source.name} is too large to read.", "Import it in parts.")
        for spool in self._spools[before:]:
            spool.close()
        return [replace(blank, problem=problem)]

    # --- kinds of files ---------------------------------------------------------------------------------------------

    def _text(self, source: Input, blank: Reading) -> Reading:
        text = texts.inspect(source)
        blank = replace(blank, sha256=text.sha256)
        heads = [(delimiter, text.head(_HEAD, delimiter)) for delimiter in texts.delimiters_of(text)]
        found = [(delimiter, head, self._header(source, head)) for delimiter, head in heads]
        best = max(found, key=lambda one: one[2].match.found if one[2] is not None else 0)
        delimiter, head, header = best
        if header is None:
            # An unreadable file says so before an unknown one.
            for _chunk in text.rows(delimiter):
                break
            return self._unknown(blank, head)
        rows = text.blocks(delimiter, len(header.cells), self._meter(source, text.size))
        reading = self._table(blank, header, rows, delimiter)
        if text.damaged and text.encoding == "utf-8":
            reading = replace(reading, notes=(*reading.notes, "Some characters of the file are damaged."))
        return reading

    def _workbook(self, source: Input, blank: Reading) -> list[Reading]:
        blank = replace(blank, sha256=texts.hash_of(source))
        known: list[Reading] = []
        unknown: list[Reading] = []
        for name, rows in spreadsheets.sheets(source):
            taken, head = _peek(rows)
            if not head:
                continue
            header = self._header(source, head)
            sheet = replace(blank, sheet=name)
            if header is None:
                unknown.append(self._unknown(sheet, head))
            else:
                known.append(self._table(sheet, header, self._watched(source, chain(taken, rows))))
        if not known:
            empty = _nothing_in(source)
            return unknown[:1] or [replace(blank, problem=empty)]
        if unknown:
            left = ", ".join(str(reading.sheet) for reading in unknown)
            known[0] = replace(
                known[0], notes=(*known[0].notes, f"Sheets that are no known export were left out: {left}.")
            )
        return known

    # --- one table --------------------------------------------------------------------------------------------------

    def _header(self, source: Input, head: list[tuple[int, list[str]]]) -> Header | None:
        """By the named profile where it fits, else by content, the user's own layouts first."""
        named = self._named()
        if named is not None:
            header = detect.find_header((named,), head, source.stem, forced=True)
            if header is not None:
                return header
        found = [detect.find_header((own,), head) for own in self.options.profiles]
        fitting = [header for header in found if header is not None]
        if fitting:
            return max(fitting, key=lambda header: header.match.found)
        return detect.find_header(PROFILES, head, source.stem)

    def _named(self) -> Profile | None:
        """The profile that the user asked for; his own before a shipped one of the same name."""
        own = (profile for profile in self.options.profiles if profile.name == self.options.profile)
        return next(own, BY_NAME.get(self.options.profile or ""))

    def _misnamed(self, profile: Profile) -> tuple[str, ...]:
        """A word for the user whose profile did not fit."""
        named = self.options.profile
        if named is None or profile.name == named:
            return ()
        return (f"The profile {named} does not fit it; it was read as {profile.name}.",)

    def _table(self, blank: Reading, header: Header, rows: Rows | Blocks, delimiter: str = "") -> Reading:
        match = header.match
        undated = self._undated(blank, header)
        if undated is not None:
            return undated
        spool = self.spool()
        above: list[tuple[int, list[str]]] = []
        reader: TableReader | None = None
        titles: tuple[str, ...] = ()
        seen = 0
        for lines, records in rows:
            if reader is None:
                cut = header.at - seen
                if cut >= len(records):
                    above.extend(zip(lines, records, strict=True))
                    seen += len(records)
                    continue
                above.extend(zip(lines[:cut], records[:cut], strict=True))
                titles = tuple(" ".join(cell.strip() for cell in cells if cell.strip()) for _line, cells in above)
                options = replace(self.options, file=blank.file)
                cells = self.options.corrections.get((blank.sha256, blank.sheet))
                reader = TableReader(header, options, self.zone, spool, titles, delimiter, cells)
                lines, records = lines[cut + 1 :], records[cut + 1 :]
            if records:
                reader.take(lines, records)
        if reader is None:
            raise UserError(f"{blank.file} changed while it was read.", "Import it again.")
        reader.finish()
        titled = tuple(Skipped(line, detect.TITLE) for line, cells in above if not detect.is_blank(cells))
        return replace(
            blank,
            profile=match.profile.name,
            table=match.profile.table,
            header_line=header.line,
            headings=header.cells,
            mapping=mapping_of(match, header.cells),
            samples=tuple(reader.samples),
            rows=reader.rows,
            skipped=(*titled, *reader.skipped),
            rejects=tuple(reader.rejects),
            rejected_rows=reader.rejected_rows,
            merged=reader.merged,
            shaped=reader.shaped,
            file_total=reader.file_total,
            our_total=reader.our_total,
            notes=(*self._misnamed(match.profile), *reader.notes),
            spool=spool,
            rejected_cells=reader.rejected_cells,
            mended=reader.mended,
            revision=match.profile.revision,
            claims=claims.of(titles, blank.file),
        )

    def _undated(self, blank: Reading, header: Header) -> Reading | None:
        """A file without dates needs a period; without one it is known, but not readable."""
        profile, columns = header.match.profile, header.match.columns
        dated = any(columns[profile.positions[name]] is not None for name in profile.undated)
        if not profile.undated or dated or self.options.period is not None:
            return None
        problem = UserError(
            f"{blank.file} has no dates.", "Say which period it covers, for example --period 2026-03-02..2026-03-08."
        )
        return replace(
            blank,
            profile=profile.name,
            table=profile.table,
            header_line=header.line,
            headings=header.cells,
            mapping=mapping_of(header.match, header.cells),
            problem=problem,
            needs_period=True,
        )

    def _unknown(self, blank: Reading, head: list[tuple[int, list[str]]]) -> Reading:
        """No layout fits: show what is there, and what the nearest layout lacks."""
        line, headings = detect.widest(head)
        samples = tuple((at, tuple(cells)) for at, cells in head if at > line and not detect.is_blank(cells))[:SAMPLES]
        where = blank.file if blank.sheet is None else f"{blank.file}, sheet {blank.sheet}"
        named = self._named()
        near = nearest((named,) if named is not None else PROFILES, headings)
        hint = "Say on the import page what its columns are, or name its profile."
        if near is not None and near.missing:
            hint = (
                f"The nearest layout is {near.profile.name}, but these columns are missing: {', '.join(near.missing)}."
            )
        return replace(
            blank,
            header_line=line,
            headings=headings,
            mapping=tuple((heading, None) for heading in headings if heading),
            samples=samples,
            problem=UserError(f"{where} is not recognised.", hint),
        )

    def _watched(self, source: Input, rows: Rows) -> Rows:
        """Says between chunks that it goes on, so that it can be cancelled; how far it is, nobody knows."""
        for chunk in rows:
            self.progress.report(0, 0, f"Reading {source.name}")
            yield chunk

    def _meter(self, source: Input, size: int) -> texts.Meter:
        return lambda done: self.progress.report(min(done, size), size, f"Reading {source.name}")


def _nothing_in(source: Input) -> UserError:
    if source.suffix in FORM_SUFFIXES:
        return UserError(
            f"{source.name} is no self-report form of Producer Desk.",
            "Of PDFs only these can be read; export the report as XLSX or CSV.",
        )
    return UserError(f"{source.name} holds no rows.", "Export it again.")


def _peek(rows: Rows) -> tuple[list[tuple[list[int], list[list[str]]]], list[tuple[int, list[str]]]]:
    """The first chunks, until enough non-blank rows are seen, and those rows as the head."""
    taken: list[tuple[list[int], list[list[str]]]] = []
    head: list[tuple[int, list[str]]] = []
    for lines, records in rows:
        taken.append((lines, [list(record) for record in records]))
        head.extend(zip(lines, records, strict=True))
        if sum(1 for _line, record in head if not detect.is_blank(record)) >= _HEAD:
            break
    return taken, head if any(not detect.is_blank(record) for _line, record in head) else []


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UserError(f"There is no time zone {name}.", "Names are such as America/New_York.") from error
