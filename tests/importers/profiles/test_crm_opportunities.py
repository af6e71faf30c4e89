"""A CRM's opportunities: every pipeline's cards become leads and entries of the right pipeline, tags stay notes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.pipeline import SALES, SERVICE_PIPELINES, stages_of
from desktop.importers import Reading
from desktop.importers.profiles.stages import pipeline_of, stage_of
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles.exports import FIRST, LAST, PRODUCERS, Layout, camel, shuffled, underscored, us_date

Load = Callable[..., list[Reading]]
HEAD = [
    "Opportunity Name", "Contact Name", "phone", "email", "pipeline", "stage", "Lead Value", "source", "assigned",
    "Created on", "Updated on", "Last Stage Change", "lost reason name", "Notes", "tags", "status", "Opportunity ID",
    "Contact ID", "Policy Number", "Exception Type", "Days Since Last Updated",
]  # fmt: skip
BASE = {
    "Opportunity Name": "Tess - whole life", "Contact Name": "Tess Marlow", "phone": "(614) 555-0142",
    "email": "tess@example.com", "pipeline": "1. Sales Pipeline", "stage": "Engaged Interest", "Lead Value": "$840.00",
    "source": "Mailer", "assigned": "Dana Whitfield", "Created on": "2026-03-02T09:15:00",
    "Updated on": "2026-03-06T10:00:00", "Last Stage Change": "2026-03-04T16:00:00", "status": "open",
    "tags": "TAG | Overdue-72h, mailer", "Opportunity ID": "op1", "Contact ID": "c1", "Days Since Last Updated": "3",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str], without: tuple[str, ...] = ()) -> Reading:
    head = [name for name in HEAD if name not in without]
    path = folder / "export.csv"
    path.write_bytes(csv_bytes([head, *([row.get(name, "") for name in head] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "crm_opportunities"
    return reading


def entries(reading: Reading) -> list[tuple[object, ...]]:
    names = ("lead_id", "pipeline", "stage", "entered_at")
    return [tuple(row[name] for name in names) for row in named(reading, "stages")]


def test_a_sales_card(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, BASE)
    assert named(reading) == [{
        "lead_id": "op1", "received_at": "2026-03-02T09:15:00", "first_name": "Tess", "last_name": "Marlow",
        "email": "tess@example.com", "phone": "+16145550142", "source": "Mailer", "producer": "Dana Whitfield",
        "estimated_premium": 84000,
    }]  # fmt: skip
    assert entries(reading) == [("op1", "sales", "engaged_interest", "2026-03-04T16:00:00")]
    (extra,) = (extra for batch in reading.batches() if batch.table == "leads" for extra in batch.extras)
    kept = json.loads(str(extra))
    assert kept["tags"] == "TAG | Overdue-72h, mailer"
    assert kept["Days Since Last Updated"] == "3"
    assert any("Overdue" in note for note in reading.notes)


def test_service_cards_stand_on_the_contacts_lead(tmp_path: Path, load: Load) -> None:
    won = BASE | {"stage": "Closed Won", "status": "won"}
    cards = [
        ("Pipeline 2 - Underwriting", "Requirement Opened", {}),
        ("Issue / Placement", "In Force", {"Policy Number": "WL-7"}),
        ("Conservation (Exceptions)", "New Exception", {"Exception Type": "Payment bounced"}),
        ("Declined / Recycle", "Recycle", {"tags": "TAG | ZOMBIE"}),
        ("7. Nurture", "SMS 3 Sent", {"tags": "TAG | REPLY NEEDED"}),
    ]
    rows = [
        BASE
        | {"pipeline": pipeline, "stage": stage, "Opportunity ID": f"s{at}", "Last Stage Change": f"2026-03-1{at}"}
        | more
        for at, (pipeline, stage, more) in enumerate(cards)
    ]  # fmt: skip
    reading = read(load, tmp_path, *rows, won)
    assert [row["lead_id"] for row in named(reading)] == ["op1"]
    assert entries(reading) == [
        ("op1", "sales", "closed_won", "2026-03-04T16:00:00"),
        ("op1", "underwriting", "requirement_opened", "2026-03-10"),
        ("op1", "placement", "in_force", "2026-03-11"),
        ("op1", "exceptions", "new_exception", "2026-03-12"),
        ("op1", "declined", "recycle", "2026-03-13"),
        ("op1", "nurture", "sent", "2026-03-14"),
    ]
    found = named(reading, "stages")
    assert [row.get("detail") for row in found] == [None, None, None, "payment", None, "3"]
    assert found[2]["policy_number"] == "WL-7"
    assert accounted(reading) == [2, 3, 4, 5, 6, 7]
    said = " ".join(reading.notes)
    assert "ZOMBIE" in said
    assert "REPLY NEEDED" in said


@pytest.mark.parametrize(
    ("change", "found", "stage"),
    [
        ({"status": "lost"}, [("engaged_interest", "2026-03-04T16:00:00"), ("lost", "2026-03-06T10:00:00")], None),
        ({"status": "abandoned"}, [("engaged_interest", "2026-03-04T16:00:00"), ("lost", "2026-03-06T10:00:00")], None),
        ({"status": "lost", "Updated on": ""}, [], "lost"),
        ({"stage": "Closed Lost", "status": "lost"}, [("closed_lost", "2026-03-04T16:00:00")], None),
        ({"stage": "Closed Lost", "Last Stage Change": ""}, [], "closed_lost"),
        ({"stage": "New Lead", "Last Stage Change": ""}, [], None),
        ({"stage": "Application", "Last Stage Change": ""}, [], "application"),
        ({"stage": "3) Quoted"}, [("quoted", "2026-03-04T16:00:00")], None),
    ],
)
def test_outcomes_and_days(
    tmp_path: Path, load: Load, change: dict[str, str], found: list[tuple[str, str]], stage: str | None
) -> None:
    reading = read(load, tmp_path, BASE | change)
    assert [(row[2], row[3]) for row in entries(reading)] == found
    assert named(reading)[0].get("stage") == stage


def test_what_is_not_known_is_rejected_not_guessed(tmp_path: Path, load: Load) -> None:
    rows = [
        BASE,
        BASE | {"pipeline": "Renewals", "Opportunity ID": "2"},
        BASE | {"stage": "Blue folder", "Opportunity ID": "3"},
        BASE | {"pipeline": "Retention", "stage": "Month 3", "Opportunity ID": "4"},
        BASE | {"pipeline": "Underwriting", "stage": "Quoted", "Opportunity ID": "5"},
        BASE | {"Created on": "13/7/2026", "Opportunity ID": "6"},
    ]
    reading = read(load, tmp_path, *rows)
    assert [(one.line, one.column, one.value) for one in reading.rejects] == [
        (3, "pipeline", "Renewals"), (4, "stage", "Blue folder"), (5, "pipeline", "Retention"), (6, "stage", "Quoted"),
        (7, "Created on", "13/7/2026"),
    ]  # fmt: skip
    assert accounted(reading) == [2, 3, 4, 5, 6, 7]


def test_a_row_for_each_stage_is_one_lead(tmp_path: Path, load: Load) -> None:
    later = BASE | {"stage": "Application", "Last Stage Change": "2026-03-06"}
    reading = read(load, tmp_path, BASE, later, later)
    assert len(named(reading)) == 1
    assert [row[2] for row in entries(reading)] == ["engaged_interest", "application"]
    assert reading.merged == {4: 2}


def test_cards_without_a_sales_card_are_leads_of_their_own(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, BASE | {"pipeline": "Nurture", "stage": "Replied"})
    assert [row["lead_id"] for row in named(reading)] == ["op1"]
    assert entries(reading) == [("op1", "nurture", "replied", "2026-03-04T16:00:00")]
    assert any("no sales card" in note for note in reading.notes)


def test_a_service_card_goes_with_the_latest_sales_card_before_it(tmp_path: Path, load: Load) -> None:
    rows = [
        BASE,
        BASE | {"Opportunity ID": "op2", "Created on": "2026-05-01", "Last Stage Change": "2026-05-02"},
        BASE | {"Opportunity ID": "s1", "pipeline": "Underwriting", "stage": "Submitted", "Created on": "2026-04-01"},
        BASE | {"Opportunity ID": "s2", "pipeline": "Underwriting", "stage": "Submitted", "Created on": "2026-06-01"},
    ]
    found = [row for row in entries(read(load, tmp_path, *rows)) if row[1] == "underwriting"]
    assert [row[0] for row in found] == ["op1", "op2"]


def test_ids_are_made_where_there_are_none_and_stay(tmp_path: Path, load: Load) -> None:
    first = read(load, tmp_path, BASE, without=("Opportunity ID", "Contact ID"))
    moved = BASE | {"stage": "Application", "Last Stage Change": "2026-03-06"}
    again = read(load, tmp_path, moved, without=("Opportunity ID", "Contact ID"))
    assert named(first)[0]["lead_id"] == named(again)[0]["lead_id"]


@pytest.mark.parametrize("pipeline", [SALES, *SERVICE_PIPELINES])
def test_our_own_words_are_known(pipeline: str) -> None:
    assert pipeline_of(pipeline) == pipeline
    for at, stage in enumerate(stages_of(pipeline), 1):
        assert stage_of(pipeline, stage.replace("_", " ").title()) == stage
        assert stage_of(pipeline, f"{at}. {stage}") == stage


PLAIN = [
    ("Opportunity Name", "title"), ("Contact Name", "contact"), ("phone", "phone"), ("email", "email"),
    ("pipeline", "pipeline"), ("stage", "stage"), ("Lead Value", "value"), ("source", "source"), ("assigned", "who"),
    ("Created on", "created"), ("Last Stage Change", "entered"), ("tags", "tags"), ("status", "status"),
    ("Opportunity ID", "id"), ("Contact ID", "cid"),
]  # fmt: skip
OTHER = [
    ("Deal ID", "id"), ("Client Name", "contact"), ("Email Address", "email"), ("Pipeline Name", "pipeline"),
    ("Current Stage", "stage"), ("Deal Value", "value"), ("Lead Source", "source"), ("Owner", "who"),
    ("Date Created", "created"), ("Stage Entered On", "entered"), ("Labels", "tags"), ("Deal Status", "status"),
    ("Campaign", "campaign"), ("Person ID", "cid"),
]  # fmt: skip
LAYOUTS = (
    Layout("plain", PLAIN),
    Layout("book", camel(shuffled(OTHER, 3)), (("All pipelines",), ("Exported 3/9/2026",)), suffix=".xlsx"),
    Layout("under", underscored(shuffled(PLAIN, 7)), (("Opportunities",),), blank_every=33, delimiter=";"),
)
_NAMES = {
    "sales": "New Business", "underwriting": "2 Underwriting", "placement": "Placement", "exceptions": "Exceptions",
    "declined": "Declined", "nurture": "Long-term Nurture",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    chance = random.Random(layout.name)
    rows, leads, steps, total = [], [], [], 0
    for at in range(600):
        contact = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        sales = at % 3 != 2
        pipeline = "sales" if sales else chance.choice(list(SERVICE_PIPELINES))
        stage = chance.choice(stages_of(pipeline))
        owner = at if sales else at - 1
        cents, who = chance.randrange(10_000, 400_000), chance.choice(PRODUCERS)
        total += cents
        rows.append({
            "title": f"Deal {at}", "contact": contact, "phone": f"614-555-{owner:04d}",
            "email": f"p{owner}@example.com", "pipeline": _NAMES[pipeline], "stage": stage.replace("_", " ").title(),
            "value": f"${cents / 100:,.2f}", "source": "Web", "who": who, "created": us_date("2026-01-05"),
            "entered": us_date("2026-02-10"), "tags": "TAG | ZOMBIE" if at % 9 == 0 else "", "campaign": "A",
            "status": "open", "id": f"D{at}", "cid": f"C{owner}",
        })  # fmt: skip
        if sales:
            leads.append((f"D{at}", *contact.split(), who, "2026-01-05", cents))
        steps.append((f"D{owner}", pipeline, stage, "2026-02-10"))
    path, lines = layout.write(tmp_path, rows)
    (reading,) = load(path)
    assert reading.profile == "crm_opportunities"
    names = ("lead_id", "first_name", "last_name", "producer", "received_at", "estimated_premium")
    assert [tuple(row[name] for name in names) for row in named(reading)] == leads
    assert sorted(entries(reading)) == sorted(steps)
    assert accounted(reading) == lines
    assert reading.our_total == total / 100
    assert reading.rejects == ()
