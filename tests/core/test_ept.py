"""Effective production time: the worked example to the cent, what-if by hand, and what must always hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import ept
from desktop.core.ept import Account, Handover, Plan
from desktop.core.money import half_up
from desktop.errors import UserError

DUTIES = {"renewals": Fraction(600), "service": Fraction(400), "meetings": Fraction(400)}
EXAMPLE = Plan(Fraction(2000), DUTIES, Fraction(3, 10), Fraction(3_000_000))
RATE = ept.production_time(EXAMPLE).required_rate

RATIOS = st.fractions(min_value=Fraction(1, 1000), max_value=1, max_denominator=10_000)
HOURS = st.fractions(min_value=0, max_value=8784, max_denominator=100)
CENTS = st.integers(min_value=0, max_value=10**9).map(Fraction)


def test_the_worked_example() -> None:
    time = ept.production_time(EXAMPLE)
    assert (time.available, time.other, time.production, time.effective) == (2000, 1400, 600, 180)
    assert time.required_rate is not None and half_up(time.required_rate) == 16_667


@pytest.mark.parametrize(
    ("premium", "rate", "commission", "hours"),
    [
        (100_000, Fraction(15, 100), 15_000, Fraction(54, 60)),
        (380_000, Fraction(15, 100), 57_000, Fraction(342, 100)),
        (2_000_000, Fraction(15, 100), 300_000, Fraction(18)),
    ],
)
def test_break_even_of_accounts(premium: int, rate: Fraction, commission: int, hours: Fraction) -> None:
    found = ept.worth(Account(Fraction(premium), rate), RATE)
    assert (found.commission, found.break_even_hours) == (commission, hours)
    assert (found.per_hour, found.surplus, found.profitable) == (None, None, None)


@pytest.mark.parametrize(
    ("hours", "profitable", "surplus"),
    [
        (Fraction(17), True, Fraction(50_000, 3)),
        (Fraction(18), False, Fraction(0)),
        (Fraction(19), False, Fraction(-50_000, 3)),
    ],
)
def test_an_account_that_breaks_even_earns_nothing(hours: Fraction, profitable: bool, surplus: Fraction) -> None:
    found = ept.worth(Account(Fraction(2_000_000), Fraction(15, 100), hours), RATE)
    assert (found.profitable, found.surplus, found.per_hour) == (profitable, surplus, Fraction(300_000) / hours)


def test_accounts_by_worth() -> None:
    names = ["home", "package", "commercial", "unknown hours"]
    hours: list[Fraction | None] = [Fraction(2), Fraction(3), Fraction(20), None]
    premiums = [100_000, 380_000, 2_000_000, 10_000_000]
    accounts = [Account(Fraction(p), Fraction(15, 100), h, n) for p, h, n in zip(premiums, hours, names, strict=True)]
    found = [one.account.name for one in ept.by_worth(accounts, RATE)]
    assert found == ["package", "commercial", "home", "unknown hours"]


def test_without_effective_hours_nothing_is_defined() -> None:
    for plan in (
        Plan(Fraction(2000), {"service": Fraction(2000)}, Fraction(1, 2), Fraction(1)),
        Plan(Fraction(2000), {}, Fraction(0), Fraction(1)),
    ):
        time = ept.production_time(plan)
        assert (time.effective, time.required_rate) == (0, None)
        assert ept.worth(Account(Fraction(100), Fraction(1), Fraction(1)), None).break_even_hours is None
        assert ept.minimum_premium(Fraction(1), Fraction(1, 10), time.required_rate) is None
        assert ept.what_if(plan, Handover({}, Fraction(1))).net_gain is None


def test_duties_never_take_more_than_there_is() -> None:
    with pytest.raises(UserError, match=r"2,000\.5 hours, but only 2,000"):
        ept.production_time(Plan(Fraction(2000), {"service": Fraction(4001, 2)}, Fraction(1), Fraction(1)))


def test_minimum_account_pays_for_its_hours() -> None:
    # three hours at $166.67 are $500 of commission: $3,333.33 of premium at 15 %
    found = ept.minimum_premium(Fraction(3), Fraction(15, 100), RATE)
    assert found is not None and half_up(found) == 333_333
    assert ept.worth(Account(found, Fraction(15, 100), Fraction(3)), RATE).surplus == 0
    assert ept.minimum_premium(Fraction(3), Fraction(0), RATE) is None


def test_curve_rises_with_commission() -> None:
    assert ept.break_even_curve([Fraction(0), Fraction(15_000), Fraction(300_000)], RATE) == [
        (0, 0),
        (15_000, Fraction(9, 10)),
        (300_000, 18),
    ]


def test_what_if_by_hand() -> None:
    # 400 h of renewals for $30 an hour: 1,000 h x 30 % = 300 h, at $166.67 $50,000, so $20,000 more for $12,000
    found = ept.what_if(EXAMPLE, Handover({"renewals": Fraction(400)}, Fraction(3_000)))
    assert (found.before.effective, found.after.effective) == (180, 300)
    assert (found.cost, found.new_commission, found.net_gain) == (1_200_000, 5_000_000, 800_000)


@pytest.mark.parametrize("hours", [{"renewals": Fraction(601)}, {"renewals": Fraction(-1)}, {"golf": Fraction(1)}])
def test_only_hours_that_there_are_can_be_handed_over(hours: dict[str, Fraction]) -> None:
    with pytest.raises(UserError, match="cannot be handed over"):
        ept.what_if(EXAMPLE, Handover(hours, Fraction(0)))


@pytest.mark.parametrize(
    ("goal", "retained", "average", "ratio", "clients", "leads"),
    [
        (150_000, 100_000, 1_200, Fraction(3, 10), 42, 139),  # 41.67 clients, 138.9 leads: rounded once each
        (100_000, 120_000, 1_200, Fraction(3, 10), 0, 0),
        (150_000, 100_000, 0, Fraction(3, 10), None, None),
        (150_000, 100_000, 1_000, Fraction(0), 50, None),
    ],
)
def test_goal_plan(
    goal: int, retained: int, average: int, ratio: Fraction, clients: int | None, leads: int | None
) -> None:
    found = ept.goal_plan(Fraction(goal), Fraction(retained), Fraction(average), ratio)
    assert (found.clients, found.leads) == (clients, leads)


@given(HOURS, RATIOS, RATIOS, CENTS, CENTS)
def test_closing_more_never_asks_more_of_an_hour(
    hours: Fraction, one: Fraction, other: Fraction, goal: Fraction, commission: Fraction
) -> None:
    low, high = sorted((one, other))
    slow, fast = (ept.production_time(Plan(hours, {}, ratio, goal)) for ratio in (low, high))
    assert fast.effective >= slow.effective
    if slow.required_rate is not None and fast.required_rate is not None:
        assert fast.required_rate <= slow.required_rate
        tight = ept.break_even_hours(commission, slow.required_rate)
        loose = ept.break_even_hours(commission, fast.required_rate)
        assert tight is None or (loose is not None and loose >= tight)


@given(CENTS, CENTS, st.integers(1, 10**7).map(Fraction), RATIOS, RATIOS)
def test_closing_more_never_needs_more_leads(
    goal: Fraction, retained: Fraction, average: Fraction, one: Fraction, other: Fraction
) -> None:
    low, high = sorted((one, other))
    few, many = (ept.goal_plan(goal, retained, average, ratio).leads for ratio in (high, low))
    assert few is not None and many is not None and few <= many


@given(st.fractions(0, 600, max_denominator=10), st.integers(0, 10**6).map(Fraction))
def test_handing_over_for_nothing_never_costs(hours: Fraction, cost: Fraction) -> None:
    free = ept.what_if(EXAMPLE, Handover({"renewals": hours}, Fraction(0))).net_gain
    paid = ept.what_if(EXAMPLE, Handover({"renewals": hours}, cost)).net_gain
    assert free is not None and free >= 0
    assert paid == free - hours * cost
