"""Which lines close, and how sure that is; the true closing ratio beside the flattering one (metrics.md 3 and 5).

Arithmetic on leads with an outcome and on quotes, already found. Must not know where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from desktop.core.money import half_up, ratio

OTHER = "Other"
_Z95 = 1.959963984540054
"""The normal quantile that leaves 2.5 % on either side."""

LineName = Callable[[str], str | None]
"""The listed line that a text means, None for an unknown one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A lead's last outcome in the period: the lead's own line, and for a win the annual premium bound, in cents."""

    line: str | None
    won: bool
    premium: int = 0


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotes in one line: of one lead, however many, or `count` of them that belong to no lead."""

    lead: str | None
    line: str | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Rates:
    """One row of the table: counts, and over the wins the annual premium in cents."""

    quotes: int
    wins: int
    losses: int
    premium: int

    @property
    def close_rate(self) -> Fraction | None:
        """Wins / (wins + losses); undefined where nothing was decided."""
        return ratio(self.wins, self.wins + self.losses)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the close rate (Wilson); undefined where nothing was decided."""
        return wilson(self.wins, self.wins + self.losses)

    @property
    def average_premium(self) -> int | None:
        """Cents per win, rounded half up; undefined without wins."""
        mean = ratio(self.premium, self.wins)
        return None if mean is None else half_up(mean)


def close_rates(
    lines: Sequence[str], named: LineName, quoted: Iterable[Quoted], outcomes: Iterable[Outcome]
) -> list[tuple[str, Rates]]:
    """Every listed line with its row, in list order (metrics.md 3, *Close rate by line*).

    What no listed line means counts in Other, which comes last where the agency's list has none and anything fell to
    it. A lead quoted in two lines counts in both.
    """
    rows: dict[str | None, str] = {}
    quotes: dict[str, set[str]] = {}
    alone: dict[str, int] = {}
    decided: dict[str, list[Outcome]] = {}
    for one in quoted:
        line = _row_of(one.line, named, rows)
        if one.lead is None:
            alone[line] = alone.get(line, 0) + one.count
        else:
            quotes.setdefault(line, set()).add(one.lead)
    for outcome in outcomes:
        decided.setdefault(_row_of(outcome.line, named, rows), []).append(outcome)
    unlisted = OTHER not in lines and any(OTHER in found for found in (quotes, alone, decided))
    return [
        (line, _rates(len(quotes.get(line, ())) + alone.get(line, 0), decided.get(line, ())))
        for line in (*lines, *((OTHER,) if unlisted else ()))
    ]


def overall(quoted: Iterable[Quoted], outcomes: Iterable[Outcome]) -> Rates:
    """The row over all lines, from the totals: each lead counts once, however many lines it was quoted in."""
    leads: set[str] = set()
    alone = 0
    for one in quoted:
        if one.lead is None:
            alone += one.count
        else:
            leads.add(one.lead)
    return _rates(len(leads) + alone, outcomes)


def _row_of(line: str | None, named: LineName, known: dict[str | None, str]) -> str:
    """The row of a line as it is spelled; each spelling is looked up once and kept in `known`."""
    if line not in known:
        known[line] = (None if line is None else named(line)) or OTHER
    return known[line]


def _rates(quotes: int, outcomes: Iterable[Outcome]) -> Rates:
    wins = losses = premium = 0
    for outcome in outcomes:
        if outcome.won:
            wins += 1
            premium += outcome.premium
        else:
            losses += 1
    return Rates(quotes, wins, losses, premium)


def wilson(wins: int, decided: int) -> tuple[float, float] | None:
    """The 95 % score interval of `wins` out of `decided`, within 0 and 1; undefined for none decided."""
    if not decided:
        return None
    share, square = wins / decided, _Z95 * _Z95
    middle = share + square / (2 * decided)
    reach = _Z95 * sqrt(share * (1 - share) / decided + square / (4 * decided * decided))
    whole = 1 + square / decided
    # At the ends the exact bounds are 0 and 1, and binary remainders would miss them by a hair.
    low = 0.0 if wins == 0 else max(0.0, (middle - reach) / whole)
    high = 1.0 if wins == decided else min(1.0, (middle + reach) / whole)
    return low, high


@dataclass(frozen=True, slots=True)
class ClosingRatio:
    """Policies bound against what they are measured by: leads contacted and qualified (true), or quotes."""

    bound: int
    measure: int

    @property
    def ratio(self) -> Fraction | None:
        """Bound / measure (metrics.md 5, *Closing ratio*); undefined for a zero measure. May pass 1."""
        return ratio(self.bound, self.measure)


@dataclass(frozen=True, slots=True)
class Offered:
    """A decided lead at one carrier that quoted or bound it: won with this carrier, or not."""

    carrier: str
    won: bool
    premium: int = 0


def by_carrier(offered: Iterable[Offered]) -> list[tuple[str, Rates]]:
    """By carrier the decided leads that it quoted or bound, and how many were won with it; the most decided first."""
    found: dict[str, list[Outcome]] = {}
    for one in offered:
        found.setdefault(one.carrier, []).append(Outcome(None, one.won, one.premium))
    rows = [(carrier, _rates(len(outcomes), outcomes)) for carrier, outcomes in found.items()]
    return sorted(rows, key=lambda row: (-row[1].quotes, row[0].casefold()))
