"""Figures as written on paper."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.reports.figures import count_text, moment_text, money_text, percent_text


@pytest.mark.parametrize(
    ("cents", "with_cents", "text"),
    [
        (None, None, "\N{EM DASH}"),
        (0, None, "$0"),
        (461_538, None, "$4,615.38"),
        (2_000_000, None, "$20,000"),
        (2_000_000, True, "$20,000.00"),
        (150, False, "$1.50"),
        (-123_405, None, "-$1,234.05"),
    ],
)
def test_money_is_exact(cents: int | None, with_cents: bool | None, text: str) -> None:
    assert money_text(cents, with_cents) == text


def test_counts_percents_and_moments() -> None:
    assert (count_text(12_345), count_text(None)) == ("12,345", "\N{EM DASH}")
    assert (percent_text(3 / 7), percent_text(None)) == ("42.9%", "\N{EM DASH}")
    assert moment_text(datetime(2026, 3, 9, 0, 5)) == "Mar 9, 2026, 12:05 AM"
    assert moment_text(datetime(2026, 3, 9, 12, 0)) == "Mar 9, 2026, 12:00 PM"
