"""Writes small exports and reads them, the way every importer test does."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from desktop.core.templates import TEMPLATES, Cell, Row
from desktop.importers import Options, Reading, read

TODAY = date(2026, 3, 9)
SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(today=TODAY, workspace=tmp_path / "workspace")


@pytest.fixture
def load(options: Options) -> Iterator[Callable[..., list[Reading]]]:
    """Reads paths and closes what came of it at the end."""
    opened: list[Reading] = []

    def run(*paths: Path, using: Options | None = None) -> list[Reading]:
        found = read(paths, using or options)
        opened.extend(found)
        return found

    yield run
    for reading in opened:
        reading.close()


def csv_bytes(rows: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=delimiter).writerows(rows)
    return page.getvalue().encode(encoding)


def rows_of(reading: Reading, table: str | None = None) -> list[Row]:
    return [row for batch in reading.batches() if batch.table == (table or reading.table) for row in batch.rows]


def named(reading: Reading, table: str | None = None) -> list[dict[str, Cell]]:
    """Rows as {column: value}, blanks left out."""
    names = TEMPLATES[table or reading.table].names
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        for row in rows_of(reading, table)
    ]


def accounted(reading: Reading) -> list[int]:
    """Every data line once: those that start records, those merged, those rejected."""
    starts = {line for batch in reading.batches() for line in batch.lines}
    return sorted([*starts, *reading.merged, *{issue.line for issue in reading.rejects}])
