"""New policies with their premium, share by share (metrics.md 4, 3.3 to 3.7).

Counts belong to the first named, dollars follow the shares. Must not know what is made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.kpis.premiums import Bound
from desktop.core.kpis.reading import Horizon

if TYPE_CHECKING:
    from desktop.models.book import Book


def bound(book: Book, horizon: Horizon) -> list[Bound]:
    """The new policies bound from January 1 of the year before the horizon on, in order: one record per share."""
    rows = book.connection.execute(
        "SELECT p.id, n.day, a.producer, n.counted, n.premium, n.commission, p.carrier, coalesce(p.source, l.source),"
        " p.insurance_line, coalesce(p.state, l.state), p.lead_id"
        " FROM production n JOIN policy p ON p.id = n.policy LEFT JOIN alias a ON a.id = n.alias"
        " LEFT JOIN lead l ON l.lead_id = p.lead_id"
        " WHERE n.\"transaction\" = 'new' AND n.day >= :first AND n.day <= :last"
        ' ORDER BY n.day, p.id, n."position"',
        {"first": f"{horizon.first.year - 1:04d}-01-01", "last": horizon.as_of.date().isoformat()},
    )
    return [Bound(*row) for row in rows]
