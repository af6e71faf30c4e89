"""Leads as a record of them is made elsewhere: who, where from, what they want, whose they are and how far they got.

Reads only; must not know for which system or in which words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.models.contact import TOUCH
from desktop.models.facts_pipeline import OWNER
from desktop.models.facts_routing import LEAD_COLUMNS, LeadCells

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class AmsCells:
    """A lead's cells with its owner's code and name, its stage, whether anybody reached out, and what is noted."""

    cells: LeadCells
    owner_name: str | None
    stage: str | None
    touched: bool
    carrier: str | None
    note: str | None


def leads(book: Book, first: datetime, last: datetime, as_of: datetime) -> list[AmsCells]:
    """The leads received from `first` to `last` as known at `as_of`, in order of arrival; merged ones are left out."""
    stage = (
        '(SELECT s.stage FROM stay s WHERE s.lead_id = l.lead_id AND s.entered_at <= :as_of ORDER BY s."position" DESC'
        " LIMIT 1)"
    )
    touched = f"EXISTS (SELECT 1 FROM activity x WHERE x.lead_id = l.lead_id AND {TOUCH} AND x.occurred_at <= :as_of)"
    rows = book.connection.execute(
        f"SELECT {LEAD_COLUMNS}, coalesce(p.producer_code, a.text), coalesce(p.name, a.text), {stage}, {touched},"
        f" l.carrier, l.note FROM lead l {OWNER.replace('s.lead_id', 'l.lead_id')}"
        " LEFT JOIN producer p ON p.id = a.producer"
        " WHERE l.merged_into IS NULL AND l.received_at >= :first AND l.received_at <= :last"
        " ORDER BY l.received_at, l.lead_id",
        {"first": first.isoformat(), "last": last.isoformat(), "as_of": as_of.isoformat()},
    )
    return [
        AmsCells(LeadCells(*row[:14]), row[14], row[15], bool(row[16]), row[17], row[18]) for row in rows.fetchall()
    ]
