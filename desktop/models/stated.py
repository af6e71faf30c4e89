"""Totals that other systems state, as kept, and the lead sources of new policies. Reads; compares nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.periods import Period

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One stated total: whose (a producer's name as the file has it, or a source), of which days, premium in cents.

    `producer` is the row id of the producer whom the name means, None for nobody known; `name` and `code` are theirs.
    """

    key: str
    system: str
    first: str
    last: str
    text: str | None
    producer: int | None
    name: str | None
    code: str | None
    source: str | None
    not_sales: bool
    policies: int | None
    sales: int | None
    items: int | None
    premium: int | None
    pulled_on: str | None
    file: str | None


def stated(book: Book, run: int | None = None) -> list[StatedRow]:
    """Every stated total, the newest period first; of one import, those that its files hold."""
    held = "" if run is None else (
        " WHERE x.file IN (SELECT id FROM import_file WHERE import_run = :run) OR x.id IN (SELECT row_id FROM sighting"
        " WHERE \"table\" = 'stated_total' AND file IN (SELECT id FROM import_file WHERE import_run = :run))"
    )  # fmt: skip
    rows = book.connection.execute(
        'SELECT x.key, x.system, x."from", x."to", a.text, a.producer, p.name, p.producer_code, x.source,'
        " coalesce(x.not_sales, 0), x.policies, x.sales, x.items, x.premium, x.pulled_on, f.name FROM stated_total x"
        " LEFT JOIN alias a ON a.id = x.producer LEFT JOIN producer p ON p.id = a.producer"
        f' LEFT JOIN import_file f ON f.id = x.file{held} ORDER BY x."to" DESC, x."from" DESC, x.id',
        {"run": run},
    )
    return [StatedRow(*(*row[:9], bool(row[9]), *row[10:])) for row in rows]


def sources(book: Book, period: Period) -> dict[str, str]:
    """Key of each new policy bound in the period -> its source: its own, else that of its lead; others are left out."""
    rows = book.connection.execute(
        "SELECT x.key, coalesce(x.source, l.source) FROM policy x LEFT JOIN lead l ON l.lead_id = x.lead_id"
        " WHERE x.bound_on >= ? AND x.bound_on <= ? AND x.\"transaction\" = 'new'"
        " AND coalesce(x.source, l.source) IS NOT NULL",
        (period.start.isoformat(), period.end.isoformat()),
    )
    return dict(rows.fetchall())
