"""Outlines of states and counties of 2023 on a plane of 975 x 610, Alaska and Hawaii moved under the southwest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from desktop.places import packed
from desktop.places.states import STATE_OF_FIPS

WIDTH, HEIGHT = 975.0, 610.0

Spot: TypeAlias = tuple[float, float]
Line: TypeAlias = tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A state or county: FIPS code, name, postal code of the state, and closed rings (holes among them)."""

    fips: str
    name: str
    state: str
    rings: tuple[Line, ...]


@cache
def state_shapes() -> tuple[Shape, ...]:
    """The fifty states and the District of Columbia, by FIPS code."""
    return _shapes("states.json.xz")


@cache
def county_shapes() -> tuple[Shape, ...]:
    """All counties, and what stands for them, by FIPS code. Read once; it takes about a third of a second."""
    return _shapes("counties.json.xz")


def _shapes(name: str) -> tuple[Shape, ...]:
    data = json.loads(packed.read(name))
    arcs = [_spots(arc, data["transform"]) for arc in data["arcs"]]
    return tuple(
        Shape(fips, label, STATE_OF_FIPS[fips[:2]], _rings(polygons, arcs)) for fips, label, polygons in data["shapes"]
    )


def _rings(polygons: Sequence[Sequence[Sequence[int]]], arcs: Sequence[Line]) -> tuple[Line, ...]:
    """The rings of a shape without those so small that they have no area left, if any other is there."""
    rings = [_ring(numbers, arcs) for polygon in polygons for numbers in polygon]
    return tuple(ring for ring in rings if len(ring) > 3) or (max(rings, key=len),)


def _spots(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> Line:
    """A line of TopoJSON: each spot is given as steps from the one before."""
    (across, down), (left, top) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for step_x, step_y in arc:
        x += step_x
        y += step_y
        found.append((x * across + left, y * down + top))
    return tuple(found)


def _ring(numbers: Sequence[int], arcs: Sequence[Line]) -> Line:
    """The lines joined: a negative number means the line of its complement, backwards."""
    ring: list[Spot] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += line[1:] if ring else line
    return tuple(ring)
