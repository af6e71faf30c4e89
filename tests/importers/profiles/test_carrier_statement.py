"""Carriers' commission statements: headings that name clients, negatives, rates, A/B, and what a term needs."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import accounted, named
from tests.importers.profiles.exports import (
    FIRST,
    LAST,
    PRODUCERS,
    Layout,
    camel,
    dollars,
    shuffled,
    underscored,
    us_date,
)

Load = Callable[..., list[Reading]]
COLUMNS = [
    ("Policy Number", "number"), ("Insured Name", "client"), ("Eff Date", "start"), ("Trans Date", "day"),
    ("Trans Type", "step"), ("LOB", "line"), ("Premium", "premium"), ("Rate", "rate"), ("Commission", "paid"),
    ("Producer", "who"), ("Split", "split"),
]  # fmt: skip
NEW = {
    "number": "HO-1", "client": "Marlow, Tess", "start": "3/1/2026", "step": "New Business", "line": "Home",
    "premium": "$1,200.00", "rate": "12.5%", "paid": "150.00", "who": "Dana Whitfield",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str], columns: Sequence[tuple[str, str]] = COLUMNS) -> Reading:
    path, _lines = Layout("statement", columns).write(folder, rows)
    (reading,) = load(path)
    assert reading.profile == "carrier_statement"
    return reading


def rejects(reading: Reading) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.value) for one in reading.rejects]


def test_a_whole_term(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, NEW)
    assert named(reading) == [{
        "policy_number": "HO-1", "client": "Marlow, Tess", "producer": "Dana Whitfield", "line": "Home",
        "transaction": "new", "bound_on": "2026-03-01", "effective_on": "2026-03-01", "annual_premium": 120000,
        "commission_rate": 0.125, "commission": 15000,
    }]  # fmt: skip
    assert any("not guessed" in note for note in reading.notes)


def test_rates_of_both_kinds_in_one_column(tmp_path: Path, load: Load) -> None:
    rows = [NEW, NEW | {"number": "2", "rate": "9"}, NEW | {"number": "3", "rate": "15"}]
    reading = read(load, tmp_path, *rows)
    assert [row["commission_rate"] for row in named(reading)] == [0.125, 0.09, 0.15]
    assert any("percents" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("who", "split", "producer", "shares"),
    [
        ("Dana Whitfield/Owen Pryce", "", "Dana Whitfield", "Dana Whitfield:0.5;Owen Pryce:0.5"),
        ("DW / OP", "60/40", "DW", "DW:0.6;OP:0.4"),
        ("DW/OP", "70%/30%", "DW", "DW:0.7;OP:0.3"),
        ("zz-Owen Pryce", "", "Owen Pryce", None),
        ("N/A", "", None, None),
    ],
)
def test_producers(tmp_path: Path, load: Load, who: str, split: str, producer: str | None, shares: str | None) -> None:
    (row,) = named(read(load, tmp_path, NEW | {"who": who, "split": split}))
    assert (row.get("producer"), row.get("shares")) == (producer, shares)


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ({"who": "A/B", "split": "60/60"}, "Split", "60/60"),
        ({"client": ""}, "Insured Name", ""),
        ({"line": ""}, "LOB", ""),
        ({"start": ""}, "Eff Date", ""),
        ({"premium": ""}, "Premium", ""),
        ({"step": ""}, "Trans Type", ""),
        ({"step": "Bonus"}, "Trans Type", "Bonus"),
        ({"paid": "427.02-"}, "Commission", "-427.02"),
        ({"premium": "$(335.00)"}, "Premium", "-335.00"),
        ({"step": "Endorsement", "paid": "$(335.00)"}, "Trans Type", "Endorsement"),
        ({"number": "1.23457E+12"}, "Policy Number", "1.23457E+12"),
        ({"paid": "12,5"}, "Commission", "12,5"),
    ],
)
def test_what_a_term_lacks_rejects_its_row(
    tmp_path: Path, load: Load, change: dict[str, str], column: str, value: str
) -> None:
    reading = read(load, tmp_path, NEW, NEW | {"number": "X-1"} | change)
    assert rejects(reading) == [(3, column, value)]
    assert accounted(reading) == [2, 3]
    assert len(named(reading)) == 1


def test_a_cancellation_ends_the_term_that_the_statement_lists(tmp_path: Path, load: Load) -> None:
    gone = NEW | {"step": "Cancellation", "day": "4/15/2026", "premium": "$(1,050.00)", "paid": "131.25-"}
    reading = read(load, tmp_path, NEW, gone)
    (row,) = named(reading)
    assert (row["ended_on"], row["end_reason"], row["commission"]) == ("2026-04-15", "cancelled", 1875)
    assert row["annual_premium"] == 120000
    assert reading.merged == {3: 2}
    back = gone | {"step": "Reinstatement", "day": "5/1/2026", "premium": "1050", "paid": "131.25"}
    (row,) = named(read(load, tmp_path, NEW, gone, back))
    assert "ended_on" not in row
    assert row["commission"] == 15000
    reading = read(load, tmp_path, NEW, gone | {"day": ""})
    assert rejects(reading) == [(3, "Trans Type", "Cancellation")]


def test_a_change_adds_its_commission_and_leaves_the_premium(tmp_path: Path, load: Load) -> None:
    change = NEW | {"step": "Endorsement", "day": "6/1/2026", "premium": "100", "paid": "12.50"}
    reading = read(load, tmp_path, change, NEW)
    (row,) = named(reading)
    assert (row["annual_premium"], row["commission"]) == (120000, 16250)
    assert any("their premium is left" in note for note in reading.notes)


def test_lines_add_up_and_producers_of_one_line_share(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, NEW, NEW | {"line": "Umbrella", "premium": "300", "paid": "30"})
    (row,) = named(reading)
    assert (row["line"], row["annual_premium"], row["commission"]) == ("Home + Umbrella", 150000, 18000)
    reading = read(load, tmp_path, NEW | {"paid": "90"}, NEW | {"who": "Owen Pryce", "paid": "60"})
    (row,) = named(reading)
    assert (row["annual_premium"], row["commission"]) == (120000, 15000)
    assert row["shares"] == "Dana Whitfield:0.6;Owen Pryce:0.4"


@pytest.mark.parametrize("change", [{}, {"premium": "100"}, {"step": "Renewal"}])
def test_a_term_stated_twice_is_asked_about(tmp_path: Path, load: Load, change: dict[str, str]) -> None:
    reading = read(load, tmp_path, NEW, NEW | change, NEW | {"number": "Z"})
    assert [one.line for one in reading.rejects] == [2, 3]
    assert [row["policy_number"] for row in named(reading)] == ["Z"]
    assert accounted(reading) == [2, 3, 4]


BARE = [pair for pair in COLUMNS if pair[1] != "client"]


@pytest.mark.parametrize(
    ("heading", "client"),
    [
        ("Marlow, Tess", "Marlow, Tess"),
        ("Client: Hale Bakery (C-1044)", "Hale Bakery"),
        ("Named Insured: Hale Bakery", "Hale Bakery"),
        ("3D Signs LLC", "3D Signs LLC"),
    ],
)
def test_headings_name_clients(tmp_path: Path, load: Load, heading: str, client: str) -> None:
    second = NEW | {"number": "HO-2", "section": "Sorel, Greta"}
    reading = read(load, tmp_path, NEW | {"section": heading}, NEW | {"number": "HO-3"}, second, columns=BARE)
    assert [row["client"] for row in named(reading)] == [client, client, "Sorel, Greta"]
    assert [(one.line, one.why) for one in reading.skipped] == [(2, "section"), (5, "section")]


@pytest.mark.parametrize("heading", ["Total Roofing LLC", "Page Turner Books", "Confidential"])
def test_a_heading_that_may_be_none_is_asked_about(tmp_path: Path, load: Load, heading: str) -> None:
    rows = [NEW | {"section": "Marlow, Tess"}, NEW | {"number": "HO-2", "section": heading}]
    reading = read(load, tmp_path, *rows, columns=BARE)
    assert [row["client"] for row in named(reading)] == ["Marlow, Tess"]
    assert [one.line for one in reading.rejects] == [5]


def test_headings_name_what_the_rows_below_are(tmp_path: Path, load: Load) -> None:
    columns = [pair for pair in COLUMNS if pair[1] not in {"step", "who"}]
    rows = [
        NEW | {"section": "NEW BUSINESS"},
        NEW | {"number": "HO-2", "section": "Renewals"},
        NEW | {"number": "HO-3", "section": "Producer: Owen Pryce"},
    ]
    found = named(read(load, tmp_path, *rows, columns=columns))
    assert [(row["transaction"], row.get("producer")) for row in found] == [
        ("new", None), ("renewal", None), ("renewal", "Owen Pryce"),
    ]  # fmt: skip


OTHER = [
    ("Policy #", "number"), ("Effective Date", "start"), ("Transaction", "step"), ("Line of Business", "line"),
    ("Written Premium", "premium"), ("Comm %", "rate"), ("Commission Amount", "paid"), ("Writing Agent", "who"),
    ("Check Number", "check"),
]  # fmt: skip
TITLES = (("Granite Mutual",), ("Carrier: Granite Mutual",), ("Statement Date: 03/31/2026",), ("Agency", "Hale"))
LAYOUTS = (
    Layout("plain", COLUMNS, TITLES[2:], blank_every=80),
    Layout("web", OTHER, TITLES, suffix=".xls", margin=1),
    Layout("book", camel(shuffled(COLUMNS, 5)), TITLES, suffix=".xlsx", margin=1),
    Layout("under", underscored(shuffled(OTHER, 3)), TITLES[:2], delimiter=";", encoding="cp1252"),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    chance = random.Random(layout.name)
    by_heading = "client" not in {key for _heading, key in layout.columns}
    rows: list[dict[str, str]] = []
    truth, total, client = [], 0, ""
    for at in range(600):
        start = date(2026, chance.randrange(1, 4), chance.randrange(1, 28)).isoformat()
        premium, rate = chance.randrange(20_000, 900_000, 100), chance.choice((8, 9, 12.5, 15))
        paid = round(premium * rate / 100)
        who = chance.choice((*PRODUCERS, "Dana Whitfield/Owen Pryce"))
        row = {
            "number": f"GM-{at:05d}", "start": us_date(start), "step": chance.choice(("New", "Renewal")),
            "line": chance.choice(("Home", "Auto")), "premium": dollars(premium), "check": "771",
            "rate": f"{rate}%" if at % 2 else f"{rate}", "paid": dollars(paid), "who": who,
        }  # fmt: skip
        if at % 3 == 0:
            client = f"{chance.choice(LAST)}, {chance.choice(FIRST)} {at}"
        row |= ({"section": client} if at % 3 == 0 else {}) if by_heading else {"client": client}
        rows.append(row)
        names = who.split("/")
        shares = "Dana Whitfield:0.5;Owen Pryce:0.5" if len(names) > 1 else None
        step = {"New": "new", "Renewal": "renewal"}[row["step"]]
        truth.append((row["number"], client, names[0], shares, step, start, premium, rate / 100, paid))
        total += paid
    last = {"number": "Grand Total", "paid": dollars(total)}
    footers = ([last.get(key, "") for _heading, key in layout.columns], ["Page 1 of 1"])
    path, lines = replace(layout, footers=footers).write(tmp_path, rows)
    (reading,) = load(path)
    assert reading.profile == "carrier_statement"
    names_of = (
        "policy_number", "client", "producer", "shares", "transaction", "effective_on", "annual_premium",
        "commission_rate", "commission",
    )  # fmt: skip
    assert [tuple(row.get(name) for name in names_of) for row in named(reading)] == truth
    assert accounted(reading) == lines
    assert reading.file_total == reading.our_total == total / 100
    carriers = {row.get("carrier") for row in named(reading)}
    assert carriers == ({None} if layout.name == "plain" else {"Granite Mutual"})
