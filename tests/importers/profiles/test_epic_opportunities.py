"""Applied Epic's opportunities: stages as the agency has them, outcomes as Epic closes them."""

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
    ("Client Lookup Code", "lookup"), ("Client Name", "client"), ("Opportunity Id", "id"),
    ("Opportunity Description", "about"), ("Opportunity Stage", "stage"), ("Status", "status"), ("Owner", "producer"),
    ("Entered Date", "received"), ("Stage Date", "entered"), ("Closed Date", "closed"), ("Line Of Business", "line"),
    ("Estimated Premium", "premium"), ("Lead Source", "source"), ("Branch", "branch"), ("Probability", "chance"),
]  # fmt: skip
SHORT = [
    ("Lookup Code", "lookup"), ("Prospect Name", "client"), ("Opportunity #", "id"), ("Description", "about"),
    ("Sales Stage", "stage"), ("Opportunity Status", "status"), ("Producer", "producer"), ("Date Entered", "received"),
    ("Date Closed", "closed"), ("Policy Type", "line"), ("Premium", "premium"), ("Source", "source"),
    ("Dept", "branch"),
]  # fmt: skip
LAYOUTS = (
    Layout("full", FULL, (("Opportunities",), ("Filter: all owners",), ("Run date: 3/9/2026",)),
           (("Grand Total", *[""] * 10, "$9.00"),), blank_every=50),
    Layout("camel", camel(shuffled(FULL, 4)), delimiter="|"),
    Layout("short", underscored(shuffled(SHORT, 3)), (("Pipeline",),), suffix=".xlsx"),
)  # fmt: skip
OUTCOMES = {"Closed-successful": "won", "Closed-unsuccessful": "lost"}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    told = opportunities.tell(random.Random(layout.name), 510, OUTCOMES, "Open", staged=layout.name != "short")
    path, lines = layout.write(tmp_path, [row | {"branch": "Main", "chance": "40%"} for row, _lead, _steps in told])
    (reading,) = load(path)
    assert reading.profile == "epic_opportunities"
    opportunities.check(reading, told, lines)


HEAD = [heading for heading, _key in FULL]
ROW = {
    "Client Lookup Code": "MARLT1", "Client Name": "Marlow Bakery", "Opportunity Description": "BOP for the shop",
    "Opportunity Stage": "Quoted", "Status": "Open", "Owner": "Dana Whitfield", "Entered Date": "2/1/2026",
    "Estimated Premium": "4,000",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str]) -> Reading:
    path = folder / "opportunities.csv"
    path.write_bytes(csv_bytes([HEAD, *([row.get(name, "") for name in HEAD] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "epic_opportunities"
    return reading


def test_ids_are_made_and_firms_told_apart(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW, ROW | {"Opportunity Description": "Auto", "Client Name": "Tess Marlow"})
    first, second = named(reading)
    assert first["lead_id"] != second["lead_id"]
    assert (first["business_name"], first["stage"]) == ("Marlow Bakery", "quoted")
    assert (second["first_name"], second["last_name"]) == ("Tess", "Marlow")
    assert any("have no id" in note for note in reading.notes)
    assert any("assumed" in note for note in reading.notes)
    again = read(load, tmp_path, ROW | {"Opportunity Stage": "Closing"})
    assert named(again)[0]["lead_id"] == first["lead_id"]


def test_one_opportunity_per_producer_is_one(tmp_path: Path, load: Load) -> None:
    rows = [ROW | {"Opportunity Id": "7"}, ROW | {"Opportunity Id": "7", "Owner": "Owen Pryce"},
            ROW | {"Opportunity Id": "7", "Estimated Premium": "1"}]  # fmt: skip
    reading = read(load, tmp_path, *rows)
    assert [row["producer"] for row in named(reading)] == ["Dana Whitfield"]
    assert reading.merged == {3: 2}
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(4, "Opportunity Id")]


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"Opportunity Stage": "Texas desk"}, "Opportunity Stage", "Texas desk"),
        ({"Status": "Closed"}, "Status", "Closed"),
        ({"Opportunity Stage": "", "Status": "Wondrous"}, "Status", "Wondrous"),
        ({"Entered Date": ""}, "Entered Date", ""),
        ({"Client Name": ""}, "Client Name", ""),
    ],
)
def test_rejects(tmp_path: Path, load: Load, cells: dict[str, str], column: str, value: str) -> None:
    reading = read(load, tmp_path, ROW | cells)
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [(2, column, value)]
    assert named(reading) == []


def test_an_outcome_without_its_day_and_a_reason_of_the_agencys_own(tmp_path: Path, load: Load) -> None:
    lost = ROW | {"Status": "Closed-unsuccessful", "Stage Date": "2/5/2026"}
    reading = read(load, tmp_path, lost)
    assert [row["stage"] for row in named(reading)] == ["lost"]
    assert named(reading, "stages") == []
