"""Who stands where: leads in the sales pipeline and cases in the service pipelines, at a moment (metrics.md 1).

A lead belongs to its owner at `as_of`, a case to its policy's producer or its lead's owner. Must not know which stages
wait for somebody.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core.pipeline import LOST, WON
from desktop.models.facts_leads import LEAD_NAME
from desktop.models.facts_pipeline import COUNTED_LEAD, OPEN_STAYS, OWNER
from desktop.models.facts_records import Scope

if TYPE_CHECKING:
    from desktop.models.book import Book

_TERM = (
    "(SELECT t.id FROM policy t WHERE t.policy_number = s.policy_number ORDER BY"
    " t.effective_on <= substr(s.entered_at, 1, 10) DESC, abs(julianday(t.effective_on) - julianday(s.entered_at))"
    " LIMIT 1)"
)
"""The policy's term on the day of the entry, else its first one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A lead or case where it stands: exactly one of `lead_id` and `policy_number` says which it is.

    `stage` is the P&C key; `premium` in cents: the lead's estimate or the policy's annual premium. `detail` is the
    entry's (a carrier, what is missing, why it was lost). `key` is the stored key of the lead, or of the case's entry.
    """

    lead_id: str | None
    policy_number: str | None
    name: str
    stage: str
    entered_at: str
    producer: str | None
    producer_name: str | None
    line: str | None
    premium: int | None
    detail: str | None
    key: str


def leads(book: Book, as_of: datetime, ended_since: str, scope: Scope | None = None) -> list[Standing]:
    """Open leads at `as_of`, and those won or lost since `ended_since` (ISO), the longest in their stage first."""
    whose = scope or Scope()
    rows = book.connection.execute(
        f"SELECT l.lead_id, NULL, {LEAD_NAME}, s.stage, s.entered_at, g.producer_code, coalesce(g.name, a.text),"
        " l.insurance_line, l.estimated_premium,"
        f" CASE s.stage WHEN '{LOST}' THEN l.lost_reason END, l.key"
        f" FROM ({OPEN_STAYS} UNION ALL SELECT * FROM stay WHERE stage IN ('{WON}','{LOST}')"
        " AND entered_at >= :since AND entered_at <= :as_of AND (left_at IS NULL OR left_at > :as_of)) s"
        f" {COUNTED_LEAD} {OWNER} LEFT JOIN producer g ON g.id = a.producer"
        f" WHERE 1 = 1{whose.condition()} ORDER BY s.entered_at, l.lead_id",
        {"as_of": as_of.isoformat(), "since": ended_since} | whose.values(),
    )
    return [Standing(*row) for row in rows]


def cases(
    book: Book, pipeline: str, as_of: datetime, ended_since: str, finals: Collection[str], scope: Scope | None = None
) -> list[Standing]:
    """The cases of a service pipeline at `as_of`; those in one of the `finals` only if they came there since then."""
    whose = scope or Scope()
    rows = book.connection.execute(
        "SELECT CASE WHEN s.policy_number IS NULL THEN s.lead_id END, s.policy_number,"
        f" coalesce(p.client, {LEAD_NAME}, s.policy_number, s.lead_id), s.stage, s.entered_at, g.producer_code,"
        " coalesce(g.name, a.text), coalesce(p.insurance_line, l.insurance_line),"
        " coalesce(p.annual_premium, l.estimated_premium),"
        " nullif(trim(coalesce(s.carrier, p.carrier, '') || ' ' || coalesce(s.detail, '')), ''), s.key"
        " FROM (SELECT *, row_number() OVER (PARTITION BY coalesce('p' || policy_number, 'l' || lead_id)"
        " ORDER BY entered_at DESC, id DESC) AS place FROM stage WHERE pipeline = :pipeline AND entered_at <= :as_of) s"
        " LEFT JOIN lead l ON l.lead_id = s.lead_id"
        f" LEFT JOIN policy p ON s.policy_number IS NOT NULL AND p.id = {_TERM}"
        ' LEFT JOIN production n ON n.policy = p.id AND n."position" = 0'
        " LEFT JOIN ownership o ON s.policy_number IS NULL AND o.lead_id = s.lead_id AND o.from_at <= :as_of"
        " AND (o.to_at IS NULL OR o.to_at > :as_of)"
        " LEFT JOIN alias a ON a.id = coalesce(n.alias, o.alias) LEFT JOIN producer g ON g.id = a.producer"
        f" WHERE s.place = 1 AND l.merged_into IS NULL{whose.condition()}"
        f" AND (s.entered_at >= :since OR s.stage NOT IN ({_listed(finals)})) ORDER BY s.entered_at, s.id",
        {"as_of": as_of.isoformat(), "since": ended_since, "pipeline": pipeline} | whose.values(),
    )
    return [Standing(*row) for row in rows]


def _listed(stages: Collection[str]) -> str:
    return ",".join(f"'{stage}'" for stage in stages) or "''"


def last_entry(book: Book, pipeline: str, lead_id: str | None, policy_number: str | None) -> tuple[str, str] | None:
    """(stage as given, moment) of the last entry of a lead or policy in a service pipeline, None without any."""
    column, value = ("policy_number", policy_number) if policy_number is not None else ("lead_id", lead_id)
    row = book.connection.execute(
        f"SELECT stage, entered_at FROM stage WHERE pipeline = ? AND {column} = ?"
        " ORDER BY entered_at DESC, id DESC LIMIT 1",
        (pipeline, value),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def last_stay(book: Book, lead_id: str) -> tuple[str, str, bool] | None:
    """(stage as given, moment, whether a stage entry says so) of where a lead stands; None for no such lead."""
    row = book.connection.execute(
        "SELECT s.given, s.entered_at, s.stage_row IS NOT NULL FROM stay s"
        ' JOIN lead l ON l.lead_id = s.lead_id AND l.merged_into IS NULL WHERE s.lead_id = ? ORDER BY s."position" DESC'
        " LIMIT 1",
        (lead_id,),
    ).fetchone()
    return None if row is None else (row[0], row[1], bool(row[2]))


def lead_row(book: Book, lead_id: str) -> tuple[str, str] | None:
    """(stored key, name) of a lead, None for no such lead."""
    row = book.connection.execute(f"SELECT l.key, {LEAD_NAME} FROM lead l WHERE l.lead_id = ?", (lead_id,)).fetchone()
    return None if row is None else (row[0], row[1])


def policy_client(book: Book, policy_number: str) -> str | None:
    """The client's name on a policy, None for no such policy."""
    row = book.connection.execute(
        "SELECT client FROM policy WHERE policy_number = ? ORDER BY effective_on DESC LIMIT 1", (policy_number,)
    ).fetchone()
    return None if row is None else str(row[0])
