"""Where leads stand: open ones by stage at a moment, won and lost ones by outcome in a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.oracle.counts import Whose
from tests.oracle.facts import OPEN_STAGES, Agency, Entry, Row, day_of, moment_of
from tests.oracle.windows import Window


@dataclass
class LeadState:
    """A lead as it stood at a moment."""

    lead: Row
    owner: str | None
    entries: list[Entry]

    @property
    def stage(self) -> str:
        return self.entries[-1].key

    @property
    def is_open(self) -> bool:
        return self.stage not in ("won", "lost")


def leads_at(agency: Agency, as_of: datetime) -> list[LeadState]:
    """Every lead received by `as_of`, with its owner then and its entries up to then."""
    found = []
    for lead in agency.rows("leads"):
        if moment_of(lead["received_at"]) > as_of:
            continue
        entries = [entry for entry in agency.entries(lead) if entry.at <= as_of]
        found.append(LeadState(lead, agency.owner(lead, as_of), entries))
    return found


def snapshot(agency: Agency, leads: list[LeadState], window: Window, as_of: datetime) -> list[tuple[str, int, int]]:
    """(stage, count, premium in cents) of the open stages, then won and lost."""
    found = []
    for stage in OPEN_STAGES:
        there = [state for state in leads if state.is_open and state.stage == stage]
        found.append((stage, len(there), sum(state.lead.get("estimated_premium") or 0 for state in there)))
    outcomes = [(state, outcome(state, window)) for state in leads]
    won = [state for state, key in outcomes if key == "won"]
    lost = [state for state, key in outcomes if key == "lost"]
    found.append(("won", len(won), sum(bound_premium(agency, state.lead, as_of) for state in won)))
    found.append(("lost", len(lost), sum(state.lead.get("estimated_premium") or 0 for state in lost)))
    return found


def outcome(state: LeadState, window: Window) -> str | None:
    """The last won or lost entry of the lead in the period."""
    last = None
    for entry in state.entries:
        if entry.key in ("won", "lost") and window[0] <= entry.at.date() <= window[1]:
            last = entry.key
    return last


def bound_premium(agency: Agency, lead: Row, as_of: datetime) -> int:
    return sum(
        policy["annual_premium"]
        for policy in agency.rows("policies")
        if policy.get("lead_id") == lead["lead_id"]
        and policy["transaction"] == "new"
        and day_of(policy["bound_on"]) <= as_of.date()
    )


def owned(leads: list[LeadState], whose: Whose) -> list[LeadState]:
    return [state for state in leads if whose(state.owner)]


def stuck_in_quoted(leads: list[LeadState], as_of: datetime) -> int:
    """Open leads that entered `quoted` more than 14 times 24 hours ago and are still there."""
    return sum(
        1
        for state in leads
        if state.is_open and state.stage == "quoted" and as_of - state.entries[-1].at > timedelta(days=14)
    )


def rank_one_entries(leads: list[LeadState], window: Window) -> int:
    return sum(
        1 for state in leads for entry in state.entries if entry.rank == 1 and window[0] <= entry.at.date() <= window[1]
    )
