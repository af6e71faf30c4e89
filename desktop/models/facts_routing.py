"""What routing reads of the book at a moment: loads, outcomes, response, open leads, clients, rules, the map.

A few indexed queries, each over everybody at once; a lead belongs to its owner at the moment, merged leads are left
out (routing.md 3 and 4). Must not know what is decided from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from desktop.core.crew import License
from desktop.core.templates import Cell
from desktop.core.territories import Rule as MapRule
from desktop.models.contact import TOUCH
from desktop.models.facts_pipeline import COUNTED_LEAD, LAST_OUTCOMES, OPEN_STAYS, OWNER

if TYPE_CHECKING:
    from desktop.models.book import Book

ACTIVE_DAYS = 30
TRAILING_DAYS = 90

LEAD_COLUMNS = (
    "l.lead_id, l.first_name, l.last_name, l.business_name, l.email, l.phone, l.zip, l.state, l.insurance_line,"
    " l.source, l.estimated_premium, l.policy_expires_on, l.received_at"
)
_TOUCHED = (
    f"EXISTS (SELECT 1 FROM activity x WHERE x.lead_id = s.lead_id AND x.occurred_at >= :since AND {TOUCH}"
    " AND x.occurred_at <= :as_of)"
)


@dataclass(frozen=True, slots=True)
class Load:
    """A producer's standing: active leads, leads got that day, last assignment, leads won and decided in 90 days."""

    active: int = 0
    today: int = 0
    last: str | None = None
    bound: int = 0
    decided: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """A lead's assignment within 90 days: its producer, when, the first contact since, and its end, if any."""

    producer: int
    assigned_at: str
    contacted_at: str | None
    ended_at: str | None


@dataclass(frozen=True, slots=True)
class LeadCells:
    """A lead's fields as kept, and its owner's code (None: nobody's)."""

    lead_id: str
    first_name: str | None
    last_name: str | None
    business_name: str | None
    email: str | None
    phone: str | None
    zip: str | None
    state: str | None
    line: str | None
    source: str | None
    premium: int | None
    expires_on: str | None
    received_at: str
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class ClientCells:
    """A client's row: `since` is the earliest day it is known to be one; people as codes."""

    number: int
    client_id: str
    name: str
    email: str | None
    phone: str | None
    zip: str | None
    producer: str | None
    csr: str | None
    since: str | None


def moments(at: datetime) -> dict[str, str]:
    """Named values of the statements of a moment."""
    return {
        "as_of": at.isoformat(),
        "since": (at - timedelta(days=ACTIVE_DAYS)).isoformat(),
        "start": (at - timedelta(days=TRAILING_DAYS)).isoformat(),
        "stop": at.isoformat(),
        "today": datetime.combine(at.date(), time()).isoformat(),
    }


def loads(book: Book, at: datetime) -> dict[int, Load]:
    """Every producer's standing at the moment, by row (routing.md 4)."""
    values = moments(at)
    active = dict(
        book.connection.execute(
            f"SELECT a.producer, count(*) FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER}"
            " WHERE a.producer IS NOT NULL AND (l.received_at >= :since OR o.from_at >= :since"
            f" OR s.entered_at >= :since OR {_TOUCHED}) GROUP BY 1",
            values,
        ).fetchall()
    )
    given = {
        row[0]: row[1:]
        for row in book.connection.execute(
            "SELECT a.producer, max(o.from_at), count(DISTINCT CASE WHEN o.from_at >= :today THEN o.lead_id END)"
            " FROM ownership o JOIN alias a ON a.id = o.alias JOIN lead l ON l.lead_id = o.lead_id"
            " AND l.merged_into IS NULL WHERE o.from_at <= :as_of AND a.producer IS NOT NULL GROUP BY 1",
            values,
        )
    }
    decided = {
        row[0]: row[1:]
        for row in book.connection.execute(
            f"SELECT a.producer, sum(s.stage = 'won'), count(*) FROM ({LAST_OUTCOMES}) s {COUNTED_LEAD} {OWNER}"
            " WHERE a.producer IS NOT NULL GROUP BY 1",
            values,
        )
    }
    found = {}
    for producer in {*active, *given, *decided}:
        last, today = given.get(producer, (None, 0))
        bound, many = decided.get(producer, (0, 0))
        found[producer] = Load(active.get(producer, 0), today, last, bound, many)
    return found


def replies(book: Book, at: datetime) -> list[Reply]:
    """The leads that each producer has and got within 90 days, with what answered them (routing.md 4, response)."""
    rows = book.connection.execute(
        "SELECT a.producer, o.from_at, (SELECT min(x.occurred_at) FROM activity x WHERE x.lead_id = o.lead_id"
        f" AND {TOUCH} AND x.occurred_at >= substr(o.from_at, 1, length(x.occurred_at)) AND x.occurred_at <= :as_of),"
        " (SELECT min(s.entered_at) FROM stay s WHERE s.lead_id = o.lead_id AND +s.stage IN ('won','lost')"
        " AND +s.entered_at >= o.from_at AND +s.entered_at <= :as_of)"
        " FROM ownership o JOIN alias a ON a.id = o.alias"
        " JOIN lead l ON l.lead_id = o.lead_id AND l.merged_into IS NULL"
        " WHERE o.from_at >= :start AND o.from_at <= :as_of AND (o.to_at IS NULL OR o.to_at > :as_of)"
        " AND a.producer IS NOT NULL",
        moments(at),
    )
    return [Reply(*row) for row in rows]


def open_leads(book: Book, at: datetime) -> list[LeadCells]:
    """The open leads that somebody owns at the moment."""
    rows = book.connection.execute(
        f"SELECT {LEAD_COLUMNS}, g.producer_code FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER}"
        " JOIN producer g ON g.id = a.producer ORDER BY l.received_at, l.lead_id",
        {"as_of": at.isoformat()},
    )
    return [LeadCells(*row) for row in rows]


def unassigned(book: Book, at: datetime) -> list[LeadCells]:
    """The open leads received by then that are nobody's, in order of arrival.

    A lead that a file gives to a name which nobody has explained yet is somebody's, and waits for the answer.
    """
    rows = book.connection.execute(
        f"SELECT {LEAD_COLUMNS} FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER}"
        " WHERE l.received_at <= :as_of AND a.producer IS NULL AND (a.id IS NULL OR a.ignored = 1)"
        " ORDER BY l.received_at, l.lead_id",
        {"as_of": at.isoformat()},
    )
    return [LeadCells(*row) for row in rows]


def lead(book: Book, lead_id: str) -> LeadCells | None:
    """One lead without its owner; None when there is none."""
    row = book.connection.execute(f"SELECT {LEAD_COLUMNS} FROM lead l WHERE l.lead_id = ?", (lead_id,)).fetchone()
    return None if row is None else LeadCells(*row)


def clients(book: Book) -> list[ClientCells]:
    """Every client; one whose row names no producer has that of its latest term."""
    rows = book.connection.execute(
        "SELECT c.id, coalesce(c.client_id, c.key), c.name, c.email, c.phone, c.zip,"
        " coalesce(g.producer_code, (SELECT q.producer_code FROM policy p JOIN alias b ON b.id = p.producer"
        "  JOIN producer q ON q.id = b.producer WHERE p.client_ref = c.id ORDER BY p.effective_on DESC LIMIT 1)),"
        " h.producer_code, min(coalesce(c.since, '9'), coalesce(t.first, '9'))"
        " FROM client c LEFT JOIN alias a ON a.id = c.producer LEFT JOIN producer g ON g.id = a.producer"
        " LEFT JOIN alias k ON k.id = c.csr LEFT JOIN producer h ON h.id = k.producer"
        " LEFT JOIN (SELECT client_ref, min(bound_on) AS first FROM policy GROUP BY client_ref) t"
        " ON t.client_ref = c.id ORDER BY c.id"
    )
    return [ClientCells(*(*row[:8], None if row[8] == "9" else row[8])) for row in rows]


def map_rules(book: Book) -> list[MapRule]:
    """Every row of the territory table, its id the order of entry; a rule without a backup has its owner's."""
    names, own = _codes(book), _backups(book)
    rows = book.connection.execute(
        "SELECT id, territory, zip_from, zip_to, producer, backup, pool, lines, priority, valid_from, valid_to"
        " FROM territory ORDER BY id"
    )
    found = []
    for row_id, territory, first, last, producer, backup, pool, lines, priority, start, end in rows:
        owner = names.get(producer)
        found.append(
            MapRule(
                row_id,
                territory,
                first,
                last,
                owner,
                names.get(backup) or own.get(owner or ""),
                parts(pool),
                parts(lines),
                priority or 0,
                day(start),
                day(end),
            )
        )
    return found


def skills(book: Book) -> dict[int, tuple[str, ...]]:
    """The lines that each person takes, as they are written, by row; none entered = all."""
    return {row[0]: parts(row[1]) for row in book.connection.execute("SELECT id, lines FROM producer")}


def licenses(book: Book) -> dict[int, list[License]]:
    """Each person's licences, by row."""
    found: dict[int, list[License]] = {}
    rows = book.connection.execute(
        'SELECT a.producer, v.state, v.insurance_line, v."from", v."to" FROM availability v'
        " JOIN alias a ON a.id = v.producer WHERE v.kind = 'license' AND a.producer IS NOT NULL ORDER BY v.id"
    )
    for producer, state, line, start, end in rows:
        found.setdefault(producer, []).append(License(state or "", line, day(start), day(end)))
    return found


def stored_rules(book: Book) -> list[dict[str, Cell]]:
    """The rules as kept, in order: rule_id, name, enabled, `when` and `then` as JSON text."""
    rows = book.connection.execute(
        'SELECT key, rule_id, name, enabled, "when", "then", "position" FROM rule ORDER BY "position", id'
    )
    names = ("key", "rule_id", "name", "enabled", "when", "then", "position")
    return [dict(zip(names, row, strict=True)) for row in rows]


def lead_zips(book: Book, first: datetime, last: datetime) -> list[str]:
    """The ZIPs of the leads received from `first` to `last`, repeated as they occur."""
    rows = book.connection.execute(
        "SELECT zip FROM lead WHERE received_at >= ? AND received_at <= ? AND merged_into IS NULL AND zip IS NOT NULL",
        (first.isoformat(), last.isoformat()),
    )
    return [row[0] for row in rows]


def client_zips(book: Book, without: Iterable[int]) -> list[str]:
    """The ZIPs of the clients but for those that count with another one."""
    left_out = set(without)
    rows = book.connection.execute("SELECT id, zip FROM client WHERE zip IS NOT NULL")
    return [text for number, text in rows if number not in left_out]


def parts(text: str | None) -> tuple[str, ...]:
    """The entries of a list that is kept as text with semicolons."""
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def day(text: str | None) -> date | None:
    """A kept day."""
    return None if text is None else date.fromisoformat(text[:10])


def moment(text: str) -> datetime:
    """A kept moment; a bare day is its first second."""
    return datetime.fromisoformat(text)


def _codes(book: Book) -> Mapping[Any, str]:
    return dict(
        book.connection.execute(
            "SELECT a.id, coalesce(p.producer_code, a.text) FROM alias a LEFT JOIN producer p ON p.id = a.producer"
        ).fetchall()
    )


def _backups(book: Book) -> dict[str, str]:
    return dict(
        book.connection.execute(
            "SELECT p.producer_code, q.producer_code FROM producer p JOIN alias a ON a.id = p.backup"
            " JOIN producer q ON q.id = a.producer"
        ).fetchall()
    )


def lead_premiums(book: Book, first: datetime, last: datetime) -> list[tuple[str, int]]:
    """ZIP and estimated premium in cents (none stated: 0) of the leads received from `first` to `last`."""
    rows = book.connection.execute(
        "SELECT zip, coalesce(estimated_premium, 0) FROM lead WHERE received_at >= ? AND received_at <= ?"
        " AND merged_into IS NULL AND zip IS NOT NULL",
        (first.isoformat(), last.isoformat()),
    )
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True, slots=True)
class PastLead:
    """A lead of the past: `owner` is its first one, `last` when anything last happened to it, `ended_at` its end."""

    cells: LeadCells
    owner: str | None
    last: str
    ended_at: str | None


_LAST = (
    f"(SELECT max(x.occurred_at) FROM activity x WHERE x.lead_id = l.lead_id AND x.occurred_at <= :as_of AND {TOUCH})"
)
_ENDED = (
    "(SELECT min(s.entered_at) FROM stay s WHERE s.lead_id = l.lead_id AND +s.stage IN ('won','lost')"
    " AND +s.entered_at <= :as_of AND +s.left_at IS NULL)"
)
_FIRST_OWNER = (
    "(SELECT g.producer_code FROM ownership o JOIN alias a ON a.id = o.alias JOIN producer g ON g.id = a.producer"
    ' WHERE o.lead_id = l.lead_id ORDER BY o."position" LIMIT 1)'
)
_MOVED = "(SELECT max(s.entered_at) FROM stay s WHERE s.lead_id = l.lead_id AND +s.entered_at <= :as_of)"


def past_leads(book: Book, first: datetime, last: datetime, as_of: datetime) -> list[PastLead]:
    """The leads received from `first` to `last`, duplicates included, in order, as known at `as_of`."""
    rows = book.connection.execute(
        f"SELECT {LEAD_COLUMNS}, {_FIRST_OWNER}, max(l.received_at, coalesce({_LAST}, ''), coalesce({_MOVED}, '')),"
        f" {_ENDED} FROM lead l WHERE l.received_at >= :first AND l.received_at <= :last"
        " ORDER BY l.received_at, l.lead_id",
        {"first": first.isoformat(), "last": last.isoformat(), "as_of": as_of.isoformat()},
    )
    return [PastLead(LeadCells(*row[:13]), *row[13:]) for row in rows]


def active_at(book: Book, at: datetime, as_of: datetime) -> list[tuple[str, str, str | None]]:
    """Per active lead at the moment: its owner, when anything last happened to it and when it ended, by `as_of`."""
    values = moments(at) | {"later": as_of.isoformat()}
    last, moved, ended = (text.replace(":as_of", ":later") for text in (_LAST, _MOVED, _ENDED))
    rows = book.connection.execute(
        f"SELECT g.producer_code, max(l.received_at, coalesce({last}, ''), coalesce({moved}, '')), {ended}"
        f" FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER} JOIN producer g ON g.id = a.producer"
        f" WHERE l.received_at >= :since OR o.from_at >= :since OR s.entered_at >= :since OR {_TOUCHED}",
        values,
    )
    return [(row[0], row[1], row[2]) for row in rows]
