"""What somebody holds on a day: open leads, clients with what is in force, territory rows and other roles.

Reads only. Must not know to whom it goes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core.handover import Item, Share
from desktop.models import facts_retention, merging
from desktop.models.facts_pipeline import COUNTED_LEAD, OPEN_STAYS, OWNER

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Holding:
    """`leads` by lead id, `clients` by client key (premium in force in cents, the line of most of it).

    `policies`: those in force with these clients; `elsewhere`: those with clients who stand under others already.
    """

    leads: tuple[Item, ...]
    clients: tuple[Item, ...]
    policies: Share
    elsewhere: Share


def holding(book: Book, producer: int, at: datetime) -> Holding:
    """What the producer (row id) holds at a moment."""
    return Holding(tuple(open_leads(book, producer, at)), *_clients(book, producer, at.date()))


def open_leads(book: Book, producer: int, at: datetime) -> list[Item]:
    """The leads that the producer owns and that are neither won nor lost."""
    rows = book.connection.execute(
        "SELECT s.lead_id, l.insurance_line, l.zip, coalesce(l.estimated_premium, 0)"
        f" FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER} WHERE a.producer = :producer ORDER BY s.lead_id",
        {"as_of": at.isoformat(timespec="seconds"), "producer": producer},
    )
    return [Item(*row) for row in rows]


def open_leads_by_owner(book: Book, at: datetime) -> dict[str, int]:
    """{producer's code: number of open leads} of those who have any."""
    rows = book.connection.execute(
        f"SELECT g.producer_code, count(*) FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER}"
        " JOIN producer g ON g.id = a.producer GROUP BY 1",
        {"as_of": at.isoformat(timespec="seconds")},
    )
    return dict(rows.fetchall())


def _clients(book: Book, producer: int, day: date) -> tuple[tuple[Item, ...], Share, Share]:
    """Clients under the producer, or under nobody with such policies; the policies with them, and with others."""
    policies = [
        (one, premium)
        for one in facts_retention.in_force(book, day, day, lambda _carrier, _line: None).policies.values()
        if (premium := one.premium_by_producer().get(producer)) is not None
    ]
    lines: dict[Hashable, dict[str, int]] = {}
    for one, premium in policies:
        by_line = lines.setdefault(one.client, {})
        by_line[one.line] = by_line.get(one.line, 0) + premium
    merged = merging.redirects(book)
    found: dict[Hashable, Item] = {}
    for row_id, key, zip_code, owner in book.connection.execute(
        "SELECT c.id, c.key, c.zip, a.producer FROM client c LEFT JOIN alias a ON a.id = c.producer ORDER BY c.id"
    ):
        if row_id not in merged and (owner == producer or (owner is None and row_id in lines)):
            mine = lines.get(row_id, {})
            most = max(mine, key=lambda line: (mine[line], line)) if mine else None
            found[row_id] = Item(key, most, zip_code, sum(mine.values()))
    here = [premium for one, premium in policies if one.client in found]
    rest = [premium for one, premium in policies if one.client not in found]
    return tuple(found.values()), Share(len(here), sum(here)), Share(len(rest), sum(rest))


def clients_under(book: Book, producer: int) -> int:
    """How many clients stand under the person as producer or CSR."""
    merged = merging.redirects(book)
    rows = book.connection.execute(
        "SELECT c.id FROM client c LEFT JOIN alias a ON a.id = c.producer LEFT JOIN alias b ON b.id = c.csr"
        " WHERE a.producer = :whose OR b.producer = :whose",
        {"whose": producer},
    )
    return sum(row[0] not in merged for row in rows)


def merged_into(book: Book, keys: Iterable[str]) -> dict[str, list[str]]:
    """{key: keys of the clients that count with it} of these clients, where there are any."""
    redirects = merging.redirects(book)
    if not redirects:
        return {}
    known = dict(book.connection.execute("SELECT id, key FROM client").fetchall())
    wanted = set(keys)
    found: dict[str, list[str]] = {}
    for one, other in redirects.items():
        if known.get(other) in wanted and one in known:
            found.setdefault(known[other], []).append(known[one])
    return found


def client_roles(book: Book, producer: int) -> list[str]:
    """Keys of the clients whom the person serves as CSR."""
    rows = book.connection.execute(
        "SELECT c.key FROM client c JOIN alias a ON a.id = c.csr WHERE a.producer = ? ORDER BY c.id", (producer,)
    )
    return [row[0] for row in rows]
