"""Who may be meant by a name that nobody goes by: a guess with its reason, for a person to confirm.

A guess is never an answer: a wrong one would give a producer somebody else's work. Knows names alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.core import nicknames
from desktop.core.likeness import spelled_alike

MOST = 3
"""How many people are offered for a name at most."""


class Why(StrEnum):
    """What a name and a person have in common, the strongest first."""

    PART = "part"
    """The person's name with something before or behind it: "KSN - Dana Marsh", "Dana Marsh (inactive)"."""
    INITIAL = "initial"
    """One name whole and the initial of the other: "Dana M.", "Marsh, D."."""
    NICKNAME = "nickname"
    """The family name and a short form of the first: "Bob Hale" for Robert Hale; or the short form alone."""
    SPELLING = "spelling"
    """A letter off, or a name more or less."""
    FIRST = "first"
    LAST = "last"
    INITIALS = "initials"


_ORDER = {why: at for at, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Guess:
    """A person who may be meant, by code and name. `only`: nobody else fits as well, for this reason or a stronger."""

    code: str
    name: str
    why: Why
    only: bool


def guess(text: str, people: Iterable[tuple[str, str]]) -> tuple[Guess, ...]:
    """The people, as (code, name), whom `text` may mean, the likeliest first; at most `MOST`."""
    found = [(why, code, name) for code, name in people if (why := _why(text, name)) is not None]
    found.sort(key=lambda one: (_ORDER[one[0]], one[2].casefold(), one[1]))
    ties = [why for why, _code, _name in found]
    return tuple(
        Guess(code, name, why, only=at == 0 and ties.count(why) == 1)
        for at, (why, code, name) in enumerate(found[:MOST])
    )


def _why(text: str, name: str) -> Why | None:
    person = _words(name)
    plain = re.sub(r"^zz[-\s]+", "", text.strip(), flags=re.IGNORECASE)
    parts = [_words(part) for part in re.split(r"\s[-–—]\s|[()\[\]/|]", plain)]
    if len(person) > 1 and person in parts:
        return Why.PART
    words = _words(plain)
    if not person or not words or words == person:
        return None if words != person or not words else Why.PART
    return _one_word(words[0], person) if len(words) == 1 else _whole(words, person)


def _words(name: str) -> tuple[str, ...]:
    """A name's words in speaking order, folded."""
    if name.count(",") == 1:
        last, first = name.split(",")
        name = f"{first} {last}"
    return tuple(re.findall(r"\w+", name.casefold().replace("'", "").replace("’", "")))


def _one_word(word: str, person: tuple[str, ...]) -> Why | None:
    if word == person[0]:
        return Why.FIRST
    if len(person) > 1 and word == person[-1]:
        return Why.LAST
    if nicknames.alike(word, person[0]):
        return Why.NICKNAME
    initials = {"".join(part[0] for part in person), person[0][0] + person[-1][0]}
    return Why.INITIALS if len(person) > 1 and word in initials else None


def _whole(words: tuple[str, ...], person: tuple[str, ...]) -> Why | None:
    if len(person) < 2:
        return Why.SPELLING if person[0] in words else None
    if all(len(word) == 1 for word in words):
        return Why.INITIALS if (words[0], words[-1]) == (person[0][0], person[-1][0]) else None
    first, last = person[0], person[-1]
    for one, other in ((words[0], words[-1]), (words[-1], words[0])):
        if (one == first and _shortened(other, last)) or (other == last and _shortened(one, first)):
            return Why.INITIAL
    if words[-1] == last and nicknames.alike(words[0], first):
        return Why.NICKNAME
    same = (words[0], words[-1]) == (first, last)
    return Why.SPELLING if same or spelled_alike(sorted(words), sorted(person)) else None


def _shortened(one: str, other: str) -> bool:
    """Whether one is the initial of the other."""
    return one[0] == other[0] and 1 in (len(one), len(other)) and one != other
