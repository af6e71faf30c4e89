"""One lead after the other to its owner, counting as it goes: the single way for live routing, dry run and replay.

Follows the order of routing.md 3; says what was decided and by which step, and leaves the words to `routing`. Must not
know the clock, nor keep anything between runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from desktop.core import crew, duplicates, intake, rotation
from desktop.core.intake import Lead
from desktop.core.ranking import Pool, Ranking
from desktop.core.rules import DEFAULT, Action, Rule, matches
from desktop.core.scoring import Number
from desktop.core.snapshot import Snapshot
from desktop.core.territories import Rule as TerritoryRule
from desktop.core.territories import TerritoryMap

Scope = tuple[str, ...]
_EVERYBODY: Scope = ()


class Placement(NamedTuple):
    """Where a lead goes: `producer` a code or None; `why` names what is missing or by whom the model chose.

    `skipped` are the rules that matched without a live target, the built-in default among them.
    """

    producer: str | None
    step: str
    rule: Rule | None = None
    model: str | None = None
    territory: TerritoryRule | None = None
    why: str = ""
    match: duplicates.Match | None = None
    skipped: tuple[Rule, ...] = ()
    flags: tuple[str, ...] = ()


class Router:
    """Places leads in order of arrival; every placement counts for the next. Deterministic. routing.md 3 and 7."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.ranking = Ranking(snapshot)
        self.turns: Mapping[str, int] = dict(snapshot.turns)
        self.credits: Mapping[str, Number] = dict(snapshot.credits)
        self._directory = snapshot.directory.copy()
        self._knows_clients = bool(self._directory.clients or self._directory.named)
        self._owners: dict[str, str] = {}
        self._keys: tuple[Lead | None, duplicates.Keys] = None, (None, None)
        self._see_rules(snapshot.rules)
        producers = self.ranking.producers
        self._index = {one.code: i for i, one in enumerate(producers)}
        self._by_state = any(one.licenses for one in producers)
        self._weights = {one.code: one.weight for one in producers if one.weight != 1}
        self._insiders: dict[int, tuple[int, ...]] = {}
        self._day = snapshot.today
        self._views: dict[tuple[object, ...], dict[tuple[object, ...], Pool]] = {}
        self._view: dict[tuple[object, ...], Pool] = {}
        self._from = self._until = datetime.min
        self._see_map(snapshot.territories)

    def _see_rules(self, rules: Sequence[Rule]) -> None:
        enabled = tuple(rule for rule in rules if rule.enabled)
        self._rules = enabled if any(rule.when is None for rule in enabled) else (*enabled, DEFAULT)

    def _see_map(self, territories: TerritoryMap | None) -> None:
        self._cells: Sequence[int] = () if territories is None else territories.cells
        self._map_rules: Mapping[int, TerritoryRule] = {} if territories is None else territories.rules

    def place(self, lead: Lead, at: datetime) -> Placement:
        """Decides and counts: the lead is its owner's from now on."""
        placed = self.choose(lead, at)
        if placed.producer is not None and placed.step != "duplicate":
            self.take(placed, lead, at)
        return placed

    def take(self, placed: Placement, lead: Lead, at: datetime) -> None:
        """Counts a placement that `choose` made."""
        code = placed.producer
        if code is None:
            return
        if placed.model == "round_robin":
            self._use_turn(code, placed, lead, at)
        i = self._index.get(code)
        if i is not None:
            self.ranking.take(i, at)
        self._owners[lead.lead_id] = code
        asked, keys = self._keys
        self._directory.add_lead(lead, keys if asked is lead else None)

    def release(self, code: str) -> None:
        """One of the producer's leads is no longer active. KeyError for an unknown code."""
        self.ranking.release(self._index[code], (pool for view in self._views.values() for pool in view.values()))

    def turn_map(self, territories: TerritoryMap | None) -> None:
        """From now on the map is this one; everything counted so far stays. routing.md 7."""
        self.snapshot = replace(self.snapshot, territories=territories)
        self._insiders.clear()
        self._see_map(territories)

    def turn_rules(self, rules: Sequence[Rule]) -> None:
        """From now on these are the rules; everything counted so far stays. routing.md 7."""
        self.snapshot = replace(self.snapshot, rules=tuple(rules))
        self._see_rules(rules)

    def choose(self, lead: Lead, at: datetime) -> Placement:
        """Decides without counting. routing.md 3."""
        lacking = intake.missing(lead)
        if lacking:
            return Placement(None, "needs_attention", why=", ".join(lacking))
        if not self._from <= at < self._until:
            self._see(at)
        flags: tuple[str, ...] = ()
        keys = duplicates.keys_of(lead)
        self._keys = lead, keys
        match = self._directory.find_lead(lead, keys)
        if match is not None and match.lead is not None:
            owner = self._owners.get(match.lead.lead_id) or match.lead.owner
            if owner:
                return Placement(owner, "duplicate", match=match)
        match = self._directory.find_client(lead) if self._knows_clients else None
        if match is not None and match.client is not None:
            for code in (match.client.producer, match.client.csr):
                if code and self._is_active(code):
                    return Placement(code, "existing_client", match=match)
            flags = ("client_owner_inactive",)
        return self._by_rules(lead, at, flags)

    def pool_for(self, lead: Lead, at: datetime, scope: Scope = _EVERYBODY) -> Pool:
        """Those among `scope` (empty: all) who pass every test of routing.md 3.5 but caps and line.

        Of the moment that `choose` was last asked about.
        """
        key = (lead.state if self._by_state else None, lead.lines, scope)
        pool = self._view.get(key)
        if pool is None:
            pool = self._view[key] = self._build(lead, at, scope)
        return pool

    def eligible(self, lead: Lead, at: datetime, *, any_line: bool = False) -> list[str]:
        """Codes of those who pass every test for the lead, highest score first. routing.md 3.5.

        The line's test too, unless `any_line`.
        """
        if not self._from <= at < self._until:
            self._see(at)
        pool = self.pool_for(lead, at)
        inside = set(self.insiders(self.territory_of(lead)))
        room = {self.ranking.producers[i].code for i in pool.members if self.ranking.has_room(i)}
        takers = room if any_line else set(self._takers(pool, lead))
        entries = (self.ranking.entry(pool, i, pool.bonus.get(i, 0) if i in inside else 0) for i in pool.members)
        codes = (self.ranking.producers[entry[3]].code for entry in sorted(entries))
        return [code for code in codes if code in takers]

    def active_of(self, code: str) -> int:
        """How many active leads the producer has by now. KeyError for an unknown code."""
        return self.ranking.active[self._index[code]]

    def insiders(self, territory: TerritoryRule | None) -> tuple[int, ...]:
        """Indexes of those whose territory it is: its owner and its pool."""
        if territory is None:
            return ()
        found = self._insiders.get(territory.id)
        if found is None:
            codes = dict.fromkeys((territory.producer, *territory.pool))
            found = tuple(self._index[code] for code in codes if code in self._index)
            self._insiders[territory.id] = found
        return found

    def territory_of(self, lead: Lead) -> TerritoryRule | None:
        """The winning territory rule of the lead's ZIP."""
        territories = self.snapshot.territories
        return None if territories is None or lead.zip is None else territories.lookup(lead.zip)

    def _by_rules(self, lead: Lead, at: datetime, flags: tuple[str, ...]) -> Placement:
        code, territory = lead.zip or "", None
        if self._cells and code.isdecimal():
            # As territory_of, without the calls: the lead was found valid, so these are five digits.
            territory = self._map_rules.get(self._cells[int(code)])
        elif code:
            territory = self.territory_of(lead)
        skipped: tuple[Rule, ...] = ()
        for rule in self._rules:
            if rule.when is not None and not matches(rule, lead, at):
                continue
            chosen = self._act(rule.then, lead, at, territory)
            if chosen is not None:
                code, why, dropped = chosen
                return Placement(
                    code,
                    "model" if rule.when is None else "rule",
                    None if rule is DEFAULT else rule,
                    rule.then.model,
                    territory,
                    why,
                    None,
                    skipped,
                    (*flags, "hours_dropped") if dropped else flags,
                )
            skipped += (rule,)
        overflow = self.snapshot.settings.overflow
        if overflow and self._is_active(overflow, unknown=True):
            return Placement(overflow, "overflow", territory=territory, skipped=skipped, flags=(*flags, "alert"))
        return Placement(None, "unassigned", territory=territory, why="nobody_eligible", skipped=skipped, flags=flags)

    def _act(
        self, action: Action, lead: Lead, at: datetime, territory: TerritoryRule | None
    ) -> tuple[str, str, bool] | None:
        """Code, who was asked, and whether the hours were disregarded; None without a live target."""
        pool = self.pool_for(lead, at, action.pool)
        i: int | None
        if action.producer is not None:
            i, why = self._index.get(action.producer), "named"
            if i is None or i not in pool.members or not self.ranking.has_room(i):
                return None
        elif action.model == "territory":
            i, why = self._by_territory(pool, territory)
        elif action.model == "weighted":
            i, why = self.ranking.best(pool, self.insiders(territory)), "score"
        else:
            i, why = self._by_turn(action.model == "round_robin", pool, lead, at)
        return None if i is None else (self.ranking.producers[i].code, why, pool.hours_dropped)

    def _by_territory(self, pool: Pool, territory: TerritoryRule | None) -> tuple[int | None, str]:
        """The owner, else the backup, else the best of the territory's pool, else the best of all. routing.md 4."""
        if territory is not None:
            for code, why in ((territory.producer, "owner"), (territory.backup, "backup")):
                i = self._index.get(code) if code else None
                if i is not None and i in pool.members and self.ranking.has_room(i):
                    return i, why
            if territory.pool:
                members = [self._index[code] for code in territory.pool if code in self._index]
                within = self._narrowed(pool, members)
                i = self.ranking.best(within, self.insiders(territory))
                if i is not None:
                    return i, "pool"
        return self.ranking.best(pool, self.insiders(territory)), "score"

    def _narrowed(self, pool: Pool, members: list[int]) -> Pool:
        """The pool, of these members only; made for one lead."""
        kept = frozenset(members) & pool.members
        heap = sorted(self.ranking.entry(pool, i) for i in kept)
        return Pool(kept, pool.lines, pool.base, pool.bonus, heap, set(), pool.hours_dropped)

    def _by_turn(self, in_turn: bool, pool: Pool, lead: Lead, at: datetime) -> tuple[int | None, str]:
        codes = self._takers(pool, lead)
        if in_turn:
            code = self._whose_turn(codes)
            return (None if code is None else self._index[code]), "turn"
        producers, ranking = self.ranking.producers, self.ranking
        loads = {code: ranking.active[self._index[code]] + producers[self._index[code]].credit for code in codes}
        # The number of the last assignment orders as the time since it does, the other way round.
        waits = {code: -ranking.last[self._index[code]] for code in codes if ranking.last[self._index[code]] >= 0}
        code = rotation.least_loaded(loads, waits)
        return (None if code is None else self._index[code]), "load"

    def _takers(self, pool: Pool, lead: Lead) -> list[str]:
        """Codes of the pool's members with room who take the lead's line."""
        ranking = self.ranking
        return [
            ranking.producers[i].code
            for i in sorted(pool.members)
            if ranking.has_room(i) and crew.takes_line(ranking.producers[i], lead.lines)
        ]

    def _whose_turn(self, codes: list[str]) -> str | None:
        if self._weights:
            return rotation.weighted(self.credits, self._weights, codes)[0]
        return rotation.oldest(self.turns, codes)

    def _use_turn(self, code: str, placed: Placement, lead: Lead, at: datetime) -> None:
        """Moves round robin's states on, before the lead is counted: the eligible are still those of the choice."""
        if self._weights:
            scope = placed.rule.then.pool if placed.rule else _EVERYBODY
            codes = self._takers(self.pool_for(lead, at, scope), lead)
            self.credits = rotation.weighted(self.credits, self._weights, codes)[1]
        self.turns = rotation.next(self.turns, (code,))[1]

    def _begin_day(self, day: date) -> None:
        if self._day is not None:
            self.ranking.new_day(pool for view in self._views.values() for pool in view.values())
        self._day = day

    def _is_active(self, code: str, unknown: bool = False) -> bool:
        i = self._index.get(code)
        return unknown if i is None else self.ranking.producers[i].active

    def _see(self, at: datetime) -> None:
        """Turns to the pools of those who are there at this moment, and finds until when nothing changes."""
        producers = self.ranking.producers
        day = at.date()
        if day != self._day:
            self._begin_day(day)
        presence = tuple(
            (
                not crew.is_away(one, day),
                crew.in_hours(one, at),
                tuple(held.holds(day) for held in one.licenses),
            )
            for one in producers
        )
        midnight = datetime.combine(day, time(0))
        edges = {midnight, midnight + timedelta(days=1)}
        for one in producers:
            for edge in (one.hours or {}).get(at.isoweekday(), ()):
                edges.add(datetime.combine(day, edge))
        self._from = max(edge for edge in edges if edge <= at)
        self._until = min(edge for edge in edges if edge > at)
        self._view = self._views.setdefault(presence, {})

    def _build(self, lead: Lead, at: datetime, scope: Scope) -> Pool:
        day = at.date()
        there = [
            i
            for i, one in enumerate(self.ranking.producers)
            if (not scope or one.code in scope)
            and one.active
            and crew.is_licensed(one, lead.state, lead.lines, day)
            and not crew.is_away(one, day)
        ]
        working = [i for i in there if crew.in_hours(self.ranking.producers[i], at)]
        return self.ranking.pool(working or there, lead.lines, bool(there) and not working)
