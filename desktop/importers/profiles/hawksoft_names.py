"""How HawkSoft writes people: clients as `Name (1234)`, its own staff as `KSN - First Last`."""

from __future__ import annotations

import re

from desktop.core.templates import Cell

_CLIENT = re.compile(r"(.*\S)\s*\((\d{1,9})\)", re.ASCII | re.DOTALL)
_INITIALS = re.compile(r"[A-Z][A-Z0-9]{1,3}\s+[-–]\s+(?=\S)")


def client_name(cell: Cell) -> tuple[str | None, str | None]:
    """A client's name, and the number that stands in brackets behind it."""
    text = "" if cell is None else " ".join(str(cell).split())
    found = _CLIENT.fullmatch(text)
    return (found[1], found[2]) if found is not None else (text or None, None)


def without_initials(cell: Cell) -> Cell:
    """Each person's name without the initials in front; several stay several."""
    if cell is None:
        return None
    return "; ".join(_INITIALS.sub("", part.strip()) for part in str(cell).split(";") if part.strip())
