"""What a report comes to, in a sentence: figures as words, and the sentences that several documents share.

Must not know where the figures come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.core.closing import wilson

_LONGEST_NAME = 40
LEAST_DECIDED = 5
"""Under so many decided deals a rate is not held against another one."""


def dollars(cents: int | float) -> str:
    """Whole dollars: `$1,234`, `-$5`."""
    whole = round(abs(cents) / 100)
    return f"{'-' if cents < 0 and whole else ''}${whole:,}"


def percent(fraction: float) -> str:
    """`31.2%`, without a decimal that is zero."""
    return f"{fraction * 100:.1f}".removesuffix(".0") + "%"


def counted(count: int, one: str, many: str = "") -> str:
    """`1 producer`, `3 producers`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_short(name: str) -> str:
    """A name as it stands in a sentence: on one line, and of a very long one its beginning."""
    plain = " ".join(name.split())
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1].rstrip()}…"


def listed(names: Sequence[str], most: int = 3) -> str:
    """`A, B and C`, or `A, B, C and 4 more`."""
    names = [in_short(name) for name in names]
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most:,} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


@dataclass(frozen=True, slots=True)
class Rate:
    """Wins of decided deals of somebody or something by name."""

    name: str
    wins: int
    decided: int

    @property
    def rate(self) -> float:
        """Wins / decided."""
        return self.wins / self.decided

    @property
    def words(self) -> str:
        """`Homeowners (53% of 120)`."""
        return f"{in_short(self.name)} ({percent(self.rate)} of {self.decided:,})"


def best_and_worst(rates: Iterable[Rate], overall: Rate) -> str:
    """Who or what closes best and worst among those with enough decided deals, else what was won in all."""
    if not overall.decided:
        return "Nothing was decided in the period."
    ranked = sorted((one for one in rates if one.decided >= LEAST_DECIDED), key=lambda one: (-one.rate, one.name))
    if len(ranked) < 2 or ranked[0].rate == ranked[-1].rate:
        return f"{percent(overall.rate)} of {overall.decided:,} decided leads were won."
    doubt = ", which may be chance" if _overlap(ranked[0], ranked[-1]) else ""
    return f"{ranked[0].words} closes best, {ranked[-1].words} worst{doubt}; overall {percent(overall.rate)}."


def _overlap(first: Rate, second: Rate) -> bool:
    """Whether the 95% intervals of two rates meet, so that the difference may be chance."""
    high, low = wilson(first.wins, first.decided), wilson(second.wins, second.decided)
    return high is not None and low is not None and high[0] <= low[1]
