"""A lead that is typed in to see who would get it, under the rules kept or others; nothing is kept.

The decision is `core.routing`'s, as for every lead (routing.md 3 and 7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core import intake, routing, whatif
from desktop.core.periods import Period
from desktop.core.routing import Decision
from desktop.core.rules import Rule
from desktop.core.snapshot import Snapshot
from desktop.core.templates import TEMPLATES, Cell
from desktop.core.whatif import Change
from desktop.errors import UserError
from desktop.models.facts_routing import LeadCells
from desktop.services import configuration, grids, scopes, simulating
from desktop.services.routing import RULES, is_bystander
from desktop.services.routing_snapshot import routed_lead, snapshot
from desktop.services.simulating import Simulation

if TYPE_CHECKING:
    from desktop.models.book import Book

FIELDS = (
    "first_name", "last_name", "business_name", "email", "phone", "zip", "state", "line", "source",
    "estimated_premium", "policy_expires_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who was looked at: the score shown is rounded by the caller; `reason` None = eligible."""

    code: str
    name: str
    reason: str | None
    score: float
    capacity: float
    match: float
    close: float
    response: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """Who would get the lead and why; `changes` says of each one passed over what alone would have won."""

    decision: Decision
    owner: str | None
    standings: tuple[Standing, ...]
    changes: Mapping[str, tuple[Change, ...]]


def choices(book: Book) -> tuple[list[tuple[str, str]], list[str]]:
    """Producers as (code, name), and the names of the lines of insurance."""
    return scopes.choices(book), [line.name for line in configuration.load(book).lines]


def try_texts(book: Book, texts: Mapping[str, str], at: datetime, rules: Sequence[Rule] | None = None) -> Trial:
    """Who would get a lead with these fields as typed at the moment; `rules` stand in for the book's.

    UserError for a field that cannot be read.
    """
    lead = read_lead(book, texts, at)
    before = snapshot(book, at, rules=rules)
    decision = routing.decide(before, lead, at)
    names = {one.code: one.name for one in before.producers}
    takers = {one.code for one in before.producers if not is_bystander(one)}
    standings = tuple(
        Standing(
            one.producer, names.get(one.producer, one.producer), one.reason, float(one.score),
            float(one.points.capacity), float(one.points.match), float(one.points.close), float(one.points.response),
            one.producer == decision.producer,
        )
        for one in sorted(decision.candidates, key=lambda one: (not one.eligible, -one.score, one.producer))
        if one.producer in takers
    )  # fmt: skip
    owner = None if decision.producer is None else names.get(decision.producer, decision.producer)
    return Trial(decision, owner, standings, _changes(before, lead, at, standings))


def _changes(
    before: Snapshot, lead: intake.Lead, at: datetime, standings: Sequence[Standing]
) -> dict[str, tuple[Change, ...]]:
    """What alone would have won, of the ten nearest passed over."""
    passed = [one.code for one in standings if not one.chosen][:10]
    return {code: whatif.would_have_won(before, lead, at, code) for code in passed}


def replay(
    book: Book,
    period: Period,
    as_of: datetime,
    model: str,
    rules: Sequence[Rule] | None = None,
    of_the_day: bool = False,
) -> Simulation:
    """The leads of a period once more under the rules (or `rules` in their place), then under a model.

    `of_the_day`: under the rules that held when each lead came.
    """
    return simulating.simulate(book, period, as_of, [RULES, model], rules=rules, of_the_day=of_the_day)


def read_lead(book: Book, texts: Mapping[str, str], at: datetime) -> intake.Lead:
    """A lead as routing reads it of fields as typed."""
    template = TEMPLATES["leads"]
    cells: dict[str, Cell] = {}
    for name in FIELDS:
        column = template.columns[template.index(name)]
        text = texts.get(name, "").strip()
        try:
            cells[name] = grids.read_cell(column, text, at.date()) if text else None
        except UserError as error:
            raise UserError(f"{name.replace('_', ' ').capitalize()}: {error.what}", error.what_to_do) from None
    premium = cells["estimated_premium"]
    words = {name: None if cell is None else str(cell) for name, cell in cells.items()}
    kept = LeadCells(
        "trial", words["first_name"], words["last_name"], words["business_name"], words["email"], words["phone"],
        words["zip"], words["state"], words["line"], words["source"], None if premium is None else int(premium),
        words["policy_expires_on"], at.isoformat(timespec="seconds"),
    )  # fmt: skip
    return routed_lead(kept, configuration.load(book))
