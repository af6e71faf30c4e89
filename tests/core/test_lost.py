"""Reasons among explained losses, and the two patterns."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.core import lost


def found(*given: str | None) -> dict[str, lost.PatternFound]:
    return {one.id: one for one in lost.patterns(lost.reasons(given))}


def test_all_seven_reasons_in_order_with_shares_of_the_explained() -> None:
    shares = lost.reasons(["price", "price", None, "timing", "coverage", None])
    assert [one.reason for one in shares] == [
        "price", "coverage", "relationship", "no_response", "stayed_with_current", "competitor", "timing"
    ]  # fmt: skip
    assert [one.count for one in shares] == [2, 1, 0, 0, 0, 0, 1]
    assert shares[0].share == Fraction(1, 2) and shares[3].share == 0


def test_no_explained_loss_leaves_shares_undefined() -> None:
    assert all(one.share is None and one.count == 0 for one in lost.reasons([None, None]))
    assert not any(one.fired for one in found(None).values())


def test_exactly_sixty_percent_on_price_fires() -> None:
    assert found("price", "price", "price", "timing", "coverage")["market_access"].fired
    assert not found("price", "price", "timing", "timing", "coverage")["market_access"].fired


def test_exactly_thirty_percent_without_response_fires() -> None:
    assert found(*["no_response"] * 3, *["timing"] * 7)["follow_up"].fired
    assert not found(*["no_response"] * 2, *["timing"] * 5)["follow_up"].fired


def test_four_explained_losses_make_no_pattern_however_many_are_unexplained() -> None:
    few = found(*["price"] * 4, *[None] * 9)["market_access"]
    assert not few.fired and few.share == 1


@given(st.lists(st.tuples(st.integers(-500_000, 500_000), st.sampled_from((None, "yes", "no", "maybe")))))
def test_every_price_gap_falls_into_one_bucket(given_gaps: list[tuple[int, str | None]]) -> None:
    found = lost.price_gaps(given_gaps)
    assert sum(one.total for one in found) == len(given_gaps)
    for one in found:
        inside = [
            answer
            for gap, answer in given_gaps
            if (one.low is None or gap >= one.low) and (one.high is None or gap < one.high)
        ]
        assert one.total == len(inside) and one.counts.get("yes", 0) == inside.count("yes")
