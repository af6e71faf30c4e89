"""The ZIP table: where a ZIP is, and which ZIPs there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from desktop.places import packed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ZIP is: `fips` is the county's five digits, empty as `county` for military addresses."""

    zip5: str
    state: str
    fips: str
    county: str
    city: str
    lat: float
    lon: float


@cache
def _table() -> tuple[date, Mapping[str, str]]:
    """The day of the data, and each ZIP's line: reading them apart at once would take ten times as long."""
    day, _, lines = packed.read("zips.tsv.xz").partition("\n")
    return date.fromisoformat(day), {line[:5]: line for line in lines.splitlines()}


def zip_place(zip5: str) -> Place | None:
    """Where the five digits `zip5` are, or None when the table does not have them."""
    line = _table()[1].get(zip5)
    if line is None:
        return None
    code, state, fips, county, city, lat, lon = line.split("\t")
    return Place(code, state, fips, county, city, float(lat), float(lon))


def table_date() -> date:
    """The day of the table's data; ZIPs introduced later are not in it."""
    return _table()[0]


@cache
def known_zips() -> frozenset[str]:
    """All ZIPs of the table, military ones included."""
    return frozenset(_table()[1])


@cache
def _by_county() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for zip5, line in _table()[1].items():
        found[line[6:].split("\t", 2)[1]].append(zip5)
    return {fips: tuple(zips) for fips, zips in found.items() if fips}


def zips_of_county(fips: str) -> tuple[str, ...]:
    """The ZIPs of the county with that five-digit code, in order; none for an unknown one."""
    return _by_county().get(fips, ())


def zips_of_state(code: str) -> tuple[str, ...]:
    """The ZIPs of the state with that postal code (`NY`; `AE` and the like are military), in order."""
    return tuple(zip5 for zip5, line in _table()[1].items() if line[6:8] == code)
