"""Small files of a made-up agency, as they would be dropped on the window."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Sequence
from pathlib import Path

LONG = "Bartholomew Featherstonehaugh-Villanueva"
PEOPLE = (
    ("P01", "Dana Whitfield", "producer", "veteran", "01/05/2020"),
    ("P02", LONG, "producer", "new", "02/01/2025"),
)
CALLS = (
    ("03/02/2026", "Dana Whitfield", "call", 30),
    ("03/03/2026", "Dana Whitfield", "call", 25),
    ("03/03/2026", LONG, "call", 20),
    ("03/04/2026", "J. Doe & Sons", "call", 4),
    ("13/45/2026", "Dana Whitfield", "call", 3),
)
QUOTES = (
    ("P01", "03/02/2026", "L1", "Ada Moss", "$1,200.00"),
    ("P01", "03/03/2026", "L2", "Ben Roy", "$900.50"),
    ("P01", "03/04/2026", "L3", "Cy Tan", "$700.00"),
)
POLICIES = (("H-100", "Ada Moss", "P01", "Homeowners", "new", "03/03/2026", "03/03/2026", "$1,250.25", "0.12", "L1"),)
LEADS = (
    ("L1", "03/01/2026 9:05 AM", "Ada", "Moss", "P01", 1200),
    ("L2", "03/01/2026 9:15 AM", "Ben", "Roy", "P01", 900),
    ("L3", "03/01/2026 9:25 AM", "Cy", "Tan", "P01", 700),
)


def write(file: Path, heading: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    """A CSV file of `rows` under `heading`."""
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(heading)
        writer.writerows(rows)
    return file


def write_agency(folder: Path) -> list[Path]:
    """Producers, leads, quotes, policies and activities; one row of the activities cannot be read."""
    folder.mkdir(parents=True, exist_ok=True)
    policy = (
        "policy_number", "client", "producer", "line", "transaction", "bound_on", "effective_on", "annual_premium",
        "commission_rate", "lead_id",
    )  # fmt: skip
    lead = ("lead_id", "received_at", "first_name", "last_name", "producer", "estimated_premium")
    return [
        write(folder / "producers.csv", ("producer_code", "name", "role", "level", "hired_on"), PEOPLE),
        write(folder / "leads.csv", lead, LEADS),
        write(folder / "quotes.csv", ("producer", "delivered_on", "lead_id", "client", "premium"), QUOTES),
        write(folder / "policies.csv", policy, POLICIES),
        write(folder / "activities.csv", ("occurred_at", "producer", "kind", "count"), CALLS),
    ]


def write_totals(folder: Path) -> Path:
    """Calls per user without any date."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = (("Dana Whitfield", 61, 12, "3:04:00"), (LONG, 44, 9, "2:10:00"))
    return write(folder / "totals.csv", ("User", "Outbound Calls", "Inbound Calls", "Talk Time"), rows)


def pack(file: Path, members: Sequence[Path]) -> Path:
    """A zip of `members`."""
    with zipfile.ZipFile(file, "w") as archive:
        for member in members:
            archive.write(member, member.name)
    return file
