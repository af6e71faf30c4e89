"""Writes made-up exports in many layouts: other names and orders of columns, titles, totals, blank lines, workbooks."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

from tests.importers.conftest import csv_bytes

FIRST = ("Tess", "Omar", "Ines", "Paul", "Greta", "Milo", "Asha", "Bram", "Lena", "Ruth", "Cole", "Nadia")
LAST = ("Marlow", "Okafor", "Hale", "Brandt", "Sorel", "Whitby", "Quill", "Varga", "Lind", "Amato", "Pryce", "Dove")
PRODUCERS = ("Dana Whitfield", "Owen Pryce", "Sam Okoro", "Lee Tanaka")


@dataclass(frozen=True)
class Layout:
    """How a file looks: `columns` pairs each heading with the key of a generated row; lines above and below."""

    name: str
    columns: Sequence[tuple[str, str]]
    titles: Sequence[Sequence[str]] = ()
    footers: Sequence[Sequence[str]] = ()
    blank_every: int = 0
    suffix: str = ".csv"
    delimiter: str = ","
    encoding: str = "utf-8"
    margin: int = 0
    leading: Sequence[Sequence[str]] = field(default=())

    def write(self, folder: Path, rows: Sequence[Mapping[str, str]]) -> tuple[Path, list[int]]:
        """The file, and the line of each row."""
        path = folder / f"{self.name}{self.suffix}"
        page, lines = self._page(rows)
        if self.suffix == ".xlsx":
            book = Workbook()
            sheet = book.active
            assert sheet is not None
            for cells in page:
                sheet.append([cell or None for cell in cells])
            book.save(path)
        elif self.suffix == ".xls":
            path.write_text(_html(page), encoding="utf-8")
        else:
            path.write_bytes(csv_bytes(page, self.delimiter, self.encoding))
        return path, lines

    def _page(self, rows: Sequence[Mapping[str, str]]) -> tuple[list[list[str]], list[int]]:
        pad = [""] * self.margin
        page = [[*pad, *cells] for cells in self.titles]
        page.append([*pad, *(heading for heading, _key in self.columns)])
        page += [[*pad, *cells] for cells in self.leading]
        lines = []
        for at, row in enumerate(rows, 1):
            if "section" in row:
                page.append([*pad, row["section"]])
            lines.append(len(page) + 1)
            page.append([*pad, *(row.get(key, "") for _heading, key in self.columns)])
            if self.blank_every and at % self.blank_every == 0:
                page.append([""] * (len(self.columns) + self.margin))
        page += [[*pad, *cells] for cells in self.footers]
        return page, lines


def _html(page: Sequence[Sequence[str]]) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td>{cell.replace('&', '&amp;')}</td>" for cell in cells) + "</tr>" for cells in page
    )
    return f"<html><body><table>{body}</table></body></html>"


def camel(columns: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """`Lead Source` as `LeadSource`."""
    return [("".join(word[:1].upper() + word[1:] for word in _words(heading)), key) for heading, key in columns]


def underscored(columns: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """`Lead Source` as `lead_source`."""
    return [("_".join(_words(heading)).lower(), key) for heading, key in columns]


def shuffled(columns: Sequence[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    """Another order."""
    mixed = list(columns)
    random.Random(seed).shuffle(mixed)
    return mixed


def _words(heading: str) -> list[str]:
    return [word for word in re.split(r"[^A-Za-z0-9&%#]+", heading) if word]


def dollars(cents: int) -> str:
    """`$1,234.50`, negatives in parentheses."""
    text = f"${abs(cents) // 100:,}.{abs(cents) % 100:02d}"
    return f"({text})" if cents < 0 else text


def us_date(iso: str) -> str:
    """`2026-03-07` as `3/7/2026`."""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{month}/{day}/{year}"
