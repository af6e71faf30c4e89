"""Why deals are lost: reasons among explained losses, and the two patterns worth acting on (metrics.md 3).

Must not know how losses are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from desktop.core.money import ratio
from desktop.core.templates import LOST_REASONS

LEAST_EXPLAINED = 5
"""A pattern is read from so many explained losses on."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A share of one reason from which on it says something about the agency rather than about the deals."""

    id: str
    reason: str
    limit: Fraction
    label: str
    meaning: str


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "market_access", "price", Fraction(3, 5), "Market access", "Most losses are on price: more markets needed."
    ),
    Pattern(
        "follow_up", "no_response", Fraction(3, 10), "Follow-up", "Many prospects just fall silent: follow up more."
    ),
)
PATTERN: Mapping[str, Pattern] = MappingProxyType({pattern.id: pattern for pattern in PATTERNS})


@dataclass(frozen=True, slots=True)
class ReasonShare:
    """How many explained losses one reason has, and their share of all explained ones (None without any)."""

    reason: str
    count: int
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class PatternFound:
    """A pattern's share among explained losses (None without any), and whether it fired."""

    id: str
    fired: bool
    share: Fraction | None


def reasons(given: Iterable[str | None]) -> list[ReasonShare]:
    """All seven reasons in their order with count and share; None among the given ones is an unexplained loss."""
    counts = dict.fromkeys(LOST_REASONS, 0)
    for reason in given:
        if reason is not None:
            counts[reason] += 1
    explained = sum(counts.values())
    return [ReasonShare(reason, count, ratio(count, explained)) for reason, count in counts.items()]


def patterns(shares: Sequence[ReasonShare]) -> list[PatternFound]:
    """Both patterns over the shares of `reasons`; neither fires under five explained losses."""
    enough = sum(one.count for one in shares) >= LEAST_EXPLAINED
    found = {one.reason: one.share for one in shares}
    return [
        PatternFound(pattern.id, enough and (found[pattern.reason] or 0) >= pattern.limit, found[pattern.reason])
        for pattern in PATTERNS
    ]


# --- price gaps -------------------------------------------------------------------------------------------------------

WINNABLE: tuple[str, ...] = ("yes", "maybe", "no")
GAP_EDGES: tuple[int, ...] = (0, 10_000, 25_000, 50_000, 100_000, 250_000)
"""Cents of price difference at which one bucket ends and the next begins; under the first we were cheaper."""


@dataclass(frozen=True, slots=True)
class GapBucket:
    """Losses whose price difference is at least `low` and under `high` cents (None: open), by could-we-have-won."""

    low: int | None
    high: int | None
    counts: Mapping[str | None, int]

    @property
    def total(self) -> int:
        """All of them, those included of which nobody said whether they could have been won."""
        return sum(self.counts.values())


def price_gaps(given: Iterable[tuple[int, str | None]]) -> list[GapBucket]:
    """Losses by price difference (ours less theirs, cents) against whether they could have been won (metrics.md 3)."""
    edges: tuple[int | None, ...] = (None, *GAP_EDGES, None)
    counts: list[dict[str | None, int]] = [{} for _ in edges[1:]]
    for difference, winnable in given:
        place = sum(1 for edge in GAP_EDGES if difference >= edge)
        counts[place][winnable] = counts[place].get(winnable, 0) + 1
    return [GapBucket(low, high, found) for low, high, found in zip(edges, edges[1:], counts, strict=False)]
