"""Close rates by line: which row a lead counts in, intervals, and the row over all lines."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import closing
from desktop.core.closing import ClosingRatio, Outcome, Quoted

LINES = ("Personal Auto", "Auto + Home Bundle", "BOP", "Other")
NAMES = {"PAP": "Personal Auto", "Bundle": "Auto + Home Bundle"} | {line: line for line in LINES}


def table(quoted: list[Quoted], outcomes: list[Outcome]) -> dict[str, closing.Rates]:
    return dict(closing.close_rates(LINES, NAMES.get, quoted, outcomes))


def test_all_listed_lines_appear_in_list_order_and_undefined_rates_stay_undefined() -> None:
    found = closing.close_rates(LINES, NAMES.get, [], [])
    assert [line for line, _rates in found] == list(LINES)
    assert all(rates.close_rate is None and rates.interval is None for _line, rates in found)
    assert all(rates.average_premium is None for _line, rates in found)


def test_the_leads_own_line_decides_and_a_bundle_is_one_win() -> None:
    quoted = [Quoted("L1", "PAP"), Quoted("L1", "Homeowners"), Quoted("L2", "PAP")]
    outcomes = [Outcome("Bundle", True, 300_001), Outcome("Bundle", True, 100_000), Outcome("PAP", False)]
    found = table(quoted, outcomes)
    assert (found["Auto + Home Bundle"].wins, found["Auto + Home Bundle"].quotes) == (2, 0)
    assert found["Auto + Home Bundle"].average_premium == 200_001  # 2,000.005 dollars, half up
    assert (found["Personal Auto"].quotes, found["Personal Auto"].losses) == (2, 1)
    assert found["Personal Auto"].close_rate == 0
    assert found["Other"].quotes == 1  # no listed line is called Homeowners here


def test_a_lead_counts_once_over_all_lines_and_in_each_line_it_was_quoted_in() -> None:
    quoted = [Quoted("L1", "PAP", 3), Quoted("L1", "BOP"), Quoted(None, "BOP", 2), Quoted(None, None, 1)]
    found = table(quoted, [])
    assert (found["Personal Auto"].quotes, found["BOP"].quotes, found["Other"].quotes) == (1, 3, 1)
    assert closing.overall(quoted, []).quotes == 4


def test_the_overall_rate_comes_from_the_totals_not_from_the_averages() -> None:
    outcomes = [Outcome("PAP", True, 100)] + [Outcome("BOP", False)] * 3 + [Outcome("Boats", True, 300)]
    whole = closing.overall([], outcomes)
    assert whole.close_rate == Fraction(2, 5)
    assert whole.average_premium == 200


def test_other_stands_last_where_the_list_has_none_and_something_fell_to_it() -> None:
    lines = ("BOP",)
    assert [line for line, _ in closing.close_rates(lines, {"BOP": "BOP"}.get, [], [])] == ["BOP"]
    found = closing.close_rates(lines, {"BOP": "BOP"}.get, [], [Outcome("Boats", True, 5)])
    assert [(line, rates.wins) for line, rates in found] == [("BOP", 0), ("Other", 1)]


def test_wilson_by_hand() -> None:
    # 3 of 10: (0.3 + 3.841459/20 -+ 1.959964 * sqrt(0.021 + 3.841459/400)) / 1.3841459
    assert closing.wilson(3, 10) == pytest.approx((0.1077913, 0.6032219), abs=1e-6)
    assert closing.wilson(0, 5) == pytest.approx((0.0, 0.4344825), abs=1e-6)
    assert closing.wilson(5, 5) == pytest.approx((0.5655175, 1.0), abs=1e-6)
    assert closing.wilson(0, 0) is None


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate_and_stays_within_bounds(case: tuple[int, int]) -> None:
    wins, decided = case
    interval = closing.wilson(wins, decided)
    assert interval is not None
    assert 0 <= interval[0] <= wins / decided <= interval[1] <= 1


def test_the_closing_ratio_may_pass_one_and_is_undefined_over_nothing() -> None:
    assert ClosingRatio(3, 2).ratio == Fraction(3, 2)
    assert ClosingRatio(3, 0).ratio is None
