"""A CRM's conversations: messages and calls both ways, what was automated, and what waits for a reply."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles.exports import FIRST, LAST, PRODUCERS, Layout, camel, shuffled, underscored

Load = Callable[..., list[Reading]]
HEAD = [
    "Message ID", "Date", "Type", "Direction", "Status", "Assigned To", "Contact Name", "Opportunity ID", "Phone",
    "From", "To", "Message", "Tags", "Source", "Call Duration",
]  # fmt: skip
TEXT = {
    "Message ID": "m1", "Date": "3/4/2026 2:05 PM", "Type": "SMS", "Direction": "outbound", "Status": "delivered",
    "Assigned To": "Dana Whitfield", "Contact Name": "Tess Marlow", "Opportunity ID": "op1",
    "Phone": "(614) 555-0142", "Message": "Your quote is ready", "Source": "manual",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str]) -> Reading:
    path = folder / "export.csv"
    path.write_bytes(csv_bytes([HEAD, *([row.get(name, "") for name in HEAD] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "crm_conversations"
    return reading


def test_a_text(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, TEXT)
    assert named(reading) == [{
        "occurred_at": "2026-03-04T14:05:00", "producer": "Dana Whitfield", "kind": "text", "activity_id": "m1",
        "direction": "outbound", "lead_id": "op1", "client": "Tess Marlow", "note": "Your quote is ready",
        "phone": "+16145550142",
    }]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"Type": "TYPE_CALL", "Status": "completed", "Call Duration": "0:04:30"},
         {"kind": "call", "outcome": "connected", "minutes": 4.5}),
        ({"Type": "Call", "Status": "no-answer"}, {"kind": "call", "outcome": "no_answer"}),
        ({"Type": "Call", "Status": "voicemail", "Direction": "Incoming"},
         {"kind": "call", "outcome": "voicemail", "direction": "inbound"}),
        ({"Type": "Email", "Source": "Workflow"}, {"kind": "email", "bulk": True}),
        ({"Type": "Email", "Status": "bounced"}, {"kind": "note"}),
        ({"Type": "Email", "Phone": "", "From": "dana@agency.example", "To": "tess@example.com"}, {"phone": None}),
        ({"Type": "SMS", "Phone": "", "From": "6145550100", "To": "6145550142"}, {"phone": "+16145550142"}),
        ({"Type": "SMS", "Phone": "", "Direction": "inbound", "From": "6145550142", "To": "6145550100"},
         {"phone": "+16145550142", "bulk": None}),
        ({"Type": "Tag Added", "Direction": "", "Tags": "TAG | REPLY NEEDED"},
         {"kind": "text", "direction": "inbound"}),
        ({"Type": "Tag", "Direction": "", "Message": "TAG | Overdue-72h"}, {"kind": "note", "direction": "outbound"}),
        ({"Assigned To": "zz-Dana Whitfield"}, {"producer": "Dana Whitfield"}),
        ({"Assigned To": "Unassigned"}, {"producer": None}),
    ],
)  # fmt: skip
def test_kinds(tmp_path: Path, load: Load, change: dict[str, str], expected: dict[str, object]) -> None:
    (row,) = named(read(load, tmp_path, TEXT | change))
    assert {name: row.get(name) for name in expected} == expected


def test_what_is_not_clear_is_rejected(tmp_path: Path, load: Load) -> None:
    rows = [TEXT, TEXT | {"Type": "Carrier pigeon"}, TEXT | {"Direction": ""}, TEXT | {"Direction": "sideways"},
            TEXT | {"Date": "2/30/2026"}]  # fmt: skip
    reading = read(load, tmp_path, *rows)
    assert [(one.line, one.column, one.value) for one in reading.rejects] == [
        (3, "Type", "Carrier pigeon"), (4, "Direction", ""), (5, "Direction", "sideways"), (6, "Date", "2/30/2026"),
    ]  # fmt: skip
    assert accounted(reading) == [2, 3, 4, 5, 6]


def test_notes_say_what_waits_and_what_was_automated(tmp_path: Path, load: Load) -> None:
    waiting = TEXT | {"Direction": "inbound", "Tags": "vip, TAG | REPLY NEEDED"}
    reading = read(load, tmp_path, waiting, TEXT | {"Source": "bulk action"})
    said = " ".join(reading.notes)
    assert "1 rows carry REPLY NEEDED" in said
    assert "1 messages were sent by a workflow or campaign" in said
    (first, _second) = (extra for batch in reading.batches() for extra in batch.extras)
    assert "REPLY NEEDED" in str(first)


PLAIN = [
    ("Message ID", "id"), ("Date", "at"), ("Type", "kind"), ("Direction", "way"), ("Status", "status"),
    ("Assigned To", "who"), ("Contact Name", "contact"), ("Phone", "phone"), ("Message", "body"),
    ("Call Duration", "length"),
]  # fmt: skip
OTHER = [
    ("Conversation ID", "thread"), ("Date Added", "at"), ("Message Type", "kind"), ("Message Direction", "way"),
    ("Message Status", "status"), ("User Name", "who"), ("Full Name", "contact"), ("Contact Phone", "phone"),
    ("Message Body", "body"), ("Duration (seconds)", "seconds"), ("Location", "place"),
]  # fmt: skip
LAYOUTS = (
    Layout("plain", PLAIN, encoding="utf-16"),
    Layout("book", camel(shuffled(OTHER, 3)), (("Conversations",), ("Run date: 3/9/2026",)), suffix=".xlsx"),
    Layout("under", underscored(shuffled(PLAIN, 7)), (("Conversations",),), blank_every=45, delimiter="|"),
)
_WORDS = {"text": "SMS", "call": "Call", "email": "TYPE_EMAIL"}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    chance = random.Random(layout.name)
    rows, truth = [], []
    for at in range(600):
        kind, way = chance.choice(list(_WORDS)), chance.choice(("outbound", "inbound"))
        who, contact = chance.choice(PRODUCERS), f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        outcome = chance.choice(("completed", "no-answer")) if kind == "call" else "delivered"
        seconds = chance.randrange(5, 900) if outcome == "completed" else 0
        day, clock = chance.randrange(1, 29), chance.randrange(0, 24)
        rows.append({
            "id": f"m{at}", "thread": f"t{at}", "at": f"2/{day}/2026 {clock}:07", "kind": _WORDS[kind], "way": way,
            "status": outcome, "who": who, "contact": contact, "phone": f"614.555.{at:04d}", "body": f'Hi "{contact}"',
            "length": f"0:{seconds // 60:02d}:{seconds % 60:02d}" if kind == "call" else "", "place": "North",
            "seconds": str(seconds) if kind == "call" else "",
        })  # fmt: skip
        said = {"completed": "connected", "no-answer": "no_answer"}.get(outcome)
        moment = f"2026-02-{day:02d}T{clock:02d}:07:00"
        minutes = round(seconds / 60, 4) if kind == "call" else None
        truth.append((moment, kind, way, who, contact, f"+1614555{at:04d}", said, minutes))
    path, lines = layout.write(tmp_path, rows)
    (reading,) = load(path)
    assert reading.profile == "crm_conversations"
    names = ("occurred_at", "kind", "direction", "producer", "client", "phone", "outcome")
    found = [
        (
            *(row.get(name) for name in names),
            round(minutes, 4) if isinstance(minutes := row.get("minutes"), float) else None,
        )
        for row in named(reading)
    ]
    assert found == truth
    assert accounted(reading) == lines
    assert reading.rejects == ()
