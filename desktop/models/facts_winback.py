"""Leads that stand lost, with what is known for another try, and the follow-ups typed for them.

Merged leads are left out. Must not know which of them are worth it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core.pipeline import LOST
from desktop.models.facts_leads import LEAD_NAME
from desktop.models.facts_pipeline import OWNER
from desktop.models.facts_records import Scope

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class StandingLost:
    """A lead that is lost at `as_of`; money in cents, days as ISO text. `open_task`: the day of an open follow-up."""

    lead_id: str
    name: str
    producer: str | None
    producer_name: str | None
    line: str | None
    phone: str | None
    email: str | None
    lost_at: str
    reason: str | None
    winnable: str
    competing_carrier: str | None
    price_difference: int | None
    premium: int | None
    x_date: str
    open_task: str | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A typed task on a lead; `done_at` None while it is open."""

    key: str
    lead_id: str
    name: str
    due_on: str
    producer: str | None
    producer_name: str | None
    what: str
    done_at: str | None


def standing_lost(
    book: Book, as_of: datetime, scope: Scope, winnable: Collection[str], between: tuple[date, date] | None = None
) -> list[StandingLost]:
    """Leads lost at `as_of` of which it was said that they could have been won, by an answer in `winnable`.

    Their x-date is known, and lies between the two days where these are given.
    """
    first, last = (None, None) if between is None else (day.isoformat() for day in between)
    rows = book.connection.execute(
        f"SELECT l.lead_id, {LEAD_NAME}, g.producer_code, g.name, l.insurance_line, l.phone, l.email, s.entered_at,"
        " l.lost_reason, l.winnable, l.competing_carrier, l.price_difference, l.estimated_premium,"
        " l.policy_expires_on,"
        " (SELECT min(t.due_on) FROM follow_up t WHERE t.lead_id = l.lead_id AND t.done_at IS NULL)"
        f" FROM lead l JOIN stay s ON s.lead_id = l.lead_id AND s.stage = '{LOST}' AND s.entered_at <= :as_of"
        f" AND (s.left_at IS NULL OR s.left_at > :as_of) {OWNER} LEFT JOIN producer g ON g.id = a.producer"
        " WHERE l.merged_into IS NULL AND l.winnable IN (SELECT value FROM json_each(:winnable))"
        " AND l.policy_expires_on IS NOT NULL AND (:first IS NULL OR l.policy_expires_on BETWEEN :first AND :last)"
        f"{scope.condition()} ORDER BY l.policy_expires_on, l.lead_id",
        {"as_of": as_of.isoformat(), "winnable": json.dumps(sorted(winnable)), "first": first, "last": last}
        | scope.values(),
    )
    return [StandingLost(*row) for row in rows]


def follow_ups(book: Book) -> list[FollowUp]:
    """Every follow-up, the open ones first, by day."""
    rows = book.connection.execute(
        f"SELECT t.key, t.lead_id, coalesce({LEAD_NAME}, t.lead_id), t.due_on, g.producer_code,"
        " coalesce(g.name, a.text), t.what, t.done_at FROM follow_up t LEFT JOIN lead l ON l.lead_id = t.lead_id"
        " LEFT JOIN alias a ON a.id = t.producer LEFT JOIN producer g ON g.id = a.producer"
        " ORDER BY t.done_at IS NOT NULL, t.due_on, t.id"
    )
    return [FollowUp(*row) for row in rows]
