"""What a setting's value must look like. Each check returns the value in its one canonical form or raises UserError.

Knows values, not keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.errors import UserError

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Check = Callable[[Json], Json]
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_WEEKDAYS = tuple("1234567")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONGEST = 500


def refuse(value: Json, expected: str) -> UserError:
    """The error that says what was expected instead of `value`."""
    shown = json.dumps(value, ensure_ascii=False)
    return UserError(f"{shown if len(shown) < 60 else shown[:57] + '...'} cannot be used.", f"Give {expected}.")


def text(value: Json) -> Json:
    if not isinstance(value, str):
        raise refuse(value, "a text in quotation marks")
    if len(value) > _LONGEST or not all(letter.isprintable() or letter == "\n" for letter in value):
        raise refuse(value, f"a text of at most {_LONGEST} letters without control characters")
    return value.strip()


def optional_text(value: Json) -> Json:
    return None if value is None or value == "" else text(value)


def flag(value: Json) -> Json:
    if not isinstance(value, bool):
        raise refuse(value, "true or false")
    return value


def number(low: float, high: float, expected: str) -> Check:
    """A number from `low` to `high`; whole ones stay whole."""

    def check(value: Json) -> Json:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise refuse(value, expected)
        return int(value) if float(value).is_integer() else value

    return check


def whole(low: int, high: int) -> Check:
    expected = f"a whole number from {low} to {high}"
    ranged = number(low, high, expected)

    def check(value: Json) -> Json:
        found = ranged(value)
        if not isinstance(found, int):
            raise refuse(value, expected)
        return found

    return check


def one_of(*choices: str) -> Check:
    def check(value: Json) -> Json:
        if value not in choices:
            raise refuse(value, "one of " + ", ".join(f'"{choice}"' for choice in choices))
        return value

    return check


def time_zone(value: Json) -> Json:
    expected = 'a time zone like "America/New_York"'
    if not isinstance(value, str) or ("/" not in value and value != "UTC"):
        raise refuse(value, expected)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse(value, expected) from None
    return value


def hours(value: Json) -> Json:
    """{"1": ["08:00", "18:00"]}: from when to when, by ISO weekday; a day that is missing or null is free."""
    expected = 'business hours like {"1": ["08:00", "18:00"]} with 1 = Monday'
    if not isinstance(value, dict) or not value.keys() <= set(_WEEKDAYS):
        raise refuse(value, expected)
    kept = {day: value[day] for day in _WEEKDAYS if value.get(day) is not None}
    if not kept:
        raise UserError("Some day must have business hours.", f"Give {expected}.")
    for day, span in kept.items():
        if not isinstance(span, list) or len(span) != 2 or not all(_is_time(end) for end in span):
            raise refuse(span, expected)
        if str(span[0]) >= str(span[1]):
            raise UserError(
                f"{_NAMES[int(day) - 1]}: business hours end after they begin; {span[0]} to {span[1]} would run past "
                "midnight.",
                "End them at midnight (24:00) at the latest.",
            )
    return {day: kept[day] for day in kept}


def _is_time(value: Json) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def holidays(value: Json) -> Json:
    """Dates, or null for the US federal ones."""
    expected = 'a list of dates like "2026-07-03", or null for the US federal holidays'
    if value is None:
        return None
    if not isinstance(value, list):
        raise refuse(value, expected)
    return [day.isoformat() for day in sorted({_day(day, expected) for day in value})]


def _day(value: Json, expected: str) -> date:
    if not isinstance(value, str):
        raise refuse(value, expected)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise refuse(value, expected) from None


def lines(value: Json) -> Json:
    """[{name, synonyms, group}], no name or synonym twice."""
    expected = 'a list of lines like {"name": "BOP", "synonyms": ["Businessowners"], "group": "commercial"}'
    if not isinstance(value, list) or not value:
        raise refuse(value, expected)
    taken: dict[str, int] = {}
    listed: list[Json] = []
    for place, entry in enumerate(value):
        line = _record(entry, {"name"}, {"synonyms", "group"}, expected)
        name = _filled(line["name"], expected)
        synonyms = line.get("synonyms") or []
        if not isinstance(synonyms, list):
            raise refuse(entry, expected)
        known: list[Json] = [_filled(synonym, expected) for synonym in synonyms]
        for word in (name, *map(str, known)):
            if taken.setdefault(word.casefold(), place) != place:
                raise UserError(f"{word} stands for two lines.", "Give each name and synonym once.")
        group = one_of("personal", "commercial", "life", "")(line.get("group") or "")
        listed.append({"name": name, "synonyms": known, "group": group or None})
    return listed


def carriers(value: Json) -> Json:
    """[{carrier, line, rate}], the agency's usual commission; each carrier and line once."""
    expected = 'a list like {"carrier": "Acme Mutual", "line": "BOP", "rate": 0.15}'
    if not isinstance(value, list):
        raise refuse(value, expected)
    rate = number(0, 1, "a rate from 0 to 1")
    listed: list[Json] = []
    seen = set()
    for entry in value:
        record = _record(entry, {"carrier", "line", "rate"}, set(), expected)
        carrier, line = _filled(record["carrier"], expected), _filled(record["line"], expected)
        if (carrier.casefold(), line.casefold()) in seen:
            raise UserError(f"{carrier} has two rates for {line}.", "Give each carrier and line once.")
        seen.add((carrier.casefold(), line.casefold()))
        listed.append({"carrier": carrier, "line": line, "rate": rate(record["rate"])})
    return listed


def weights(names: Mapping[str, float], sum_to_one: bool = False) -> Check:
    """{name: weight}; what is left out keeps its default."""
    expected = "weights from 0 to 1000 for " + ", ".join(names)
    weight = number(0, 1000, expected)

    def check(value: Json) -> Json:
        if not isinstance(value, dict) or not value.keys() <= names.keys():
            raise refuse(value, expected)
        found: dict[str, Json] = {name: weight(value.get(name, default)) for name, default in names.items()}
        total = sum(float(str(part)) for part in found.values())
        if sum_to_one and abs(total - 1) > 1e-9:
            raise UserError(f"The weights add up to {total:g} instead of 1.", f"Give {expected} that add up to 1.")
        return found

    return check


def rising(count: int) -> Check:
    """`count` whole numbers, each greater than the one before."""
    expected = f"a list of {count} rising whole numbers"
    step = whole(0, 100_000)

    def check(value: Json) -> Json:
        if not isinstance(value, list) or len(value) != count:
            raise refuse(value, expected)
        found = [step(part) for part in value]
        if any(int(str(b)) <= int(str(a)) for a, b in pairwise(found)):
            raise refuse(value, expected)
        return list(found)

    return check


def band(value: Json) -> Json:
    """[green, red]: green beyond the first, red beyond the second; or two ranges [[3, 5], [2, 7]]; or null."""
    expected = "two edges like [5, 15] (green below 5, red above 15) or two ranges like [[3, 5], [2, 7]]"
    edge = number(-1e9, 1e9, expected)
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2:
        raise refuse(value, expected)
    if not isinstance(value[0], list):
        return [edge(value[0]), edge(value[1])]
    ranges: list[Json] = []
    for part in value:
        if not isinstance(part, list) or len(part) != 2:
            raise refuse(value, expected)
        low, high = edge(part[0]), edge(part[1])
        if float(str(low)) > float(str(high)):
            raise refuse(value, expected)
        ranges.append([low, high])
    return ranges


def _record(entry: Json, needed: set[str], possible: set[str], expected: str) -> dict[str, Json]:
    if not isinstance(entry, dict):
        raise refuse(entry, expected)
    if missing := sorted(needed - entry.keys()):
        raise UserError(f"An entry lacks {' and '.join(missing)}.", f"Give {expected}.")
    if unknown := sorted(entry.keys() - needed - possible):
        raise UserError(f"An entry has no {', '.join(unknown)}.", f"Give {expected}.")
    return entry


def _filled(value: Json, expected: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise refuse(value, expected)
    return value.strip()
