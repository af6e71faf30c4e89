"""What is left of a goal with a carrier, and the new clients it takes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.carrier_goals import CarrierYear


@pytest.mark.parametrize(
    ("goal", "written", "average", "clients"),
    [
        (1_000_000, 300_001, Fraction(200_000), 4),
        (1_000_000, 800_000, Fraction(200_000), 1),
        (1_000_000, 1_000_000, Fraction(200_000), 0),
        (1_000_000, 1_200_000, None, 0),
        (1_000_000, 0, None, None),
        (1_000_000, 0, Fraction(0), None),
        (None, 50, Fraction(10), None),
    ],
)
def test_new_clients(goal: int | None, written: int, average: Fraction | None, clients: int | None) -> None:
    assert CarrierYear("Harbor", goal, None, written).new_clients(average) == clients


def test_shares_without_a_goal_are_undefined() -> None:
    one = CarrierYear("Harbor", None, 0, 100, 3)
    assert one.premium_share is None and one.policies_share is None
    assert CarrierYear("Harbor", 400, 4, 100, 3).policies_share == Fraction(3, 4)


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(1, 10**7))
def test_the_clients_just_reach_the_goal(goal: int, written: int, average: int) -> None:
    clients = CarrierYear("Harbor", goal, None, written).new_clients(Fraction(average))
    assert clients is not None
    assert written + clients * average >= goal
    assert clients == 0 or written + (clients - 1) * average < goal
