"""What producers proposed and earned in a period, for validation plans (metrics.md 6, *From data*).

Must not know what is made of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core.periods import Period
from desktop.models.facts_pipeline import COUNTED_LEAD, OWNER, moments

if TYPE_CHECKING:
    from desktop.models.book import Book


def proposed_leads(book: Book, period: Period, as_of: datetime) -> dict[int | None, int]:
    """Leads that entered rank 5 in the period up to `as_of`, by their owner at `as_of`; a lead counts once."""
    rows = book.connection.execute(
        f"SELECT a.producer, count(DISTINCT s.lead_id) FROM stay s {COUNTED_LEAD} {OWNER}"
        " WHERE s.stage = 'proposed' AND s.entered_at >= :start AND s.entered_at <= :stop GROUP BY 1",
        moments(period, as_of),
    )
    return dict(rows.fetchall())


def commissions(book: Book, period: Period, as_of: datetime) -> dict[int | None, int]:
    """Agency commission in cents on all terms bound in the period, new and renewal, after shares, by producer."""
    rows = book.connection.execute(
        "SELECT a.producer, sum(n.commission) FROM production n LEFT JOIN alias a ON a.id = n.alias"
        " WHERE n.day >= :start AND n.day <= :last GROUP BY 1",
        {"start": period.start.isoformat(), "last": min(period.end, as_of.date()).isoformat()},
    )
    return dict(rows.fetchall())
