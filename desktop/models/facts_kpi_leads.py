"""Leads with the first time of everything that a KPI asks of them, and who waited for an answer (metrics.md 4, 1 to 3).

First times do not depend on when one looks: a lead loaded once serves every period and every `as_of` before the
horizon's. Leads merged into another one are left out. CROSS JOIN, and a `+` before a column, keep queries from going
through an index that holds the whole past. Must not know what is made of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from desktop.core.kpis.leads import LeadFact, Owners, Thread, Waiting, WonLead, threads_of
from desktop.core.kpis.reading import Horizon
from desktop.models.contact import CONVERSATION, OUTBOUND, TOUCH
from desktop.models.texts import Once, held_once

if TYPE_CHECKING:
    from desktop.models.book import Book

_ATTEMPT = f"x.kind IN ('call','text') AND {OUTBOUND}"
_INBOUND = (
    "x.direction = 'inbound' AND (x.kind IN ('email','text') OR (x.kind = 'call' AND x.outcome IS NOT 'connected'))"
)
_RANKS = ",".join(f"min(CASE WHEN s.rank >= {rank} THEN s.entered_at END)" for rank in range(1, 8))
_RECEIVED = "l.received_at >= :first AND l.received_at <= :as_of AND l.merged_into IS NULL"


def leads(book: Book, horizon: Horizon) -> list[LeadFact]:
    """The leads received within the horizon, in order of receipt."""
    return _leads(book, horizon.first.isoformat(), horizon.as_of.isoformat())


def every_lead(book: Book, horizon: Horizon) -> list[LeadFact]:
    """Every lead received up to the horizon's end: those of old too, which may move within it."""
    return _leads(book, "", horizon.as_of.isoformat())


def _leads(book: Book, first: str, as_of: str) -> list[LeadFact]:
    values = {"first": first, "as_of": as_of}
    once = held_once()
    reached = _keyed(
        book.connection.execute(
            f"SELECT l.lead_id,{_RANKS} FROM lead l CROSS JOIN stay s"
            f" WHERE s.lead_id = l.lead_id AND s.entered_at <= :as_of AND {_RECEIVED} GROUP BY l.lead_id",
            values,
        ),
        once,
    )
    contacts = _keyed(book.connection.execute(_CONTACTS, values), once)
    attempts = dict(book.connection.execute(_ATTEMPTS, values).fetchall())
    owners = owners_of(book, f"SELECT l.lead_id FROM lead l WHERE {_RECEIVED}", values)
    rows = book.connection.execute(
        "SELECT l.id, l.lead_id, l.received_at, l.source, l.state, l.insurance_line FROM lead l"
        f" WHERE {_RECEIVED} ORDER BY l.received_at, l.lead_id",
        values,
    )
    return [
        LeadFact._make(
            (
                row,
                *map(once, told),
                owners.get(told[0], ()),
                reached.get(told[0], _NEVER),
                *contacts.get(told[0], _NO_CONTACT),
                attempts.get(told[0], 0),
            )
        )
        for row, *told in rows
    ]


_NEVER = (None,) * 7
_NO_CONTACT = (None,) * 4
_OF_LEADS = f"FROM lead l JOIN activity x ON x.lead_id = l.lead_id WHERE {_RECEIVED} AND x.occurred_at <= :as_of"
_CONTACTS = (
    f"SELECT l.lead_id, min(CASE WHEN {TOUCH} AND length(x.occurred_at) > 10 AND x.occurred_at >= l.received_at"
    " THEN x.occurred_at END),"
    f" min(CASE WHEN {TOUCH} AND x.occurred_at >= substr(l.received_at, 1, length(x.occurred_at))"
    " THEN x.occurred_at END),"
    f" min(CASE WHEN {CONVERSATION} THEN x.occurred_at END),"
    f" min(CASE WHEN {_ATTEMPT} AND x.outcome = 'connected' THEN x.occurred_at END) {_OF_LEADS} GROUP BY l.lead_id"
)
_ATTEMPTS = (
    "SELECT c.lead_id, sum(coalesce(x.count,1)) FROM (SELECT x.lead_id, x.occurred_at, x.id,"
    f" row_number() OVER (PARTITION BY x.lead_id ORDER BY x.occurred_at, x.id) AS turn {_OF_LEADS}"
    f" AND {_ATTEMPT} AND x.outcome = 'connected') c JOIN activity x ON x.lead_id = c.lead_id"
    f" AND {_ATTEMPT} AND (x.occurred_at, x.id) <= (c.occurred_at, c.id) WHERE c.turn = 1 GROUP BY c.lead_id"
)


def owners_of(book: Book, chosen: str, values: Mapping[str, Any]) -> dict[str, Owners]:
    """Who owned the leads that the statement `chosen` lists, from when to when."""
    found: dict[str, list[tuple[str, str | None, int | None]]] = defaultdict(list)
    rows = book.connection.execute(
        f"SELECT o.lead_id, o.from_at, o.to_at, a.producer FROM ({chosen}) c"
        " JOIN ownership o ON o.lead_id = c.lead_id LEFT JOIN alias a ON a.id = o.alias",
        values,
    )
    for lead_id, start, end, producer in rows:
        found[lead_id].append((start, end, producer))
    return {lead_id: tuple(spans) for lead_id, spans in found.items()}


def _keyed(rows: Iterable[tuple[Any, ...]], once: Once) -> dict[str, tuple[Any, ...]]:
    return {row[0]: tuple(map(once, row[1:])) for row in rows}


# --- answers awaited --------------------------------------------------------------------------------------------------

_ASKING = (
    "SELECT DISTINCT x.lead_id, l.received_at FROM activity x"
    " JOIN lead l ON l.lead_id = x.lead_id AND l.merged_into IS NULL"
    f" WHERE x.occurred_at >= :first AND x.occurred_at <= :as_of AND x.lead_id IS NOT NULL AND {_INBOUND}"
)


def threads(book: Book, horizon: Horizon) -> list[Thread]:
    """Every inbound message or missed call of the leads that sent one within the horizon, with what answered it.

    Several in a row are one, from the first: an older one may have begun before the horizon.
    """
    values = {"first": horizon.first.isoformat(), "as_of": horizon.as_of.isoformat()}
    owners = owners_of(book, f"SELECT lead_id FROM ({_ASKING})", values)
    rows = book.connection.execute(
        f"SELECT x.lead_id, x.id, x.occurred_at, {_INBOUND} AS asking, c.received_at FROM ({_ASKING}) c"
        " JOIN activity x ON x.lead_id = c.lead_id"
        f" WHERE x.occurred_at <= :as_of AND ({_INBOUND} OR {TOUCH})"
        " ORDER BY x.lead_id, x.occurred_at, asking DESC, x.id",
        values,
    )
    found: list[Thread] = []
    for lead_id, group in groupby(rows, key=itemgetter(0)):
        events = list(group)
        told = ((row, at, bool(asking)) for _lead, row, at, asking, _received in events)
        found.extend(threads_of(told, events[0][4], owners.get(lead_id, ())))
    return found


# --- leads in their stages, and sales ---------------------------------------------------------------------------------

_OPEN_STAGES = "('prospect','contacted','needs_analysis','quoted','proposed','closing')"


OPEN_IN_HORIZON = (
    f"SELECT * FROM stay WHERE left_at IS NULL AND stage IN {_OPEN_STAGES} AND entered_at <= :as_of UNION ALL"
    f" SELECT * FROM stay WHERE left_at > :first AND stage || '' IN {_OPEN_STAGES} AND entered_at || '' <= :as_of"
)
"""The stays in open stages that reach into the time from `:first` to `:as_of`."""


def waiting(book: Book, horizon: Horizon) -> list[Waiting]:
    """Every time that a lead spent in an open stage and that reaches into the horizon."""
    values = {"first": horizon.first.isoformat(), "as_of": horizon.as_of.isoformat()}
    owners = owners_of(book, f"SELECT DISTINCT lead_id FROM ({OPEN_IN_HORIZON})", values)
    rows = book.connection.execute(
        f"SELECT l.id, l.lead_id, s.stage, s.given, s.entered_at, s.left_at FROM ({OPEN_IN_HORIZON}) s"
        " JOIN lead l ON l.lead_id = s.lead_id AND l.merged_into IS NULL ORDER BY s.entered_at, s.lead_id",
        values,
    )
    once = held_once()
    return [Waiting._make((row, *map(once, told), owners.get(told[0], ()))) for row, *told in rows]


def won_leads(book: Book, horizon: Horizon) -> list[WonLead]:
    """The leads won within the horizon, with receipt and their first won entry, which may lie before it."""
    values = {"first": horizon.first.isoformat(), "as_of": horizon.as_of.isoformat()}
    won = "SELECT DISTINCT lead_id FROM stay WHERE stage = 'won' AND entered_at >= :first AND entered_at <= :as_of"
    owners = owners_of(book, won, values)
    rows = book.connection.execute(
        "SELECT l.id, l.lead_id, l.received_at, (SELECT min(s.entered_at) FROM stay s WHERE s.lead_id = l.lead_id"
        f" AND +s.stage = 'won') FROM ({won}) w JOIN lead l ON l.lead_id = w.lead_id AND l.merged_into IS NULL"
        " ORDER BY l.received_at, l.lead_id",
        values,
    )
    return [WonLead._make((*row, owners.get(row[1], ()))) for row in rows]
