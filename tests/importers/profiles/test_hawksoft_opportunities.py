"""HawkSoft's opportunities: clients with their numbers, people with their initials."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import csv_bytes, named
from tests.importers.profiles import opportunities
from tests.importers.profiles.exports import Layout, camel, shuffled, underscored

Load = Callable[..., list[Reading]]
FULL = [
    ("Client", "named"), ("Client ID", "client_id"), ("Opportunity ID", "id"), ("Opportunity", "about"),
    ("Stage", "stage"), ("Status", "status"), ("Assignee", "staff"), ("Created Date", "received"),
    ("Stage Date", "entered"), ("Closed Date", "closed"), ("LOB", "line"), ("Est. Premium", "premium"),
    ("Client Source", "source"), ("Client Office", "office"),
]  # fmt: skip
SHORT = [
    ("Named Insured", "client"), ("Client #", "client_id"), ("Opportunity #", "id"), ("Title", "about"),
    ("Pipeline Stage", "stage"), ("Opportunity Status", "status"), ("Producer", "producer"), ("Opened", "received"),
    ("Won/Lost Date", "closed"), ("Policy Type", "line"), ("Premium", "premium"), ("Source", "source"),
    ("Office", "office"),
]  # fmt: skip
LAYOUTS = (
    Layout("full", FULL, (("Opportunities",), ("Exported 3/9/2026",)), (("Total", *[""] * 10, "$5.00"),),
           encoding="utf-8-sig", blank_every=61),
    Layout("camel", camel(shuffled(FULL, 2)), delimiter=";"),
    Layout("short", underscored(shuffled(SHORT, 6)), (("HawkSoft",),), suffix=".xlsx"),
)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    told = opportunities.tell(
        random.Random(layout.name), 505, {"Won": "won", "Lost": "lost"}, "Active", staged=layout.name != "short"
    )
    rows = [
        row
        | {"named": f"{row['client']} ({row['client_id']})", "staff": f"DW - {row['producer']}", "office": "1 - Main"}
        for row, _lead, _steps in told
    ]
    path, lines = layout.write(tmp_path, rows)
    (reading,) = load(path)
    assert reading.profile == "hawksoft_opportunities"
    opportunities.check(reading, told, lines)


def test_a_stage_of_the_agencys_own_is_rejected(tmp_path: Path, load: Load) -> None:
    head = [heading for heading, _key in FULL]
    row = [
        "Tess Marlow (3)",
        "3",
        "9",
        "Auto",
        "Hot pot",
        "Open",
        "DW - Dana",
        "3/1/2026",
        "",
        "",
        "Auto",
        "100",
        "",
        "",
    ]
    path = tmp_path / "opportunities.csv"
    path.write_bytes(csv_bytes([head, row, [*row[:4], "Quoted", *row[5:]]]))
    (reading,) = load(path)
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [(2, "Stage", "Hot pot")]
    assert [(row["stage"], row["producer"]) for row in named(reading)] == [("quoted", "Dana")]
