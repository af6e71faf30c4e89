"""AgencyZoom's leads: milestones' days become stage entries; a stage that is none of ours is asked about."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles.exports import FIRST, LAST, PRODUCERS, Layout, camel, shuffled, underscored, us_date

Load = Callable[..., list[Reading]]
HEAD = [
    "Lead ID", "firstname", "lastname", "Email", "Phone", "Mobile", "leadSourceName", "assignToFirstname",
    "assignToLastname", "createDate", "Status", "workflowName", "workflowStageName", "enterStageDate", "contactDate",
    "quoteDate", "soldDate", "xDate", "Premium", "Loss Reason",
]  # fmt: skip
BASE = {
    "Lead ID": "8841", "firstname": "Tess", "lastname": "Marlow", "Email": "Tess@Example.com",
    "Phone": "(614) 555-0142", "Mobile": "614.555.0177", "leadSourceName": "Referral", "assignToFirstname": "Dana",
    "assignToLastname": "Whitfield",
    "createDate": "3/2/2026 9:15 AM", "workflowName": "Personal Lines", "workflowStageName": "Quoted",
    "enterStageDate": "3/4/2026", "contactDate": "3/2/2026", "quoteDate": "3/4/2026", "xDate": "6/30/2026",
    "Premium": "$1,450.00",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str], without: str = "") -> Reading:
    head = [name for name in HEAD if name != without]
    path = folder / "leads.csv"
    path.write_bytes(csv_bytes([head, *([row.get(name, "") for name in head] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "agencyzoom_leads"
    return reading


def entries(reading: Reading) -> list[tuple[object, ...]]:
    return [(row["pipeline"], row["stage"], row["entered_at"]) for row in named(reading, "stages")]


def test_a_lead_with_its_milestones(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, BASE)
    assert named(reading) == [{
        "lead_id": "8841", "received_at": "2026-03-02T09:15:00", "first_name": "Tess", "last_name": "Marlow",
        "email": "tess@example.com", "phone": "+16145550177", "source": "Referral", "producer": "Dana Whitfield",
        "policy_expires_on": "2026-06-30", "estimated_premium": 145000,
    }]  # fmt: skip
    assert entries(reading) == [("sales", "contacted", "2026-03-02"), ("sales", "quoted", "2026-03-04")]
    (extra,) = (extra for batch in reading.batches() if batch.table == "leads" for extra in batch.extras)
    assert "+16145550142" in str(extra)
    assert "Personal Lines" in str(extra)


@pytest.mark.parametrize(
    ("change", "found", "stage"),
    [
        ({"workflowStageName": "New Lead", "contactDate": "", "quoteDate": ""}, [
            ("sales", "prospect", "2026-03-04"),
        ], None),
        ({"workflowStageName": "4. Sold", "soldDate": "3/9/2026"}, [
            ("sales", "contacted", "2026-03-02"), ("sales", "quoted", "2026-03-04"), ("sales", "won", "2026-03-09"),
        ], None),
        ({"Status": "Lost", "enterStageDate": "3/8/2026", "quoteDate": ""}, [
            ("sales", "contacted", "2026-03-02"), ("sales", "lost", "2026-03-08"),
        ], None),
        ({"Status": "Lost", "enterStageDate": ""}, [], "lost"),
        ({"workflowStageName": "Proposal Sent", "enterStageDate": ""}, [], "proposed"),
        ({"workflowStageName": "Contacted", "enterStageDate": ""}, [
            ("sales", "contacted", "2026-03-02"), ("sales", "quoted", "2026-03-04"),
        ], None),
        ({"workflowStageName": "X-Dated", "enterStageDate": "3/5/2026", "contactDate": "", "quoteDate": ""}, [
            ("nurture", "nurturing", "2026-03-05"),
        ], None),
        ({"workflowStageName": "Texas desk", "Status": "Quoted"}, [
            ("sales", "contacted", "2026-03-02"), ("sales", "quoted", "2026-03-04"),
        ], None),
    ],
)  # fmt: skip
def test_stages(
    tmp_path: Path, load: Load, change: dict[str, str], found: list[tuple[str, str, str]], stage: str | None
) -> None:
    reading = read(load, tmp_path, BASE | change)
    assert entries(reading) == found
    assert named(reading)[0].get("stage") == stage
    assert any("without its day" in note for note in reading.notes) is (stage is not None)


def test_an_unknown_stage_is_rejected_with_its_column(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, BASE, BASE | {"Lead ID": "8842", "workflowStageName": "Texas desk"})
    assert [(one.line, one.column, one.value) for one in reading.rejects] == [(3, "workflowStageName", "Texas desk")]
    assert accounted(reading) == [2, 3]


def test_a_lead_stated_twice(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, BASE, BASE, BASE | {"lastname": "Hale"})
    assert reading.merged == {3: 2}
    assert [(one.line, one.column, one.value) for one in reading.rejects] == [(4, "Lead ID", "8841")]


def test_leads_without_ids_keep_theirs_from_file_to_file(tmp_path: Path, load: Load) -> None:
    other = BASE | {"lastname": "Hale"}
    first = read(load, tmp_path, BASE, other, without="Lead ID")
    again = read(load, tmp_path, other | {"Status": "Lost"}, BASE, without="Lead ID")
    ids = [row["lead_id"] for row in named(first)]
    assert len(set(ids)) == 2
    assert [row["lead_id"] for row in named(again)] == ids[::-1]
    assert any("no lead ids" in note for note in first.notes)


def test_reasons_leavers_and_nobody(tmp_path: Path, load: Load) -> None:
    lost = BASE | {"Status": "Lost", "Loss Reason": "Price"}
    reading = read(
        load, tmp_path, lost, lost | {"Lead ID": "2", "Loss Reason": "Moved abroad", "assignToFirstname": "zz-Dana"},
        lost | {"Lead ID": "3", "Loss Reason": "", "assignToFirstname": "", "assignToLastname": "Unassigned"},
    )  # fmt: skip
    leads = named(reading)
    assert [row.get("lost_reason") for row in leads] == ["price", None, None]
    assert [row.get("producer") for row in leads] == ["Dana Whitfield", "Dana Whitfield", None]
    extras = [extra for batch in reading.batches() if batch.table == "leads" for extra in batch.extras]
    assert "Moved abroad" in str(extras[1])
    assert any("zz-" in note for note in reading.notes)


API = [
    ("leadId", "id"), ("firstname", "first"), ("lastname", "last"), ("email", "email"), ("phone", "phone"),
    ("leadSourceName", "source"), ("assignToFirstname", "who_first"), ("assignToLastname", "who_last"),
    ("createDate", "created"), ("workflowStageName", "stage"), ("enterStageDate", "entered"),
    ("contactDate", "contacted"), ("quoteDate", "quoted"), ("soldDate", "sold"), ("premium", "premium"),
]  # fmt: skip
SPACED = [
    ("Lead ID", "id"), ("First Name", "first"), ("Last Name", "last"), ("Email Address", "email"),
    ("Cell Phone", "phone"), ("Lead Source", "source"), ("Assigned Producer", "who"), ("Date Created", "created"),
    ("Lead Status", "stage"), ("Stage Date", "entered"), ("Contacted Date", "contacted"), ("Quoted Date", "quoted"),
    ("Sold Date", "sold"), ("Quoted Premium", "premium"), ("Tag Colour", "colour"),
]  # fmt: skip
SHORT = [("Name", "name"), *[pair for pair in SPACED if pair[1] not in {"first", "last"}]]
LAYOUTS = (
    Layout("leads", API, encoding="utf-8-sig"),
    Layout("pipe", camel(shuffled(SPACED, 4)), (("Leads",), ("Run date: 3/9/2026",)), blank_every=50, delimiter="|"),
    Layout("under", underscored(shuffled(SHORT, 8)), (("All leads",),), suffix=".xlsx"),
)
_KEYS = {"New": "prospect", "Contacted": "contacted", "Quoted": "quoted", "Sold": "won", "Lost": "lost"}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    chance = random.Random(layout.name)
    rows = []
    truth = []
    for at in range(600):
        stage = chance.choice(list(_KEYS))
        first, last, who = chance.choice(FIRST), chance.choice(LAST), chance.choice(PRODUCERS)
        day = f"2026-01-{chance.randrange(1, 20):02d}"
        days = {"contacted": "2026-02-01", "quoted": "2026-02-05", "sold": "2026-02-09"}
        reached = {"New": 0, "Contacted": 1, "Quoted": 2, "Sold": 3, "Lost": 2}[stage]
        known = dict(list(days.items())[:reached])
        cents = chance.randrange(20_000, 900_000)
        rows.append({
            "id": str(7000 + at), "first": first, "last": last, "name": f"{last}, {first}", "source": "Web, paid",
            "email": f"p{at}@example.com", "phone": f"614-555-{at:04d}", "who": who, "who_first": who.split()[0],
            "who_last": who.split()[1], "created": us_date(day), "stage": stage,
            "entered": us_date("2026-02-20") if stage in {"New", "Lost"} else "", "premium": f"${cents / 100:,.2f}",
            **{name: us_date(one) for name, one in known.items()},
        })  # fmt: skip
        steps = [("won" if name == "sold" else name, one) for name, one in known.items()]
        steps += [(_KEYS[stage], "2026-02-20")] if stage in {"New", "Lost"} else []
        truth.append((str(7000 + at), first, last, who, day, cents, f"+1614555{at:04d}", steps))
    path, lines = layout.write(tmp_path, rows)
    (reading,) = load(path)
    assert reading.profile == "agencyzoom_leads"
    steps_of: dict[object, list[tuple[object, object]]] = {}
    for row in named(reading, "stages"):
        steps_of.setdefault(row["lead_id"], []).append((row["stage"], row["entered_at"]))
    found = [
        (
            row["lead_id"], row["first_name"], row["last_name"], row["producer"], row["received_at"],
            row["estimated_premium"], row["phone"], steps_of[row["lead_id"]],
        )
        for row in named(reading)
    ]  # fmt: skip
    assert found == truth
    assert accounted(reading) == lines
    assert reading.rejects == ()
