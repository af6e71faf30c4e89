"""Tables as CSV and XLSX files that no spreadsheet can be tricked into running (files.md 3)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

Value = str | int | float | date | None

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
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


def write_xlsx(path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a table as a workbook of one sheet: heading in bold and kept in sight, text as text, never as a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = sheet_title(title, ())
    for row, values in enumerate([headings, *rows], 1):
        for column, value in enumerate(values, 1):
            put(sheet, row, column, value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    book.save(path)


def put(sheet: Any, row: int, column: int, value: Value) -> Any:
    """Enter a value into a cell, text always as text and without what a workbook cannot hold; returns the cell."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)[:_LONGEST_CELL]
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def sheet_title(text: str, taken: Iterable[str]) -> str:
    """A name for a sheet: at most 31 characters, none of those that are forbidden, and unlike the ones taken."""
    used = {name.casefold() for name in taken}
    plain = re.sub(r"[\[\]:*?/\\]", "-", _UNPRINTABLE.sub("", text)).strip(" '") or "Sheet"
    title, number = plain[:31], 1
    while title.casefold() in used:
        number += 1
        ending = f" {number}"
        title = plain[: 31 - len(ending)] + ending
    return title
