"""Leads by stage and owner at a moment, outcomes of a period, entries into the pipeline, freshness (metrics.md 0 to 2).

A lead belongs to its owner at `as_of`. Leads merged into another one are left out. Must not know what is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core import periods
from desktop.core.health import STUCK_DAYS
from desktop.core.periods import Period
from desktop.core.pipeline import LOST, OPEN_STAGES, WON
from desktop.core.templates import PIPELINES

if TYPE_CHECKING:
    from desktop.models.book import Book

OWNER = (
    " LEFT JOIN ownership o ON o.lead_id = s.lead_id AND o.from_at <= :as_of AND (o.to_at IS NULL OR o.to_at > :as_of)"
    " LEFT JOIN alias a ON a.id = o.alias"
)
"""Joins the owner at `:as_of` to stays `s`: `a.producer`, null = unassigned."""

COUNTED_LEAD = "JOIN lead l ON l.lead_id = s.lead_id AND l.merged_into IS NULL"

OPEN_LIST = ",".join(f"'{stage}'" for stage in OPEN_STAGES)
OPEN_STAYS = (
    f"SELECT * FROM stay WHERE left_at IS NULL AND stage IN ({OPEN_LIST}) AND entered_at <= :as_of UNION ALL"
    f" SELECT * FROM stay WHERE left_at > :as_of AND stage || '' IN ({OPEN_LIST}) AND entered_at || '' <= :as_of"
)
"""The stays in which open leads are at `:as_of`: those that last, and those left later.

The second half goes by the moment of leaving; `|| ''` keeps it from going by stage, through the whole of the past.
"""

LAST_OUTCOMES = (
    "SELECT s.* FROM stay s JOIN (SELECT lead_id, max(\"position\") AS last FROM stay WHERE stage IN ('won','lost')"
    " AND entered_at >= :start AND entered_at <= :stop GROUP BY lead_id) x"
    ' ON x.lead_id = s.lead_id AND x.last = s."position"'
)
"""The last won or lost entry of each lead between `:start` and `:stop`."""

BOUND_PREMIUM = (
    "(SELECT coalesce(sum(p.annual_premium),0) FROM policy p WHERE p.lead_id = s.lead_id"
    " AND p.\"transaction\" = 'new' AND p.bound_on <= :day)"
)
"""Annual premium in cents of the new policies bound on the stay's lead through `:day`."""


@dataclass(frozen=True, slots=True)
class StageCount:
    """Leads of one owner (None = unassigned) in one stage: number, premium in cents, quoted for over 14 x 24 hours."""

    producer: int | None
    stage: str
    count: int
    premium: int
    stuck: int = 0


def moments(period: Period, as_of: datetime) -> dict[str, str]:
    """Named values of the statements: first day, last moment of the period that counts, and `as_of`."""
    return {
        "start": period.start.isoformat(),
        "stop": min(periods.end_of(period.end), as_of).isoformat(),
        "as_of": as_of.isoformat(),
        "day": as_of.date().isoformat(),
    }


def open_leads(book: Book, as_of: datetime) -> list[StageCount]:
    """Open leads at `as_of` by owner and stage, with their estimated annual premium (none stated counts 0)."""
    stuck_before = as_of - timedelta(days=STUCK_DAYS)
    rows = book.connection.execute(
        "SELECT a.producer, s.stage, count(*), coalesce(sum(l.estimated_premium),0),"
        f" sum(s.stage = 'quoted' AND {moment_sql('s.entered_at')} < :stuck_before)"
        f" FROM ({OPEN_STAYS}) s {COUNTED_LEAD} {OWNER} GROUP BY 1, 2",
        {"as_of": as_of.isoformat(), "stuck_before": stuck_before.isoformat()},
    )
    return [StageCount(*row) for row in rows]


def outcomes(book: Book, period: Period, as_of: datetime) -> list[StageCount]:
    """Leads whose last outcome in the period is won (with the premium bound) or lost (with the estimate), by owner."""
    rows = book.connection.execute(
        f"SELECT a.producer, s.stage, count(*), sum(CASE WHEN s.stage = '{WON}' THEN {BOUND_PREMIUM}"
        f" WHEN s.stage = '{LOST}' THEN coalesce(l.estimated_premium,0) END)"
        f" FROM ({LAST_OUTCOMES}) s {COUNTED_LEAD} {OWNER} GROUP BY 1, 2",
        moments(period, as_of),
    )
    return [StageCount(*row) for row in rows]


def new_prospects(book: Book, period: Period, as_of: datetime) -> dict[int | None, int]:
    """Entries into rank 1 in the period up to `as_of`, by the lead's owner at `as_of`."""
    rows = book.connection.execute(
        f"SELECT a.producer, count(*) FROM stay s {COUNTED_LEAD} {OWNER}"
        " WHERE s.stage = 'prospect' AND s.entered_at >= :start AND s.entered_at <= :stop GROUP BY 1",
        moments(period, as_of),
    )
    return dict(rows.fetchall())


def moment_sql(column: str) -> str:
    """A moment as text with a time of day: a bare date stands for its first second."""
    return f"CASE WHEN length({column}) = 10 THEN {column} || 'T00:00:00' ELSE {column} END"


# --- freshness --------------------------------------------------------------------------------------------------------

_KINDS: dict[str, tuple[str, ...]] = {
    "calls": ("call",),
    "emails": ("email",),
    "texts": ("text",),
    "meetings": ("meeting_set", "meeting_held"),
    "referrals": ("referral_ask",),
    "coi": ("coi_contact",),
}
_DATED = {
    "quotes": "SELECT max(delivered_on) FROM quote WHERE delivered_on <= :as_of",
    "policies": "SELECT max(bound_on) FROM policy WHERE bound_on <= :as_of",
    "leads": "SELECT max(received_at) FROM lead WHERE received_at <= :as_of",
    "stages": "SELECT max(last) FROM ("
    + " UNION ALL ".join(
        f"SELECT max(entered_at) AS last FROM stage WHERE pipeline = '{name}' AND entered_at <= :as_of"
        for name in PIPELINES
    )
    + ")",
}
SOURCES: tuple[str, ...] = (*_KINDS, *_DATED)


def last_records(book: Book, as_of: datetime) -> dict[str, str | None]:
    """Per source the day of its last record at or before `as_of`, ISO, None when there is none (metrics.md 0)."""
    found: dict[str, str | None] = {}
    for source, kinds in _KINDS.items():
        found[source] = max(filter(None, (_last_activity(book, kind, as_of) for kind in kinds)), default=None)
    for source, statement in _DATED.items():
        found[source] = _day(book.connection.execute(statement, {"as_of": as_of.isoformat()}))
    return found


def _last_activity(book: Book, kind: str, as_of: datetime) -> str | None:
    # Calls stand near the end of the index by time; the rarer kinds have one of their own, chosen by its condition.
    indexed = "" if kind == "call" else " AND kind <> 'call'"
    return _day(
        book.connection.execute(
            f"SELECT occurred_at FROM activity WHERE kind = ? AND occurred_at <= ?{indexed}"
            " ORDER BY occurred_at DESC LIMIT 1",
            (kind, as_of.isoformat()),
        )
    )


def _day(rows: Iterable[tuple[str | None]]) -> str | None:
    for (text,) in rows:
        return None if text is None else text[:10]
    return None
