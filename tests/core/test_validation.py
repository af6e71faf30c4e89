"""Validation schedules: the worked examples to the cent, and what must hold for any inputs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import validation
from desktop.core.validation import PlanKind, Verdict
from desktop.core.validation_history import History, inputs_from
from desktop.errors import UserError

MONEY = {
    "desired": Fraction(6_000_000),
    "initial": Fraction(5_000_000),
    "prior": Fraction(15_000_000),
    "avg_commission": Fraction(150_000),
    "avg_premium": Fraction(1_000_000),
}
RATES = {
    "renewal_rate": Fraction(1, 4),
    "new_rate": Fraction(2, 5),
    "base_rate": Fraction(1, 4),
    "growth_rate": Fraction(2, 5),
}
HISTORY = {"hit_rate": Fraction(1, 3), "proposal_rate": Fraction(1, 2)}
GIVEN = {**MONEY, **RATES, **HISTORY}
EXAMPLE = {plan: validation.completed(plan, GIVEN) for plan in PlanKind}

RATIOS = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=1_000)
CENTS = st.integers(min_value=0, max_value=10**9).map(Fraction)
VALUES = st.fixed_dictionaries(
    {
        "desired": CENTS,
        "initial": CENTS,
        "prior": CENTS,
        "retention": RATIOS,
        **dict.fromkeys(("renewal_rate", "new_rate", "base_rate", "growth_rate", "hit_rate", "proposal_rate"), RATIOS),
        "avg_commission": st.integers(1, 10**7).map(Fraction),
        "avg_premium": CENTS,
        "calls_per_prospect": st.fractions(1, 10, max_denominator=10),
        "weeks": st.fractions(1, 52, max_denominator=2),
    }
)
PLANS = st.sampled_from(PlanKind)


@pytest.mark.parametrize(
    ("plan", "target", "target_revenue", "minimum", "minimum_revenue"),
    [
        (PlanKind.NEWREN, 6_562_500, 20_062_500, 4_062_500, 17_562_500),
        (PlanKind.BASEGROWTH, 7_125_000, 20_625_000, 4_625_000, 18_125_000),
    ],
)
def test_the_worked_examples(
    plan: PlanKind, target: int, target_revenue: int, minimum: int, minimum_revenue: int
) -> None:
    found = validation.schedules(plan, EXAMPLE[plan])
    assert (found.target.new_commission, found.target.total_revenue) == (target, target_revenue)
    assert (found.minimum.new_commission, found.minimum.total_revenue) == (minimum, minimum_revenue)


def test_the_chain_is_rounded_up_once_at_the_end() -> None:
    # $65,625 / $1,500 = 43.75 sales; / (1/3) = 131.25 proposals; / (1/2) = 262.5 calls; over 50 weeks
    found = validation.schedules(PlanKind.NEWREN, EXAMPLE[PlanKind.NEWREN]).target
    assert (found.sales, found.proposals, found.sales_calls) == (44, 132, 263)
    weekly = found.weekly
    assert (weekly.sales, weekly.proposals, weekly.sales_calls) == (
        Fraction(875, 1000),
        Fraction(2625, 1000),
        Fraction(525, 100),
    )
    assert (weekly.commission, weekly.premium) == (131_250, 875_000)


def test_calls_per_prospect_multiply_calls_alone() -> None:
    values = {**EXAMPLE[PlanKind.NEWREN], "calls_per_prospect": Fraction(2)}
    found = validation.schedules(PlanKind.NEWREN, values).target
    assert (found.proposals, found.sales_calls) == (132, 525)


@pytest.mark.parametrize("plan", PlanKind)
def test_a_book_that_pays_for_itself_needs_nothing_new(plan: PlanKind) -> None:
    values = {**EXAMPLE[plan], "desired": Fraction(3_000_000), "retention": Fraction(1)}
    found = validation.schedules(plan, values).target
    assert (found.new_commission, found.sales, found.sales_calls) == (0, 0, 0)
    assert found.total_revenue == 15_000_000


def test_below_the_base_only_the_base_rate_counts() -> None:
    # $35,000 / 25 % = $140,000 of revenue, $135,000 of it retained
    values = {**EXAMPLE[PlanKind.BASEGROWTH], "desired": Fraction(3_500_000)}
    assert validation.schedules(PlanKind.BASEGROWTH, values).target.new_commission == 500_000


def test_defaults_and_missing_inputs() -> None:
    found = EXAMPLE[PlanKind.NEWREN]
    assert (found["retention"], found["weeks"], found["calls_per_prospect"]) == (Fraction(9, 10), 50, 1)
    assert "base_rate" not in found
    with pytest.raises(UserError, match="lacks prior, hit_rate"):
        validation.completed(
            PlanKind.NEWREN, {key: value for key, value in GIVEN.items() if key not in ("prior", "hit_rate")}
        )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hit_rate", Fraction(0)),
        ("hit_rate", Fraction(11, 10)),
        ("proposal_rate", Fraction(0)),
        ("retention", Fraction(11, 10)),
        ("new_rate", Fraction(0)),
        ("renewal_rate", Fraction(-1, 10)),
        ("avg_commission", Fraction(0)),
        ("desired", Fraction(-1)),
        ("calls_per_prospect", Fraction(1, 2)),
        ("weeks", Fraction(0)),
        ("weeks", Fraction(53)),
    ],
)
def test_impossible_inputs(key: str, value: Fraction) -> None:
    with pytest.raises(UserError, match=rf"\({key}\)"):
        validation.completed(PlanKind.NEWREN, {**GIVEN, key: value})


@given(PLANS, VALUES)
def test_target_is_at_least_the_minimum(plan: PlanKind, values: dict[str, Fraction]) -> None:
    low, high = sorted((values["desired"], values["initial"]))
    found = validation.schedules(plan, {**values, "initial": low, "desired": high})
    assert found.target.new_commission >= found.minimum.new_commission >= 0
    assert found.target.weekly.sales_calls >= found.minimum.weekly.sales_calls


@given(PLANS, VALUES)
def test_calls_proposals_sales(plan: PlanKind, values: dict[str, Fraction]) -> None:
    found = validation.schedules(plan, values).target
    assert found.sales_calls >= found.proposals >= found.sales >= 0
    assert found.weekly.sales_calls >= found.weekly.proposals >= found.weekly.sales


@given(PLANS, VALUES, RATIOS)
def test_hitting_more_never_needs_more(plan: PlanKind, values: dict[str, Fraction], other: Fraction) -> None:
    low, high = sorted((values["hit_rate"], other))
    easy = validation.schedules(plan, {**values, "hit_rate": high}).target
    hard = validation.schedules(plan, {**values, "hit_rate": low}).target
    assert easy.sales_calls <= hard.sales_calls and easy.proposals <= hard.proposals


@given(VALUES)
def test_the_commission_earns_the_compensation(values: dict[str, Fraction]) -> None:
    found = validation.schedules(PlanKind.NEWREN, values).target
    earned = values["prior"] * values["retention"] * values["renewal_rate"] + found.new_commission * values["new_rate"]
    assert earned == found.compensation or (found.new_commission == 0 and earned >= found.compensation)


def test_base_and_growth_pay_the_compensation() -> None:
    values = EXAMPLE[PlanKind.BASEGROWTH]
    revenue = validation.schedules(PlanKind.BASEGROWTH, values).target.total_revenue
    base = values["prior"]
    assert base * Fraction(1, 4) + (revenue - base) * Fraction(2, 5) == values["desired"]


# --- sensitivity ------------------------------------------------------------------------------------------------------


def test_sensitivity_by_hand() -> None:
    found = {swing.key: swing for swing in validation.sensitivity(PlanKind.NEWREN, EXAMPLE[PlanKind.NEWREN])}
    assert set(found) == {one.key for one in validation.inputs_of(PlanKind.NEWREN)}
    # a hit rate of 0.30 and of 0.3667 instead of a third
    assert (found["hit_rate"].low, found["hit_rate"].high) == (
        Fraction(525, 100) / Fraction(9, 10),
        Fraction(525, 100) / Fraction(11, 10),
    )
    # $54,000 and $66,000 instead of $60,000: (54,000 - 33,750) / 0.4 = $50,625, and $80,625
    assert (found["desired"].low, found["desired"].high) == (Fraction(405, 100), Fraction(645, 100))
    assert found["initial"].width == found["avg_premium"].width == 0


def test_sensitivity_stops_at_what_can_be() -> None:
    values = {**EXAMPLE[PlanKind.NEWREN], "hit_rate": Fraction(1), "weeks": Fraction(52)}
    plan = validation.schedules(PlanKind.NEWREN, values).target.weekly.sales_calls
    found = {swing.key: swing for swing in validation.sensitivity(PlanKind.NEWREN, values)}
    assert found["hit_rate"].high == found["weeks"].high == found["calls_per_prospect"].low == plan


@given(PLANS, VALUES)
def test_the_widest_swing_comes_first(plan: PlanKind, values: dict[str, Fraction]) -> None:
    widths = [swing.width for swing in validation.sensitivity(plan, values)]
    assert widths == sorted(widths, reverse=True)


# --- reality and lag --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("needed", "actual", "known", "ratio", "verdict"),
    [
        (Fraction(4), Fraction(4), True, Fraction(1), Verdict.SUPPORTED),
        (Fraction(401, 100), Fraction(4), True, Fraction(401, 400), Verdict.STRETCH),
        (Fraction(5), Fraction(4), True, Fraction(5, 4), Verdict.STRETCH),
        (Fraction(501, 100), Fraction(4), True, Fraction(501, 400), Verdict.UNREALISTIC),
        (Fraction(1), Fraction(0), True, None, Verdict.UNREALISTIC),
        (Fraction(0), Fraction(0), True, None, Verdict.SUPPORTED),
        (Fraction(1), Fraction(0), False, None, None),
    ],
)
def test_reality(
    needed: Fraction, actual: Fraction, known: bool, ratio: Fraction | None, verdict: Verdict | None
) -> None:
    found = validation.reality(needed, actual, known=known)
    assert (found.needed, found.actual, found.ratio, found.verdict) == (needed, actual, ratio, verdict)


@pytest.mark.parametrize(
    ("weeks", "fired", "under"),
    [
        ([3, 3, 3, 3, 5, 5], True, 4),
        ([3, 3, 3, 4, 5, 5], False, 3),  # exactly the minimum is not under it
        ([3, 3, 3, 3, 5, 5, 5, 5], False, 2),  # the two oldest no longer count
        ([3, 3, None, None, 3, 5], False, 3),  # no data says nothing
        ([0, 0, 0, 0], True, 4),
        ([], False, 0),
    ],
)
def test_validation_lag(weeks: list[int | None], fired: bool, under: int) -> None:
    found = validation.validation_lag(weeks, Fraction(4))
    assert (found.fired, found.weeks_under, found.minimum) == (fired, under, 4)


# --- inputs from the past ---------------------------------------------------------------------------------------------


def test_inputs_from_a_past() -> None:
    past = History(sales_calls=100, proposals=40, sales=10, premium=5_000_000, commission=750_000, prior=9_000_000)
    assert inputs_from(past, Fraction(1)) == {
        "prior": 9_000_000,
        "avg_commission": 75_000,
        "avg_premium": 500_000,
        "hit_rate": Fraction(1, 4),
        "proposal_rate": Fraction(2, 5),
    }
    assert inputs_from(past, Fraction(2))["proposal_rate"] == Fraction(4, 5)


def test_a_past_explains_itself() -> None:
    """The sales of a past, put through the chain of its own inputs, ask for its own proposals and sales calls."""
    past = History(sales_calls=130, proposals=40, sales=10, premium=5_000_000, commission=750_000, prior=0)
    own = inputs_from(past, Fraction(3, 2))
    values = validation.completed(
        PlanKind.NEWREN,
        {
            **GIVEN,
            **own,
            "calls_per_prospect": Fraction(3, 2),
            "new_rate": Fraction(1),
            "desired": Fraction(750_000),
            "initial": Fraction(0),
        },
    )
    found = validation.schedules(PlanKind.NEWREN, values).target
    assert (found.exact_sales, found.exact_proposals, found.exact_sales_calls) == (10, 40, 130)


def test_rates_of_a_past_are_at_most_all_and_nothing_is_left_out() -> None:
    past = History(sales_calls=10, proposals=40, sales=50, premium=0, commission=100, prior=None)
    assert inputs_from(past, Fraction(1)) == {"avg_commission": 2, "hit_rate": 1, "proposal_rate": 1}
    assert inputs_from(History(0, 0, 0, 0, 0, 0), Fraction(1)) == {"prior": 0}
