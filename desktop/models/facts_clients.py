"""One client with policies, leads and dealings, and the terms that run out soon (files.md 2).

Clients merged into one another count as one. Must not know what is made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from desktop.models import facts_leads, merging
from desktop.models.facts_leads import LEAD_NAME, Event
from desktop.models.facts_records import Origin, Scope
from desktop.models.facts_retention import over_on
from desktop.models.storage import fold

if TYPE_CHECKING:
    from desktop.models.book import Book

_YEAR, _LEAP = timedelta(days=365), timedelta(days=2)
_PART = 400


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client's own facts; `ids` are the rows that are this client, itself first."""

    ids: tuple[int, ...]
    key: str
    client_id: str | None
    name: str
    email: str | None
    phone: str | None
    zip: str | None
    state: str | None
    since: str | None
    producer: str | None
    csr: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a policy: premium in cents as last changed, commission in cents over all shares. From the day
    `over` on it is no longer in force.
    """

    key: str
    number: str
    line: str
    carrier: str | None
    transaction: str
    producer: str | None
    producer_name: str | None
    client: str
    client_key: str | None
    bound_on: date
    effective_on: date
    over: date
    ended_on: str | None
    end_reason: str | None
    premium: int
    commission: int
    lead_id: str | None
    origin: Origin

    def in_force(self, day: date) -> bool:
        """Whether the term is in force on a day."""
        return self.effective_on <= day < self.over


@dataclass(frozen=True, slots=True)
class LeadNote:
    """A lead of a client: id, name, when it came, the stage it is in."""

    lead_id: str
    name: str
    received_at: str
    stage: str | None
    line: str | None


def client(book: Book, key: str) -> ClientRow | None:
    """A client by its stored key; of one that was merged into another, that other one."""
    row = book.connection.execute("SELECT id FROM client WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    redirects = merging.redirects(book)
    chosen = redirects.get(row[0], row[0])
    ids = (chosen, *(one for one, other in redirects.items() if other == chosen))
    found = book.connection.execute(
        "SELECT x.key, x.client_id, x.name, x.email, x.phone, x.zip, x.state, x.since, coalesce(g.name, a.text),"
        ' coalesce(h.name, b.text), f.name, f.sheet, x."line", CASE WHEN x.file IS NULL THEN x.entered_at END'
        " FROM client x LEFT JOIN alias a ON a.id = x.producer LEFT JOIN producer g ON g.id = a.producer"
        " LEFT JOIN alias b ON b.id = x.csr LEFT JOIN producer h ON h.id = b.producer"
        " LEFT JOIN import_file f ON f.id = x.file WHERE x.id = ?",
        (chosen,),
    ).fetchone()
    return ClientRow(*(ids, *found[:10], Origin(*found[10:])))


_GONE = (
    "EXISTS (SELECT 1 FROM alias t JOIN producer q ON q.id = t.producer WHERE t.id = x.producer"
    " AND (q.status = 'inactive' OR q.left_on <= :first))"
)
"""Whether the producer of a term works here no more."""

_TERM = (
    'SELECT x.key, x.policy_number, x.insurance_line, x.carrier, x."transaction", g.producer_code,'
    " coalesce(g.name, a.text), x.client, c.key, x.bound_on, x.effective_on, x.expires_on, x.ended_on, x.end_reason,"
    " coalesce((SELECT m.annual_premium FROM premium m WHERE m.policy_number = x.policy_number"
    ' AND m.effective_on = x.effective_on AND m."from" <= :day ORDER BY m."from" DESC, m.id DESC LIMIT 1),'
    " x.annual_premium), coalesce((SELECT sum(n.commission) FROM production n WHERE n.policy = x.id), 0), x.lead_id,"
    ' f.name, f.sheet, x."line", CASE WHEN x.file IS NULL THEN x.entered_at END FROM policy x'
    " LEFT JOIN client c ON c.id = x.client_ref LEFT JOIN alias a ON a.id = x.producer"
    " LEFT JOIN producer g ON g.id = a.producer LEFT JOIN import_file f ON f.id = x.file"
)


def terms_of_clients(book: Book, ids: Sequence[int], day: date) -> list[Term]:
    """All terms of these client rows, the newest first; premiums as of `day`."""
    listed = ",".join(str(int(one)) for one in ids)
    return _terms(
        book, f"{_TERM} WHERE x.client_ref IN ({listed}) ORDER BY x.effective_on DESC, x.id DESC", {"day": day}
    )


def in_force(book: Book, day: date, scope: Scope) -> list[Term]:
    """The terms in force on a day by policy number, of several of a number the newest; merged clients as the one."""
    terms = _terms(
        book,
        f"{_TERM} WHERE x.effective_on <= :day{scope.condition()} ORDER BY x.effective_on, x.id",
        {"day": day, **scope.values()},
    )
    running = {one.number: one for one in terms if one.in_force(day)}
    merged = _merged(book)
    return [_counted_with(one, merged) for one in running.values()]


def _merged(book: Book) -> dict[str, tuple[str, str]]:
    """Key of each merged client -> key and name of the client that it counts with."""
    redirects = merging.redirects(book)
    if not redirects:
        return {}
    known = {row[0]: row[1:] for row in book.connection.execute("SELECT id, key, name FROM client")}
    return {known[one][0]: known[other] for one, other in redirects.items() if one in known and other in known}


def _counted_with(term: Term, merged: dict[str, tuple[str, str]]) -> Term:
    if term.client_key not in merged:
        return term
    key, name = merged[term.client_key]
    return replace(term, client_key=key, client=name)


def expiring(book: Book, first: date, last: date, scope: Scope) -> list[Term]:
    """The terms in force on the day before they run out, running out from `first` through `last`, the soonest first.

    A cancelled term does not run out. Of several terms of a number that run out the same day the later one counts. The
    term of one who has left is his who has the client now.
    """
    # A term without a stated end runs out a year after it began, a leap day more or less.
    near: dict[str, object] = {
        "first": first,
        "last": last,
        "day": first,
        "from": first - _YEAR - _LEAP,
        "until": last - _YEAR + _LEAP,
    }
    found = _terms(
        book,
        f"{_worked_now()} WHERE (x.expires_on >= :first AND x.expires_on <= :last OR x.expires_on IS NULL"
        f" AND x.effective_on BETWEEN :from AND :until) AND x.effective_on < :last{scope.condition()}"
        " ORDER BY x.effective_on, x.id",
        {**near, **scope.values()},
    )
    kept = {one.number: one for one in found if first <= one.over <= last and one.ended_on is None}
    return sorted(kept.values(), key=lambda one: (one.over, one.client, one.number))


def _worked_now() -> str:
    """Terms with whoever works them now."""
    bound_by = "LEFT JOIN alias a ON a.id = x.producer"
    now = f"LEFT JOIN alias a ON a.id = CASE WHEN {_GONE} THEN coalesce(c.producer, x.producer) ELSE x.producer END"
    return _TERM.replace(bound_by, now)


def renewals_of(book: Book, terms: Sequence[Term], day: date) -> dict[str, Term]:
    """By policy number the term that follows one of `terms` where one stands in the book, premiums as of `day`."""
    found: dict[str, Term] = {}
    for start in range(0, len(terms), 400):
        part = terms[start : start + 400]
        names = {f"n{at}": one.number for at, one in enumerate(part)}
        marks = ",".join(f":{name}" for name in names)
        later = _terms(
            book, f"{_TERM} WHERE x.policy_number IN ({marks}) ORDER BY x.effective_on", {"day": day, **names}
        )
        ends = {one.number: one for one in part}
        for one in later:
            before = ends[one.number]
            if one.effective_on > before.effective_on and one.number not in found:
                found[one.number] = one
    return found


def _terms(book: Book, statement: str, values: dict[str, object]) -> list[Term]:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    rows = book.connection.execute(statement, plain)
    return [_term(row) for row in rows]


def _term(row: Sequence[Any]) -> Term:
    key, number, line, carrier, kind, code, name, client_name, client_key, bound, effective, expires, *rest = row
    ended_on, reason, premium, commission, lead_id, *origin = rest
    return Term(
        key=key,
        number=number,
        line=line,
        carrier=carrier,
        transaction=kind,
        producer=code,
        producer_name=name,
        client=client_name,
        client_key=client_key,
        bound_on=date.fromisoformat(bound),
        effective_on=date.fromisoformat(effective),
        over=over_on(effective, expires, ended_on),
        ended_on=ended_on,
        end_reason=reason,
        premium=premium,
        commission=commission,
        lead_id=lead_id,
        origin=Origin(*origin),
    )


def leads_of(book: Book, found: ClientRow) -> list[LeadNote]:
    """The leads that became this client's policies, or that carry its phone or e-mail, the newest first."""
    listed = ",".join(str(int(one)) for one in found.ids)
    rows = book.connection.execute(
        f"SELECT l.lead_id, {LEAD_NAME}, l.received_at, s.given, l.insurance_line FROM lead l"
        " LEFT JOIN stay s ON s.lead_id = l.lead_id AND s.left_at IS NULL WHERE l.merged_into IS NULL"
        " AND l.lead_id IN ("
        f" SELECT lead_id FROM policy WHERE client_ref IN ({listed}) AND lead_id IS NOT NULL"
        " UNION SELECT lead_id FROM lead WHERE phone = :phone UNION SELECT lead_id FROM lead WHERE email = :email)"
        " ORDER BY l.received_at DESC, l.lead_id",
        {"phone": found.phone, "email": found.email},
    )
    return [LeadNote(*row) for row in rows]


def dealings(book: Book, found: ClientRow, terms: Sequence[Term], leads: Sequence[str], limit: int) -> list[Event]:
    """The newest `limit` activities and quotes on these leads or in the client's name, and what service its policies
    are in. A name that another client has as well counts for neither.
    """
    names = _own_names(book, found, terms)
    numbers = sorted({one.number for one in terms})
    events: dict[tuple[str, str], Event] = {}
    for values, column, read in (
        (leads, "lead_id", facts_leads.activities_where),
        (names, "client", facts_leads.activities_where),
        (leads, "lead_id", facts_leads.quotes_where),
        (names, "client", facts_leads.quotes_where),
        (numbers, "policy_number", facts_leads.entries_where),
    ):
        for start in range(0, len(values), _PART):
            part = values[start : start + _PART]
            condition = f"x.{column} IN ({','.join('?' * len(part))})"
            events |= {(one.table, one.key): one for one in read(book, condition, part, limit)}
    return sorted(events.values(), key=lambda one: one.at, reverse=True)[:limit]


def _own_names(book: Book, found: ClientRow, terms: Sequence[Term]) -> list[str]:
    """What records without a key call the client: its names and numbers, and those of the ones merged into it."""
    listed = ",".join(str(int(one)) for one in found.ids)
    rows = book.connection.execute(f"SELECT name, client_id FROM client WHERE id IN ({listed})").fetchall()
    names = {name for name, _ in rows} | {one.client for one in terms}
    others = f"SELECT 1 FROM client WHERE folded = ? AND id NOT IN ({listed})"
    own = {name for name in names if book.connection.execute(others, (fold(name),)).fetchone() is None}
    return sorted(own | {number for _, number in rows if number is not None})
