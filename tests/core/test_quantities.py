"""Typed numbers: what is understood, and what is refused with which reason."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.quantities import Quantity, Unit, money, rate, read
from desktop.errors import UserError

GOAL, HIT = money("goal", "The goal"), rate("hit_rate", "The hit rate", above=True)
HOURS = Quantity("hours", "Hours", Unit.HOURS, most=Fraction(8784))


@pytest.mark.parametrize(
    ("quantity", "text", "value"),
    [
        (GOAL, "30000", Fraction(3_000_000)),
        (GOAL, " $30,000.50 ", Fraction(3_000_050)),
        (GOAL, "0", Fraction(0)),
        (GOAL, "3e4", Fraction(3_000_000)),
        (GOAL, "0.125", Fraction(25, 2)),
        (HIT, "0.30", Fraction(3, 10)),
        (HIT, ".3", Fraction(3, 10)),
        (HIT, "30%", Fraction(3, 10)),
        (HIT, "12.5 %", Fraction(1, 8)),
        (HIT, "1", Fraction(1)),
        (HIT, "1e-05", Fraction(1, 100_000)),
        (HOURS, "8784", Fraction(8784)),
    ],
)
def test_read(quantity: Quantity, text: str, value: Fraction) -> None:
    assert read(quantity, text) == value


@pytest.mark.parametrize(
    ("quantity", "text", "reason"),
    [
        (GOAL, "", "not a number"),
        (GOAL, "lots", "not a number"),
        (GOAL, "nan", "not a number"),
        (GOAL, "inf", "not a number"),
        (GOAL, "30%", "not a number"),
        (GOAL, "1,00", "not a number"),
        (GOAL, "1e999", "not a number"),
        (GOAL, "-1", "at least $0, not -$1"),
        (GOAL, "1e13", "beyond"),
        (HIT, "$0.3", "not a number"),
        (HIT, "0", "above 0 % and at most 100 %, not 0 %"),
        (HIT, "-0.1", "not -10 %"),
        (HIT, "1.01", "not 101 %"),
        (HIT, "30", "0.30 or 30%"),
        (HIT, "1e-20", "beyond"),
        (HOURS, "-1", "at least 0"),
        (HOURS, "8785", "at most 8,784, not 8,785"),
    ],
)
def test_refused(quantity: Quantity, text: str, reason: str) -> None:
    with pytest.raises(UserError) as refused:
        read(quantity, text)
    assert reason in str(refused.value)
    assert f"({quantity.key})" in str(refused.value)


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_dollars_are_read_to_the_cent(amount: object) -> None:
    assert read(GOAL, str(amount)) == Fraction(str(amount)) * 100
