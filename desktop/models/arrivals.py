"""One batch of rows on its way into a table, by column: a column is handled at once where a million cells would not be.

Knows the table's columns and nothing of what is there already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from operator import itemgetter
from typing import cast

from desktop.core.batches import Batch, Column, is_empty
from desktop.core.shares import parse_shares
from desktop.core.templates import Cell
from desktop.models.insertion import Statement, insertions
from desktop.models.people import Aliases
from desktop.models.storage import Storage, stored

_DERIVED = {"clients": ("folded",), "policies": ("client_ref",)}
"""Columns that no template holds: a client's folded name, a policy's client."""


class Arrival:
    """A batch in the table's columns: flags as numbers, names as aliases. `keys[i]` is the key of row `i`."""

    def __init__(self, storage: Storage, file: int, keys: list[str], batch: Batch, aliases: Aliases) -> None:
        self.storage = storage
        self.file = file
        self.keys = keys
        self.batch = batch
        self._blank: Column = [None] * batch.count
        self.columns: list[Column] = [self._blank if column is None else column for column in batch.columns]
        if batch.count:
            self._store_flags()
            self._store_people(aliases)

    @property
    def name(self) -> str:
        return self.storage.template.name

    def cells(self, name: str) -> Column:
        """The column of the template's column `name`."""
        return self.columns[self.storage.template.index(name)] if self.columns else ()

    def _store_flags(self) -> None:
        for at in self.storage.flags:
            if not self._is_empty(self.columns[at]):
                self.columns[at] = list(map(stored, self.columns[at]))

    def _store_people(self, aliases: Aliases) -> None:
        """Names as aliases; rows are counted by the one who says whose they are."""
        for at in self.storage.people:
            texts = self.columns[at]
            ids = {text: aliases.id_of(str(text)) for text in dict.fromkeys(texts) if text is not None}
            self.columns[at] = [None if text is None else ids[text] for text in texts]
            if at == self.storage.owner:
                aliases.count(cast("Sequence[int | None]", self.columns[at]), self.batch.lines)
        if self.name == "policies":
            self._count_shares(aliases)

    def _count_shares(self, aliases: Aliases) -> None:
        """Who has a share of a policy is named by its row too."""
        if self._is_empty(self.cells("shares")):
            return
        for line, owner, text in zip(self.batch.lines, self.cells("producer"), self.cells("shares"), strict=True):
            if text is not None:
                named = {aliases.id_of(name) for name, _part in parse_shares(str(text))} - {owner}
                aliases.count(list(named), [line] * len(named))

    @property
    def filled(self) -> list[str]:
        """The table's columns that any row of the batch fills."""
        pairs = zip(self.storage.columns, self.columns, strict=False)
        return [name for name, column in pairs if not self._is_empty(column)]

    def _is_empty(self, column: Column) -> bool:
        return column is self._blank or is_empty(column)

    def insertions(self, positions: Sequence[int], derived: Sequence[Sequence[Cell]]) -> Iterator[Statement]:
        """Statements for the rows at `positions`, which have `derived` beside their own cells.

        Columns that the whole batch leaves empty are left out: binding a NULL is ten times as dear as a text.
        """
        names = ("key", "extra", "file", "line", *_DERIVED.get(self.name, ()), *self.storage.columns)
        extras = self.batch.extras if self.batch.has_extras else self._blank
        own: list[Column] = [self.keys, extras, list(repeat(self.file, len(self.keys))), self.batch.lines]
        first, rest = self._chosen(own, positions), self._chosen(self.columns, positions)
        columns = [*first, *zip(*derived, strict=True), *rest]
        filled = [at for at, column in enumerate(columns) if not self._is_empty(column)]
        listed = [names[at] for at in filled]
        return insertions(self.storage.table, listed, [columns[at] for at in filled], "ON CONFLICT (key) DO NOTHING")

    def _chosen(self, columns: Sequence[Column], positions: Sequence[int]) -> Sequence[Column]:
        if len(positions) == len(self.keys):
            return columns
        if len(positions) == 1:
            return [(column[positions[0]],) for column in columns]
        choose = itemgetter(*positions)
        return [choose(column) for column in columns]
