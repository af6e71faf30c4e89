"""Shares add up to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.shares import commission_on, parse_shares, round_half_up, split


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(1, 99), min_size=1, max_size=5))
def test_parts_add_up_to_the_whole(amount: int, weights: list[int]) -> None:
    fractions = [round(weight / sum(weights), 4) for weight in weights]
    assert sum(split(amount, fractions)) == amount


def test_the_first_named_takes_what_rounding_leaves() -> None:
    assert split(100_001, [0.6, 0.4]) == [60_001, 40_000]
    assert split(1, [0.5, 0.5]) == [0, 1]
    assert split(5, []) == []


@pytest.mark.parametrize(("amount", "cents"), [("0.5", 1), ("1.5", 2), ("2.4", 2), ("-0.5", -1)])
def test_a_half_goes_up(amount: str, cents: int) -> None:
    assert round_half_up(Decimal(amount)) == cents


def test_a_rate_is_taken_as_written() -> None:
    assert commission_on(1_004, 0.125) == 126
    assert commission_on(10, 0.15) == 2


def test_forms_of_shares() -> None:
    assert parse_shares("P01:0.6;P02:0.4") == [("P01", 0.6), ("P02", 0.4)]
    with pytest.raises(ValueError, match="P01"):
        parse_shares("P01")
