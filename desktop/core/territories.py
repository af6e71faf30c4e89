"""Who a ZIP belongs to: territory rules painted on one list of 100,000 cells (routing.md 2 and 7).

A rule is a row of the territory table with its id. Must not know producers, leads, or which ZIPs exist unless told.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.core import maplint, zips
from desktop.core.maplint import Lint, Span
from desktop.errors import UserError

_CANADIAN_WIDTHS = {0: zips.CELLS, 1: 200, 2: 20, 3: 1}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: `zip_from` is a ZIP, a range `10001-10099`, a prefix `100*` or a Canadian prefix `K1A`.

    `zip_to` ends a range, inclusive. `zips` lists the ZIPs of a county or state instead, and then `zip_from` is only
    its label. Higher `priority` wins. Valid from and to are inclusive; None is open.
    """

    id: int
    territory: str
    zip_from: str
    zip_to: str | None = None
    producer: str | None = None
    backup: str | None = None
    pool: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    priority: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    zips: tuple[str, ...] = ()

    def holds(self, on: date) -> bool:
        """Whether the rule is in force on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Area:
    """What a rule covers: spans of cells (inclusive, ascending, apart) and a Canadian prefix; `width` in codes."""

    spans: tuple[Span, ...]
    canadian: str | None
    width: int


Place = tuple[int, int, int]
"""Where a rule stands in painting: priority, narrowness, and the lower id last, so that the greatest wins."""


@dataclass(frozen=True, slots=True)
class TerritoryMap:
    """The rules in force on a day, compiled. `cells` holds a rule's id per ZIP index, or -1."""

    on: date
    rules: Mapping[int, Rule]
    areas: Mapping[int, Area]
    order: Sequence[Place]
    cells: Sequence[int]
    canadian: Mapping[str, int]

    def lookup(self, zip5: str) -> Rule | None:
        """The winning rule of a ZIP or Canadian code, None where there is none. routing.md 2.

        A ZIP+4 or a whole Canadian code is looked up by what routes; what cannot be read has no rule.
        """
        # As zips.index, without the call: every lead of a run comes by here.
        if len(zip5) == 5 and zip5.isdecimal() and zip5.isascii():
            return self.rules.get(self.cells[int(zip5)])
        if not zips.is_canadian(zip5):
            try:
                zip5 = zips.parse(zip5).zip5
            except UserError:
                return None
            if zip5.isdecimal():
                return self.rules.get(self.cells[int(zip5)])
        best = max((self._place(self.canadian[key]) for key in _prefixes(zip5) if key in self.canadian), default=None)
        return None if best is None else self.rules[-best[2]]

    def lint(
        self, known: Collection[str] | None = None, leads: Iterable[str] = (), clients: Iterable[str] = ()
    ) -> Lint:
        """Conflicts, nested and dead rules, and gaps among the `known` ZIPs (None: all), with the numbers of the
        `leads` of the last 90 days and of `clients` by ZIP. routing.md 2."""
        return Lint(self.conflicts(), self.nested(), self.dead(), self.gaps(known, leads, clients))

    def conflicts(self) -> tuple[maplint.Conflict, ...]:
        """Where rules of equal priority and width and different territories overlap."""
        groups: dict[tuple[int, int], list[Rule]] = {}
        for rule in self.rules.values():
            groups.setdefault((rule.priority, self.areas[rule.id].width), []).append(rule)
        found: list[maplint.Conflict] = []
        for rules in groups.values():
            if len(rules) > 1:
                found += maplint.conflicts([(one.id, one.territory, self.areas[one.id].spans) for one in rules])
                found += maplint.prefix_conflicts(
                    [(one.id, one.territory, self.areas[one.id].canadian) for one in rules]
                )
        return tuple(sorted(found, key=lambda one: (one.zips, one.rules)))

    def nested(self) -> tuple[maplint.Nested, ...]:
        """Every pair of a narrower rule wholly inside a wider one."""
        found = maplint.nested({key: (area.spans, area.width) for key, area in self.areas.items() if area.spans})
        found += maplint.nested_prefixes(
            {key: area.canadian for key, area in self.areas.items() if area.canadian is not None and not area.spans}
        )
        return tuple(sorted(found, key=lambda one: (one.inner, one.outer)))

    def dead(self) -> tuple[int, ...]:
        """Ids of the rules that win no ZIP on this day."""
        alive = set(self.cells)
        if self.canadian:
            for first in zips.CANADIAN_FIRST:
                for rest in _later():
                    winner = self.lookup(first + rest)
                    if winner is not None:
                        alive.add(winner.id)
        return tuple(sorted(key for key in self.rules if key not in alive))

    def gaps(
        self, known: Collection[str] | None, leads: Iterable[str], clients: Iterable[str]
    ) -> tuple[maplint.Gap, ...]:
        """Unassigned ZIPs between a territory's first and last in one three-digit area, and those that have leads or
        clients; runs within one area, by ZIP."""
        names: dict[str, int] = {}
        owner = {key: names.setdefault(rule.territory, len(names)) for key, rule in self.rules.items()}
        return maplint.gaps(self.cells, owner, known, leads, clients)

    def edited(self, rule: Rule | None, replaces: int | None = None) -> TerritoryMap:
        """The map with `rule` instead of the one with id `replaces` (default: its own id); only the spans of the two
        are painted again. A `rule` of None takes the old one out. UserError for an unreadable rule. routing.md 7."""
        old = replaces if replaces is not None else (rule.id if rule else None)
        rules, areas, order = dict(self.rules), dict(self.areas), list(self.order)
        touched: list[Span] = []
        if old is not None and old in rules:
            order.remove(self._place(old))
            touched += areas.pop(old).spans
            del rules[old]
        if rule is not None and rule.id in rules:
            raise UserError(f"There is already a rule {rule.id}.", "Give the new rule a number of its own.")
        if rule is not None and rule.holds(self.on):
            area = area_of(rule)
            rules[rule.id], areas[rule.id] = rule, area
            insort(order, _place(rule, area))
            touched += area.spans
        cells = list(self.cells)
        for span in touched:
            _paint(cells, order, areas, span)
        return TerritoryMap(self.on, rules, areas, order, cells, _canadian(order, areas))

    def _place(self, key: int) -> Place:
        return _place(self.rules[key], self.areas[key])


def compile(rules: Iterable[Rule], on: date) -> TerritoryMap:  # noqa: A001 - routing.md 6
    """The map of the rules in force `on` that day, painted wide to narrow. Wins: highest priority, then narrowest, then
    lowest id. UserError for an unreadable rule or two of one id. routing.md 2 and 7."""
    held: dict[int, Rule] = {}
    for rule in rules:
        if rule.id in held:
            raise UserError(f"Two territory rules have the number {rule.id}.", "Give each rule a number of its own.")
        if rule.holds(on):
            held[rule.id] = rule
    areas = {key: area_of(rule) for key, rule in held.items()}
    order = sorted(_place(rule, areas[key]) for key, rule in held.items())
    cells = [-1] * zips.CELLS
    for place in order:
        for first, last in areas[-place[2]].spans:
            cells[first : last + 1] = [-place[2]] * (last - first + 1)
    return TerritoryMap(on, held, areas, order, cells, _canadian(order, areas))


def area_of(rule: Rule) -> Area:
    """What the rule covers. UserError when its ZIPs cannot be read or its range runs backwards. routing.md 2."""
    if rule.zips:
        return _listed(rule.zips)
    text = rule.zip_from.strip().upper()
    if not rule.zip_to and text.endswith("*"):
        return _prefixed(text[:-1].strip(), rule)
    parts = text.split("-") if not rule.zip_to else []
    if len(parts) == 2 and len(parts[0].strip()) == 5 and len(parts[1].strip()) == 5:
        return _range(parts[0], parts[1])
    if rule.zip_to:
        return _range(text, rule.zip_to)
    one = zips.parse(text)
    return Area((), one.zip5, 1) if one.country == "CA" else _range(one.zip5, one.zip5)


def _listed(codes: Iterable[str]) -> Area:
    """A county or state: its ZIPs as runs."""
    spans: list[Span] = []
    for at in sorted({_cell(code) for code in codes}):
        if spans and spans[-1][1] == at - 1:
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((at, at))
    return Area(tuple(spans), None, sum(last - first + 1 for first, last in spans))


def _prefixed(prefix: str, rule: Rule) -> Area:
    if not prefix:
        return Area(((0, zips.CELLS - 1),), "", zips.CELLS)
    if prefix.isascii() and prefix.isdecimal() and len(prefix) <= 5:
        width = int(10 ** (5 - len(prefix)))
        first = int(prefix) * width
        return Area(((first, first + width - 1),), None, width)
    if len(prefix) <= 3 and zips.is_canadian(prefix + "A1A"[len(prefix) :]):
        return Area((), prefix, _CANADIAN_WIDTHS[len(prefix)])
    raise UserError(f"“{rule.zip_from}” is no ZIP prefix.", "Enter one to four digits and a star, such as 100*.")


def _range(first_text: str, last_text: str) -> Area:
    first, last = _cell(first_text), _cell(last_text)
    if last < first:
        raise UserError(
            f"The ZIP range {first_text.strip()} to {last_text.strip()} runs backwards.", "Swap its two ends."
        )
    return Area(((first, last),), None, last - first + 1)


def _cell(text: str) -> int:
    code = zips.parse(text)
    if code.country != "US":
        raise UserError(f"“{text}” cannot be an end of a range.", "Enter Canadian codes as prefixes, such as K1A.")
    return int(code.zip5)


def _place(rule: Rule, area: Area) -> Place:
    return rule.priority, -area.width, -rule.id


def _paint(cells: list[int], order: Sequence[Place], areas: Mapping[int, Area], span: Span) -> None:
    """Paints one span again with what overlaps it."""
    low, high = span
    cells[low : high + 1] = [-1] * (high - low + 1)
    for _priority, _width, negative in order:
        for first, last in areas[-negative].spans:
            if first <= high and last >= low:
                begin, end = max(first, low), min(last, high)
                cells[begin : end + 1] = [-negative] * (end - begin + 1)


def _canadian(order: Iterable[Place], areas: Mapping[int, Area]) -> dict[str, int]:
    """The winning rule of each Canadian prefix that a rule names."""
    found: dict[str, int] = {}
    for _priority, _width, negative in order:
        prefix = areas[-negative].canadian
        if prefix is not None:
            found[prefix] = -negative
    return found


def _prefixes(code: str) -> tuple[str, ...]:
    return tuple(code[:size] for size in range(4)) if zips.is_canadian(code) else ()


def _later() -> list[str]:
    return [f"{digit}{letter}" for digit in range(10) for letter in zips.CANADIAN_LATER]
