"""InsuredMine's deals: premiums by the year, blank written premiums, one term however many insured persons it lists."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles.exports import FIRST, LAST, PRODUCERS, Layout, camel, shuffled

Load = Callable[..., list[Reading]]
HEAD = [
    "agent", "userType", "policy_mode", "producer", "policy_number", "premium_amount_written", "premium_amount",
    "policy_type", "company_name", "category_name", "policy_start_date", "policy_end_date", "csr", "account_name",
    "email", "gender", "firstname", "city", "account_type", "phone", "address", "state", "zip", "dob", "primary",
    "Applicant ID", "agency_id",
]  # fmt: skip
BASE = {
    "agent": "Front Desk", "userType": "Agent", "policy_mode": "6", "producer": "Dana Whitfield",
    "policy_number": "PA-100", "premium_amount_written": "610.50", "premium_amount": "610.50", "policy_type": "Auto",
    "company_name": "Granite Mutual", "category_name": "Personal Lines", "policy_start_date": "2026-01-15",
    "policy_end_date": "2026-07-15", "account_name": "Tess Marlow", "email": "tess@example.com", "firstname": "Tess",
    "account_type": "Personal", "phone": "(614) 555-0142", "state": "MA", "zip": "2134-1234", "dob": "1980-02-03",
    "primary": "yes", "Applicant ID": "A77", "agency_id": "9",
}  # fmt: skip


def read(load: Load, folder: Path, *rows: dict[str, str], head: list[str] = HEAD) -> Reading:
    path = folder / "deals.csv"
    path.write_bytes(csv_bytes([head, *([row.get(name, "") for name in head] for row in rows)]))
    (reading,) = load(path)
    assert reading.profile == "insuredmine_deals"
    return reading


def reject(reading: Reading) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.value) for one in reading.rejects]


def test_a_six_month_premium_is_brought_to_a_year(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, BASE)
    assert named(reading) == [{
        "policy_number": "PA-100", "client": "Tess Marlow", "client_id": "A77", "producer": "Dana Whitfield",
        "line": "Auto", "transaction": "renewal", "bound_on": "2026-01-15", "effective_on": "2026-01-15",
        "expires_on": "2026-07-15", "annual_premium": 122100, "carrier": "Granite Mutual", "state": "MA",
        "zip": "02134", "snapshot": True,
    }]  # fmt: skip
    assert named(reading, "clients") == [{
        "client_id": "A77", "name": "Tess Marlow", "email": "tess@example.com", "phone": "+16145550142",
        "zip": "02134", "state": "MA", "producer": "Dana Whitfield",
    }]  # fmt: skip
    said = " ".join(reading.notes)
    assert "brought to a year" in said
    assert "count as renewals" in said
    assert "cannot show retention" in said
    (extra,) = (extra for batch in reading.batches() if batch.table == "policies" for extra in batch.extras)
    assert json.loads(str(extra))["dob"] == "1980-02-03"


@pytest.mark.parametrize(
    ("change", "cents"),
    [
        ({"premium_amount_written": ""}, 122100),
        ({"policy_mode": "12", "policy_end_date": "2027-01-15"}, 61050),
        ({"policy_mode": "12 Months", "policy_end_date": ""}, 61050),
        ({"policy_mode": "", "policy_end_date": "2027-01-15"}, 61050),
        ({"policy_mode": ""}, 122100),
        ({"policy_mode": "3", "policy_end_date": "2026-04-15"}, 244200),
    ],
)
def test_premiums(tmp_path: Path, load: Load, change: dict[str, str], cents: int) -> None:
    assert [row["annual_premium"] for row in named(read(load, tmp_path, BASE | change))] == [cents]


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ({"policy_mode": "5"}, "policy_mode", "5"),
        ({"policy_mode": "quarterly-ish"}, "policy_mode", "quarterly-ish"),
        ({"policy_mode": "", "policy_end_date": ""}, "policy_mode", ""),
        ({"premium_amount_written": "", "premium_amount": ""}, "premium_amount", ""),
        ({"policy_number": "1.23457E+12"}, "policy_number", "1.23457E+12"),
        ({"account_name": "", "firstname": ""}, "account_name", ""),
        ({"policy_end_date": "2025-07-15"}, "policy_end_date", "2025-07-15"),
        ({"policy_type": "", "category_name": ""}, "policy_type", ""),
        ({"premium_amount": "-20.00", "premium_amount_written": ""}, "premium_amount", "-20.00"),
    ],
)
def test_what_a_term_lacks_rejects_its_row(
    tmp_path: Path, load: Load, change: dict[str, str], column: str, value: str
) -> None:
    reading = read(load, tmp_path, BASE | {"policy_number": "OK-1"}, BASE | change)
    assert reject(reading) == [(3, column, value)]
    assert accounted(reading) == [2, 3]


def test_a_household_is_one_term(tmp_path: Path, load: Load) -> None:
    spouse = BASE | {"firstname": "Omar", "email": "omar@example.com", "primary": "no"}
    reading = read(load, tmp_path, spouse, BASE, BASE | {"policy_number": "PA-200"})
    assert reading.merged == {3: 2}
    assert [row["annual_premium"] for row in named(reading)] == [122100, 122100]
    assert [row["email"] for row in named(reading, "clients")] == ["tess@example.com"]


def test_lines_of_a_policy_add_up_and_a_second_premium_is_asked_about(tmp_path: Path, load: Load) -> None:
    home = BASE | {"policy_type": "Home", "premium_amount_written": "400"}
    reading = read(load, tmp_path, BASE, home, BASE | {"premium_amount_written": "99"})
    (policy,) = named(reading)
    assert (policy["annual_premium"], policy["line"]) == (202100, "Personal Lines")
    assert reject(reading) == [(4, "premium_amount_written", "99.00")]


def test_transactions_are_taken_as_stated_or_from_the_first_start(tmp_path: Path, load: Load) -> None:
    head = [*HEAD, "business_type", "inception_date"]
    rows = [
        BASE | {"policy_number": "1", "business_type": "New Business"},
        BASE | {"policy_number": "2", "inception_date": "2026-01-15"},
        BASE | {"policy_number": "3", "inception_date": "2024-01-15"},
        BASE | {"policy_number": "4", "business_type": "Endorsement"},
    ]
    reading = read(load, tmp_path, *rows, head=head)
    assert [row["transaction"] for row in named(reading)] == ["new", "new", "renewal"]
    assert reject(reading) == [(5, "business_type", "Endorsement")]


def test_leavers_nobody_and_files_with_agents_alone(tmp_path: Path, load: Load) -> None:
    rows = [BASE | {"producer": "zz-Owen Pryce"}, BASE | {"policy_number": "2", "producer": "Unknown"}]
    reading = read(load, tmp_path, *rows)
    assert [row.get("producer") for row in named(reading)] == ["Owen Pryce", None]
    reading = read(load, tmp_path, BASE, head=[name for name in HEAD if name != "producer"])
    assert [row.get("producer") for row in named(reading)] == ["Front Desk"]


PLAIN = [
    ("agent", "who"), ("userType", "kind"), ("policy_mode", "months"), ("producer", "who"), ("policy_number", "number"),
    ("premium_amount_written", "written"), ("premium_amount", "premium"), ("policy_type", "line"),
    ("company_name", "carrier"), ("policy_start_date", "start"), ("policy_end_date", "end"), ("account_name", "client"),
    ("zip", "zip"), ("agency_id", "agency"),
]  # fmt: skip
SPACED = [
    ("Producer Name", "who"), ("Account Type", "kind"), ("Policy Term", "months"), ("Policy No", "number"),
    ("Written Premium", "written"), ("Premium", "premium"), ("Policy Type", "line"), ("Carrier Name", "carrier"),
    ("Policy Effective Date", "start"), ("Policy Expiration Date", "end"), ("Account Name", "client"),
    ("Zip Code", "zip"), ("Branch Town", "town"),
]  # fmt: skip
LAYOUTS = (
    Layout("plain", PLAIN, blank_every=60),
    Layout("book", shuffled(PLAIN, 6), (("InsuredMine",), ("Deals", "All agents")), suffix=".xlsx"),
    Layout("camel", camel(shuffled(SPACED, 2)), (("Deals",),), delimiter="\t", encoding="utf-16"),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    chance = random.Random(layout.name)
    rows, truth, total = [], [], 0
    for at in range(600):
        months = chance.choice((6, 12))
        start = date(2025, chance.randrange(1, 7), chance.randrange(1, 28))
        end = start.replace(month=start.month + 6) if months == 6 else start.replace(year=2026)
        cents = chance.randrange(10_000, 900_000)
        total += cents
        serial = str((start - date(1899, 12, 30)).days) if layout.suffix == ".xlsx" else start.isoformat()
        who, client = chance.choice(PRODUCERS), f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        rows.append({
            "who": who, "kind": "Agent", "months": str(months), "number": f"P{at:05d}", "line": "Auto",
            "written": "" if at % 7 == 0 else f"{cents / 100:.2f}", "premium": f"{cents / 100:.2f}", "agency": "9",
            "carrier": "Summit Direct", "start": serial, "end": end.isoformat(), "client": client, "zip": "2134",
        })  # fmt: skip
        truth.append((f"P{at:05d}", who, client, cents * 12 // months, start.isoformat(), end.isoformat(), "02134"))
    last = {"number": "Total", "premium": f"{total / 100:.2f}", "who": "Total"}
    footed = Layout(**{name: getattr(layout, name) for name in layout.__dataclass_fields__} | {
        "footers": ([last.get(key, "") for _heading, key in layout.columns],),
    })  # fmt: skip
    path, lines = footed.write(tmp_path, rows)
    (reading,) = load(path)
    assert reading.profile == "insuredmine_deals"
    found = [
        (
            row["policy_number"], row["producer"], row["client"], row["annual_premium"], row["effective_on"],
            row["expires_on"], row["zip"],
        )
        for row in named(reading)
    ]  # fmt: skip
    assert found == truth
    assert accounted(reading) == lines
    assert reading.file_total == reading.our_total == total / 100
