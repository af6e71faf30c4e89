"""Dealing what a leaver has: everything goes to somebody, in fair parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.handover import Item, Receiver, Share, Way, deal, shares

ITEMS = [Item("A", "BOP", "10001", 500), Item("B", "Life", "10002", 400), Item("C", "BOP", None, 300)]
TWO = [Receiver("P02", 1, frozenset({"BOP"})), Receiver("P03", 1, frozenset({"Life"}))]


def test_one_takes_all() -> None:
    assert deal(ITEMS, TWO, Way.ONE) == {"A": "P02", "B": "P02", "C": "P02"}


def test_turns_go_from_the_greatest_premium_down() -> None:
    assert deal(ITEMS, TWO, Way.TURNS) == {"A": "P02", "B": "P03", "C": "P02"}


def test_a_line_goes_to_those_who_write_it_and_an_unknown_one_in_turns() -> None:
    items = [*ITEMS, Item("D", "Workers Comp", None, 1)]
    dealt = deal(items, TWO, Way.LINE)
    assert dealt == {"A": "P02", "B": "P03", "C": "P02", "D": "P02"}


def test_a_territory_goes_to_its_producer_where_that_is_a_receiver() -> None:
    owner = {"10001": "P03", "10002": "P09"}.get
    assert deal(ITEMS, TWO, Way.TERRITORY, owner) == {"A": "P03", "B": "P02", "C": "P03"}


def test_without_receivers_nothing_moves() -> None:
    assert deal(ITEMS, [], Way.TURNS) == {}


@given(
    st.lists(st.integers(0, 10**7), max_size=40),
    st.lists(st.integers(1, 5), min_size=1, max_size=5),
    st.sampled_from(list(Way)),
)
def test_every_item_goes_to_one_receiver_and_no_premium_is_lost(
    premiums: list[int], weights: list[int], way: Way
) -> None:
    items = [Item(f"L{number}", "BOP", "10001", premium) for number, premium in enumerate(premiums)]
    receivers = [Receiver(f"P{number}", weight) for number, weight in enumerate(weights)]
    dealt = deal(items, receivers, way)
    parts = shares(items, dealt)
    assert dealt.keys() == {item.key for item in items}
    assert sum(part.count for part in parts.values()) == len(items)
    assert sum(part.premium for part in parts.values()) == sum(premiums)


@given(st.integers(0, 60), st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_turns_follow_the_weights(number: int, weights: list[int]) -> None:
    items = [Item(f"L{one:02}") for one in range(number)]
    receivers = [Receiver(f"P{at}", weight) for at, weight in enumerate(weights)]
    parts = shares(items, deal(items, receivers, Way.TURNS))
    for receiver in receivers:
        fair = number * receiver.weight / sum(weights)
        assert abs(parts.get(receiver.code, Share(0, 0)).count - fair) < len(receivers)
