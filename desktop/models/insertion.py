"""Many rows into one table by few statements: the driver's work for a statement costs more than SQLite's for a row.

Knows columns and values, not what they mean or what is in the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat

from desktop.core.batches import Column

_AT_ONCE = 50
"""Rows that one statement inserts."""

Statement = tuple[str, Iterable[tuple[object, ...]]]


def insertions(table: str, names: Sequence[str], columns: Sequence[Column], otherwise: str = "") -> Iterator[Statement]:
    """SQL and its parameters that insert the rows across `columns`, in order.

    `otherwise`: what becomes of rows that are there already, such as `ON CONFLICT DO NOTHING`.

    A column of one value alone, or one that says the same as an earlier one, is bound once for all.
    """
    same = {at: _twin(columns, at) for at in range(len(columns))}
    fixed = [at for at, twin in same.items() if twin == at and _is_constant(columns[at])]
    varied = [at for at, twin in same.items() if twin == at and at not in fixed] or fixed[:1]
    fixed = [at for at in fixed if at not in varied]
    listed = ",".join(f'"{name}"' for name in names)
    rows = zip(*(columns[at] for at in varied), strict=True)
    whole, rest = divmod(len(columns[0]), _AT_ONCE)
    for together, times in ((_AT_ONCE, whole), (rest, 1)):
        if together and times:
            values = _values(together, same, fixed, varied)
            sql = f'INSERT INTO "{table}" ({listed}) VALUES {values} {otherwise}'
            cells = chain.from_iterable(islice(rows, together * times))
            constants = [repeat(columns[at][0], times) for at in fixed]
            yield sql, zip(*constants, *[cells] * (together * len(varied)), strict=False)


def _values(together: int, same: dict[int, int], fixed: Sequence[int], varied: Sequence[int]) -> str:
    """The marks of that many rows: first the numbers of what is bound once, then those of each row's own cells."""
    once = {at: number for number, at in enumerate(fixed, 1)}
    own = {at: len(fixed) + number for number, at in enumerate(varied, 1)}
    rows = (
        ",".join(f"?{once[twin] if twin in once else own[twin] + row * len(varied)}" for twin in same.values())
        for row in range(together)
    )
    return ",".join(f"({marks})" for marks in rows)


def _twin(columns: Sequence[Column], at: int) -> int:
    """The first column that holds the very same texts."""
    column = columns[at]
    if not isinstance(column[0], str) or _is_constant(column):
        return at
    return next((one for one in range(at) if columns[one][0] == column[0] and list(columns[one]) == list(column)), at)


def _is_constant(column: Column) -> bool:
    first = column[0]
    return first == column[-1] and column.count(first) == len(column)
