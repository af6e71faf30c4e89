"""What producers proposed and earned in a period, for validation plans (metrics.md 6, *From data*).

Must not know what is made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core.periods import Period
from desktop.models.facts_pipeline import COUNTED_LEAD, OWNER, moments

if TYPE_CHECKING:
    from desktop.models.book import Book


def proposed_leads(book: Book, spans: Sequence[Period], as_of: datetime) -> list[dict[int | None, int]]:
    """Leads that entered rank 5 in each span up to `as_of`, by their owner at `as_of`; a lead counts once in a span."""
    whole = Period(min(span.start for span in spans), max(span.end for span in spans))
    rows = book.connection.execute(
        f"SELECT a.producer, s.lead_id, substr(s.entered_at, 1, 10) FROM stay s {COUNTED_LEAD} {OWNER}"
        " WHERE s.stage = 'proposed' AND s.entered_at >= :start AND s.entered_at <= :stop",
        moments(whole, as_of),
    )
    entries = [(producer, lead, date.fromisoformat(day)) for producer, lead, day in rows]
    found: list[dict[int | None, int]] = []
    for span in spans:
        leads = {(producer, lead) for producer, lead, day in entries if span.contains(day)}
        found.append(Counter(producer for producer, _ in leads))
    return found


def commissions(book: Book, period: Period, as_of: datetime) -> dict[int | None, int]:
    """Agency commission in cents on all terms bound in the period, new and renewal, after shares, by producer."""
    rows = book.connection.execute(
        "SELECT a.producer, sum(n.commission) FROM production n LEFT JOIN alias a ON a.id = n.alias"
        " WHERE n.day >= :start AND n.day <= :last GROUP BY 1",
        {"start": period.start.isoformat(), "last": min(period.end, as_of.date()).isoformat()},
    )
    return dict(rows.fetchall())
