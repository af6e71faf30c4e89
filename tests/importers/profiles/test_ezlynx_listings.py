"""EZLynx's Policy Master and scheduled report: lines of business fold, statuses and premiums are looked at."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles import listings
from tests.importers.profiles.exports import Layout, camel, shuffled

Load = Callable[..., list[Reading]]
MASTER = [
    ("Policy_Number", "number"), ("Account_Name", "client"), ("Applicant_ID", "client_id"), ("Status2", "status"),
    ("Effective_Date2", "effective"), ("Expiration_Date2", "expires"), ("Annualized_Premium2", "premium"),
    ("Line_Of_Business", "line"), ("Policy_Type", "kind"), ("Master_Company", "carrier"), ("Producer", "producer"),
    ("LOB_Origination_Date", "origin"), ("Cancellation_Date", "ended"), ("Address_-_State", "state"),
    ("Address_-_Zip", "zip"), ("Premium", "premium"),
]  # fmt: skip
SCHEDULED = [
    ("Account Name", "client"), ("Applicant ID", "client_id"), ("Policy Number", "number"),
    ("Policy Effective Date", "effective"), ("Policy Expiration Date", "expires"), ("Master Company", "carrier"),
    ("Line Of Business", "line"), ("Policy Type", "kind"), ("Premium - Annualized", "premium"),
    ("Premium - Written", "premium"), ("Branch", "branch"), ("Assigned Producer", "producer"),
    ("LOB Origination Date", "origin"), ("Cancellation Date", "ended"), ("Policy Status", "status"),
    ("Address - State", "state"), ("Address - Zip", "zip"),
]  # fmt: skip
SPACED = [(heading.replace("_-_", " - ").replace("_", " ").removesuffix("2"), key) for heading, key in MASTER]
TITLE = (("Policy Master",), ("Filters: none",), ("Run date: 3/9/2026",))
LAYOUTS = (
    ("ezlynx_policy_master", Layout("master", MASTER, TITLE, (("Total", *[""] * 5, "$1.00"),), blank_every=40)),
    ("ezlynx_policy_master", Layout("spaced", shuffled(SPACED, 3), suffix=".xlsx")),
    ("ezlynx_policy_master", Layout("camel", camel(shuffled(SPACED, 9)), delimiter="\t", suffix=".txt")),
    ("ezlynx_scheduled", Layout("Book_-_MAIN_2026-03-09T0605", SCHEDULED)),
    ("ezlynx_scheduled", Layout("titled", shuffled(SCHEDULED, 5), TITLE, blank_every=30, encoding="utf-8-sig")),
    ("ezlynx_scheduled", Layout("camel", camel(shuffled(SCHEDULED, 8)), (("Report",),), suffix=".xlsx")),
)


@pytest.mark.parametrize(("profile", "layout"), LAYOUTS, ids=lambda one: getattr(one, "name", one))
def test_layouts(tmp_path: Path, load: Load, profile: str, layout: Layout) -> None:
    rows, policies = listings.tell(random.Random(layout.name), 450)
    path, lines = layout.write(tmp_path, [row | {"branch": "Main"} for row in rows])
    (reading,) = load(path)
    assert reading.profile == profile
    assert len(lines) >= 500
    listings.check(reading, policies, lines)
    assert any("zz-" in note for note in reading.notes)


ROW = {
    "number": "A1", "client": "Tess Marlow", "line": "Auto", "effective": "1/1/2026", "expires": "7/1/2026",
    "status": "Active", "carrier": "Granite Mutual", "client_id": "4",
}  # fmt: skip


def read(load: Load, folder: Path, row: dict[str, str]) -> Reading:
    columns = [(heading, heading if key == "premium" else key) for heading, key in SCHEDULED]
    path, lines = replace(LAYOUTS[3][1], columns=columns).write(folder, [row])
    (reading,) = load(path)
    assert accounted(reading) == lines
    return reading


def test_a_written_premium_stands_in_by_the_year(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Premium - Written": "$300.00"})
    assert [row["annual_premium"] for row in named(reading)] == [60000]
    assert any("by the year" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"status": "Cancelled"}, "Policy Status"),
        ({"status": "Quoted"}, "Policy Status"),
        ({}, "Premium - Annualized"),
        ({"effective": "2/30/2026"}, "Policy Effective Date"),
    ],
)
def test_rejects(tmp_path: Path, load: Load, cells: dict[str, str], column: str) -> None:
    amount = {} if not cells else {"Premium - Annualized": "$300.00"}
    reading = read(load, tmp_path, ROW | amount | cells)
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(2, column)]
    assert named(reading) == []


def test_rows_a_few_cells_short_are_padded(tmp_path: Path, load: Load) -> None:
    head = ["Policy_Number", "Account_Name", "Status2", "Effective_Date2", "Expiration_Date2", "Annualized_Premium2",
            "Line_Of_Business", "Master_Company", "Service_Team", "Department"]  # fmt: skip
    row = ["A1", "Tess Marlow", "Active", "1/1/2026", "1/1/2027", "500", "Auto", "Granite Mutual"]
    path = tmp_path / "PolicyMaster.csv"
    path.write_bytes(csv_bytes([head, row]))
    (reading,) = load(path)
    assert reading.profile == "ezlynx_policy_master"
    assert [row["annual_premium"] for row in named(reading)] == [50000]
    assert any("active policies only" in note for note in reading.notes)
