"""Counties and states by the names people write: `Bexar County, TX`, `Orleans Parish, LA`, `TX`, `Texas`.

A name is looked up, never guessed: one that could be two counties belongs to the one that is spelled so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from desktop.places.states import STATE_NAMES
from desktop.places.zips import known_zips, zip_place, zips_of_county, zips_of_state

MILITARY: Mapping[str, str] = {"AA": "Armed Forces Americas", "AE": "Armed Forces Europe", "AP": "Armed Forces Pacific"}
_KINDS = re.compile(
    r"(?: county| parish| borough| census area| municipality| city and borough| \(city\)| \(ca\)| city)$"
)


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A state (`fips` None) or a county: `label` is how it is written in a table."""

    label: str
    state: str
    fips: str | None

    def zips(self) -> tuple[str, ...]:
        """Its ZIPs, in order."""
        return _zips_of_state(self.state) if self.fips is None else zips_of_county(self.fips)


def read_area(text: str) -> NamedArea | None:
    """The county or state of that name; None for what is neither. A county needs its state: `Bexar County, TX`."""
    name, comma, last = text.rpartition(",")
    state = _state(last)
    if state is None:
        return None
    if not comma:
        return NamedArea(state, state, None)
    fips = _counties().get((state, _plain(name)))
    return None if fips is None else NamedArea(county_label(fips), state, fips)


def county_label(fips: str) -> str:
    """A county as a table writes it, `Bexar County, TX`; KeyError for an unknown code."""
    name, state = _names()[fips]
    return f"{_full(name, state)}, {state}"


def _state(text: str) -> str | None:
    plain = " ".join(text.replace(".", "").split()).upper()
    if plain in STATE_NAMES or plain in MILITARY:
        return plain
    return next((code for code, name in STATE_NAMES.items() if name.upper() == plain), None)


def _full(name: str, state: str) -> str:
    if _KINDS.search(name.lower()) or name.lower().startswith("city of ") or state in {"AK", "DC", "PR"}:
        return name
    return f"{name} {'Parish' if state == 'LA' else 'County'}"


def _plain(text: str) -> str:
    return re.sub(r"\bsaint\b", "st", " ".join(text.replace(".", "").casefold().split()))


@cache
def _names() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for code in known_zips():
        place = zip_place(code)
        if place is not None and place.fips:
            found.setdefault(place.fips, (place.county, place.state))
    return found


@cache
def _counties() -> Mapping[tuple[str, str], str]:
    """FIPS codes by state and plain name: as the table spells them first, then in the other ways people write them."""
    found: dict[tuple[str, str], str] = {}
    for first in (True, False):
        for fips, (name, state) in sorted(_names().items()):
            for spelled in [_full(name, state), name] if first else _other_ways(name):
                found.setdefault((state, _plain(spelled)), fips)
    return found


def _other_ways(name: str) -> Iterator[str]:
    bare = name.removeprefix("City of ")
    if bare != name:
        yield f"{bare} city"
        yield f"{bare} (city)"
    stem = _KINDS.sub("", name.lower())
    if name.endswith("(city)"):
        yield f"{stem} city"
        yield f"city of {stem}"
    if bare == name and not name.endswith("(city)"):
        yield stem
        yield f"{stem} county"
        yield f"{stem} borough"


@cache
def _zips_of_state(code: str) -> tuple[str, ...]:
    return zips_of_state(code)
