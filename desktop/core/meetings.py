"""The weekly 1:1: what is talked about and for how long, what was agreed, and whether it was held (document 000).

Sixteen minutes in six items and four to spare. Standard library only; must not know where meetings are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """What became of a meeting."""

    HELD = "held"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the agenda: how long it may take, its name, and the question that it answers."""

    id: str
    minutes: int
    title: str
    purpose: str


AGENDA: tuple[Item, ...] = (
    Item("activity", 2, "Activity", "Is enough being done?"),
    Item("results", 3, "Results", "Does it bring quotes, policies and premium?"),
    Item("pipeline", 3, "Pipeline", "Where are deals stuck, and what would move them?"),
    Item("lost", 3, "Lost deals", "What can be learned from those that went elsewhere?"),
    Item("priorities", 3, "Next week", "What is agreed until the next meeting?"),
    Item("skill", 2, "One skill", "Which one thing gets better?"),
)
"""In the order in which they are talked about."""

SPARE_MINUTES = 4
LONGEST_MINUTES = sum(item.minutes for item in AGENDA) + SPARE_MINUTES


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting: notes and seconds spent by item, the commitments that were kept, and what became of it."""

    state: State | None = None
    reason: str = ""
    ended_at: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    ticks: tuple[str, ...] = ()
    seconds: Mapping[str, int] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing was typed or ticked, and nothing became of it."""
        return self.state is None and not any(self.notes.values()) and not self.ticks


class Pace(StrEnum):
    """How the time stands."""

    IN_TIME = "in_time"
    OVER = "over"
    TOO_LONG = "too_long"


def pace(item: Item, seconds: Mapping[str, int]) -> Pace:
    """Whether an item is within its minutes, over them (the spare minutes pay), or the whole meeting is too long."""
    if sum(seconds.values()) > LONGEST_MINUTES * 60:
        return Pace.TOO_LONG
    return Pace.OVER if seconds.get(item.id, 0) > item.minutes * 60 else Pace.IN_TIME


def spare_seconds(seconds: Mapping[str, int]) -> int:
    """What is left of the spare minutes: what items took beyond theirs comes off, never below zero."""
    beyond = sum(max(0, seconds.get(item.id, 0) - item.minutes * 60) for item in AGENDA)
    return max(0, SPARE_MINUTES * 60 - beyond)


@dataclass(frozen=True, slots=True)
class Record:
    """How faithfully somebody's meetings are kept: weeks oldest first, None where nothing became of one."""

    states: tuple[State | None, ...]

    @property
    def held(self) -> int:
        """Meetings that took place."""
        return sum(state is State.HELD for state in self.states)

    @property
    def skipped(self) -> int:
        """Meetings that were called off."""
        return sum(state is State.SKIPPED for state in self.states)

    @property
    def streak(self) -> int:
        """Weeks in a row, up to the last one, in which the meeting took place."""
        return streak(self.states)


def streak(states: Sequence[State | None]) -> int:
    """How many of the last weeks in a row had their meeting."""
    found = 0
    for state in reversed(states):
        if state is not State.HELD:
            break
        found += 1
    return found


TALKS: Mapping[str, str] = MappingProxyType(
    {
        "activity_drop": "What took the place of calling these two weeks, and what goes first next week?",
        "high_activity_low_close": "Walk me through the last proposal that was turned down. Shall we play it once?",
        "low_activity_high_close": "You win what you touch. What would it take to touch twice as many?",
        "no_new_prospects": "Where do the next ten names come from, and by which day?",
        "deal_size_shrinking": "Which accounts of the size we want can you name right now?",
        "close_rate_drop": "What is different about the deals lost since then?",
        "avoids_tracking": "What was sold is on record and what was done is not. What keeps you from writing it down?",
    }
)
"""By red flag the question that opens the talk; its numbers are named before it."""

SKILLS: Mapping[str, str] = MappingProxyType(
    {
        "activity_drop": "Time blocking",
        "high_activity_low_close": "Presenting and qualifying",
        "low_activity_high_close": "Prospecting",
        "no_new_prospects": "Asking for referrals",
        "deal_size_shrinking": "Choosing targets",
        "close_rate_drop": "Handling objections",
        "avoids_tracking": "Keeping the record",
    }
)
"""By red flag the skill that would help."""

ALL_SKILLS: tuple[str, ...] = tuple(dict.fromkeys((*SKILLS.values(), "Asking questions", "Following up")))
