"""What charts are given: frozen records of labels and numbers. `key` is what a click on the mark hands back.

Knows neither painting nor where the numbers come from.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its value (None: undefined), a quiet note after the value, and a status or category colour."""

    label: str
    value: float | None
    key: object = None
    note: str = ""
    status: str = ""
    category: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of columns over the labels of the chart; None leaves a gap.

    A line may have one of its places ringed: `ringed` by its number, `ring_words` say what happened there.
    """

    name: str
    values: tuple[float | None, ...]
    category: int | None = None
    dashed: bool = False
    role: str = "accent"
    ringed: int | None = None
    ring_words: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a waterfall; a `total` stands on the floor and sets the level anew."""

    label: str
    value: float
    total: bool = False
    key: object = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a heat map by the numbers of its row and column; None stays blank, `note` tells more on hover."""

    row: int
    column: int
    value: float | None
    note: str = ""
    key: object = None


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a scatter chart."""

    label: str
    x: float
    y: float
    key: object = None
    category: int | None = None


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One stage of a funnel: how many reached it, and its shares (fractions) of all and of the step before."""

    label: str
    count: int
    share: float | None = None
    step_share: float | None = None
    largest_drop: bool = False
    key: object = None


@dataclass(frozen=True, slots=True)
class Region:
    """A state by its postal code or a county by its FIPS code: shaded by value, or in the colour of a category."""

    code: str
    value: float | None = None
    note: str = ""
    key: object = None
    category: int | None = None
