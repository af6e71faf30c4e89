"""Findings: figures as words, and which of several rates stand out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.findings import Rate, best_and_worst, counted, dollars, in_short, listed, percent


def test_figures_as_words() -> None:
    assert (dollars(123_450), dollars(-501), dollars(-20), dollars(0)) == ("$1,234", "-$5", "$0", "$0")
    assert (percent(0.312), percent(0.5), percent(1)) == ("31.2%", "50%", "100%")
    assert (counted(1, "policy", "policies"), counted(2, "policy", "policies"), counted(1_000, "lead")) == (
        "1 policy", "2 policies", "1,000 leads",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("A", "A"),
        ("AB", "A and B"),
        ("ABC", "A, B and C"),
        ("ABCDE", "A, B, C and 2 more"),
    ],
)
def test_names_in_a_row(names: str, said: str) -> None:
    assert listed(list(names)) == said


@given(st.text())
def test_a_name_in_a_sentence_is_one_short_line(name: str) -> None:
    said = in_short(name)
    assert len(said) <= 40 and len(said.splitlines()) <= 1
    assert said == " ".join(name.split()) or said.endswith("…")


def test_best_and_worst_of_those_with_enough_decided() -> None:
    lines = [Rate("BOP", 80, 100), Rate("Auto", 20, 100), Rate("Life", 4, 4), Rate("Home", 50, 100)]
    said = best_and_worst(lines, Rate("", 154, 304))
    assert said == "BOP (80% of 100) closes best, Auto (20% of 100) worst; overall 50.7%."


def test_a_difference_within_the_intervals_may_be_chance() -> None:
    # Wilson: 4 of 10 lies within 17 to 69 %, 5 of 10 within 24 to 76 %
    said = best_and_worst([Rate("BOP", 5, 10), Rate("Auto", 4, 10)], Rate("", 9, 20))
    assert said == "BOP (50% of 10) closes best, Auto (40% of 10) worst, which may be chance; overall 45%."


def test_without_two_rates_the_whole_is_said() -> None:
    assert best_and_worst([Rate("BOP", 1, 9)], Rate("", 1, 9)) == "11.1% of 9 decided leads were won."
    assert best_and_worst([], Rate("", 0, 0)) == "Nothing was decided in the period."
