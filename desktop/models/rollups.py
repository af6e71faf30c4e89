"""Keeps the derived tables true: production, stays, ownership and the day cells that the dashboard reads.

Called inside the transaction that changed the rows below them, with what was touched; `rebuild` makes them all anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from desktop.core import shares
from desktop.core.stays import LeadStage, StageEntry, ownership_of, stays_of
from desktop.models.people import Aliases
from desktop.models.touched import Touched

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.models.tallies import ActivityTally

Fields = tuple[Any, ...]
"""A row as the database gives or takes it."""

Rates = Callable[[str | None, str], float | None]
"""(carrier, line) -> the agency's default commission rate for them, or None."""

STATED, RATE, DEFAULT, NONE = "stated", "rate", "default", "none"

AUTOMATIC = "self_reported IS NOT 1 AND file IS NOT NULL"
COUNTED: Mapping[str, str] = {
    "calls_made": "kind='call' AND coalesce(direction,'outbound')='outbound'",
    "emails_sent": "kind='email' AND coalesce(direction,'outbound')='outbound' AND bulk IS NOT 1",
    "meetings_set": "kind='meeting_set'",
    "meetings_held": "kind='meeting_held'",
    "referrals_asked": "kind='referral_ask'",
    "coi_contacts": "kind='coi_contact'",
}
"""Which activities count for which metric (metrics.md 2)."""

_MEASURES = (*COUNTED, "quotes", "policies_written", "new_premium", "new_commission")
_COLUMNS = [f"{name}{part}" for name in _MEASURES for part in ("", "_auto")]


def refresh(book: Book, touched: Touched, rates: Rates, aliases: Aliases | None = None) -> None:
    """Make anew exactly the derived rows that depend on what was touched; the days of what arrived join its days."""
    people = aliases or Aliases(book)
    if touched.leads:
        _refresh_leads(book, touched.leads)
    if touched.phones:
        _link_calls(book)
    policies = set(touched.policies)
    if touched.settings:
        policies.update(row[0] for row in book.database.execute_sql("SELECT id FROM policy").fetchall())
    touched.days.update(_refresh_production(book, policies, rates, people))
    _refresh_days(book, touched.days, touched.arrived)


def rebuild(book: Book, rates: Rates) -> None:
    """All derived tables from nothing."""
    connection = book.database.connection()
    for table in ("production", "stay", "ownership", "day_cell"):
        connection.execute(f'DELETE FROM "{table}"')
    everything = Touched(
        days={row[0] for row in connection.execute(_ALL_DAYS)},
        leads={row[0] for row in connection.execute("SELECT lead_id FROM lead")},
        policies={row[0] for row in connection.execute("SELECT id FROM policy")},
        phones=True,
    )
    refresh(book, everything, rates)


_ALL_DAYS = "SELECT DISTINCT substr(occurred_at,1,10) FROM activity UNION SELECT DISTINCT delivered_on FROM quote"


# --- calls to leads -------------------------------------------------------------------------------------------------


def _link_calls(book: Book) -> None:
    """A call goes to the lead with its number: an open one first, then the latest received (ams/README.md)."""
    connection = book.database.connection()
    open_calls = "FROM activity WHERE phone IS NOT NULL AND lead_id IS NULL"
    wanted = connection.execute(f"SELECT DISTINCT phone {open_calls}").fetchall()
    for (phone,) in wanted:
        row = connection.execute(
            "SELECT l.lead_id FROM lead l LEFT JOIN stay s ON s.lead_id=l.lead_id AND s.left_at IS NULL"
            " WHERE l.phone=? ORDER BY coalesce(s.stage IN ('won','lost'),0), l.received_at DESC, l.lead_id LIMIT 1",
            (phone,),
        ).fetchone()
        if row is not None:
            connection.execute(
                f"UPDATE activity SET lead_id=? WHERE id IN (SELECT id {open_calls} AND phone=?)", (*row, phone)
            )


# --- leads ----------------------------------------------------------------------------------------------------------


def _refresh_leads(book: Book, leads: Iterable[str]) -> None:
    connection = book.database.connection()
    _fill_temp(connection, "touched_lead", sorted(leads))
    for table in ("stay", "ownership"):
        connection.execute(f"DELETE FROM {table} WHERE lead_id IN (SELECT value FROM touched_lead)")
    chosen = "JOIN touched_lead t ON t.value="
    entries = _grouped(
        connection.execute(
            f"SELECT s.lead_id, s.stage, s.entered_at, s.id FROM stage s {chosen}s.lead_id"
            " WHERE s.pipeline='sales' ORDER BY s.lead_id, s.entered_at, s.id"
        )
    )
    changes = _grouped(
        connection.execute(
            f'SELECT o.lead_id, o."at", coalesce(o.producer,0) FROM owner o {chosen}o.lead_id'
            ' ORDER BY o.lead_id, o."at"'
        )
    )
    found = connection.execute(
        "SELECT l.lead_id, l.received_at, l.stage, l.stage_entered_at, coalesce(l.assigned_at, l.received_at),"
        f" coalesce(l.producer,0) FROM lead l {chosen}l.lead_id"
    ).fetchall()
    connection.executemany(
        'INSERT INTO stay (lead_id, "position", stage, given, rank, entered_at, left_at, dated, stage_row)'
        " VALUES (?,?,?,?,?,?,?,?,?)",
        _stay_rows(found, entries),
    )
    connection.executemany(
        'INSERT INTO ownership (lead_id, "position", alias, from_at, to_at) VALUES (?,?,?,?,?)',
        _span_rows(found, changes),
    )


def _stay_rows(found: Sequence[Fields], entries: Mapping[str, list[Fields]]) -> Iterator[Fields]:
    for lead_id, received_at, stage, stage_at, _assigned, _alias in found:
        rows = [StageEntry(name, at, row) for _lead, name, at, row in entries.get(lead_id, ())]
        for position, s in enumerate(stays_of(LeadStage(received_at, stage, stage_at), rows)):
            yield (lead_id, position, s.stage, s.given, s.rank, s.entered_at, s.left_at, s.dated, s.row)


def _span_rows(found: Sequence[Fields], changes: Mapping[str, list[Fields]]) -> Iterator[Fields]:
    for lead_id, _received, _stage, _stage_at, assigned_at, alias in found:
        dated = [(at, who) for _lead, at, who in changes.get(lead_id, ())]
        for position, span in enumerate(ownership_of(assigned_at, alias, dated)):
            yield (lead_id, position, span.alias, span.from_at, span.to_at)


def _grouped(rows: Iterable[Fields]) -> dict[str, list[Fields]]:
    return {key: list(group) for key, group in groupby(rows, key=itemgetter(0))}


# --- policies -------------------------------------------------------------------------------------------------------


def _refresh_production(book: Book, policies: set[int], rates: Rates, aliases: Aliases) -> set[str]:
    """Production rows of these terms; returns the days whose cells they leave or enter."""
    if not policies:
        return set()
    connection = book.database.connection()
    _fill_temp(connection, "touched_policy", sorted(policies))
    of_touched = "policy IN (SELECT value FROM touched_policy)"
    days = {row[0] for row in connection.execute(f"SELECT DISTINCT day FROM production WHERE {of_touched}")}
    connection.execute(f"DELETE FROM production WHERE {of_touched}")
    found = connection.execute(
        'SELECT id, producer, bound_on, "transaction", annual_premium, commission, commission_rate, carrier,'
        " insurance_line, shares FROM policy WHERE id IN (SELECT value FROM touched_policy)"
    ).fetchall()
    rows = [row for term in found for row in _production_rows(term, rates, aliases)]
    connection.executemany(
        'INSERT INTO production (policy, "position", alias, day, "transaction", counted, premium, commission, basis)'
        " VALUES (?,?,?,?,?,?,?,?,?)",
        rows,
    )
    return days | {row[3] for row in rows}


def _production_rows(term: Fields, rates: Rates, aliases: Aliases) -> list[Fields]:
    policy, producer, day, transaction, premium, stated, rate, carrier, line, text = term
    commission, basis = _commission(
        premium, stated, rate, rates(carrier, line) if stated is None and rate is None else None
    )
    named = (
        [(aliases.id_of(name), part) for name, part in shares.parse_shares(text)] if text else [(producer or 0, 1.0)]
    )
    fractions = [part for _alias, part in named]
    amounts = zip(named, shares.split(premium, fractions), shares.split(commission, fractions), strict=True)
    return [
        (policy, position, alias, day, transaction, int(position == 0), part_premium, part_commission, basis)
        for position, ((alias, _part), part_premium, part_commission) in enumerate(amounts)
    ]


def _commission(premium: int, stated: int | None, rate: float | None, default: float | None) -> tuple[int, str]:
    """Stated commission, else premium x rate, else the carrier's default for the line, else 0 (metrics.md 3)."""
    if stated is not None:
        return stated, STATED
    if rate is not None:
        return shares.commission_on(premium, rate), RATE
    if default is not None:
        return shares.commission_on(premium, default), DEFAULT
    return 0, NONE


# --- day cells ------------------------------------------------------------------------------------------------------


def _refresh_days(book: Book, days: set[str], arrived: ActivityTally | None) -> None:
    connection = book.database.connection()
    opened = _opened_days(connection, days, arrived) if arrived is not None and arrived.days else set()
    if not days and not opened:
        return
    _fill_temp(connection, "touched_day", sorted(days | opened))
    _fill_temp(connection, "counted_day", sorted(days))
    _fill_canonical(connection)
    connection.execute("DELETE FROM day_cell WHERE day IN (SELECT value FROM counted_day)")
    parts = [_activity_sql("counted_day"), _quote_sql("touched_day"), _production_sql("touched_day")]
    if arrived is not None and opened:
        _fill_temp(connection, "opened_day", sorted(opened))
        parts.append(_activity_sql("opened_day", f"{arrived.lie()} x ON x.occurred_at = t.value"))
    _add_cells(connection, parts)
    if arrived is not None:
        arrived.forget()
    days.update(opened)


def _opened_days(connection: Any, days: set[str], arrived: ActivityTally) -> set[str]:
    """The days of which the book knows nothing but what arrived; on others (added to `days`) all is counted anew."""
    _fill_temp(connection, "arrived_day", sorted(arrived.days))
    known = connection.execute("SELECT DISTINCT c.day FROM arrived_day a JOIN day_cell c ON c.day = a.value")
    days.update(row[0] for row in known)
    return arrived.days - days


def _add_cells(connection: Any, parts: Iterable[str]) -> None:
    listed = ",".join(_COLUMNS)
    added = ",".join(f"{name}={name}+excluded.{name}" for name in _COLUMNS)
    for part in parts:
        connection.execute(
            f"INSERT INTO day_cell (day, alias, {listed}) SELECT * FROM ({part}) WHERE true"
            f" ON CONFLICT (day, alias) DO UPDATE SET {added}"
        )


def _fill_canonical(connection: Any) -> None:
    """One name stands for all names of a producer, so that a lead quoted under two spellings is one quote."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS canonical (alias INTEGER PRIMARY KEY, chosen INTEGER NOT NULL)")
    connection.execute("DELETE FROM canonical")
    connection.execute(
        "INSERT INTO canonical SELECT a.id, min(b.id) FROM alias a JOIN alias b ON b.producer = a.producer"
        " GROUP BY a.id"
    )


def days_of_aliases(book: Book, aliases: Iterable[int]) -> set[str]:
    """Days whose cells stand under these names or under one that stands for the same producer."""
    connection = book.database.connection()
    _fill_temp(connection, "asked_alias", sorted(set(aliases)))
    rows = connection.execute(
        "SELECT DISTINCT day FROM day_cell WHERE alias IN (SELECT value FROM asked_alias) OR alias IN"
        " (SELECT b.id FROM alias a JOIN alias b ON b.producer = a.producer"
        " WHERE a.id IN (SELECT value FROM asked_alias))"
    )
    return {row[0] for row in rows}


def cells_sql(days: str) -> str:
    """The days in the table `days` counted anew: cells (day, alias, measures)."""
    sums = ",".join(f"sum({name})" for name in _COLUMNS)
    return f"SELECT day, alias, {sums} FROM ({' UNION ALL '.join(_parts(days))}) GROUP BY day, alias"


def _parts(days: str) -> tuple[str, str, str]:
    """What counts a day, one statement for each kind of record."""
    return _activity_sql(days), _quote_sql(days), _production_sql(days)


def _columns(values: Mapping[str, str]) -> str:
    return ",".join(f"{values.get(name, '0')} AS {name}" for name in _COLUMNS)


_IN_THE_BOOK = "activity x ON x.occurred_at >= t.value AND x.occurred_at < t.value || 'U'"


def _activity_sql(days: str, activities: str = _IN_THE_BOOK) -> str:
    values = {}
    for name, condition in COUNTED.items():
        values[name] = f"sum(CASE WHEN {condition} THEN coalesce(x.count,1) ELSE 0 END)"
        values[f"{name}_auto"] = f"sum(CASE WHEN {condition} AND {AUTOMATIC} THEN coalesce(x.count,1) ELSE 0 END)"
    return (
        f"SELECT t.value AS day, coalesce(c.chosen,x.producer,0) AS alias, {_columns(values)} FROM {days} t"
        f" JOIN {activities} LEFT JOIN canonical c ON c.alias = x.producer GROUP BY 1, 2"
    )


def _quote_sql(days: str) -> str:
    """One lead quoted at several carriers on a day is one quote; a quote without a lead is one of its own."""
    distinct = "count(DISTINCT x.lead_id) + sum(x.lead_id IS NULL)"
    tracked = "x.file IS NOT NULL"
    auto = f"count(DISTINCT CASE WHEN {tracked} THEN x.lead_id END) + sum(x.lead_id IS NULL AND {tracked})"
    return (
        f"SELECT t.value AS day, coalesce(c.chosen,x.producer,0) AS alias,"
        f" {_columns({'quotes': distinct, 'quotes_auto': auto})} FROM {days} t JOIN quote x ON x.delivered_on = t.value"
        " LEFT JOIN canonical c ON c.alias = x.producer GROUP BY 1, 2"
    )


def _production_sql(days: str) -> str:
    from_file = "(p.file IS NOT NULL)"
    values = {
        "policies_written": "sum(x.counted)",
        "policies_written_auto": f"sum(x.counted*{from_file})",
        "new_premium": "sum(x.premium)",
        "new_premium_auto": f"sum(x.premium*{from_file})",
        "new_commission": "sum(x.commission)",
        "new_commission_auto": f"sum(x.commission*{from_file})",
    }
    return (
        f"SELECT t.value AS day, coalesce(c.chosen,x.alias) AS alias, {_columns(values)} FROM {days} t"
        " JOIN production x ON x.day = t.value JOIN policy p ON p.id = x.policy"
        " LEFT JOIN canonical c ON c.alias = x.alias WHERE x.\"transaction\"='new' GROUP BY 1, 2"
    )


def _fill_temp(connection: Any, name: str, values: Sequence[object]) -> None:
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (value PRIMARY KEY) WITHOUT ROWID")
    connection.execute(f"DELETE FROM {name}")
    connection.executemany(f"INSERT INTO {name} VALUES (?)", [(value,) for value in values])


def differences(book: Book) -> list[str]:
    """Days whose cells differ from a fresh count, for `check`."""
    connection = book.database.connection()
    days = sorted(
        {row[0] for row in connection.execute(_ALL_DAYS)}
        | {row[0] for row in connection.execute("SELECT DISTINCT day FROM production WHERE \"transaction\"='new'")}
        | {row[0] for row in connection.execute("SELECT DISTINCT day FROM day_cell")}
    )
    _fill_temp(connection, "checked_day", days)
    _fill_canonical(connection)
    listed = f"day, alias, {','.join(_COLUMNS)}"
    stored, fresh = f"SELECT {listed} FROM day_cell", cells_sql("checked_day")
    wrong = {row[0] for row in connection.execute(f"SELECT * FROM ({stored}) EXCEPT SELECT * FROM ({fresh})")}
    wrong |= {row[0] for row in connection.execute(f"SELECT * FROM ({fresh}) EXCEPT SELECT * FROM ({stored})")}
    return sorted(wrong)
