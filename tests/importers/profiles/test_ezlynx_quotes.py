"""EZLynx's quotes: several carriers for one applicant on a day are one quote."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles import exports
from tests.importers.profiles.exports import Layout, camel, dollars, shuffled, underscored, us_date

Load = Callable[..., list[Reading]]
DETAIL = [
    ("Quote ID", "id"), ("Quote Date", "date"), ("Applicant Name", "client"), ("Applicant ID", "client_id"),
    ("Assigned Producer", "producer"), ("Line Of Business", "line"), ("Carrier", "carrier"),
    ("Quoted Premium", "premium"), ("Quote Status", "status"), ("Lead Source", "source"),
]  # fmt: skip
RATING = [
    ("Date Rated", "date"), ("Applicant", "client"), ("Applicant ID", "client_id"), ("User", "producer"),
    ("LOB", "line"), ("Company", "carrier"), ("Premium", "premium"), ("Rating Status", "status"), ("Quote #", "id"),
]  # fmt: skip
LAYOUTS = (
    Layout("detail", DETAIL, (("Quotes Detail",), ("Run date: 3/9/2026",)), (("Total", *[""] * 6, "$5.00"),), 35),
    Layout("camel", camel(shuffled(DETAIL, 3)), (("Quotes",),), suffix=".xlsx"),
    Layout("rating", underscored(shuffled(RATING, 7)), delimiter=";"),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    chance = random.Random(layout.name)
    rows: list[dict[str, str]] = []
    truth: list[dict[str, object]] = []
    for at in range(540):
        day = (date(2025, 10, 1) + timedelta(days=chance.randrange(120))).isoformat()
        client, who = f"{chance.choice(exports.FIRST)} {chance.choice(exports.LAST)}", chance.choice(exports.PRODUCERS)
        carrier, cents = chance.choice(["Granite Mutual", "Summit Direct"]), chance.randrange(30_000, 400_000)
        rows.append({
            "id": f"Q{at}", "date": us_date(day), "client": client, "client_id": str(at // 3), "producer": who,
            "line": "Homeowners", "carrier": carrier, "premium": dollars(cents), "status": "Quoted", "source": "Web",
        })  # fmt: skip
        truth.append({
            "producer": who, "delivered_on": day, "quote_id": f"Q{at}", "lead_id": str(at // 3), "client": client,
            "line": "Homeowners", "carrier": carrier, "premium": cents,
        })  # fmt: skip
    path, lines = layout.write(tmp_path, rows)
    (reading,) = load(path)
    assert reading.profile == "ezlynx_quotes"
    assert named(reading) == truth
    assert accounted(reading) == lines
    assert reading.rejects == ()


HEAD = [heading for heading, _key in DETAIL]
ROW = {
    "Quote ID": "Q1", "Quote Date": "3/2/2026", "Applicant Name": "Tess Marlow", "Applicant ID": "12",
    "Assigned Producer": "Dana", "Line Of Business": "Auto", "Carrier": "Granite Mutual", "Quoted Premium": "900",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str]) -> Reading:
    path = folder / "quotes detail.csv"
    path.write_bytes(csv_bytes([HEAD, *([row.get(name, "") for name in HEAD] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "ezlynx_quotes"
    assert accounted(reading) == list(range(2, 2 + len(rows)))
    return reading


def test_a_number_on_several_rows_is_told_apart_by_carrier(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW, ROW | {"Carrier": "Summit Direct"}, ROW, ROW | {"Quoted Premium": "1"})
    assert [row["quote_id"] for row in named(reading)] == ["Q1/Auto/Granite Mutual", "Q1/Auto/Summit Direct"]
    assert reading.merged == {4: 2}
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(5, "Quote ID")]


def test_without_an_id_the_applicants_name_is_the_lead(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW | {"Applicant ID": "", "Assigned Producer": "Unknown"})
    assert [(row["lead_id"], row.get("producer")) for row in named(reading)] == [("Tess Marlow", None)]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Quote Status": "Declined"}, "Quote Status"),
        ({"Quote Date": ""}, "Quote Date"),
        ({"Applicant Name": "", "Applicant ID": ""}, "Applicant Name"),
        ({"Quoted Premium": "n/a"}, "Quoted Premium"),
    ],
)
def test_rejects(tmp_path: Path, load: Load, cells: dict[str, str], column: str) -> None:
    reading = read(load, tmp_path, ROW | cells)
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(2, column)]
