"""Round ticks that hold every value, and numbers as a reader writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.views.charts.scales import make_scale
from desktop.views.charts.units import Unit, plain, tick_text, value_text

VALUES = st.lists(st.floats(-1e9, 1e9).filter(lambda v: v == 0 or abs(v) > 1e-3), min_size=1, max_size=12)


@given(VALUES, st.integers(2, 8))
def test_an_axis_holds_all_its_values_and_zero(values: list[float], most: int) -> None:
    scale = make_scale(values, most)
    slack = (scale.high - scale.low) * 1e-6
    assert scale.low <= 0 <= scale.high
    assert scale.low - slack <= min(values) and max(values) <= scale.high + slack
    assert 0.0 in scale.ticks
    assert len(scale.ticks) <= most + 3
    steps = [b - a for a, b in zip(scale.ticks, scale.ticks[1:], strict=False)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-6)


@given(VALUES)
def test_shares_keep_the_order_of_values(values: list[float]) -> None:
    scale = make_scale(values)
    shares = [scale.share(value) for value in sorted(values)]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


def test_an_axis_without_values_is_still_an_axis() -> None:
    assert make_scale([None]).ticks[0] == 0
    assert make_scale([]).high > make_scale([]).low
    assert make_scale([0.0, 0]).high == 1.0


def test_counts_have_whole_ticks_and_an_axis_may_leave_zero_out() -> None:
    assert all(tick.is_integer() for tick in make_scale([0, 2], 6, whole=True).ticks)
    assert make_scale([100.0, 104.0], zero=False).low > 0


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit.MONEY, 123450, "$1,235"),
        (Unit.MONEY, -450000, "−$4,500"),
        (Unit.MONEY, -40, "$0"),
        (Unit.DOLLARS, 1234.5, "$1,235"),
        (Unit.RATE, 0.3333, "33.3%"),
        (Unit.COUNT, 1234, "1,234"),
        (Unit.COUNT, 2.25, "2.2"),
        (Unit.MINUTES, 4.04, "4 min"),
        (Unit.DAYS, 12.5, "12.5 days"),
        (Unit.MULTIPLE, 3.04, "3.0×"),
        (Unit.RATE, None, "—"),
    ],
)
def test_values_in_words(unit: Unit, value: float | None, text: str) -> None:
    assert value_text(unit, value) == text


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit.MONEY, 1_250_000, "$12.5k"),
        (Unit.DOLLARS, -2_000_000, "−$2M"),
        (Unit.RATE, 0.05, "5%"),
        (Unit.COUNT, 500, "500"),
        (Unit.COUNT, 0.0, "0"),
        (Unit.MULTIPLE, 1.5, "1.5×"),
    ],
)
def test_ticks_are_short(unit: Unit, value: float, text: str) -> None:
    assert tick_text(unit, value) == text


def test_files_hold_dollars() -> None:
    assert plain(Unit.MONEY, 1250) == 12.5
    assert plain(Unit.RATE, 0.25) == 0.25
    assert plain(Unit.COUNT, None) is None
