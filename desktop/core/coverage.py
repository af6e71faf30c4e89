"""Which weeks have records of each kind, and which lie empty among weeks that others fill: the calendar of coverage.

Knows counts by kind and day alone; where records come from, and how a calendar is drawn, is others' business.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from desktop.core.periods import Period


class State(StrEnum):
    """What a week is to one kind of record."""

    FILLED = "filled"
    """There are records."""
    GAP = "gap"
    """None, though the kind has records in other weeks and the book has other records around this week."""
    UNUSED = "unused"
    """None here nor in any other week shown: perhaps the agency keeps no such records."""
    RUNNING = "running"
    """None yet, in the week that is not over."""
    OUTSIDE = "outside"
    """Before the book's first records or after its last: nothing is missing."""


def states(
    weeks: Sequence[Period], counts: Mapping[str, Mapping[Period, int]], kinds: Collection[str], running: Period
) -> dict[str, tuple[State, ...]]:
    """The state of each of `weeks` (in order) per kind. `counts`: records by kind and week; `running`: today's week."""
    filled = [at for at, week in enumerate(weeks) if any(by_week.get(week) for by_week in counts.values())]
    first, last = (filled[0], filled[-1]) if filled else (len(weeks), -1)
    return {
        kind: tuple(
            _state(counts.get(kind, {}), week, inside=first <= at <= last, running=week == running)
            for at, week in enumerate(weeks)
        )
        for kind in kinds
    }


def _state(by_week: Mapping[Period, int], week: Period, *, inside: bool, running: bool) -> State:
    if by_week.get(week):
        return State.FILLED
    if not inside:
        return State.OUTSIDE
    if not any(by_week.values()):
        return State.UNUSED
    return State.RUNNING if running else State.GAP


def gap_runs(found: Sequence[State]) -> list[tuple[int, int]]:
    """First and last position of each run of neighbouring gaps, in order."""
    runs: list[tuple[int, int]] = []
    for at, state in enumerate(found):
        if state is not State.GAP:
            continue
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
