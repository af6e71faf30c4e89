"""A week's counts that only people know: read as a grid, typed cell by cell, each typed cell kept at once and undoable.

Typed counts are activities marked self-reported (metrics.md 2, Provenance); what systems tracked stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.core import periods, selfreports
from desktop.core.selfreports import KINDS, Line
from desktop.core.team import Person
from desktop.core.templates import Cell as Value
from desktop.errors import UserError
from desktop.models import edits, facts, facts_people, journal, reported
from desktop.models.facts import Window
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.services.edits import Changes, refresh

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of one producer: the count that was reported (None: none was), and what other records count."""

    reported: int | None
    tracked: int


@dataclass(frozen=True, slots=True)
class CountRow:
    """One producer's week; `cells` in the order of `KINDS`."""

    producer: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CountGrid:
    """Everybody who has targets in the week, by code."""

    week: str
    rows: tuple[CountRow, ...]


def grid(book: Book, week: str) -> CountGrid:
    """The counts of an ISO week. UserError for what is no week."""
    span = periods.iso_week(week)
    name = periods.week_name(span)
    (found,) = facts.tallies(book, [Window(span, periods.end_of(span.end))])
    told = reported.counts(book, span, selfreports.PREFIX)
    rows = []
    for person in _producers(book, name):
        tally = found.of(person.id)
        cells = []
        for kind, metric in KINDS:
            own = told.get(Line(person.code, name, kind).id)
            cells.append(Cell(own, max(int(tally.amount(metric)) - (own or 0), 0)))
        rows.append(CountRow(person.code, person.name, tuple(cells)))
    return CountGrid(name, tuple(rows))


def set_counts(book: Book, week: str, texts: Mapping[tuple[str, str], str], author: Author, today: date) -> Changes:
    """Keep typed counts, {(producer's code, kind): text}, as one undoable action; an empty text takes a count away.

    UserError for a code that nobody has, a week that has not begun, or a text that is no count; nothing is kept then.
    """
    span = periods.iso_week(week)
    name, day = periods.week_name(span), selfreports.day_of(span, today)
    people = {person.code: person for person in facts_people.people(book)}
    wanted = {(_known(people, code), kind): selfreports.read_count(text) for (code, kind), text in texts.items()}
    told = reported.counts(book, span, selfreports.PREFIX)
    wanted = {cell: count for cell, count in wanted.items() if told.get(Line(cell[0], name, cell[1]).id) != count}
    if not wanted:
        return Changes("", changed=False)
    label = _label(wanted, people, name)
    with book.transaction():
        action = journal.open_action(book, author, "counts.type", label)
        aliases = Aliases(book)
        for (code, kind), count in wanted.items():
            _put(book, action, Line(code, name, kind), count, (day, aliases.id_of(code), author.at))
        refresh(book, journal.changes_of(book, action))
    return Changes(label)


def _put(book: Book, action: int, line: Line, count: int | None, where: tuple[date, int, str]) -> None:
    day, alias, at = where
    if count is None:
        edits.delete_row(book, action, "activity", line.id)
        return
    if edits.read_row(book, "activity", line.id) is None:
        row: dict[str, Value] = {
            "occurred_at": day.isoformat(),
            "producer": alias,
            "kind": line.kind,
            "activity_id": line.id,
            "direction": "outbound",
        }
        edits.edit_row(book, action, "activity", line.id, row, at)
    # Set on a row that is there, the count is marked as typed, and a form that comes back later does not replace it.
    edits.edit_row(book, action, "activity", line.id, {"count": count, "self_reported": 1}, at)


def _producers(book: Book, week: str) -> list[Person]:
    span = periods.iso_week(week)
    return [person for person in facts_people.people(book) if person.produces_in(span)]


def _known(people: Mapping[str, Person], code: str) -> str:
    if code not in people:
        raise UserError(f"There is no producer with the code “{code}”.", "Check the code on the producers page.")
    return code


def _label(wanted: Mapping[tuple[str, str], int | None], people: Mapping[str, Person], week: str) -> str:
    names = {people[code].name for code, _kind in wanted}
    whose = next(iter(names)) if len(names) == 1 else f"{len(names)} people"
    return f"Counts of {whose}, {week}"
