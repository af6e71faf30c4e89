"""Shares as rows state them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importers.profiles.ledger import shares_of


@pytest.mark.parametrize(
    ("text", "people", "shares"),
    [
        ("60%", 1, (0.6,)), ("60", 1, (0.6,)), ("0.6", 1, (0.6,)), ("100", 1, (1.0,)), ("1", 1, (1.0,)), ("", 1, ()),
        ("", 2, (0.5, 0.5)), ("60/40", 2, (0.6, 0.4)), ("60%/40%", 2, (0.6, 0.4)), ("50%", 2, (0.5, 0.5)),
        ("", 3, (0.3334, 0.3333, 0.3333)), ("60%", 2, None), ("60/30", 2, None), ("60/40", 1, None), ("sixty", 1, None),
        ("150", 1, None), ("-5", 1, None),
    ],
)  # fmt: skip
def test_shares(text: str, people: int, shares: tuple[float, ...] | None) -> None:
    assert shares_of(text, people) == shares


@given(first=st.integers(2, 98))
def test_percents_and_fractions_say_the_same(first: int) -> None:
    whole = shares_of(f"{first}/{100 - first}", 2)
    assert whole is not None
    assert sum(whole) == pytest.approx(1)
    assert shares_of(f"{first / 100}/{(100 - first) / 100}", 2) == pytest.approx(whole)


@given(people=st.integers(2, 9))
def test_equal_shares_make_up_the_whole(people: int) -> None:
    shares = shares_of("", people)
    assert shares is not None
    assert sum(shares) == pytest.approx(1)
