"""A past period's leads once more, under another model, other rules or another map, beside what really happened.

The same function decides as when leads are routed (routing.md 7): from the book as it stood when the period began, each
placement counted for the next, leads leaving their owner's load when they really ended or went quiet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from desktop.core import routing, scoring
from desktop.core.intake import Lead
from desktop.core.periods import Period, end_of
from desktop.core.placing import Placement, Router
from desktop.core.rules import Rule
from desktop.core.snapshot import Snapshot, agency_rate
from desktop.core.territories import Rule as MapRule
from desktop.errors import UserError
from desktop.models import facts_routing
from desktop.models.facts_routing import ACTIVE_DAYS, PastLead
from desktop.services import configuration, rule_history, scopes
from desktop.services.routing import MODELS, RULES, is_bystander
from desktop.services.routing_snapshot import compiled, routed_lead, snapshot

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Expected:
    """What one producer would have got: leads, and the wins to expect of them by the producer's own close rate."""

    producer: str
    producer_name: str
    leads: int
    expected_wins: Fraction


@dataclass(frozen=True, slots=True)
class Replayed:
    """One model over the period. `max_load`: the most leads that one producer got; `moved`: leads whose first owner was
    another one in fact; `unplaced`: leads that nobody would have got."""

    model: str
    per_producer: tuple[Expected, ...]
    expected_wins: Fraction
    max_load: int
    moved: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class _Past:
    """What is replayed: the leads, the loads that were running when the period began, and what held on which day."""

    leads: Sequence[tuple[Lead, PastLead]]
    running: Sequence[tuple[datetime, str]]
    map_rules: Sequence[MapRule]
    rules: Sequence[tuple[datetime, Sequence[Rule]]] = ()


@dataclass(frozen=True, slots=True)
class Simulation:
    """The models that were asked for, in order, over the leads of the period."""

    leads: int
    models: tuple[Replayed, ...]


def simulate(
    book: Book,
    period: Period,
    as_of: datetime,
    models: Sequence[str],
    producer: str | None = None,
    *,
    rules: Sequence[Rule] | None = None,
    map_rules: Sequence[MapRule] | None = None,
    of_the_day: bool = False,
) -> Simulation:
    """Replay the leads received in the period, all or those that were first one producer's (commands.md, `simulate`).

    `rules` and `map_rules` stand in for the book's; `of_the_day` takes for each lead the rules that held when it came.
    UserError for an unknown model or producer.
    """
    for model in models:
        if model not in MODELS:
            raise UserError(f"There is no model {model}.", f"The models are {', '.join(MODELS)}.")
    scopes.scope(book, producer)
    start, last = datetime.combine(period.start, time()), min(end_of(period.end), as_of)
    past = facts_routing.past_leads(book, start, last, as_of)
    if producer is not None:
        past = [one for one in past if (one.owner or "").casefold() == producer.strip().casefold()]
    given = facts_routing.map_rules(book) if map_rules is None else tuple(map_rules)
    held = rule_history.rules_between(book, start, last) if of_the_day else ()
    before = snapshot(book, start, until=last, rules=held[0][1] if held else rules, map_rules=given)
    settings = configuration.load(book)
    leads = [(routed_lead(one.cells, settings), one) for one in past]
    running = [(_quiet(touched, ended), code) for code, touched, ended in facts_routing.active_at(book, start, as_of)]
    again = _Past(leads, running, given, held[1:])
    return Simulation(len(past), tuple(_replay(before, model, again) for model in dict.fromkeys(models)))


def _quiet(touched: str, ended: str | None) -> datetime:
    """When a lead stops being active: at its end, or 30 days after anything last happened to it."""
    quiet = facts_routing.moment(touched) + timedelta(days=ACTIVE_DAYS)
    return quiet if ended is None else min(quiet, facts_routing.moment(ended))


def _replay(before: Snapshot, model: str, again: _Past) -> Replayed:
    start = before
    if model != RULES:
        start, again = routing.with_model(before, model), replace(again, rules=())
    got: Counter[str] = Counter()
    moved = unplaced = 0
    for past, placed in _placements(start, again):
        if placed.producer is None:
            unplaced += 1
        elif placed.step != "duplicate":
            got[placed.producer] += 1
            moved += past.owner is not None and past.owner != placed.producer
    rates = _rates(before)
    per = tuple(
        Expected(code, name, got[code], got[code] * rates.get(code, Fraction()))
        for code, name in _listed(before, got).items()
    )
    total = sum((one.expected_wins for one in per), Fraction())
    return Replayed(model, per, total, max(got.values(), default=0), moved, unplaced)


def _rates(before: Snapshot) -> dict[str, Fraction]:
    rate, prior = agency_rate(before), before.settings.prior
    return {one.code: scoring.shrunk_rate(one.bound, one.decided, rate, prior) for one in before.producers}


def _listed(before: Snapshot, got: Counter[str]) -> Mapping[str, str]:
    """Active producers and whoever got something, by code."""
    names = {one.code: one.name for one in before.producers}
    there = {one.code for one in before.producers if one.active and not is_bystander(one)}
    return {code: names.get(code, code) for code in sorted({*there, *got})}


def _placements(before: Snapshot, again: _Past) -> Iterator[tuple[PastLead, Placement]]:
    """Every lead's placement in order; loads fall as leads end, and map and rules are those of the lead's day."""
    router, waiting, turns = Router(before), list(again.running), list(again.rules)
    heapify(waiting)
    edges = _edges(again.map_rules)
    loaded = {one.code for one in before.producers}
    for lead, past in again.leads:
        at = facts_routing.moment(past.cells.received_at)
        while waiting and waiting[0][0] <= at:
            router.release(heappop(waiting)[1])
        if before.territories is not None and any(before.territories.on < edge <= at.date() for edge in edges):
            before = replace(before, territories=compiled(again.map_rules, at.date()))
            router.turn_map(before.territories)
        while turns and turns[0][0] <= at:
            router.turn_rules(turns.pop(0)[1])
        placed = router.place(lead, at)
        if placed.producer in loaded and placed.step != "duplicate":
            heappush(waiting, (_quiet(past.last, past.ended_at), str(placed.producer)))
        yield past, placed


def _edges(given: Sequence[MapRule]) -> list[date]:
    """The days on which the map becomes another."""
    starts = {rule.valid_from for rule in given if rule.valid_from is not None}
    ends = {rule.valid_to + timedelta(days=1) for rule in given if rule.valid_to not in (None, date.max)}
    return sorted(starts | ends)
