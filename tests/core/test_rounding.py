"""Round accounts by each of the three meanings."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.retention import InForce, Part
from desktop.core.rounding import ClientAccount, Definition, Meaning, accounts, is_round, rounding

accounts_given = st.lists(
    st.builds(
        ClientAccount,
        client=st.integers(1, 9),
        policies=st.lists(st.text("ab", max_size=2), min_size=1, max_size=4).map(tuple),
        lines=st.just(("BOP",)),
        premium=st.integers(0, 10_000),
        spend=st.none() | st.integers(0, 20_000),
    ),
    max_size=12,
)


def held(client: int, line: str, premium: int) -> InForce:
    return InForce(client, line, premium, 0, (Part(None),))


def test_policies_are_put_together_by_client() -> None:
    book = {"B": held(1, "bop", 200), "A": held(1, "Auto", 100), "C": held(2, "BOP", 50)}
    first, second = accounts(book, {2: 80})
    assert (first.policies, first.lines, first.premium, first.spend) == (("A", "B"), ("Auto", "bop"), 300, None)
    assert (second.share, first.share) == (Fraction(5, 8), None)


@pytest.mark.parametrize(
    ("meaning", "policies", "spend", "verdict"),
    [
        (Meaning.ANOTHER_POLICY, 1, None, False),
        (Meaning.ANOTHER_POLICY, 2, None, True),
        (Meaning.THREE_POLICIES, 2, None, False),
        (Meaning.THREE_POLICIES, 3, None, True),
        (Meaning.SHARE_OF_SPEND, 3, None, None),
        (Meaning.SHARE_OF_SPEND, 1, 0, None),
        (Meaning.SHARE_OF_SPEND, 1, 200, True),
        (Meaning.SHARE_OF_SPEND, 1, 201, False),
    ],
)
def test_each_meaning(meaning: Meaning, policies: int, spend: int | None, verdict: bool | None) -> None:
    one = ClientAccount(1, ("P",) * policies, ("BOP",), 100, spend)
    assert is_round(one, Definition(meaning, Fraction(1, 2))) is verdict


@given(accounts_given, st.sampled_from(Meaning))
def test_every_account_is_round_to_round_or_unknown(given_ones: list[ClientAccount], meaning: Meaning) -> None:
    found = rounding(given_ones, Definition(meaning))
    assert found.round + len(found.to_round) + len(found.unknown) == len(given_ones)
    assert [one.premium for one in found.to_round] == sorted((one.premium for one in found.to_round), reverse=True)
    assert meaning is Meaning.SHARE_OF_SPEND or not found.unknown
    share = found.share_round
    assert (share is None) == (len(found.unknown) == len(given_ones)) and (share is None or 0 <= share <= 1)
