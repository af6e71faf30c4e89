"""Whatever stands in the cells of a known layout: no crash, and no line is lost or taken twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import accounted
from tests.importers.profiles.exports import Layout
from tests.importers.profiles.test_recognition import LAYOUTS, NAMES

Load = Callable[..., list[Reading]]
CELLS = (
    "", "", "A1", "A1", "A2", "Tess Marlow", "Marlow, Tess (12)", "DW - Dana Whitfield", "A/B", "Unknown", "zz-Owen",
    "1/1/2026", "3/5/2026", "1/1/2027", "13/45/2026", "Mar 10", "Today", "2026-02-01T09:00:00", "$1,200.00", "(5.00)",
    "0", "60%", "40%", "60/40", "1.23457E+12", "New Business", "Policy Change", "Cancellation", "Reinstatement",
    "Renewal", "Open", "Closed-successful", "Won", "Lost", "Quoted", "Phone To Insured", "   Property", "6", "Total",
    "MA", "02134", "tess@example.com", "614-555-0142", "\u00a0", "'=1+1", "café", "9" * 40,
)  # fmt: skip
DATES = ("1/1/2026", "3/5/2026", "1/1/2027", "2/1/2026", "7/1/2026", "")
LIKELY = {
    "number": ("A1", "A2", "A3", ""), "effective": DATES[:3], "expires": DATES, "day": DATES, "date": DATES,
    "entered": DATES, "closed": DATES, "received": DATES, "client": ("Tess Marlow", "Marlow, Tess"),
    "id": ("1", "2", ""),
    "transaction": ("New Business", "Renewal", "Policy Change", "Cancelled", "Reinstatement", ""),
    "premium": ("100", "200", "(50.00)", "0", ""), "line": ("Auto", "Commercial Package", "   Property"),
    "producer": ("Dana", "Owen", "A/B", ""), "split": ("60%", "40%", ""), "term": ("6", "12", ""),
    "status": ("Open", "Active", "Cancelled", "Closed-successful", ""), "stage": ("Quoted", "Won", "Contacted"),
}  # fmt: skip


def _cell(chance: random.Random, key: str, at: int) -> str:
    """Rows of nothing but chance, and rows that are nearly right."""
    wild = at % 2 == 0 or chance.random() < 0.02
    return chance.choice(CELLS if wild else LIKELY.get(key, ("x", "")))


@pytest.mark.parametrize(("name", "layout"), LAYOUTS, ids=NAMES)
def test_every_line_goes_somewhere(tmp_path: Path, load: Load, name: str, layout: Layout) -> None:
    chance = random.Random(f"{name} {layout.name}")
    keys = [key for _heading, key in layout.columns]
    rows = [{key: _cell(chance, key, at) for key in keys} for at in range(300)]
    path, lines = layout.write(tmp_path, rows)
    (reading,) = load(path)
    assert (reading.problem, reading.profile) == (None, name)
    passed = {skipped.line for skipped in reading.skipped}
    blank = {line for line, row in zip(lines, rows, strict=True) if not "".join(row.values()).strip()}
    expected = [line for line in lines if line not in passed | blank]
    found = accounted(reading)
    assert found == expected
    assert reading.rows == len(expected)
