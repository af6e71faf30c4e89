"""The records behind the dashboard's counts, each with the file and line it came from.

The same conditions as the roll-ups count by, row by row. Must not know which metric asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.core.periods import Period
from desktop.core.pipeline import LOST, WON
from desktop.models.facts_pipeline import BOUND_PREMIUM, COUNTED_LEAD, LAST_OUTCOMES, OPEN_STAYS, OWNER, moments
from desktop.models.rollups import COUNTED
from desktop.models.subjects import LEAD_NAME, OF_LEAD

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record came from: file, sheet and line of an import, or the moment at which it was typed."""

    file: str | None
    sheet: str | None
    line: int | None
    entered: str | None


@dataclass(frozen=True, slots=True)
class FactRecord:
    """One record: stored key, day or moment, whose it is (name as known, code), what it is about, and its amounts."""

    key: str
    at: str
    producer: str | None
    producer_name: str | None
    subject: str
    detail: str
    origin: Origin
    count: int = 1
    premium: int = 0
    commission: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records: everybody's, one producer's by id, or (with `unassigned`) nobody's."""

    producer: int | None = None
    unassigned: bool = False

    def condition(self) -> str:
        """The condition on alias `a` that a statement adds."""
        if self.unassigned:
            return " AND a.producer IS NULL"
        return "" if self.producer is None else " AND a.producer = :producer"

    def values(self) -> dict[str, int | None]:
        """The named values of the condition."""
        return {"producer": self.producer}


_FROM_WHERE = "f.name, f.sheet, x.line, CASE WHEN x.file IS NULL THEN x.entered_at END"
_NAMES = "g.producer_code, coalesce(g.name, a.text)"
_JOINS = "LEFT JOIN producer g ON g.id = a.producer LEFT JOIN import_file f ON f.id = x.file"


def activities(book: Book, metric: str, period: Period, as_of: datetime, scope: Scope) -> list[FactRecord]:
    """The activities that count for one of the six activity metrics, in order of time."""
    rows = book.connection.execute(
        f"SELECT x.key, x.occurred_at, {_NAMES}, coalesce(x.client, {OF_LEAD}, ''), coalesce(x.outcome, x.kind),"
        f" {_FROM_WHERE}, coalesce(x.count, 1) FROM activity x LEFT JOIN alias a ON a.id = x.producer {_JOINS}"
        f" WHERE x.occurred_at >= :start AND x.occurred_at <= :stop AND ({COUNTED[metric]})"
        f"{scope.condition()} ORDER BY x.occurred_at, x.id",
        moments(period, as_of) | scope.values(),
    )
    return [_record(row[:10], count=row[10]) for row in rows]


def quotes(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[FactRecord]:
    """Quotes delivered; `count` is 1 on the first of a producer's quotes on a lead and day, 0 on the others."""
    whose = "CASE WHEN a.producer IS NULL THEN -coalesce(x.producer,0) ELSE a.producer END"
    rows = book.connection.execute(
        f"SELECT x.key, x.delivered_on, {_NAMES}, coalesce(x.client, {OF_LEAD}, ''), coalesce(x.carrier, ''),"
        f" {_FROM_WHERE}, CASE WHEN x.lead_id IS NULL THEN 1 ELSE"
        f" row_number() OVER (PARTITION BY {whose}, x.lead_id, x.delivered_on ORDER BY x.id) END, coalesce(x.premium,0)"
        f" FROM quote x LEFT JOIN alias a ON a.id = x.producer {_JOINS}"
        f" WHERE x.delivered_on >= :start AND x.delivered_on <= :last{scope.condition()} ORDER BY x.delivered_on, x.id",
        _days(period, as_of) | scope.values(),
    )
    return [_record(row[:10], count=int(row[10] == 1), premium=row[11]) for row in rows]


def policies(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[FactRecord]:
    """New policies bound, one per policy: `count` 1 where the scope has the first named, amounts after its shares."""
    rows = book.connection.execute(
        f"SELECT x.key, x.bound_on, {_NAMES}, x.client, x.policy_number, {_FROM_WHERE},"
        " n.counted, n.premium, n.commission FROM production n JOIN policy x ON x.id = n.policy"
        f" LEFT JOIN alias a ON a.id = n.alias {_JOINS}"
        f" WHERE n.\"transaction\" = 'new' AND n.day >= :start AND n.day <= :last{scope.condition()}"
        ' ORDER BY n.day, n.policy, n."position"',
        _days(period, as_of) | scope.values(),
    )
    found: dict[str, FactRecord] = {}
    for row in rows:
        one = _record(row[:10], count=row[10], premium=row[11], commission=row[12])
        known = found.get(one.key)
        found[one.key] = one if known is None else _joined(known, one)
    return list(found.values())


def policies_by_line(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[tuple[str, int, int]]:
    """Line as spelled, number and premium in cents of the new policies bound, shares as in `policies`."""
    rows = book.connection.execute(
        "SELECT x.insurance_line, sum(n.counted), sum(n.premium) FROM production n JOIN policy x ON x.id = n.policy"
        " LEFT JOIN alias a ON a.id = n.alias"
        f" WHERE n.\"transaction\" = 'new' AND n.day >= :start AND n.day <= :last{scope.condition()} GROUP BY 1",
        _days(period, as_of) | scope.values(),
    )
    return [(line, policies, premium) for line, policies, premium in rows]


def _joined(first: FactRecord, second: FactRecord) -> FactRecord:
    """Two shares of one policy as one record, named after the first."""
    return FactRecord(
        first.key, first.at, first.producer, first.producer_name, first.subject, first.detail, first.origin,
        first.count + second.count, first.premium + second.premium, first.commission + second.commission,
    )  # fmt: skip


def leads_in_stage(book: Book, stage: str, period: Period, as_of: datetime, scope: Scope) -> list[FactRecord]:
    """Leads behind one stage of the pipeline: open ones at `as_of`, or won or lost ones of the period."""
    stays = LAST_OUTCOMES if stage in (WON, LOST) else OPEN_STAYS
    premium = BOUND_PREMIUM if stage == WON else "coalesce(x.estimated_premium,0)"
    lead = COUNTED_LEAD.replace(" l ", " x ").replace("l.", "x.")
    rows = book.connection.execute(
        f"SELECT x.key, s.entered_at, {_NAMES}, {LEAD_NAME}, s.given, {_FROM_WHERE}, {premium}"
        f" FROM ({stays}) s {lead} {OWNER} {_JOINS} WHERE s.stage = :stage{scope.condition()}"
        " ORDER BY s.entered_at, s.lead_id",
        moments(period, as_of) | scope.values() | {"stage": stage},
    )
    return [_record(row[:10], premium=row[10]) for row in rows]


def _days(period: Period, as_of: datetime) -> dict[str, Any]:
    return {"start": period.start.isoformat(), "last": min(period.end, as_of.date()).isoformat()}


def _record(row: tuple[Any, ...], count: int = 1, premium: int = 0, commission: int = 0) -> FactRecord:
    key, at, code, name, subject, detail, file, sheet, line, entered = row
    return FactRecord(
        key, at, code, name, subject, detail, Origin(file, sheet, line, entered), count, premium, commission
    )


# --- one record -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One row as it stands, by the table's columns; names as the files spell them; extra columns as notes."""

    row_id: int
    values: Mapping[str, Any]
    extra: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One entry of a record's history: when, who, in which action, and one field before and after (JSON).

    An empty `column` is the whole record, come or gone. `file` and `line` name where an imported value stood.
    """

    at: str
    who: str
    label: str
    column: str
    before: str | None
    after: str | None
    file: str | None
    sheet: str | None
    line: int | None


def stored_record(book: Book, table: str, columns: tuple[str, ...], key: str) -> StoredRecord | None:
    """The row of a book's table with that stored key, None when there is none."""
    listed = ",".join(f'x."{column}"' for column in columns)
    row = book.connection.execute(
        f'SELECT x.id, x.extra, f.name, f.sheet, x."line", x.entered_at, {listed} FROM "{table}" x'
        " LEFT JOIN import_file f ON f.id = x.file WHERE x.key = ?",
        (key,),
    ).fetchone()
    if row is None:
        return None
    return StoredRecord(row[0], dict(zip(columns, row[6:], strict=True)), row[1], Origin(*row[2:6]))


def typed_fields(book: Book, table: str, row_id: int) -> dict[str, str]:
    """The fields of a row that were typed, with the moment of typing."""
    rows = book.connection.execute(
        'SELECT "column", at FROM typed_field WHERE "table" = ? AND row_id = ?', (table, row_id)
    )
    return dict(rows.fetchall())


def history(book: Book, table: str, row_id: int) -> list[FieldChange]:
    """Everything that changed a row, newest first."""
    rows = book.connection.execute(
        'SELECT n.at, n.who, n.label, c."column", c.before, c.after, f.name, f.sheet, c."line" FROM change c'
        " JOIN action n ON n.id = c.action LEFT JOIN import_file f ON f.id = c.file"
        ' WHERE c."table" = ? AND c.row_id = ? ORDER BY c.id DESC',
        (table, row_id),
    )
    return [FieldChange(*row) for row in rows]


def names_of_aliases(book: Book) -> dict[int, str]:
    """Every name as the files spell it."""
    return dict(book.connection.execute("SELECT id, text FROM alias").fetchall())
