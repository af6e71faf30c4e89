"""What lead sources cost, and outbound calls by weekday and hour (metrics.md 4, 8.1 and 8.2).

Must not know what is made of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core.kpis.calling import CallCell
from desktop.core.kpis.reading import BOTH, DENOMINATOR, Drawn, Horizon
from desktop.core.kpis.sources import SourceCost
from desktop.core.periods import Period
from desktop.models.contact import OUTBOUND
from desktop.models.facts_pipeline import moments
from desktop.models.facts_records import Scope

if TYPE_CHECKING:
    from desktop.models.book import Book


def source_costs(book: Book, _horizon: Horizon) -> list[SourceCost]:
    """Every source with what it costs, by name; the costs of a source know no date."""
    rows = book.connection.execute("SELECT source, cost_per_lead, monthly_cost FROM source ORDER BY source")
    return [SourceCost(*row) for row in rows]


_CALLS = (
    " FROM activity x LEFT JOIN alias a ON a.id = x.producer WHERE x.kind = 'call'"
    f" AND {OUTBOUND} AND x.occurred_at >= :start AND x.occurred_at <= :stop AND length(x.occurred_at) > 10"
)
"""Outbound calls of the period with a time of day."""

_WON_AFTERWARDS = (
    "EXISTS (SELECT 1 FROM stay s WHERE s.lead_id = x.lead_id AND s.stage = 'won'"
    " AND s.entered_at >= x.occurred_at AND s.entered_at <= :as_of)"
)


def call_cells(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[CallCell]:
    """Outbound calls of the period by weekday (1 = Monday) and hour; those without a time of day are left out."""
    rows = book.connection.execute(
        "SELECT (strftime('%w', x.occurred_at) + 6) % 7 + 1, CAST(substr(x.occurred_at, 12, 2) AS INTEGER),"
        " sum(coalesce(x.count, 1)),"
        " sum(CASE WHEN x.outcome = 'connected' THEN coalesce(x.count, 1) ELSE 0 END),"
        f" count(DISTINCT CASE WHEN x.lead_id IS NOT NULL AND {_WON_AFTERWARDS} THEN x.lead_id END)"
        f"{_CALLS}{scope.condition()} GROUP BY 1, 2 ORDER BY 1, 2",
        moments(period, as_of) | scope.values(),
    )
    return [CallCell(*row) for row in rows]


def call_records(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[Drawn]:
    """The same calls one by one; connected ones stand above the line too."""
    rows = book.connection.execute(
        f"SELECT x.outcome = 'connected', x.id, coalesce(x.count, 1), x.occurred_at{_CALLS}{scope.condition()}"
        " ORDER BY x.occurred_at, x.id",
        moments(period, as_of) | scope.values(),
    )
    return [Drawn(BOTH if connected else DENOMINATOR, "activities", *rest) for connected, *rest in rows]
