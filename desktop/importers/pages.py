"""The app's own templates as empty pages with one example row each, for agencies that fill them by hand or script."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from desktop.core.templates import FILE_TEMPLATES, TEMPLATES
from desktop.errors import UserError

_EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "producers": {
        "producer_code": "P01", "name": "Sam Example", "role": "producer", "aliases": "S. Example;SEX",
        "email": "sam@agency.example", "phone": "(614) 555-0142", "level": "veteran", "status": "active",
        "hired_on": "2021-04-05", "lines": "home;auto", "salary": "60000", "benefits": "9000", "desk_cost": "6000",
        "new_split": "40%", "renewal_split": "25%", "target_new_premium": "20000",
    },
    "sources": {"source": "Website", "cost_per_lead": "12.50", "monthly_cost": "300"},
    "territories": {
        "territory": "North", "zip_from": "43004", "zip_to": "43085", "producer": "P01", "pool": "P01;P02",
        "lines": "home;auto", "priority": "1", "valid_from": "2026-01-01",
    },
    "clients": {
        "client_id": "C1001", "name": "Example Household", "email": "home@client.example", "phone": "(614) 555-0177",
        "zip": "43004", "state": "OH", "producer": "P01", "since": "2022-06-01",
    },
    "pay": {
        "producer_code": "P01", "effective_from": "2026-01-01", "salary": "62000", "benefits": "9300",
        "desk_cost": "6000", "new_split": "40%", "renewal_split": "25%",
    },
    "targets": {
        "metric": "calls_made", "target": "40", "effective_from": "2026-01-01", "level": "veteran", "stretch": "50",
    },
    "leads": {
        "lead_id": "L1001", "received_at": "2026-03-02 09:15", "first_name": "Alex", "last_name": "Sample",
        "consent": "yes", "email": "alex@client.example", "phone": "(614) 555-0123", "zip": "43004", "state": "OH",
        "line": "home", "source": "Website", "producer": "P01", "policy_expires_on": "2026-06-30",
        "estimated_premium": "1450", "stage": "contacted", "stage_entered_at": "2026-03-02 09:40",
    },
    "owners": {"lead_id": "L1001", "at": "2026-03-02 09:20", "producer": "P01"},
    "stages": {"pipeline": "sales", "stage": "contacted", "entered_at": "2026-03-02 09:40", "lead_id": "L1001"},
    "policies": {
        "policy_number": "HO-2026-0001", "client": "Alex Sample", "producer": "P01", "line": "home",
        "transaction": "new", "bound_on": "2026-03-06", "effective_on": "2026-03-10", "annual_premium": "1,450.00",
        "client_id": "C1001", "carrier": "Example Mutual", "expires_on": "2027-03-10", "commission_rate": "12%",
        "shares": "P01:0.6;P02:0.4", "lead_id": "L1001", "source": "Website", "state": "OH", "zip": "43004",
    },
    "premiums": {
        "policy_number": "HO-2026-0001", "effective_on": "2026-03-10", "from": "2026-05-01",
        "annual_premium": "1525.00",
    },
    "quotes": {
        "producer": "P01", "delivered_on": "2026-03-04", "quote_id": "Q1001", "lead_id": "L1001",
        "client": "Alex Sample", "line": "home", "carrier": "Example Mutual", "premium": "1450.00",
    },
    "activities": {
        "occurred_at": "2026-03-02 09:40", "producer": "P01", "kind": "call", "activity_id": "A1001",
        "direction": "outbound", "outcome": "connected", "minutes": "6.5", "lead_id": "L1001", "client": "Alex Sample",
        "note": "Wants a quote for the house",
    },
}  # fmt: skip


def write_templates(directory: Path) -> list[Path]:
    """Write every template with its headings and one example row; returns the files. UserError when it cannot."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return [_write(directory / f"{name}.csv", name) for name in FILE_TEMPLATES]
    except OSError as error:
        raise UserError(
            f"The templates cannot be written to {directory}.", "Choose a folder that you may write to."
        ) from error


def _write(path: Path, name: str) -> Path:
    columns = [column.name for column in TEMPLATES[name].columns if column.shown]
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(columns)
    writer.writerow([_EXAMPLES[name].get(column, "") for column in columns])
    path.write_bytes(page.getvalue().encode("utf-8"))
    return path
