"""The lists of the window that may be very long: their order, their pages, and all of their rows as a file.

Named choices of rows ("open", "waiting") are turned into conditions here; the window knows their names alone.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.pipeline import OPEN_STAGES
from desktop.core.progress import SILENT, Progress
from desktop.core.templates import Cell, Kind
from desktop.errors import UserError
from desktop.models import listings
from desktop.models.listings import FIRST, Condition, Listed, Query
from desktop.services import leads
from desktop.services.leads import Waiting

if TYPE_CHECKING:
    from desktop.models.book import Book

TABLES = (
    "leads", "stages", "activities", "quotes", "policies", "premiums", "clients", "producers", "owners", "sources",
    "territories", "targets", "pay", "availability", "stated_totals",
)  # fmt: skip
"""What can be browsed, in the order of the list."""

_OPEN = ",".join(f"'{stage}'" for stage in OPEN_STAGES)
_STAY = "SELECT 1 FROM stay s WHERE s.lead_id = x.lead_id AND s.left_at IS NULL AND s.stage {}"
CHOICES: Mapping[tuple[str, str], str] = {
    ("leads", "open"): f"x.merged_into IS NULL AND EXISTS ({_STAY.format(f'IN ({_OPEN})')})",
    ("leads", "won"): f"x.merged_into IS NULL AND EXISTS ({_STAY.format('= ' + repr('won'))})",
    ("leads", "lost"): f"x.merged_into IS NULL AND EXISTS ({_STAY.format('= ' + repr('lost'))})",
    ("leads", "unexplained"): (
        f"x.merged_into IS NULL AND x.lost_reason IS NULL AND EXISTS ({_STAY.format('= ' + repr('lost'))})"
    ),
    ("activities", "typed"): "x.file IS NULL OR x.self_reported = 1",
}
"""Named choices of a table's rows."""

BY_CLOCK = frozenset({"waiting", "untouched", "late"})
"""Choices of leads that depend on the moment."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the window asks of a list. `choice`: one of the named ones of its table, or of those that go by the clock
    (`waiting`, `untouched`, `late`, `late.STAGE`; `now` is needed then); empty = all.
    """

    table: str
    text: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sort: str | None = None
    descending: bool = False
    choice: str = ""
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list: its stored key and its values by the list's columns."""

    key: str
    values: tuple[Cell, ...]


def columns(table: str) -> tuple[Listed, ...]:
    """The columns of a list, by template's name."""
    return listings.listed(table)


def sizes(book: Book) -> dict[str, int]:
    """The number of rows of every table that can be browsed."""
    return {table: listings.count(book, Query(table)) for table in TABLES}


def has_rows(book: Book, table: str) -> bool:
    """Whether a table has any row."""
    return bool(listings.order(book, Query(table), 1))


def beginning(book: Book, asked: Asked, progress: Progress = SILENT) -> array[int]:
    """The first row numbers of a list, at once; ends with Cancelled when asked to stop."""
    return listings.order(book, _query(book, asked), FIRST, progress)


def order(book: Book, asked: Asked, progress: Progress = SILENT) -> array[int]:
    """The row numbers of a whole list, in its order; ends with Cancelled when asked to stop."""
    return listings.order(book, _query(book, asked), progress=progress)


def page(book: Book, table: str, ids: Sequence[int]) -> dict[int, ListRow]:
    """The rows with these numbers."""
    return {one: ListRow(str(row[0]), row[1:]) for one, row in listings.page(book, table, ids).items()}


def write(
    book: Book,
    asked: Asked,
    names: Sequence[str],
    headings: Sequence[str],
    target: Path,
    hidden: frozenset[str] = frozenset(),
    progress: Progress = SILENT,
) -> int:
    """Write every row of a list with the columns `names` under `headings` as XLSX or CSV; returns how many.

    The columns in `hidden` are written as "hidden". UserError when it cannot be written.
    """
    from desktop.reports.sheets import write_csv, write_xlsx

    known = listings.listed(asked.table)
    places = [next(at for at, column in enumerate(known) if column.name == name) for name in names]
    total = listings.count(book, _query(book, asked))
    rows = _cells(book, asked, [(at, known[at].kind, known[at].name in hidden) for at in places], total, progress)
    try:
        if target.suffix.casefold() == ".xlsx":
            write_xlsx(target, target.stem, headings, rows)
        else:
            write_csv(target, headings, (["" if cell is None else str(cell) for cell in row] for row in rows))
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}).", "Choose another place.") from None
    return total


def _cells(
    book: Book, asked: Asked, places: Sequence[tuple[int, Kind, bool]], total: int, progress: Progress
) -> Iterator[list[str | int | float | None]]:
    for number, row in enumerate(listings.every_row(book, _query(book, asked))):
        if number % 2000 == 0:
            progress.report(number, total, "Exporting")
        yield [
            "hidden" if hidden and row[at + 1] is not None else _cell(row[at + 1], kind) for at, kind, hidden in places
        ]


def _cell(value: Cell, kind: Kind) -> str | int | float | None:
    if kind is Kind.MONEY and isinstance(value, int):
        return value / 100
    return value


def _query(book: Book, asked: Asked) -> Query:
    return Query(asked.table, asked.text, asked.columns, asked.sort, asked.descending, _chosen(book, asked))


def _chosen(book: Book, asked: Asked) -> Condition | None:
    if not asked.choice:
        return None
    if asked.now is not None and asked.table == "leads" and asked.choice.partition(".")[0] in BY_CLOCK:
        ids = [one.lead.lead_id for one in leads.waiting(book, asked.now) if _is_meant(one, asked.choice)]
        return "x.lead_id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
    return CHOICES[asked.table, asked.choice], ()


def _is_meant(one: Waiting, choice: str) -> bool:
    what, _, stage = choice.partition(".")
    if what == "waiting":
        return True
    if what == "untouched":
        return one.untouched
    return bool(one.late) and not one.untouched and stage in ("", one.lead.stage)
