"""Management reports: weeks against minimum and target, typed over imported figures, the day the base is reached."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import validation
from desktop.core import validation_tracking as tracking
from desktop.core.validation import PlanKind
from desktop.core.validation_tracking import Week, WeekFigures

VALUES = validation.completed(
    PlanKind.NEWREN,
    {
        "desired": Fraction(6_000_000),
        "initial": Fraction(5_000_000),
        "prior": Fraction(15_000_000),
        "renewal_rate": Fraction(1, 4),
        "new_rate": Fraction(2, 5),
        "avg_commission": Fraction(150_000),
        "avg_premium": Fraction(1_000_000),
        "hit_rate": Fraction(1, 3),
        "proposal_rate": Fraction(1, 2),
    },
)
SCHEDULES = validation.schedules(PlanKind.NEWREN, VALUES)


def test_a_typed_figure_overrides() -> None:
    week = tracking.filled(27, WeekFigures(5, 2, 1, 100, 10), WeekFigures(sales_calls=6, fees=3))
    assert week.figures == WeekFigures(6, 2, 1, 100, 10, 3)
    assert (week.typed, week.half) == ({"sales_calls", "fees"}, 2)
    assert tracking.filled(26, WeekFigures(), WeekFigures()).half == 1


def test_a_typed_zero_is_a_figure() -> None:
    assert tracking.filled(1, WeekFigures(sales=3), WeekFigures(sales=0)).figures.sales == 0


def test_year_to_date_against_both_goals() -> None:
    weeks = [Week(at, WeekFigures(5, 3, 1, 900_000, 125_000, 5_000), frozenset()) for at in range(1, 53)]
    found = {one.measure: one for one in tracking.standings(weeks, 13, SCHEDULES)}
    # a quarter of the year: 263 and 163 calls (162.5 rounded up), $65,625 and $40,625
    calls, commission = found["sales_calls"], found["commission"]
    assert (calls.actual, calls.target, calls.minimum) == (65, Fraction(263, 4), Fraction(163, 4))
    assert (calls.of_target, calls.of_minimum) == (Fraction(260, 263), Fraction(260, 163))
    assert (commission.actual, commission.target) == (13 * 130_000, Fraction(6_562_500, 4))
    assert found["premium"].target == Fraction(43_750_000, 4)


def test_no_goal_has_no_share() -> None:
    nothing = validation.schedules(PlanKind.NEWREN, {**VALUES, "initial": Fraction(0)})
    found = tracking.standings([], 4, nothing)
    assert {one.of_minimum for one in found} == {None}
    assert {one.of_target for one in found} == {Fraction(0)}


@given(st.integers(0, 10**6), st.integers(1, 51))
def test_goals_grow_to_the_years(goal: int, week: int) -> None:
    assert tracking.goal_to_week(goal, week) <= tracking.goal_to_week(goal, week + 1)
    assert tracking.goal_to_week(goal, 52) == tracking.goal_to_week(goal, 53) == goal


@pytest.mark.parametrize(
    ("base", "day"), [(100, date(2026, 2, 1)), (150, date(2026, 3, 1)), (151, None), (0, date(2026, 1, 5))]
)
def test_the_day_the_base_is_reached(base: int, day: date | None) -> None:
    dated = [(date(2026, 3, 1), 50), (date(2026, 1, 5), 40), (date(2026, 2, 1), 60)]
    assert tracking.base_reached(dated, Fraction(base)) == day
