"""How lines are shared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.writing import share_lines


def test_the_hungriest_gets_the_rest() -> None:
    assert share_lines([9, 1], 6) == (5, 1)
    assert share_lines([2, 1, 2], 9) == (2, 1, 2)
    assert share_lines([9, 9, 9], 7) == (3, 2, 2)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.integers(5, 40))
def test_nobody_goes_without_and_no_more_is_given_than_there_is(needs: list[int], total: int) -> None:
    given_lines = share_lines(needs, total)
    assert min(given_lines) >= 1
    assert sum(given_lines) <= total
    assert all(got <= max(1, need) for got, need in zip(given_lines, needs, strict=True))
    if sum(max(1, need) for need in needs) <= total:
        assert given_lines == tuple(max(1, need) for need in needs)
