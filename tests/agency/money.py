"""What makes money hard to count, added to the truth: pay that changes, six-month terms, leap days, rewrites, bundles.

Made for sections 3 and 5 of the definitions. Like `truth`, plain rows in which nothing is derived.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.agency import truth
from tests.agency.truth import Row, Tables

REASONS = ("price", "coverage", "relationship", "no_response", "stayed_with_current", "competitor", "timing", None)
LINES = ("PAP", "Homeowners", "Auto + Home Bundle", "home & auto", "bop", "WC", "Umbrella", None)
PAY = {
    "P01": (6_200_000, 930_000, 1_200_000, 0.4, 0.25),
    "P02": (4_800_050, 610_001, 900_000, 0.5, 0.333),
    "P03": (3_100_000, None, 700_000, 0.35, None),
    "P04": (7_000_000, 1_000_000, None, None, 0.2),
}


def make(seed: int = 7) -> Tables:
    """The truth with all of it."""
    tables = truth.make(seed)
    rng = Random(f"money:{seed}")
    _pay(tables)
    _losses(tables, rng)
    for number in range(120):
        _account(tables, rng, number)
    return tables


def _pay(tables: Tables) -> None:
    names = ("salary", "benefits", "desk_cost", "new_split", "renewal_split")
    for person in tables["producers"]:
        given = PAY.get(person["producer_code"], (None,) * 5)
        person.update(dict(zip(names, given, strict=True)))
    empty = dict.fromkeys(names)
    tables["pay"] = [
        {**empty, "producer_code": "P01", "effective_from": "2026-03-15", "salary": 6_600_000, "new_split": 0.35},
        {**empty, "producer_code": "P01", "effective_from": "2025-11-01", "benefits": 1_000_000},
        {**empty, "producer_code": "P05", "effective_from": "2026-01-01", "salary": 5_000_000, "renewal_split": 0.1},
        {**empty, "producer_code": "P03", "effective_from": "2024-02-29", "desk_cost": 0},
    ]


def _losses(tables: Tables, rng: Random) -> None:
    """Reasons, rivals and price gaps on leads, lines in all spellings, a flag on those that no stage qualifies."""
    for lead in tables["leads"]:
        lead["line"] = rng.choice(LINES) if rng.random() < 0.5 else lead["line"]
        lead["qualified"] = rng.choice((True, False, None))
        lead["lost_reason"] = rng.choice(REASONS)
        if rng.random() < 0.4:
            lead["competing_carrier"] = rng.choice(("Harbor Mutual", "Northfield"))
            lead["price_difference"] = int(rng.random() * 90_000) - 20_000
            lead["winnable"] = rng.choice(("yes", "no", "maybe"))
    for quote in tables["quotes"]:
        if rng.random() < 0.2:
            quote["line"] = rng.choice(LINES)


def _account(tables: Tables, rng: Random, number: int) -> None:
    """A client with one to three policies, each a chain of terms that may break off, be rewritten, or change within."""
    code = rng.choice(("P01", "P02", "P03", "P04", "P05", None))
    for policy in range(rng.choice((1, 1, 2, 3))):
        start = date(2024, 2, 29) if rng.random() < 0.15 else date(2024, 1, 1) + timedelta(days=int(rng.random() * 700))
        months = rng.choice((6, 12, None))
        row: Row = {
            **dict.fromkeys(tables["policies"][0]),
            "policy_number": f"AC-{number}-{policy}",
            "client": f"Account {number}",
            "client_id": f"C{number}",
            "producer": code,
            "line": rng.choice(("Homeowners", "PAP", "BOP", "Umbrella")),
            "transaction": "new",
            "annual_premium": 40_001 + int(rng.random() * 400_000),
            "carrier": rng.choice(("Harbor Mutual", "Northfield")),
            "commission_rate": rng.choice((0.1, 0.12345, None)),
            "commission": rng.choice((None, None, 1_234)),
            "shares": "P01:0.6;P02:0.4" if rng.random() < 0.1 else None,
        }
        _terms(tables, rng, row, start, months)


def _terms(tables: Tables, rng: Random, row: Row, start: date, months: int | None) -> None:
    for term in range(6):
        if start > truth.END:
            return
        end = _later(start, months or 12)
        new = dict(row)
        new["transaction"] = "new" if term == 0 else "renewal"
        new["bound_on"] = (start - timedelta(days=rng.choice((0, 0, 9, 31)))).isoformat()
        new["effective_on"] = start.isoformat()
        new["expires_on"] = None if months is None else end.isoformat()
        new["annual_premium"] = int(row["annual_premium"] * (1 + 0.04 * term))
        tables["policies"].append(new)
        if rng.random() < 0.2:
            _change(tables, new, start + timedelta(days=40))
        draw = rng.random()
        if draw < 0.08:  # ended in the middle, and another carrier has it from the same day on
            day = start + timedelta(days=61)
            new["ended_on"], new["end_reason"] = day.isoformat(), "rewritten"
            other = {**new, "policy_number": f"{row['policy_number']}W", "carrier": "Northfield", "ended_on": None}
            other |= {"effective_on": day.isoformat(), "bound_on": day.isoformat(), "transaction": "rewrite"}
            other |= {"expires_on": None, "end_reason": None}
            tables["policies"].append(other)
            return
        if draw < 0.16:
            new["ended_on"], new["end_reason"] = (start + timedelta(days=100)).isoformat(), "moved away"
            return
        if draw < 0.24:  # lapses
            return
        start = end


def _change(tables: Tables, term: Row, day: date) -> None:
    tables["premiums"].append(
        {
            "policy_number": term["policy_number"],
            "effective_on": term["effective_on"],
            "from": day.isoformat(),
            "annual_premium": term["annual_premium"] + 7_777,
        }
    )


def _later(day: date, months: int) -> date:
    """The same day later; the last day of a shorter month."""
    number = day.month - 1 + months
    for wanted in (day.day, 30, 29, 28):
        try:
            return date(day.year + number // 12, number % 12 + 1, wanted)
        except ValueError:
            continue
    raise ValueError(day)
