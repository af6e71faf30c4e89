"""AMS360's new business summary: several transaction rows per policy, people once per role, half-year terms."""

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

HELP = [
    ("Customer Name", "client"), ("Customer Number", "client_id"), ("Policy #", "number"), ("Term", "term"),
    ("Policy Type", "line"), ("Bill Method", "billing"), ("Company", "carrier"), ("Type of Business", "business"),
    ("Eff Date", "effective"), ("Exp Date", "expires"), ("Full Term Premium", "premium"), ("Commission", "commission"),
    ("Exec", "producer"), ("Rep", "csr"), ("Transaction Type", "transaction"), ("Transaction Date", "day"),
]  # fmt: skip
LONG = [
    ("Customer", "client"), ("Cust #", "client_id"), ("Policy No.", "number"), ("Line of Business", "line"),
    ("Writing Company", "carrier"), ("Effective Date", "effective"), ("Expiration Date", "expires"),
    ("Written Premium", "premium"), ("Account Executive", "producer"), ("Account Representative", "csr"),
    ("Original Transaction", "transaction"), ("Trans Eff Date", "day"), ("Division", "billing"),
]  # fmt: skip
FOOT = (("Total", *[""] * 9, "$12.00"), ("Page 1 of 1",))
LAYOUTS = (
    Layout("help", HELP, (("New Business Summary",), ("Date range: 6/1/2025 - 3/9/2026",)), FOOT, blank_every=60),
    Layout("long", underscored(shuffled(LONG, 7)), delimiter="\t", encoding="cp1252", suffix=".txt"),
    Layout("sheet", camel(shuffled(HELP, 2)), (("AMS360",), ("Printed 3/9/2026",)), suffix=".xlsx"),
)
WORDS = Words(
    renewal="Renew Policy", change="Policy Change", cancel="Cancellation Request", repeated=True, half_year=True
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    told = stories.tell(random.Random(layout.name), 360, WORDS)
    path, lines = stories.write(layout, tmp_path, told, csr="JHALE", billing="Agency", business="Personal")
    (reading,) = load(path)
    assert reading.profile == "ams360_new_business"
    assert len(lines) >= 500
    stories.check(reading, told, lines)
    assert any("by the year" in note for note in reading.notes)
    assert {row["csr"] for row in named(reading, "clients")} == {"JHALE"}


HEAD = [heading for heading, _key in HELP]
ROW = {
    "Customer Name": "Marlow Bakery", "Customer Number": "1001", "Policy #": "A1", "Policy Type": "BOP",
    "Eff Date": "1/1/2026", "Exp Date": "1/1/2027", "Full Term Premium": "1,200.00", "Exec": "DWHITF",
    "Transaction Type": "New Business",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str], head: list[str] = HEAD) -> Reading:
    path = folder / "summary.csv"
    path.write_bytes(csv_bytes([head, *([row.get(name, "") for name in head] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "ams360_new_business"
    assert accounted(reading) == list(range(2, 2 + len(rows)))
    return reading


def test_a_number_cut_by_a_spreadsheet_is_rejected(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Policy #": "1.23457E+12"})
    assert [(issue.column, issue.value) for issue in reading.rejects] == [("Policy #", "1.23457E+12")]
    assert "scientific notation" in reading.rejects[0].reason


def test_an_employee_once_per_role(tmp_path: Path, load: Load) -> None:
    head = [*[name for name in HEAD if name not in {"Exec", "Rep"}], "Employee", "Role"]
    rows = [ROW | {"Employee": "JHALE", "Role": "Rep"}, ROW | {"Employee": "DWHITF", "Role": "Exec"}]
    reading = read(load, tmp_path, *rows, head=head)
    (policy,) = named(reading)
    assert (policy["producer"], policy["annual_premium"]) == ("DWHITF", 120000)
    assert [row.get("csr") for row in named(reading, "clients")] == ["JHALE"]
    assert reading.merged == {3: 2}


@pytest.mark.parametrize(
    ("cells", "premium"),
    [
        ({"Term": "6"}, 240000), ({"Term": "Semi-Annual"}, 240000), ({"Term": "12 Months"}, 120000),
        ({"Term": "1 Year", "Exp Date": "7/1/2026"}, 120000), ({"Exp Date": "7/1/2026"}, 240000),
        ({"Exp Date": ""}, 120000), ({"Exp Date": "6/20/2026"}, 120000),
        ({"Term": "3", "Full Term Premium": "100.01"}, 40004),
    ],
)  # fmt: skip
def test_premiums_are_by_the_year(tmp_path: Path, load: Load, cells: dict[str, str], premium: int) -> None:
    assert [row["annual_premium"] for row in named(read(load, tmp_path, ROW | cells))] == [premium]


def test_a_term_that_cannot_be_read_is_rejected(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Term": "some time"})
    assert [(issue.column, issue.value) for issue in reading.rejects] == [("Term", "some time")]


def test_premium_on_a_later_transaction_is_taken_once(tmp_path: Path, load: Load) -> None:
    change = ROW | {"Transaction Type": "Policy Change", "Transaction Date": "2/1/2026"}
    reading = read(load, tmp_path, ROW | {"Full Term Premium": ""}, change)
    assert [row["annual_premium"] for row in named(reading)] == [120000]
    assert named(reading, "premiums") == []


def test_changes_of_one_day_and_of_a_sum(tmp_path: Path, load: Load) -> None:
    head = [*HEAD, "Premium Change"]
    change = {"Transaction Type": "Policy Change", "Full Term Premium": "", "Transaction Date": "2/1/2026"}
    rows = [ROW, ROW | change | {"Premium Change": "100"}, ROW | change | {"Premium Change": "(50.00)"}]
    reading = read(load, tmp_path, *rows, head=head)
    assert [(row["from"], row["annual_premium"]) for row in named(reading, "premiums")] == [("2026-02-01", 125000)]


def test_a_cancellation_belongs_to_the_term_of_its_day(tmp_path: Path, load: Load) -> None:
    renewal = ROW | {"Transaction Type": "Renew Policy", "Eff Date": "1/1/2027", "Exp Date": "1/1/2028"}
    cancel = ROW | {"Transaction Type": "Cancellation Request", "Eff Date": "3/5/2027", "Exp Date": "1/1/2028"}
    found = {row["effective_on"]: row for row in named(read(load, tmp_path, cancel, ROW, renewal))}
    assert "ended_on" not in found["2026-01-01"]
    assert found["2027-01-01"]["ended_on"] == "2027-03-05"


def test_the_total_is_set_beside_ours(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "summary.csv"
    total = ["Grand Total", *["" for _name in HEAD[1:]]]
    total[HEAD.index("Full Term Premium")] = "$2,400.00"
    second = ROW | {"Policy #": "A2"}
    path.write_bytes(csv_bytes([HEAD, *([row.get(name, "") for name in HEAD] for row in (ROW, second)), total]))
    (reading,) = load(path)
    assert (reading.file_total, reading.our_total, reading.rows) == (2400, 2400, 2)
