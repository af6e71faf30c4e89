"""Clients that look like one and the same, for a person to decide: by e-mail, phone, name, or a name spelled alike.

Nothing is ever merged by this alone. Only clients that share something are compared (an e-mail, a phone, a whole name,
or a ZIP with a word of the name), so that a book of a hundred thousand clients takes seconds. Knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from desktop.core import nicknames

_CROWD = 8
"""So many clients with one e-mail, phone or name are no sign of a likeness: an office's address, a common name."""

_STREET = 60
"""So many clients of a ZIP with one word of the name: the word says nothing."""

_ENDINGS = """
and the of inc incorporated llc llp lp ltd limited co corp corporation company pllc pc pa plc dba
mr mrs ms dr esq son sons bros brothers group
"""
_NOISE = frozenset(_ENDINGS.split())


@dataclass(frozen=True, slots=True)
class Client:
    """What a client is compared by; `number` is whatever the caller knows it by."""

    number: int
    client_id: str | None
    name: str
    email: str | None = None
    phone: str | None = None
    zip: str | None = None


class Why(StrEnum):
    """What two clients have in common."""

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    """The same name, order of words, case, punctuation and company endings aside."""
    SPELLING = "spelling"
    """A name spelled alike: a letter off, an initial, a short form, or one name within the other."""
    ZIP = "zip"


_POINTS = {Why.EMAIL: 40, Why.PHONE: 40, Why.NAME: 40, Why.SPELLING: 20, Why.ZIP: 20}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two clients (`one` has the lower number) and what speaks for their being one; the more `points`, the more."""

    one: int
    other: int
    why: tuple[Why, ...]
    points: int


def words_of(name: str) -> tuple[str, ...]:
    """A name as clients are compared by it: its words, sorted, without company endings and titles.

    "Marsh, Dana J." and "Dana J Marsh" are the same; so are "Oak & Sons, Inc." and "Oak".
    """
    plain = name.casefold().replace("'", "").replace("’", "")
    words = re.findall(r"\w+", plain)
    kept = [word for word in words if word not in _NOISE]
    return tuple(sorted(kept or words))


def find(clients: Iterable[Client]) -> list[Likeness]:
    """Pairs of clients that may be one, the likeliest first."""
    known = list(clients)
    words = {one.number: words_of(one.name) for one in known}
    found: dict[tuple[int, int], Likeness] = {}
    for one, other in _candidates(known, words):
        if one.number > other.number:
            one, other = other, one
        if one.number != other.number and (one.number, other.number) not in found:
            likeness = _compare(one, other, words[one.number], words[other.number])
            if likeness is not None:
                found[one.number, other.number] = likeness
    return sorted(found.values(), key=lambda like: (-like.points, like.one, like.other))


def _candidates(known: Sequence[Client], words: dict[int, tuple[str, ...]]) -> Iterator[tuple[Client, Client]]:
    same: dict[Hashable, list[Client]] = {}
    near: dict[Hashable, list[Client]] = {}
    for one in known:
        if one.email:
            same.setdefault(("email", one.email.casefold()), []).append(one)
        if one.phone:
            same.setdefault(("phone", one.phone), []).append(one)
        if words[one.number]:
            same.setdefault(words[one.number], []).append(one)
        if one.zip:
            for word in set(words[one.number]):
                if len(word) > 1:
                    near.setdefault((one.zip, word), []).append(one)
    for groups, most in ((same, _CROWD), (near, _STREET)):
        for members in groups.values():
            if 1 < len(members) <= most:
                yield from combinations(members, 2)


def _compare(one: Client, other: Client, mine: tuple[str, ...], theirs: tuple[str, ...]) -> Likeness | None:
    why: list[Why] = []
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        why.append(Why.EMAIL)
    if one.phone and one.phone == other.phone:
        why.append(Why.PHONE)
    if mine and mine == theirs:
        why.append(Why.NAME)
    elif spelled_alike(mine, theirs):
        why.append(Why.SPELLING)
    same_zip = bool(one.zip) and one.zip == other.zip
    if same_zip:
        why.append(Why.ZIP)
    enough = {Why.EMAIL, Why.PHONE, Why.NAME} & set(why) or (Why.SPELLING in why and same_zip)
    if not enough:
        return None
    points = sum(_POINTS[reason] for reason in why)
    if one.zip and other.zip and not same_zip:
        points -= 10
    if one.client_id is not None and other.client_id is not None:
        points -= 5
    return Likeness(one.number, other.number, tuple(why), points)


def spelled_alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two names of sorted words differ by so little that they may be one; equal ones are not meant.

    At least one word is in both. The rest of the shorter name is a letter off, an initial, or a short form of a word
    of the longer one, or there is no rest and at least two words are shared.
    """
    common = set(mine) & set(theirs)
    if not any(len(word) > 1 for word in common):
        return False
    left, right = ([word for word in words if word not in common] for words in (mine, theirs))
    short, long = sorted((left, right), key=len)
    if not short:
        return len(common) > 1 and bool(long)
    if len(long) - len(short) > 1:
        return False
    return all(any(_one_word(word, other) for other in long) for word in short)


def _one_word(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return nicknames.alike(one, other) or (
        one[0] == other[0] and min(len(one), len(other)) > 3 and _off_by_one(one, other)
    )


def _off_by_one(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two neighbours swapped make one word of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = one[at + 1 : at + 2] == other[at : at + 1] and one[at : at + 1] == other[at + 1 : at + 2]
        return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])
    short, long = sorted((one, other), key=len)
    return short[at:] == long[at + 1 :]
