"""What would have won: for one passed over, the smallest change of each single input (routing.md 3 and 7).

Every change named is verified by deciding again. Must not know how decisions are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.core import crew
from desktop.core.crew import License, Producer
from desktop.core.intake import Lead
from desktop.core.routing import decide
from desktop.core.snapshot import Settings, Snapshot

_MOST_WINS = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One input of a producer and the value with which the lead would have been theirs, as texts."""

    field: str
    before: str
    after: str


def would_have_won(snapshot: Snapshot, lead: Lead, at: datetime, code: str) -> tuple[Change, ...]:
    """For each input that alone would have made `code` the owner, its smallest such change; empty without any.

    Inputs: what excluded the producer (active, licenses, leave, hours, lines), else active leads, leads today,
    response, wins of the trailing 90 days (at most 60 more, each decided), the moment of the last assignment, the turn
    in the rotation and the territory's owner. KeyError for an unknown code.
    """
    producers = {one.code: one for one in snapshot.producers}
    found: dict[str, Change] = {}
    variants = (*_variants(producers[code], lead, snapshot.settings), *_waits(producers, code))
    for field, changed in variants:
        if field in found:
            continue
        crew_after = tuple(changed if one.code == code else one for one in snapshot.producers)
        if decide(replace(snapshot, producers=crew_after), lead, at).producer == code:
            found[field] = Change(field, _text(producers[code], field), _text(changed, field))
    for change, after in _around(snapshot, lead, code):
        if decide(after, lead, at).producer == code:
            found[change.field] = change
    return tuple(found.values())


def _around(snapshot: Snapshot, lead: Lead, code: str) -> Iterator[tuple[Change, Snapshot]]:
    """What is no figure of the producer: whose turn it is, and whose the territory."""
    turns = snapshot.turns
    if turns.get(code) is not None:
        first = min(turns.values()) - 1
        yield Change("turn", str(turns[code]), str(first)), replace(snapshot, turns={**turns, code: first})
    here = snapshot.territories
    rule = None if here is None or lead.zip is None else here.lookup(lead.zip)
    if here is not None and rule is not None and rule.producer != code:
        after = here.edited(replace(rule, producer=code), rule.id)
        yield Change("territory_owner", rule.producer or "", code), replace(snapshot, territories=after)


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
    for limit, _points in sorted(settings.response_bands, reverse=True):
        minutes = limit - 1
        if one.response_minutes is None or one.response_minutes >= limit:
            yield "response_minutes", replace(one, response_minutes=minutes)
    for more in range(1, _MOST_WINS + 1):
        yield "bound", replace(one, bound=one.bound + more, decided=one.decided + more)


def _waits(producers: Mapping[str, Producer], code: str) -> Iterator[tuple[str, Producer]]:
    """The producer as if the last assignment were older than that of one colleague after the other."""
    one = producers[code]
    moments = {each.last_assigned_at for key, each in producers.items() if key != code and each.last_assigned_at}
    for moment in sorted(moments, reverse=True):
        if one.last_assigned_at is not None and moment <= one.last_assigned_at:
            yield "last_assigned_at", replace(one, last_assigned_at=moment - timedelta(minutes=1))


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
