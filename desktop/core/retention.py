"""How much of the book stays: four retention ratios, rewrites, and averages per client (metrics.md 5).

Arithmetic on policies in force on two days, already found. Must not know terms, renewals or how they are stored.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.core import shares
from desktop.core.money import ratio

REWRITE_DAYS = 30
Book = Mapping[str, "InForce"]
"""What is in force on a day, by policy number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A producer's share of a policy, None = nobody's; the first part of a policy is the one it counts for."""

    producer: int | None
    fraction: float = 1.0


@dataclass(frozen=True, slots=True)
class InForce:
    """A policy on a day on which it is in force: annual premium and agency commission in cents as of that day."""

    client: Hashable
    line: str
    premium: int
    commission: int
    parts: tuple[Part, ...]

    def counts_for(self, producer: int | None) -> bool:
        """Whether the policy is one of the producer's (the first named); None = everybody's."""
        return producer is None or self.parts[0].producer == producer

    def premium_by_producer(self) -> dict[int | None, int]:
        """The premium as it falls to each producer by the shares."""
        if len(self.parts) == 1:
            return {self.parts[0].producer: self.premium}
        found: dict[int | None, int] = {}
        for part, cents in zip(self.parts, shares.split(self.premium, [p.fraction for p in self.parts]), strict=True):
            found[part.producer] = found.get(part.producer, 0) + cents
        return found


def falls_to(amount: int, parts: tuple[Part, ...], producer: int | None) -> int:
    """The cents of an amount that fall to a producer by the shares (metrics.md 3); all of them for None."""
    if producer is None:
        return amount
    if len(parts) == 1:
        return amount if parts[0].producer == producer else 0
    split = shares.split(amount, [part.fraction for part in parts])
    return sum(cents for part, cents in zip(parts, split, strict=True) if part.producer == producer)


@dataclass(frozen=True, slots=True)
class Kept:
    """A number at the beginning, and how many of them are gone at the end."""

    begin: int
    lost: int

    @property
    def ratio(self) -> Fraction | None:
        """(begin - lost) / begin; undefined without any at the beginning."""
        return ratio(self.begin - self.lost, self.begin)


@dataclass(frozen=True, slots=True)
class Carried:
    """Cents at the beginning and, for the same policies, at the end."""

    begin: int
    end: int

    @property
    def ratio(self) -> Fraction | None:
        """end / begin, which may pass 1; undefined for nothing at the beginning."""
        return ratio(self.end, self.begin)


@dataclass(frozen=True, slots=True)
class Retention:
    """The four ratios; `lost` are the numbers of the policies that are gone, in order."""

    clients: Kept
    policies: Kept
    premium: Carried
    commission: Carried
    lost: tuple[str, ...]
    lost_clients: frozenset[Hashable]


def retention(begin: Book, end: Book, producer: int | None = None) -> Retention:
    """Retention from one day to another (metrics.md 5), of everybody's policies or one producer's.

    New business plays no part but that a client stays while any policy is in force. A producer's policies, clients and
    shares are those of the first day, so that a policy handed on to somebody else is not lost.
    """
    mine = {number: policy for number, policy in begin.items() if policy.counts_for(producer)}
    lost = tuple(sorted(number for number in mine if number not in end))
    staying = {policy.client for policy in end.values()}
    clients = {policy.client for policy in mine.values()}
    gone = frozenset(client for client in clients if client not in staying)
    return Retention(
        clients=Kept(len(clients), len(gone)),
        policies=Kept(len(mine), len(lost)),
        premium=Carried(
            sum(falls_to(policy.premium, policy.parts, producer) for policy in begin.values()),
            sum(falls_to(end[one].premium, policy.parts, producer) for one, policy in begin.items() if one in end),
        ),
        commission=Carried(
            sum(falls_to(policy.commission, policy.parts, producer) for policy in begin.values()),
            sum(falls_to(end[one].commission, policy.parts, producer) for one, policy in begin.items() if one in end),
        ),
        lost=lost,
        lost_clients=gone,
    )


@dataclass(frozen=True, slots=True)
class Averages:
    """Sums over a book: its clients and policies, premium and commission in cents."""

    clients: int
    policies: int
    premium: int
    commission: int

    @property
    def premium_per_client(self) -> Fraction | None:
        """Cents; undefined without clients."""
        return ratio(self.premium, self.clients)

    @property
    def commission_per_client(self) -> Fraction | None:
        """Cents; undefined without clients."""
        return ratio(self.commission, self.clients)

    @property
    def policies_per_client(self) -> Fraction | None:
        """Policies; undefined without clients."""
        return ratio(self.policies, self.clients)


def averages(end: Book, producer: int | None = None) -> Averages:
    """What a client brings on a day (metrics.md 5): everybody's, or of the clients of one producer's policies."""
    mine = [policy for policy in end.values() if policy.counts_for(producer)]
    return Averages(
        clients=len({policy.client for policy in mine}),
        policies=len(mine),
        premium=sum(falls_to(policy.premium, policy.parts, producer) for policy in end.values()),
        commission=sum(falls_to(policy.commission, policy.parts, producer) for policy in end.values()),
    )


@dataclass(frozen=True, slots=True)
class Course:
    """A policy from its first term to the last known one; `line` is the listed line where there is one."""

    policy: str
    client: Hashable
    line: str
    started_on: date
    over_on: date


def rewrites(lost: Iterable[str], courses: Iterable[Course]) -> dict[str, str]:
    """Which lost policies were rewritten, and as what (metrics.md 5): another number of the same client and line.

    It starts within 30 days of the lost one's end, before or after; the nearest one is taken.
    """
    known = {course.policy: course for course in courses}
    starting: dict[tuple[Hashable, str], list[Course]] = {}
    for course in known.values():
        starting.setdefault((course.client, course.line), []).append(course)
    found = {}
    for number in lost:
        old = known[number]
        near = [
            (abs((other.started_on - old.over_on).days), other.policy)
            for other in starting[old.client, old.line]
            if other.policy != number and other.started_on > old.started_on and other.over_on > old.over_on
        ]
        distance, policy = min(near, default=(REWRITE_DAYS + 1, ""))
        if distance <= REWRITE_DAYS:
            found[number] = policy
    return found
