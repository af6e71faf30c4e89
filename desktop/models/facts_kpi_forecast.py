"""The ways of leads through the sales pipeline that a forecast reads (metrics.md 4, *Forecast*).

Leads merged into another one are left out. Must not know what is made of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.core.kpis.forecast import PAST_DAYS, Trail
from desktop.core.kpis.reading import Horizon
from desktop.core.pipeline import LOST, OPEN_STAGES, WON
from desktop.models.facts_kpi_leads import owners_of
from desktop.models.facts_kpi_nurture import LISTED, by_lead, sales_of
from desktop.models.texts import held_once

if TYPE_CHECKING:
    from desktop.models.book import Book

_OPEN = ",".join(f"'{stage}'" for stage in OPEN_STAGES)
_CHOSEN = (
    f"SELECT lead_id FROM stay WHERE left_at IS NULL AND stage IN ({_OPEN}) AND entered_at <= :as_of"
    f" UNION SELECT lead_id FROM stay WHERE left_at >= :first AND stage || '' IN ({_OPEN})"
    f" UNION SELECT lead_id FROM stay WHERE stage IN ('{WON}','{LOST}') AND entered_at >= :floor"
    " AND entered_at <= :as_of"
)
"""Leads that are open at some time in the horizon, or closed in the year before it or in it."""


def trails(book: Book, horizon: Horizon, named: Callable[[str], str | None]) -> list[Trail]:
    """The leads open in the horizon and those closed since a year before it; `named` gives a line's listed name."""
    values = {
        "first": horizon.first.isoformat(),
        "floor": (horizon.first - timedelta(days=PAST_DAYS + 1)).isoformat(),
        "as_of": horizon.as_of.isoformat(),
    }
    found = [lead for (lead,) in book.connection.execute(_CHOSEN, values)]
    chosen = {"leads": json.dumps(found)}
    once = held_once()
    stays = by_lead(
        tuple(map(once, row))
        for row in book.connection.execute(
            f"SELECT t.lead_id, t.entered_at, t.stage FROM ({LISTED}) c JOIN stay t ON t.lead_id = c.lead_id"
            ' ORDER BY t.lead_id, t."position"',
            chosen,
        )
    )
    sales, owners = sales_of(book, LISTED, chosen), owners_of(book, LISTED, chosen)
    rows = book.connection.execute(
        f"SELECT l.id, l.lead_id, l.insurance_line, l.estimated_premium FROM ({LISTED}) c"
        " JOIN lead l ON l.lead_id = c.lead_id AND l.merged_into IS NULL ORDER BY l.received_at, l.lead_id",
        chosen,
    )
    return [
        Trail(
            row=row,
            lead_id=lead,
            line=None if line is None else named(line) or line.casefold(),
            estimate=estimate,
            owners=owners.get(lead, ()),
            stays=tuple(stays[lead]),
            sales=sales.get(lead, ()),
        )
        for row, lead, line, estimate in rows
    ]
