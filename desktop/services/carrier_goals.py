"""The agency's goals with its carriers for a year: what was written, what is left, and the new clients it takes.

No formula of its own, no SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core import retention
from desktop.core.carrier_goals import CarrierYear
from desktop.core.money import half_up
from desktop.core.periods import Period
from desktop.models import entries, facts_revenue
from desktop.models.journal import Author
from desktop.services import grids, money_facts
from desktop.services.grids import Line, Outcome

if TYPE_CHECKING:
    from desktop.models.book import Book

_TABLE = "carrier_goals"


@dataclass(frozen=True, slots=True)
class GoalFigure:
    """A carrier's year to date: goals and what was written new (cents, policies), shares as fractions.

    `new_clients`: how many the rest of the premium goal takes; None without a goal or an average.
    """

    carrier: str
    premium_goal: int | None
    policies_goal: int | None
    premium: int
    policies: int
    premium_share: float | None
    policies_share: float | None
    new_clients: int | None


@dataclass(frozen=True, slots=True)
class CarrierGoals:
    """All carriers with a goal or new business in the year; `pace`: the share of the year that is over."""

    year: int
    through: date
    pace: float
    premium_per_client: int | None
    rows: tuple[GoalFigure, ...]


def goals(book: Book, year: int, as_of: datetime) -> CarrierGoals:
    """The year to date as known at `as_of`, the largest goal first."""
    first, through = date(year, 1, 1), min(as_of.date(), date(year, 12, 31))
    written = facts_revenue.written_by_carrier(book, Period(first, max(first, through)))
    found: dict[str, CarrierYear] = {}
    for one in entries.read(book, _TABLE):
        if one.cells["year"] == year:
            name = str(one.cells["carrier"])
            _, premium, policies = written.pop(name.lower(), ("", 0, 0))
            found[name.lower()] = CarrierYear(
                name, _whole(one.cells["premium"]), _whole(one.cells["policies"]), premium, policies
            )
    for folded, (name, premium, policies) in written.items():
        found[folded] = CarrierYear(name, None, None, premium, policies)
    in_force = money_facts.in_force(book, through, through)
    average = retention.averages(in_force.policies).premium_per_client
    rows = sorted(found.values(), key=lambda one: (-(one.premium_goal or 0), -one.premium, one.carrier.casefold()))
    days = (date(year, 12, 31) - first).days + 1
    return CarrierGoals(
        year=year,
        through=through,
        pace=max(0.0, min(1.0, ((through - first).days + 1) / days)),
        premium_per_client=None if average is None else half_up(average),
        rows=tuple(_figure(one, one.new_clients(average)) for one in rows),
    )


def _figure(one: CarrierYear, new_clients: int | None) -> GoalFigure:
    premium, policies = one.premium_share, one.policies_share
    return GoalFigure(
        one.carrier,
        one.premium_goal,
        one.policies_goal,
        one.premium,
        one.policies,
        None if premium is None else float(premium),
        None if policies is None else float(policies),
        new_clients,
    )


def _whole(cell: object) -> int | None:
    return None if cell is None else int(str(cell))


def lines(book: Book, year: int) -> list[Line]:
    """The goals of a year as texts to be typed over."""
    return grids.read(book, _TABLE, {"year": year})


def save(book: Book, year: int, typed: Sequence[Line], author: Author, today: date) -> Outcome:
    """Keep the goals of a year as typed, all or none, as one undoable action; an emptied line goes."""
    return grids.save(book, _TABLE, {"year": year}, typed, f"Change the goals of {year} with carriers", author, today)
