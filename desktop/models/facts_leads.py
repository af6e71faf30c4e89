"""One lead with all that hangs on it, and the open leads that wait for somebody (metrics.md 1).

A lead belongs to its owner at `as_of`; merged leads are left out of lists. Must not know what is made of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desktop.models.facts_pipeline import COUNTED_LEAD, OPEN_STAYS, OWNER
from desktop.models.facts_records import Origin, Scope

if TYPE_CHECKING:
    from desktop.models.book import Book

_FROM = 'f.name, f.sheet, x."line", CASE WHEN x.file IS NULL THEN x.entered_at END'
_FILE = "LEFT JOIN import_file f ON f.id = x.file"
_WHO = "LEFT JOIN alias a ON a.id = x.producer LEFT JOIN producer g ON g.id = a.producer"
_PERSON = "nullif(trim(coalesce(l.first_name,'') || ' ' || coalesce(l.last_name,'')), '')"
LEAD_NAME = f"coalesce(l.business_name, {_PERSON}, l.lead_id)"
_CONTACT = (
    "EXISTS (SELECT 1 FROM activity y WHERE y.lead_id = s.lead_id AND y.occurred_at >= l.received_at"
    " AND y.occurred_at <= :as_of AND (y.kind = 'meeting_held' OR (y.kind IN ('call','text','email')"
    " AND coalesce(y.direction,'outbound') = 'outbound' AND y.bulk IS NOT 1)))"
)
"""Whether anybody tried to reach the lead: a call, text or e-mail of ours (neither bulk), or a meeting held."""


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead's own facts: key, name, contact, line, source, premium in cents, and what its row came from."""

    key: str
    lead_id: str
    name: str
    received_at: str
    line: str | None
    source: str | None
    email: str | None
    phone: str | None
    zip: str | None
    state: str | None
    premium: int | None
    x_date: str | None
    lost_reason: str | None
    merged_into: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Stay:
    """One stage of a lead's way: from when to when (None: still), whether its day was assumed, and its origin."""

    stage: str
    entered_at: str
    left_at: str | None
    assumed: bool
    key: str | None
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Loss:
    """What is known of why a deal was lost; `price_difference` in cents, ours less theirs."""

    reason: str | None
    competing_agency: str | None
    competing_carrier: str | None
    price_difference: int | None
    winnable: str | None
    would_change: str | None


@dataclass(frozen=True, slots=True)
class Owned:
    """Who owned a lead from when to when; `name` None = nobody. `why` is what routing gave as its reason."""

    code: str | None
    name: str | None
    from_at: str
    to_at: str | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A record that hangs on a lead or client: template's table, key, moment, whose, what, amount in cents, origin."""

    table: str
    key: str
    at: str
    producer: str | None
    what: str
    detail: str
    amount: int | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class OpenLead:
    """An open lead: where it stands since when, whose it is, whether anybody tried to reach it, x-date if known."""

    lead_id: str
    name: str
    stage: str
    entered_at: str
    received_at: str
    producer: str | None
    producer_name: str | None
    line: str | None
    premium: int | None
    x_date: str | None
    phone: str | None
    contacted: bool


def lead(book: Book, lead_id: str) -> LeadRow | None:
    """A lead by its id, None when there is none."""
    row = book.connection.execute(
        f"SELECT l.key, l.lead_id, {LEAD_NAME}, l.received_at, l.insurance_line, l.source, l.email, l.phone, l.zip,"
        ' l.state, l.estimated_premium, l.policy_expires_on, l.lost_reason, l.merged_into, f.name, f.sheet, l."line",'
        " CASE WHEN l.file IS NULL THEN l.entered_at END FROM lead l LEFT JOIN import_file f ON f.id = l.file"
        " WHERE l.lead_id = ?",
        (lead_id,),
    ).fetchone()
    return None if row is None else LeadRow(*(*row[:14], Origin(*row[14:])))


def loss(book: Book, lead_id: str) -> Loss:
    """What is known of a lead's loss, whatever its stage is."""
    row = book.connection.execute(
        "SELECT lost_reason, competing_agency, competing_carrier, price_difference, winnable, would_change FROM lead"
        " WHERE lead_id = ?",
        (lead_id,),
    ).fetchone()
    return Loss(*row)


def stays(book: Book, lead_id: str) -> list[Stay]:
    """The stages of a lead, the first first."""
    rows = book.connection.execute(
        f"SELECT s.given, s.entered_at, s.left_at, s.dated = 'assumed', x.key, {_FROM} FROM stay s"
        f' LEFT JOIN stage x ON x.id = s.stage_row {_FILE} WHERE s.lead_id = ? ORDER BY s."position"',
        (lead_id,),
    )
    return [Stay(*(*row[:3], bool(row[3]), row[4], None if row[4] is None else Origin(*row[5:]))) for row in rows]


def owners(book: Book, lead_id: str) -> list[Owned]:
    """Who owned a lead, the first first."""
    rows = book.connection.execute(
        "SELECT g.producer_code, coalesce(g.name, a.text), o.from_at, o.to_at, (SELECT s.because FROM assignment s"
        " WHERE s.lead_id = o.lead_id AND s.at = o.from_at AND s.producer = g.producer_code ORDER BY s.id DESC LIMIT 1)"
        " FROM ownership o LEFT JOIN alias a ON a.id = o.alias LEFT JOIN producer g ON g.id = a.producer"
        ' WHERE o.lead_id = ? ORDER BY o."position"',
        (lead_id,),
    )
    return [Owned(*row) for row in rows]


def activities(book: Book, lead_id: str) -> list[Event]:
    """What was done on a lead, newest first: kind, then outcome, direction and note."""
    return activities_where(book, "x.lead_id = ?", [lead_id])


def activities_where(book: Book, condition: str, values: Sequence[str], limit: int = -1) -> list[Event]:
    """The activities `x` of a condition, newest first."""
    rows = book.connection.execute(
        "SELECT x.key, x.occurred_at, coalesce(g.name, a.text), x.kind, x.direction, x.outcome, x.note,"
        f" {_FROM} FROM activity x {_WHO} {_FILE} WHERE {condition} ORDER BY x.occurred_at DESC, x.id DESC LIMIT ?",
        (*values, limit),
    )
    return [
        Event("activities", key, at, who, kind, _joined(_way(kind, direction), outcome, note), None, Origin(*origin))
        for key, at, who, kind, direction, outcome, note, *origin in rows
    ]


def quotes(book: Book, lead_id: str) -> list[Event]:
    """The quotes on a lead, newest first: line and carrier, premium."""
    return quotes_where(book, "x.lead_id = ?", [lead_id])


def quotes_where(book: Book, condition: str, values: Sequence[str], limit: int = -1) -> list[Event]:
    """The quotes `x` of a condition, newest first."""
    rows = book.connection.execute(
        "SELECT x.key, x.delivered_on, coalesce(g.name, a.text), x.insurance_line, x.carrier, x.premium,"
        f" {_FROM} FROM quote x {_WHO} {_FILE} WHERE {condition} ORDER BY x.delivered_on DESC, x.id DESC LIMIT ?",
        (*values, limit),
    )
    return [
        Event("quotes", key, at, who, line or "", carrier or "", premium, Origin(*origin))
        for key, at, who, line, carrier, premium, *origin in rows
    ]


def policies(book: Book, lead_id: str) -> list[Event]:
    """The terms bound on a lead, newest first: number, transaction and carrier, annual premium."""
    rows = book.connection.execute(
        'SELECT x.key, x.bound_on, coalesce(g.name, a.text), x.policy_number, x."transaction", x.carrier,'
        f" x.annual_premium, {_FROM} FROM policy x {_WHO} {_FILE} WHERE x.lead_id = ?"
        " ORDER BY x.bound_on DESC, x.id DESC",
        (lead_id,),
    )
    return [
        Event("policies", key, at, who, number, _joined(kind, carrier), premium, Origin(*origin))
        for key, at, who, number, kind, carrier, premium, *origin in rows
    ]


def service_entries(book: Book, lead_id: str) -> list[Event]:
    """The lead's entries in service pipelines (nurture, declined ...), newest first."""
    return entries_where(book, "x.lead_id = ? AND x.pipeline <> 'sales'", [lead_id])


def entries_where(book: Book, condition: str, values: Sequence[str], limit: int = -1) -> list[Event]:
    """The entries `x` into stages of a condition, newest first."""
    rows = book.connection.execute(
        f"SELECT x.key, x.entered_at, NULL, x.pipeline, x.stage, x.detail, {_FROM} FROM stage x {_FILE}"
        f" WHERE {condition} ORDER BY x.entered_at DESC, x.id DESC LIMIT ?",
        (*values, limit),
    )
    return [
        Event("stages", key, at, who, stage, _joined(pipeline, detail), None, Origin(*origin))
        for key, at, who, pipeline, stage, detail, *origin in rows
    ]


def client_of(book: Book, lead_id: str) -> tuple[str, str] | None:
    """The client that a lead became, by its newest policy: stored key and name."""
    row = book.connection.execute(
        "SELECT c.key, c.name FROM policy x JOIN client c ON c.id = x.client_ref WHERE x.lead_id = ?"
        " ORDER BY x.bound_on DESC LIMIT 1",
        (lead_id,),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def open_leads(book: Book, as_of: datetime, scope: Scope | None = None) -> list[OpenLead]:
    """All open leads at `as_of` with where they stand, the longest waiting first."""
    return _open_leads(book, as_of, scope or Scope(), "s.entered_at, l.lead_id")


def x_dates(book: Book, as_of: datetime, last: date, scope: Scope | None = None) -> list[OpenLead]:
    """The open leads whose present policy expires from the day of `as_of` through `last`, the soonest first."""
    within = " AND l.policy_expires_on BETWEEN :first AND :last"
    span = {"first": as_of.date().isoformat(), "last": last.isoformat()}
    return _open_leads(book, as_of, scope or Scope(), "l.policy_expires_on, l.lead_id", within, span)


def _open_leads(
    book: Book, as_of: datetime, scope: Scope, order: str, more: str = "", values: Mapping[str, str] | None = None
) -> list[OpenLead]:
    rows = book.connection.execute(
        f"SELECT l.lead_id, {LEAD_NAME}, s.stage, s.entered_at, l.received_at, g.producer_code, g.name,"
        f" l.insurance_line, l.estimated_premium, l.policy_expires_on, l.phone, {_CONTACT}"
        f" FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER} LEFT JOIN producer g ON g.id = a.producer"
        f" WHERE 1 = 1{scope.condition()}{more} ORDER BY {order}",
        {"as_of": as_of.isoformat(), **scope.values(), **(values or {})},
    )
    return [OpenLead(*(*row[:11], bool(row[11]))) for row in rows]


def _way(kind: str, direction: str | None) -> str | None:
    """Only what is sent has a direction; elsewhere it is the file's default."""
    return direction if kind in ("call", "email", "text") else None


def _joined(*parts: Any) -> str:
    return ", ".join(str(part).replace("_", " ") for part in parts if part)
