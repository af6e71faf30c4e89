"""Periods that titles and names of files state, and texts that state none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.doubts import By, Claim
from desktop.importers import claims

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    "title",
    [
        "From 03/01/2026 to 03/31/2026",
        "Date range: 3/1/26 - 3/31/26",
        "2026-03-01 through 2026-03-31",
        "Transactions between March 1, 2026 and Mar 31st, 2026",
        "March 2026",
        "For the month of March 2026",
        "Period: Mar 2026",
    ],
)
def test_a_title_states_a_period(title: str) -> None:
    assert claims.of(("Activity Report", title), "activities.csv") == (Claim(*MARCH, By.TITLE),)


@pytest.mark.parametrize(
    "name",
    ["calls_2026-03-01_2026-03-31.csv", "a.zip/calls 03-01-2026 to 03-31-2026.xlsx", "calls 2026-03.csv",
     "March_2026 calls.csv", "20260301-20260331.csv", "new-business-mar-2026.csv"],
)  # fmt: skip
def test_a_name_states_a_period(name: str) -> None:
    assert claims.of((), name) == (Claim(*MARCH, By.NAME),)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Run date 03/31/2026", "report_-_BOOK_2026-03-09T1011.csv"),
        ("Printed 03/01/2026 for 03/31/2026", "sales-report - 2026-03-09T101112.123.csv"),
        ("From 03/31/2026 to 03/01/2026", "policies.csv"),
        ("Run on a Monday in March 2026", "phone 5551234567.csv"),
        ("Marsh agency, 2026 plan", "book 2026.csv"),
        ("From 02/30/2026 to 03/31/2026", "2026-02-30_2026-03-31 calls.csv"),
        ("Pages 1 to 3", "mayor2026x.csv"),
    ],
)
def test_what_is_not_plain_states_none(title: str, name: str) -> None:
    assert claims.of((title,), name) == ()


def test_title_and_name_that_agree_are_one() -> None:
    assert claims.of(("From 03/01/2026 to 03/31/2026",), "calls 2026-03.csv") == (Claim(*MARCH, By.TITLE),)
    assert [one.by for one in claims.of(("From 03/01/2026 to 03/15/2026",), "calls 2026-03.csv")] == [By.TITLE, By.NAME]


@given(st.text(max_size=60), st.text(max_size=40))
def test_any_text_is_read(title: str, name: str) -> None:
    assert all(one.first <= one.last for one in claims.of((title,), name))
