"""Commission of what was bound, share by share: premium, what is stated, and the rate agreed (metrics.md 3).

Must not know what is made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.core.periods import Period
from desktop.models.facts import producers_of_aliases

if TYPE_CHECKING:
    from desktop.models.book import Book


class Share(NamedTuple):
    """One producer's share of a term: money in cents. `basis` says where `commission` came from: stated, rate ...

    `rate` is the term's own commission rate, None where it names none; `row` the term's id.
    """

    producer: int | None
    day: str
    carrier: str | None
    line: str
    premium: int
    commission: int
    basis: str
    rate: float | None
    row: int


def shares(book: Book, period: Period) -> list[Share]:
    """The shares of all terms bound in the period, new ones and renewals."""
    people = producers_of_aliases(book)
    rows = book.connection.execute(
        "SELECT n.alias, n.day, p.carrier, p.insurance_line, n.premium, n.commission, n.basis, p.commission_rate,"
        " p.id"
        " FROM production n JOIN policy p ON p.id = n.policy WHERE n.day >= ? AND n.day <= ? ORDER BY n.day, n.policy",
        (period.start.isoformat(), period.end.isoformat()),
    )
    return [Share(people.get(alias), *row) for alias, *row in rows]
