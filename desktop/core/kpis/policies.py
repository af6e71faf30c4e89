"""Policies from term to term: when they went into force, and whether they are (metrics.md 0, files.md 2).

In force comes from policy terms alone; terms of one policy number are one policy. Must not know how terms are stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from desktop.core.kpis.reading import Asked, Item
from desktop.core.months import months_after

POLICIES = "policies"
"""The template whose rows terms are."""


class Term(NamedTuple):
    """One term: the book's row, days as ISO text, and the first named producer (None = nobody of ours).

    `over` is the first day on which it is no longer in force; `ended` the day on which it was ended, if it was.
    """

    row: int
    bound: str
    effective: str
    over: str
    ended: str | None
    producer: int | None
    carrier: str | None


class Policy(NamedTuple):
    """A policy number with its terms in order of time; `in_force_on` and `source` are the first one's.

    `source` is the policy's, else its lead's.
    """

    number: str
    in_force_on: str
    source: str | None
    lead: str | None
    terms: tuple[Term, ...]

    @property
    def first(self) -> Term:
        """The first term, which says whose policy it is and with which carrier."""
        return self.terms[0]

    def is_in_force(self, day: str, seen: str) -> bool:
        """Whether it is in force on a day, by terms bound through the day `seen`."""
        return any(one.bound <= seen and one.effective <= day < one.over for one in self.terms)


_SPANS = 40
"""Periods whose policies in force are remembered: a trend has 13."""


class PolicyBook:
    """The policies that matter to a span of time, ordered so that a period's are found without going through all."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = sorted(policies, key=lambda one: (one.in_force_on, one.number))
        terms = [
            (term.effective, term.over, number, term)
            for number, policy in enumerate(self.policies)
            for term in policy.terms
            if term.effective < term.over
        ]
        terms.sort(key=itemgetter(0, 1))
        self._terms = [one[3] for one in terms]
        self._effective = [one[0] for one in terms]
        # what a term is chosen by: its end, when it was bound, its policy
        self._keys = [(one[1], one[3].bound, one[2]) for one in terms]
        self._known: dict[tuple[str, str, str], list[Term]] = {}
        self.ended = [one for one in self.policies if any(term.ended is not None for term in one.terms)]

    def at_any_time(self, asked: Asked) -> list[Item]:
        """The policies in force on any day of the period that has begun, by their last term in it.

        A policy belongs to the producer of that term.
        """
        return [Item(POLICIES, one.row, one.effective) for one in self._standing(asked)]

    def count_at_any_time(self, asked: Asked) -> int:
        """How many `at_any_time` are."""
        return len(self._standing(asked))

    def _standing(self, asked: Asked) -> Sequence[Term]:
        if asked.last_day < asked.period.start:
            return ()
        terms = self._in_force(asked.start_text, asked.last_day.isoformat(), asked.as_of_text[:10])
        whose = asked.whose
        return terms if whose.everybody else [one for one in terms if one.producer == whose.producer]

    def _in_force(self, start: str, last: str, seen: str) -> list[Term]:
        """Each policy's last term in force between two days; worked out once for everybody."""
        key = (start, last, seen)
        if key not in self._known:
            begun = self._keys[: bisect_right(self._effective, last)]
            found = {
                policy: place for place, (over, bound, policy) in enumerate(begun) if over > start and bound <= seen
            }
            self._known[key] = [self._terms[place] for place in found.values()]
            if len(self._known) > _SPANS:
                del self._known[next(iter(self._known))]
        return self._known[key]

    def completing(self, months: int, asked: Asked) -> list[tuple[Policy, str]]:
        """The policies whose in-force date + so many months falls in the period, each with that day.

        A policy belongs to the producer of its first term.
        """
        first = bisect_left(self.policies, asked.start_text, key=lambda one: day_after(one.in_force_on, months))
        last = bisect_right(self.policies, asked.stop_text, key=lambda one: day_after(one.in_force_on, months))
        seen = asked.as_of_text[:10]
        return [
            (one, day_after(one.in_force_on, months))
            for one in self.policies[first:last]
            if one.first.bound <= seen and asked.whose.covers(one.first.producer)
        ]


@cache
def day_after(day: str, months: int) -> str:
    """The same day some months later, as ISO text; where that month is shorter, its last day."""
    return months_after(date.fromisoformat(day), months).isoformat()
