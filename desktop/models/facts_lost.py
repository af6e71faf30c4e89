"""Deals lost in a period with what was written down about them (metrics.md 3, *Lost deal*).

A lead belongs to its owner at `as_of`; merged leads are left out. Must not know what is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core.periods import Period
from desktop.core.pipeline import LOST
from desktop.models.facts_leads import LEAD_NAME
from desktop.models.facts_pipeline import COUNTED_LEAD, LAST_OUTCOMES, OWNER, moments
from desktop.models.facts_records import Scope

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class LostDeal:
    """A lead whose last outcome in the period is lost. Money in cents: `price_difference` is ours less theirs,
    `premium` the estimate, `name` the prospect's. `reason` None = unexplained; `producer` is a code, None = unassigned.
    """

    lead_id: str
    producer: str | None
    producer_name: str | None
    line: str | None
    source: str | None
    lost_at: str
    reason: str | None
    competing_agency: str | None
    competing_carrier: str | None
    price_difference: int | None
    winnable: str | None
    would_change: str | None
    premium: int | None
    name: str = ""
    x_date: str | None = None


def lost_deals(book: Book, period: Period, as_of: datetime, scope: Scope) -> list[LostDeal]:
    """The deals lost in the period as known at `as_of`, by lead id."""
    rows = book.connection.execute(
        "SELECT l.lead_id, g.producer_code, g.name, l.insurance_line, l.source, s.entered_at, l.lost_reason,"
        " l.competing_agency, l.competing_carrier, l.price_difference, l.winnable, l.would_change, l.estimated_premium,"
        f" {LEAD_NAME}, l.policy_expires_on"
        f" FROM ({LAST_OUTCOMES}) s {COUNTED_LEAD} {OWNER} LEFT JOIN producer g ON g.id = a.producer"
        f" WHERE s.stage = '{LOST}'{scope.condition()} ORDER BY l.lead_id",
        moments(period, as_of) | scope.values(),
    )
    return [LostDeal(*row) for row in rows]
