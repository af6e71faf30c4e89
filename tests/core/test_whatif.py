"""What would have made somebody else the owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.core import routing, territories, whatif
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


def test_the_turn_and_the_territory_are_inputs_too() -> None:
    both = (A, replace(A, code="B"))
    turned = routing.with_model(routing.Snapshot(both, turns={"A": 4, "B": 5}), "round_robin")
    assert Change("turn", "5", "3") in whatif.would_have_won(turned, LEAD, AT, "B")
    land = territories.compile([territories.Rule(1, "Mid", "10001", producer="A")], AT.date())
    placed = routing.with_model(routing.Snapshot(both, land), "territory")
    assert whatif.would_have_won(placed, LEAD, AT, "B") == (Change("territory_owner", "A", "B"),)


def test_a_longer_wait_wins_a_tie() -> None:
    before = AT.replace(hour=9)
    made = routing.Snapshot((replace(A, last_assigned_at=before), replace(A, code="B", last_assigned_at=AT)))
    assert Change("last_assigned_at", str(AT), "2026-03-09 09:04:00") in whatif.would_have_won(made, LEAD, AT, "B")


def test_response_bands_are_the_agencys_own() -> None:
    bands = ((45, 10),)
    made = routing.Snapshot(
        (A, replace(A, code="B", response_minutes=50)), settings=routing.Settings(response_bands=bands)
    )
    assert Change("response_minutes", "50", "44") in whatif.would_have_won(made, LEAD, AT, "B")
