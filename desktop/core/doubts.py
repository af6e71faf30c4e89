"""Values that can be read and yet hardly be meant: questions for whoever imports, never rejects.

Two rules: a premium a hundred times the usual of its line of business, and a day more than a year ahead. Knows rows of
`core.templates`; where they come from is others' business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from desktop.core.templates import TEMPLATES, Cell, Row

FACTOR = 100
"""How many times the usual a premium is to be doubted."""

FEWEST = 5
"""Premiums of a line that make something usual."""

AHEAD = timedelta(days=366)
_DAYS = {
    "activities": "occurred_at",
    "quotes": "delivered_on",
    "policies": "bound_on",
    "leads": "received_at",
    "stages": "entered_at",
}
_PREMIUMS = {"policies": "annual_premium", "quotes": "premium", "leads": "estimated_premium"}


class Why(StrEnum):
    """What is odd about a value."""

    PREMIUM = "premium"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value to ask about: the file's line, our column, the day (ISO) or amount in cents, and the usual amount."""

    line: int
    column: str
    value: str | int
    why: Why
    usual: int | None = None


def usual_premiums(premiums: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """The usual premium (median, cents) of each line of business that has at least `FEWEST` above nothing."""
    known = {line: [one for one in amounts if one > 0] for line, amounts in premiums.items()}
    return {line: round(median(amounts)) for line, amounts in known.items() if len(amounts) >= FEWEST}


def fold_line(line: Cell) -> str:
    """A line of business as premiums are compared by it: case and outer blanks do not matter."""
    return "" if line is None else str(line).strip().casefold()


class Doubter:
    """Looks at a file's rows as they pass; `doubts` says what to ask. `usual`: premiums usual in the book, by line."""

    def __init__(self, today: date, usual: Mapping[str, int]) -> None:
        self._latest = (today + AHEAD).isoformat()
        self._usual = usual
        self._dated: list[Doubt] = []
        self._amounts: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def look_at(self, table: str, lines: Sequence[int], rows: Sequence[Row]) -> None:
        """Some rows of one table with their lines."""
        if table in _DAYS:
            self._look_at_days(_DAYS[table], TEMPLATES[table].index(_DAYS[table]), lines, rows)
        if table in _PREMIUMS:
            self._look_at_premiums(table, lines, rows)

    def _look_at_days(self, column: str, at: int, lines: Sequence[int], rows: Sequence[Row]) -> None:
        for line, row in zip(lines, rows, strict=True):
            day = row[at]
            if isinstance(day, str) and day[:10] > self._latest:
                self._dated.append(Doubt(line, column, day[:10], Why.AHEAD))

    def _look_at_premiums(self, table: str, lines: Sequence[int], rows: Sequence[Row]) -> None:
        template = TEMPLATES[table]
        at, of = template.index(_PREMIUMS[table]), template.index("line")
        by_line = self._amounts.setdefault(_PREMIUMS[table], {})
        for line, row in zip(lines, rows, strict=True):
            amount = row[at]
            if isinstance(amount, int) and amount > 0:
                by_line.setdefault(fold_line(row[of]), []).append((line, amount))

    def doubts(self) -> list[Doubt]:
        """What to ask, in the order of the file. What the book holds says what is usual; where it says nothing, the
        file does."""
        found = list(self._dated)
        for column, by_line in self._amounts.items():
            own = usual_premiums({line: [amount for _at, amount in amounts] for line, amounts in by_line.items()})
            for name, amounts in by_line.items():
                usual = self._usual.get(name, own.get(name))
                if usual is not None:
                    found += [
                        Doubt(line, column, amount, Why.PREMIUM, usual)
                        for line, amount in amounts
                        if amount >= FACTOR * usual
                    ]
        return sorted(found, key=lambda doubt: (doubt.line, doubt.column))
