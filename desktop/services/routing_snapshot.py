"""What routing decides from, read of the book at a moment: producers, map, rules, settings, open leads and clients.

Reads and shapes alone: a decision is `core.routing`'s. The same snapshot serves live routing, dry run and replay.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import duplicates, intake, territories, zips
from desktop.core import rules as routing_rules
from desktop.core.crew import License, Producer
from desktop.core.duplicates import Client, Directory
from desktop.core.presence import Leave, OwnHours
from desktop.core.rotation import return_credit
from desktop.core.rules import DEFAULT, Rule
from desktop.core.snapshot import Settings as RoutingSettings
from desktop.core.snapshot import Snapshot
from desktop.core.team import ACTIVE, Person
from desktop.core.territories import Rule as MapRule
from desktop.core.territories import TerritoryMap
from desktop.core.worktime import Hours, is_working_day, span_minutes
from desktop.errors import UserError
from desktop.logs import log
from desktop.models import facts_people, facts_routing, merging, routing_log
from desktop.models.facts_routing import LeadCells, Load, Reply
from desktop.services import configuration
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.models.book import Book

_NEVER_THERE = ((date.min, date.max),)
_BACK_DAYS = 14
"""How long somebody back from leave counts with the peers' mean under least loaded."""


def snapshot(
    book: Book,
    at: datetime,
    *,
    until: datetime | None = None,
    rules: Sequence[Rule] | None = None,
    map_rules: Sequence[MapRule] | None = None,
) -> Snapshot:
    """The book at the moment as routing sees it (routing.md 7).

    `until`: the last moment that will be decided with it (default: `at`). `rules` and `map_rules` stand in for those of
    the book, such as a draft's.
    """
    settings = configuration.load(book)
    turns, credits_ = routing_log.rotation(book)
    return Snapshot(
        producers=producers(book, settings, at, until or at),
        territories=compiled(facts_routing.map_rules(book) if map_rules is None else map_rules, at.date()),
        rules=stored_rules(book) if rules is None else tuple(rules),
        settings=routing_settings(settings),
        turns=turns,
        credits=credits_,
        directory=directory(book, settings, at),
        today=at.date(),
    )


def routing_settings(settings: Settings) -> RoutingSettings:
    """Caps, weights, overflow and line groups as the agency has set them."""
    groups = {line.name.casefold(): line.group for line in settings.lines if line.group is not None}
    return RoutingSettings(
        overflow=settings.overflow,
        cap_active=settings.cap_active,
        cap_day=settings.cap_day,
        weights=settings.routing_weights,
        groups=groups,
    )


# --- rules and map ----------------------------------------------------------------------------------------------------


def stored_rules(book: Book) -> tuple[Rule, ...]:
    """The book's rules in order, the default last; one that cannot be read is logged and left out."""
    found: list[Rule] = []
    for cells in facts_routing.stored_rules(book):
        try:
            found += routing_rules.read([rule_json(cells)])
        except UserError as error:
            log().warning("a stored rule cannot be used: %s", error.what)
    return with_default(found)


def rule_json(cells: Mapping[str, object]) -> dict[str, object]:
    """A kept rule in the shape of `rules export`."""
    one = {"id": cells["rule_id"], "name": cells["name"], "enabled": cells["enabled"] != 0}
    if cells["when"] is not None:
        one["when"] = json.loads(str(cells["when"]))
    return {**one, "then": json.loads(str(cells["then"]))}


def with_default(found: Iterable[Rule]) -> tuple[Rule, ...]:
    """These rules with the default, which is always there, enabled and last (routing.md 3.4)."""
    listed = list(found)
    default = next((rule for rule in reversed(listed) if rule.when is None), DEFAULT)
    last = default if default.enabled else replace(default, enabled=True)
    return (*(rule for rule in listed if rule is not default), last)


def readable(rules: Iterable[MapRule]) -> tuple[list[MapRule], dict[int, str]]:
    """The territory rules that can be read, with the ZIPs of counties and states, and why the others cannot, by id."""
    fine: list[MapRule] = []
    wrong: dict[int, str] = {}
    for rule in rules:
        try:
            known = expanded(rule)
            territories.area_of(known)
            fine.append(known)
        except UserError as error:
            wrong[rule.id] = error.what
    return fine, wrong


def expanded(rule: MapRule) -> MapRule:
    """The rule with the ZIPs of its county or state; any other as it is. UserError for a name that is no county's."""
    from desktop import places

    text = rule.zip_from
    if rule.zips or any(letter.isdigit() for letter in text):
        return rule
    area = None if text.rstrip().endswith("*") else places.read_area(text)
    if area is None:
        if "," not in text:
            return rule
        raise UserError(f"There is no county “{text}”.", "Write it with its state, such as Bexar County, TX.")
    if rule.zip_to:
        raise UserError(f"{area.label} has no last ZIP.", "Leave the second cell empty.")
    codes = area.zips()
    if not codes:
        raise UserError(f"No ZIP is known in {area.label}.", "Enter its ZIPs instead.")
    return replace(rule, zips=codes)


def compiled(rules: Iterable[MapRule], on: date) -> TerritoryMap:
    """The map of a day; a rule that cannot be read covers nothing."""
    return territories.compile(readable(rules)[0], on)


# --- leads and clients ------------------------------------------------------------------------------------------------


def routed_lead(cells: LeadCells, settings: Settings) -> intake.Lead:
    """A kept lead as routing reads it: its ZIP by the first five, its state by the ZIP where none is stated."""
    code = zip_of(cells.zip)
    return intake.Lead(
        cells.lead_id,
        cells.first_name,
        cells.last_name,
        cells.business_name,
        cells.email,
        cells.phone,
        code,
        cells.state or state_of(code),
        lines_of(cells.line, settings),
        cells.source,
        cells.premium,
        facts_routing.day(cells.expires_on),
        facts_routing.moment(cells.received_at),
        cells.owner,
    )


def zip_of(text: str | None) -> str | None:
    """The code by which a kept ZIP routes; None where it cannot be read."""
    if not text:
        return None
    try:
        return zips.parse(text).zip5
    except UserError:
        return None


def state_of(code: str | None) -> str | None:
    """The state of a ZIP by the table; a military address's home state is asked for, not guessed."""
    from desktop import places

    if code is None or zips.is_military(code):
        return None
    place = places.zip_place(code)
    return None if place is None else place.state


def lines_of(text: str | None, settings: Settings) -> tuple[str, ...]:
    """The lines of a lead, as the agency spells them."""
    return tuple(dict.fromkeys(settings.line_named(one) or one for one in facts_routing.parts(text)))


def directory(book: Book, settings: Settings, at: datetime) -> Directory:
    """The open leads that have an owner, and the clients known by then; merged clients speak for the one they are."""
    leads = [routed_lead(cells, settings) for cells in facts_routing.open_leads(book, at)]
    return duplicates.directory(leads, _clients(book, at))


def _clients(book: Book, at: datetime) -> list[Client]:
    rows = {row.number: row for row in facts_routing.clients(book)}
    into = merging.redirects(book)
    today = at.date().isoformat()
    found = []
    for number, row in rows.items():
        if row.since is not None and row.since[:10] > today:
            continue
        whose = rows.get(into.get(number, number), row)
        found.append(
            Client(
                whose.client_id,
                row.name,
                row.email,
                row.phone,
                zip_of(row.zip),
                whose.producer or row.producer,
                whose.csr or row.csr,
            )
        )
    return found


# --- producers --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of everybody, by row."""

    loads: Mapping[int, Load]
    responses: Mapping[int, Fraction]
    skills: Mapping[int, tuple[str, ...]]
    licenses: Mapping[int, list[License]]


def producers(book: Book, settings: Settings, at: datetime, until: datetime) -> tuple[Producer, ...]:
    """Everybody as routing sees them at the moment; who is no producer takes no lead but a client's."""
    facts = _Facts(
        facts_routing.loads(book, at),
        response_minutes(facts_routing.replies(book, at), settings, at),
        facts_routing.skills(book),
        facts_routing.licenses(book),
    )
    people = facts_people.people(book)
    found = tuple(_producer(one, facts, settings, at, until) for one in people)
    return _credited(found, people, at.date())


def _producer(one: Person, facts: _Facts, settings: Settings, at: datetime, until: datetime) -> Producer:
    load = facts.loads.get(one.id, Load())
    skills = (settings.line_named(line) or line for line in facts.skills.get(one.id, ()))
    held = (
        replace(licence, line=None if licence.line is None else settings.line_named(licence.line) or licence.line)
        for licence in facts.licenses.get(one.id, ())
    )
    return Producer(
        code=one.code,
        name=one.name,
        active=one.status == ACTIVE and one.presence.employed_on(at.date()),
        lines=tuple(dict.fromkeys(skills)),
        licenses=tuple(held),
        leave=leave_days(one.presence.leaves, at.date(), until.date()) if one.is_producer else _NEVER_THERE,
        hours=own_hours(one.presence.own_hours, at.date()),
        active_leads=load.active,
        leads_today=load.today,
        last_assigned_at=None if load.last is None else facts_routing.moment(load.last),
        bound=load.bound,
        decided=load.decided,
        response_minutes=facts.responses.get(one.id),
    )


def leave_days(leaves: Iterable[Leave], first: date, last: date) -> tuple[tuple[date, date], ...]:
    """Leave as first and last days; one of a single weekday is spelled out from `first` to `last`."""
    found: list[tuple[date, date]] = []
    for leave in leaves:
        if leave.weekday is None:
            found.append((leave.start or date.min, leave.end or date.max))
            continue
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        found += [(day, day) for day in days if leave.covers(day)]
    return tuple(found)


def own_hours(entered: Iterable[OwnHours], on: date) -> Hours | None:
    """The hours in effect on a day by weekday, from the first start to the last end; None where none are entered."""
    found: dict[int, tuple[time, time]] = {}
    for one in entered:
        if not one.valid(on):
            continue
        for weekday in range(1, 8) if one.weekday is None else (one.weekday,):
            start, end = found.get(weekday, (one.start, one.end))
            late = max(start, end, one.start, one.end) if time(0) not in (end, one.end) else time(0)
            found[weekday] = (min(start, one.start), late)
    return found or None


def _credited(found: tuple[Producer, ...], people: Sequence[Person], today: date) -> tuple[Producer, ...]:
    """Those just back from leave with what least loaded credits them with (routing.md 4)."""
    back = {one.code for one in people if one.is_producer and _is_back(one, today)}
    loads = {one.code: one.active_leads for one in found if one.active and one.leave != _NEVER_THERE}
    peers = [code for code in loads if code not in back]
    return tuple(
        replace(one, credit=return_credit(one.code, loads, peers)) if one.code in back else one for one in found
    )


def _is_back(one: Person, today: date) -> bool:
    spans = [leave.end for leave in one.presence.leaves if leave.weekday is None and leave.end is not None]
    return any(end < today <= end + timedelta(days=_BACK_DAYS) for end in spans) and not one.presence.away_on(today)


# --- response ---------------------------------------------------------------------------------------------------------


def response_minutes(replies: Iterable[Reply], settings: Settings, at: datetime) -> dict[int, Fraction]:
    """Mean business minutes from assignment to first contact, untouched leads by their age (routing.md 4).

    A contact of which only the day is known ends the waiting but tells no minutes. A lead that ended untouched has the
    age at which it ended.
    """
    first = at - timedelta(days=facts_routing.TRAILING_DAYS)
    clock = BusinessClock(settings, first.date(), at.date())
    waited: dict[int, list[Fraction]] = defaultdict(list)
    for one in replies:
        if one.contacted_at is not None and len(one.contacted_at) == 10:
            continue
        end = one.contacted_at or one.ended_at
        stop = at if end is None else facts_routing.moment(end)
        waited[one.producer].append(clock.between(facts_routing.moment(one.assigned_at), stop))
    return {producer: sum(minutes, Fraction()) / len(minutes) for producer, minutes in waited.items()}


class BusinessClock:
    """Business minutes between moments of some days, by sums of the days before: as `worktime.elapsed`, for many."""

    def __init__(self, settings: Settings, first: date, last: date) -> None:
        self._hours = settings.hours
        holidays = settings.holidays_between(first, last)
        self._days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        self._open = [is_working_day(day, self._hours, holidays) for day in self._days]
        self._before = [0]
        for day, is_open in zip(self._days, self._open, strict=True):
            minutes = span_minutes(*self._hours[day.isoweekday()]) if is_open else 0
            self._before.append(self._before[-1] + minutes)

    def between(self, start: datetime, end: datetime) -> Fraction:
        """Business minutes from `start` to `end`, both within the days; 0 when `end` is not after `start`."""
        return max(Fraction(), self._place(end) - self._place(start))

    def _place(self, at: datetime) -> Fraction:
        number = bisect_right(self._days, at.date()) - 1
        if number < 0:
            return Fraction()
        if self._days[number] != at.date():
            return Fraction(self._before[number + 1])
        if not self._open[number]:
            return Fraction(self._before[number])
        start, end = self._hours[at.isoweekday()]
        since = Fraction((at - datetime.combine(at.date(), start)) // timedelta(seconds=1), 60)
        return self._before[number] + min(max(since, Fraction()), Fraction(span_minutes(start, end)))
