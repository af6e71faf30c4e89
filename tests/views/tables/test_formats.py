"""Figures as US readers write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.views.tables import formats


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (formats.money(123_456), "$1,235"),
        (formats.money(-50), "−$1"),
        (formats.money(-49), "$0"),
        (formats.money_exact(123_456), "$1,234.56"),
        (formats.money_exact(-5), "−$0.05"),
        (formats.percent(0.4321), "43.2%"),
        (formats.percent(-0.0001), "0.0%"),
        (formats.percent(12.5), "1,250.0%"),
        (formats.count(1234), "1,234"),
        (formats.count(2.5), "2.5"),
        (formats.day(date(2026, 3, 9)), "03/09/2026"),
        (formats.moment(datetime(2026, 3, 9, 0, 5)), "03/09/2026 12:05 AM"),
        (formats.moment(datetime(2026, 3, 9, 14, 5)), "03/09/2026 2:05 PM"),
        (formats.signed_count(12), "+12"),
        (formats.signed_count(-12), "−12"),
        (formats.signed_count(0), "0"),
        (formats.signed_money(500), "+$5"),
        (formats.signed_percent(0.041), "+4.1%"),
        (formats.days(4.04), "4"),
    ],
)
def test_text(text: str, wanted: str) -> None:
    assert text == wanted


def test_nothing_is_an_em_dash() -> None:
    writers = (formats.money, formats.money_exact, formats.percent, formats.count, formats.day, formats.days)
    assert {write(None) for write in writers} == {"—"}


@given(st.integers(-(10**12), 10**12))
def test_exact_money_loses_no_cent(cents: int) -> None:
    text = formats.money_exact(cents)
    digits = int("".join(sign for sign in text if sign.isdigit()))
    assert digits == abs(cents)
    assert text.startswith("−") is (cents < 0)
