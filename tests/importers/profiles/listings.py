"""Made-up rows of EZLynx's policy listings, one per line of business, with the terms that should come of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from desktop.importers import Reading
from tests.importers.conftest import accounted, named
from tests.importers.profiles.exports import FIRST, LAST, PRODUCERS, dollars, us_date

Cells = dict[str, object]


def tell(chance: random.Random, count: int) -> tuple[list[dict[str, str]], dict[str, Cells]]:
    """Rows in any order, and the policies by number."""
    rows: list[dict[str, str]] = []
    policies: dict[str, Cells] = {}
    for at in range(count):
        start = date(2025, 4, 1) + timedelta(days=chance.randrange(300))
        start = start.replace(day=min(start.day, 28))
        end, is_new, who = start.replace(year=start.year + 1), chance.random() < 0.4, chance.choice(PRODUCERS)
        origin = start if is_new else start.replace(year=start.year - 2)
        client, number = f"{chance.choice(LAST)}, {chance.choice(FIRST)}", f"EZ-{chance.randrange(100)}-{at}"
        ended = (start + timedelta(days=50)).isoformat() if chance.random() < 0.1 else ""
        lines = ["Personal Auto", "Homeowners"] if at % 5 == 0 else [chance.choice(["Personal Auto", "Homeowners"])]
        amounts = [chance.randrange(20_000, 300_000) for _line in lines]
        for line, cents in zip(lines, amounts, strict=True):
            rows.append({
                "number": number, "client": client, "client_id": str(9000 + at), "line": line, "kind": "Package",
                "effective": us_date(start.isoformat()), "expires": us_date(end.isoformat()),
                "origin": us_date(origin.isoformat()), "premium": dollars(cents), "carrier": "Granite Mutual",
                "producer": f"zz-{who}" if at % 11 == 0 else who, "ended": us_date(ended) if ended else "",
                "status": "Cancelled" if ended else "Active", "zip": "2134", "state": "MA",
            })  # fmt: skip
        policies[number] = {
            "policy_number": number, "client": client, "client_id": str(9000 + at), "producer": who,
            "line": "Package" if len(lines) > 1 else lines[0], "transaction": "new" if is_new else "renewal",
            "bound_on": start.isoformat(), "effective_on": start.isoformat(), "expires_on": end.isoformat(),
            "annual_premium": sum(amounts), "carrier": "Granite Mutual", "zip": "02134", "state": "MA",
            "snapshot": True,
        } | ({"ended_on": ended} if ended else {})  # fmt: skip
    chance.shuffle(rows)
    return rows, policies


def check(reading: Reading, policies: dict[str, Cells], lines: Sequence[int]) -> None:
    """Policy by policy; every line is accounted for."""
    assert reading.rejects == ()
    assert {str(row["policy_number"]): row for row in named(reading)} == policies
    assert len(named(reading, "clients")) == len(policies)
    assert accounted(reading) == list(lines)
