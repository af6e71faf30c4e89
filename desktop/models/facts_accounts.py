"""Clients by name with what they spend on insurance in all, and the renewals of a period (metrics.md 5).

Must not know what is made of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.periods import Period

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class ClientName:
    """A client as a row refers to it; `key` is the stored key."""

    key: str
    client_id: str | None
    name: str
    zip: str | None
    producer: int | None


def clients(book: Book, asked: Iterable[Hashable]) -> dict[Hashable, ClientName]:
    """These clients by their row number."""
    wanted = set(asked)
    rows = book.connection.execute(
        "SELECT c.id, c.key, c.client_id, c.name, c.zip, a.producer FROM client c LEFT JOIN alias a ON a.id=c.producer"
    )
    return {row[0]: ClientName(*row[1:]) for row in rows if row[0] in wanted}


def spends(book: Book) -> dict[tuple[str | None, str, str | None], int]:
    """What clients spend in all, in cents, by id (then name and ZIP are empty), or by name and ZIP."""
    rows = book.connection.execute("SELECT client_id, client, zip, spend FROM client_spend WHERE spend IS NOT NULL")
    return {
        (client_id, "", None) if client_id else (None, str(name).casefold(), zip_code): spend
        for client_id, name, zip_code, spend in rows
    }


@dataclass(frozen=True, slots=True)
class Renewed:
    """A renewal term effective in the period: annual premium in cents at the end of the term before, and now."""

    key: str
    policy: str
    client: str
    line: str
    carrier: str | None
    effective_on: str
    before: int
    after: int


def renewals(book: Book, period: Period, seen: str, producer: int | None) -> list[Renewed]:
    """Renewal terms effective in the period and bound through `seen` whose term before is known, by day."""
    rows = book.connection.execute(
        "SELECT x.key, x.policy_number, x.client, x.insurance_line, x.carrier, x.effective_on,"
        " coalesce((SELECT m.annual_premium FROM premium m WHERE m.policy_number = b.policy_number"
        ' AND m.effective_on = b.effective_on AND m."from" <= x.effective_on'
        ' ORDER BY m."from" DESC, m.id DESC LIMIT 1),'
        " b.annual_premium), x.annual_premium FROM policy x JOIN policy b ON b.policy_number = x.policy_number"
        " AND b.effective_on = (SELECT max(y.effective_on) FROM policy y WHERE y.policy_number = x.policy_number"
        " AND y.effective_on < x.effective_on)"
        " WHERE x.\"transaction\" = 'renewal' AND x.effective_on >= :first AND x.effective_on <= :last"
        " AND x.bound_on <= :seen AND (:producer IS NULL OR EXISTS (SELECT 1 FROM production n JOIN alias a"
        " ON a.id = n.alias WHERE n.policy = x.id AND n.counted = 1 AND a.producer = :producer))"
        " ORDER BY x.effective_on, x.id",
        {
            "first": period.start.isoformat(),
            "last": period.end.isoformat(),
            "seen": seen,
            "producer": producer,
        },
    )
    return [Renewed(*row) for row in rows]
