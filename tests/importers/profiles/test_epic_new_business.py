"""Applied Epic's policy listings: split producers, package lines, transactions."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles import stories
from tests.importers.profiles.exports import Layout, camel, shuffled, underscored
from tests.importers.profiles.stories import Words

Load = Callable[..., list[Reading]]

SPACED = [
    ("Client Lookup Code", "client_id"), ("Client Name", "client"), ("Policy Number", "number"),
    ("Line Of Business", "line"), ("Effective Date", "effective"), ("Expiration Date", "expires"),
    ("Carrier Name", "carrier"), ("Annual Premium", "premium"), ("Producer Code", "producer"), ("Split %", "split"),
    ("Transaction Type", "transaction"), ("Transaction Effective Date", "day"), ("Billing Method", "billing"),
    ("Branch", "branch"), ("Dept", "dept"),
]  # fmt: skip
OTHER = [
    ("Lookup Code", "client_id"), ("Account Name", "client"), ("Policy #", "number"), ("Policy Type", "line"),
    ("Eff Date", "effective"), ("Exp Date", "expires"), ("ICO", "carrier"), ("PPE", "payable"),
    ("Estimated Premium", "premium"), ("Producer", "producer"), ("Producer %", "split"), ("Transaction", "transaction"),
    ("Transaction Date", "day"), ("Department", "dept"), ("Notes", "note"),
]  # fmt: skip
TOTAL = (("Grand Total", *[""] * 6, "$1.00"),)
LAYOUTS = (
    Layout("spaced", SPACED, (("Policy listing",), ("Producer: all", "Status: all"), ("Run date: 3/9/2026",)), TOTAL,
           blank_every=40),
    Layout("camel", camel(shuffled(SPACED, 3)), delimiter=";", encoding="utf-16"),
    Layout("other", underscored(shuffled(OTHER, 5)), (("New business",),), suffix=".xlsx"),
)  # fmt: skip
WORDS = Words(split=True, package=True)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    told = stories.tell(random.Random(layout.name), 420, WORDS)
    path, lines = stories.write(layout, tmp_path, told, billing="Direct", branch="Main", dept="PL")
    (reading,) = load(path)
    assert reading.profile == "epic_new_business"
    assert len(lines) >= 500
    stories.check(reading, told, lines)


HEAD = [heading for heading, _key in SPACED]
ROW = {
    "Client Lookup Code": "MARLT1", "Client Name": "Tess Marlow", "Policy Number": "A1", "Line Of Business": "Auto",
    "Effective Date": "1/1/2026", "Annual Premium": "1000", "Producer Code": "DW", "Transaction Type": "NEW",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str], name: str = "list.csv", drop: str = "") -> Reading:
    head = [heading for heading in HEAD if heading != drop]
    path = folder / name
    path.write_bytes(csv_bytes([head, *([row.get(heading, "") for heading in head] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "epic_new_business"
    assert accounted(reading) == list(range(2, 2 + len(rows)))
    return reading


def test_pieces_that_go_by_the_shares_add_up(tmp_path: Path, load: Load) -> None:
    rows = [ROW | {"Split %": "60", "Annual Premium": "600"},
            ROW | {"Split %": "40", "Annual Premium": "400", "Producer Code": "OP"}]  # fmt: skip
    (policy,) = named(read(load, tmp_path, *rows))
    assert (policy["annual_premium"], policy["shares"]) == (100000, "DW:0.6;OP:0.4")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ([{"Split %": "60%"}], "Split %"),
        ([{"Split %": "60%"}, {"Split %": "30%", "Producer Code": "OP"}], "Split %"),
        ([{"Split %": "sixty"}], "Split %"),
        ([{"Split %": "0%"}], "Split %"),
        ([{"Producer Code": "DW/OP"}, {"Producer Code": "CX", "Split %": "40%"}], "Split %"),
        ([{}, {"Annual Premium": "900", "Producer Code": "OP"}], "Annual Premium"),
        ([{}, {"Transaction Type": "REN"}], "Transaction Type"),
        ([{"Transaction Type": "Wondrous"}], "Transaction Type"),
        ([{"Transaction Type": ""}], "Transaction Type"),
        ([{"Annual Premium": ""}], "Annual Premium"),
        ([{"Annual Premium": "-5"}], "Annual Premium"),
        ([{"Transaction Type": "CAN"}], "Policy Number"),
        ([{"Policy Number": "1.23457E+12"}], "Policy Number"),
        ([{"Client Name": ""}], "Client Name"),
        ([{"Line Of Business": ""}], "Line Of Business"),
        ([{"Policy Number": ""}], "Policy Number"),
    ],
)
def test_what_contradicts_itself_is_rejected_whole(
    tmp_path: Path, load: Load, changes: list[dict[str, str]], column: str
) -> None:
    reading = read(load, tmp_path, *(ROW | change for change in changes))
    assert named(reading) == []
    assert reading.rejected_rows == len(changes)
    assert column in {issue.column for issue in reading.rejects}


def test_several_producers_without_shares_count_once_for_the_first(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW, ROW | {"Producer Code": "OP"})
    (policy,) = named(reading)
    assert (policy["producer"], policy["annual_premium"], policy.get("shares")) == ("DW", 100000, None)
    assert any("counted once" in note for note in reading.notes)


def test_two_names_in_one_cell_share(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Producer Code": "DW/OP"},
                   ROW | {"Policy Number": "A2", "Producer Code": "DW/OP", "Split %": "70/30"})  # fmt: skip
    assert [policy["shares"] for policy in named(reading)] == ["DW:0.5;OP:0.5", "DW:0.7;OP:0.3"]


def test_a_producer_without_a_part_has_none(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW, ROW | {"Producer Code": "OP", "Split %": "100%"})
    (policy,) = named(reading)
    assert (policy["producer"], policy.get("shares"), policy["annual_premium"]) == ("OP", None, 100000)


def test_lines_of_one_policy_add_up_and_package_lines_do_not(tmp_path: Path, load: Load) -> None:
    lines = [ROW, ROW | {"Line Of Business": "Home", "Annual Premium": "500"}]
    other = ROW | {"Policy Number": "P2"}
    package = [other | {"Line Of Business": "Commercial Package", "Annual Premium": "1500"},
               other | {"Line Of Business": "Property"}]  # fmt: skip
    found = {row["policy_number"]: row for row in named(read(load, tmp_path, *lines, *package))}
    assert found["A1"]["annual_premium"] == 150000
    assert (found["P2"]["annual_premium"], found["P2"]["line"]) == (150000, "Commercial Package")


def test_a_title_says_new_business_where_no_column_does(tmp_path: Path, load: Load) -> None:
    (policy,) = named(read(load, tmp_path, ROW, name="New Business March.csv", drop="Transaction Type"))
    assert policy["transaction"] == "new"
    reading = read(load, tmp_path, ROW, name="renewals and new business.csv", drop="Transaction Type")
    assert [issue.line for issue in reading.rejects] == [2]


def test_leavers_and_nobody(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Producer Code": "zz-Owen Pryce"},
                   ROW | {"Policy Number": "A2", "Producer Code": "Unknown"})  # fmt: skip
    assert [policy.get("producer") for policy in named(reading)] == ["Owen Pryce", None]
    assert any("zz-" in note for note in reading.notes)


def test_a_change_of_a_term_that_is_not_in_the_file(tmp_path: Path, load: Load) -> None:
    change = {"Transaction Type": "Endorsement", "Transaction Effective Date": "3/1/2026", "Annual Premium": "1200"}
    reading = read(load, tmp_path, ROW | change)
    assert named(reading, "policies") == []
    assert named(reading, "premiums") == [
        {"policy_number": "A1", "effective_on": "2026-01-01", "from": "2026-03-01", "annual_premium": 120000}
    ]


def test_a_row_that_cannot_be_read_is_named_beside_its_policy(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW, ROW | {"Line Of Business": "Home", "Annual Premium": "n/a"})
    assert any("A1" in note and "line 3" in note for note in reading.notes)


def test_further_columns_are_kept(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Branch": "Main", "Dept": "CL"})
    (extra,) = (extra for batch in reading.batches() if batch.table == "policies" for extra in batch.extras)
    assert extra == '{"Branch":"Main","Dept":"CL"}'
    assert dict(reading.mapping)["Branch"] is None


@pytest.mark.parametrize(("stated", "ours"), [("$1,000.00", 1000), ("$2,000.00", 2000), ("$999.00", 2000)])
def test_a_total_of_policies_ties_where_rows_repeat_their_premium(
    tmp_path: Path, load: Load, stated: str, ours: float
) -> None:
    halves = [ROW | {"Split %": "60"}, ROW | {"Producer Code": "KL", "Split %": "40"}]
    total = {"Client Lookup Code": "Grand Total", "Annual Premium": stated}
    rows = ([row.get(heading, "") for heading in HEAD] for row in (*halves, total))
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes([HEAD, *rows]))
    (reading,) = load(path)
    assert [term["annual_premium"] for term in named(reading)] == [100_000]
    assert (reading.file_total, reading.our_total) == (float(stated.strip("$").replace(",", "")), ours)
    assert any("own total" in note for note in reading.notes) == (stated == "$999.00")
