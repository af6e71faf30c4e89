"""Turns: plain, weighted, and by load."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import rotation


def turns(eligible_each: list[str]) -> str:
    state: dict[str, int] = {}
    found = ""
    for eligible in eligible_each:
        code, state = rotation.next(state, eligible)
        found += code or "-"
    return found


@pytest.mark.parametrize(
    ("eligible", "expected"),
    [
        (["ABC"] * 6, "ABCABC"),
        (["CBA"] * 4, "ABCA"),
        (["ABC", "AC", "ABC", "ABC"], "ACBA"),  # B was out and is next
        (["ABC"] * 3 + ["AB"] * 3 + ["ABC"] * 4, "ABCABACBAC"),  # C returns: one turn, then the rotation
        (["A", "", "A"], "A-A"),
    ],
)
def test_round_robin(eligible: list[str], expected: str) -> None:
    assert turns(eligible) == expected


def test_the_pointer_survives_a_restart_and_is_not_changed() -> None:
    before = {"A": 7, "B": 8}
    assert rotation.next(dict(before), "AB") == ("A", {"A": 9, "B": 8})
    assert rotation.next(before, "ABC") == ("C", {"A": 7, "B": 8, "C": 9})
    assert before == {"A": 7, "B": 8}


def sequence(weights: dict[str, int | float], count: int) -> str:
    state: dict[str, rotation.Number] = {}
    found = ""
    for _ in range(count):
        code, state = rotation.weighted(state, weights, weights)
        found += code or "-"
    return found


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"A": 2, "B": 1}, "ABAABA"),
        ({"A": 5, "B": 1, "C": 1}, "AABACAA"),
        ({"A": 1, "B": 1}, "ABAB"),
        ({"A": 0, "B": 1}, "BBB"),
        ({"A": 0.2, "B": 0.1}, "ABAABA"),
    ],
)
def test_weights_are_spread_out(weights: dict[str, int | float], expected: str) -> None:
    assert sequence(weights, len(expected)) == expected


def test_without_weights_nobody_is_chosen() -> None:
    assert rotation.weighted({"A": 3}, {"A": 0}, "A") == (None, {"A": 3})


def test_one_who_was_away_returns_without_a_burst() -> None:
    state: dict[str, rotation.Number] = {}
    for _ in range(10):
        _code, state = rotation.weighted(state, {}, "AB")
    found = ""
    for _ in range(6):
        code, state = rotation.weighted(state, {}, "ABC")
        found += code or "-"
    assert Counter(found) == {"A": 2, "B": 2, "C": 2}


@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 9), min_size=1))
def test_a_cycle_gives_each_its_weight(weights: dict[str, int]) -> None:
    assert Counter(sequence(dict(weights), sum(weights.values()))) == weights


@given(st.lists(st.sets(st.sampled_from("ABCDE"), min_size=1), max_size=40))
def test_with_all_there_nobody_is_more_than_one_turn_ahead(eligible: list[set[str]]) -> None:
    state: dict[str, int] = {}
    for codes in eligible:
        _code, state = rotation.next(state, codes)
    given_out = Counter[str | None]()
    for _ in range(10):
        code, state = rotation.next(state, "ABCDE")
        given_out[code] += 1
    assert set(given_out.values()) == {2}


@pytest.mark.parametrize(
    ("loads", "waiting", "expected"),
    [
        ({"A": 3, "B": 2}, {}, "B"),
        ({"A": 2, "B": 2}, {"A": 10, "B": 20}, "B"),
        ({"A": 2, "B": 2}, {"A": 10}, "B"),
        ({"A": 2, "B": 2}, {"A": 10, "B": None}, "B"),
        ({"A": 2, "B": 2}, {"A": 10, "B": 10}, "A"),
        ({"B": 2, "A": 2}, {}, "A"),
        ({}, {}, None),
    ],
)
def test_least_loaded(loads: dict[str, int], waiting: dict[str, int | None], expected: str | None) -> None:
    assert rotation.least_loaded(loads, waiting) == expected


def test_one_who_returns_is_credited_with_the_peers_mean() -> None:
    assert rotation.return_credit("C", {"A": 4, "B": 7, "C": 1}, "ABC") == Fraction(9, 2)
    assert rotation.return_credit("C", {"A": 1, "C": 5}, "AC") == 0
    assert rotation.return_credit("C", {"C": 5}, "C") == 0
