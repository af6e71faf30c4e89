"""Which lost deals come up again, by hand and by property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.winback import DAYS, comes_up

TODAY = date(2026, 3, 10)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("winnable", "x_date", "yearly", "found"),
    [
        ("yes", date(2026, 3, 10), False, date(2026, 3, 10)),
        ("maybe", date(2026, 6, 8), False, date(2026, 6, 8)),
        ("yes", date(2026, 6, 9), False, None),
        ("yes", date(2026, 3, 9), False, None),
        ("yes", date(2026, 3, 9), True, None),  # a year less a day ahead
        ("yes", date(2023, 4, 1), True, date(2026, 4, 1)),
        ("yes", date(2027, 4, 1), True, None),
        ("yes", date(2024, 2, 29), True, None),
        ("no", date(2026, 4, 1), True, None),
        (None, date(2026, 4, 1), False, None),
        ("yes", None, True, None),
    ],
)
def test_by_hand(winnable: str | None, x_date: date | None, yearly: bool, found: date | None) -> None:
    assert comes_up(winnable, x_date, TODAY, yearly=yearly) == found


def test_a_leap_day_comes_up_on_the_28th() -> None:
    assert comes_up("yes", date(2024, 2, 29), date(2026, 2, 1), yearly=True) == date(2026, 2, 28)
    assert comes_up("yes", date(2024, 2, 29), date(2028, 2, 1), yearly=True) == date(2028, 2, 29)


@given(days, days, st.booleans())
def test_what_comes_up_lies_within_ninety_days(x_date: date, today: date, yearly: bool) -> None:
    found = comes_up("yes", x_date, today, yearly=yearly)
    plain = comes_up("yes", x_date, today)
    if found is not None:
        assert today <= found <= today + timedelta(days=DAYS)
        assert yearly or found == x_date
    assert plain is None or plain == found
    if not yearly:
        assert (found is None) == (not today <= x_date <= today + timedelta(days=DAYS))
