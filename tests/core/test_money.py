"""Exact money: a half goes away from zero, and fractions mean what was written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import money

FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (Fraction(1, 2), 1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(-1, 2), -1),
        (Fraction(-3, 2), -2),
        (Fraction(49, 100), 0),
        (Fraction(-49, 100), 0),
        (Fraction(15 * 12, 52), 3),  # 3.46: fifteen quotes a month over a week
        (7, 7),
    ],
)
def test_half_up(amount: Fraction, rounded: int) -> None:
    assert money.half_up(amount) == rounded


@given(FRACTIONS)
def test_half_up_is_nearest_and_symmetric(amount: Fraction) -> None:
    rounded = money.half_up(amount)
    assert abs(amount - rounded) <= Fraction(1, 2)
    assert money.half_up(-amount) == -rounded


def test_exact_is_what_was_written() -> None:
    assert money.exact(0.1) == Fraction(1, 10)
    assert money.exact(0.1 + 0.2) != Fraction(3, 10)
    assert money.exact(1e16) == Fraction(10**16)
    assert money.exact(3) == 3


def test_ratio_of_nothing_is_undefined() -> None:
    assert money.ratio(3, 0) is None
    assert money.ratio(0, 4) == 0
    assert money.ratio(3, 4) == Fraction(3, 4)
