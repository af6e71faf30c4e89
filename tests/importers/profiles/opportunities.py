"""Made-up opportunities as agencies' systems list them, with the lead and the stage entries that each should give."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from desktop.importers import Reading
from tests.importers.conftest import accounted, named
from tests.importers.profiles.exports import FIRST, LAST, PRODUCERS, dollars, us_date

STAGES = {"New": "prospect", "Contacted": "contacted", "Discovery": "needs_analysis", "Quoted": "quoted",
          "Proposal Sent": "proposed"}  # fmt: skip
Cells = dict[str, object]


def tell(
    chance: random.Random, count: int, outcomes: Mapping[str, str], open_word: str, *, staged: bool
) -> list[tuple[dict[str, str], Cells, list[tuple[str, str]]]]:
    """Rows with the lead and the entries (stage, day) of each; `staged`: whether the file says when a stage began."""
    told = []
    for at in range(count):
        received = date(2025, 6, 1) + timedelta(days=chance.randrange(200))
        entered, closed = received + timedelta(days=9), received + timedelta(days=30)
        word = chance.choice(list(STAGES))
        status = chance.choice([open_word, open_word, *outcomes])
        first, last, who = chance.choice(FIRST), chance.choice(LAST), chance.choice(PRODUCERS)
        cents = chance.randrange(20_000, 900_000)
        row = {
            "id": f"OP{at}", "about": f"Matter {at}", "client": f"{last}, {first}", "client_id": str(100 + at),
            "lookup": f"{last[:4].upper()}{at}", "stage": word, "status": status, "producer": who,
            "received": us_date(received.isoformat()), "entered": us_date(entered.isoformat()),
            "closed": us_date(closed.isoformat()) if status in outcomes else "", "line": "Homeowners",
            "premium": dollars(cents), "source": "Referral",
        }  # fmt: skip
        lead: Cells = {
            "lead_id": f"OP{at}", "received_at": received.isoformat(), "first_name": first, "last_name": last,
            "producer": who, "estimated_premium": cents, "line": "Homeowners", "source": "Referral",
            "note": f"Matter {at}",
        }  # fmt: skip
        steps = [(STAGES[word], entered.isoformat())] if staged else []
        if status in outcomes:
            steps.append((outcomes[status], closed.isoformat()))
        elif not staged and STAGES[word] != "prospect":
            lead["stage"] = STAGES[word]
        told.append((row, lead, steps))
    return told


def check(
    reading: Reading, told: Sequence[tuple[dict[str, str], Cells, list[tuple[str, str]]]], lines: Sequence[int]
) -> None:
    """Row by row: leads and their entries are those that were made up, and every line is accounted for."""
    assert reading.rejects == ()
    assert named(reading) == [lead for _row, lead, _steps in told]
    entries = [
        {"pipeline": "sales", "stage": stage, "entered_at": day, "lead_id": lead["lead_id"]}
        for _row, lead, steps in told
        for stage, day in steps
    ]
    assert named(reading, "stages") == entries
    assert accounted(reading) == list(lines)
