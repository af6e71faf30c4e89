"""The program's answers about KPIs beside the independent readings, difference by difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

Figure = dict[str, Any]

CENT, SIXTH, FOURTH = Fraction(1, 199), Fraction(1, 1_900_000), Fraction(1, 19_000)
TOLERANCE = {"dollars": CENT, "minutes": FOURTH, "days": FOURTH}


def differences(answer: Figure, expected: dict[str, Figure]) -> list[str]:
    """Where the answer of `kpi` differs from the reading, in words."""
    found = []
    for one in answer["kpis"]:
        if one["id"] in expected:
            right = expected[one["id"]]
            found += [f"{one['id']}.{each}" for each in (*_sides(one, right), *_details(one, right["detail"]))]
    return found


def _sides(one: Figure, right: Figure) -> Iterator[str]:
    near = TOLERANCE.get(one["unit"], SIXTH)
    for key in ("value", "numerator", "denominator"):
        if not is_near(one[key], right[key], near):
            yield f"{key}: {one[key]} is not {shown(right[key])}"


def _details(one: Figure, right: Figure) -> Iterator[str]:
    near = TOLERANCE.get(one["unit"], SIXTH)
    for key, value in right.items():
        if key in ROWS:
            yield from ROWS[key](one["detail"]["rows"], value)
        elif not is_near(one["detail"][key], value, near if key != "share_within_5" else SIXTH):
            yield f"{key}: {one['detail'][key]} is not {shown(value)}"


def _buckets(rows: list[Figure], right: Figure) -> Iterator[str]:
    ours = {row["bucket"]: row["count"] for row in rows}
    if ours != right:
        yield f"rows: {ours} are not {right}"


def _by_source(rows: list[Figure], right: Figure) -> Iterator[str]:
    ours = {row["key"]: (row["numerator"], row["denominator"]) for row in rows}
    if ours != right or [row["key"] for row in rows] != sorted(ours):
        yield f"rows: {ours} are not {right}"


def _units(rows: list[Figure], right: Figure) -> Iterator[str]:
    if [row["by"] for row in rows] != list(right):
        yield f"rows: {rows} are not {right}"
    for row in rows:
        now, before = right[row["by"]]
        if not (is_near(row["value"], now, CENT) and is_near(row["previous"], before, CENT)):
            yield f"{row}: {shown(now)} {shown(before)}"


def _carriers(rows: list[Figure], right: Figure) -> Iterator[str]:
    ours = {row["carrier"]: (row["deals"], row["premium"], row["average"]) for row in rows}
    if set(ours) != set(right):
        yield f"rows: {set(ours)} are not {set(right)}"
    for name in set(ours) & set(right):
        if not all(is_near(mine, its, CENT) for mine, its in zip(ours[name], right[name], strict=True)):
            yield f"{name}: {ours[name]} is not {right[name]}"


def _sources(rows: list[Figure], right: Figure) -> Iterator[str]:
    names = ("leads", "closed", "premium", "commission", "cost", "roi")
    ours = {row["source"] and row["source"].casefold(): [row[name] for name in names] for row in rows}
    if set(ours) != set(right):
        yield f"rows: {set(ours)} are not {set(right)}"
    for key in set(ours) & set(right):
        if not all(is_near(mine, its, CENT) for mine, its in zip(ours[key], right[key], strict=True)):
            yield f"{key}: {ours[key]} is not {[shown(one) for one in right[key]]}"


ROWS: dict[str, Callable[[list[Figure], Figure], Iterator[str]]] = {
    "buckets": _buckets,
    "by_source": _by_source,
    "units": _units,
    "carriers": _carriers,
    "sources": _sources,
}
"""How the rows of a detail are held against what the reading calls them."""


def is_near(ours: float | None, right: Any, tolerance: Fraction) -> bool:
    if ours is None or right is None:
        return ours is None and right is None
    return abs(Fraction(ours) - Fraction(right)) <= tolerance


def shown(value: Any) -> Any:
    return None if value is None else float(value)
