"""Tallies of what everybody did in windows of days: one pass over the day cells, however many windows are asked for.

Days that are over at `as_of` come from the roll-up; when `as_of` falls within a day, that day's activities are counted
from the records themselves. Must not know what is made of the tallies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.core import periods
from desktop.core.periods import Period
from desktop.core.production import ACTIVITIES, NOTHING, SUMMED, Tally, total
from desktop.models.rollups import AUTOMATIC, COUNTED

if TYPE_CHECKING:
    from desktop.models.book import Book

_DAY = timedelta(days=1)
_WIDTH = len(SUMMED)
_COLUMNS = (*SUMMED, *(f"{name}_auto" for name in SUMMED))
_RESULTS = tuple(name for name in SUMMED if name not in ACTIVITIES)


@dataclass(frozen=True, slots=True)
class Window:
    """Days to be tallied, as they were known at `as_of`."""

    period: Period
    as_of: datetime

    @property
    def whole_days(self) -> Period | None:
        """The window's days that were over at `as_of`, None when none was."""
        end = min(self.period.end, periods.last_whole_day(self.as_of))
        return Period(self.period.start, end) if end >= self.period.start else None

    @property
    def broken_day(self) -> date | None:
        """The window's day within which `as_of` falls, None when it ends on a day's end or outside."""
        day = self.as_of.date()
        return day if self.period.contains(day) and periods.last_whole_day(self.as_of) < day else None


@dataclass(frozen=True, slots=True)
class Tallies:
    """Of one window: everybody's tally and the automatic part of it, by producer id; None = unassigned."""

    whole: dict[int | None, Tally]
    automatic: dict[int | None, Tally]

    def of(self, producer: int | None) -> Tally:
        """A producer's tally, empty when there is nothing; None = unassigned."""
        return self.whole.get(producer, NOTHING)

    def automatic_of(self, producer: int | None) -> Tally:
        """The part of it that was tracked automatically."""
        return self.automatic.get(producer, NOTHING)

    def agency(self) -> Tally:
        """The sum over all, unassigned included."""
        return total(self.whole.values())

    def agency_automatic(self) -> Tally:
        """The automatic part of the agency's."""
        return total(self.automatic.values())


_Sums = dict[int | None, list[int]]


def tallies(book: Book, windows: Sequence[Window]) -> list[Tallies]:
    """The tallies of each window, in the order asked for (metrics.md 2, counts by producer over a period)."""
    sums: list[_Sums] = [{} for _ in windows]
    spans = [window.whole_days for window in windows]
    segments = _segments(span for span in spans if span is not None)
    for at, producer, row in _segment_rows(book, segments):
        for number, span in enumerate(spans):
            if span is not None and span.contains(segments[at].start):
                _add(sums[number], producer, row)
    for as_of in sorted({window.as_of for window in windows if window.broken_day is not None}):
        rows = list(_broken_day_rows(book, as_of))
        for number, window in enumerate(windows):
            if window.broken_day is not None and window.as_of == as_of:
                for producer, row in rows:
                    _add(sums[number], producer, row)
    return [
        Tallies(
            {producer: Tally(*row[:_WIDTH]) for producer, row in found.items()},
            {producer: Tally(*row[_WIDTH:]) for producer, row in found.items()},
        )
        for found in sums
    ]


def _add(sums: _Sums, producer: int | None, row: Sequence[int]) -> None:
    known = sums.get(producer)
    sums[producer] = list(row) if known is None else [one + other for one, other in zip(known, row, strict=True)]


def _segments(spans: Iterable[Period]) -> list[Period]:
    """The days of all spans, cut wherever one of them begins or ends: each span is a union of segments."""
    found = list(spans)
    cuts = sorted({span.start for span in found} | {span.end + _DAY for span in found})
    segments = [Period(start, after - _DAY) for start, after in pairwise(cuts)]
    return [segment for segment in segments if any(span.contains(segment.start) for span in found)]


def _segment_rows(book: Book, segments: Sequence[Period]) -> Iterable[tuple[int, int | None, Sequence[int]]]:
    if not segments:
        return
    places = ",".join("(?,?,?)" for _ in segments)
    values = [value for at, s in enumerate(segments) for value in (at, s.start.isoformat(), s.end.isoformat())]
    listed = ",".join(f"sum(d.{name})" for name in _COLUMNS)
    rows = book.connection.execute(
        f"WITH segment (number, start, stop) AS (VALUES {places})"
        f" SELECT g.number, d.alias, {listed} FROM segment g CROSS JOIN day_cell d"
        " ON d.day >= g.start AND d.day <= g.stop GROUP BY g.number, d.alias",
        values,
    )
    owners = producers_of_aliases(book)
    for row in rows:
        yield row[0], owners.get(row[1]), row[2:]


def producers_of_aliases(book: Book) -> dict[int, int | None]:
    """Every name's producer, None for a name that means nobody of ours."""
    return dict(book.connection.execute("SELECT id, producer FROM alias").fetchall())


# --- the day within which as_of falls ---------------------------------------------------------------------------------


def _broken_day_rows(book: Book, as_of: datetime) -> Iterable[tuple[int | None, Sequence[int]]]:
    """Activities of the day up to `as_of` from the records, results (which carry no time of day) from the cells."""
    day = as_of.date().isoformat()
    owners = producers_of_aliases(book)
    for row in book.connection.execute(f"SELECT {_activity_sums()} GROUP BY x.producer", (day, as_of.isoformat())):
        yield owners.get(row[0]), row[1:]
    nothing = ",".join("0" if name.removesuffix("_auto") in ACTIVITIES else f"d.{name}" for name in _COLUMNS)
    for row in book.connection.execute(f"SELECT d.alias, {nothing} FROM day_cell d WHERE d.day = ?", (day,)):
        yield owners.get(row[0]), row[1:]


def _activity_sums() -> str:
    sums = []
    for name in _COLUMNS:
        metric = name.removesuffix("_auto")
        if metric in _RESULTS:
            sums.append("0")
            continue
        condition = COUNTED[metric] if name == metric else f"{COUNTED[metric]} AND {AUTOMATIC}"
        sums.append(f"sum(CASE WHEN {condition} THEN coalesce(x.count,1) ELSE 0 END)")
    return f"x.producer, {','.join(sums)} FROM activity x WHERE x.occurred_at >= ? AND x.occurred_at <= ?"
