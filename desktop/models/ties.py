"""Which rows files have in common, told from whose they are and where else they were seen.

Knows records by number; what an overlap means is said elsewhere. Read-only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from desktop.models.storage import STORAGES

if TYPE_CHECKING:
    from desktop.models.book import Book

_AT_ONCE = 5_000
_CHANGED = 1 << 7
_NEVER = "9999-12-31"
_DAYS = {
    "activities": "substr(x.occurred_at,1,10)",
    "quotes": "x.delivered_on",
    "policies": "x.bound_on",
    "leads": "substr(x.received_at,1,10)",
    "stages": "substr(x.entered_at,1,10)",
}
_WORDS = {
    "activities": ("x.kind || coalesce(' · ' || coalesce(x.client, x.lead_id, x.phone), '')", "NULL"),
    "quotes": (
        "coalesce(x.client, x.lead_id, x.quote_id, 'quote') || coalesce(' · ' || x.insurance_line, '')",
        "x.premium",
    ),
    "policies": ("x.policy_number || ' · ' || x.client", "x.annual_premium"),
    "leads": ("x.lead_id || coalesce(' · ' || coalesce(x.business_name, x.last_name), '')", "x.estimated_premium"),
    "stages": ("coalesce(x.lead_id, x.policy_number, '') || ' · ' || x.stage", "NULL"),
}
DATED: frozenset[str] = frozenset(_DAYS)
"""Tables whose records have a day, and whose files can therefore be compared over a period."""


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file of an import that stands: its number, name and profile, the import's number and moment."""

    file: int
    name: str
    profile: str
    run: int
    at: str


@dataclass(frozen=True, slots=True)
class Described:
    """A record in words: what it is, its day, its premium in cents where it has one, its line in its own file."""

    what: str
    day: str
    premium: int | None
    line: int | None


def earlier_files(book: Book, run: int, table: str, limit: int) -> list[EarlierFile]:
    """Files of standing imports before `run` that went to `table`, newest first; each name and content once."""
    rows = book.connection.execute(
        "SELECT max(f.id), f.name, f.profile, r.id, r.at FROM import_file f JOIN import_run r ON r.id = f.import_run"
        " WHERE r.id < ? AND r.undone_at IS NULL AND f.\"table\" = ? AND f.sha256 <> '' GROUP BY f.sha256, f.sheet"
        " ORDER BY 1 DESC LIMIT ?",
        (run, table, limit),
    )
    return [EarlierFile(*row) for row in rows]


def same_content(book: Book, run: int, sha256: str, sheet: str | None) -> EarlierFile | None:
    """The file of a standing import before `run` with the very same bytes, the oldest of them."""
    row = book.connection.execute(
        "SELECT f.id, f.name, f.profile, r.id, r.at FROM import_file f JOIN import_run r ON r.id = f.import_run"
        " WHERE r.id < ? AND r.undone_at IS NULL AND f.sha256 = ? AND f.sheet IS ? ORDER BY f.id LIMIT 1",
        (run, sha256, sheet),
    ).fetchone()
    return None if row is None else EarlierFile(*row)


@dataclass(frozen=True, slots=True)
class Holdings:
    """Which of some files hold each record, whosever it is: a byte a record, a bit for each file, the first's lowest.

    `first`, `last`: the days of the first file's records.
    """

    marks: bytearray
    first: str
    last: str

    def note_changed(self, records: Iterable[int]) -> None:
        """The first file changed these records."""
        for record in records:
            if record < len(self.marks):
                self.marks[record] |= _CHANGED

    def shared(self, at: int) -> tuple[int, int]:
        """How many records the first file and the file `at` both hold: unchanged, changed."""
        wanted = 1 | 1 << at
        both = [mark for mark in range(256) if mark & wanted == wanted]
        return (
            sum(self.marks.count(mark) for mark in both if not mark & _CHANGED),
            sum(self.marks.count(mark) for mark in both if mark & _CHANGED),
        )

    def both(self, at: int) -> Iterator[int]:
        """The records that the first file and the file `at` both hold, in order."""
        wanted = 1 | 1 << at
        return (record for record, mark in enumerate(self.marks) if mark & wanted == wanted)

    def gone(self, at: int) -> Iterator[int]:
        """The records of the file `at` that the first one does not hold, in order."""
        wanted = 1 << at
        return (record for record, mark in enumerate(self.marks) if mark & (wanted | 1) == wanted)


def holdings(book: Book, table: str, files: Sequence[int]) -> Holdings:
    """The records of `table` that each of these files holds; seven files at most."""
    name, day = STORAGES[table].table, _DAYS[table]
    (size,) = book.connection.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{name}"').fetchone()
    held, bits, first, last = bytearray(size), {file: 1 << at for at, file in enumerate(files)}, _NEVER, ""
    marks = ",".join("?" * len(files))
    own = f'SELECT x.id, x.file, {day} FROM "{name}" x WHERE x.file IN ({marks})'
    seen = (
        f'SELECT x.id, s.file, {day} FROM sighting s JOIN "{name}" x ON x.id = s.row_id'
        f' WHERE s."table" = ? AND s.file IN ({marks})'
    )
    for sql, asked in ((own, files), (seen, (name, *files))):
        for record, file, on in book.connection.execute(sql, asked):
            held[record] |= bits[file]
            if file == files[0]:
                first, last = min(first, on), max(last, on)
    return Holdings(held, first, last)


def within(book: Book, table: str, records: Iterator[int], first: str, last: str) -> list[int]:
    """Those of the records whose day is one of the days from `first` to `last`, in order."""
    name, day = STORAGES[table].table, _DAYS[table]
    found: list[int] = []
    while part := list(islice(records, _AT_ONCE)):
        marks = ",".join("?" * len(part))
        sql = f'SELECT x.id FROM "{name}" x WHERE x.id IN ({marks}) AND {day} BETWEEN ? AND ? ORDER BY 1'
        found += (row[0] for row in book.connection.execute(sql, (*part, first, last)))
    return found


def changed_by(book: Book, run: int, table: str) -> set[int]:
    """The records of `table` of which an import changed a field."""
    rows = book.connection.execute(
        "SELECT DISTINCT c.row_id FROM change c JOIN action a ON a.id = c.action"
        ' WHERE a.import_run = ? AND a.undoes IS NULL AND c."table" = ? AND c."column" <> \'\'',
        (run, STORAGES[table].table),
    )
    return {row[0] for row in rows}


def are_snapshots(book: Book, policies: Iterable[int]) -> bool:
    """Whether any of these policies comes from a list of all that there is, not of what happened."""
    part = list(islice(policies, _AT_ONCE))
    marks = ",".join("?" * len(part)) or "NULL"
    row = book.connection.execute(f"SELECT 1 FROM policy WHERE snapshot = 1 AND id IN ({marks}) LIMIT 1", part)
    return row.fetchone() is not None


def describe(book: Book, table: str, records: Sequence[int]) -> list[Described]:
    """Records in words, by day; at most some thousands may be asked for."""
    (what, premium), day = _WORDS[table], _DAYS[table]
    part = records[:_AT_ONCE]
    marks = ",".join("?" * len(part)) or "NULL"
    rows = book.connection.execute(
        f'SELECT {what}, {day}, {premium}, x."line" FROM "{STORAGES[table].table}" x WHERE x.id IN ({marks})'
        " ORDER BY 2, 1",
        part,
    )
    return [Described(*row) for row in rows]
