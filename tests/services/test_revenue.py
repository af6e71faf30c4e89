"""The revenue table of a book written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.periods import end_of
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.services import revenue
from desktop.services.revenue import Revenue, RevenueFigure
from tests.services.small_agency import Agency, open_book

MARCH_END = end_of(date(2026, 3, 31))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def table(book: Book, as_of: datetime = MARCH_END, year: int = 2026) -> Revenue:
    return revenue.revenue_per_producer(book, year, as_of)


def rows(found: Revenue) -> dict[str | None, RevenueFigure]:
    return {row.producer: row for row in found.rows}


def paid(agency: Agency, code: str, name: str, **cells: object) -> Agency:
    pay: dict[str, object] = {
        "salary": 6_000_000,
        "benefits": 1_200_000,
        "desk_cost": 600_000,
        "new_split": 0.4,
        "renewal_split": 0.25,
    }
    return agency.producer(code, name, **(pay | cells))  # type: ignore[arg-type]


def test_a_row_by_hand(book: Book) -> None:
    made = paid(Agency(), "P01", "Dana Marsh", hired_on="2024-01-08")
    made.policy("N-1", "2026-02-10", "P01", 200_000, commission_rate=0.15)
    made.policy("R-1", "2026-03-31", "P01", 100_005, commission_rate=0.12, transaction="renewal")
    made.policy("W-1", "2026-03-31", "P01", 10_000, commission=1, transaction="rewrite")
    made.policy("OLD", "2025-12-31", "P01", 70_000, commission=7_000)
    made.policy("LATE", "2026-04-01", "P01", 99_999, commission=9_999)
    made.store(book)
    row = rows(table(book))["P01"]
    assert (row.new_premium, row.renewal_premium, row.total_book) == (200_000, 110_005, 380_005)
    assert row.revenue == 30_000 + 12_001 + 1  # $120.006 is $120.01
    assert row.commission_rate == 42_002 / 310_005
    # 90 days of 365; 40 % of $300.00 and 25 % of $120.02.
    assert (row.salary, row.benefits, row.desk, row.splits) == (1_479_452, 295_890, 147_945, 15_001)
    assert row.cost == 1_938_288  # exact: $19,382.8817
    assert row.net_contribution == 42_002 - 1_938_288
    # April 2025 through March 2026: $490.02 over a year's pay and 40 % more on $70.00.
    assert row.multiple == pytest.approx(49_002 / (7_800_000 + 12_000 + 3_000.5 + 2_800), rel=1e-12)
    assert (row.months_employed, row.benchmark) == (26, "missed")


def test_hired_and_gone_within_the_year_and_everybody_who_is_listed(book: Book) -> None:
    made = paid(Agency(), "P01", "Dana Marsh", hired_on="2026-03-22", salary=3_650_000)
    paid(made, "P02", "Sam Lee", hired_on="2025-01-01", left_on="2026-01-10", salary=3_650_000)
    paid(made, "P03", "Jo Ruiz", hired_on="2020-01-01", left_on="2025-06-30")
    paid(made, "P04", "Kim Poe", hired_on="2020-01-01", left_on="2025-06-30")
    paid(made, "P05", "Al Fox", hired_on="2026-04-01")
    paid(made, "C01", "Ann Bow", role="csr")
    made.policy("N-3", "2025-05-01", "P03", 50_000, commission=1_000)
    made.store(book)
    found = table(book)
    assert [row.producer for row in found.rows] == ["P01", "P02", "P03", None]
    by = rows(found)
    assert (by["P01"].salary, by["P02"].salary, by["P03"].salary) == (100_000, 100_000, 0)
    assert (by["P03"].total_book, by["P03"].cost, by["P03"].months_employed) == (50_000, 0, 65)
    assert (by["P01"].months_employed, by["P01"].benchmark) == (0, "building")
    assert by[None].producer_name == "Unassigned" and by[None].multiple is None and by[None].benchmark is None


def test_dated_pay(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh", salary=3_650_000, new_split=0.5)
    made.add("pay", producer_code="Marsh, Dana", effective_from="2026-02-01", salary=7_300_000)
    made.add("pay", producer_code="P01", effective_from="2026-03-01", new_split=0.25)
    made.policy("N-1", "2026-02-28", "P01", 100_000, commission=10_000)
    made.policy("N-2", "2026-03-01", "P01", 100_000, commission=10_000)
    made.store(book)
    row = rows(table(book))["P01"]
    assert row.salary == 31 * 10_000 + 59 * 20_000
    assert row.splits == 5_000 + 2_500
    assert (row.months_employed, row.benchmark, row.crosses_on) == (None, None, None)


def test_shares_and_unassigned_business_and_the_total(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh", salary=36_500).producer("P02", "Sam Lee", desk_cost=36_500)
    made.policy("S-1", "2026-01-05", "P01", 100_001, shares="P01:0.6;P02:0.4", commission=10_001)
    made.policy("H-1", "2026-01-05", "House Account", 50_000, commission=5_000)
    made.policy("X-1", "2026-01-06", "P01", 1_000)
    made.add("premiums", policy_number="S-1", effective_on="2026-01-05", from_="2026-03-01", annual_premium=200_001)
    made.store(book)
    found = table(book)
    by = rows(found)
    assert (by["P01"].new_premium, by["P02"].new_premium, by[None].new_premium) == (61_001, 40_000, 50_000)
    assert (by["P01"].revenue, by["P02"].revenue, by[None].revenue) == (6_001, 4_000, 5_000)
    assert (by["P01"].total_book, by["P02"].total_book) == (120_001 + 1_000, 80_000)
    total = found.total
    assert (total.new_premium, total.total_book, total.revenue) == (151_001, 251_001, 15_001)
    assert (total.salary, total.desk, total.cost) == (9_000, 9_000, 18_000)
    assert total.net_contribution == 15_001 - 18_000
    assert total.commission_rate == 15_001 / 151_001
    assert total.multiple == pytest.approx(15_001 / 73_000)
    assert found.without_commission == ("X-1",)


def test_the_book_is_that_of_as_of_and_nothing_later_is_seen(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh", salary=36_500)
    made.policy("A", "2025-03-15", "P01", 100).policy("A", "2026-03-10", "P01", 200, effective_on="2026-03-15")
    made.store(book)
    on = {day: rows(table(book, end_of(date(2026, 3, day))))["P01"] for day in (9, 14, 15)}
    assert [on[day].total_book for day in (9, 14, 15)] == [100, 100, 200]
    assert [on[day].new_premium for day in (9, 14, 15)] == [0, 200, 200]
    assert [on[day].salary for day in (9, 14, 15)] == [6_800, 7_300, 7_400]


def test_a_past_year_is_whole_and_a_future_one_is_refused(book: Book) -> None:
    Agency().producer("P01", "Dana Marsh", salary=36_500).store(book)
    assert rows(table(book, year=2024))["P01"].salary == 36_600
    with pytest.raises(UserError, match="2027 has not begun"):
        table(book, year=2027)


def test_a_rising_producer_crosses(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh", salary=3_650_000, hired_on="2025-01-01")
    for month in range(1, 7):
        made.policy(f"N-{month}", f"2026-0{month}-15", "P01", 100, commission=1_460_000)
    made.store(book)
    row = rows(table(book, end_of(date(2026, 6, 30))))["P01"]
    assert (row.multiple, row.months_employed, row.benchmark, row.crosses_on) == (
        2.4,
        17,
        "building",
        date(2026, 8, 31),
    )


def test_an_empty_book_has_the_unassigned_row_and_a_total_of_nothing(book: Book) -> None:
    found = table(book)
    assert [row.producer for row in found.rows] == [None]
    assert (found.total.revenue, found.total.commission_rate, found.total.multiple) == (0, None, None)
