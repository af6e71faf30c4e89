"""Tables as CSV files that no spreadsheet can be tricked into running (files.md 3)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

_STARTERS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Text that starts like a formula gets an apostrophe before it; numbers and everything else stay as they are.

    The importers take the apostrophe off again.
    """
    if not text.startswith(_STARTERS) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    digits = text[1:].replace(".", "", 1)
    return text[0] == "-" and digits.isascii() and digits.isdigit()


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as UTF-8 with a byte order mark, which Excel needs to see accents right."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(text) for text in headings])
        for row in rows:
            writer.writerow([harmless(text) for text in row])
