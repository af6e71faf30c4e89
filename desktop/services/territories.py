"""What is odd about the territory table, who gains and loses by a draft of it, and how evenly it shares the agency.

Checks are `core.territories`'s; here they meet the book's leads, clients and the ZIPs that exist (routing.md 2).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core import zips
from desktop.core.maplint import Conflict, Gap, Nested
from desktop.core.templates import TEMPLATES, Cell
from desktop.core.territories import Rule as MapRule
from desktop.core.territories import TerritoryMap
from desktop.errors import UserError
from desktop.models import edits, entries, facts_routing, journal, merging, routing_log
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.services.edits import Changes
from desktop.services.routing_snapshot import compiled, readable, zip_of

if TYPE_CHECKING:
    from desktop.models.book import Book

LEAD_DAYS = 90
_TABLE = "territories"


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything found on a map: `unreadable` says why by rule id; `without_backup` are producers' codes."""

    on: date
    conflicts: tuple[Conflict, ...]
    nested: tuple[Nested, ...]
    dead: tuple[int, ...]
    gaps: tuple[Gap, ...]
    unknown_zips: tuple[str, ...]
    without_backup: tuple[str, ...]
    unreadable: Mapping[int, str]

    @property
    def clean(self) -> bool:
        """Whether nothing asks for anybody's attention; nesting is information."""
        return not (
            self.conflicts or self.dead or self.gaps or self.unknown_zips or self.without_backup or self.unreadable
        )


def check(book: Book, at: datetime, rules: Sequence[MapRule] | None = None) -> Checked:
    """The checks of the territory table (or of `rules` in its place) in force at the moment (routing.md 2)."""
    from desktop import places

    given = facts_routing.map_rules(book) if rules is None else rules
    _fine, wrong = readable(given)
    found = compiled(given, at.date())
    leads, clients = lead_codes(book, at), client_codes(book)
    known = places.known_zips()
    lint = found.lint(known, leads, clients)
    return Checked(
        at.date(),
        lint.conflicts,
        lint.nested,
        lint.dead,
        lint.gaps,
        tuple(sorted(_unknown(found, [*leads, *clients], known))),
        tuple(sorted(_without_backup(found))),
        wrong,
    )


def table(book: Book) -> tuple[MapRule, ...]:
    """The territory table's rules with their ids."""
    return tuple(facts_routing.map_rules(book))


def map_of(book: Book, on: date) -> TerritoryMap:
    """The map of a day."""
    return compiled(facts_routing.map_rules(book), on)


def lead_codes(book: Book, at: datetime) -> list[str]:
    """The codes by which the leads of the last 90 days route, as they occur."""
    found = (zip_of(one) for one in facts_routing.lead_zips(book, at - timedelta(days=LEAD_DAYS), at))
    return [code for code in found if code is not None]


def client_codes(book: Book) -> list[str]:
    """The codes by which the clients would route, one that was merged counted once."""
    found = (zip_of(one) for one in facts_routing.client_zips(book, merging.redirects(book)))
    return [code for code in found if code is not None]


def _unknown(found: TerritoryMap, codes: Sequence[str], known: frozenset[str]) -> set[str]:
    """Single ZIPs of the table, and those of leads and clients, that do not exist."""
    named = {
        f"{area.spans[0][0]:05d}"
        for area in found.areas.values()
        if area.width == 1 and area.spans and area.canadian is None
    }
    return {code for code in {*named, *codes} if not zips.is_canadian(code) and code not in known}


def _without_backup(found: TerritoryMap) -> set[str]:
    """Owners of a territory rule in force that names no backup, nor does the owner."""
    return {rule.producer for rule in found.rules.values() if rule.producer and not rule.backup}


# --- drafts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shift:
    """One producer's leads of a period by the live map and by the draft."""

    producer: str | None
    live: int
    draft: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who gains and who loses by a draft, on the leads of `days` days; `moved` leads change owner of territory."""

    days: int
    shifts: tuple[Shift, ...]
    moved: int


def compare(book: Book, draft: Sequence[MapRule], at: datetime, days: int = LEAD_DAYS) -> Comparison:
    """The live map against a draft by the owner of the territory of each lead received in the last `days` days."""
    live, other = map_of(book, at.date()), compiled(draft, at.date())
    texts = facts_routing.lead_zips(book, at - timedelta(days=days), at)
    codes = [code for code in map(zip_of, texts) if code is not None]
    before: Counter[str | None] = Counter()
    after: Counter[str | None] = Counter()
    moved = 0
    for code in codes:
        one, two = live.lookup(code), other.lookup(code)
        first, second = (None if rule is None else rule.producer for rule in (one, two))
        before[first] += 1
        after[second] += 1
        moved += first != second
    everybody = sorted({*before, *after}, key=lambda code: (code is None, code or ""))
    return Comparison(days, tuple(Shift(code, before[code], after[code]) for code in everybody), moved)


Cells = Mapping[str, Cell]
"""A row of territories.csv by its column names, people as codes."""


def rows(book: Book) -> list[Cells]:
    """The territory table as it is typed, in order of entry."""
    return [entry.cells for entry in entries.read(book, _TABLE)]


def rules_of(cells: Sequence[Cells]) -> list[MapRule]:
    """Rows as rules, numbered from 1; UserError for a row without a territory or ZIP."""
    return [_rule(number, one) for number, one in enumerate(cells, 1)]


def _rule(number: int, one: Cells) -> MapRule:
    if not one.get("territory") or not one.get("zip_from"):
        raise UserError(f"Row {number} has no territory or no ZIP.", "Enter both, or delete the row.")
    return MapRule(
        number,
        str(one["territory"]),
        str(one["zip_from"]),
        _text(one.get("zip_to")),
        _text(one.get("producer")),
        _text(one.get("backup")),
        facts_routing.parts(_text(one.get("pool"))),
        facts_routing.parts(_text(one.get("lines"))),
        int(one.get("priority") or 0),
        facts_routing.day(_text(one.get("valid_from"))),
        facts_routing.day(_text(one.get("valid_to"))),
    )


def _text(cell: Cell) -> str | None:
    return None if cell in (None, "") else str(cell)


def save_draft(book: Book, name: str, cells: Sequence[Cells], author: Author) -> Changes:
    """Keep a draft of the table under a name, undoably."""
    label = f"Save draft {name}"
    text = json.dumps([dict(one) for one in cells], ensure_ascii=False, separators=(",", ":"))
    with book.transaction():
        action = journal.open_action(book, author, "territories.draft", label)
        changed = edits.edit_row(book, action, "map_draft", name, {"name": name, "content": text}, author.at)
    return Changes(label, changed)


def drafts(book: Book) -> list[str]:
    """The names of the drafts."""
    return routing_log.drafts(book)


def draft(book: Book, name: str) -> list[Cells]:
    """A draft's rows; UserError where there is none of that name."""
    row = edits.read_row(book, "map_draft", name)
    if row is None:
        raise UserError(f"There is no draft {name}.", "Choose another one.")
    found: list[Cells] = json.loads(str(row["content"]))
    return found


def drop_draft(book: Book, name: str, author: Author) -> Changes:
    """Forget a draft, undoably."""
    label = f"Delete draft {name}"
    with book.transaction():
        action = journal.open_action(book, author, "territories.draft", label)
        changed = edits.delete_row(book, action, "map_draft", name)
    return Changes(label, changed)


def activate(book: Book, cells: Sequence[Cells], start: date, author: Author) -> Changes:
    """Put these rows in force from a day, as one undoable action; rows that go end the day before.

    Past leads stay explained by the map of their day. UserError for rows that cannot be read.
    """
    _fine, wrong = readable(rules_of(cells))
    if wrong:
        raise UserError(f"Row {min(wrong)}: {wrong[min(wrong)]}", "Correct it and try again.")
    label = f"Activate territories from {start:%B} {start.day}, {start.year}"
    with book.transaction():
        action, names = journal.open_action(book, author, "territories.activate", label), Aliases(book)
        kept = [_same(one) for one in cells]
        changed = False
        for entry in entries.read(book, _TABLE):
            if _same(entry.cells) in kept:
                kept.remove(_same(entry.cells))
            else:
                changed |= _end(book, action, names, entry, start, author.at)
        for one in kept:
            fresh = dict(one) | {"valid_from": max(str(dict(one)["valid_from"] or ""), start.isoformat())}
            changed |= entries.write(book, action, names, _TABLE, None, fresh, author.at)
    return Changes(label, changed)


def _same(cells: Cells) -> tuple[tuple[str, Cell], ...]:
    return tuple((name, cells.get(name) or None) for name in TEMPLATES[_TABLE].names)


def _end(book: Book, action: int, names: Aliases, entry: entries.Entry, start: date, at: str) -> bool:
    """A row that goes: it held until the day before, or never where it had not begun."""
    begins, ends = entry.cells.get("valid_from"), entry.cells.get("valid_to")
    if ends is not None and str(ends) < start.isoformat():
        return False
    if begins is not None and str(begins) >= start.isoformat():
        return entries.remove(book, action, _TABLE, entry.key)
    last = (start - timedelta(days=1)).isoformat()
    return entries.write(book, action, names, _TABLE, entry.key, dict(entry.cells) | {"valid_to": last}, at)


# --- balance ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """What falls into a territory: leads of 90 days, their estimated premium in cents, and clients."""

    territory: str | None
    producer: str | None
    leads: int
    premium: int
    clients: int


def balance(book: Book, at: datetime, rules: Sequence[MapRule] | None = None) -> tuple[Share, ...]:
    """How leads, premium and clients lie in the territories; None is what falls in none (routing.md 2)."""
    found = compiled(facts_routing.map_rules(book) if rules is None else rules, at.date())
    leads: Counter[tuple[str | None, str | None]] = Counter()
    premium: Counter[tuple[str | None, str | None]] = Counter()
    clients: Counter[tuple[str | None, str | None]] = Counter()
    for text, amount in facts_routing.lead_premiums(book, at - timedelta(days=LEAD_DAYS), at):
        leads[_home(found, text)] += 1
        premium[_home(found, text)] += amount
    for code in client_codes(book):
        clients[_home(found, code)] += 1
    homes = sorted({*leads, *clients}, key=lambda home: (home[0] is None, home[0] or "", home[1] or ""))
    return tuple(Share(*home, leads[home], premium[home], clients[home]) for home in homes)


def by_producer(shares: Sequence[Share]) -> tuple[Share, ...]:
    """The same summed by producer, heaviest first; `territory` names theirs."""
    whose: dict[str | None, list[Share]] = {}
    for one in shares:
        whose.setdefault(one.producer, []).append(one)
    sums = (
        Share(
            ", ".join(dict.fromkeys(one.territory for one in own if one.territory)) or None,
            code,
            sum(one.leads for one in own),
            sum(one.premium for one in own),
            sum(one.clients for one in own),
        )
        for code, own in whose.items()
    )
    return tuple(sorted(sums, key=lambda one: (one.producer is None, -one.leads, one.producer or "")))


def _home(found: TerritoryMap, text: str) -> tuple[str | None, str | None]:
    code = zip_of(text)
    rule = None if code is None else found.lookup(code)
    return (None, None) if rule is None else (rule.territory, rule.producer)
