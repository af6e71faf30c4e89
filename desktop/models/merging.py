"""Clients that a person merged: which row stands for which, and the clients as they are compared and shown.

A merge is a verdict beside the records, never a change of them: both clients stay as their files know them, so that the
same file again finds its own, and everything of the merged one counts with the other. Taken back, nothing has to be
sorted out. Knows no rule of likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.core.likeness import Client
from desktop.models.clients import key_of
from desktop.models.storage import fold

if TYPE_CHECKING:
    from desktop.models.book import Book

MERGED, DIFFERENT = "merged", "different"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of two clients: the stored key, the verdict, when, and the two as they were called.

    `number` and `other` are their rows, None for one that is no longer in the book.
    """

    key: str
    verdict: str
    at: str
    name: str
    other_name: str
    number: int | None
    other: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """A client's row."""

    number: int
    client_id: str | None
    name: str
    email: str | None
    phone: str | None
    zip: str | None
    state: str | None
    since: str | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a client has: policy numbers, those of them in force with their premium in cents, and records naming it."""

    policies: int
    in_force: int
    premium: int
    leads: int
    quotes: int
    activities: int


def verdicts(book: Book) -> list[Verdict]:
    """Every verdict, oldest first."""
    rows = book.connection.execute(
        "SELECT key, verdict, coalesce(entered_at, ''), client_id, client, zip, other_id, other, other_zip"
        " FROM client_pair ORDER BY id"
    ).fetchall()
    return [
        Verdict(key, verdict, at, one[1], other[1], _row_of(book, *one), _row_of(book, *other))
        for key, verdict, at, one, other in ((row[0], row[1], row[2], row[3:6], row[6:9]) for row in rows)
    ]


def _row_of(book: Book, client_id: str | None, name: str, zip_code: str | None) -> int | None:
    """The client that was meant: by its key; one known by name may have got an id or a ZIP since."""
    found = book.connection.execute(
        "SELECT id FROM client WHERE key=?", (key_of(client_id, name, zip_code),)
    ).fetchone()
    if found is None and client_id is None:
        found = book.connection.execute(
            "SELECT id FROM client WHERE folded=? AND (zip IS ? OR zip IS NULL OR ? IS NULL) ORDER BY zip IS NOT ?, id",
            (fold(name), zip_code, zip_code, zip_code),
        ).fetchone()
    return None if found is None else int(found[0])


def redirects(book: Book) -> dict[int, int]:
    """Row of each merged client -> row of the client that it counts with, over any number of merges."""
    into = {
        one.number: one.other
        for one in verdicts(book)
        if one.verdict == MERGED and one.number is not None and one.other is not None and one.number != one.other
    }
    return {number: _end(into, number) for number in into if _end(into, number) != number}


def _end(into: dict[int, int], number: int) -> int:
    """The last of a chain; of a ring (only a file can state one) its lowest number."""
    seen: list[int] = []
    while number in into:
        if number in seen:
            return min(seen[seen.index(number) :])
        seen.append(number)
        number = into[number]
    return number


def apart(book: Book) -> set[frozenset[int]]:
    """Pairs of rows that were found to be two clients."""
    return {
        frozenset((one.number, one.other))
        for one in verdicts(book)
        if one.verdict == DIFFERENT and one.number is not None and one.other is not None
    }


def clients(book: Book) -> list[Client]:
    """Every client as it is compared."""
    rows = book.connection.execute("SELECT id, client_id, name, email, phone, zip FROM client ORDER BY id")
    return [Client(*row) for row in rows]


def cards(book: Book, numbers: Iterable[int]) -> dict[int, Card]:
    """The rows of these clients."""
    rows = _select(book, "SELECT id, client_id, name, email, phone, zip, state, since FROM client WHERE id IN", numbers)
    return {row[0]: Card(*row) for row in rows}


def premiums(book: Book, numbers: Iterable[int], day: str) -> dict[int, tuple[int, int]]:
    """Policies in force on the ISO day and their premium in cents, by client; those without any are left out."""
    found: dict[int, dict[str, int]] = {}
    wanted = "SELECT client_ref, policy_number, annual_premium, effective_on, expires_on, ended_on FROM policy"
    for client, number, premium, *term in _select(book, f"{wanted} WHERE client_ref IN", numbers):
        if _runs_on(day, *term):
            found.setdefault(client, {})[number] = premium
    return {client: (len(terms), sum(terms.values())) for client, terms in found.items()}


def _runs_on(day: str, effective: str, expires: str | None, ended: str | None) -> bool:
    # without an expiry, a year from the day of effect: ISO days compare as text
    over = expires or f"{int(effective[:4]) + 1}{effective[4:]}"
    return effective <= day < over and (ended is None or day < ended)


def holdings(book: Book, number: int, day: str) -> Holdings:
    """What one client row has by itself; `day` is the ISO day of what is in force."""
    one = cards(book, [number])[number]
    in_force, premium = premiums(book, [number], day).get(number, (0, 0))
    leads = _leads_of(book, one)
    named = [one.name, *([one.client_id] if one.client_id else [])]
    return Holdings(
        _count(book, "SELECT count(DISTINCT policy_number) FROM policy WHERE client_ref=?", (number,)),
        in_force,
        premium,
        len(leads),
        _naming(book, "quote", named, leads),
        _naming(book, "activity", named, leads),
    )


def _leads_of(book: Book, one: Card) -> list[str]:
    """Leads of a client: those that its policies came from, and those with its e-mail, phone or name."""
    rows = book.connection.execute(
        "SELECT lead_id FROM policy WHERE client_ref=:number AND lead_id IS NOT NULL"
        " UNION SELECT lead_id FROM lead WHERE email=:email OR phone=:phone OR business_name=:name"
        " OR first_name || ' ' || last_name = :name",
        {"number": one.number, "email": one.email, "phone": one.phone, "name": one.name},
    )
    return [row[0] for row in rows]


def _naming(book: Book, table: str, names: Sequence[str], leads: Sequence[str]) -> int:
    """Records that name a client, by its name or id or by one of its leads."""
    marks, led = ",".join("?" * len(names)), ",".join("?" * len(leads[:_AT_ONCE])) or "NULL"
    sql = f'SELECT count(*) FROM "{table}" WHERE client IN ({marks}) OR lead_id IN ({led})'
    return _count(book, sql, (*names, *leads[:_AT_ONCE]))


def _count(book: Book, sql: str, values: Sequence[object]) -> int:
    return int(book.connection.execute(sql, values).fetchone()[0])


def _select(book: Book, sql: str, numbers: Iterable[int]) -> list[Any]:
    wanted = sorted(set(numbers))
    found: list[Any] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        found.extend(book.connection.execute(f"{sql} ({','.join('?' * len(part))})", part).fetchall())
    return found
