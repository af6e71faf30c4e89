"""AgencyZoom's totals by producer and by lead source: Total first, no dates, kept apart from what we count."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.importers import Options, Reading
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles.exports import FIRST, LAST, Layout, camel, shuffled, underscored

Load = Callable[..., list[Reading]]
FILE = "sales-report - 2026-03-09T101112.123.csv"
MARCH = (date(2026, 3, 1), date(2026, 3, 8))
HEAD = ["Producer", "Items", "Premium", "L&H Premium", "Policies", "Sales", "Points", "Revenue"]
SALES = [
    HEAD,
    ["Total", "15", "$19,885", "0", "9", "7", "31.5", "$2,982.75"],
    ["Dana Whitfield", "10", "$12,000", "0", "6", "5", "21", "$1,800"],
    ["zz-Owen Pryce", "5", "$7,885.00", "0", "3", "2", "10.5", "$1,182.75"],
    ["Unassigned", "0", "0", "0", "0", "0", "0", "0"],
]


def put(folder: Path, rows: list[list[str]], name: str = FILE) -> Path:
    path = folder / name
    path.write_bytes(csv_bytes(rows))
    return path


@pytest.fixture
def march(options: Options) -> Options:
    return replace(options, period=MARCH)


def test_totals_by_producer(tmp_path: Path, load: Load, march: Options) -> None:
    (reading,) = load(put(tmp_path, SALES), using=march)
    assert (reading.profile, reading.rows, reading.rejected_rows) == ("agencyzoom_sales", 3, 0)
    assert [(one.line, one.why) for one in reading.skipped] == [(2, "total")]
    assert (reading.file_total, reading.our_total) == (19885.0, 19885.0)
    dana, owen, nobody = named(reading)
    assert dana == {
        "system": "agencyzoom", "from": "2026-03-01", "to": "2026-03-08", "producer": "Dana Whitfield", "items": 10,
        "premium": 1200000, "life_health_premium": 0, "policies": 6, "sales": 5, "points": 21.0, "revenue": 180000,
        "pulled_on": "2026-03-09",
    }  # fmt: skip
    assert owen["producer"] == "Owen Pryce"
    assert "producer" not in nobody
    assert any("zz-" in note and "Owen Pryce" in note for note in reading.notes)
    assert accounted(reading) == [3, 4, 5]


def test_without_a_period_it_is_asked_for(tmp_path: Path, load: Load) -> None:
    (reading,) = load(put(tmp_path, SALES))
    assert reading.profile == "agencyzoom_sales"
    assert reading.problem is not None
    assert "no dates" in reading.problem.what


def test_a_report_pulled_before_the_periods_end_says_so(tmp_path: Path, load: Load, options: Options) -> None:
    using = replace(options, period=(date(2026, 3, 1), date(2026, 3, 31)))
    (reading,) = load(put(tmp_path, SALES), using=using)
    assert any("later sales are not in it" in note for note in reading.notes)


def test_a_total_that_differs_is_shown_beside_ours(tmp_path: Path, load: Load, march: Options) -> None:
    (reading,) = load(put(tmp_path, [HEAD, ["Total", "1", "$20,000", *SALES[1][3:]], *SALES[2:]]), using=march)
    assert (reading.file_total, reading.our_total) == (20000.0, 19885.0)
    assert any("20,000.00" in note and "19,885.00" in note for note in reading.notes)


def test_a_producer_stated_twice_is_asked_about(tmp_path: Path, load: Load, march: Options) -> None:
    (reading,) = load(put(tmp_path, [*SALES, SALES[2], ["Unknown", *SALES[4][1:]]]), using=march)
    assert [(one.line, one.column, one.value) for one in reading.rejects] == [
        (6, "Producer", "Dana Whitfield"), (7, "Producer", "Unknown"),
    ]  # fmt: skip
    assert accounted(reading) == [3, 4, 5, 6, 7]


def test_sources_that_are_no_sales_are_marked(tmp_path: Path, load: Load, march: Options) -> None:
    rows = [
        ["Lead Source", *HEAD[1:]],
        SALES[1],
        ["Referral", *SALES[2][1:]],
        ["BOB", "3", "$5,000", "0", "2", "2", "0", "$500"],
        ["Rewrite", "2", "$2,885", "0", "1", "0", "10.5", "$682.75"],
    ]
    (reading,) = load(put(tmp_path, rows), using=march)
    assert reading.profile == "agencyzoom_sources"
    assert [(row["source"], row.get("not_sales")) for row in named(reading)] == [
        ("Referral", None), ("BOB", True), ("Rewrite", True),
    ]  # fmt: skip
    assert any("BOB is no sale" in note and "5,000.00" in note for note in reading.notes)
    assert (reading.file_total, reading.our_total) == (19885.0, 19885.0)


PLAIN = [
    ("Producer", "who"), ("Items", "items"), ("Premium", "premium"), ("L&H Premium", "life"),
    ("Policies", "policies"), ("Sales", "sales"), ("Points", "points"), ("Revenue", "revenue"),
]  # fmt: skip
OTHER = [
    ("Agent Name", "who"), ("Item Count", "items"), ("Written Premium", "premium"), ("Life & Health Premium", "life"),
    ("Policy Count", "policies"), ("Sales Count", "sales"), ("Office", "office"), ("Total Revenue", "revenue"),
]  # fmt: skip
BY_SOURCE = [("Lead Source Name", "who"), *PLAIN[1:]]
TOTAL = {"who": "Total", "items": "9", "premium": "$9"}
LAYOUTS = {
    "plain": Layout("plain", PLAIN),
    "camel": Layout(
        "camel", camel(shuffled(OTHER, 3)), (("Producer Breakdown",), ("Run date: 3/9/2026",)), suffix=".xlsx"
    ),
    "underscored": Layout("under", underscored(shuffled(PLAIN, 9)), blank_every=40, delimiter=";", encoding="utf-16"),
    "sources": Layout("sources", shuffled(BY_SOURCE, 5), (("Lead Source Breakdown",),), blank_every=70),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(tmp_path: Path, load: Load, march: Options, name: str) -> None:
    layout, chance = LAYOUTS[name], random.Random(name)
    rows, truth = [], []
    for at in range(600):
        cents = chance.randrange(0, 9_000_000, 50)
        who = f"{chance.choice(FIRST)} {chance.choice(LAST)} {at}"
        counts = [chance.randrange(0, 90) for _ in range(3)]
        rows.append({
            "who": who, "items": str(counts[0]), "premium": "0" if at % 9 == 0 else f"${cents / 100:,.2f}", "life": "0",
            "policies": str(counts[1]), "sales": str(counts[2]), "points": "1.5", "revenue": "$12", "office": "North",
        })  # fmt: skip
        truth.append((who, counts[0], 0 if at % 9 == 0 else cents, counts[1], counts[2]))
    total = sum(one[2] for one in truth)
    summed = {**TOTAL, "premium": f"${total / 100:,.2f}"}
    led = replace(layout, leading=([summed.get(key, "") for _heading, key in layout.columns],))
    path, lines = led.write(tmp_path, rows)
    (reading,) = load(path, using=march)
    about = "source" if name == "sources" else "producer"
    assert reading.profile == f"agencyzoom_{'sources' if name == 'sources' else 'sales'}"
    found = [(row[about], row["items"], row["premium"], row["policies"], row["sales"]) for row in named(reading)]
    assert found == truth
    assert accounted(reading) == lines
    assert (reading.file_total, reading.our_total) == (total / 100, total / 100)
