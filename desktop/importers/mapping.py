"""Which of a file's headings is which field, and which profile fits a header row best.

Spelling, order, case and punctuation of headings do not matter: `PolicyNumber`, `policy_number` and `Policy #` are one.
Ambiguity is refused rather than decided by chance. Knows headings alone, no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.core.templates import Kind
from desktop.importers.profiles.profile import Profile

_SIGNS = (("#", " number "), ("%", " percent "), ("&", " and "))
_NUMBER = re.compile(r"(?:(?:\b|_)[Nn][Oo]|(?<=[a-z])N[Oo])\.?\s*$")
_LEAST_SHARE = 0.5
_PLENTY = 6
_KNOWN_SHARE = 0.8
_FILE_SHARE = 0.6
"""How much of a user's profile's headings a file must have, and how much of the file's they must be."""


@lru_cache(maxsize=20_000)
def heading_key(text: str) -> str:
    """The heading as letters and digits in lower case, signs spelled out."""
    for sign, word in _SIGNS:
        text = text.replace(sign, word)
    key = re.sub(r"[\W_]+", "", text.lower())
    return key.removesuffix("no") + "number" if _NUMBER.search(text) else key


@lru_cache(maxsize=20_000)
def weaker_keys(text: str) -> tuple[str, ...]:
    """Keys that serve when the full one is unknown: without a bracketed unit, a required mark, a numeric suffix."""
    keys = [heading_key(re.sub(r"\([^)]*\)|\*", " ", text))]
    keys += [key.rstrip("0123456789") for key in (heading_key(text), keys[0])]
    return tuple(dict.fromkeys(key for key in keys if key))


@dataclass(frozen=True, slots=True)
class Match:
    """A profile laid over a header row: `columns` has the position of each field's column, None where it has none.

    `alike`: for a user's profile, whether the headings are those of the file from which it was made.
    """

    profile: Profile
    columns: tuple[int | None, ...]
    headings: int
    alike: bool | None = None

    @property
    def found(self) -> int:
        return sum(at is not None for at in self.columns)

    @property
    def missing(self) -> tuple[str, ...]:
        """Headings of the fingerprint that the header row lacks, as the profile spells them."""
        positions = self.profile.positions
        return tuple(
            " or ".join(self.profile.fields[positions[name]].headings[0] for name in group)
            for group in self.profile.fingerprint
            if all(self.columns[positions[name]] is None for name in group)
        )

    def fits(self, hint: str) -> bool:
        """Whether this may be the file's layout at all: the fingerprint is there, and it is not a chance hit.

        A file that is named after our table (`hint`) may have any number of columns of its own.
        """
        if self.alike is not None:
            return self.alike and not self.missing
        plenty = self.found >= _PLENTY or self.found >= _LEAST_SHARE * self.headings
        return not self.missing and (plenty or heading_key(hint) == self.profile.table)

    @property
    def score(self) -> tuple[int, int]:
        return (self.found, -len(self.profile.fields))


def lay_over(profile: Profile, headings: Sequence[str]) -> Match:
    """Find each field's column; a column serves one field, a field's best synonym first."""
    if profile.known:
        return _lay_exactly(profile, headings)
    full: dict[str, int] = {}
    weak: dict[str, int] = {}
    for at, heading in enumerate(headings):
        if heading.strip():
            full.setdefault(heading_key(heading), at)
            for key in weaker_keys(heading):
                weak.setdefault(key, at)
    taken: dict[str, int] = {}
    for known in (full, weak):
        for field in profile.fields:
            if field.name not in taken:
                found = _first(known, map(heading_key, field.headings), set(taken.values()))
                if found is not None:
                    taken[field.name] = found
    columns = tuple(taken.get(field.name) for field in profile.fields)
    return Match(profile, columns, sum(1 for heading in headings if heading.strip()))


def _lay_exactly(profile: Profile, headings: Sequence[str]) -> Match:
    """A user's profile: each field has the very column it was told, and one column may serve several."""
    names = unique_headings([heading.strip() for heading in headings])
    exact = {name: at for at, name in reversed(list(enumerate(names)))}
    loose: dict[str, int | None] = {}
    for at, name in enumerate(names):
        key = heading_key(name)
        loose[key] = None if key in loose else at
    told = (field.headings[0] if field.headings else "" for field in profile.fields)
    columns = tuple(exact.get(name, loose.get(heading_key(name))) if name else None for name in told)
    known = {heading_key(name) for name in profile.known}
    found = known & {heading_key(name) for name in names}
    present = found | {heading_key(heading) for heading in headings if heading.strip()}
    alike = len(found) >= _KNOWN_SHARE * len(known) and len(found) >= _FILE_SHARE * len(present)
    return Match(profile, columns, len(present), alike)


def unique_headings(cells: Sequence[str]) -> list[str]:
    """A name for each column: blank ones numbered, repeated ones told apart."""
    names: list[str] = []
    for at, cell in enumerate(cells):
        name = cell or f"Column {at + 1}"
        again = 2
        while name in names:
            name, again = f"{cell or f'Column {at + 1}'} ({again})", again + 1
        names.append(name)
    return names


def _first(known: dict[str, int], keys: Iterable[str], taken: set[int]) -> int | None:
    return next((known[key] for key in keys if key in known and known[key] not in taken), None)


def best_match(profiles: Iterable[Profile], headings: Sequence[str], hint: str = "") -> Match | None:
    """The profile that fits a header row best; None when none fits or two fit equally. `hint`: the file's name, which
    decides between equals."""
    present = _keys_of(headings)
    likely = (one for one in profiles if one.known or all(not keys.isdisjoint(present) for keys in _marks(one)))
    laid = (lay_over(profile, headings) for profile in likely)
    fitting = sorted((match for match in laid if match.fits(hint)), key=_rank, reverse=True)
    if not fitting:
        return None
    equals = [match for match in fitting if match.found == fitting[0].found]
    if len(equals) == 1:
        return equals[0]
    named = [match for match in equals if hint and match.profile.table in heading_key(hint)]
    whole = [match for match in equals if match.found == len(match.profile.fields)]
    return next((group[0] for group in (named, whole) if len(group) == 1), None)


def _keys_of(headings: Sequence[str]) -> set[str]:
    """Every key by which a heading of the row may be found."""
    found: set[str] = set()
    for heading in headings:
        if heading.strip():
            found.add(heading_key(heading))
            found.update(weaker_keys(heading))
    return found


_MARKS: dict[int, tuple[Profile, tuple[frozenset[str], ...]]] = {}


def _marks(profile: Profile) -> tuple[frozenset[str], ...]:
    """The keys of each group of the fingerprint: a row without any of a group's cannot be the profile's header."""
    kept = _MARKS.get(id(profile))
    if kept is None or kept[0] is not profile:
        groups = (
            (heading for name in group for heading in profile.fields[profile.positions[name]].headings)
            for group in profile.fingerprint
        )
        kept = _MARKS[id(profile)] = (profile, tuple(frozenset(map(heading_key, group)) for group in groups))
    return kept[1]


def _rank(match: Match) -> tuple[int, int]:
    return match.score


def nearest(profiles: Iterable[Profile], headings: Sequence[str]) -> Match | None:
    """The profile nearest to a header row that none fits: the most columns, at least half of its fingerprint."""
    matches = [lay_over(profile, headings) for profile in profiles]
    near = [one for one in matches if one.found >= 2 and 2 * len(one.missing) <= len(one.profile.fingerprint)]
    return max(near, key=_rank, default=None)


def mapping_of(match: Match, headings: Sequence[str]) -> tuple[tuple[str, str | None], ...]:
    """Each heading beside our `table.column`, None for what is kept as a note."""
    pairs = zip(match.profile.fields, match.columns, strict=True)
    ours = {at: field.target or None for field, at in reversed(list(pairs)) if at is not None}
    return tuple((heading, ours.get(at)) for at, heading in enumerate(headings) if heading.strip())


def owners_of(match: Match) -> tuple[int, ...]:
    """Positions of the columns that name a producer, or whatever else the profile's rows are about (`labels`)."""
    return tuple(
        at
        for field, at in zip(match.profile.fields, match.columns, strict=True)
        if at is not None and (field.kind is Kind.PRODUCER or field.name in match.profile.labels)
    )
