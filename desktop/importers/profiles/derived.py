"""What shapers make where a file has no such cell: ids that stay the same from file to file, and further notes."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date

from desktop.core.templates import Cell
from desktop.importers.values import folded

_DAY = re.compile(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII)


def made_id(prefix: str, *parts: Cell) -> str:
    """An id from what tells one record from another; case, punctuation and spaces of the parts do not matter."""
    text = "|".join("" if part is None else folded(str(part)) for part in parts)
    return f"{prefix}-{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def extended(extra: str | None, cells: dict[str, Cell]) -> str | None:
    """A row's further columns (JSON by heading) with those of `cells` that are not empty."""
    more = {name: str(cell) for name, cell in cells.items() if cell is not None}
    if not more:
        return extra
    return json.dumps((json.loads(extra) if extra else {}) | more, ensure_ascii=False, separators=(",", ":"))


def date_in(name: str) -> str | None:
    """The day in a file's name such as `sales-report - 2026-03-09T101112.123.csv`, as ISO text."""
    found = _DAY.search(name)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None
