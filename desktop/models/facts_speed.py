"""Leads as the live board and the reports see them: received, given, reached, quoted, bound (routing.md 5).

Leads merged into another one are left out. Must not know what is made of it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core.speed import Cost, Story
from desktop.models.contact import TOUCH
from desktop.models.facts_pipeline import COUNTED_LEAD, OPEN_LIST, OPEN_STAYS

if TYPE_CHECKING:
    from desktop.models.book import Book

_KNOWN = "x.lead_id = l.lead_id AND x.occurred_at <= :as_of"
_TOUCHED = f"SELECT min(x.occurred_at) FROM activity x WHERE {_KNOWN} AND {TOUCH}"
_ATTEMPTS = (
    f"SELECT coalesce(sum(coalesce(x.count, 1)), 0) FROM activity x WHERE {_KNOWN} AND {TOUCH}"
    " AND x.occurred_at >= l.received_at AND x.occurred_at <= strftime('%Y-%m-%dT%H:%M:%S', l.received_at, '+2 days')"
)
_QUOTED = (
    "SELECT min(s.entered_at) FROM stay s WHERE s.lead_id = l.lead_id AND +s.rank >= 4 AND +s.entered_at <= :as_of"
)
_DELIVERED = "SELECT min(d.delivered_on) FROM quote d WHERE d.lead_id = l.lead_id AND d.delivered_on <= :day"
_FOLLOW_UPS = (
    f"SELECT coalesce(sum(coalesce(x.count, 1)), 0) FROM activity x WHERE {_KNOWN} AND {TOUCH}"
    f" AND x.occurred_at > ({_QUOTED})"
)
_WON = (
    "SELECT min(s.entered_at) FROM stay s WHERE s.lead_id = l.lead_id AND +s.stage = 'won' AND +s.entered_at <= :as_of"
)
_BOUND = (
    "SELECT coalesce(sum(q.{column}), 0) FROM policy p JOIN production q ON q.policy = p.id"
    " WHERE p.lead_id = l.lead_id AND q.\"transaction\" = 'new' AND q.day <= :day"
)
_WHO = (
    " LEFT JOIN ownership o ON o.lead_id = l.lead_id AND o.from_at <= :as_of AND (o.to_at IS NULL OR o.to_at > :as_of)"
    " LEFT JOIN alias a ON a.id = o.alias LEFT JOIN producer g ON g.id = a.producer"
)


def stories(book: Book, first: datetime, last: datetime, as_of: datetime) -> list[Story]:
    """The leads received from `first` to `last`, in order, as known at `as_of`; money in cents."""
    rows = book.connection.execute(
        "SELECT l.lead_id, l.received_at, l.source, l.insurance_line, g.producer_code,"
        f" ({_TOUCHED} AND length(x.occurred_at) > 10 AND x.occurred_at >= l.received_at),"
        f" ({_TOUCHED} AND x.occurred_at >= substr(l.received_at, 1, length(x.occurred_at))),"
        f" ({_ATTEMPTS}), coalesce(({_QUOTED}), ({_DELIVERED})), ({_FOLLOW_UPS}), ({_WON}),"
        f" ({_BOUND.format(column='premium')}), ({_BOUND.format(column='commission')})"
        f" FROM lead l {_WHO} WHERE l.received_at >= :first AND l.received_at <= :last AND l.merged_into IS NULL"
        " ORDER BY l.received_at, l.lead_id",
        {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "as_of": as_of.isoformat(),
            "day": as_of.date().isoformat(),
        },
    )
    return [Story(*row) for row in rows]


def costs(book: Book) -> list[Cost]:
    """What each source costs, in cents, by name."""
    rows = book.connection.execute("SELECT source, cost_per_lead, monthly_cost FROM source ORDER BY source")
    return [Cost(row[0], row[1] or 0, row[2] or 0) for row in rows]


def quoted_pending(book: Book, as_of: datetime) -> int:
    """Open leads that were quoted and are not decided."""
    row = book.connection.execute(
        f"SELECT count(*) FROM ({OPEN_STAYS}) s {COUNTED_LEAD} WHERE s.rank >= 4", {"as_of": as_of.isoformat()}
    ).fetchone()
    return int(row[0])


def binds(book: Book, first: date, last: date) -> tuple[int, int]:
    """New policies bound from `first` to `last`, and their annual premium in cents."""
    row = book.connection.execute(
        "SELECT count(*), coalesce(sum(annual_premium), 0) FROM policy WHERE \"transaction\" = 'new'"
        " AND bound_on >= ? AND bound_on <= ?",
        (first.isoformat(), last.isoformat()),
    ).fetchone()
    return int(row[0]), int(row[1])


def steps_done(book: Book, first: datetime, last: datetime) -> dict[str, int]:
    """How many leads each step of the ladder and the sequence was carried out on, by step."""
    rows = book.connection.execute(
        "SELECT step, count(*) FROM ladder_step WHERE at >= ? AND at <= ? GROUP BY step",
        (first.isoformat(), last.isoformat()),
    )
    return dict(rows.fetchall())


def due_follow_ups(book: Book, as_of: datetime, end: str) -> int:
    """Leads with an open task, or lost with a follow-up, that is due by `end` (ISO); tasks of leads open at `as_of`."""
    row = book.connection.execute(
        "SELECT count(*) FROM (SELECT t.lead_id FROM lead_task t"
        " JOIN lead l ON l.lead_id = t.lead_id AND l.merged_into IS NULL"
        " WHERE t.done_at IS NULL AND t.due_at <= :end AND EXISTS (SELECT 1 FROM stay s WHERE s.lead_id = t.lead_id"
        f" AND s.entered_at <= :as_of AND (s.left_at IS NULL OR s.left_at > :as_of) AND s.stage IN ({OPEN_LIST}))"
        " UNION SELECT lead_id FROM follow_up WHERE done_at IS NULL AND due_on <= :day)",
        {"end": end, "day": end[:10], "as_of": as_of.isoformat()},
    ).fetchone()
    return int(row[0])


def unanswered(book: Book, as_of: datetime) -> dict[str, str]:
    """Open leads whose last message or missed call nobody has answered: since when (ISO), by lead."""
    asks = (
        "x.direction = 'inbound' AND (x.kind IN ('email','text') OR (x.kind = 'call' AND x.outcome IS NOT 'connected'))"
    )
    rows = book.connection.execute(
        f"SELECT l.lead_id, max(CASE WHEN {asks} THEN x.occurred_at END) AS asked,"
        f" max(CASE WHEN {TOUCH} OR (x.kind = 'call' AND x.outcome = 'connected') THEN x.occurred_at END) AS answered"
        f" FROM ({OPEN_STAYS}) s {COUNTED_LEAD} JOIN activity x ON x.lead_id = l.lead_id AND x.occurred_at <= :as_of"
        " GROUP BY l.lead_id HAVING asked IS NOT NULL AND (answered IS NULL OR answered < asked)",
        {"as_of": as_of.isoformat()},
    )
    return {row[0]: row[1] for row in rows}


def open_follow_ups(book: Book, day: date) -> list[tuple[str, str, str, str | None]]:
    """Follow-ups on lost leads due by the day: lead, when, what, whose (a code)."""
    rows = book.connection.execute(
        "SELECT f.lead_id, f.due_on, f.what, g.producer_code FROM follow_up f LEFT JOIN alias a ON a.id = f.producer"
        " LEFT JOIN producer g ON g.id = a.producer WHERE f.done_at IS NULL AND f.due_on <= ? ORDER BY f.due_on, f.id",
        (day.isoformat(),),
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]
