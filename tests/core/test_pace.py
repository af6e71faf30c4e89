"""Pace: what is missing by day, projections and their interval."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.pace import Outlook, Standing, WeekAmount, outlook, rate_of, ratio_outlook

WEEKS = st.lists(st.builds(WeekAmount, st.integers(0, 500), st.integers(0, 5).map(Fraction)), max_size=20)


def _steady(amount: int = 10) -> Outlook:
    return outlook(amount, 20, Fraction(10), rate_of([WeekAmount(5, Fraction(5))] * 4))


def test_a_steady_rate_has_no_scatter() -> None:
    found = _steady()
    assert (found.needed, found.per_day) == (10, 1)
    assert found.low == found.projected == found.high == 20
    assert found.standing is Standing.GOOD


def test_the_interval_is_that_of_scattered_weeks() -> None:
    rate = rate_of([WeekAmount(amount, Fraction(5)) for amount in (0, 10, 5)])
    assert rate is not None
    # weeks of 0, 10 and 5 around 5: (25 + 25) / 5 per day, over two degrees of freedom
    assert (rate.per_day, rate.variance) == (1, 5.0)
    found = outlook(0, 21, Fraction(20), rate)
    assert found.low is not None and found.high is not None
    assert round(float(found.high - 20), 3) == round(1.2816 * 10, 3) == round(float(20 - found.low), 3)
    assert found.standing is Standing.NEAR


def test_nothing_is_said_without_a_past_or_a_target() -> None:
    found = outlook(3, 10, Fraction(5), None)
    assert (found.needed, found.per_day, found.projected, found.standing) == (7, Fraction(7, 5), None, Standing.NONE)
    assert outlook(3, None, Fraction(5), None).needed is None
    assert outlook(12, 10, Fraction(0), None).standing is Standing.GOOD
    assert outlook(3, 10, Fraction(0), None).per_day is None
    assert rate_of([]) is None and rate_of([WeekAmount(9, Fraction(0))]) is None
    lone = rate_of([WeekAmount(5, Fraction(5))])
    assert lone is not None and lone.variance is None and outlook(0, 5, Fraction(5), lone).low is None


def test_a_ratio_needs_of_what_is_left() -> None:
    rate = rate_of([WeekAmount(5, Fraction(5))] * 4)
    bottom, top = outlook(10, None, Fraction(10), rate), outlook(2, None, Fraction(0), rate)
    found = ratio_outlook(top, bottom, Fraction(2, 5))
    # 40 % of 20 is 8: six of the ten that are still to come
    assert (found.actual, found.needed, found.projected) == (Fraction(1, 5), Fraction(6, 10), Fraction(1, 10))
    assert found.standing is Standing.BAD


@given(WEEKS, st.integers(0, 1000), st.one_of(st.none(), st.integers(0, 1000)), st.integers(0, 250))
def test_an_outlook_is_in_order(weeks: list[WeekAmount], actual: int, target: int | None, left: int) -> None:
    found = outlook(actual, target, Fraction(left), rate_of(weeks))
    if found.projected is not None:
        assert found.projected >= actual
    if found.low is not None and found.high is not None and found.projected is not None:
        assert actual <= found.low <= found.projected <= found.high
    if target is not None and found.per_day is not None:
        assert actual + found.per_day * left == target
