"""Applied Epic's activities: what is closed happened, what is open is a task."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles import logs
from tests.importers.profiles.exports import Layout, camel, shuffled, underscored

Load = Callable[..., list[Reading]]
WORDS: tuple[logs.Word, ...] = (
    ("Phone Call", {"kind": "call", "direction": "outbound"}),
    ("Incoming call", {"kind": "call", "direction": "inbound"}),
    ("E-mail sent", {"kind": "email", "direction": "outbound"}),
    ("Meeting scheduled", {"kind": "meeting_set"}),
    ("Meeting", {"kind": "meeting_held"}),
    ("Endorsement", {"kind": "note"}),
    ("Certificate of insurance (COI)", {"kind": "note"}),
    ("Text message", {"kind": "text", "direction": "outbound"}),
    ("Center of influence", {"kind": "coi_contact"}),
    ("Referral request", {"kind": "referral_ask"}),
    ("Left voicemail", {"kind": "call", "direction": "outbound", "outcome": "voicemail"}),
)
FULL = [
    ("Client Lookup Code", "client_id"), ("Client Name", "client"), ("Activity Id", "id"), ("Activity Code", "kind"),
    ("Activity Description", "note"), ("Activity Date", "date"), ("Activity Time", "time"),
    ("Producer Code", "producer"), ("Status", "status"), ("Policy Number", "policy"), ("Branch", "branch"),
]  # fmt: skip
SHORT = [
    ("Lookup Code", "client_id"), ("Account Name", "client"), ("Activity #", "id"), ("Activity Type", "kind"),
    ("Description", "note"), ("Closed Date", "date"), ("Owner", "producer"), ("Activity Status", "status"),
    ("Priority", "rank"),
]  # fmt: skip
LAYOUTS = (
    Layout("full", FULL, (("Activities Report",), ("Producer: all", "Status: closed"), ("Run date: 3/9/2026",)),
           (("Total activities", "560"),), blank_every=30),
    Layout("camel", camel(shuffled(FULL, 5)), delimiter=";"),
    Layout("short", underscored(shuffled(SHORT, 2)), (("Activities",),), suffix=".xlsx"),
)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    told = logs.tell(random.Random(layout.name), 560, WORDS)
    path, lines = logs.write(layout, tmp_path, told, status="Closed-successful", branch="Main", rank="1")
    (reading,) = load(path)
    assert reading.profile == "epic_activities"
    logs.check(reading, told, lines, timed=layout.name != "short", with_id=True)


HEAD = ["Client Lookup Code", "Client Name", "Activity Id", "Activity Description", "Entered Date", "Closed Date",
        "Producer", "Status"]  # fmt: skip
ROW = {
    "Client Lookup Code": "MARLT1", "Client Name": "Tess Marlow", "Activity Id": "1", "Producer": "DW",
    "Activity Description": "Phone call", "Entered Date": "3/2/2026", "Closed Date": "3/4/2026",
    "Status": "Closed-Unsuccessful",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str]) -> Reading:
    path = folder / "activities.csv"
    path.write_bytes(csv_bytes([HEAD, *([row.get(name, "") for name in HEAD] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "epic_activities"
    assert accounted(reading) == list(range(2, 2 + len(rows)))
    return reading


def test_open_activities_are_notes_of_the_day_they_were_entered(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW, ROW | {"Activity Id": "2", "Status": "Open", "Closed Date": ""})
    assert [(row["kind"], row["occurred_at"]) for row in named(reading)] == [
        ("call", "2026-03-04"),
        ("note", "2026-03-02"),
    ]
    assert any("1 rows are still to be done" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Called insured about the renewal of her auto policy", "call"),
        ("Discussed the text of the policy with her", "note"),
        ("Renewal review", "note"),
        ("Meeting cancelled", "note"),
        ("Phone call to carrier", "note"),
        ("Certificate", "note"),
    ],
)
def test_what_is_not_clearly_a_contact_is_a_note(tmp_path: Path, load: Load, text: str, kind: str) -> None:
    assert [row["kind"] for row in named(read(load, tmp_path, ROW | {"Activity Description": text}))] == [kind]


def test_a_row_without_a_day_is_rejected(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Entered Date": "", "Closed Date": ""})
    assert [(issue.line, issue.reason) for issue in reading.rejects] == [(2, "is empty, but required")]


def test_a_file_of_notes_only_says_so(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Activity Description": "Policy issued", "Producer": "zz-Owen Pryce"})
    assert any("No row names a call" in note for note in reading.notes)
    assert named(reading)[0]["producer"] == "Owen Pryce"
