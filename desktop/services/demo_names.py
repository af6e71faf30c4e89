"""The made-up agency's words: people, firms, places, carriers and sources, read from `resources/demo`.

Example domains and 555-01xx numbers only, so that nothing made here reaches anybody. Knows nothing of the
agency's life.
"""

from __future__ import annotations

import json
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from desktop import paths

_DOMAINS = ("example.com", "example.org", "example.net")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of insurance as this agency sells it; premiums in whole dollars a year, `rate` its usual commission."""

    name: str
    commercial: bool
    low: int
    high: int
    rate: float
    carriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands behind a lead or a client."""

    first: str
    last: str
    business: str | None
    email: str
    phone: str
    zip: str
    state: str

    @property
    def name(self) -> str:
        return self.business or f"{self.first} {self.last}"


class Weighted:
    """Values drawn by weight."""

    def __init__(self, weights: list[float], values: list[Any]) -> None:
        self._sums = list(accumulate(weights))
        self._values = values

    def draw(self, rng: Random) -> Any:
        return self._values[bisect(self._sums, rng.random() * self._sums[-1])]


class Names:
    """Everything that is read from the word list, with ways to draw from it."""

    def __init__(self) -> None:
        words = json.loads((paths.resources() / "demo" / "agency.json").read_text(encoding="utf-8"))
        self.words: dict[str, Any] = words
        self.lines = {entry["line"]: _line(entry) for entry in words["lines"]}
        self._by_kind = {
            commercial: Weighted(*_lines(words["lines"], commercial, self.lines)) for commercial in (False, True)
        }
        self._sources = Weighted([s[3] for s in words["sources"]], [s[0] for s in words["sources"]])
        self._people = 0

    def line(self, rng: Random, commercial: bool) -> Line:
        found: Line = self._by_kind[commercial].draw(rng)
        return found

    def source(self, rng: Random) -> str:
        return str(self._sources.draw(rng))

    def pick(self, rng: Random, key: str) -> str:
        """One entry of the word list `key`, all equally likely."""
        entries = self.words[key]
        return str(entries[int(rng.random() * len(entries))])

    def person(self, rng: Random, commercial: bool) -> Person:
        """Somebody new, with an e-mail and a telephone number of their own (the numbers repeat after some 20,000)."""
        number = self._people
        self._people += 1
        first, last = self.pick(rng, "first"), self.pick(rng, "last")
        business = None
        if commercial:
            business = f"{last} {self.pick(rng, 'trades')} {self.pick(rng, 'forms')}"
        places = self.words["places"]
        zip_code, state = places[int(rng.random() ** 1.4 * len(places))]
        email = f"{first}.{last}{number}@{_DOMAINS[number % 3]}".lower()
        return Person(first, last, business, email, self.phone(number), zip_code, state)

    def phone(self, number: int) -> str:
        """The `number`-th fictional telephone number."""
        codes = self.words["area_codes"]
        return f"+1{codes[number // 100 % len(codes)]}55501{number % 100:02d}"


def _line(entry: dict[str, Any]) -> Line:
    low, high = entry["premium"]
    return Line(entry["line"], entry["group"] == "commercial", low, high, entry["rate"], tuple(entry["carriers"]))


def _lines(entries: list[dict[str, Any]], commercial: bool, lines: dict[str, Line]) -> tuple[list[float], list[Line]]:
    chosen = [entry for entry in entries if (entry["group"] == "commercial") == commercial]
    return [entry["weight"] for entry in chosen], [lines[entry["line"]] for entry in chosen]
