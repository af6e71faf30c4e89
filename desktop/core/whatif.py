"""What would have won: for one passed over, the smallest change of each single input (routing.md 3 and 7).

Every change named is verified by deciding again. Must not know how decisions are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.core import crew
from desktop.core.crew import License, Producer
from desktop.core.intake import Lead
from desktop.core.routing import decide
from desktop.core.snapshot import Settings, Snapshot

_MOST_WINS = 60
_RESPONSES = (59, 29, 14, 4)


@dataclass(frozen=True, slots=True)
class Change:
    """One input of a producer and the value with which the lead would have been theirs, as texts."""

    field: str
    before: str
    after: str


def would_have_won(snapshot: Snapshot, lead: Lead, at: datetime, code: str) -> tuple[Change, ...]:
    """For each input that alone would have made `code` the owner, its smallest such change; empty without any.

    Inputs: what excluded the producer (active, licenses, leave, hours, lines), else active leads, leads today, response
    and wins of the trailing 90 days (at most 60 more, each decided). KeyError for an unknown code.
    """
    producers = {one.code: one for one in snapshot.producers}
    found: dict[str, Change] = {}
    for field, changed in _variants(producers[code], lead, snapshot.settings):
        if field in found:
            continue
        crew_after = tuple(changed if one.code == code else one for one in snapshot.producers)
        if decide(replace(snapshot, producers=crew_after), lead, at).producer == code:
            found[field] = Change(field, _text(producers[code], field), _text(changed, field))
    return tuple(found.values())


def _variants(one: Producer, lead: Lead, settings: Settings) -> Iterator[tuple[str, Producer]]:
    """Each input with one value after the other, nearest first."""
    if not one.active:
        yield "active", replace(one, active=True)
    if one.licenses and lead.state:
        yield "licenses", replace(one, licenses=(*one.licenses, License(lead.state)))
    if one.leave:
        yield "leave", replace(one, leave=())
    if one.hours:
        yield "hours", replace(one, hours=None)
    if one.lines and not crew.takes_line(one, lead.lines):
        yield "lines", replace(one, lines=(*one.lines, *lead.lines))
    for active in range(one.active_leads - 1, -1, -1):
        yield "active_leads", replace(one, active_leads=active)
    cap = settings.cap_day if one.cap_day is None else one.cap_day
    if one.leads_today >= cap > 0:
        yield "leads_today", replace(one, leads_today=cap - 1)
    for minutes in _RESPONSES:
        if one.response_minutes is None or one.response_minutes > minutes:
            yield "response_minutes", replace(one, response_minutes=minutes)
    for more in range(1, _MOST_WINS + 1):
        yield "bound", replace(one, bound=one.bound + more, decided=one.decided + more)


def _text(one: Producer, field: str) -> str:
    if field == "licenses":
        return ", ".join(held.state for held in one.licenses)
    if field == "lines":
        return ", ".join(one.lines)
    if field == "leave":
        return ", ".join(f"{first} to {last}" for first, last in one.leave)
    if field == "hours":
        return "own hours" if one.hours else "always"
    return str(getattr(one, field))
