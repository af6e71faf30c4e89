"""Every lead one owner, and the reason why: routing what waits, trying a lead, explaining, assigning by hand.

Decisions are `core.routing`'s, made one after the other in order of arrival; here they become changes of owner, merges
and lines of the log, in one transaction and as one undoable action (routing.md 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core import crew, intake, routing, whatif
from desktop.core.placing import Router
from desktop.core.routing import Candidate, Decision
from desktop.core.snapshot import Snapshot
from desktop.core.whatif import Change
from desktop.errors import UserError
from desktop.models import facts_routing, journal, routing_log
from desktop.models.facts_routing import LeadCells
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.models.routing_log import Assigned
from desktop.services import configuration, imports
from desktop.services.drops import ImportResult
from desktop.services.edits import Changes, refresh
from desktop.services.routing_snapshot import routed_lead, snapshot

if TYPE_CHECKING:
    from desktop.importers import Options
    from desktop.models.book import Book

RULES = "rules"
MODELS = (RULES, "round_robin", "territory", "weighted", "least_loaded")


@dataclass(frozen=True, slots=True)
class Routed:
    """A lead's decision and its owner's name; candidates are producers alone."""

    decision: Decision
    producer_name: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of routing did or, on a dry run, would do, in order of arrival; `imported` where a file came first."""

    assignments: tuple[Routed, ...]
    unassigned: tuple[Routed, ...]
    imported: ImportResult | None = None


class _DryRunOver(Exception):  # noqa: N818 - carries the outcome out of its transaction
    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def route(book: Book, at: datetime, author: Author, *, model: str = RULES, dry_run: bool = False) -> Outcome:
    """Route the unassigned leads received by `at`, in order of arrival, as one undoable action (routing.md 3).

    `model` other than `rules` leaves the rules out. A dry run leaves no trace.
    """
    return _run(book, at, author, model, dry_run, None, None)


def route_these(book: Book, lead_ids: Set[str], at: datetime, author: Author, *, dry_run: bool = False) -> Outcome:
    """Route those of these leads that have no owner, by the rules, as one undoable action (routing.md 3)."""
    return _run(book, at, author, RULES, dry_run, None, None, set(lead_ids))


def route_file(
    book: Book, path: Path, options: Options, at: datetime, author: Author, *, model: str = RULES, dry_run: bool = False
) -> Outcome:
    """Import a file of leads and route those of them that have no owner; UserError for a file without leads.

    One transaction: a file that cannot be imported routes nothing, and a dry run leaves no trace of either.
    """
    return _run(book, at, author, model, dry_run, path, options)


def _run(
    book: Book,
    at: datetime,
    author: Author,
    model: str,
    dry_run: bool,
    path: Path | None,
    options: Options | None,
    only: set[str] | None = None,
) -> Outcome:
    if model not in MODELS:
        raise UserError(f"There is no model {model}.", f"The models are {', '.join(MODELS)}.")
    try:
        with book.transaction():
            imported = None
            if path is not None and options is not None:
                imported, only = _import(book, path, options, author)
            outcome = replace(_route_waiting(book, at, author, model, only), imported=imported)
            if dry_run:
                raise _DryRunOver(outcome)
            return outcome
    except _DryRunOver as over:
        return over.outcome


def _import(book: Book, path: Path, options: Options, author: Author) -> tuple[ImportResult, set[str]]:
    """Take the file in; returns the leads that it names."""
    from desktop import importers

    readings = importers.read([path], options)
    try:
        for reading in readings:
            if reading.problem is not None:
                raise UserError(f"{reading.file}: {reading.problem.what}", reading.problem.what_to_do)
        tables = {batch.table for reading in readings for batch in reading.batches()}
        if not readings or (tables and "leads" not in tables):
            raise UserError(f"{path.name} holds no leads.", "Name a file of leads, such as leads.csv.")
        rows = (row for one in readings for batch in one.batches() if batch.table == "leads" for row in batch.rows)
        named = {str(row[0]) for row in rows}
        return imports.apply_readings(book, readings, author), named
    finally:
        for reading in readings:
            reading.close()


def _route_waiting(book: Book, at: datetime, author: Author, model: str, only: set[str] | None) -> Outcome:
    """Decide about the waiting leads, those of a file even when they are dated after `at`, and keep it."""
    settings = configuration.load(book)
    seen = datetime.max.replace(microsecond=0) if only is not None else at
    waiting = [one for one in facts_routing.unassigned(book, seen) if only is None or one.lead_id in only]
    if not waiting:
        return Outcome((), ())
    leads = [routed_lead(cells, settings) for cells in waiting]
    timed = [(lead, max(at, lead.received_at or at)) for lead in leads]
    before = snapshot(book, at, until=max(moment for _lead, moment in timed))
    router = Router(before if model == RULES else routing.with_model(before, model))
    decided = [(lead, moment, _named(routing.decide_next(router, lead, moment), model)) for lead, moment in timed]
    _keep(book, author, [(one, moment) for _lead, moment, one in decided], router)
    found = [_routed(before, one, lead) for lead, _moment, one in decided]
    return Outcome(
        tuple(one for one in found if one.decision.producer is not None),
        tuple(one for one in found if one.decision.producer is None),
    )


def _named(decision: Decision, model: str) -> Decision:
    """A decision under a model names no rule: none was asked."""
    return decision if model == RULES else replace(decision, rule=None, skipped=())


def _keep(book: Book, author: Author, decided: Sequence[tuple[Decision, datetime]], router: Router) -> None:
    given = [(one, moment) for one, moment in decided if one.producer is not None]
    if not given:
        return
    label = f"Route lead {given[0][0].lead_id}" if len(given) == 1 else f"Route {len(given)} leads"
    action, names = journal.open_action(book, author, "leads.route", label), Aliases(book)
    for decision, moment in given:
        text = moment.isoformat(timespec="seconds")
        routing_log.assign(book, action, names, decision.lead_id, str(decision.producer), text, author.at)
        routing_log.enter(book, action, decision, text, author.at)
        if decision.merged_into is not None:
            routing_log.merge(book, action, decision.lead_id, decision.merged_into, author.at)
    routing_log.keep_rotation(book, action, router.turns, router.credits, author.at)
    refresh(book, journal.changes_of(book, action))


def _routed(before: Snapshot, decision: Decision, lead: intake.Lead) -> Routed:
    names = {one.code: one.name for one in before.producers}
    shown = replace(decision, candidates=_producers_only(before, decision.candidates))
    received = lead.received_at or datetime.min
    return Routed(shown, None if decision.producer is None else names.get(decision.producer), received)


def _producers_only(before: Snapshot, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Without those who are in the snapshot for their clients' sake alone."""
    takers = {one.code for one in before.producers if not is_bystander(one)}
    return tuple(one for one in candidates if one.producer in takers)


def is_bystander(one: crew.Producer) -> bool:
    """Whether somebody stands in a snapshot who is no producer, and takes only what a client brings."""
    return any(first == datetime.min.date() and last == datetime.max.date() for first, last in one.leave)


# --- trying and explaining --------------------------------------------------------------------------------------------


def try_lead(book: Book, lead: intake.Lead, at: datetime, model: str = RULES) -> Routed:
    """Who would get a lead that is typed in, and why; nothing is kept."""
    before = snapshot(book, at)
    chosen = before if model == RULES else routing.with_model(before, model)
    return _routed(before, _named(routing.decide(chosen, lead, at), model), lead)


def would_have_won(book: Book, lead: intake.Lead, at: datetime, code: str) -> tuple[Change, ...]:
    """What alone would have made a producer who was passed over the owner (routing.md 3)."""
    return whatif.would_have_won(snapshot(book, at), lead, at, code)


def kept_lead(book: Book, lead_id: str) -> intake.Lead:
    """A lead of the book as routing reads it; UserError where there is none."""
    cells = facts_routing.lead(book, lead_id)
    if cells is None:
        raise UserError(f"There is no lead {lead_id}.", "Check its number.")
    return routed_lead(cells, configuration.load(book))


def history(book: Book, lead_id: str | None = None, limit: int = 500) -> list[Assigned]:
    """What was decided of a lead, or of all, newest first."""
    return routing_log.assigned(book, lead_id, limit)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lead that waits: what it lacks (empty: nothing, it can be routed)."""

    cells: LeadCells
    lacking: tuple[str, ...]


def waiting(book: Book, at: datetime) -> tuple[Waiting, ...]:
    """The leads without owner, in order of arrival; those that lack something need attention (routing.md 3.1)."""
    settings = configuration.load(book)
    return tuple(
        Waiting(cells, intake.missing(routed_lead(cells, settings))) for cells in facts_routing.unassigned(book, at)
    )


# --- by hand ----------------------------------------------------------------------------------------------------------


def assign(book: Book, lead_ids: Sequence[str], code: str, at: datetime, author: Author) -> Changes:
    """Give leads to a producer by hand, as one undoable action; nobody's turn is used (routing.md 4).

    UserError for a code that nobody has, or a lead that is not there.
    """
    from desktop.services import scopes

    scopes.scope(book, code)
    for lead_id in lead_ids:
        kept_lead(book, lead_id)
    many = f"lead {lead_ids[0]}" if len(lead_ids) == 1 else f"{len(lead_ids)} leads"
    label = f"Assign {many} to {code}"
    with book.transaction():
        action, names = journal.open_action(book, author, "leads.assign", label), Aliases(book)
        for lead_id in lead_ids:
            routing_log.assign(book, action, names, lead_id, code, at.isoformat(timespec="seconds"), author.at)
        refresh(book, journal.changes_of(book, action))
    return Changes(label, bool(lead_ids))
