"""Checks of rows of what is planned and agreed: their JSON must have the shape that the program gave it.

Such files are the program's own, but anybody may have edited them. Knows no file and no book.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from desktop.core.meetings import AGENDA
from desktop.core.periods import iso_week
from desktop.core.templates import TEMPLATES, Row
from desktop.errors import UserError
from desktop.importers.profiles.profile import Finding

_PLANS = ("ept", "newren", "basegrowth", "newproducer")


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_seconds(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(spent, int) and not isinstance(spent, bool) and spent >= 0 for spent in value.values()
    )


def _is_notes(value: Any) -> bool:
    return _is_texts(value) and value.keys() <= {item.id for item in AGENDA}


_SHAPES: Mapping[tuple[str, str], tuple[Callable[[Any], bool], str]] = MappingProxyType(
    {
        ("plans", "inputs"): (_is_texts, "is no object of texts"),
        ("meetings", "notes"): (_is_notes, "is no object of texts by item of the agenda"),
        ("meetings", "ticks"): (_is_list, "is no list of texts"),
        ("meetings", "seconds"): (_is_seconds, "is no object of whole seconds"),
        ("scorecards", "wins"): (_is_list, "is no list of texts"),
        ("scorecards", "challenges"): (_is_list, "is no list of texts"),
        ("scorecards", "priorities"): (_is_list, "is no list of texts"),
    }
)


def check(table: str, row: Row) -> list[Finding]:
    """What cannot be in a row of `plans`, `plan_weeks`, `meetings` or `scorecards`."""
    cells = dict(zip(TEMPLATES[table].names, row, strict=True))
    found: list[Finding] = []
    if table == "plans" and cells["plan"] not in _PLANS:
        found.append(("plan", f"is none of {', '.join(_PLANS)}"))
    if "week" in cells and not _is_week(str(cells["week"])):
        found.append(("week", "is no week such as 2026-W10"))
    for (owner, name), (fits, why) in _SHAPES.items():
        if owner == table and cells[name] is not None and not fits(json.loads(str(cells[name]))):
            found.append((name, why))
    return found


def _is_week(text: str) -> bool:
    try:
        iso_week(text)
    except UserError:
        return False
    return True
