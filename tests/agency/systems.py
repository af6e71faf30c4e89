"""The same agency as two systems export it: EZLynx's book of business and a telephone system's call log.

Returns the rows that the files mean, beside the files.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.agency.truth import Row

EZLYNX = (
    "Applicant ID", "Account Name", "Assigned Producer", "CSR", "Lead Source", "Policy Type", "LineOfBusiness",
    "Master Company", "Policy Number", "Policy Effective Date", "LOB Origination Date", "Address - State",
    "Address - Zip", "Policy Status", "Policy Expiration Date", "Cancellation Date", "Total Annualized Premium",
    "TotalWrittenPremium",
)  # fmt: skip
_PEOPLE = {
    "P01": "Brandt, Ana",
    "P02": "José Núñez",
    "P04": "zz-Tom Vail",
    "P05": "Lena Fürst",
    None: "Unknown",
}
_CARRIERS = ("Alder Mutual", "Ironquay Commercial", "Harrow & Vale")


def us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def money(cents: int) -> str:
    return f"${cents // 100:,}.{cents % 100:02d}"


def ezlynx_book(path: Path, seed: int = 3) -> list[Row]:
    """Write a Book of Business Detail; returns the policies it holds."""
    rng = Random(f"ezlynx:{seed}")
    policies: list[Row] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Book of Business Detail"])
        writer.writerow(["Generated 7/1/2026 6:02 AM"])
        writer.writerow([])
        writer.writerow(EZLYNX)
        for number in range(160):
            _policy(writer, policies, number, rng)
    return policies


def _policy(writer: Any, policies: list[Row], number: int, rng: Random) -> None:
    effective = date(2025, 7, 1) + timedelta(days=int(rng.random() * 360))
    is_new = rng.random() < 0.4
    origin = effective if is_new else effective - timedelta(days=365 * (1 + int(rng.random() * 3)))
    code = rng.choice(list(_PEOPLE))
    lines = [rng.choice(("Homeowners", "Personal Auto", "BOP"))]
    if rng.random() < 0.3:
        lines = ["BOP", "Commercial Auto"]
    kind = lines[0] if len(lines) == 1 else "Commercial Package"
    cancelled = effective + timedelta(days=40) if rng.random() < 0.08 and effective < date(2026, 5, 1) else None
    carrier = rng.choice(_CARRIERS)
    parts = [int(40_000 + rng.random() * 300_000) for _ in lines]
    for at, (line, part) in enumerate(zip(lines, parts, strict=True)):
        started = origin if at == 0 else effective
        cells = [
            f"{88000 + number}", f"Household {number}", _PEOPLE[code], "Paula Greer", "Website", kind, line, carrier,
            f"EZ-{number:04d}", us(effective), us(started), "OH", "43215-1200", "Active", us(_year_after(effective)),
            us(cancelled) if cancelled else "", money(part), money(part),
        ]  # fmt: skip
        writer.writerow(cells)
    policies.append(
        {
            "policy_number": f"EZ-{number:04d}",
            "client": f"Household {number}",
            "producer": code,
            "line": lines[0] if len(lines) == 1 else kind,
            "transaction": "new" if is_new else "renewal",
            "bound_on": effective.isoformat(),
            "effective_on": effective.isoformat(),
            "annual_premium": sum(parts),
            "carrier": carrier,
            "ended_on": cancelled.isoformat() if cancelled else None,
        }
    )


def _year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


CALLS = ("Direction", "From", "To", "Extension / Name", "Date", "Time", "Duration", "Action Result")
_RESULTS = (("Call connected", "connected"), ("Voicemail", "voicemail"), ("No Answer", "no_answer"))


def call_log(path: Path, seed: int = 3) -> list[Row]:
    """Write June's call log, one row a call; returns the activities it holds."""
    rng = Random(f"calls:{seed}")
    activities: list[Row] = []
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CALLS)
        for _ in range(900):
            day = date(2026, 6, 1) + timedelta(days=int(rng.random() * 30))
            minute = 480 + int(rng.random() * 540)
            code = rng.choice(("P01", "P02", "P05"))
            outbound = rng.random() < 0.75
            result, outcome = rng.choice(_RESULTS)
            seconds = int(rng.random() * 1500) if outcome == "connected" else int(rng.random() * 20)
            other, own = f"(614) 555-{100 + int(rng.random() * 99):04d}", "(614) 555-0199"
            name = _PEOPLE[code]
            hour = minute // 60
            clock = f"{(hour + 11) % 12 + 1}:{minute % 60:02d} {'AM' if hour < 12 else 'PM'}"
            length = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
            ends = (own, other) if outbound else (other, own)
            writer.writerow(["Outbound" if outbound else "Inbound", *ends, name, us(day), clock, length, result])
            activities.append(
                {
                    "occurred_at": f"{day.isoformat()}T{hour:02d}:{minute % 60:02d}:00",
                    "producer": code,
                    "kind": "call",
                    "direction": "outbound" if outbound else "inbound",
                    "outcome": outcome,
                    "count": 1,
                }
            )
    return activities
