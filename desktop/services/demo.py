"""A made-up agency, so that a principal sees the program at work before the first export is dropped on it.

`generate` makes the rows and knows nothing of books; `fill` takes them into a book the way an import does. The same
arguments always make the same agency. All names, numbers and addresses are invented.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from desktop.core.progress import SILENT, Progress
from desktop.core.templates import Row
from desktop.errors import UserError
from desktop.services.demo_activities import Weeks
from desktop.services.demo_calendar import MINUTES_PER_DAY, Calendar
from desktop.services.demo_cast import (
    Member,
    availability_rows,
    cast,
    pay_rows,
    producer_rows,
    target_rows,
    territory_rows,
)
from desktop.services.demo_contacts import Diary
from desktop.services.demo_goals import goal_rows
from desktop.services.demo_leads import LeadFlow
from desktop.services.demo_names import Names
from desktop.services.demo_policies import Portfolio

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.models.journal import Author

PRODUCERS, YEARS, SEED = 8, 3, 1
_LABEL = "Demo agency"
FEWEST, MOST, LONGEST = 1, 50, 10
_CHUNK = 250_000


@dataclass(frozen=True, slots=True)
class DemoCounts:
    """What a demo agency holds; `producers` are those of role producer, `policies` counts terms."""

    producers: int
    leads: int
    activities: int
    quotes: int
    policies: int


def fill(
    book: Book,
    author: Author,
    as_of: date,
    producers: int = PRODUCERS,
    years: int = YEARS,
    seed: int = SEED,
    progress: Progress = SILENT,
) -> DemoCounts:
    """Fill a new book with a demo agency, as one import that can be undone.

    UserError when the book holds data already.
    """
    from desktop.models import contents
    from desktop.services import imports

    if any(contents.count(book, table) for table in ("producers", "leads", "policies", "activities", "quotes")):
        raise UserError("This book holds data already.", "Name a file that does not exist yet: --book NEW-FILE.")
    progress.report(0, 0, "Making up an agency")
    counted: Counter[str] = Counter()

    def tables() -> Iterator[tuple[str, list[Row]]]:
        for table, rows in generate(as_of, producers, years, seed):
            counted[table] += len(rows)
            yield table, rows

    imports.store_rows(book, _LABEL, tables(), author, progress)
    return DemoCounts(producers, counted["leads"], counted["activities"], counted["quotes"], counted["policies"])


def generate(
    as_of: date, producers: int = PRODUCERS, years: int = YEARS, seed: int = SEED
) -> Iterator[tuple[str, list[Row]]]:
    """The agency's tables with their rows, in the order in which they are stored; data run through `as_of`.

    Args: `producers` 1 to 50 of role producer (a few of them new, leaving or struggling), `years` 1 to 10. UserError
    outside of these. The activities of a very large agency come in several parts, so that they need not all be held.
    """
    check_size(producers, years)
    names, calendar = Names(), Calendar(as_of, years)
    members = cast(names, calendar, producers, Random(f"{seed}:cast"))
    portfolio = Portfolio(calendar, names, members, Random(f"{seed}:portfolio"))
    flows: list[LeadFlow] = []
    weeks: deque[Weeks] = deque()
    for member in members:
        flow, own = _work_of(member, calendar, names, portfolio, seed)
        flows.append(flow)
        weeks.append(own)
    yield from _agency_tables(names, members, calendar, portfolio)
    yield "leads", [row for flow in flows for row in flow.leads]
    yield "owners", [row for flow in flows for row in flow.owners]
    yield "stages", [*(row for flow in flows for row in flow.stages), *portfolio.service]
    yield "policies", portfolio.policies
    yield "premiums", portfolio.premiums
    yield "quotes", [row for flow in flows for row in flow.quotes]
    for rows in _activities(weeks):
        yield "activities", rows
    yield "availability", availability_rows(members, calendar)
    yield "carrier_goals", goal_rows(portfolio.policies, as_of)


def _agency_tables(
    names: Names, members: tuple[Member, ...], calendar: Calendar, portfolio: Portfolio
) -> Iterator[tuple[str, list[Row]]]:
    """What stands before any lead: settings, people, sources, territories, clients, pay and targets."""
    yield "settings", _setting_rows(names)
    yield "producers", producer_rows(members, names, calendar)
    yield "sources", [(name, int(per_lead * 100), int(monthly * 100)) for name, per_lead, monthly, _ in _sources(names)]
    yield "territories", territory_rows(members, names, calendar)
    yield "clients", portfolio.client_rows()
    yield "pay", pay_rows(members, calendar)
    yield "targets", target_rows(members, calendar)


def check_size(producers: int, years: int) -> None:
    if not FEWEST <= producers <= MOST:
        raise UserError(
            f"A demo agency cannot have {producers} producers.", f"Choose a number from {FEWEST} to {MOST}."
        )
    if not 1 <= years <= LONGEST:
        raise UserError(f"A demo agency cannot cover {years} years.", f"Choose a number from 1 to {LONGEST}.")


def _activities(weeks: deque[Weeks]) -> Iterator[list[Row]]:
    """The rows of `activities`, member by member; each member's diary is let go once it is written."""
    rows: list[Row] = []
    while weeks:
        rows.extend(weeks.popleft().shape())
        if len(rows) >= _CHUNK and weeks:
            yield rows
            rows = []
    yield rows


def _work_of(
    member: Member, calendar: Calendar, names: Names, portfolio: Portfolio, seed: int
) -> tuple[LeadFlow, Weeks]:
    """Everything one member does, from a random stream of their own."""
    rng = Random(f"{seed}:{member.code}")
    until = calendar.horizon if member.left is None else (member.left + 1) * MINUTES_PER_DAY
    diary = Diary(calendar, until, rng)
    portfolio.open_book(member)
    flow = LeadFlow(calendar, names, portfolio, member, diary, rng)
    flow.run()
    return flow, Weeks(calendar, member, diary, rng)


def _sources(names: Names) -> list[tuple[str, float, float, float]]:
    return [(str(name), per_lead, monthly, weight) for name, per_lead, monthly, weight in names.words["sources"]]


def _setting_rows(names: Names) -> list[Row]:
    """The agency's name and address, and the carriers' usual commission by line."""
    carriers = [
        {"carrier": carrier, "line": line.name, "rate": line.rate}
        for line in names.lines.values()
        for carrier in line.carriers
    ]
    agency = names.words["agency"]
    stated = (("agency.name", agency["name"]), ("agency.address", agency["address"]), ("carriers", carriers))
    return [(key, json.dumps(value, ensure_ascii=False, sort_keys=True)) for key, value in stated]
