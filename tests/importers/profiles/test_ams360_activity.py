"""AMS360's producer activity: customers, actions, short names."""

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
    ("Phone Call - Outgoing", {"kind": "call", "direction": "outbound"}),
    ("Phone Call - Incoming", {"kind": "call", "direction": "inbound"}),
    ("Email - Sent", {"kind": "email", "direction": "outbound"}),
    ("Email - Received", {"kind": "email", "direction": "inbound"}),
    ("Appointment set", {"kind": "meeting_set"}),
    ("Appointment", {"kind": "meeting_held"}),
    ("Policy Change", {"kind": "note"}),
    ("Suspense", {"kind": "note"}),
)
FULL = [
    ("Customer Name", "client"), ("Customer Number", "client_id"), ("Policy #", "policy"), ("Activity Date", "date"),
    ("Time", "time"), ("Action", "kind"), ("Description", "note"), ("Employee", "producer"), ("Division", "division"),
]  # fmt: skip
OTHER = [
    ("Customer", "client"), ("Cust #", "client_id"), ("Entered Date", "date"), ("Activity Type", "kind"),
    ("Notes", "note"), ("Exec", "producer"), ("Rep", "rep"), ("Activity ID", "id"),
]  # fmt: skip
LAYOUTS = (
    Layout("full", FULL, (("Producer Activity Report",), ("From 10/1/2025 to 3/9/2026",)), (("Total", "", "512"),)),
    Layout("camel", camel(shuffled(FULL, 8)), delimiter="\t", suffix=".txt", blank_every=70),
    Layout("other", underscored(shuffled(OTHER, 3)), (("AMS360",),), suffix=".xlsx"),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    told = logs.tell(random.Random(layout.name), 512, WORDS)
    path, lines = logs.write(layout, tmp_path, told, division="PL", rep="JHALE")
    (reading,) = load(path)
    assert reading.profile == "ams360_activity"
    other = layout.name == "other"
    logs.check(reading, told, lines, timed=not other, with_id=other)


def test_a_suspense_to_be_done_is_a_note(tmp_path: Path, load: Load) -> None:
    head = ["Customer Name", "Customer Number", "Activity Date", "Action", "Employee", "Suspense Status", "Notes"]
    row = ["Tess Marlow", "17", "3/2/2026", "Phone call", "DWHITF", "Open", "call back"]
    path = tmp_path / "activity.csv"
    path.write_bytes(csv_bytes([head, row, [*row[:5], "Completed", ""], [*row[:2], "3/33/2026", *row[3:]]]))
    (reading,) = load(path)
    assert [row["kind"] for row in named(reading)] == ["note", "call"]
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [(4, "Activity Date", "3/33/2026")]
