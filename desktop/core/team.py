"""The people of the agency, and which of them a period's figures list (metrics.md 0, *Whose*).

Must not know how people are stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.core.periods import Period
from desktop.core.presence import ALWAYS, Presence
from desktop.core.targets import TargetRule

PRODUCER = "producer"
ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the agency: `id` in the book, code, name, role, level (None = veteran), status and presence."""

    id: int
    code: str
    name: str
    role: str = PRODUCER
    level: str | None = None
    status: str = ACTIVE
    presence: Presence = ALWAYS
    new_premium_target: int | None = None
    """Cents per month, from the beginning."""

    @property
    def is_producer(self) -> bool:
        """Whether the person's role is producer."""
        return self.role == PRODUCER

    def produces_in(self, period: Period) -> bool:
        """Whether the person has targets: role producer, and employed on a day of the period."""
        return self.is_producer and self.presence.employed_in(period)

    def counts_in_agency(self, period: Period) -> bool:
        """Whether the agency's targets include the person's: as `produces_in`, and active or with a day of leaving."""
        return self.produces_in(period) and (self.status == ACTIVE or self.presence.left_on is not None)

    def works_on(self, day: date) -> bool:
        """Whether the person is an active producer on a day."""
        return self.is_producer and self.status == ACTIVE and self.presence.employed_on(day)


def own_rule(person: Person) -> TargetRule | None:
    """The target for new premium that stands with the person, effective from the beginning, without a stretch."""
    if person.new_premium_target is None:
        return None
    return TargetRule("new_premium", Fraction(person.new_premium_target), None, date.min, producer=person.id)


def listed(people: Iterable[Person], period: Period, with_records: Collection[int | None]) -> list[Person]:
    """Who stands in the period's list: producers employed in it by code, then others with records by code."""
    chosen = [person for person in people if person.produces_in(period) or person.id in with_records]
    return sorted(chosen, key=lambda person: (not person.produces_in(period), person.code))
