"""People's names as systems write them: nobody, leavers, two of them in one cell, last name first.

Knows no system and no producer of the agency; who is meant is settled when the rows are taken in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.core.templates import Cell

INACTIVE = "zz-"
_NOBODY = frozenset({"unknown", "unassigned", "none", "n/a", "no producer", "not assigned", "(none)", "-"})
_LEAVER = re.compile(r"zz\s*-\s*", re.IGNORECASE)


class Roster:
    """The people that a file names. Cells go through `person`, and `note` says what was found of them."""

    def __init__(self, system: str) -> None:
        self._system = system
        self._inactive: set[str] = set()

    def person(self, cell: Cell) -> Cell:
        """The name without the mark of people who left; None for the system's own word for nobody."""
        text = "" if cell is None else " ".join(str(cell).split())
        marked = _LEAVER.match(text)
        if marked is not None:
            text = text[marked.end() :].strip()
        if not text or text.lower() in _NOBODY:
            return None
        if marked is not None:
            self._inactive.add(text)
        return text

    def joined(self, first: Cell, last: Cell) -> Cell:
        """One person from two columns."""
        return self.person(" ".join(str(part) for part in (first, last) if part is not None))

    @property
    def note(self) -> str | None:
        """Who is marked as having left, in a sentence; None when nobody is."""
        if not self._inactive:
            return None
        return f"Marked inactive (zz-) in {self._system}: {', '.join(sorted(self._inactive))}."


def several(cell: Cell) -> tuple[str, ...]:
    """The names in `A/B` (or `A; B`, `A & B`); one name stays one."""
    parts = re.split(r"\s*/\s*|\s*;\s*|\s+&\s+|\s+and\s+", "" if cell is None else str(cell).strip())
    return tuple(part for part in parts if part)


def share_text(names: Sequence[str], parts: Sequence[float]) -> str:
    """Shares as a policy keeps them, `A:0.6;B:0.4`."""
    return ";".join(f"{name}:{part!r}" for name, part in zip(names, parts, strict=True))


def first_and_last(cell: Cell) -> tuple[str | None, str | None]:
    """First and last name of `First Last` or `Last, First`; a single word is a last name."""
    text = "" if cell is None else " ".join(str(cell).split())
    if "," in text:
        last, _comma, first = (part.strip() for part in text.partition(","))
        return first or None, last or None
    first, _space, last = text.rpartition(" ")
    return first or None, last or None
