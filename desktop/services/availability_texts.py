"""Leave, hours and licenses as people read and type them: Leave, Mon, where the template says leave and 1.

Turns texts into texts, so that one grid serves eyes and template alike. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from desktop.services.grids import Line

KINDS: Mapping[str, str] = MappingProxyType({"leave": "Leave", "hours": "Hours", "license": "License"})
WEEKDAYS: Mapping[str, str] = MappingProxyType(
    {"1": "Mon", "2": "Tue", "3": "Wed", "4": "Thu", "5": "Fri", "6": "Sat", "7": "Sun"}
)
_NONE = "0"
"""A weekday that there is not: refused where the line is read."""
_SHORTEST = 2
_NUMBERS = {
    whole[:length]: number
    for number, whole in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), start=1
    )
    for length in range(_SHORTEST, len(whole) + 1)
}


def shown(line: Line) -> Line:
    """The line of the template as people read it."""
    kind, day = line.texts.get("kind", ""), line.texts.get("weekday", "")
    return replace(line, texts={**line.texts, "kind": KINDS.get(kind, kind), "weekday": WEEKDAYS.get(day, day)})


def read(line: Line) -> Line:
    """The typed line as the template writes it: a weekday by its number or its name, cut short or not."""
    day = line.texts.get("weekday", "").strip().rstrip(".").casefold()
    number = day if day in WEEKDAYS or not day else str(_NUMBERS.get(day, _NONE))
    return replace(line, texts={**line.texts, "weekday": number})
