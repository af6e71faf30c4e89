"""Who gets a lead, and why: the decision in words and figures (routing.md 3, 4 and 7).

`decide` is a pure function of snapshot, lead and moment, and goes through the same `placing.Router` as a run over many
leads. Must not know the clock or where snapshots come from.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from desktop.core import crew, scoring
from desktop.core.intake import Lead
from desktop.core.placing import Placement, Router
from desktop.core.rules import DEFAULT, Action, Rule
from desktop.core.scoring import Points
from desktop.core.snapshot import Settings, Snapshot, agency_rate
from desktop.core.wording import because

__all__ = [
    "Candidate", "Decision", "Settings", "Snapshot", "decide", "decide_next", "place_all", "record", "with_model",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """One producer's standing: `reason` is why not eligible (None: eligible); the score is exact, as if eligible."""

    producer: str
    eligible: bool
    reason: str | None
    score: Fraction
    points: Points


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a lead. Exactly one of `producer` and `why` (unassigned because) is set.

    `step` is duplicate, existing_client, rule, model, overflow, needs_attention or unassigned; `rule`, `skipped` are
    rule ids; `merged_into` a lead's id; `flags` among client_owner_inactive, hours_dropped, alert. `turns` and
    `credits` are round robin's states after it.
    """

    lead_id: str
    producer: str | None
    step: str
    rule: str | None
    territory: str | None
    model: str | None
    score: Fraction | None
    because: str
    candidates: tuple[Candidate, ...]
    why: str | None
    merged_into: str | None
    client: str | None
    skipped: tuple[str, ...]
    flags: tuple[str, ...]
    turns: Mapping[str, int]
    credits: Mapping[str, scoring.Number]


def decide(snapshot: Snapshot, lead: Lead, at: datetime) -> Decision:
    """The decision for one lead at a local moment; nothing is changed. routing.md 3.

    UserError from a rule whose ZIP conditions cannot be read.
    """
    return decide_next(Router(snapshot), lead, at)


def decide_next(router: Router, lead: Lead, at: datetime) -> Decision:
    """As `decide`, for one of many leads in order: the router counts the placement for the next. routing.md 7."""
    placed = router.choose(lead, at)
    candidates = _candidates(router, placed, lead, at)
    if placed.producer is not None and placed.step != "duplicate":
        router.take(placed, lead, at)
    own = next((one for one in candidates if one.producer == placed.producer), None)
    match = placed.match
    return Decision(
        lead.lead_id,
        placed.producer,
        placed.step,
        placed.rule.id if placed.rule else None,
        placed.territory.territory if placed.territory else None,
        placed.model,
        own.score if own and placed.model else None,
        because(placed, own.score if own else None, {one.code: one.name for one in router.snapshot.producers}),
        candidates,
        None if placed.producer is not None else placed.why,
        match.key if match and match.kind == "lead" else None,
        match.key if match and match.kind == "client" else None,
        tuple(rule.id for rule in placed.skipped if rule is not DEFAULT),
        placed.flags,
        router.turns,
        router.credits,
    )


def record(snapshot: Snapshot, lead: Lead, decision: Decision, at: datetime) -> Snapshot:
    """The snapshot after the decision: the owner's load and turn, and the lead among the open ones. routing.md 4."""
    if decision.producer is None or decision.step == "duplicate":
        return snapshot
    same_day = snapshot.today is None or snapshot.today == at.date()
    producers = tuple(
        _with_one_more(one, at, same_day)
        if one.code == decision.producer
        else (one if same_day else replace(one, leads_today=0))
        for one in snapshot.producers
    )
    directory = snapshot.directory.copy()
    directory.add_lead(replace(lead, owner=decision.producer))
    return replace(
        snapshot,
        producers=producers,
        turns=decision.turns,
        credits=decision.credits,
        directory=directory,
        today=at.date(),
    )


def place_all(snapshot: Snapshot, leads: Iterable[tuple[Lead, datetime]]) -> list[Placement]:
    """Placements of many leads in order, each counted before the next: what `decide` and `record` in turn would give,
    without their words. routing.md 7."""
    place = Router(snapshot).place
    # Nothing that is made here refers to itself: looking for cycles again and again would cost a sixth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return [place(lead, at) for lead, at in leads]
    finally:
        if collects:
            gc.enable()


def with_model(snapshot: Snapshot, model: str) -> Snapshot:
    """The snapshot with its rules left out and this model over all: round_robin, territory, weighted, least_loaded."""
    return replace(snapshot, rules=(Rule(model, model, Action(model=model)),))


def _with_one_more(producer: crew.Producer, at: datetime, same_day: bool) -> crew.Producer:
    today = producer.leads_today + 1 if same_day else 1
    return replace(producer, active_leads=producer.active_leads + 1, leads_today=today, last_assigned_at=at)


def _candidates(router: Router, placed: Placement, lead: Lead, at: datetime) -> tuple[Candidate, ...]:
    """Everybody in the deciding rule's scope, in order of codes; nobody where no rule was asked."""
    if placed.step not in {"rule", "model", "overflow", "unassigned"}:
        return ()
    acting = placed.rule or (placed.skipped[-1] if placed.step in {"overflow", "unassigned"} else DEFAULT)
    scope = acting.then.pool
    rate = agency_rate(router.snapshot)
    pool = router.pool_for(lead, at, scope)
    inside = {router.ranking.producers[i].code for i in router.insiders(placed.territory)}
    excludes_by_line = acting.then.model in {"round_robin", "least_loaded"}
    found = []
    for i, one in enumerate(router.ranking.producers):
        if scope and one.code not in scope:
            continue
        active = router.ranking.active[i]
        reason = _reason(one, lead, at, pool.hours_dropped)
        if reason is None and not router.ranking.has_room(i):
            reason = crew.AT_CAP
        if reason is None and excludes_by_line and not crew.takes_line(one, lead.lines):
            reason = crew.LINE
        points = points_of(one, active, lead, one.code in inside, router.snapshot.settings, rate)
        total = scoring.score(points, router.snapshot.settings.weights)
        found.append(Candidate(one.code, reason is None, reason, total, points))
    return tuple(found)


def points_of(
    producer: crew.Producer, active: int, lead: Lead, in_territory: bool, settings: Settings, rate: Fraction
) -> Points:
    """The four parts of a producer's score for a lead, by the agency's close rate. routing.md 4."""
    return Points(
        Fraction(scoring.capacity_points(active, settings.capacity_bands)),
        scoring.mean_match(lead.lines, producer.lines, in_territory, settings.groups),
        scoring.close_points(producer.bound, producer.decided, rate, prior=settings.prior, ceiling=settings.ceiling),
        Fraction(scoring.response_points(producer.response_minutes, settings.response_bands)),
    )


def _reason(producer: crew.Producer, lead: Lead, at: datetime, hours_dropped: bool) -> str | None:
    """The first test before the caps that excludes the producer. routing.md 3.5."""
    if not producer.active:
        return crew.INACTIVE
    if not crew.is_licensed(producer, lead.state, lead.lines, at.date()):
        return crew.UNLICENSED
    if crew.is_away(producer, at.date()):
        return crew.AWAY
    if not hours_dropped and not crew.in_hours(producer, at):
        return crew.OUT_OF_HOURS
    return None
