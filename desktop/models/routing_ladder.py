"""Leads on the ladder, the steps carried out, and the tasks and messages that came of them.

What was carried out stays carried out: these rows are not part of what Undo takes back. Must not know when a step is
due or how a message leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.models.contact import CONVERSATION, TOUCH
from desktop.models.facts_pipeline import COUNTED_LEAD, OPEN_STAYS, OWNER
from desktop.models.facts_routing import LEAD_COLUMNS, LeadCells
from desktop.models.people import Aliases

if TYPE_CHECKING:
    from desktop.models.book import Book

QUEUED, SENDING, SENT, FAILED, UNSURE, WITHDRAWN = "queued", "sending", "sent", "failed", "unsure", "withdrawn"


@dataclass(frozen=True, slots=True)
class OnLadder:
    """An open lead with an owner: since when it is theirs and first was anybody's, contact, conversation, consent."""

    cells: LeadCells
    assigned_at: str
    first_assigned_at: str
    contacted_at: str | None
    conversed_at: str | None
    consent: bool | None


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was carried out."""

    lead_id: str
    step: str
    due_at: str
    at: str
    owner: str | None
    taker: str | None
    because: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something a lead's owner is to do; `done_at` None while it is open."""

    key: str
    lead_id: str
    step: str
    due_at: str
    what: str
    done_at: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the outbox: to a lead, a producer or a manager (`audience`), by `email` or `text`."""

    key: str
    lead_id: str
    step: str
    channel: str
    audience: str
    address: str
    subject: str | None
    body: str
    due_at: str
    not_before: str
    state: str = QUEUED
    tries: int = 0
    sent_at: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom messages may go to; `manager` is a code."""

    code: str
    name: str
    role: str
    email: str | None
    phone: str | None
    manager: str | None
    active: bool


def on_ladder(book: Book, at: datetime, within_days: int) -> list[OnLadder]:
    """The open leads with an owner at the moment that were first assigned within so many days, oldest first."""
    known = "x.occurred_at <= :as_of AND x.occurred_at >= substr(l.received_at, 1, length(x.occurred_at))"
    first = (
        "(SELECT min(w.from_at) FROM ownership w JOIN alias b ON b.id = w.alias WHERE w.lead_id = s.lead_id"
        " AND b.producer IS NOT NULL)"
    )
    rows = book.connection.execute(
        f"SELECT {LEAD_COLUMNS}, g.producer_code, o.from_at, {first} AS first_at,"
        f" (SELECT min(x.occurred_at) FROM activity x WHERE x.lead_id = s.lead_id AND {TOUCH} AND {known}),"
        f" (SELECT min(x.occurred_at) FROM activity x WHERE x.lead_id = s.lead_id AND {CONVERSATION} AND {known}),"
        f" l.consent FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER} JOIN producer g ON g.id = a.producer"
        " WHERE first_at >= :oldest ORDER BY first_at, l.lead_id",
        {"as_of": at.isoformat(), "oldest": (at - timedelta(days=within_days)).isoformat()},
    )
    return [
        OnLadder(*(LeadCells(*row[:14]), *row[14:18], None if row[18] is None else bool(row[18])))
        for row in rows.fetchall()
    ]


def done(book: Book, since: datetime | None = None, limit: int | None = None) -> list[Done]:
    """The steps carried out, all or those since a moment, in the order in which they were."""
    rows = book.connection.execute(
        "SELECT lead_id, step, due_at, at, owner, taker, because FROM ladder_step WHERE at >= ? ORDER BY id"
        + ("" if limit is None else f" LIMIT {limit}"),
        ("" if since is None else since.isoformat(),),
    )
    return [Done(*row) for row in rows]


def enter(book: Book, steps: Iterable[Done]) -> None:
    """Record steps as carried out; within the caller's transaction."""
    book.connection.executemany(
        "INSERT INTO ladder_step (key, lead_id, step, due_at, at, owner, taker, because, entered_at)"
        " VALUES (?,?,?,?,?,?,?,?,?)",
        [
            (f"{d.lead_id}|{d.step}|{d.at}|{d.owner}", d.lead_id, d.step, d.due_at, d.at, d.owner, d.taker, d.because,
             d.at)
            for d in steps
        ],
    )  # fmt: skip


def add_tasks(book: Book, tasks: Iterable[Task], at: str) -> None:
    """Record tasks; one that is there already stays as it is."""
    book.connection.executemany(
        "INSERT INTO lead_task (key, lead_id, step, due_at, what, done_at, outcome, entered_at)"
        " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (key) DO NOTHING",
        [(t.key, t.lead_id, t.step, t.due_at, t.what, t.done_at, t.outcome, at) for t in tasks],
    )


def tasks(book: Book, lead_id: str | None = None, *, only_open: bool = True) -> list[Task]:
    """Tasks of one lead or of all, the first due first."""
    where = " AND lead_id = :lead" if lead_id is not None else ""
    rows = book.connection.execute(
        "SELECT key, lead_id, step, due_at, what, done_at, outcome FROM lead_task"
        f" WHERE (done_at IS NULL OR NOT :open){where} ORDER BY due_at, id",
        {"open": int(only_open)} | ({} if lead_id is None else {"lead": lead_id}),
    )
    return [Task(*row) for row in rows]


def close_task(book: Book, key: str, at: str, outcome: str | None) -> bool:
    """Mark an open task as done; False when there is none."""
    cursor = book.connection.execute(
        "UPDATE lead_task SET done_at = ?, outcome = ? WHERE key = ? AND done_at IS NULL", (at, outcome, key)
    )
    return int(cursor.rowcount) == 1


def queue(book: Book, messages: Iterable[Message], at: str) -> None:
    """Put messages into the outbox; one that is there already, whatever became of it, is not queued again."""
    book.connection.executemany(
        "INSERT INTO message (key, lead_id, step, channel, audience, address, subject, body, due_at, not_before, state,"
        " tries, entered_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,0,?) ON CONFLICT (key) DO NOTHING",
        [
            (m.key, m.lead_id, m.step, m.channel, m.audience, m.address, m.subject, m.body, m.due_at, m.not_before,
             m.state, at)
            for m in messages
        ],
    )  # fmt: skip


def messages(book: Book, states: Iterable[str], limit: int = 500) -> list[Message]:
    """Messages of the outbox in these states, the first allowed first."""
    wanted = list(states)
    rows = book.connection.execute(
        "SELECT key, lead_id, step, channel, audience, address, subject, body, due_at, not_before, state, tries,"
        f" sent_at, error FROM message WHERE state IN ({','.join('?' * len(wanted))}) ORDER BY not_before, id LIMIT ?",
        (*wanted, limit),
    )
    return [Message(*row) for row in rows]


def mark(
    book: Book, key: str, state: str, *, tries: int | None = None, not_before: str | None = None,
    sent_at: str | None = None, error: str | None = None,
) -> None:  # fmt: skip
    """What became of a message."""
    book.connection.execute(
        "UPDATE message SET state = ?, tries = coalesce(?, tries), not_before = coalesce(?, not_before),"
        " sent_at = coalesce(?, sent_at), error = ? WHERE key = ?",
        (state, tries, not_before, sent_at, error, key),
    )


def opt_outs(book: Book) -> dict[str, set[str]]:
    """Addresses that want nothing more, by channel."""
    found: dict[str, set[str]] = {"email": set(), "text": set()}
    for channel, address in book.connection.execute("SELECT channel, address FROM opt_out"):
        found.setdefault(channel, set()).add(address)
    return found


def opt_out(book: Book, channel: str, address: str, at: str, why: str) -> None:
    """Keep that an address wants nothing more."""
    book.connection.execute(
        "INSERT INTO opt_out (key, channel, address, at, why, entered_at) VALUES (?,?,?,?,?,?)"
        " ON CONFLICT (key) DO NOTHING",
        (f"{channel}|{address}", channel, address, at, why, at),
    )


def replies(book: Book, kinds: Mapping[str, str]) -> list[tuple[str, str | None, str | None, str | None, str]]:
    """Inbound messages of these activity kinds with a note: (kind, note, lead's e-mail, lead's phone, when)."""
    marks = ",".join("?" * len(kinds))
    rows = book.connection.execute(
        "SELECT x.kind, x.note, l.email, coalesce(x.phone, l.phone), x.occurred_at FROM activity x"
        f" LEFT JOIN lead l ON l.lead_id = x.lead_id WHERE x.kind IN ({marks}) AND x.direction = 'inbound'"
        " AND x.note IS NOT NULL AND length(x.note) < 20",
        list(kinds),
    )
    return [tuple(row) for row in rows]


def people(book: Book) -> dict[str, Person]:
    """Everybody by code."""
    rows = book.connection.execute(
        "SELECT p.producer_code, p.name, coalesce(p.role,'producer'), p.email, p.phone, m.producer_code,"
        " coalesce(p.status,'active') = 'active' FROM producer p LEFT JOIN alias a ON a.id = p.manager"
        " LEFT JOIN producer m ON m.id = a.producer ORDER BY p.producer_code"
    )
    return {row[0]: Person(*(*row[:6], bool(row[6]))) for row in rows}


def record_sent(book: Book, one: Message, owner: str | None, at: str) -> None:
    """Keep a message that left as a bulk activity of the lead's owner (a code): on record, and counted nowhere."""
    alias = None if owner is None else Aliases(book).id_of(owner)
    book.connection.execute(
        "INSERT INTO activity (key, activity_id, occurred_at, producer, kind, direction, count, bulk, lead_id, note,"
        " entered_at) VALUES (:key, :key, :at, :who, :kind, 'outbound', 1, 1, :lead, :note, :at)"
        " ON CONFLICT (key) DO NOTHING",
        {"key": f"sent:{one.key}", "at": at, "who": alias, "kind": one.channel, "lead": one.lead_id,
         "note": one.subject or one.body},
    )  # fmt: skip
