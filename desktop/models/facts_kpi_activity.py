"""What was done on each day by whom, and what nobody has touched (metrics.md 4, section 7).

Must not know what is made of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from desktop.core import periods
from desktop.core.kpis.activity import Act, DayWork, OpenCase, Untouched
from desktop.core.kpis.reading import Asked, Horizon
from desktop.models.contact import OUTBOUND
from desktop.models.facts_kpi_leads import OPEN_IN_HORIZON, owners_of
from desktop.models.facts_records import Scope
from desktop.models.storage import fold
from desktop.models.texts import held_once

if TYPE_CHECKING:
    from desktop.models.book import Book

_WEEK = timedelta(days=7)
_LONGEST = timedelta(days=15)
_SENT = f"{OUTBOUND} AND x.bulk IS NOT 1"
_OUTGOING = f"{OUTBOUND} AND (x.kind = 'call' OR x.bulk IS NOT 1)"
_TALK = "x.kind = 'call' AND x.outcome = 'connected'"
_KINDS = (
    ("call", f"x.kind = 'call' AND {OUTBOUND}"),
    ("text", f"x.kind = 'text' AND {_SENT}"),
    ("email", f"x.kind = 'email' AND {_SENT}"),
    ("meeting_held", "x.kind = 'meeting_held'"),
)
_COUNTS = ",".join(f"sum(CASE WHEN {condition} THEN coalesce(x.count,1) ELSE 0 END)" for _kind, condition in _KINDS)
_DAYS = (
    f"SELECT substr(x.occurred_at,1,10), a.producer, {_COUNTS},"
    f" count(DISTINCT CASE WHEN {_OUTGOING} THEN x.lead_id END),"
    f" sum(CASE WHEN {_TALK} THEN coalesce(x.count,1) ELSE 0 END),"
    f" sum(CASE WHEN {_TALK} THEN coalesce(x.minutes,0) ELSE 0 END),"
    f" count(DISTINCT CASE WHEN {OUTBOUND} THEN x.lead_id END),"
    f" sum(CASE WHEN {_TALK} AND x.minutes IS NULL THEN coalesce(x.count,1) ELSE 0 END)"
    " FROM activity x LEFT JOIN alias a ON a.id = x.producer"
    " WHERE x.occurred_at >= :first AND x.occurred_at <= :as_of GROUP BY 1, 2 ORDER BY 1, 2"
)


def work(book: Book, horizon: Horizon) -> list[DayWork]:
    """What everybody did, by day, from a week before the horizon on; the last day up to its last moment."""
    values = {"first": (horizon.first - _WEEK).isoformat(), "as_of": horizon.as_of.isoformat()}
    once = held_once()
    return [DayWork(once(day), *row) for day, *row in book.connection.execute(_DAYS, values)]


def work_of_day(book: Book, as_of: datetime) -> list[DayWork]:
    """What each producer did on the day of `as_of`, up to it."""
    values = {"first": as_of.date().isoformat(), "as_of": as_of.isoformat()}
    return [DayWork(*row) for row in book.connection.execute(_DAYS, values)]


def is_whole(as_of: datetime) -> bool:
    """Whether the day of `as_of` is over."""
    return periods.last_whole_day(as_of) == as_of.date()


# --- what nobody has touched ------------------------------------------------------------------------------------------

_TERM = (
    "coalesce((SELECT t.id FROM policy t WHERE t.policy_number = s.policy_number"
    " AND t.effective_on <= substr(s.entered_at, 1, 10) ORDER BY t.effective_on DESC LIMIT 1),"
    " (SELECT t.id FROM policy t WHERE t.policy_number = s.policy_number ORDER BY t.effective_on LIMIT 1))"
)
_CASE = (
    "s.id, s.pipeline, s.stage, s.entered_at, coalesce(s.policy_number, s.lead_id),"
    " coalesce(p.lead_id, s.lead_id) AS lead, p.client, p.id IS NOT NULL, a.producer"
)
_WHOSE_CASE = (
    f" LEFT JOIN policy p ON s.policy_number IS NOT NULL AND p.id = {_TERM}"
    ' LEFT JOIN production n ON n.policy = p.id AND n."position" = 0 LEFT JOIN alias a ON a.id = n.alias'
)
_OPEN_CASES = (
    f"SELECT {_CASE} FROM (SELECT *, row_number() OVER (PARTITION BY pipeline, policy_number, lead_id"
    " ORDER BY entered_at DESC, id DESC) AS turn FROM stage"
    f" WHERE pipeline IN ('underwriting','placement','exceptions') AND entered_at <= :as_of) s{_WHOSE_CASE}"
    " WHERE s.turn = 1 AND s.stage NOT IN ('approved','declined','in_force','not_taken','resolved','terminated')"
    " OR s.turn = 1 AND s.pipeline = 'placement' AND s.stage = 'approved'"
)
_EXCEPTIONS = (
    f"SELECT {_CASE} FROM (SELECT *, lead(entered_at) OVER (PARTITION BY coalesce(policy_number, lead_id)"
    " ORDER BY entered_at, id) AS next_at FROM stage WHERE pipeline = 'exceptions' AND entered_at <= :as_of)"
    f" s{_WHOSE_CASE} WHERE s.entered_at >= :first OR s.next_at >= :first"
    " OR s.next_at IS NULL AND s.stage NOT IN ('resolved','terminated') ORDER BY s.entered_at, s.id"
)
_ON_LEADS = (
    "SELECT DISTINCT lead_id FROM stage WHERE pipeline IN ('underwriting','placement','exceptions')"
    " AND +policy_number IS NULL AND entered_at <= :as_of"
)
_EXCEPTIONS_ON_LEADS = (
    "SELECT DISTINCT lead_id FROM stage WHERE pipeline = 'exceptions' AND +policy_number IS NULL"
    " AND entered_at <= :as_of"
)


def open_cases(book: Book, as_of: datetime) -> list[OpenCase]:
    """The underwriting, placement and exception cases whose latest entry at `as_of` is not an end of them."""
    return _cases(book, _OPEN_CASES, _ON_LEADS, {"as_of": as_of.isoformat()})


def exception_entries(book: Book, horizon: Horizon) -> list[OpenCase]:
    """The entries of the exceptions pipeline in the horizon, and of those before it what was open then; in order."""
    values = {"first": horizon.first.isoformat(), "as_of": horizon.as_of.isoformat()}
    return _cases(book, _EXCEPTIONS, _EXCEPTIONS_ON_LEADS, values)


def _cases(book: Book, statement: str, leads: str, values: dict[str, str]) -> list[OpenCase]:
    owners = owners_of(book, leads, values)
    return [
        OpenCase._make((*row[:7], (("", None, row[8]),) if row[7] else owners.get(row[5], ())))
        for row in book.connection.execute(statement, values)
    ]


def touches(book: Book, horizon: Horizon) -> dict[str, list[str]]:
    """When anything was done for each lead that is open at some time in the horizon: all its activities, in order."""
    rows = book.connection.execute(
        f"SELECT x.lead_id, x.occurred_at FROM (SELECT DISTINCT lead_id FROM ({OPEN_IN_HORIZON})) w"
        " CROSS JOIN activity x WHERE x.lead_id = w.lead_id AND x.occurred_at <= :as_of"
        " ORDER BY x.lead_id, x.occurred_at",
        {"first": horizon.first.isoformat(), "as_of": horizon.as_of.isoformat()},
    )
    found: dict[str, list[str]] = defaultdict(list)
    for lead_id, at in rows:
        found[lead_id].append(at)
    return found


def untouched_exceptions(book: Book, cases: Sequence[OpenCase], as_of: datetime) -> list[Untouched]:
    """The open exceptions at `as_of`, each with the last activity for its lead or client, or its last stage move."""
    clients = _last_of_clients(book, as_of) if any(one.client for one in cases) else {}
    found = []
    for one in cases:
        (active,) = book.connection.execute(
            "SELECT max(occurred_at) FROM activity WHERE lead_id = ? AND occurred_at <= ?",
            (one.lead, as_of.isoformat()),
        ).fetchone()
        since = max(one.entered_at, active or "", clients.get(fold(one.client or ""), ""))
        found.append(Untouched("stages", one.row, one.subject, one.stage, since, one.owners))
    return found


def _last_of_clients(book: Book, as_of: datetime) -> dict[str, str]:
    """By client's comparable name the last activity, as far back as it makes a difference."""
    rows = book.connection.execute(
        "SELECT x.client, max(x.occurred_at) FROM activity x WHERE x.occurred_at >= :first"
        " AND x.occurred_at <= :as_of AND x.client IS NOT NULL GROUP BY x.client",
        {"first": (as_of.date() - _LONGEST).isoformat(), "as_of": as_of.isoformat()},
    )
    found: dict[str, str] = {}
    for client, at in rows:
        name = fold(client)
        found[name] = max(at, found.get(name, ""))
    return found


# --- single activities ------------------------------------------------------------------------------------------------

_KIND = " ".join(f"WHEN {condition} THEN '{kind}'" for kind, condition in _KINDS)


def acts(book: Book, asked: Asked, scope: Scope) -> list[Act]:
    """The outbound activities of the period, bulk left out, in order of time; a meeting held counts either way."""
    return _acts(book, asked, scope, f"({_OUTGOING} OR x.kind = 'meeting_held')")


def on_leads(book: Book, asked: Asked, scope: Scope) -> list[Act]:
    """The outbound activities of the period that name a lead, bulk ones too, in order of time."""
    return _acts(book, asked, scope, f"{OUTBOUND} AND x.lead_id IS NOT NULL", OUTBOUND)


def talks(book: Book, asked: Asked, scope: Scope) -> list[Act]:
    """The connected calls of the period, either way."""
    return _acts(book, asked, scope, _TALK)


def _acts(book: Book, asked: Asked, scope: Scope, condition: str, on_lead: str = _OUTGOING) -> list[Act]:
    values: dict[str, Any] = {"start": asked.start_text, "stop": asked.stop_text}
    rows = book.connection.execute(
        f"SELECT x.id, x.occurred_at, a.producer, CASE {_KIND} ELSE '' END, coalesce(x.count,1),"
        f" CASE WHEN {on_lead} THEN x.lead_id END, coalesce(x.minutes,0)"
        " FROM activity x LEFT JOIN alias a ON a.id = x.producer"
        f" WHERE x.occurred_at >= :start AND x.occurred_at <= :stop AND {condition}{scope.condition()}"
        " ORDER BY x.occurred_at, x.id",
        values | scope.values(),
    )
    return [Act(*row) for row in rows]
