"""What would have made somebody else the owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.core import routing, whatif
from desktop.core.crew import License, Producer
from desktop.core.intake import Lead
from desktop.core.whatif import Change

AT = datetime(2026, 3, 9, 14, 5)
LEAD = Lead(
    "L", business_name="B", email="a@example.com", phone="+16175550100", zip="10001", state="NY", lines=("BOP",)
)
A = Producer("A", lines=("BOP",), active_leads=3)


@pytest.mark.parametrize(
    ("other", "change"),
    [
        (replace(A, code="B", active_leads=12), Change("active_leads", "12", "2")),
        (replace(A, code="B"), Change("response_minutes", "None", "14")),
        (replace(A, code="B", active=False, active_leads=0), Change("active", "False", "True")),
        (replace(A, code="B", licenses=(License("MA"),), active_leads=0), Change("licenses", "MA", "MA, NY")),
        (replace(A, code="B", leads_today=10, active_leads=0), Change("leads_today", "10", "9")),
        (
            replace(A, code="B", leave=((AT.date(), AT.date()),), active_leads=0),
            Change("leave", "2026-03-09 to 2026-03-09", ""),
        ),
        (replace(A, code="B", lines=("Life",), active_leads=0), Change("lines", "Life", "Life, BOP")),
    ],
)
def test_the_smallest_change_that_wins(other: Producer, change: Change) -> None:
    made = routing.Snapshot((A, other))
    assert routing.decide(made, LEAD, AT).producer == "A"
    assert change in whatif.would_have_won(made, LEAD, AT, "B")


def test_two_obstacles_are_no_single_change() -> None:
    other = replace(A, code="B", active=False, leave=((AT.date(), AT.date()),))
    assert whatif.would_have_won(routing.Snapshot((A, other)), LEAD, AT, "B") == ()
