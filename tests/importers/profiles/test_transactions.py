"""Words for transactions and terms, and premiums by the year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importers.profiles.transactions import (
    CANCEL,
    CHANGE,
    NOTHING,
    REINSTATE,
    by_the_year,
    months_of,
    step_of,
    whole_months,
)


@pytest.mark.parametrize(
    ("word", "step"),
    [
        ("New Business", "new"), ("NBS", "new"), ("Renew Policy", "renewal"), ("REN", "renewal"),
        ("Rewrite", "rewrite"), ("Policy Change", CHANGE), ("Endorsement", CHANGE), ("Cancellation Request", CANCEL),
        ("Reinstatement", REINSTATE), ("Audit", NOTHING), ("Wondrous", None), (None, None),
    ],
)  # fmt: skip
def test_steps(word: str | None, step: str | None) -> None:
    assert step_of(word) == step


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6", 6), ("12 Months", 12), ("6-month", 6), ("Semi-Annual", 6), ("Annual", 12), ("1 Year", 12), ("3 yrs", 36),
        ("6.0", 6), ("0", None), ("61", None), ("a while", None),
    ],
)  # fmt: skip
def test_lengths_of_terms(text: str, months: int | None) -> None:
    assert months_of(text) == months


@given(start=st.dates(date(2000, 1, 1), date(2030, 12, 31)), months=st.integers(1, 36))
def test_whole_months_run_from_a_day_to_the_same_day(start: date, months: int) -> None:
    start = start.replace(day=min(start.day, 28))
    at = start.month - 1 + months
    end = date(start.year + at // 12, at % 12 + 1, start.day)
    assert whole_months(start.isoformat(), end.isoformat()) == months
    assert whole_months(start.isoformat(), end.replace(day=start.day % 28 + 1).isoformat()) is None


@given(cents=st.integers(0, 10**9))
def test_by_the_year(cents: int) -> None:
    assert by_the_year(cents, 6) == 2 * cents
    assert by_the_year(cents, 12) == by_the_year(cents, None) == cents
    assert by_the_year(cents * 2, 24) == cents
