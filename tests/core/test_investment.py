"""The running sum of revenue less cost, month by month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.investment import investment
from desktop.core.periods import Period
from desktop.core.presence import Presence
from desktop.core.revenue import Account, PayChange, Sales

HIRED = date(2025, 1, 20)
sales = st.lists(
    st.tuples(st.dates(date(2025, 1, 1), date(2026, 6, 30)), st.integers(0, 90_000).map(lambda c: Sales(0, 0, c, 0))),
    max_size=12,
)


def account(sold: list[tuple[date, Sales]], salary: int = 365_000) -> Account:
    pay = PayChange(date.min, salary=salary, new_split=Fraction(2, 5))
    return Account(tuple(sold), Presence(HIRED), (pay,))


@given(sales, st.dates(HIRED, date(2026, 6, 30)))
def test_the_last_month_holds_all_revenue_less_all_cost(sold: list[tuple[date, Sales]], last: date) -> None:
    one, whole = account(sold), Period(HIRED, last)
    found = investment(one, HIRED, last)
    assert found.months[0].period.start == HIRED and found.months[-1].period.end == last
    assert found.months[-1].running == one.sold(whole).revenue - one.cost(whole).total
    assert found.deepest == max(Fraction(0), *(-month.running for month in found.months))
    if found.paid_back is not None:
        at = next(month for month in found.months if month.period == found.paid_back)
        assert at.running >= 0 and found.months[-1].running >= 0


def test_whoever_never_cost_more_was_never_paid_back() -> None:
    found = investment(account([(HIRED, Sales(0, 0, 9_000_000, 0))]), HIRED, date(2025, 3, 31))
    assert found.deepest == Fraction(0) and found.paid_back is None


def test_a_second_dip_takes_the_day_back() -> None:
    sold = [(date(2025, 2, 3), Sales(0, 0, 100_000, 0))]
    early = investment(account(sold), HIRED, date(2025, 2, 28))
    assert early.paid_back == Period(date(2025, 2, 1), date(2025, 2, 28))
    assert investment(account(sold), HIRED, date(2025, 4, 30)).paid_back is None
