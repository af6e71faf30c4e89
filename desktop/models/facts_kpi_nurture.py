"""Leads in the declined and nurture pipelines, and wins with what was bound on them (metrics.md 4, section 6).

Leads merged into another one are left out. Must not know what is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from desktop.core.kpis.nurture import NurturedLead, Sale, Touch, Win, rests_of
from desktop.core.kpis.reading import Horizon
from desktop.core.pipeline import WON_RANK
from desktop.models.facts_kpi_leads import TOUCH, owners_of

if TYPE_CHECKING:
    from desktop.models.book import Book

_LEAD = (
    "coalesce(s.lead_id, (SELECT t.lead_id FROM policy t WHERE t.policy_number = s.policy_number"
    " AND t.lead_id IS NOT NULL ORDER BY t.effective_on LIMIT 1))"
)
"""The lead of an entry; of one on a policy, the lead that the policy came from."""

_TOUCHES = (
    f"SELECT {_LEAD} AS lead_id, s.id, s.stage, s.entered_at, s.detail FROM stage s"
    " WHERE s.pipeline IN ('declined','nurture') AND s.entered_at <= :as_of"
)
_CHOSEN = f"SELECT DISTINCT lead_id FROM ({_TOUCHES}) WHERE lead_id IS NOT NULL"
_BACK = (
    f"SELECT DISTINCT t.lead_id FROM stay t JOIN ({_CHOSEN}) c ON c.lead_id = t.lead_id"
    " WHERE t.rank <= 6 AND t.entered_at >= :first AND t.entered_at <= :as_of"
)
_INBOUND = "(x.direction = 'inbound' AND x.kind IN ('call','email','text') AND x.bulk IS NOT 1)"


def nurtured_leads(book: Book, horizon: Horizon) -> list[NurturedLead]:
    """The leads with an entry in the declined or nurture pipeline, by id.

    Contacts are those of the leads that entered the sales pipeline within the horizon.
    """
    values = {"first": horizon.first.isoformat(), "as_of": horizon.as_of.isoformat()}
    touches = by_lead(book.connection.execute(f"{_TOUCHES} ORDER BY lead_id, s.entered_at, s.id", values))
    stays = by_lead(
        book.connection.execute(
            f"SELECT t.lead_id, t.entered_at, t.rank FROM ({_CHOSEN}) c JOIN stay t ON t.lead_id = c.lead_id"
            ' WHERE t.entered_at <= :as_of ORDER BY t.lead_id, t."position"',
            values,
        )
    )
    contacts = by_lead(
        book.connection.execute(
            f"SELECT x.lead_id, x.occurred_at, {_INBOUND} FROM ({_BACK}) b JOIN activity x ON x.lead_id = b.lead_id"
            f" WHERE x.occurred_at <= :as_of AND ({_INBOUND} OR {TOUCH}) ORDER BY x.lead_id, x.occurred_at",
            values,
        )
    )
    owners = owners_of(book, _CHOSEN, values)
    rows = book.connection.execute(
        f"SELECT l.id, l.lead_id, l.received_at FROM ({_CHOSEN}) c"
        " JOIN lead l ON l.lead_id = c.lead_id AND l.merged_into IS NULL ORDER BY l.lead_id",
        values,
    )
    return [
        NurturedLead(
            row,
            lead,
            received_at,
            owners.get(lead, ()),
            rests_of([Touch(*one) for one in touches[lead]], stays.get(lead, ())),
            tuple(at for at, rank in stays.get(lead, ()) if rank == WON_RANK),
            tuple(at for at, inbound in contacts.get(lead, ()) if inbound),
            tuple(at for at, inbound in contacts.get(lead, ()) if not inbound),
        )
        for row, lead, received_at in rows
    ]


def by_lead(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """Rows that begin with a lead, by lead; they must come in its order."""
    found = {}
    for lead, group in groupby(rows, key=itemgetter(0)):
        found[lead] = [row[1:] for row in group]
    return found


def wins(book: Book, horizon: Horizon) -> list[Win]:
    """The leads won within the horizon with all their outcomes, and the new policies bound on them."""
    values = {"first": horizon.first.isoformat(), "as_of": horizon.as_of.isoformat()}
    won = "SELECT DISTINCT lead_id FROM stay WHERE stage = 'won' AND entered_at >= :first AND entered_at <= :as_of"
    outcomes = by_lead(
        book.connection.execute(
            f"SELECT t.lead_id, t.entered_at, t.stage = 'won' FROM ({won}) w JOIN stay t ON t.lead_id = w.lead_id"
            " WHERE t.stage IN ('won','lost') ORDER BY t.lead_id, t.\"position\"",
            values,
        )
    )
    sales = sales_of(book, won, values)
    owners = owners_of(book, won, values)
    rows = book.connection.execute(
        f"SELECT l.id, l.lead_id FROM ({won}) w JOIN lead l ON l.lead_id = w.lead_id AND l.merged_into IS NULL"
        " ORDER BY l.lead_id",
        values,
    )
    return [
        Win(
            row,
            lead,
            owners.get(lead, ()),
            tuple((at, bool(is_won)) for at, is_won in outcomes[lead]),
            sales.get(lead, ()),
        )
        for row, lead in rows
    ]


def sales_of(book: Book, chosen: str, values: dict[str, str]) -> dict[str, tuple[Sale, ...]]:
    """The new policies bound on the leads that the statement `chosen` lists, in order of time."""
    rows = book.connection.execute(
        f"SELECT p.lead_id, p.bound_on, p.annual_premium FROM ({chosen}) c JOIN policy p ON p.lead_id = c.lead_id"
        " WHERE p.\"transaction\" = 'new' ORDER BY p.lead_id, p.bound_on, p.id",
        values,
    )
    return {lead: tuple(Sale(*one) for one in some) for lead, some in by_lead(rows).items()}
