"""Which clients' accounts are round, by the agency's own meaning of it, and which are still to be rounded.

There is no one meaning: another policy, a share of what the client spends on insurance, or three policies and more.
Must not know how clients are stored.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from desktop.core.money import ratio
from desktop.core.retention import Book


class Meaning(StrEnum):
    """What makes an account round."""

    ANOTHER_POLICY = "another_policy"
    SHARE_OF_SPEND = "share_of_spend"
    THREE_POLICIES = "three_policies"


_LEAST = {Meaning.ANOTHER_POLICY: 2, Meaning.THREE_POLICIES: 3}


@dataclass(frozen=True, slots=True)
class Definition:
    """The agency's own: the meaning, and for a share of spend how much of it makes an account round."""

    meaning: Meaning = Meaning.ANOTHER_POLICY
    share: Fraction = Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class ClientAccount:
    """A client's policies in force: lines, premium with us, all spending (None: not known) in cents."""

    client: Hashable
    policies: tuple[str, ...]
    lines: tuple[str, ...]
    premium: int
    spend: int | None = None

    @property
    def share(self) -> Fraction | None:
        """The part of the client's spending that is with us; undefined where it is not known."""
        return None if not self.spend else ratio(self.premium, self.spend)


@dataclass(frozen=True, slots=True)
class Rounding:
    """How many accounts are round, those that are not (the largest premium first), and those nobody can tell."""

    definition: Definition
    round: int
    to_round: tuple[ClientAccount, ...]
    unknown: tuple[ClientAccount, ...]

    @property
    def share_round(self) -> Fraction | None:
        """Round accounts / those of which it is known; undefined without any."""
        return ratio(self.round, self.round + len(self.to_round))


def accounts(book: Book, spends: Mapping[Hashable, int]) -> list[ClientAccount]:
    """The clients of a book on a day."""
    found: dict[Hashable, list[str]] = {}
    for number, policy in book.items():
        found.setdefault(policy.client, []).append(number)
    return [
        ClientAccount(
            client,
            tuple(sorted(numbers)),
            tuple(sorted({book[number].line for number in numbers}, key=str.casefold)),
            sum(book[number].premium for number in numbers),
            spends.get(client),
        )
        for client, numbers in found.items()
    ]


def rounding(clients: Iterable[ClientAccount], definition: Definition) -> Rounding:
    """Sorts the clients by the agency's definition (metrics.md 5, averages per client)."""
    done = 0
    missing: list[ClientAccount] = []
    unknown: list[ClientAccount] = []
    for one in clients:
        verdict = is_round(one, definition)
        if verdict:
            done += 1
        else:
            (unknown if verdict is None else missing).append(one)
    return Rounding(definition, done, _ranked(missing), _ranked(unknown))


def is_round(one: ClientAccount, definition: Definition) -> bool | None:
    """Whether an account is round; None where the client's spending is not known and needed."""
    if definition.meaning is Meaning.SHARE_OF_SPEND:
        share = one.share
        return None if share is None else share >= definition.share
    return len(one.policies) >= _LEAST[definition.meaning]


def _ranked(found: list[ClientAccount]) -> tuple[ClientAccount, ...]:
    return tuple(sorted(found, key=lambda one: (-one.premium, str(one.client))))
