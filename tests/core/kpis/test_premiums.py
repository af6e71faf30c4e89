"""Premium by hand: shares, months, units of time, carriers."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.kpis import premiums
from desktop.core.kpis.definition import Cents
from desktop.core.kpis.premiums import Bound
from desktop.core.kpis.reading import Asked, Whose
from desktop.core.periods import Period, end_of

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
ASKED = Asked(MARCH, end_of(MARCH.end))


def bound(
    row: int, day: str, premium: int, producer: int | None = 1, counted: int = 1, carrier: str | None = "Alder"
) -> Bound:
    return Bound(row, day, producer, counted, premium, 0, carrier, "Web", "BOP", "OH", None)


SHARED = [bound(1, "2026-03-05", 60_000), bound(1, "2026-03-05", 40_000, producer=2, counted=0)]


def test_a_shared_policy_counts_with_the_first_named() -> None:
    whole = premiums.avg_annual_premium(SHARED, ASKED)
    first, second = (premiums.avg_annual_premium(SHARED, Asked(MARCH, ASKED.as_of, Whose(one))) for one in (1, 2))
    assert (whole.value, whole.numerator, whole.denominator) == (100_000, 100_000, 1)
    assert (first.value, first.numerator, first.denominator) == (60_000, 60_000, 1)
    assert (second.value, second.numerator, second.denominator) == (None, 40_000, 0)
    assert [one.role for one in second.records()] == ["numerator"]


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=30))
def test_a_months_part_of_each_policy_sums_to_the_cent(amounts: list[int]) -> None:
    reading = premiums.avg_monthly_premium([bound(at, "2026-03-05", one) for at, one in enumerate(amounts)], ASKED)
    parts = [one.amount for one in reading.records()]
    assert sum(parts) == reading.numerator
    assert abs(Fraction(sum(amounts), 12) - sum(parts)) <= Fraction(1, 2)
    assert all(abs(Fraction(whole, 12) - part) <= 1 for whole, part in zip(amounts, parts, strict=True))
    assert isinstance(reading.value, Cents)
    assert abs(Fraction(sum(amounts), 12 * len(amounts)) - reading.value) <= Fraction(1, 2)


def test_median_and_extremes_of_months() -> None:
    found = [bound(at, "2026-03-05", one) for at, one in enumerate((12_000, 24_000, 60_000, 120_000))]
    assert premiums.avg_monthly_premium(found, ASKED).detail() == {"median": 3_500, "min": 1_000, "max": 10_000}
    assert premiums.avg_monthly_premium([], ASKED).detail() == {"median": None, "min": None, "max": None}


def test_units_hold_the_last_day_begun() -> None:
    days = (
        "2025-03-11",
        "2025-03-13",
        "2025-12-31",
        "2026-01-02",
        "2026-02-10",
        "2026-02-12",
        "2026-03-04",
        "2026-03-09",
    )
    found = [bound(at, day, 10**at) for at, day in enumerate(days)]
    asked = Asked(MARCH, datetime(2026, 3, 11, 12, 0))
    rows = premiums.annual_premium_written(found, asked).detail()["rows"]
    assert rows == [
        {"by": "week", "key": "2026-W11", "value": 10**7, "previous": 10**6},
        {"by": "month", "key": "2026-03", "value": 10**7 + 10**6, "previous": 0},
        {"by": "quarter", "key": "2026-Q1", "value": 11_111_000, "previous": 0},
        {"by": "year", "key": "2026", "value": 11_111_000, "previous": 1},
    ]


@pytest.mark.parametrize(("last", "before"), [("2026-01-01", 3), ("2026-01-31", 43), ("2026-03-31", 543)])
def test_a_year_to_date_has_last_years_days_before_it_wherever_it_ends(last: str, before: int) -> None:
    days = {"2025-01-01": 3, "2025-01-31": 40, "2025-03-31": 500, "2025-04-01": 6_000, "2025-12-31": 70_000}
    found = [bound(at, day, premium) for at, (day, premium) in enumerate(days.items())]
    asked = Asked(
        Period(date.fromisoformat(last), date.fromisoformat(last)), datetime.fromisoformat(f"{last}T23:59:59")
    )
    year = premiums.annual_premium_written(found, asked).detail()["rows"][3]
    assert year == {"by": "year", "key": "2026", "value": 0, "previous": before}


def test_nothing_written_is_zero_dollars() -> None:
    reading = premiums.annual_premium_written([], ASKED)
    assert (reading.value, reading.numerator, reading.denominator) == (0, 0, None)
    assert isinstance(reading.value, Cents)


def test_carriers_in_order_with_the_unknown_one_last() -> None:
    found = [bound(4, "2026-03-05", 500, carrier=None), bound(2, "2026-03-06", 300, carrier="Birch"), *SHARED[:1]]
    rows = premiums.revenue_by_carrier([*found, bound(3, "2026-04-01", 7)], ASKED).detail()["rows"]
    assert rows == [
        {"carrier": "Alder", "deals": 1, "premium": 60_000, "average": 60_000},
        {"carrier": "Birch", "deals": 1, "premium": 300, "average": 300},
        {"carrier": None, "deals": 1, "premium": 500, "average": 500},
    ]
