"""Calendar months: short months, leap days, trailing years and month-ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import months
from desktop.core.periods import Period

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_after(day: date, count: int, after: date) -> None:
    assert months.months_after(day, count) == after


@pytest.mark.parametrize(
    ("start", "day", "count"),
    [
        (date(2024, 3, 15), date(2024, 3, 14), 0),
        (date(2024, 3, 15), date(2024, 4, 14), 0),
        (date(2024, 3, 15), date(2024, 4, 15), 1),
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
    ],
)
def test_whole_months(start: date, day: date, count: int) -> None:
    assert months.whole_months(start, day) == count


def test_a_trailing_year_that_ends_with_a_month_has_whole_months() -> None:
    assert months.trailing_year(date(2025, 2, 28)) == Period(date(2024, 3, 1), date(2025, 2, 28))
    assert months.trailing_year(date(2024, 2, 29)) == Period(date(2023, 3, 1), date(2024, 2, 29))
    assert months.trailing_year(date(2026, 3, 10)) == Period(date(2025, 3, 11), date(2026, 3, 10))


def test_month_ends() -> None:
    assert months.month_ends_through(date(2026, 3, 30), 3) == (
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
    )
    assert months.month_ends_through(date(2026, 3, 31), 1) == (date(2026, 3, 31),)


@given(DAYS, st.integers(0, 400))
def test_whole_months_counts_what_months_after_adds(day: date, count: int) -> None:
    later = months.months_after(day, count)
    assert months.whole_months(day, later) == count
    assert count == 0 or months.whole_months(day, later - timedelta(days=1)) == count - 1
