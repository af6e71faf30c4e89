"""Values that can be read and yet hardly be meant: questions for whoever imports, never rejects.

Three rules: a premium a hundred times the usual of its line of business, a day more than a year ahead, and rows outside
of the period that the file states. Knows rows of `core.templates`; where they come from is others' business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from desktop.core.batches import Batch
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


# A row is within a period when any of its days is: reports go by one or another of them.
_WITHIN = {
    "activities": ("occurred_at",),
    "quotes": ("delivered_on",),
    "policies": ("bound_on", "effective_on", "expires_on", "ended_on"),
    "leads": ("received_at", "assigned_at", "stage_entered_at"),
    "stages": ("entered_at",),
}


class Why(StrEnum):
    """What is odd about a value."""

    PREMIUM = "premium"
    AHEAD = "ahead"
    PERIOD = "period"


class By(StrEnum):
    """Who states a file's period: its title, its name, or the user."""

    TITLE = "title"
    NAME = "name"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Claim:
    """A period that the rows of a file are said to be of, both days included."""

    first: date
    last: date
    by: By


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value to ask about: the file's line, our column, the day (ISO) or amount in cents, and the usual amount.

    Of rows outside of the period of a `claim` it is the first, and `rows` says how many there are.
    """

    line: int
    column: str
    value: str | int
    why: Why
    usual: int | None = None
    rows: int = 1
    claim: Claim | None = None


def usual_premiums(premiums: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """The usual premium (median, cents) of each line of business that has at least `FEWEST` above nothing."""
    known = {line: [one for one in amounts if one > 0] for line, amounts in premiums.items()}
    return {line: round(median(amounts)) for line, amounts in known.items() if len(amounts) >= FEWEST}


def fold_line(line: Cell) -> str:
    """A line of business as premiums are compared by it: case and outer blanks do not matter."""
    return "" if line is None else str(line).strip().casefold()


class Doubter:
    """Looks at a file's rows as they pass; `doubts` says what to ask.

    `usual`: premiums usual in the book, by line. `claims`: periods that the rows of `table` are said to be of.
    """

    def __init__(
        self, today: date, usual: Mapping[str, int], claims: Sequence[Claim] = (), table: str | None = None
    ) -> None:
        self._latest = (today + AHEAD).isoformat()
        self._usual = usual
        self._dated: list[Doubt] = []
        self._amounts: dict[str, dict[str, list[tuple[int, int]]]] = {}
        self._claims = [_Outside(claim) for claim in claims]
        self._claimed = table

    def look_at(self, batch: Batch) -> None:
        """Some rows of one table."""
        table = batch.table
        if table in _DAYS:
            self._look_at_days(_DAYS[table], batch)
        if table in _PREMIUMS:
            self._look_at_premiums(table, batch.lines, batch.rows)
        if table == self._claimed and table in _WITHIN:
            for one in self._claims:
                one.look_at(table, batch.lines, batch.rows)

    def _look_at_days(self, column: str, batch: Batch) -> None:
        days = batch.cells(TEMPLATES[batch.table].index(column))
        last = max((str(day) for day in set(days) if day is not None), default="")
        if last[:10] <= self._latest:
            return
        for line, day in zip(batch.lines, days, strict=True):
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
        found = [*self._dated, *(doubt for one in self._claims if (doubt := one.doubt()) is not None)]
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


class _Outside:
    """The rows outside of one claimed period: how many, and the first of them."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._found: tuple[int, str, str] | None = None
        self._rows = 0
        self._first, self._last = claim.first.isoformat(), claim.last.isoformat()

    def look_at(self, table: str, lines: Sequence[int], rows: Sequence[Row]) -> None:
        template = TEMPLATES[table]
        listed = template.index("snapshot") if table == "policies" else None
        places = [template.index(name) for name in _WITHIN[table]]
        for line, row in zip(lines, rows, strict=True):
            days = [str(row[at])[:10] for at in places if row[at] is not None]
            if not days or (listed is not None and row[listed]):
                continue
            if not any(self._first <= day <= self._last for day in days):
                self._rows += 1
                if self._found is None:
                    self._found = (line, _WITHIN[table][0], days[0])

    def doubt(self) -> Doubt | None:
        if self._found is None:
            return None
        line, column, day = self._found
        return Doubt(line, column, day, Why.PERIOD, rows=self._rows, claim=self._claim)
