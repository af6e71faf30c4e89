"""Some thousands of rows of one table, held by column: a column is handled at once where its cells would not be.

The language between importers and the book. Knows neither files nor tables of a database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from desktop.core.templates import TEMPLATES, Cell, Row

Column = Sequence[Cell]


class Contents(NamedTuple):
    """What a batch holds: the line of each row, the columns (None: no cell is filled), JSON of unknown columns by row
    (None: no row has any).
    """

    lines: Sequence[int]
    columns: Sequence[Column | None]
    extras: Sequence[str | None] | None


class Batch:
    """Rows of the template `table`, `count` of them. `full`: positions of the key's columns that every row fills.

    What it holds may lie on the disk: it is fetched when it is first asked for.
    """

    __slots__ = ("_fetch", "_held", "count", "full", "table")

    def __init__(self, table: str, count: int, full: frozenset[int], fetch: Callable[[], Contents]) -> None:
        self.table = table
        self.count = count
        self.full = full
        self._fetch = fetch
        self._held: Contents | None = None

    @classmethod
    def of_rows(
        cls, table: str, lines: Sequence[int], rows: Sequence[Row], extras: Sequence[str | None] | None = None
    ) -> Batch:
        """A batch of rows that are there already."""
        contents = Contents(lines, columns_of(rows), extras)
        return cls(table, len(rows), full_of(table, contents.columns), lambda: contents)

    @property
    def _contents(self) -> Contents:
        if self._held is None:
            self._held = self._fetch()
        return self._held

    @property
    def lines(self) -> Sequence[int]:
        """The line of the file on which each row's record starts."""
        return self._contents.lines

    @property
    def columns(self) -> Sequence[Column | None]:
        """The columns in the template's order; None for one that no row fills."""
        return self._contents.columns

    @property
    def extras(self) -> Sequence[str | None]:
        """JSON of the columns that no template knows, by row."""
        extras = self._contents.extras
        return [None] * self.count if extras is None else extras

    @property
    def has_extras(self) -> bool:
        """Whether any row has cells that no template knows."""
        return self._contents.extras is not None

    @property
    def rows(self) -> list[Row]:
        """All rows, put together anew each time."""
        nothing: Column = [None] * self.count
        return list(zip(*(nothing if column is None else column for column in self.columns), strict=True))

    def cells(self, position: int) -> Column:
        """One column, whether filled or not."""
        column = self.columns[position]
        return [None] * self.count if column is None else column

    def chosen(self, positions: Sequence[int]) -> Batch:
        """A batch of the rows at these positions alone."""
        extras = self.extras if self.has_extras else None
        return Batch.of_rows(
            self.table,
            [self.lines[at] for at in positions],
            [self.row(at) for at in positions],
            None if extras is None else [extras[at] for at in positions],
        )

    def row(self, at: int) -> Row:
        """One row."""
        return tuple(None if column is None else column[at] for column in self.columns)


def columns_of(rows: Sequence[Row]) -> list[Column | None]:
    """The columns of some rows, None for those that no row fills."""
    return [None if is_empty(column) else column for column in zip(*rows, strict=True)]


def full_of(table: str, columns: Sequence[Column | None]) -> frozenset[int]:
    """The positions of the columns of the table's key that are without a blank."""
    template = TEMPLATES[table]
    key = ((at, columns[at]) for at in map(template.index, template.key) if at < len(columns))
    return frozenset(at for at, column in key if column is not None and None not in column)


def is_empty(column: Column) -> bool:
    """Whether no cell is filled."""
    return not column or (column[0] is None and column.count(None) == len(column))
