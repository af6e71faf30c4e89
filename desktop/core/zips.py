"""ZIP codes and Canadian prefixes as typed, exported or spoiled by a spreadsheet (routing.md 1).

Must not know which ZIPs exist: whoever has the table passes them in.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from desktop.errors import UserError

CELLS = 100_000
"""How many five-digit codes there are; a ZIP's index is its number."""

ZEROS_RESTORED = "Leading zeros restored."
MILITARY = "Military address: ask for the home state."
UNKNOWN = "Unknown ZIP."

CANADIAN_FIRST = "ABCEGHJKLMNPRSTVXY"
CANADIAN_LATER = "ABCEGHJKLMNPRSTVWXYZ"

_FLOAT = re.compile(r"([0-9]+)\.0+")
_PLUS_FOUR = re.compile(r"([0-9]{3,5})\s*[-\u2013 ]\s*([0-9]{4})")
_CANADIAN = re.compile(rf"([{CANADIAN_FIRST}][0-9][{CANADIAN_LATER}])(?:[ -]?[0-9][{CANADIAN_LATER}][0-9])?")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Zip:
    """A code that routes: `zip5` is five digits ("US") or a Canadian three-character prefix ("CA")."""

    zip5: str
    plus4: str | None
    country: str
    warning: str | None


def parse(text: str | float | None, known: Collection[str] | None = None) -> Zip:
    """Reads a ZIP, ZIP+4 or Canadian code; `warning` says in sentences what was repaired or must be asked.

    A number is read as a spreadsheet would write it; None as an empty text.

    With `known`, the five-digit codes that exist, any other gets the warning "Unknown ZIP." and is kept.
    UserError for what is none of these; letters are never taken for digits. routing.md 1.
    """
    text = "" if text is None else str(text)
    bare = text.strip().upper()
    canadian = _CANADIAN.fullmatch(bare)
    if canadian:
        return Zip(canadian[1], None, "CA", None)
    digits, plus4 = _split(bare, text)
    zip5 = digits.zfill(5)
    warnings = []
    if len(digits) < 5:
        warnings.append(ZEROS_RESTORED)
    if is_military(zip5):
        warnings.append(MILITARY)
    if known is not None and zip5 not in known:
        warnings.append(UNKNOWN)
    return Zip(zip5, plus4, "US", " ".join(warnings) or None)


def index(zip5: str) -> int | None:
    """The number 0-99,999 of five plain digits; None for anything else."""
    return int(zip5) if len(zip5) == 5 and zip5.isdecimal() and zip5.isascii() else None


def is_canadian(prefix: str) -> bool:
    """Whether these are the first three characters of a Canadian code."""
    return len(prefix) == 3 and _CANADIAN.fullmatch(prefix) is not None


def is_military(zip5: str) -> bool:
    """Whether the ZIP belongs to AE (090-098), AA (340) or AP (962-966)."""
    area = zip5[:3]
    return "090" <= area <= "098" or area == "340" or "962" <= area <= "966"


def _split(bare: str, text: str) -> tuple[str, str | None]:
    """Three to five digits and the four after them, if any."""
    spoiled = _FLOAT.fullmatch(bare)
    if spoiled:
        bare = spoiled[1]
    pair = _PLUS_FOUR.fullmatch(bare)
    if pair:
        return pair[1], pair[2]
    bare = bare.removesuffix("-")
    if not _DIGITS.fullmatch(bare):
        raise _unreadable(text, "it is neither a ZIP of five digits nor a Canadian code")
    if len(bare) < 3:
        raise _unreadable(text, "it has fewer than three digits")
    if len(bare) in (8, 9):
        return bare[:-4], bare[-4:]
    if len(bare) > 5:
        raise _unreadable(text, f"it has {len(bare)} digits")
    return bare, None


def _unreadable(text: str, why: str) -> UserError:
    return UserError(f"“{text.strip()}” cannot be read as a ZIP: {why}.", "Enter five digits, such as 02134.")
