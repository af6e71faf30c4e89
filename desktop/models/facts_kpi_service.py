"""Entries of the service pipelines by lead or policy, with whose they are (metrics.md 0 and 1).

An entry belongs to its policy's producer, or to its lead's owner; leads merged into another one stand for that one.
Must not know what is made of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from desktop.core.kpis.cases import Cases, Entry
from desktop.core.kpis.reading import Horizon
from desktop.models.facts_kpi_leads import owners_of
from desktop.models.facts_kpi_nurture import LISTED

if TYPE_CHECKING:
    from desktop.models.book import Book

_LEAD = "coalesce(l.merged_into, s.lead_id)"
_TERM = (
    "coalesce((SELECT t.id FROM policy t WHERE t.policy_number = s.policy_number"
    " AND t.effective_on <= substr(s.entered_at, 1, 10) ORDER BY t.effective_on DESC LIMIT 1),"
    " (SELECT t.id FROM policy t WHERE t.policy_number = s.policy_number ORDER BY t.effective_on LIMIT 1))"
)
"""The policy's term on the day of the entry, else its first one."""

_RECENT = "FROM stage e WHERE e.pipeline = :pipeline AND e.entered_at >= :first AND e.entered_at <= :as_of"
_CASES_OF_THE_HORIZON = (
    f" AND (s.entered_at >= :first OR s.policy_number IN (SELECT e.policy_number {_RECENT})"
    f" OR s.lead_id IN (SELECT e.lead_id {_RECENT}))"
)


def underwriting_cases(book: Book, horizon: Horizon) -> Cases:
    """Underwriting entries of every case that has one in the horizon."""
    return _cases(book, "underwriting", horizon)


def placement_cases(book: Book, horizon: Horizon) -> Cases:
    """Placement entries of every case that has one in the horizon."""
    return _cases(book, "placement", horizon)


def exception_cases(book: Book, horizon: Horizon) -> Cases:
    """Exception entries of every case that has one in the horizon."""
    return _cases(book, "exceptions", horizon)


def _cases(book: Book, pipeline: str, horizon: Horizon) -> Cases:
    values = {"pipeline": pipeline, "first": horizon.first.isoformat(), "as_of": horizon.as_of.isoformat()}
    rows = book.connection.execute(
        f"SELECT s.id, s.stage, s.entered_at, coalesce(s.carrier, p.carrier), s.detail, s.policy_number, {_LEAD},"
        f" a.producer FROM stage s LEFT JOIN policy p ON s.policy_number IS NOT NULL AND p.id = {_TERM}"
        ' LEFT JOIN production n ON n.policy = p.id AND n."position" = 0 LEFT JOIN alias a ON a.id = n.alias'
        " LEFT JOIN lead l ON l.lead_id = s.lead_id"
        f" WHERE s.pipeline = :pipeline AND s.entered_at <= :as_of{_CASES_OF_THE_HORIZON} ORDER BY s.entered_at, s.id",
        values,
    ).fetchall()
    leads = {lead for *_entry, policy, lead, _producer in rows if policy is None}
    owners = owners_of(book, LISTED, {"leads": json.dumps(sorted(leads, key=str))})
    found: dict[str, list[Entry]] = {}
    for row, stage, at, carrier, detail, policy, lead, producer in rows:
        subject = f"lead {lead}" if policy is None else f"policy {policy}"
        whose = owners.get(lead, ()) if policy is None else (("", None, producer),)
        found.setdefault(subject, []).append(Entry(row, subject, stage, at, carrier, detail, whose))
    return {subject: tuple(entries) for subject, entries in found.items()}


def first_exceptions(book: Book, horizon: Horizon) -> dict[str, str]:
    """By policy number the moment of its first exception; one on a lead is one of the lead's policies."""
    rows = book.connection.execute(
        "SELECT policy_number, min(at) FROM (SELECT policy_number, entered_at AS at FROM stage"
        " WHERE pipeline = 'exceptions' AND stage = 'new_exception' AND entered_at <= :as_of"
        " UNION ALL SELECT p.policy_number, s.entered_at FROM stage s JOIN policy p ON p.lead_id = s.lead_id"
        " WHERE s.pipeline = 'exceptions' AND s.stage = 'new_exception' AND s.entered_at <= :as_of"
        " AND s.policy_number IS NULL) WHERE policy_number IS NOT NULL GROUP BY policy_number",
        {"as_of": horizon.as_of.isoformat()},
    )
    return dict(rows.fetchall())
