"""What a printable document says, in blocks: words, facts, tables, charts, lines to sign on.

One description serves paper, CSV and workbook. Values stay native (cents, fractions, dates), so that every writer
shows them in its own manner. Must not know how anything is drawn, nor where the figures come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from desktop.core.periods import Period
from desktop.core.scorecard import Letterhead, short_date


class Kind(StrEnum):
    """What a value is: words, a count, cents shown in dollars, cents shown exactly, a fraction shown as percent, a
    plain number, a number with one decimal, a multiple such as 3.0x, a day, or a drawing (a bullet bar or a trend, on
    paper alone)."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    MONEY_EXACT = "money_exact"
    PERCENT = "percent"
    NUMBER = "number"
    TENTH = "tenth"
    MULTIPLE = "multiple"
    DATE = "date"
    DRAWING = "drawing"


class Status(StrEnum):
    """Whether a value is as it should be; always shown as a mark, never as colour alone."""

    GOOD = "good"
    NEAR = "near"
    BAD = "bad"
    NONE = "none"


Plain: TypeAlias = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with its status."""

    value: Plain
    status: Status


@dataclass(frozen=True, slots=True)
class Bullet:
    """A value against its target and stretch, all in one unit, as a bar in a cell; without a target a plain bar, which
    `stretch` would fill."""

    value: int | float | None
    target: int | float | None
    stretch: int | float | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """Values over time, oldest first, as a small line in a cell; None is a gap."""

    values: tuple[int | float | None, ...]


Cell: TypeAlias = Plain | Marked | Bullet | Trend


def plain(cell: Cell) -> Plain:
    """The value of a cell without its mark; None is undefined."""
    if isinstance(cell, (Bullet, Trend)):
        return None
    return cell.value if isinstance(cell, Marked) else cell


# --- blocks -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section; never left alone at the foot of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped; `strong` for a finding, `quiet` for a remark."""

    text: str
    strong: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its label; `note` stands under it in small type."""

    label: str
    value: Cell
    kind: Kind = Kind.TEXT
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Large figures side by side."""

    facts: tuple[Fact, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: figures stand at the right, words at the left; `wrap`: long words are broken, not cut.

    `write`: it is filled in by hand, so it is wide and its rows are high.
    """

    title: str
    kind: Kind = Kind.TEXT
    wrap: bool = False
    write: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One cell per column; `strong` rows are printed in bold. `kinds`: what the cells are where it varies by row."""

    cells: tuple[Cell, ...]
    strong: bool = False
    kinds: tuple[Kind, ...] = ()

    def kind(self, number: int, columns: tuple[Column, ...]) -> Kind:
        """What a cell is: by the row's own kinds, else by its column."""
        return self.kinds[number] if self.kinds else columns[number].kind


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings that are repeated on every page; `totals` stand last, under a line.

    `empty` is said where there are no rows. `printed`: paper has the first that many rows and says how many are left
    out, spreadsheets have all.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    title: str = ""
    note: str = ""
    empty: str = "Nothing to list."
    printed: int | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled value; `target` and `stretch` make it a bullet bar. `note` stands behind the value."""

    label: str
    value: int | float | None
    target: int | float | None = None
    stretch: int | float | None = None
    note: str = ""
    status: Status = Status.NONE


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from zero in the order given; values below zero reach to the left (diverging).

    `marks`: values marked by a dashed line across all bars with their names, such as a limit.
    """

    title: str
    bars: tuple[Bar, ...]
    kind: Kind = Kind.COUNT
    marks: tuple[tuple[str, int | float], ...] = ()
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of values, one per label of its chart; None is a gap.

    A line may have one place marked: `marked` by its number, `mark_words` say what happened there.
    """

    name: str
    values: tuple[int | float | None, ...]
    marked: int | None = None
    mark_words: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Values over time as lines, labelled at their ends; `target` is dashed."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Kind = Kind.COUNT
    target: int | float | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Values over time or by bucket as upright bars from zero; several series stand on each other."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Kind = Kind.COUNT
    target: int | float | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A matrix, the darker the more, with its values written in; None is blank. `values` are rows of columns."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int | float | None, ...], ...]
    kind: Kind = Kind.PERCENT
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """An amount added to what stands before it, or (`total`) the sum reached."""

    label: str
    amount: int | float
    total: bool = False


@dataclass(frozen=True, slots=True)
class Waterfall:
    """How one figure becomes another, step by step."""

    title: str
    steps: tuple[Step, ...]
    kind: Kind = Kind.NUMBER
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A place on a map: rings of points (x to the right, y downwards), and how dark it is, 0 to 1 (None: no data)."""

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
    shade: float | None = None
    value: Plain = None


@dataclass(frozen=True, slots=True)
class Map:
    """Areas in their own coordinates, scaled to the page; the figures belong into a table beside it."""

    title: str
    areas: tuple[Area, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Items with a box to tick; `lines`: ruled lines under each to write on."""

    items: tuple[str, ...]
    title: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Ruled lines for handwriting."""

    title: str
    count: int = 4


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Lines to sign on, two beside each other: names with their roles."""

    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Chart: TypeAlias = Bars | Lines | Columns | HeatMap | Waterfall
Block: TypeAlias = Heading | Text | Facts | Table | Chart | Map | Checklist | WritingLines | SignatureLines | PageBreak


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document. `subtitle` says whose and when; `data_as_of` how fresh; `version` what it replaces, if any.

    `finding` is what it comes to, in a sentence at its head. `landscape` None: the page is turned where a table needs
    the room.
    """

    title: str
    subtitle: str
    letterhead: Letterhead
    printed_at: datetime
    data_as_of: str
    blocks: tuple[Block, ...]
    landscape: bool | None = None
    version: str = ""
    finding: str = ""


# --- words that documents share ---------------------------------------------------------------------------------------


def period_words(period: Period) -> str:
    """`Mar 1, 2026 – Mar 31, 2026`, or one day."""
    first, last = short_date(period.start), short_date(period.end)
    return first if first == last else f"{first} – {last}"
