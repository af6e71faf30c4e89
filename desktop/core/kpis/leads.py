"""Leads from receipt to sale: speed, contact, engagement, closing (metrics.md 4, sections 1 to 3).

Formulas over the leads' first times. A lead belongs to its owner at `as_of`. Must not know where leads are stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from desktop.core import pipeline
from desktop.core.kpis.definition import Basis
from desktop.core.kpis.reading import (
    Asked,
    Item,
    KpiReading,
    breakdown,
    days_between,
    distribution,
    duration,
    grouped,
    has_time,
    mean_of,
    median_of,
    minutes_between,
    share_of,
)
from desktop.core.money import ratio

Owners = tuple[tuple[str, str | None, int | None], ...]
"""Spans of ownership: from, to (None: still), the producer's id (None: nobody's)."""

_QUICK_MINUTES = 5
_ENGAGED, _QUALIFIED, _APPLIED, _WON = 3, 4, 6, pipeline.WON_RANK
MOST_ATTEMPTS = 8
"""The last bucket of the attempts: this many or more."""


class LeadFact(NamedTuple):
    """A lead and when each thing happened first: ISO moments, None for never.

    `reached[r - 1]`: first entry of rank >= r. `first_touch`: first contact at or after receipt that has a time of
    day; `touched_on`: the same, days alone included. `conversation`: somebody really talked. `connected`: the first
    connected outbound call or text, `attempts` how many it took.
    """

    row: int
    lead_id: str
    received_at: str
    source: str | None
    state: str | None
    line: str | None
    owners: Owners
    reached: tuple[str | None, ...]
    first_touch: str | None = None
    touched_on: str | None = None
    conversation: str | None = None
    connected: str | None = None
    attempts: int = 0


class Thread(NamedTuple):
    """A lead's message: the first of several in a row, when it was answered (None: never), and the lead received."""

    row: int
    asked_at: str
    answered_at: str | None
    received_at: str
    owners: Owners


class Waiting(NamedTuple):
    """A lead's time in an open stage: `stage` is the P&C key, `given` the agency's; `left_at` None while it lasts."""

    row: int
    lead_id: str
    stage: str
    given: str
    entered_at: str
    left_at: str | None
    owners: Owners


class WonLead(NamedTuple):
    """A lead that was won: receipt and first won entry."""

    row: int
    lead_id: str
    received_at: str
    won_at: str
    owners: Owners


def owner_at(owners: Owners, as_of: str) -> int | None:
    """Whose a lead was at a moment (ISO); None = nobody's."""
    for start, end, producer in owners:
        if start <= as_of and (end is None or end > as_of):
            return producer
    return None


def is_whose(owners: Owners, asked: Asked) -> bool:
    """Whether a lead with these owners belongs to those asked for."""
    return asked.whose.everybody or asked.whose.covers(owner_at(owners, asked.as_of_text))


def cohort(leads: Sequence[LeadFact], asked: Asked) -> list[LeadFact]:
    """The leads received in the period that belong to those asked for at `as_of`; `leads` in order of receipt."""
    first = bisect_left(leads, asked.start_text, key=_RECEIVED)
    last = bisect_right(leads, asked.stop_text, key=_RECEIVED)
    return [one for one in leads[first:last] if is_whose(one.owners, asked)]


_RECEIVED = attrgetter("received_at")


def item(lead: LeadFact, amount: int | Fraction = 1) -> Item:
    """A lead as a record, by its receipt."""
    return Item("leads", lead.row, lead.received_at, amount)


# --- 1 speed ----------------------------------------------------------------------------------------------------------


def speed_to_lead(leads: Sequence[LeadFact], asked: Asked) -> KpiReading:
    """1.1: mean minutes from receipt to the first contact."""
    received = cohort(leads, asked)
    timed = [
        item(one, minutes_between(one.received_at, one.first_touch))
        for one in received
        if one.first_touch is not None and asked.seen(one.first_touch) and has_time(one.received_at)
    ]

    def detail() -> dict[str, object]:
        quick = sum(one.amount <= _QUICK_MINUTES for one in timed)
        return {
            "median": duration(median_of(one.amount for one in timed)),
            "share_within_5": ratio(quick, len(received)),
            "never_contacted": sum(not asked.seen(one.touched_on) for one in received),
        }

    return mean_of(timed, detail)


def threads_of(events: Iterable[tuple[int, str, bool]], received_at: str, owners: Owners) -> list[Thread]:
    """The unanswered messages of one lead from its events in order of time: (row, moment, whether it asks).

    An event that does not ask is contact, and answers what is open.
    """
    found: list[Thread] = []
    is_open = False
    for row, at, asks in events:
        if asks and not is_open:
            found.append(Thread(row, at, None, received_at, owners))
            is_open = True
        elif not asks and is_open:
            found[-1] = found[-1]._replace(answered_at=at)
            is_open = False
    return found


def response_time(
    threads: Iterable[Thread], asked: Asked, business_minutes: Callable[[str, str], Fraction]
) -> KpiReading:
    """1.2: mean business minutes from a message or missed call to what answered it, by the day of the message."""
    waiting = [
        one
        for one in threads
        if asked.within(one.asked_at) and asked.seen(one.received_at) and is_whose(one.owners, asked)
    ]
    answered = [
        Item("activities", one.row, one.asked_at, business_minutes(one.asked_at, one.answered_at))
        for one in waiting
        if one.answered_at is not None
        and asked.seen(one.answered_at)
        and has_time(one.asked_at)
        and has_time(one.answered_at)
    ]
    return mean_of(answered, lambda: {"unanswered": sum(not asked.seen(one.answered_at) for one in waiting)})


def open_at(waiting: Iterable[Waiting], asked: Asked) -> list[Waiting]:
    """The leads that are open at `as_of`, each in its stage."""
    as_of = asked.as_of_text
    return [
        one
        for one in waiting
        if one.entered_at <= as_of and (one.left_at is None or one.left_at > as_of) and is_whose(one.owners, asked)
    ]


def overdue_rate(
    waiting: Iterable[Waiting], asked: Asked, deadlines: dict[str, str], cases: Callable[[], tuple[int, int]]
) -> KpiReading:
    """1.3: open leads past their stage's expected time / open leads.

    `deadlines`: per stage key, the moment before which a lead that is still there must have entered to be overdue.
    `cases`: (open service cases, those overdue).
    """
    leads = open_at(waiting, asked)
    late = [one for one in leads if _moment(one.entered_at) < deadlines.get(one.stage, "")]

    def detail() -> dict[str, object]:
        there, overdue = cases()
        return {"open_cases": there, "overdue_cases": overdue}

    return share_of(late, leads, lambda one: Item("leads", one.row, one.entered_at), detail)


def _moment(text: str) -> str:
    return text if has_time(text) else f"{text}T00:00:00"


# --- 2 and 3 engagement and closing -----------------------------------------------------------------------------------


def has_reached(lead: LeadFact, rank: int, asked: Asked) -> bool:
    """Whether the lead has an entry of at least that rank at or before `as_of`."""
    return asked.seen(lead.reached[rank - 1])


def contact_rate(leads: Sequence[LeadFact], asked: Asked) -> KpiReading:
    """2.1: leads that somebody talked with, or that reached rank 3 / leads."""
    if asked.basis is Basis.FLOW:
        return _rate(
            _moved(leads, asked, lambda one: asked.within(one.conversation) or asked.within(one.reached[_ENGAGED - 1])),
            cohort(leads, asked),
        )
    received = cohort(leads, asked)
    return _rate(
        [one for one in received if asked.seen(one.conversation) or has_reached(one, _ENGAGED, asked)], received
    )


def attempts_to_contact(leads: Sequence[LeadFact], asked: Asked) -> KpiReading:
    """2.2: mean outbound calls and texts up to the first connected one, over the leads that have one."""
    talked = [one for one in cohort(leads, asked) if asked.seen(one.connected)]

    def detail() -> dict[str, object]:
        tried = grouped(items, lambda one: _attempts_name(int(one.amount)))
        names = map(_attempts_name, range(1, MOST_ATTEMPTS + 1))
        return {"rows": distribution({name: tried.get(name, []) for name in names})}

    items = [item(one, one.attempts) for one in talked]
    return mean_of(items, detail)


def _attempts_name(many: int) -> str:
    return f"{MOST_ATTEMPTS}+" if many >= MOST_ATTEMPTS else str(many)


def engagement_rate(leads: Sequence[LeadFact], asked: Asked) -> KpiReading:
    """2.3: leads that reached rank 3 / leads; by source."""
    hits, received = _reached(leads, asked, _ENGAGED), cohort(leads, asked)

    def detail() -> dict[str, object]:
        return {"rows": breakdown("source", rates_by(hits, received, lambda one: one.source))}

    return _rate(hits, received, detail)


def qualification_rate(leads: Sequence[LeadFact], asked: Asked) -> KpiReading:
    """2.4: leads that reached rank 4 / leads that reached rank 3."""
    return _rate(_reached(leads, asked, _QUALIFIED), _reached(leads, asked, _ENGAGED))


def lead_close_rate(leads: Sequence[LeadFact], asked: Asked) -> KpiReading:
    """3.1: leads that reached rank 7 / leads."""
    return _rate(_reached(leads, asked, _WON), cohort(leads, asked))


def app_to_close_rate(leads: Sequence[LeadFact], asked: Asked) -> KpiReading:
    """3.2: leads that reached rank 7 / leads that reached rank 6."""
    return _rate(_reached(leads, asked, _WON), _reached(leads, asked, _APPLIED))


def _reached(leads: Sequence[LeadFact], asked: Asked, rank: int) -> list[LeadFact]:
    """Cohort: of the period's leads, those that reached the rank. Flow: leads that did so first in the period."""
    if asked.basis is Basis.FLOW:
        return _moved(leads, asked, lambda one: asked.within(one.reached[rank - 1]))
    return [one for one in cohort(leads, asked) if has_reached(one, rank, asked)]


def _moved(leads: Sequence[LeadFact], asked: Asked, did: Callable[[LeadFact], bool]) -> list[LeadFact]:
    """Of all leads received by `as_of` those that did something in the period, for those asked for."""
    last = bisect_right(leads, asked.as_of_text, key=_RECEIVED)
    return [one for one in leads[:last] if did(one) and is_whose(one.owners, asked)]


def rates_by(
    hits: Collection[LeadFact], whole: Collection[LeadFact], key: Callable[[LeadFact], str | None]
) -> dict[str | None, KpiReading]:
    """The rate of each group, also of one that has hits alone."""
    top, bottom = grouped(hits, key), grouped(whole, key)
    return {name: _rate(top.get(name, []), bottom.get(name, [])) for name in {**bottom, **top}}


def _rate(
    hits: Sequence[LeadFact], whole: Sequence[LeadFact], detail: Callable[[], dict[str, object]] = dict
) -> KpiReading:
    return share_of(hits, whole, item, detail)


def pipeline_velocity(won: Iterable[WonLead], asked: Asked) -> KpiReading:
    """3.8: mean days from receipt to the first won entry, over the leads first won in the period."""
    items = [
        Item("leads", one.row, one.won_at, days_between(one.received_at, one.won_at))
        for one in won
        if asked.within(one.won_at) and is_whose(one.owners, asked)
    ]
    return mean_of(items, lambda: {"median": duration(median_of(one.amount for one in items))})
