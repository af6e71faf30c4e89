"""What a KPI is: its definition in words, how good a value is, and the figure that answers for it (metrics.md 0 and 4).

Values are exact (`Fraction`, whole numbers, `Cents`, `Duration`); they are rounded where they are shown. Must not know
how any KPI is computed, nor where targets and bands are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from desktop.core.money import exact

Number = int | float | Fraction

_YELLOW_BELOW = Fraction(9, 10)
_YELLOW_ABOVE = Fraction(11, 10)


class Cents(int):
    """An amount of money in whole cents: shown in dollars wherever it stands, in `detail` too."""


class Duration(float):
    """Minutes, hours or days: shown to four places."""


class Unit(StrEnum):
    """What a KPI's value is, as answers spell it; of a table it has none."""

    RATIO = "ratio"
    MINUTES = "minutes"
    DAYS = "days"
    COUNT = "count"
    DOLLARS = "dollars"
    POINTS = "points"
    TABLE = "table"


class Better(StrEnum):
    """Which way a value is good; `NEITHER` where there is nothing to compare with."""

    HIGHER = "higher"
    LOWER = "lower"
    BETWEEN = "between"
    NEITHER = "neither"


class Status(StrEnum):
    """How good a figure is; `NONE`: undefined, or nothing to compare with."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


class View(StrEnum):
    """The page on which a KPI is told in full; the 20 cards stand on the scorecard besides."""

    FUNNEL = "funnel"
    REVENUE = "revenue"
    RETENTION = "retention"
    ACTIVITY = "activity"
    INTELLIGENCE = "intelligence"


class Basis(StrEnum):
    """Leads received in the period and followed up, or what happened in the period (metrics.md 0)."""

    COHORT = "cohort"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI: id, section, unit, and what the principal reads about it.

    `definition` says in plain words what is measured, `formula` how; `fills` which reports bring its records. `target`
    is the default where a KPI has no bands (those are settings). `cohort`: its leads are the period's, so that the
    basis may matter.
    """

    id: str
    section: str
    unit: Unit
    label: str
    definition: str
    formula: str
    better: Better
    view: View
    fills: str
    target: Fraction | None = None
    cohort: bool = False


@dataclass(frozen=True, slots=True)
class Bands:
    """Green beyond one edge, red beyond the other, yellow between them and on both."""

    green: Fraction
    red: Fraction

    def status(self, value: Fraction) -> Status:
        """Where a value lies; on an edge it is yellow."""
        sign = 1 if self.green >= self.red else -1
        if sign * value > sign * self.green:
            return Status.GREEN
        return Status.RED if sign * value < sign * self.red else Status.YELLOW

    @property
    def target(self) -> Fraction:
        """The green edge."""
        return self.green

    def moved(self, target: Fraction) -> Bands:
        """The same with another green edge; a red edge that it passes goes 10 % behind it."""
        rising = self.green >= self.red
        ahead = target > self.red if rising else target < self.red
        return Bands(target, self.red if ahead else target * (_YELLOW_BELOW if rising else _YELLOW_ABOVE))


@dataclass(frozen=True, slots=True)
class Corridor:
    """Green from `green[0]` to `green[1]`, yellow around it from `yellow[0]` to `yellow[1]`, all inclusive (2.2)."""

    green: tuple[Fraction, Fraction]
    yellow: tuple[Fraction, Fraction]

    def status(self, value: Fraction) -> Status:
        """Where a value lies."""
        if self.green[0] <= value <= self.green[1]:
            return Status.GREEN
        return Status.YELLOW if self.yellow[0] <= value <= self.yellow[1] else Status.RED

    @property
    def target(self) -> Fraction:
        """The lower green edge."""
        return self.green[0]

    def moved(self, target: Fraction) -> Corridor:
        """The same with another lower green edge, the other edges no nearer than it."""
        low, high = min(self.yellow[0], target), max(self.yellow[1], target)
        return Corridor((target, max(self.green[1], target)), (low, high))


@dataclass(frozen=True, slots=True)
class Plain:
    """A target alone: green at or better than it, yellow within 10 % of it."""

    target: Fraction
    better: Better

    def status(self, value: Fraction) -> Status:
        """Where a value lies."""
        if self.better is Better.LOWER:
            if value <= self.target:
                return Status.GREEN
            return Status.YELLOW if value <= self.target * _YELLOW_ABOVE else Status.RED
        if value >= self.target:
            return Status.GREEN
        return Status.YELLOW if value >= self.target * _YELLOW_BELOW else Status.RED


Yardstick = Bands | Corridor | Plain
"""What a value is measured against."""


def band_status(value: Number | None, against: Yardstick | None) -> Status:
    """Status of a value (metrics.md 0, *Status*): `none` where it is undefined or nothing is there to compare with."""
    if value is None or against is None:
        return Status.NONE
    return against.status(exact(float(value)) if isinstance(value, float) else Fraction(value))


@dataclass(frozen=True, slots=True)
class KpiFigure:
    """A KPI's answer: of a table, value, numerator and denominator are None; `detail` as commands.md lists it.

    Dollars are `Cents`; a mean's numerator is the sum and its denominator the number of records. `target_to` is the
    upper green edge of a KPI that is good between two, of which `target` is the lower.
    """

    id: str
    section: str
    unit: Unit
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    target: Number | None
    status: Status
    previous: Number | None
    detail: Mapping[str, object]
    target_to: Number | None = None
