"""HawkSoft's activity log: actions say whom they went to."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import csv_bytes, named
from tests.importers.profiles import logs
from tests.importers.profiles.exports import Layout, camel, shuffled, underscored

Load = Callable[..., list[Reading]]
WORDS: tuple[logs.Word, ...] = (
    ("Phone To Insured", {"kind": "call", "direction": "outbound"}),
    ("Phone From Insured", {"kind": "call", "direction": "inbound"}),
    ("Phone To Carrier", {"kind": "note"}),
    ("Email To Insured", {"kind": "email", "direction": "outbound"}),
    ("Email From Insured", {"kind": "email", "direction": "inbound"}),
    ("Text To Insured", {"kind": "text", "direction": "outbound"}),
    ("In Person With Insured", {"kind": "meeting_held"}),
    ("Walk In", {"kind": "note"}),
    ("Mail To Insured", {"kind": "note"}),
)
FULL = [
    ("Log Date", "date"), ("Log Time", "time"), ("Client", "named"), ("Client ID", "client_id"), ("Action", "kind"),
    ("Logged By", "staff"), ("Log Note", "note"), ("Policy Number", "policy"),
]  # fmt: skip
OTHER = [
    ("Date", "date"), ("Client Name", "client"), ("Client #", "client_id"), ("Channel", "kind"), ("Agent", "producer"),
    ("Notes", "note"), ("Client Office", "office"), ("Log ID", "id"),
]  # fmt: skip
LAYOUTS = (
    Layout("full", FULL, (("Activity log",), ("Exported 3/9/2026",)), encoding="utf-8-sig", blank_every=45),
    Layout("camel", camel(shuffled(FULL, 4)), delimiter="|"),
    Layout("other", underscored(shuffled(OTHER, 7)), (("HawkSoft",),), suffix=".xlsx"),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    told = logs.tell(random.Random(layout.name), 540, WORDS)
    for row, _truth in told:
        row["named"] = f"{row['client']} ({row['id']})"
        row["staff"] = f"KS - {row['producer']}"
    path, lines = logs.write(layout, tmp_path, told, office="1 - Gastonia")
    (reading,) = load(path)
    assert reading.profile == "hawksoft_activity"
    other = layout.name == "other"
    logs.check(reading, told, lines, timed=not other, with_id=other)


def test_dates_without_a_year_and_unreadable_ones(tmp_path: Path, load: Load) -> None:
    head = ["Date", "Client", "Client ID", "Action", "Agent", "Notes"]
    rows = [["Today, Mar 9", "Tess Marlow (12)", "12", "Phone To Insured", "Dana", ""],
            ["Dec 30, 2:05 PM", "Tess Marlow (12)", "12", "Email To Insured", "Dana", ""],
            ["soon", "Tess Marlow (12)", "12", "Email To Insured", "Dana", ""]]  # fmt: skip
    path = tmp_path / "log.csv"
    path.write_bytes(csv_bytes([head, *rows]))
    (reading,) = load(path)
    assert [row["occurred_at"] for row in named(reading)] == ["2026-03-09", "2025-12-30T14:05:00"]
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [(4, "Date", "soon")]
    assert any("without a year" in note for note in reading.notes)
