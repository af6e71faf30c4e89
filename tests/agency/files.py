"""Writes the agency as the files a principal would drop: titles above, totals below, every delimiter and encoding.

Each file's spoiled rows are known: line, column and value of every cell that nobody can read.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.agency import forms, truth
from tests.agency.truth import Row, Tables

TOTALLED = {"policies": "annual_premium", "quotes": "premium"}


@dataclass(frozen=True)
class Shape:
    """How a file looks outside its rows."""

    name: str
    encoding: str = "utf-8"
    delimiter: str = ","
    titles: tuple[str, ...] = ()
    blank_lines: bool = False
    total: bool = False
    percent: bool = False
    only: tuple[str, str] | None = None
    required: tuple[str, ...] = ()


SHAPES: dict[str, tuple[Shape, ...]] = {
    "producers": (Shape("producers.csv", "utf-8-sig"),),
    "sources": (Shape("Sources 2026.csv", "cp1252", ";"),),
    "targets": (Shape("targets.csv"),),
    "leads": (Shape("leads.xlsx", titles=("Lead listing", "Run date: 6/30/2026")),),
    "owners": (Shape("owners.csv", "utf-8"),),
    "stages": (Shape("stages.txt", "utf-16", "\t", blank_lines=True),),
    "policies": (
        Shape("policies.csv", "cp1252", ",", ("Policy register", "Filter: all offices"), total=True, percent=True),
    ),
    "premiums": (Shape("premium changes.csv", "utf-8", ";"),),
    "quotes": (Shape("quotes.csv", "utf-8", "|", total=True, blank_lines=True),),
    "activities": (
        Shape("activities_to_january.csv", "cp1252", ",", ("Activity log",), only=("2025-01-01", "2026-01-31")),
        Shape("activities_2026.tsv", "utf-8-sig", "\t", blank_lines=True, only=("2026-01-15", "2026-12-31")),
    ),
    "availability": (Shape("availability.csv"),),
}


@dataclass(frozen=True)
class Spoiled:
    """A row that must be rejected for the value in one column; `column` is the heading of the file."""

    file: str
    line: int
    column: str
    value: str


@dataclass
class Written:
    """What was written: how many data rows each file has and which of them nobody can read."""

    rows: dict[str, int] = field(default_factory=dict)
    spoiled: list[Spoiled] = field(default_factory=list)


BAD: dict[str, tuple[tuple[str, str], ...]] = {
    "producers": (("hired_on", "sometime"),),
    "leads": (("received_at", "2026-02-30"), ("estimated_premium", "about 900"), ("zip", "ABCDE")),
    "stages": (("entered_at", "13/45/2026"), ("pipeline", "sewer"), ("entered_at", "")),
    "policies": (("annual_premium", "12,34x"), ("bound_on", "31/12/2025"), ("transaction", "endorse?"),
                 ("shares", "P01:0.5;P05:0.4"), ("client", "")),
    "quotes": (("delivered_on", "Feb 31, 2026"), ("premium", "N/A?")),
    "activities": (("occurred_at", "2026-13-01"), ("kind", "telepathy"), ("count", "2.5"), ("minutes", "ten"),
                   ("bulk", "perhaps"), ("direction", "sideways")),
    "targets": (("target", "many"),),
}  # fmt: skip


def write(folder: Path, tables: Tables, seed: int = 1) -> Written:
    """Write all files of the agency into `folder`."""
    written = Written()
    for table, shapes in SHAPES.items():
        for number, shape in enumerate(shapes):
            writer = _Writer(table, shape, tables, Random(f"{seed}:{shape.name}"), number == 0)
            writer.write(folder, written)
    carriers = [{"carrier": carrier, "line": line, "rate": rate} for carrier, line, rate in truth.CARRIERS]
    settings = {"agency.name": "Brandt & Fürst Insurance", "carriers": carriers}
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    return written


class _Writer:
    def __init__(self, table: str, shape: Shape, tables: Tables, rng: Random, spoil: bool) -> None:
        self.table, self.shape, self.rng = table, shape, rng
        self.people = {row["producer_code"]: row for row in tables["producers"]}
        self.rows = [row for row in tables[table] if self._is_inside(row)]
        self.columns = self._shuffled(list(dict.fromkeys(name for row in self.rows for name in row)))
        self.headings = {column: forms.heading(column, rng) for column in self.columns}
        self.bad = dict(self._places(BAD.get(table, ()))) if spoil else {}

    def _is_inside(self, row: Row) -> bool:
        if self.shape.only is None:
            return True
        return self.shape.only[0] <= row["occurred_at"][:10] <= self.shape.only[1]

    def _shuffled(self, columns: list[str]) -> list[str]:
        first = columns[0]
        rest = columns[1:]
        self.rng.shuffle(rest)
        return [first, *rest]

    def _places(self, bad: tuple[tuple[str, str], ...]) -> list[tuple[int, tuple[str, str]]]:
        """After which row each spoiled one stands."""
        step = max(len(self.rows) // (len(bad) + 1), 1)
        return [(step * (number + 1), cell) for number, cell in enumerate(bad)]

    def cells(self, row: Row) -> list[str]:
        stable = Random(repr(sorted((key, str(value)) for key, value in row.items())))
        spelled = {column: self._cell(column, row.get(column), row, stable) for column in sorted(self.columns)}
        return [spelled[column] for column in self.columns]

    def _cell(self, column: str, value: Any, row: Row, rng: Random) -> str:
        if column in forms.PEOPLE and self.table != "producers":
            if value is None:
                return truth.STRANGER if self.table in ("activities", "quotes", "policies") else ""
            return rng.choice(forms.name_texts(self.people[value]))
        return forms.text_of(column, value, rng, self.shape.percent)

    def write(self, folder: Path, written: Written) -> None:
        if self.shape.name.endswith(".xlsx"):
            self._write_sheet(folder, written)
        else:
            self._write_text(folder, written)
        written.rows[self.shape.name] = len(self.rows) + len(self.bad)

    # --- text -------------------------------------------------------------------------------------------------------

    def _write_text(self, folder: Path, written: Written) -> None:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.shape.delimiter, lineterminator="\r\n")
        for title in self.shape.titles:
            writer.writerow([title])
        if self.shape.titles:
            out.write("\r\n")
        writer.writerow([self.headings[column] for column in self.columns])
        for number, row in enumerate(self.rows, start=1):
            writer.writerow(self.cells(row))
            if number in self.bad:
                self._note(written, out.getvalue().count("\n") + 1, self.bad[number])
                writer.writerow(self._spoil(row, self.bad[number]))
            if self.shape.blank_lines and number % 97 == 0:
                out.write("\r\n")
        if self.shape.total:
            writer.writerow(self._total())
        (folder / self.shape.name).write_bytes(out.getvalue().encode(self.shape.encoding))

    def _total(self) -> list[str]:
        column = TOTALLED[self.table]
        total = sum(row[column] for row in self.rows)
        cells = [""] * len(self.columns)
        cells[0] = "Grand Total"
        cells[self.columns.index(column)] = f"${total // 100:,}.{total % 100:02d}"
        return cells

    def _spoil(self, row: Row, bad: tuple[str, str]) -> list[str]:
        """A copy of a row under another key, with one cell that cannot be read."""
        copy = dict(row)
        for key in ("lead_id", "policy_number", "activity_id", "quote_id", "producer_code"):
            if copy.get(key) and self.table not in ("stages", "activities", "quotes", "targets"):
                copy[key] = f"{copy[key]}X"
        cells = self.cells(copy)
        cells[self.columns.index(bad[0])] = bad[1]
        return cells

    def _note(self, written: Written, line: int, bad: tuple[str, str]) -> None:
        written.spoiled.append(Spoiled(self.shape.name, line, self.headings[bad[0]], bad[1]))

    # --- sheets -----------------------------------------------------------------------------------------------------

    def _write_sheet(self, folder: Path, written: Written) -> None:
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for title in self.shape.titles:
            sheet.append([title])
        sheet.append([])
        line = len(self.shape.titles) + 2
        self._append(sheet, line, [self.headings[column] for column in self.columns])
        for number, row in enumerate(self.rows, start=1):
            line += 1
            self._append(sheet, line, self._typed(row))
            if number in self.bad:
                line += 1
                self._note(written, line, self.bad[number])
                self._append(sheet, line, self._spoil(row, self.bad[number]))
        book.save(folder / self.shape.name)

    def _append(self, sheet: Any, line: int, cells: list[Any]) -> None:
        for number, cell in enumerate(cells, start=1):
            if cell not in (None, ""):
                sheet.cell(line, number, cell)

    def _typed(self, row: Row) -> list[Any]:
        """Cells as a spreadsheet holds them: real dates, numbers, and ZIPs that lost their zeros."""
        from datetime import datetime

        cells: list[Any] = list(self.cells(row))
        for number, column in enumerate(self.columns):
            value = row.get(column)
            if value is None or self.rng.random() < 0.3:
                continue
            if column in forms.MOMENTS and len(value) > 10:
                cells[number] = datetime.fromisoformat(value)
            elif column in forms.MONEY:
                cells[number] = value / 100
            elif column == "zip":
                cells[number] = int(value)
        return cells
