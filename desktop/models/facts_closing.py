"""Leads with an outcome, quotes by lead and line, and leads both contacted and qualified (metrics.md 3 and 5).

A lead belongs to its owner at `as_of`, a quote to the producer it names; leads merged into another one are left out,
and their quotes are the other one's. Must not know what is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core.closing import Offered, Outcome, Quoted
from desktop.core.periods import Period
from desktop.core.pipeline import LOST, WON
from desktop.models.facts_leads import LEAD_NAME
from desktop.models.facts_pipeline import BOUND_PREMIUM, COUNTED_LEAD, LAST_OUTCOMES, OWNER, moments
from desktop.models.facts_records import Origin, Scope

if TYPE_CHECKING:
    from desktop.models.book import Book

_QUALIFYING_RANK = 3


def outcomes(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[Outcome]:
    """The last outcome of each lead that was decided in the period, with the lead's own line as the book spells it."""
    rows = book.connection.execute(
        f"SELECT l.insurance_line, s.stage = '{WON}', CASE WHEN s.stage = '{WON}' THEN {BOUND_PREMIUM} ELSE 0 END"
        f" FROM ({LAST_OUTCOMES}) s {COUNTED_LEAD} {OWNER} WHERE 1 = 1{scope.condition()}",
        moments(period, as_of) | scope.values(),
    )
    return [Outcome(line, bool(won), premium) for line, won, premium in rows]


@dataclass(frozen=True, slots=True)
class Decision:
    """A won or lost entry: whose lead (id, None = nobody), when, in which order, its line, reason and premium bound."""

    lead: str
    producer: int | None
    at: str
    position: int
    line: str | None
    won: bool
    reason: str | None


def decisions(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[Decision]:
    """Every won or lost entry of the period in order of time, also those that a later one of the lead replaces."""
    rows = book.connection.execute(
        'SELECT s.lead_id, a.producer, s.entered_at, s."position", l.insurance_line,'
        f" s.stage = '{WON}', l.lost_reason FROM stay s {COUNTED_LEAD} {OWNER}"
        f" WHERE s.stage IN ('{WON}','{LOST}') AND s.entered_at >= :start AND s.entered_at <= :stop"
        f'{scope.condition()} ORDER BY s.entered_at, s."position"',
        moments(period, as_of) | scope.values(),
    )
    return [Decision(*row) for row in rows]


def outcomes_by_producer(book: Book, period: Period, as_of: datetime) -> dict[int | None, list[Outcome]]:
    """`outcomes` of everybody, by the lead's owner (None = nobody)."""
    rows = book.connection.execute(
        f"SELECT a.producer, l.insurance_line, s.stage = '{WON}',"
        f" CASE WHEN s.stage = '{WON}' THEN {BOUND_PREMIUM} ELSE 0 END FROM ({LAST_OUTCOMES}) s {COUNTED_LEAD} {OWNER}",
        moments(period, as_of),
    )
    found: dict[int | None, list[Outcome]] = {}
    for producer, line, won, premium in rows:
        found.setdefault(producer, []).append(Outcome(line, bool(won), premium))
    return found


def quoted_by_producer(book: Book, period: Period, as_of: datetime) -> dict[int | None, list[Quoted]]:
    """Quotes of everybody by the producer they name; lines are left out."""
    rows = book.connection.execute(
        "SELECT a.producer, coalesce(l.merged_into, q.lead_id), count(*) FROM quote q"
        " LEFT JOIN lead l ON l.lead_id = q.lead_id LEFT JOIN alias a ON a.id = q.producer"
        " WHERE q.delivered_on >= :start AND q.delivered_on <= :stop GROUP BY 1, 2",
        moments(period, as_of),
    )
    found: dict[int | None, list[Quoted]] = {}
    for producer, lead, count in rows:
        found.setdefault(producer, []).append(Quoted(lead, None, count))
    return found


def quoted(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[Quoted]:
    """Leads quoted in the period by line, and quotes without a lead; a quote without a line takes its lead's."""
    rows = book.connection.execute(
        "SELECT coalesce(l.merged_into, q.lead_id) AS lead, coalesce(q.insurance_line, l.insurance_line) AS line,"
        " count(*) FROM quote q LEFT JOIN lead l ON l.lead_id = q.lead_id LEFT JOIN alias a ON a.id = q.producer"
        f" WHERE q.delivered_on >= :start AND q.delivered_on <= :stop{scope.condition()} GROUP BY 1, 2",
        moments(period, as_of) | scope.values(),
    )
    return [Quoted(*row) for row in rows]


def offered(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[Offered]:
    """For each decided lead of the period every carrier that quoted or bound it; won where it is bound there."""
    decided = (
        f"SELECT s.lead_id AS lead, s.stage = '{WON}' AS won"
        f" FROM ({LAST_OUTCOMES}) s {COUNTED_LEAD} {OWNER} WHERE 1 = 1{scope.condition()}"
    )
    rows = book.connection.execute(
        f"WITH d AS MATERIALIZED ({decided}), c AS (SELECT d.lead, q.carrier, 0 AS bound, 0 AS premium"
        " FROM d CROSS JOIN quote q ON q.lead_id = d.lead AND q.delivered_on <= :day"
        " UNION ALL SELECT d.lead, p.carrier, 1, p.annual_premium FROM d CROSS JOIN policy p ON p.lead_id = d.lead"
        " AND p.\"transaction\" = 'new' AND p.bound_on <= :day WHERE d.won)"
        " SELECT carrier, max(bound), sum(premium) FROM c WHERE carrier IS NOT NULL GROUP BY lead, lower(carrier)",
        moments(period, as_of) | scope.values(),
    )
    return [Offered(carrier, bool(won), premium if won else 0) for carrier, won, premium in rows]


@dataclass(frozen=True, slots=True)
class Offer:
    """A carrier that quoted or bound a decided lead."""

    lead: str
    carrier: str
    quoted: bool
    bound: bool


def offers(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[Offer]:
    """As `offered`, for the leads of `decisions`: every carrier of each, whatever became of the lead."""
    decided = (
        f"SELECT DISTINCT s.lead_id AS lead FROM stay s {COUNTED_LEAD} {OWNER} WHERE s.stage IN ('{WON}','{LOST}')"
        f" AND s.entered_at >= :start AND s.entered_at <= :stop{scope.condition()}"
    )
    rows = book.connection.execute(
        f"WITH d AS MATERIALIZED ({decided}), c AS (SELECT d.lead, q.carrier, 0 AS bound"
        " FROM d CROSS JOIN quote q ON q.lead_id = d.lead AND q.delivered_on <= :day"
        " UNION ALL SELECT d.lead, p.carrier, 1 FROM d CROSS JOIN policy p ON p.lead_id = d.lead"
        " AND p.\"transaction\" = 'new' AND p.bound_on <= :day)"
        " SELECT lead, carrier, sum(bound) < count(*), max(bound) FROM c WHERE carrier IS NOT NULL"
        " GROUP BY lead, lower(carrier)",
        moments(period, as_of) | scope.values(),
    )
    return [Offer(lead, carrier, bool(quoted), bool(bound)) for lead, carrier, quoted, bound in rows]


def qualified_leads(book: Book, period: Period, as_of: datetime, scope: Scope) -> int:
    """Leads received in the period that by `as_of` were contacted and qualified (metrics.md 5, *Closing ratio*).

    Rank 3 is both. Else a connected call either way or a meeting held is the contact, and the lead's flag the rest.
    """
    return sum(_qualified(book, period, as_of, scope, "").values())


def qualified_by_producer(book: Book, period: Period, as_of: datetime, scope: Scope) -> dict[int | None, int]:
    """`qualified_leads` of each producer by id; under None those of nobody."""
    return _qualified(book, period, as_of, scope, "")


def qualified_unquoted(book: Book, period: Period, as_of: datetime, scope: Scope) -> int:
    """Those of `qualified_leads` for whom no quote was delivered by `as_of`."""
    never = " AND NOT EXISTS (SELECT 1 FROM quote q WHERE q.lead_id = s.lead_id AND q.delivered_on <= :day)"
    return sum(_qualified(book, period, as_of, scope, never).values())


def _qualified(book: Book, period: Period, as_of: datetime, scope: Scope, further: str) -> dict[int | None, int]:
    rows = book.connection.execute(
        f"SELECT a.producer, count(*) FROM lead s {OWNER}"
        " WHERE s.received_at >= :start AND s.received_at <= :stop AND s.merged_into IS NULL"
        f"{scope.condition()}{further} AND (EXISTS (SELECT 1 FROM stay t WHERE t.lead_id = s.lead_id"
        f" AND t.rank >= {_QUALIFYING_RANK} AND t.entered_at <= :as_of)"
        " OR (s.qualified = 1 AND EXISTS (SELECT 1 FROM activity x WHERE x.lead_id = s.lead_id"
        " AND x.occurred_at <= :as_of"
        " AND ((x.kind = 'call' AND x.outcome = 'connected') OR x.kind = 'meeting_held')))) GROUP BY a.producer",
        moments(period, as_of) | scope.values(),
    )
    return dict(rows.fetchall())


@dataclass(frozen=True, slots=True)
class DecidedLead:
    """A lead with its last outcome in the period: stored key, name, the lead's own line, premium bound in cents."""

    key: str
    lead_id: str
    name: str
    line: str | None
    won: bool
    at: str
    producer: str | None
    producer_name: str | None
    premium: int
    origin: Origin


def decided_leads(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[DecidedLead]:
    """The leads behind `outcomes`, in order of time."""
    rows = book.connection.execute(
        f"SELECT l.key, l.lead_id, {LEAD_NAME}, l.insurance_line, s.stage = '{WON}', s.entered_at, g.producer_code,"
        f" g.name, CASE WHEN s.stage = '{WON}' THEN {BOUND_PREMIUM} ELSE 0 END,"
        ' f.name, f.sheet, l."line", CASE WHEN l.file IS NULL THEN l.entered_at END'
        f" FROM ({LAST_OUTCOMES}) s {COUNTED_LEAD} {OWNER} LEFT JOIN producer g ON g.id = a.producer"
        f" LEFT JOIN import_file f ON f.id = l.file WHERE 1 = 1{scope.condition()} ORDER BY s.entered_at, l.lead_id",
        moments(period, as_of) | scope.values(),
    )
    return [DecidedLead(*(*row[:4], bool(row[4]), *row[5:9], Origin(*row[9:]))) for row in rows]
