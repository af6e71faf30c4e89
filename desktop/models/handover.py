"""What somebody holds on a day: open leads, clients with what is in force, territory rows and other roles.

Reads only. Must not know to whom it goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core.handover import Item
from desktop.models import facts_retention
from desktop.models.facts_pipeline import COUNTED_LEAD, OPEN_STAYS, OWNER

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Holding:
    """`leads` by lead id, `clients` by client key (premium in force in cents, the line of most of it)."""

    leads: tuple[Item, ...]
    clients: tuple[Item, ...]
    policies: int
    premium: int


def holding(book: Book, producer: int, at: datetime) -> Holding:
    """What the producer (row id) holds at a moment."""
    clients, policies, premium = _clients(book, producer, at.date())
    return Holding(tuple(open_leads(book, producer, at)), tuple(clients), policies, premium)


def open_leads(book: Book, producer: int, at: datetime) -> list[Item]:
    """The leads that the producer owns and that are neither won nor lost."""
    rows = book.connection.execute(
        "SELECT s.lead_id, l.insurance_line, l.zip, coalesce(l.estimated_premium, 0)"
        f" FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER} WHERE a.producer = :producer ORDER BY s.lead_id",
        {"as_of": at.isoformat(timespec="seconds"), "producer": producer},
    )
    return [Item(*row) for row in rows]


def _clients(book: Book, producer: int, day: date) -> tuple[list[Item], int, int]:
    """Clients that stand under the producer, or whose policies in force do; policies and premium in force of them."""
    held = facts_retention.in_force(book, day, day, lambda _carrier, _line: None)
    lines: dict[int, dict[str, int]] = {}
    policies = premium = 0
    for policy in held.policies.values():
        own = policy.premium_by_producer()
        if producer in own and isinstance(policy.client, int):
            by_line = lines.setdefault(policy.client, {})
            by_line[policy.line] = by_line.get(policy.line, 0) + own[producer]
            policies, premium = policies + 1, premium + own[producer]
    found = []
    for row_id, key, zip_code, owner in book.connection.execute(
        "SELECT c.id, c.key, c.zip, a.producer FROM client c LEFT JOIN alias a ON a.id = c.producer ORDER BY c.id"
    ):
        if owner == producer or (row_id in lines and owner is None):
            mine = lines.get(row_id, {})
            most = max(mine, key=lambda line: (mine[line], line)) if mine else None
            found.append(Item(key, most, zip_code, sum(mine.values())))
    return found, policies, premium


def client_roles(book: Book, producer: int) -> list[str]:
    """Keys of the clients whom the person serves as CSR."""
    rows = book.connection.execute(
        "SELECT c.key FROM client c JOIN alias a ON a.id = c.csr WHERE a.producer = ? ORDER BY c.id", (producer,)
    )
    return [row[0] for row in rows]
