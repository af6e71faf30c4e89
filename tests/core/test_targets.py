"""Targets in effect and their share of a period, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import targets
from desktop.core.money import half_up
from desktop.core.periods import Period, iso_week, month_of
from desktop.core.production import METRIC, Per
from desktop.core.targets import Target, TargetRule, Targets

WEEK = iso_week("2026-W10")
MARCH = month_of(date(2026, 3, 1))
ANN, BOB = 1, 2


def rule(metric: str, target: int | str, start: str, stretch: int | str | None = None, **who: object) -> TargetRule:
    return TargetRule(
        metric,
        Fraction(target),
        None if stretch is None else Fraction(stretch),
        date.fromisoformat(start),
        **who,  # type: ignore[arg-type]
    )


def default(metric: str, level: str) -> TargetRule:
    found = Targets().of_producer(metric, ANN, level, date(2026, 1, 1))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("metric", "level", "period", "target", "stretch"),
    [
        ("calls_made", "new", WEEK, 50, 75),
        ("calls_made", "veteran", WEEK, 30, 50),
        ("calls_made", "veteran", MARCH, 133, 221),  # 30 x 31 / 7 = 132.86; 50 x 31 / 7 = 221.43
        ("calls_made", "veteran", Period(date(2026, 3, 4), date(2026, 3, 4)), 4, 7),  # 4.29, 7.14
        ("quotes", "new", MARCH, 15, 25),
        ("quotes", "new", WEEK, 3, 6),  # 3.46, 5.77
        ("quotes", "new", Period(date(2026, 3, 3), date(2026, 3, 9)), 3, 6),  # no week: 15 x 84 / 365 = 3.45, 5.75
        ("quotes", "veteran", Period(date(2026, 1, 1), date(2026, 3, 31)), 30, 59),  # 10 x 12 x 90 / 365 = 29.6; 59.2
        ("new_premium", "veteran", WEEK, 461_538, 1_153_846),  # $20,000 x 12 / 52 = $4,615.38
        ("new_premium", "new", month_of(date(2024, 2, 1)), 1_500_000, 3_000_000),
        ("new_premium", "new", Period(date(2024, 1, 1), date(2024, 12, 31)), 18_049_315, 36_098_630),  # x 366 / 365
        ("close_rate", "new", WEEK, Fraction(3, 10), Fraction(2, 5)),
        ("close_rate", "veteran", MARCH, Fraction(2, 5), Fraction(11, 20)),
    ],
)
def test_defaults_over_a_period(
    metric: str, level: str, period: Period, target: int | Fraction, stretch: int | Fraction
) -> None:
    assert targets.for_period(default(metric, level), period, Fraction(1)) == Target(target, stretch)


def test_days_away_and_prorating_are_rounded_once() -> None:
    # 15 a month over a week is 3.46, of which four fifths are 2.77: 3, where rounding twice gives 3 x 0.8 = 2.4: 2.
    assert targets.for_period(default("quotes", "new"), WEEK, Fraction(4, 5)) == Target(3, 5)
    assert targets.for_period(default("calls_made", "new"), WEEK, Fraction(3, 4)) == Target(38, 56)  # 37.5, 56.25
    assert targets.for_period(default("close_rate", "new"), WEEK, Fraction(0)) == Target(
        Fraction(3, 10), Fraction(2, 5)
    )


def test_a_level_that_is_not_stated_is_veteran() -> None:
    assert default("calls_made", "veteran") == Targets().of_producer("calls_made", ANN, None, date(2026, 1, 1))


def test_no_default_for_average_policy_size() -> None:
    assert Targets().of_producer("avg_policy_size", ANN, "new", date(2026, 1, 1)) is None


def test_an_own_target_holds_from_its_day() -> None:
    book = Targets([rule("quotes", 12, "2026-03-15", producer=ANN), rule("quotes", 8, "2026-06-01", producer=ANN)])

    def asked(day: str, who: int = ANN) -> Fraction | None:
        found = book.of_producer("quotes", who, "new", date.fromisoformat(day))
        return found and found.target

    assert [asked("2026-03-14"), asked("2026-03-15"), asked("2026-05-31"), asked("2026-06-01")] == [15, 12, 12, 8]
    assert asked("2026-06-01", BOB) == 15


def test_own_goes_before_level_before_default_whatever_their_dates() -> None:
    own = rule("quotes", 12, "2025-06-01", producer=ANN)
    level = rule("quotes", 13, "2026-01-01", level="new")
    for order in ([own, level], [level, own]):
        book = Targets(order)
        assert book.of_producer("quotes", ANN, "new", date(2026, 2, 1)) == own
        assert book.of_producer("quotes", BOB, "new", date(2026, 2, 1)) == level
        assert book.of_producer("quotes", BOB, "veteran", date(2026, 2, 1)) == targets.DEFAULTS["quotes", "veteran"]
    standing = TargetRule("new_premium", Fraction(1_000_000), None, date.min, producer=ANN)
    assert Targets([standing]).of_producer("new_premium", ANN, "new", date(2026, 2, 1)) == standing


def test_an_own_target_without_stretch_has_none() -> None:
    own = rule("quotes", 12, "2026-01-01", producer=ANN)
    assert targets.for_period(own, MARCH, Fraction(1)) == Target(12, None)


def test_the_level_is_asked_without_own_targets() -> None:
    book = Targets([rule("close_rate", "0.5", "2026-01-01", "0.6", producer=ANN)])
    assert book.of_level("close_rate", "new", date(2026, 2, 1)) == targets.DEFAULTS["close_rate", "new"]


def test_line_targets_are_not_overall_targets() -> None:
    book = Targets([rule("avg_policy_size", 150_000, "2026-01-01", producer=ANN, line="BOP")])
    assert book.of_producer("avg_policy_size", ANN, "new", date(2026, 2, 1)) is None


def test_the_agency_has_its_own_rates() -> None:
    first, second = rule("close_rate", "0.35", "2026-01-01"), rule("close_rate", "0.40", "2026-04-01", "0.5")
    book = Targets([second, first, rule("close_rate", "0.9", "2026-01-01", producer=ANN)])
    assert book.of_agency("close_rate", date(2026, 3, 31)) == first
    assert book.of_agency("close_rate", date(2026, 4, 1)) == second
    assert book.of_agency("close_rate", date(2025, 12, 31)) is None
    assert book.of_producer("close_rate", BOB, "new", date(2026, 5, 1)) == targets.DEFAULTS["close_rate", "new"]


def test_the_agencys_amounts_are_sums() -> None:
    assert targets.total([Target(3, 6), Target(2, 5)]) == Target(5, 11)
    assert targets.total([Target(3, 6), Target(2, None)]) == Target(5, None)
    assert targets.total([Target(3, 6), None]) == Target(3, 6)
    assert targets.total([]) is None


def test_an_average_is_neither_prorated_nor_reduced() -> None:
    own = rule("avg_policy_size", 150_000, "2026-01-01", 200_000, producer=ANN)
    assert targets.for_period(own, WEEK, Fraction(1, 2)) == Target(150_000, 200_000)


COUNTS = st.sampled_from(["calls_made", "coi_contacts", "quotes", "policies_written", "new_premium"])
STARTS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(COUNTS, st.sampled_from(["new", "veteran"]), STARTS, st.integers(1, 500), st.fractions(0, 1, max_denominator=30))
def test_a_target_grows_with_days_and_availability(
    metric: str, level: str, start: date, length: int, share: Fraction
) -> None:
    period = Period(start, start + timedelta(days=length - 1))
    longer = Period(start, start + timedelta(days=length + 61))
    asked = targets.for_period(default(metric, level), period, share)
    more = targets.for_period(default(metric, level), longer, share)
    assert asked is not None
    assert more is not None
    assert 0 <= asked.value <= more.value
    unit = targets.unit_share(METRIC[metric].per, period)
    assert asked.value == half_up(default(metric, level).target * unit * share)


def test_units() -> None:
    assert targets.unit_share(Per.WEEK, WEEK) == 1
    assert targets.unit_share(Per.WEEK, MARCH) == Fraction(31, 7)
    assert targets.unit_share(Per.MONTH, MARCH) == 1
    assert targets.unit_share(Per.MONTH, WEEK) == Fraction(12, 52)
    assert targets.unit_share(Per.MONTH, Period(date(2026, 1, 1), date(2026, 3, 31))) == Fraction(12 * 90, 365)
