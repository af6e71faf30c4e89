"""Leads in the declined and nurture pipelines, and wins with what was bound on them (metrics.md 4, section 6).

Leads merged into another one are left out. Must not know what is made of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from desktop.core.kpis.nurture import LOOK_BACK_DAYS, NurturedLead, Sale, Touch, Win, rests_of
from desktop.core.kpis.reading import Horizon
from desktop.core.pipeline import WON_RANK
from desktop.models.contact import TOUCH
from desktop.models.facts_kpi_leads import owners_of
from desktop.models.texts import held_once

if TYPE_CHECKING:
    from desktop.models.book import Book

_LEAD = (
    "coalesce(s.lead_id, (SELECT t.lead_id FROM policy t WHERE t.policy_number = s.policy_number"
    " AND t.lead_id IS NOT NULL ORDER BY t.effective_on LIMIT 1))"
)
"""The lead of an entry; of one on a policy, the lead that the policy came from."""

LISTED = "SELECT value AS lead_id FROM json_each(:leads)"
"""The leads whose ids are given as a JSON list."""

_TOUCHES = (
    f"SELECT {_LEAD}, s.id, s.stage, s.entered_at, s.detail FROM stage s"
    " WHERE s.pipeline IN ('declined','nurture') AND s.entered_at <= :as_of ORDER BY s.entered_at, s.id"
)
_INBOUND = "(x.direction = 'inbound' AND x.kind IN ('call','email','text') AND x.bulk IS NOT 1)"


def nurtured_leads(book: Book, horizon: Horizon) -> list[NurturedLead]:
    """The leads with an entry in the declined or nurture pipeline, by id.

    Contacts are those of the leads that came back within the horizon.
    """
    as_of = horizon.as_of.isoformat()
    once = held_once()
    touches: dict[str, list[Touch]] = {}
    for lead, row, stage, at, detail in book.connection.execute(_TOUCHES, {"as_of": as_of}):
        if lead is not None:
            touches.setdefault(lead, []).append(Touch._make((row, once(stage), at, once(detail))))
    chosen = {"leads": json.dumps(sorted(touches))}
    stays = _sales_entries(book, {lead: entries[0].at for lead, entries in touches.items()}, as_of)
    first = horizon.first.isoformat()
    past = (horizon.first - timedelta(days=LOOK_BACK_DAYS)).isoformat()
    rests = {}
    while touches:
        lead, entries = touches.popitem()
        rests[lead] = tuple(one.without_past(past) for one in rests_of(entries, stays.get(lead, ())))
    back = [lead for lead, some in rests.items() if any(one.back_at and one.back_at >= first for one in some)]
    contacts, owners = _contacts(book, back, as_of), owners_of(book, LISTED, chosen)
    rows = book.connection.execute(
        f"SELECT l.id, l.lead_id, l.received_at FROM ({LISTED}) c"
        " JOIN lead l ON l.lead_id = c.lead_id AND l.merged_into IS NULL ORDER BY l.lead_id",
        chosen,
    )
    return [
        NurturedLead(
            row,
            lead,
            received_at,
            owners.get(lead, ()),
            rests[lead],
            tuple(at for at, rank in stays.get(lead, ()) if rank == WON_RANK),
            *contacts.get(lead, _NO_CONTACTS),
        )
        for row, lead, received_at in rows
    ]


def _sales_entries(book: Book, since: Mapping[str, str], as_of: str) -> dict[str, list[tuple[str, int | None]]]:
    """Per lead its sales entries with a rank after a moment of its own, in order of time."""
    return by_lead(
        book.connection.execute(
            "SELECT t.lead_id, t.entered_at, t.rank FROM json_each(:since) j JOIN stay t ON t.lead_id = j.key"
            " WHERE t.entered_at > j.value AND t.entered_at <= :as_of AND t.rank IS NOT NULL"
            ' ORDER BY t.lead_id, t."position"',
            {"since": json.dumps(since), "as_of": as_of},
        )
    )


_NO_CONTACTS: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def _contacts(book: Book, leads: Sequence[str], as_of: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Per lead the moments of inbound and of outbound contact."""
    rows = by_lead(
        book.connection.execute(
            f"SELECT x.lead_id, x.occurred_at, {_INBOUND} FROM ({LISTED}) c JOIN activity x ON x.lead_id = c.lead_id"
            f" WHERE x.occurred_at <= :as_of AND ({_INBOUND} OR {TOUCH}) ORDER BY x.lead_id, x.occurred_at",
            {"leads": json.dumps(leads), "as_of": as_of},
        )
    )
    return {
        lead: (tuple(at for at, inbound in some if inbound), tuple(at for at, inbound in some if not inbound))
        for lead, some in rows.items()
    }


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
