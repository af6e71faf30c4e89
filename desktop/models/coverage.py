"""Records of each kind by day and file, for the calendar of coverage. Must not know what a gap is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.core.periods import Period

if TYPE_CHECKING:
    from desktop.models.book import Book

ACTIVITIES = {
    "call": "calls",
    "email": "emails",
    "text": "texts",
    "meeting_set": "meetings",
    "meeting_held": "meetings",
    "referral_ask": "referrals",
    "coi_contact": "coi",
}
_DATED = {
    "quotes": ("quote", "delivered_on"),
    "policies": ("policy", "bound_on"),
    "leads": ("lead", "received_at"),
    "stages": ("stage", "entered_at"),
}
KINDS: tuple[str, ...] = (*dict.fromkeys(ACTIVITIES.values()), *_DATED)


@dataclass(frozen=True, slots=True)
class DayCount:
    """Records of one kind on one day from one file (None: typed)."""

    kind: str
    day: date
    file: int | None
    records: int


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file of an import: its name, profile, and the import with its moment."""

    file: int
    name: str
    profile: str
    run: int
    at: str


def day_counts(book: Book, period: Period) -> list[DayCount]:
    """Records by kind, day and file over a period. A total that stands for many calls is one record."""
    bounds = (period.start.isoformat(), (period.end + timedelta(days=1)).isoformat())
    rows = book.connection.execute(
        "SELECT kind, substr(occurred_at,1,10), file, count(*) FROM activity"
        " WHERE occurred_at >= ? AND occurred_at < ? GROUP BY 1, 2, 3",
        bounds,
    )
    found = [
        DayCount(ACTIVITIES[kind], date.fromisoformat(day), file, records)
        for kind, day, file, records in rows
        if kind in ACTIVITIES
    ]
    for kind, (table, column) in _DATED.items():
        rows = book.connection.execute(
            f"SELECT substr({column},1,10), file, count(*) FROM {table}"
            f" WHERE {column} >= ? AND {column} < ? GROUP BY 1, 2",
            bounds,
        )
        found += [DayCount(kind, date.fromisoformat(day), file, records) for day, file, records in rows]
    return found


def files(book: Book, numbers: Sequence[int]) -> dict[int, FileNote]:
    """The files of these numbers."""
    wanted = set(numbers)
    rows = book.connection.execute(
        "SELECT f.id, f.name, f.profile, r.id, r.at FROM import_file f JOIN import_run r ON r.id = f.import_run"
    )
    return {row[0]: FileNote(*row) for row in rows if row[0] in wanted}


def policy_terms(book: Book) -> Iterator[tuple[str, str, str, str | None, str | None, bool]]:
    """Every imported term: the profile it came with, its policy number and days, and whether it is of a list."""
    rows = book.connection.execute(
        "SELECT f.profile, x.policy_number, x.effective_on, x.expires_on, x.ended_on, x.snapshot FROM policy x"
        " JOIN import_file f ON f.id = x.file"
    )
    for profile, number, effective, expires, ended, snapshot in rows:
        yield profile, number, effective, expires, ended, bool(snapshot)
