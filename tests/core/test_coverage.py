"""States of weeks and runs of gaps."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.coverage import State, gap_runs, states
from desktop.core.periods import shift_weeks, week_of

FIRST = week_of(date(2026, 1, 5))
WEEKS = tuple(shift_weeks(FIRST, number) for number in range(8))


def found(running: int = 7, **counts: list[int]) -> dict[str, str]:
    """States by kind as letters: f filled, g gap, u unused, r running, o outside."""
    given_counts = {
        kind: {week: many for week, many in zip(WEEKS, numbers, strict=True) if many}
        for kind, numbers in counts.items()
    }
    made = states(WEEKS, given_counts, counts, WEEKS[running])
    return {kind: "".join(state.value[0] for state in row) for kind, row in made.items()}


def test_a_week_without_records_among_others_is_a_gap() -> None:
    assert found(calls=[0, 3, 0, 2, 0, 0, 1, 0], leads=[0, 1, 1, 1, 1, 1, 0, 0]) == {
        "calls": "ofgfggfo",
        "leads": "offfffgo",
    }


def test_a_kind_that_no_week_has_is_no_gap() -> None:
    assert found(calls=[0, 3, 1, 0, 0, 0, 0, 0], texts=[0] * 8) == {"calls": "offooooo", "texts": "ouuooooo"}


def test_the_week_that_is_not_over_is_no_gap() -> None:
    assert found(running=3, calls=[1, 1, 1, 0, 0, 0, 0, 0], leads=[1, 0, 1, 1, 0, 0, 0, 0]) == {
        "calls": "fffroooo",
        "leads": "fgffoooo",
    }


def test_an_empty_book_has_no_gaps() -> None:
    assert found(calls=[0] * 8) == {"calls": "o" * 8}


@given(st.lists(st.sampled_from(list(State)), max_size=60))
def test_runs_hold_every_gap_once_and_nothing_else(row: list[State]) -> None:
    runs = gap_runs(row)
    covered = [at for first, last in runs for at in range(first, last + 1)]
    assert covered == [at for at, state in enumerate(row) if state is State.GAP]
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(runs))
