"""Who scores highest, kept so that a lead costs a few comparisons and not a look at everybody (routing.md 7).

The part of a score that no lead changes waits in heaps of whole numbers, one heap per kind of lead; an entry that has
become stale is renewed when it comes to the top. Exact, since every fraction is scaled to a whole number. Must not know
why somebody is in a pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from heapq import heapify, heappop, heappush, heapreplace
from math import lcm

from desktop.core import scoring
from desktop.core.snapshot import Snapshot, agency_rate

Entry = tuple[int, int, int, int]
"""Negative score, active leads, number of the last assignment, index: the least wins. routing.md 4."""


@dataclass(slots=True)
class Pool:
    """Producers, by index, who may take one kind of lead but for their caps; `base` and `bonus` are scaled points."""

    members: frozenset[int]
    lines: int
    base: dict[int, int]
    bonus: dict[int, int]
    heap: list[Entry]
    parked: set[int]
    hours_dropped: bool


class Ranking:
    """The producers' loads, and the score of each, scaled; indexes follow the order of codes."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._settings = snapshot.settings
        self.producers = tuple(sorted(snapshot.producers, key=lambda one: one.code))
        self.active = [one.active_leads for one in self.producers]
        self.today = [one.leads_today for one in self.producers]
        self.caps = [_either(one.cap_active, self._settings.cap_active) for one in self.producers]
        self.day_caps = [_either(one.cap_day, self._settings.cap_day) for one in self.producers]
        moments = sorted({one.last_assigned_at for one in self.producers if one.last_assigned_at is not None})
        place = {moment: number for number, moment in enumerate(moments)}
        self.last = [-1 if one.last_assigned_at is None else place[one.last_assigned_at] for one in self.producers]
        self._newest = moments[-1] if moments else None
        self._assigned = len(moments) - 1
        self._match: dict[str, list[tuple[int, int]]] = {}
        self._scale_points(agency_rate(snapshot))

    def pool(self, members: Iterable[int], lines: Sequence[str], hours_dropped: bool) -> Pool:
        """A pool of these producers for leads of these lines."""
        chosen = frozenset(members)
        tables = [self._matches(line) for line in lines]
        base, bonus = {}, {}
        for i in chosen:
            outside = sum(table[i][0] for table in tables)
            inside = sum(table[i][1] for table in tables)
            base[i] = self._constant[i] * len(lines) + self._match_unit * outside
            if inside > outside:
                bonus[i] = self._match_unit * (inside - outside)
        made = Pool(chosen, len(lines), base, bonus, [], set(), hours_dropped)
        made.heap = [self.entry(made, i) for i in chosen]
        heapify(made.heap)
        return made

    def best(self, pool: Pool, insiders: Sequence[int]) -> int | None:
        """Index of the highest score below the caps, with `insiders` (in their territory) at their better match."""
        heap, active, last, base, capacity = pool.heap, self.active, self.last, pool.base, self._capacity
        found: Entry | None = None
        while heap:
            top = heap[0]
            i = top[3]
            load = active[i]
            if top[1] != load or top[2] != last[i]:
                # As entry, without the call: nearly every lead of a run comes by here.
                points = capacity[load] if load < self._top else capacity[-1]
                heapreplace(heap, (-(base[i] + points * pool.lines), load, last[i], i))
            elif load >= self.caps[i] or self.today[i] >= self.day_caps[i]:
                heappop(heap)
                pool.parked.add(i)
            else:
                found = top
                break
        for i in insiders:
            extra = pool.bonus.get(i)
            if extra and self.has_room(i):
                entry = self.entry(pool, i, extra)
                if found is None or entry < found:
                    found = entry
        return None if found is None else found[3]

    def has_room(self, i: int) -> bool:
        """Whether the producer is under both caps."""
        return self.active[i] < self.caps[i] and self.today[i] < self.day_caps[i]

    def take(self, i: int, at: datetime) -> None:
        """Counts one more lead for the producer; moments come in order, and equal ones are equally long ago."""
        if at != self._newest:
            self._newest = at
            self._assigned += 1
        self.active[i] += 1
        self.today[i] += 1
        self.last[i] = self._assigned

    def release(self, i: int, pools: Iterable[Pool]) -> None:
        """Counts one active lead less, and lets the better score be seen in the pools."""
        self.active[i] = max(0, self.active[i] - 1)
        for pool in pools:
            if i in pool.members:
                self._renew(pool, (i,))

    def new_day(self, pools: Iterable[Pool]) -> None:
        """Nobody has had a lead today."""
        self.today = [0] * len(self.today)
        for pool in pools:
            if pool.parked:
                self._renew(pool, tuple(pool.parked))

    def _renew(self, pool: Pool, indexes: Sequence[int]) -> None:
        pool.parked.difference_update(indexes)
        if len(pool.heap) > 4 * len(pool.members) + 16:
            pool.heap = [self.entry(pool, i) for i in pool.members]
            pool.parked.clear()
            heapify(pool.heap)
            return
        for i in indexes:
            heappush(pool.heap, self.entry(pool, i))

    def entry(self, pool: Pool, i: int, extra: int = 0) -> Entry:
        active = self.active[i]
        points = self._capacity[active] if active < self._top else self._capacity[self._top]
        return -(pool.base[i] + extra + points * pool.lines), active, self.last[i], i

    def _scale_points(self, rate: Fraction) -> None:
        """Finds the number that makes every part of a score whole, and scales the parts by it."""
        settings = self._settings
        weight = {name: 10 * scoring.exact(settings.weights[name]) for name in scoring.WEIGHTS}
        self._top = max((limit for limit, _points in settings.capacity_bands), default=0)
        capacity = [
            weight["capacity"] * scoring.capacity_points(active, settings.capacity_bands)
            for active in range(self._top + 1)
        ]
        constant = []
        for one in self.producers:
            close = scoring.close_points(one.bound, one.decided, rate, prior=settings.prior, ceiling=settings.ceiling)
            response = scoring.response_points(one.response_minutes, settings.response_bands)
            constant.append(weight["close"] * close + weight["response"] * response)
        scale = lcm(weight["match"].denominator, *(part.denominator for part in capacity + constant))
        self._match_unit = int(weight["match"] * scale)
        self._capacity = [int(part * scale) for part in capacity]
        self._constant = [int(part * scale) for part in constant]

    def _matches(self, line: str) -> list[tuple[int, int]]:
        """Each producer's points for the line outside and inside the territory."""
        if line not in self._match:
            kinds = [scoring.line_match(line, one.lines, self._settings.groups) for one in self.producers]
            self._match[line] = [
                (scoring.match_points(kind, False), scoring.match_points(kind, True)) for kind in kinds
            ]
        return self._match[line]


def _either(own: int | None, general: int) -> int:
    return general if own is None else own
