"""Made-up contacts as agencies' systems log them, with the activity that should come of each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from desktop.importers import Reading
from tests.importers.conftest import accounted, named
from tests.importers.profiles.exports import FIRST, LAST, PRODUCERS, Layout, us_date

Cells = dict[str, object]
Word = tuple[str, Cells]
"""What the system calls a contact, and what it is in our table."""


def tell(chance: random.Random, count: int, words: Sequence[Word]) -> list[tuple[dict[str, str], Cells]]:
    """Rows with the activity of each; ids are unique, so that every row is found again."""
    told = []
    for at in range(count):
        word, cells = words[at % len(words)]
        day = date(2025, 10, 1) + timedelta(days=chance.randrange(150))
        hour, minute = chance.randrange(8, 18), chance.randrange(60)
        who, client = chance.choice(PRODUCERS), f"{chance.choice(FIRST)} {chance.choice(LAST)} {at}"
        row = {
            "id": f"{5000 + at}", "kind": word, "date": us_date(day.isoformat()),
            "time": f"{(hour - 1) % 12 + 1}:{minute:02d} {'PM' if hour > 11 else 'AM'}", "producer": who,
            "client": client, "client_id": f"CL{at:04d}", "note": f"about matter {at}", "policy": f"P{at}",
        }  # fmt: skip
        truth: Cells = {
            "occurred_at": f"{day.isoformat()}T{hour:02d}:{minute:02d}:00", "producer": who, "client": client,
            "note": f"about matter {at}", **cells,
        }  # fmt: skip
        told.append((row, truth))
    return told


def check(
    reading: Reading, told: Sequence[tuple[dict[str, str], Cells]], lines: Sequence[int], *, timed: bool, with_id: bool
) -> None:
    """Row by row: the activities are those that were made up, and every line is accounted for."""
    assert reading.rejects == ()
    wanted = []
    for row, truth in told:
        cells = dict(truth)
        if not timed:
            cells["occurred_at"] = str(cells["occurred_at"])[:10]
        if with_id:
            cells["activity_id"] = row["id"]
        wanted.append(cells)
    assert named(reading) == wanted
    assert accounted(reading) == list(lines)


def write(
    layout: Layout, folder: Path, told: Sequence[tuple[dict[str, str], Cells]], **add: str
) -> tuple[Path, list[int]]:
    """The file, and the line of each row; `add` are cells that every row has."""
    return layout.write(folder, [add | row for row, _truth in told])
