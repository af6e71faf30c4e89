"""A new producer's three years, counted by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import validation_newproducer as newproducer
from desktop.errors import UserError

GIVEN = {
    "draw": Fraction(4_800_000),
    "production": Fraction(120_000),
    "new_rate": Fraction(2, 5),
    "renewal_rate": Fraction(1, 4),
    "margin": Fraction(1, 5),
}
CENTS = st.integers(min_value=0, max_value=10**8).map(Fraction)
RATIOS = st.fractions(min_value=0, max_value=1, max_denominator=1_000)


def test_three_years_by_hand() -> None:
    found = newproducer.sponsorship(newproducer.completed(GIVEN))
    assert [one.new_commission for one in found.years] == [6_000_000] * 3
    assert [one.renewals for one in found.years] == [0, 5_400_000, 10_260_000]
    # 40 % of new and 25 % of renewals, against $48,000
    assert [one.earned for one in found.years] == [2_400_000, 3_750_000, 4_965_000]
    assert [one.validated for one in found.years] == [False, False, True]
    # 48,000 - 24,000 - 12,000; 48,000 - 37,500 - 22,800; 48,000 - 49,650 - 32,520
    assert [one.invested for one in found.years] == [1_200_000, -1_230_000, -3_417_000]
    # $12,000 after a year, $1,025 back each month of the second: -$12,300 by its end, so within its 12th month
    assert found.paid_back_month == 24
    assert [found.months[at].running for at in (0, 11, 22, 23)] == [100_000, 1_200_000, 72_500, -30_000]


def test_paid_back_to_the_cent_counts() -> None:
    values = newproducer.completed(
        {**GIVEN, "retention": Fraction(0), "margin": Fraction(0), "draw": Fraction(2_400_000)}
    )
    even = newproducer.sponsorship(values)
    assert even.paid_back_month is None  # nothing was ever put in
    assert all(one.validated and one.earned == one.draw for one in even.years)
    exact = {**GIVEN, "margin": Fraction(0), "draw": Fraction(3_075_000), "retention": Fraction(9, 10)}
    found = newproducer.sponsorship(newproducer.completed(exact))
    assert [one.invested for one in found.years] == [675_000, -675_000, -1_890_000]
    assert (found.months[23].running, found.paid_back_month) == (0, 24)


def test_never_within_three_years() -> None:
    values = newproducer.completed({**GIVEN, "draw": Fraction(20_000_000)})
    found = newproducer.sponsorship(values)
    assert found.paid_back_month is None and found.months[-1].running > 0


def test_defaults_and_refusals() -> None:
    found = newproducer.completed({key: value for key, value in GIVEN.items() if key != "margin"})
    assert (found["margin"], found["retention"], found["weeks"]) == (0, Fraction(9, 10), 50)
    with pytest.raises(UserError, match="lacks draw, production"):
        newproducer.completed({"new_rate": Fraction(1, 2), "renewal_rate": Fraction(1, 2)})
    with pytest.raises(UserError, match="margin"):
        newproducer.completed({**GIVEN, "margin": Fraction(2)})


@given(
    st.fixed_dictionaries(
        {"draw": CENTS, "production": CENTS, "new_rate": RATIOS, "renewal_rate": RATIOS, "margin": RATIOS,
         "retention": RATIOS, "weeks": st.integers(1, 52).map(Fraction)}
    )
)  # fmt: skip
def test_months_add_up_to_years(values: dict[str, Fraction]) -> None:
    found = newproducer.sponsorship(values)
    assert len(found.months) == 36
    for one in found.years:
        months = found.months[(one.year - 1) * 12 : one.year * 12]
        assert sum(month.invested for month in months) == one.invested
    if found.paid_back_month is not None:
        before = found.months[: found.paid_back_month - 1]
        assert any(month.running > 0 for month in before)
        assert before[-1].running > 0 >= found.months[found.paid_back_month - 1].running
