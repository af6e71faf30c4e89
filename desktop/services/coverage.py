"""The calendar of coverage: records per kind and ISO week, the files they came from, and which report fills a gap.

Knows no widget; the states of weeks are `core.coverage`'s.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core import coverage as rules
from desktop.core import periods
from desktop.core.actives import Actives
from desktop.core.coverage import State
from desktop.core.periods import Period
from desktop.models import coverage
from desktop.models.coverage import FileNote
from desktop.services import stated
from desktop.services.stated import Comparison

if TYPE_CHECKING:
    from desktop.importers import ReportHint
    from desktop.models.book import Book

SPANS = (26, 52)
"""Weeks that can be asked for."""

TYPED = ""
"""In place of a file's name: typed by hand."""

# A report's hint is a sentence of what it gives; a kind is among it when the sentence names it.
_WORDS = {
    "calls": ("call", "activit"),
    "emails": ("e-mail", "email", "activit"),
    "texts": ("text", "activit"),
    "meetings": ("meeting", "appointment", "activit"),
    "referrals": ("referral", "activit"),
    "coi": ("centers of influence", "coi", "activit"),
    "quotes": ("quote", "opportunit"),
    "policies": ("polic", "new business"),
    "leads": ("lead", "opportunit", "deal"),
    "stages": ("stage", "pipeline", "opportunit"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """A file that brought records to a week: name (`TYPED` for none), profile, import's number and day, records."""

    name: str
    profile: str
    run: int | None
    on: date | None
    records: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind in one week; `origins` most records first."""

    kind: str
    week: Period
    records: int
    state: State
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind over all weeks."""

    kind: str
    cells: tuple[Cell, ...]

    @property
    def records(self) -> int:
        """Records over all weeks shown."""
        return sum(cell.records for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Gap:
    """Neighbouring weeks without records of a kind; `cell` is the first of them."""

    kind: str
    days: Period
    weeks: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Calendar:
    """The weeks shown, oldest first, and a row to each kind."""

    weeks: tuple[Period, ...]
    rows: tuple[KindRow, ...]

    @property
    def empty(self) -> bool:
        """Whether no kind has a record in any week."""
        return not any(row.records for row in self.rows)

    def gaps(self) -> list[Gap]:
        """All gaps, the newest first."""
        found = [
            Gap(row.kind, _days(row.cells[first], row.cells[last]), last - first + 1, row.cells[first])
            for row in self.rows
            for first, last in rules.gap_runs([cell.state for cell in row.cells])
        ]
        return sorted(found, key=lambda gap: gap.days.end, reverse=True)


def calendar(book: Book, today: date, weeks: int) -> Calendar:
    """Coverage of the `weeks` ISO weeks up to the one of `today`: records by kind, with the files they came from."""
    running = periods.week_of(today)
    shown = tuple(periods.shift_weeks(running, number - weeks + 1) for number in range(weeks))
    by_file: dict[tuple[str, Period], Counter[int | None]] = defaultdict(Counter)
    for one in coverage.day_counts(book, Period(shown[0].start, shown[-1].end)):
        by_file[one.kind, periods.week_of(one.day)][one.file] += one.records
    notes = coverage.files(book, [file for found in by_file.values() for file in found if file is not None])
    counts: dict[str, dict[Period, int]] = defaultdict(dict)
    for (kind, week), found in by_file.items():
        counts[kind][week] = found.total()
    states = rules.states(shown, counts, coverage.KINDS, running)
    rows = tuple(
        KindRow(
            kind,
            tuple(
                Cell(kind, week, counts[kind].get(week, 0), state, _origins(by_file.get((kind, week)), notes))
                for week, state in zip(shown, states[kind], strict=True)
            ),
        )
        for kind in coverage.KINDS
    )
    return Calendar(shown, rows)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the calendar: totals that systems state, and layouts that brought only active policies."""

    stated: tuple[Comparison, ...]
    active_only: tuple[str, ...]


def beside(book: Book, now: datetime) -> Beside:
    """Stated totals beside ours as known at `now`, and profiles whose lists cannot show retention."""
    found: dict[str, Actives] = {}
    for profile, number, effective, expires, ended, snapshot in coverage.policy_terms(book):
        actives = found.setdefault(profile, Actives(now.date()))
        actives.look_at(number, effective, expires, ended, snapshot=snapshot)
    return Beside(stated.comparisons(book, now), tuple(sorted(name for name, one in found.items() if one.alone)))


def _days(first: Cell, last: Cell) -> Period:
    return Period(first.week.start, last.week.end)


def _origins(found: Counter[int | None] | None, notes: dict[int, FileNote]) -> tuple[Origin, ...]:
    ranked = (found or Counter()).most_common()
    return tuple(_origin(None if file is None else notes.get(file), many) for file, many in ranked)


def _origin(note: FileNote | None, records: int) -> Origin:
    if note is None:
        return Origin(TYPED, "", None, None, records)
    return Origin(note.name, note.profile, note.run, date.fromisoformat(note.at[:10]), records)


def reports_for(kind: str) -> tuple[ReportHint, ...]:
    """The reports that bring records of a kind, by what their hints say they give; the program's own templates last."""
    from desktop import importers

    words = _WORDS[kind]
    hints = importers.report_hints()
    named = [hint for hint in hints if any(word in hint.gives.casefold() for word in words)]
    return tuple([hint for hint in named if hint is not hints[-1]] + [hints[-1]])
