"""Whom a name may mean: every kind of short form, ties, and names that mean nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.guesses import MOST, Why, guess

PEOPLE = [("P01", "Dana Marsh"), ("P02", "Robert Hale"), ("P03", "Hale, Samuel J."), ("P04", "Kim van Houten")]


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("Dana", "P01", Why.FIRST),
        ("DANA", "P01", Why.FIRST),
        ("Marsh", "P01", Why.LAST),
        ("Marsh, D.", "P01", Why.INITIAL),
        ("D. Marsh", "P01", Why.INITIAL),
        ("Dana M", "P01", Why.INITIAL),
        ("Marsh D", "P01", Why.INITIAL),
        ("DM", "P01", Why.INITIALS),
        ("S.H.", "P03", Why.INITIALS),
        ("Bob Hale", "P02", Why.NICKNAME),
        ("Hale, Bob", "P02", Why.NICKNAME),
        ("Rob", "P02", Why.NICKNAME),
        ("Sam Hale", "P03", Why.NICKNAME),
        ("KSN - Dana Marsh", "P01", Why.PART),
        ("Dana Marsh (inactive)", "P01", Why.PART),
        ("zz-Dana Marsh", "P01", Why.PART),
        ("zz-Dana", "P01", Why.FIRST),
        ("Dana J. Marsh", "P01", Why.SPELLING),
        ("Dana Marsch", "P01", Why.SPELLING),
        ("Kim Houten", "P04", Why.SPELLING),
    ],
)
def test_one_person_is_offered_with_the_reason(text: str, code: str, why: Why) -> None:
    first = guess(text, PEOPLE)[0]
    assert (first.code, first.why, first.only) == (code, why, True)


@pytest.mark.parametrize("text", ["Owen Pryce", "", "House Account", "Unknown", "Dana Pryce", "12", "M"])
def test_nobody_is_offered_where_nothing_speaks_for_it(text: str) -> None:
    assert guess(text, PEOPLE) == ()


def test_two_who_fit_as_well_are_both_offered_and_neither_is_the_only_one() -> None:
    found = guess("Hale", PEOPLE)
    assert [(one.code, one.why, one.only) for one in found] == [("P03", Why.LAST, False), ("P02", Why.LAST, False)]


def test_the_stronger_reason_comes_first() -> None:
    found = guess("Sam Hale", [("P03", "Samuel Hale"), ("P05", "Sam H.")])
    assert [(one.code, one.why) for one in found] == [("P05", Why.INITIAL), ("P03", Why.NICKNAME)]


@given(st.text(max_size=30), st.lists(st.tuples(st.text(min_size=1, max_size=3), st.text(max_size=20)), max_size=6))
def test_any_text_is_answered(text: str, people: list[tuple[str, str]]) -> None:
    found = guess(text, people)
    assert len(found) <= MOST and sum(one.only for one in found) <= 1
    assert all((one.code, one.name) in people for one in found)
