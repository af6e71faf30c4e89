"""Small tables typed over as in a spreadsheet: pay, targets, leave and hours, sources; all rows or none, one undo step.

Reads every cell as an import would and says by cell what cannot stay. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from desktop.core.production import METRIC
from desktop.core.templates import TEMPLATES, Cell, Column, Kind
from desktop.errors import UserError
from desktop.models import entries, journal
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.services.edits import Changes

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid: the key of the record it stands for (None: a new one) and its texts by the template's names."""

    key: str | None
    texts: Mapping[str, str]
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a grid: what changed, or (then nothing has changed) why not, by line and column."""

    changes: Changes
    wrong: Mapping[tuple[int, str], str] = field(default_factory=dict)


def read(book: Book, table: str, where: Mapping[str, Cell]) -> list[Line]:
    """The rows of a template whose cells are those of `where`, as texts, in order of their day."""
    template = TEMPLATES[table]
    found = [
        one
        for one in entries.read(book, table)
        if all(_same(one.cells[name], wanted) for name, wanted in where.items())
    ]
    order = next((name for name in ("effective_from", "from") if name in template.names), template.names[0])
    found.sort(key=lambda one: str(one.cells[order] or ""))
    return [
        Line(one.key, {column.name: as_typed(column.kind, one.cells[column.name]) for column in template.columns},
             one.file)
        for one in found
    ]  # fmt: skip


def as_typed(kind: Kind, cell: Cell) -> str:
    """A native cell as somebody would type it: 03/09/2026, 62000, 40%."""
    if cell is None:
        return ""
    if kind is Kind.DATE:
        return f"{date.fromisoformat(str(cell)[:10]):%m/%d/%Y}"
    if kind is Kind.MONEY:
        whole, cents = divmod(abs(int(cell)), 100)
        return f"{'-' if int(cell) < 0 else ''}{whole:,}{f'.{cents:02}' if cents else ''}"
    if kind is Kind.RATE:
        return f"{float(cell) * 100:.6f}".rstrip("0").rstrip(".") + "%"
    if kind is Kind.NUMBER:
        return f"{float(cell):.6f}".rstrip("0").rstrip(".")
    if kind is Kind.TIME:
        return str(cell)[:5]
    return str(cell)


def _same(cell: Cell, wanted: Cell) -> bool:
    return (cell is None and wanted is None) or str(cell or "").casefold() == str(wanted or "").casefold()


def save(
    book: Book,
    table: str,
    fixed: Mapping[str, Cell],
    lines: Sequence[Line],
    label: str,
    author: Author,
    today: date,
) -> Outcome:
    """Write the lines, each with the cells `fixed`; an emptied line goes. One undoable action, or none at all."""
    read_lines, wrong = _read_all(table, fixed, lines, today)
    if not wrong:
        wrong = _twice(book, table, read_lines)
    if wrong:
        return Outcome(Changes(label, changed=False), wrong)
    with book.transaction():
        before = {one.key: dict(one.cells) for one in entries.read(book, table)}
        wanted = [(key, cells) for key, cells in read_lines if not _unchanged(before, key, cells)]
        if not wanted:
            return Outcome(Changes(label, changed=False))
        action, names = journal.open_action(book, author, f"{table}.change", label), Aliases(book)
        for key, cells in wanted:
            if cells is not None:
                entries.write(book, action, names, table, key, cells, author.at)
            elif key is not None:
                entries.remove(book, action, table, key)
    return Outcome(Changes(label))


_Read = list[tuple[str | None, dict[str, Cell] | None]]
"""Key (None: new) and cells (None: to be removed) of each line."""


def _read_all(
    table: str, fixed: Mapping[str, Cell], lines: Sequence[Line], today: date
) -> tuple[_Read, dict[tuple[int, str], str]]:
    template = TEMPLATES[table]
    found: _Read = []
    wrong: dict[tuple[int, str], str] = {}
    for number, line in enumerate(lines):
        typed = {name: text for name, text in line.texts.items() if name not in fixed and text.strip()}
        if not typed:
            if line.key is not None:
                found.append((line.key, None))
            continue
        cells: dict[str, Cell] = dict(fixed)
        for column in template.columns:
            if column.name not in fixed:
                try:
                    cells[column.name] = read_cell(column, line.texts.get(column.name, ""), today)
                except UserError as error:
                    wrong[number, column.name] = error.what
        found.append((line.key, cells))
        found_wrong = [*_check(table, cells), *(_check_new(table, cells) if line.key is None else ())]
        wrong |= {(number, name): why for name, why in found_wrong if (number, name) not in wrong}
    return found, wrong


def read_cell(column: Column, text: str, today: date) -> Cell:
    """The native of a typed cell; UserError where it cannot be read or must not be empty."""
    from desktop.importers import read_value

    if not text.strip():
        if column.required:
            raise UserError("This must not be empty.", "Type a value.")
        return column.default
    value = read_value(column, text.strip(), today)
    return int(value) if isinstance(value, bool) else value


def _check(table: str, cells: Mapping[str, Cell]) -> list[tuple[str, str]]:
    """What is wrong with a row as a whole: (column, reason)."""
    found: list[tuple[str, str]] = []
    first, last = cells.get("from"), cells.get("to")
    if first is not None and last is not None and str(last) < str(first):
        found.append(("to", "This lies before the first day."))
    if table == "availability":
        found.extend(_check_availability(cells))
    found.extend((name, "This cannot be less than nothing.") for name in _AMOUNTS if _number(cells.get(name)) < 0)
    found.extend((name, "Give a share from 0 to 100 %.") for name in _SHARES if not 0 <= _number(cells.get(name)) <= 1)
    return found


def _check_availability(cells: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    weekday, kind = cells.get("weekday"), cells.get("kind")
    if weekday is not None and not 1 <= int(weekday) <= 7:
        yield "weekday", "Give a weekday such as Mon, or nothing for every day."
    start, end = cells.get("start"), cells.get("end")
    if kind == "hours" and (start is None or end is None):
        yield "start" if start is None else "end", "Working hours need a start and an end."
    elif start is not None and end is not None and str(end) != "00:00" and str(end) <= str(start):
        yield "end", "This lies before the start."


def _check_new(table: str, cells: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    """What would mean nothing, or not what was meant; a line that a file brought may say it and stay."""
    kind, metric = cells.get("kind"), cells.get("metric")
    if table == "availability" and kind == "leave" and cells.get("from") is None and cells.get("to") is None:
        yield "from", "Leave needs a first or a last day."
    if table == "availability" and kind == "license" and cells.get("state") is None:
        yield "state", "A license needs a state."
    if table != "targets" or metric is None:
        return
    if cells.get("line") is not None and metric != "avg_policy_size":
        yield "line", "Only the average policy size has targets by line."
    if metric not in METRIC:
        return
    stretch = cells.get("stretch")
    if stretch is not None and _number(stretch) < _number(cells.get("target")):
        yield "stretch", "The stretch lies below the target."
    if not METRIC[str(metric)].is_ratio and cells.get("producer_code") is None and cells.get("level") is None:
        yield "level", "The agency's target is the sum of its producers'. Give a level."


_AMOUNTS = (
    "salary",
    "benefits",
    "desk_cost",
    "cost_per_lead",
    "monthly_cost",
    "target",
    "stretch",
    "premium",
    "policies",
)
_SHARES = ("new_split", "renewal_split")


def _number(cell: Cell) -> float:
    return float(cell) if isinstance(cell, (int, float)) else 0.0


def _twice(book: Book, table: str, lines: _Read) -> dict[tuple[int, str], str]:
    """Two lines that would be one record."""
    names = TEMPLATES[table].names
    mark = next(name for name in ("effective_from", "from", names[0]) if name in names)
    people, taken = Aliases(book), set[str]()
    wrong = {}
    for number, (_key, cells) in enumerate(lines):
        if cells is None:
            continue
        key = entries.key_of(people, table, cells)
        if key in taken:
            wrong[number, mark] = "There are two lines for this; keep one of them."
        taken.add(key)
    return wrong


def _unchanged(before: Mapping[str, Mapping[str, Cell]], key: str | None, cells: Mapping[str, Cell] | None) -> bool:
    if key is None or cells is None or key not in before:
        return False
    return all(before[key].get(name) == value for name, value in cells.items())
