"""What was bound by producer and day, dated pay, and terms of which no commission is known (metrics.md 3).

Must not know what is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core.money import exact
from desktop.core.periods import Period
from desktop.core.revenue import PayChange, Sales
from desktop.models.facts import producers_of_aliases
from desktop.models.facts_records import Origin, Scope
from desktop.models.rollups import NONE

if TYPE_CHECKING:
    from desktop.models.book import Book


def sales_by_day(book: Book, period: Period) -> dict[int | None, list[tuple[date, Sales]]]:
    """By producer id (None = unassigned) what was bound in the period, one entry per name and day, by shares.

    A rewrite counts as renewal production.
    """
    owners = producers_of_aliases(book)
    found: dict[int | None, list[tuple[date, Sales]]] = {}
    rows = book.connection.execute(
        "SELECT alias, day, sum(CASE WHEN \"transaction\" = 'new' THEN premium ELSE 0 END),"
        " sum(CASE WHEN \"transaction\" = 'new' THEN 0 ELSE premium END),"
        " sum(CASE WHEN \"transaction\" = 'new' THEN commission ELSE 0 END),"
        " sum(CASE WHEN \"transaction\" = 'new' THEN 0 ELSE commission END)"
        " FROM production WHERE day >= ? AND day <= ? GROUP BY day, alias",
        (period.start.isoformat(), period.end.isoformat()),
    )
    for alias, day, *sums in rows:
        found.setdefault(owners.get(alias), []).append((date.fromisoformat(day), Sales(*sums)))
    return found


def pay_changes(book: Book) -> dict[int, list[PayChange]]:
    """By producer id the pay that stands with the person, effective from the beginning, then the dated changes."""
    found = {
        row_id: [_change(date.min.isoformat(), *pay)]
        for row_id, *pay in book.connection.execute(
            "SELECT id, salary, benefits, desk_cost, new_split, renewal_split FROM producer"
        )
    }
    rows = book.connection.execute(
        "SELECT a.producer, p.effective_from, p.salary, p.benefits, p.desk_cost, p.new_split, p.renewal_split"
        " FROM pay p JOIN alias a ON a.id = p.producer_code WHERE a.producer IS NOT NULL"
        " ORDER BY p.effective_from, p.id"
    )
    for producer, *pay in rows:
        found[producer].append(_change(*pay))
    return found


def _change(
    start: str,
    salary: int | None,
    benefits: int | None,
    desk: int | None,
    new_split: float | None,
    renewal_split: float | None,
) -> PayChange:
    return PayChange(date.fromisoformat(start), salary, benefits, desk, _fraction(new_split), _fraction(renewal_split))


def _fraction(number: float | None) -> Fraction | None:
    return None if number is None else exact(number)


def without_commission(book: Book, period: Period) -> list[str]:
    """Numbers of the policies bound in the period of which neither commission nor any rate is known, in order."""
    rows = book.connection.execute(
        "SELECT DISTINCT p.policy_number FROM production n JOIN policy p ON p.id = n.policy"
        " WHERE n.basis = ? AND n.day >= ? AND n.day <= ? ORDER BY 1",
        (NONE, period.start.isoformat(), period.end.isoformat()),
    )
    return [number for (number,) in rows]


@dataclass(frozen=True, slots=True)
class BoundTerm:
    """A producer's share of a term bound in the period: premium and commission in cents, and how it arose.

    `basis`: stated, rate (its own), default (the carrier's) or none; `rate` is the term's own.
    """

    key: str
    policy: str
    client: str
    line: str
    carrier: str | None
    day: str
    transaction: str
    producer: str | None
    producer_name: str | None
    premium: int
    commission: int
    basis: str
    rate: float | None
    origin: Origin


def bound_terms(book: Book, period: Period, scope: Scope) -> list[BoundTerm]:
    """The shares of all terms bound in the period, in order of the day."""
    rows = book.connection.execute(
        'SELECT x.key, x.policy_number, x.client, x.insurance_line, x.carrier, n.day, n."transaction",'
        " g.producer_code, coalesce(g.name, a.text), n.premium, n.commission, n.basis, x.commission_rate,"
        ' f.name, f.sheet, x."line", CASE WHEN x.file IS NULL THEN x.entered_at END'
        " FROM production n JOIN policy x ON x.id = n.policy LEFT JOIN alias a ON a.id = n.alias"
        " LEFT JOIN producer g ON g.id = a.producer LEFT JOIN import_file f ON f.id = x.file"
        " WHERE n.day >= :first AND n.day <= :last" + scope.condition() + ' ORDER BY n.day, n.policy, n."position"',
        {"first": period.start.isoformat(), "last": period.end.isoformat()} | scope.values(),
    )
    return [BoundTerm(*(*row[:13], Origin(*row[13:]))) for row in rows]


def first_day(book: Book) -> date | None:
    """The first day on which anything was done, quoted or bound; None in an empty book."""
    (day,) = book.connection.execute(
        "SELECT min(day) FROM (SELECT min(day) AS day FROM production UNION ALL SELECT min(day) FROM day_cell)"
    ).fetchone()
    return None if day is None else date.fromisoformat(day)


def written_by_carrier(book: Book, period: Period) -> dict[str, tuple[str, int, int]]:
    """By folded name of the carrier its spelling, and the new annual premium (cents) and policies of the period."""
    rows = book.connection.execute(
        "SELECT lower(p.carrier), min(p.carrier), sum(n.premium), sum(n.counted) FROM production n"
        " JOIN policy p ON p.id = n.policy WHERE n.\"transaction\" = 'new' AND p.carrier IS NOT NULL"
        " AND n.day >= ? AND n.day <= ? GROUP BY 1",
        (period.start.isoformat(), period.end.isoformat()),
    )
    return {folded: (name, premium, policies) for folded, name, premium, policies in rows}
