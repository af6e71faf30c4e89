"""Everything the people page shows, read at once, and its grids kept. Computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core import team
from desktop.core.production import METRICS
from desktop.core.targets import NEW, VETERAN, TargetRule, Targets
from desktop.core.templates import Cell
from desktop.models import facts_people
from desktop.models import handover as holdings
from desktop.models.journal import Author
from desktop.services import availability_texts, configuration, grids, people, target_texts
from desktop.services.grids import Line, Outcome
from desktop.services.people import Member

if TYPE_CHECKING:
    from desktop.models.book import Book

PAY, TARGETS, AVAILABILITY = "pay", "targets", "availability"
OWNER = {PAY: "producer_code", TARGETS: "producer_code", AVAILABILITY: "producer"}
"""The column of each grid that says whose a line is."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody, those who work here first; `here` are their codes, `away` of those on leave; `lines` the agency's."""

    members: tuple[Member, ...]
    here: frozenset[str]
    away: frozenset[str]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person: facts, the lines of each grid, and what is in their hands; `here` unless they have left.

    `own` and `shared` are a producer's targets of today in words: of one's own, and by level or built in.
    """

    member: Member
    tables: Mapping[str, tuple[Line, ...]]
    open_leads: int
    clients: int
    here: bool
    own: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()


def roster(book: Book, now: datetime) -> Roster:
    """Everybody as of today."""
    found = facts_people.people(book)
    away = frozenset(one.code for one in found if one.status == team.ACTIVE and _away(one, now))
    lines = tuple(line.name for line in configuration.load(book).lines)
    members = people.members(book)
    here = frozenset(one.code for one in members if one.here_on(now.date()))
    return Roster(tuple(sorted(members, key=lambda one: one.code not in here)), here, away, lines)


def _away(one: team.Person, now: datetime) -> bool:
    return one.presence.employed_on(now.date()) and one.presence.away_on(now.date())


def sheet(book: Book, code: str, now: datetime) -> Sheet:
    """One person by code. UserError where there is none."""
    one = people.member(book, code)
    own = {
        PAY: {"producer_code": one.code},
        TARGETS: {"producer_code": one.code},
        AVAILABILITY: {"producer": one.code},
    }
    everybody = facts_people.people(book)
    person = next(found for found in everybody if found.code == one.code)
    rules = _in_effect(Targets(facts_people.target_rules(book, everybody)), person, now.date())
    return Sheet(
        member=one,
        tables={name: _read(book, name, where) for name, where in own.items()},
        open_leads=len(holdings.open_leads(book, person.id, now)),
        clients=holdings.clients_under(book, person.id),
        here=one.here_on(now.date()),
        own=tuple(target_texts.said(rule) for rule in rules if rule.producer is not None),
        shared=tuple(target_texts.said(rule) for rule in rules if rule.producer is None),
    )


def _in_effect(targets: Targets, person: team.Person, on: date) -> list[TargetRule]:
    """What holds for a producer on a day, for nobody else anything (metrics.md 2)."""
    if not person.is_producer:
        return []
    found = (targets.of_producer(metric.id, person.id, person.level, on) for metric in METRICS)
    return [rule for rule in found if rule is not None]


def levels(book: Book, on: date) -> dict[str, tuple[str, ...]]:
    """What holds on a day for a producer of each level without targets of one's own, in words."""
    targets = Targets(facts_people.target_rules(book, facts_people.people(book)))
    found = {}
    for level in (NEW, VETERAN):
        rules = (targets.of_level(metric.id, level, on) for metric in METRICS)
        found[level] = tuple(target_texts.said(rule) for rule in rules if rule is not None)
    return found


def shared_targets(book: Book) -> tuple[Line, ...]:
    """The targets of the agency and of the levels."""
    return _read(book, TARGETS, {"producer_code": None})


def save(
    book: Book,
    name: str,
    fixed: Mapping[str, Cell],
    lines: Sequence[Line],
    label: str,
    author: Author,
    today: date,
) -> Outcome:
    """Keep a grid as typed here, each line with the cells `fixed`; all lines or none, one undoable action."""
    done = grids.save(book, name, fixed, [_plain(name, line) for line in lines], label, author, today)
    if name != TARGETS or not done.wrong:
        return done
    typed = {(at, "metric"): line.texts.get("metric", "").strip() for at, line in enumerate(lines)}
    said = {place: target_texts.unknown(typed[place]) for place in done.wrong if typed.get(place)}
    return replace(done, wrong={**done.wrong, **said})


def _read(book: Book, name: str, where: Mapping[str, Cell]) -> tuple[Line, ...]:
    return tuple(_shown(name, line) for line in grids.read(book, name, where))


def _shown(name: str, line: Line) -> Line:
    if name == TARGETS:
        return target_texts.shown(line)
    return availability_texts.shown(line) if name == AVAILABILITY else line


def _plain(name: str, line: Line) -> Line:
    if name == TARGETS:
        return target_texts.read(line)
    return availability_texts.read(line) if name == AVAILABILITY else line
