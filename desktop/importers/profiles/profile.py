"""What a profile is: how a system's file is recognised, which columns it may have, and how its rows become ours.

A profile is a fingerprint plus synonyms, never a fixed list of columns, because agencies choose their columns. One
profile is one small module with a `PROFILE`; where a row of the file is not a row of ours, it adds a `Shaper`.
Must not know how files are read or converted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from desktop.core.templates import TEMPLATES, Cell, Kind, Row
from desktop.importers.records import Options


class Form(StrEnum):
    """How text is read where no template has such a column. `INDENTED` text keeps the spaces in front of it."""

    ID = "id"
    CLOCK = "clock"
    DURATION = "duration"
    SECONDS = "seconds"
    INDENTED = "indented"


NO_SYNONYMS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Field:
    """A column that a file may have, under any of `headings` (best first; spelling, case, punctuation do not matter).

    A blank in a `required` field rejects its row. `synonyms`: folded spelling -> choice. `target` is what the preview
    shows as ours (`table.column`); a column without one serves to recognise or to shape, and is kept as a note.
    """

    name: str
    kind: Kind | Form
    headings: tuple[str, ...]
    target: str
    required: bool = False
    choices: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=lambda: NO_SYNONYMS)


Record = Mapping[str, Cell]
Finding = tuple[str, str]
"""A field's name and the reason why its value rejects the row."""


class Out(Protocol):
    """Where a shaper puts what it makes of the rows."""

    def row(self, table: str, line: int, row: Row, extra: str | None = None) -> None:
        """One row of ours, from the record that starts on `line`."""

    def reject(self, line: int, name: str, value: str, reason: str) -> None:
        """The row of `line` cannot be taken, because of field `name`."""

    def merge(self, line: int, leader: int) -> None:
        """The row of `line` became part of the record that starts on `leader`."""

    def note(self, text: str) -> None:
        """Something the user should know of the file, once."""


class Shaper:
    """Makes rows of ours from a file's records, at once or all at the end. Every line must go somewhere in `out`."""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        self.out = out
        self.options = options
        self.titles = titles

    def take(self, line: int, record: Record, extra: str | None) -> None:
        """One readable record, by field name (None: blank or no such column)."""
        raise NotImplementedError

    def section(self, line: int, text: str) -> None:
        """A heading that stands alone on `line`, above the rows it is about. Told before any row of its chunk.

        Words such as "Page Turner Books" or "Total Roofing", taken for a footer or total, are told too.
        """

    def refused(self, line: int, record: Record) -> None:
        """A record with cells that could not be read (None) and that was rejected."""

    def finish(self) -> None:
        """All records were given."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One layout. `fingerprint`: groups of field names of which each needs one present column. `total`: the field whose
    sum is set beside the file's own total, or several of which the file's first is taken. `sections`: whether lines
    with one cell are headings, not broken rows. `check` looks at whole rows of a profile without `shaper`, whose fields
    are a template's columns in order. `undated`: the names of fields of which one must be there unless a period is
    given. `labels`: fields beside the producers' in which the word "Total" marks a total row. `known`: the headings of
    the file from which a user made the profile; such a one reads just the headings it was told, one column for several
    fields where so told. `revision` tells its versions apart. `amends`: the columns that alone change in a record which
    the book holds already.
    """

    name: str
    title: str
    table: str
    fields: tuple[Field, ...]
    fingerprint: tuple[tuple[str, ...], ...]
    total: str | tuple[str, ...] | None = None
    sections: bool = True
    shaper: type[Shaper] | None = None
    check: Callable[[Row], list[Finding]] | None = None
    undated: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    revision: str = ""
    positions: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "positions", {one.name: at for at, one in enumerate(self.fields)})


def build(table: str, cells: Mapping[str, Cell]) -> Row:
    """A row of `table` from cells by column name; what is not named is None. KeyError for a name that is no column."""
    template = TEMPLATES[table]
    row: list[Cell] = [None] * len(template.columns)
    for name, cell in cells.items():
        row[template.index(name)] = cell
    return tuple(row)
