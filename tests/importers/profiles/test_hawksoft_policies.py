"""HawkSoft's policies: new business by the inception date, ends by the status, offices and sources kept."""

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

PLAIN = [
    ("Client Name", "client"), ("Client ID", "client_id"), ("Client Since", "since"), ("Client Office", "office"),
    ("Client Source", "source"), ("Producer", "producer"), ("CSR", "csr"), ("Policy Number", "number"),
    ("Carrier", "carrier"), ("LOB", "line"), ("Transaction Type", "transaction"), ("Policy Status", "status"),
    ("Effective Date", "effective"), ("Expiration Date", "expires"), ("Annual Premium", "premium"),
]  # fmt: skip
WILD = [
    ("Named Insured", "client"), ("Client #", "client_id"), ("Policy No.", "number"), ("Company", "carrier"),
    ("Application Type", "line"), ("New/Renewal", "transaction"), ("Eff. Date", "effective"),
    ("Renewal Date", "expires"), ("Premium", "premium"), ("Agent", "producer"), ("Office", "office"),
    ("Client Since", "since"), ("Source", "source"),
]  # fmt: skip
FOOT = (("Total", *[""] * 13, "$5.00"),)
LAYOUTS = (
    Layout("plain", PLAIN, (("Policies by producer",),), FOOT, encoding="utf-8-sig", blank_every=33),
    Layout("wild", underscored(shuffled(WILD, 9)), delimiter="|"),
    Layout("sheet", camel(shuffled(PLAIN, 6)), (("HawkSoft",), ("Run on 3/9/2026",)), suffix=".xlsx"),
)
WORDS = Words(change=None, cancel=None, reinstate=None)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    told = stories.tell(random.Random(layout.name), 520, WORDS)
    path, lines = stories.write(layout, tmp_path, told, since="5/1/2019", office="1 - Gastonia", source="Walk-in")
    for story in told:
        story.policy["source"] = "Walk-in"
    (reading,) = load(path)
    assert reading.profile == "hawksoft_policies"
    stories.check(reading, told, lines, drop=("snapshot",))
    assert {row["since"] for row in named(reading, "clients")} == {"2019-05-01"}


HEAD = ["Client", "Client Since", "Client Office", "Producer", "Policy Number", "Policy Status", "Policy Status Date",
        "Effective Date", "Expiration Date", "Inception Date", "Sold Date", "Application Type",
        "Annual Premium"]  # fmt: skip
ROW = {
    "Client": "Tess Marlow", "Client Office": "1 - Gastonia", "Producer": "Dana Whitfield", "Policy Number": "A1",
    "Policy Status": "Active", "Effective Date": "2/1/2026", "Expiration Date": "2/1/2027",
    "Inception Date": "2/1/2026", "Sold Date": "1/20/2026", "Application Type": "Personal Auto",
    "Annual Premium": "900",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str]) -> Reading:
    path = folder / "policies.csv"
    path.write_bytes(csv_bytes([HEAD, *([row.get(name, "") for name in HEAD] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "hawksoft_policies"
    assert accounted(reading) == list(range(2, 2 + len(rows)))
    return reading


def test_inception_tells_new_business_and_sold_when_it_was_bound(tmp_path: Path, load: Load) -> None:
    older = ROW | {"Policy Number": "A2", "Inception Date": "2/1/2024", "Sold Date": ""}
    first, second = named(read(load, tmp_path, ROW, older))
    assert (first["transaction"], first["bound_on"], first["line"]) == ("new", "2026-01-20", "Personal Auto")
    assert (second["transaction"], second["bound_on"]) == ("renewal", "2026-02-01")
    assert second["snapshot"] is True


def test_a_status_ends_the_term_on_its_day(tmp_path: Path, load: Load) -> None:
    gone = ROW | {"Policy Status": "Cancelled", "Policy Status Date": "3/1/2026"}
    reading = read(load, tmp_path, gone, ROW | {"Policy Number": "A2", "Policy Status": "Cancelled"})
    first, second = named(reading)
    assert (first["ended_on"], first["end_reason"]) == ("2026-03-01", "Cancelled")
    assert "ended_on" not in second
    assert any("1 rows are of cancelled policies" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Policy Status": "Prospect"}, "Policy Status"),
        ({"Inception Date": "3/1/2026"}, "Inception Date"),
        ({"Inception Date": ""}, "Inception Date"),
        ({"Annual Premium": ""}, "Annual Premium"),
        ({"Effective Date": "31/1/2026"}, "Effective Date"),
    ],
)
def test_rejects(tmp_path: Path, load: Load, cells: dict[str, str], column: str) -> None:
    reading = read(load, tmp_path, ROW | cells)
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(2, column)]
    assert named(reading) == []
