"""The twelve metrics over tallies."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import production
from desktop.core.production import METRIC, METRICS, SUMMED, Tally

TALLIES = st.builds(Tally, *[st.integers(0, 10_000)] * 8, st.integers(-(10**9), 10**9), st.integers(-(10**8), 10**8))


def test_metrics_stand_in_the_order_of_the_dashboard() -> None:
    assert [metric.id for metric in METRICS] == [
        "calls_made",
        "emails_sent",
        "meetings_set",
        "meetings_held",
        "referrals_asked",
        "coi_contacts",
        "quotes",
        "policies_written",
        "close_rate",
        "new_premium",
        "avg_policy_size",
        "new_commission",
    ]
    assert [metric.id for metric in METRICS if metric.is_ratio] == ["close_rate", "avg_policy_size"]


def test_values() -> None:
    tally = Tally(calls_made=31, quotes=12, policies_written=4, new_premium=600_001, new_commission=72_000)
    assert production.value("calls_made", tally) == 31
    assert production.value("close_rate", tally) == Fraction(1, 3)
    assert production.value("avg_policy_size", tally) == Fraction(600_001, 4)
    assert production.value("new_commission", tally) == 72_000


def test_ratios_over_nothing_are_undefined() -> None:
    assert production.close_rate(Tally(policies_written=2)) is None
    assert production.average_policy_size(Tally(new_premium=40_000)) is None  # a second share alone


def test_close_rate_may_pass_one() -> None:
    assert production.close_rate(Tally(quotes=2, policies_written=3)) == Fraction(3, 2)


@given(TALLIES, TALLIES)
def test_the_agency_is_the_sum(one: Tally, other: Tally) -> None:
    whole = production.total([one, other])
    assert whole == one + other
    for metric in SUMMED:
        assert whole.amount(metric) == one.amount(metric) + other.amount(metric) == getattr(whole, metric)
    assert whole.activity == one.activity + other.activity


def test_activity_is_the_six_activity_metrics() -> None:
    assert Tally(1, 2, 3, 4, 5, 6, 100, 200, 300, 400).activity == 21
    assert Tally(quotes=3).activity == 0
    assert not Tally(quotes=3).empty
    assert Tally().empty


def test_automatic_share() -> None:
    whole, automatic = Tally(calls_made=10, referrals_asked=10), Tally(calls_made=7)
    assert production.automatic_share("calls_made", whole, automatic) == Fraction(7, 10)
    assert production.automatic_share("referrals_asked", whole, automatic) == 0
    assert production.automatic_share("emails_sent", whole, automatic) is None
    assert production.automatic_share("close_rate", whole, automatic) is None
    assert production.automatic_share_in_all(whole, automatic) == Fraction(7, 20)
    assert production.automatic_share_in_all(Tally(new_premium=5), Tally()) is None  # money is no record


@pytest.mark.parametrize(
    ("actual", "target", "hit"), [(5, 5, True), (4, 5, False), (None, 5, None), (5, None, None), (0, 0, True)]
)
def test_hit(actual: int | None, target: int | None, hit: bool | None) -> None:
    assert production.hit(actual, target) is hit


def test_a_rate_that_equals_its_target_hits_it() -> None:
    assert production.hit(production.close_rate(Tally(quotes=10, policies_written=3)), Fraction(3, 10)) is True


@pytest.mark.parametrize(
    ("premium", "target", "elapsed", "month", "on_track"),
    [
        (1_000_000, 2_000_000, 11, 22, True),  # exactly half after half of the days
        (999_999, 2_000_000, 11, 22, False),
        (0, 2_000_000, 0, 22, True),
        (1, None, 11, 22, None),
        (1, 2_000_000, 0, 0, None),
        (636_364, 1_400_000, 10, 22, True),  # 636,363.63 asked for
        (636_363, 1_400_000, 10, 22, False),
    ],
)
def test_on_track(premium: int, target: int | None, elapsed: int, month: int, on_track: bool | None) -> None:
    assert production.on_track(premium, target, elapsed, month) is on_track


def test_an_unknown_metric_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        production.value("talk_minutes", Tally())
    assert "talk_minutes" not in METRIC
