"""EZLynx's policy activity: transactions fold into terms."""

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

DETAIL = [
    ("Account Name", "client"), ("Applicant ID", "client_id"), ("Assigned Producer", "producer"), ("CSR", "csr"),
    ("Transaction Type", "transaction"), ("Transaction Date", "day"), ("Line Of Business", "line"),
    ("Master Company", "carrier"), ("Policy Number", "number"), ("Policy Effective Date", "effective"),
    ("Policy Expiration Date", "expires"), ("Premium - Annualized", "premium"), ("Branch", "branch"),
]  # fmt: skip
OTHER = [
    ("Applicant", "client"), ("Account ID", "client_id"), ("Producer", "producer"), ("Policy Activity", "transaction"),
    ("Activity Date", "day"), ("LOB", "line"), ("Carrier", "carrier"), ("Policy #", "number"),
    ("Effective Date", "effective"), ("Expiration Date", "expires"), ("Premium", "premium"), ("Term", "term"),
]  # fmt: skip
LAYOUTS = (
    Layout("detail", DETAIL, (("Policy Activity Detail",), ("Filters: all branches",)),
           (("Total", *[""] * 10, "$5.00"),), blank_every=25),
    Layout("camel", camel(shuffled(DETAIL, 1)), (("Run date", "3/9/2026"),), suffix=".xlsx"),
    Layout("other", underscored(shuffled(OTHER, 4)), delimiter=";"),
)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    words = Words(rewrite=None, cancel="Cancelled", repeated=True, half_year=layout.name == "other")
    told = stories.tell(random.Random(layout.name), 400, words)
    path, lines = stories.write(layout, tmp_path, told, csr="Jo Hale", branch="Main")
    (reading,) = load(path)
    assert reading.profile == "ezlynx_policy_activity"
    assert len(lines) >= 500
    stories.check(reading, told, lines)


HEAD = [heading for heading, _key in DETAIL]
ROW = {
    "Account Name": "Tess Marlow", "Applicant ID": "7", "Assigned Producer": "zz-Owen Pryce", "Policy Number": "A1",
    "Transaction Type": "New Business", "Line Of Business": "Auto", "Policy Effective Date": "1/1/2026",
    "Premium - Annualized": "1000",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str]) -> Reading:
    path = folder / "activity.csv"
    path.write_bytes(csv_bytes([HEAD, *([row.get(name, "") for name in HEAD] for row in rows)]))
    (reading,) = load(path)
    assert accounted(reading) == list(range(2, 2 + len(rows)))
    return reading


def test_a_bind_is_bound_on_the_day_of_its_transaction(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Transaction Date": "12/20/2025"})
    assert [(row["bound_on"], row["producer"]) for row in named(reading)] == [("2025-12-20", "Owen Pryce")]
    assert any("zz-" in note for note in reading.notes)


def test_a_row_without_a_client_is_rejected(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Account Name": ""})
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(2, "Account Name")]
