"""Which clients look like one, which do not, and that a crowd says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import nicknames
from desktop.core.likeness import Client, Why, find, words_of


def pair(one: str, other: str, **both: str) -> list[tuple[Why, ...]]:
    """What two clients have in common; `both`: fields that are the same, or `a|b` where they differ."""
    cells = [{name: (value.split("|") * 2)[at] or None for name, value in both.items()} for at in (0, 1)]
    found = find([Client(1, None, one, **cells[0]), Client(2, None, other, **cells[1])])
    return [like.why for like in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marsh, Dana", "Dana Marsh"),
        ("Oak & Sons, Inc.", "OAK AND SONS"),
        ("O'Hara Roofing LLC", "OHara Roofing"),
        ("The Cedar Group", "Cedar"),
    ],
)
def test_the_same_name_in_other_clothes(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)
    assert pair(one, other) == [(Why.NAME,)]
    assert pair(one, other, zip="10001") == [(Why.NAME, Why.ZIP)]
    assert pair(one, other, zip="10001|10002") == [(Why.NAME,)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Robert Hale", "Bob Hale"),
        ("R. Hale", "Robert Hale"),
        ("Robert J. Hale", "Robert Hale"),
        ("Dana & Pat Marsh", "Dana Marsh"),
        ("Katherine Wyeth", "Katharine Wyeth"),
        ("Whitfield Bakery", "Whitfeild Bakery"),
        ("Harbor Plumbing", "Harbour Plumbing"),
    ],
)
def test_a_name_spelled_alike_needs_the_zip(one: str, other: str) -> None:
    assert pair(one, other, zip="10001") == [(Why.SPELLING, Why.ZIP)]
    assert pair(one, other) == []
    assert pair(one, other, zip="10001|10002") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Dana Marsh", "Owen Marsh"), ("Oak Bakery", "Elm Bakery"), ("John Hale Jr", "John Hale Sr"), ("Ann", "Ant")],
)
def test_others_are_left_alone(one: str, other: str) -> None:
    assert pair(one, other, zip="10001") == []


def test_one_address_is_enough_whatever_the_names() -> None:
    assert pair("Dana Marsh", "Harbor Cafe", email="DANA@example.com|dana@example.com") == [(Why.EMAIL,)]
    assert pair("Dana Marsh", "Owen Pryce", phone="+15555550100") == [(Why.PHONE,)]
    assert pair("Dana Marsh", "Owen Pryce") == []


def test_an_address_or_a_name_of_many_says_nothing() -> None:
    crowd = [Client(at, f"C{at}", f"Person Number{at:04}", email="office@example.com") for at in range(20)]
    assert find(crowd) == []
    assert find([Client(at, None, "John Smith", zip=f"{10000 + at}") for at in range(20)]) == []


def test_the_likeliest_comes_first() -> None:
    same = Client(1, None, "Dana Marsh", "d@example.com", "+15555550100", "10001")
    found = find([same, Client(2, None, "Dana Marsh", zip="94016"), Client(3, None, "Marsh, Dana", "d@example.com")])
    assert [(one.one, one.other) for one in found] == [(1, 3), (2, 3), (1, 2)]


WORDS = st.lists(st.sampled_from(["Dana", "Marsh", "Bob", "Robert", "Oak", "Oaks", "D", "Inc", "&"]), max_size=4)
CLIENTS = st.lists(
    st.tuples(WORDS, st.sampled_from([None, "10001", "10002"]), st.sampled_from([None, "a@example.com"])), max_size=8
)


@given(CLIENTS)
def test_pairs_are_of_two_and_listed_once_in_any_order(rows: list[tuple[list[str], str | None, str | None]]) -> None:
    clients = [Client(at, None, " ".join(words), email, None, zip_) for at, (words, zip_, email) in enumerate(rows)]
    found = find(clients)
    assert all(one.one < one.other for one in found)
    assert len({(one.one, one.other) for one in found}) == len(found)
    assert set(find(clients[::-1])) == set(found)


def test_nicknames_go_both_ways_and_no_further() -> None:
    assert nicknames.alike("Robert", "bob") and nicknames.alike("Bob", "Robert")
    assert not nicknames.alike("Robert", "William") and not nicknames.alike("Zed", "Zed")
