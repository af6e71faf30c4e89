"""Cost, multiple and benchmark by hand: dated pay, people hired or gone in the year, leap days, the trend."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import revenue
from desktop.core.periods import Period
from desktop.core.presence import Presence
from desktop.core.revenue import Account, Benchmark, PayChange, Sales

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
# $36,500 a year is $100 a day.
DAILY = 3_650_000


def paid(salary: int = DAILY, hired: date | None = None, left: date | None = None, *more: PayChange) -> Account:
    return Account((), Presence(hired, left), (PayChange(date.min, salary=salary), *more))


@pytest.mark.parametrize(
    ("hired", "left", "days"),
    [
        (None, None, 90),
        (date(2026, 3, 22), None, 10),
        (None, date(2026, 1, 10), 10),
        (date(2026, 2, 1), date(2026, 2, 28), 28),
        (date(2026, 4, 1), None, 0),
        (None, date(2025, 12, 31), 0),
    ],
)
def test_fixed_cost_is_prorated_by_the_days_employed(hired: date | None, left: date | None, days: int) -> None:
    assert paid(DAILY, hired, left).cost(QUARTER).salary == 10_000 * days


def test_a_leap_year_has_366_days_of_cost() -> None:
    assert paid().cost(Period(date(2024, 1, 1), date(2024, 12, 31))).total == 3_660_000


def test_dated_pay_changes_on_its_day_and_keeps_what_it_does_not_name() -> None:
    account = Account(
        ((date(2026, 1, 31), Sales(new_commission=1_001)), (date(2026, 2, 1), Sales(0, 0, 1_000, 1_000))),
        changes=(
            PayChange(date.min, salary=DAILY, desk=DAILY, new_split=Fraction(1, 2), renewal_split=Fraction(1, 4)),
            PayChange(date(2026, 2, 1), salary=2 * DAILY, new_split=Fraction(2, 5)),
            PayChange(date(2026, 6, 1), salary=9 * DAILY),
        ),
    )
    cost = account.cost(QUARTER)
    assert cost.salary == 10_000 * 31 + 20_000 * 59
    assert cost.desk == 10_000 * 90
    assert cost.splits == Fraction(1_001, 2) + 400 + 250
    assert cost.total == cost.salary + cost.desk + cost.splits


def test_a_change_on_the_first_day_holds_from_it_and_the_later_of_two_on_a_day_wins() -> None:
    first = paid(DAILY, None, None, PayChange(QUARTER.start, salary=0))
    assert first.cost(QUARTER).salary == 0
    twice = paid(DAILY, None, None, PayChange(date(2026, 3, 31), salary=7), PayChange(date(2026, 3, 31), salary=0))
    assert twice.cost(QUARTER).salary == 10_000 * 89


@given(st.dates(date(2026, 1, 2), date(2026, 3, 31)), st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_period_costs_what_its_halves_cost(cut: date, before: int, after: int) -> None:
    account = paid(before, date(2026, 1, 20), date(2026, 3, 10), PayChange(cut, salary=after))
    middle = date(2026, 2, 14)
    halves = Period(QUARTER.start, middle), Period(date(2026, 2, 15), QUARTER.end)
    assert account.cost(QUARTER).total == sum(account.cost(half).total for half in halves)


def test_the_rate_is_revenue_over_premium() -> None:
    assert Sales(100_000, 50_000, 15_000, 6_000).commission_rate == Fraction(21, 150)
    assert Sales().commission_rate is None


def monthly(commission: int, hired: date, *, left: date | None = None) -> Account:
    """$100 a day, and the same commission on the 15th of each month from January to June 2026."""
    sales = tuple((date(2026, month, 15), Sales(new_commission=commission)) for month in range(1, 7))
    return Account(sales, Presence(hired, left), (PayChange(date.min, salary=DAILY),))


JUNE = date(2026, 6, 30)


def test_the_multiple_is_over_the_trailing_twelve_months() -> None:
    account = monthly(DAILY, date(2025, 1, 1))
    assert [account.multiple(date(2026, month, 28)) for month in (1, 2, 6)] == [1, 2, 6]
    assert account.multiple(date(2027, 1, 14)) == 6
    assert account.multiple(date(2027, 1, 15)) == 5
    assert Account(account.sales).multiple(JUNE) is None


def test_somebody_of_less_than_a_year_is_measured_by_the_days_there() -> None:
    account = monthly(DAILY, date(2026, 6, 1))
    assert account.multiple(JUNE) == Fraction(6 * DAILY, 300_000)


def test_the_trend_crosses_in_the_first_month_at_or_over_three() -> None:
    # 0.4, 0.8 ... 2.4 at the six month-ends: 2.8 in July, 3.2 in August.
    assert revenue.crosses_on(monthly(DAILY * 2 // 5, date(2025, 1, 1)), JUNE) == date(2026, 8, 31)
    # As of June 20 the last month-end is May: 0.4 ... 2.0 after 0 in December.
    assert revenue.crosses_on(monthly(DAILY * 2 // 5, date(2025, 1, 1)), date(2026, 6, 20)) == date(2026, 8, 31)


def test_no_crossing_when_met_falling_too_far_or_of_too_few_points() -> None:
    assert revenue.crosses_on(monthly(DAILY // 2, date(2025, 1, 1)), JUNE) is None  # 3.0 is met
    assert revenue.crosses_on(monthly(DAILY // 100, date(2025, 1, 1)), JUNE) is None  # 0.06 after six months
    assert revenue.crosses_on(monthly(0, date(2025, 1, 1)), JUNE) is None
    assert revenue.crosses_on(monthly(60_000, date(2026, 5, 1)), JUNE) is None  # two month-ends since hire
    gone = monthly(DAILY * 2 // 5, date(2025, 1, 1), left=date(2026, 6, 29))
    assert revenue.crosses_on(gone, JUNE) is None


@pytest.mark.parametrize("commission", [36_500, 37_000])
def test_the_sixtieth_month_is_the_last_to_be_looked_at(commission: int) -> None:
    # Height at the sixth month-end is 6 m, and each month adds m: 3 is reached at 66 m, in the 60th month.
    account = monthly(DAILY * 3 // 66 if commission == 36_500 else DAILY * 3 // 66 + 1, date(2025, 1, 1))
    expected = None if commission == 36_500 else date(2031, 6, 30)
    assert revenue.crosses_on(account, JUNE) == expected


@pytest.mark.parametrize(
    ("employed", "multiple", "status"),
    [
        (5, Fraction(3), Benchmark.MET),
        (17, Fraction(299, 100), Benchmark.BUILDING),
        (18, Fraction(299, 100), Benchmark.DUE),
        (24, Fraction(299, 100), Benchmark.DUE),
        (25, Fraction(299, 100), Benchmark.MISSED),
        (25, Fraction(4), Benchmark.MET),
        (None, Fraction(4), None),
        (25, None, None),
    ],
)
def test_benchmark(employed: int | None, multiple: Fraction | None, status: Benchmark | None) -> None:
    assert revenue.benchmark(employed, multiple) == status


def test_months_employed_end_with_the_employment() -> None:
    assert revenue.months_employed(Presence(date(2024, 1, 8)), date(2026, 3, 7)) == 25
    assert revenue.months_employed(Presence(date(2024, 1, 8), date(2024, 7, 8)), date(2026, 3, 7)) == 6
    assert revenue.months_employed(Presence(), date(2026, 3, 7)) is None


def test_the_multiple_of_all_comes_from_the_sums() -> None:
    accounts = [monthly(DAILY, date(2025, 1, 1)), paid(), Account()]
    assert revenue.summed_multiple(accounts, JUNE) == 3
    assert revenue.summed_multiple([Account()], JUNE) is None


@given(
    st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2025, 3, 1)), st.integers(-500, 500), st.integers(0, 90))),
    st.dates(date(2024, 12, 1), date(2025, 4, 1)),
    st.integers(0, 70),
)
def test_running_sums_give_what_one_pass_gives(
    given_sales: list[tuple[date, int, int]], start: date, days: int
) -> None:
    account = Account(tuple((day, Sales(new, 2 * new, part, 3 * part)) for day, new, part in given_sales))
    period = Period(start, start + timedelta(days=days))
    inside = [(new, part) for day, new, part in given_sales if period.contains(day)]
    new, part = sum(one for one, _ in inside), sum(one for _, one in inside)
    assert account.sold(period) == Sales(new, 2 * new, part, 3 * part)
