"""How the routing rules and the territory table came to be as they are: versions in words, each of which can be put
back (routing.md 2 and 3).

A version is found by taking the later changes of the journal off the rows as they stand; nothing is stored for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from desktop.core import rule_words
from desktop.core import rules as routing_rules
from desktop.core.rules import Rule
from desktop.core.templates import TEMPLATES, Cell
from desktop.errors import UserError
from desktop.models import edits, entries, journal, rule_trail
from desktop.models.journal import Author, Change
from desktop.models.rule_trail import Row, Step
from desktop.services import grids, rules, scopes
from desktop.services.edits import Changes, refresh
from desktop.services.routing_snapshot import rule_json, with_default

if TYPE_CHECKING:
    from desktop.models.book import Book

RULES, TERRITORIES = "rules", "territories"
_TABLES = {RULES: "rule", TERRITORIES: "territory"}
NEWEST = 200
"""Versions that are listed at most."""
MOST_LINES = 300
"""Changes that are told of one version at most."""
BEGINNING = 0
"""The number of the version before anything that is listed."""


@dataclass(frozen=True, slots=True)
class Altered:
    """One change in words: of what, from, to; an empty side did not exist."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """What stood after one action: its number, when, whose and what it was called.

    `altered` is told up to `MOST_LINES`; `undone` versions hold no longer and cannot be put back; `current` is what
    stands now. The version before the oldest has the number `BEGINNING` and no moment.
    """

    action: int
    at: datetime | None
    who: str
    label: str
    undone: bool
    current: bool
    altered: tuple[Altered, ...]


State = Mapping[int, Row]


def history(book: Book, what: str) -> list[Version]:
    """The versions of `RULES` or `TERRITORIES`, newest first, the beginning last; empty where nothing ever changed."""
    tell = _Teller(book)
    found: list[Version] = []
    current = True
    for step, before, after in _walk(book, what):
        altered = () if step.undone else tell.altered(what, before, after)
        at = datetime.fromisoformat(step.at)
        found.append(Version(step.action, at, step.who, step.label, step.undone, current and not step.undone, altered))
        current = current and step.undone
    if found:
        found.append(Version(BEGINNING, None, "", "", undone=False, current=current, altered=()))
    return found


def restore(book: Book, what: str, action: int, author: Author) -> Changes:
    """Put the version after `action` (or `BEGINNING`) back, as one undoable action.

    UserError for a version that is not there or was itself undone.
    """
    wanted = _state_of(book, what, action)
    label = f"Restore {'routing rules' if what == RULES else 'territories'}"
    if what == RULES:
        return rules.replace_all(book, _rules_of(wanted), author, label)
    return _put_back(book, wanted, author, label)


def rules_at(book: Book, at: datetime) -> tuple[Rule, ...]:
    """The rules that held at a moment, so that what was decided then can be decided again (routing.md 7).

    What lies before the versions that are listed is taken to be like the oldest of them.
    """
    state: State = rule_trail.rows(book, _TABLES[RULES])
    for step, before, _after in _walk(book, RULES):
        if datetime.fromisoformat(step.at) <= at and not step.undone:
            break
        state = before
    return _rules_of(state)


def rules_between(book: Book, start: datetime, last: datetime) -> tuple[tuple[datetime, tuple[Rule, ...]], ...]:
    """The rules that held at `start`, and those since each moment up to `last` at which they became others."""
    found: list[tuple[datetime, tuple[Rule, ...]]] = []
    state: State = rule_trail.rows(book, _TABLES[RULES])
    for step, before, after in _walk(book, RULES):
        at = datetime.fromisoformat(step.at)
        if step.undone:
            continue
        if at <= start:
            state = after
            break
        if at <= last:
            found.append((at, _rules_of(after)))
        state = before
    return ((start, _rules_of(state)), *reversed(found))


def _state_of(book: Book, what: str, action: int) -> State:
    oldest: State | None = None
    for step, before, after in _walk(book, what):
        if step.action == action and not step.undone:
            return after
        oldest = before
    if action == BEGINNING and oldest is not None:
        return oldest
    raise UserError("That version is not there any more.", "Choose another one.")


def _walk(book: Book, what: str) -> Iterator[tuple[Step, State, State]]:
    """Every step, newest first, with the rows before and after it; a step that was undone changes nothing."""
    table = _TABLES[what]
    after: State = rule_trail.rows(book, table)
    for step in rule_trail.steps(book, table, NEWEST):
        before = after if step.undone else _without(after, step)
        yield step, before, after
        after = before


def _without(after: State, step: Step) -> State:
    before = {key: dict(row) for key, row in after.items() if key not in step.came}
    for change in reversed(step.changes):
        _reverse(before, change)
    return before


def _reverse(state: dict[int, Row], change: Change) -> None:
    if change.column == "":
        if change.before is None:
            state.pop(change.row_id, None)
        else:
            state[change.row_id] = json.loads(change.before)
    elif change.row_id in state:
        state[change.row_id][change.column] = journal.unpack(change.before)


# --- putting back -----------------------------------------------------------------------------------------------------


def _rules_of(state: State) -> tuple[Rule, ...]:
    ordered = sorted(state.values(), key=lambda row: (int(row["position"] or 0), int(row["id"] or 0)))
    return with_default(routing_rules.read([rule_json(row) for row in ordered]))


def _put_back(book: Book, wanted: State, author: Author, label: str) -> Changes:
    """The rows as they were, with their numbers, which settle ties."""
    by_key = {str(row["key"]): row for row in wanted.values()}
    known = rule_trail.known_names(book)
    with book.transaction():
        action = journal.open_action(book, author, "territories.restore", label)
        present = {str(row["key"]) for row in rule_trail.rows(book, "territory").values()}
        changed = False
        for key in sorted(present - by_key.keys()):
            changed |= edits.delete_row(book, action, "territory", key)
        for key, row in by_key.items():
            cells = _cells(row, known)
            if key not in present:
                cells["id"] = row["id"]
            changed |= edits.edit_row(book, action, "territory", key, cells, author.at)
        if changed:
            refresh(book, journal.changes_of(book, action))
        else:
            book.connection.execute("DELETE FROM action WHERE id = ?", (action,))
    return Changes(label, changed)


def _cells(row: Row, known: frozenset[int]) -> Row:
    """The row's fields; a name that nobody carries any more is left out."""
    cells = {name: row.get(name) for name in TEMPLATES[TERRITORIES].names}
    for name in ("producer", "backup"):
        if cells[name] is not None and int(cells[name] or 0) not in known:
            cells[name] = None
    return cells


# --- telling ----------------------------------------------------------------------------------------------------------


class _Teller:
    """Changes in words, with people by name."""

    def __init__(self, book: Book) -> None:
        self._people = dict(scopes.choices(book))
        self._codes = entries.codes(book)

    def altered(self, what: str, before: State, after: State) -> tuple[Altered, ...]:
        if what == RULES:
            found = self._rules(_rules_of(before), _rules_of(after))
        else:
            found = self._rows(before, after)
        return tuple(found[:MOST_LINES])

    def _rules(self, before: Sequence[Rule], after: Sequence[Rule]) -> list[Altered]:
        old, new = {rule.id: rule for rule in before}, {rule.id: rule for rule in after}
        found = [Altered(rule.name, self._sentence(rule), "") for key, rule in old.items() if key not in new]
        for key, rule in new.items():
            was = old.get(key)
            if was is None:
                found.append(Altered(rule.name, "", self._sentence(rule)))
                continue
            if was.name != rule.name:
                found.append(Altered(f"{rule.name}: name", was.name, rule.name))
            if (was.when, was.then, was.enabled) != (rule.when, rule.then, rule.enabled):
                found.append(Altered(rule.name, self._sentence(was), self._sentence(rule)))
        return found + _moved(before, after)

    def _sentence(self, rule: Rule) -> str:
        return rule_words.sentence(rule, self._people)

    def _rows(self, before: State, after: State) -> list[Altered]:
        found = [Altered(self._named(row), self._row(row), "") for key, row in before.items() if key not in after]
        for key, row in after.items():
            was = before.get(key)
            if was is None:
                found.append(Altered(self._named(row), "", self._row(row)))
                continue
            for column in TEMPLATES[TERRITORIES].columns:
                one, two = self._text(column.name, was), self._text(column.name, row)
                if one != two:
                    found.append(Altered(f"{self._named(row)}: {column.name.replace('_', ' ')}", one, two))
        return found

    def _named(self, row: Row) -> str:
        last = f"-{row['zip_to']}" if row.get("zip_to") else ""
        return f"{row['territory']} {row['zip_from']}{last}"

    def _row(self, row: Row) -> str:
        """Who has it and the rest that is filled; territory and ZIPs are told beside it."""
        names = [name for name in TEMPLATES[TERRITORIES].names if name not in {"territory", "zip_from", "zip_to"}]
        told = ((name.replace("_", " "), self._text(name, row)) for name in names)
        return ", ".join(f"{name} {text}" for name, text in told if text) or "nobody's"

    def _text(self, name: str, row: Row) -> str:
        cell: Cell = row.get(name)
        if cell is None:
            return ""
        if name in {"producer", "backup"}:
            code = self._codes.get(int(cell), "")
            return self._people.get(code, code)
        template = TEMPLATES[TERRITORIES]
        return grids.as_typed(template.columns[template.index(name)].kind, cell)


def _moved(before: Sequence[Rule], after: Sequence[Rule]) -> list[Altered]:
    """Rules whose place among those that stayed is another one."""
    ids = {rule.id for rule in before} & {rule.id for rule in after}
    one = [rule.id for rule in before if rule.id in ids]
    two = [rule.id for rule in after if rule.id in ids]
    stayed = {
        two[block.b + number]
        for block in SequenceMatcher(a=one, b=two, autojunk=False).get_matching_blocks()
        for number in range(block.size)
    }
    places = {rule.id: number for number, rule in enumerate(before, 1)}
    return [
        Altered(rule.name, f"place {places[rule.id]}", f"place {number}")
        for number, rule in enumerate(after, 1)
        if rule.id in ids and rule.id not in stayed
    ]
