"""How a chart writes its numbers: whole beside a mark, short along an axis.

Knows units, no metric and no Qt.
"""

from __future__ import annotations

import math
from enum import StrEnum

EM_DASH = "—"
MINUS = "−"


class Unit(StrEnum):
    """What a number of a chart counts; MONEY is cents, RATE a fraction, MULTIPLE a factor such as 3.0."""

    COUNT = "count"
    MONEY = "money"
    DOLLARS = "dollars"
    RATE = "rate"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    POINTS = "points"
    MULTIPLE = "multiple"


_WORDS = {Unit.MINUTES: " min", Unit.HOURS: " h", Unit.DAYS: " days", Unit.POINTS: " pts"}
_SHORT = ((1e9, "B"), (1e6, "M"), (1e3, "k"))


def value_text(unit: Unit, value: float | None) -> str:
    """The value as a reader wants it: `$1,234`, `34.5%`, `12 min`; an em dash for None."""
    if value is None:
        return EM_DASH
    size = abs(value)
    if unit in (Unit.MONEY, Unit.DOLLARS):
        text = f"${math.floor((size / 100 if unit is Unit.MONEY else size) + 0.5):,}"
    elif unit is Unit.RATE:
        text = f"{size * 100:,.1f}%"
    elif unit is Unit.MULTIPLE:
        text = f"{size:,.1f}×"
    else:
        text = _number(size) + _WORDS.get(unit, "")
    return f"{MINUS}{text}" if value < 0 and any(sign in "123456789" for sign in text) else text


def tick_text(unit: Unit, value: float) -> str:
    """The value as short as an axis needs it: `$12k`, `40%`."""
    size = abs(value) / 100 if unit is Unit.MONEY else abs(value)
    if unit is Unit.RATE:
        text = f"{_trimmed(size * 100)}%"
    elif unit is Unit.MULTIPLE:
        text = f"{_trimmed(size)}×"
    else:
        text = _shortened(size)
        if unit in (Unit.MONEY, Unit.DOLLARS):
            text = f"${text}"
    return f"{MINUS}{text}" if value < 0 else text


def axis_word(unit: Unit) -> str:
    """What stands at the axis where the ticks do not say the unit themselves."""
    return _WORDS.get(unit, "").strip()


def plain(unit: Unit, value: float | None) -> float | None:
    """The value for a file: money in dollars, counts without a point, everything else as it is."""
    if value is None:
        return None
    if unit is Unit.COUNT and float(value).is_integer():
        return int(value)
    return value / 100 if unit is Unit.MONEY else value


def _number(size: float) -> str:
    shown = round(size, 1)
    return f"{shown:,.0f}" if float(shown).is_integer() else f"{shown:,.1f}"


def _trimmed(size: float) -> str:
    return f"{size:,.2f}".rstrip("0").rstrip(".")


def _shortened(size: float) -> str:
    for step, letter in _SHORT:
        if size >= step:
            return f"{_trimmed(round(size / step, 2))}{letter}"
    return _trimmed(size)
