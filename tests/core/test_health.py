"""Pipeline health on and around its limits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from desktop.core.health import OpenLeads, Trailing, pipeline_health
from desktop.core.production import Tally


def answer(rule: str, leads: OpenLeads = OpenLeads(), trailing: Trailing = Trailing()) -> tuple[object, object]:  # noqa: B008
    found = next(health for health in pipeline_health(leads, trailing) if health.id == rule)
    return found.fired, found.value


def test_rules_stand_in_order() -> None:
    found = [health.id for health in pipeline_health(OpenLeads(), Trailing())]
    assert found == ["too_many_prospects", "stuck_in_quoted", "low_close_rate", "shrinking_deals"]


@pytest.mark.parametrize(
    ("leads", "fired", "value"),
    [
        (OpenLeads(open=10, prospects=4), False, Fraction(2, 5)),  # exactly at the limit
        (OpenLeads(open=100, prospects=41), True, Fraction(41, 100)),
        (OpenLeads(open=5), False, Fraction(0)),
        (OpenLeads(), None, None),
    ],
)
def test_too_many_prospects(leads: OpenLeads, fired: bool | None, value: Fraction | None) -> None:
    assert answer("too_many_prospects", leads) == (fired, value)


@pytest.mark.parametrize(
    ("leads", "fired", "value"),
    [
        (OpenLeads(open=10, stuck_in_quoted=3), False, Fraction(3, 10)),
        (OpenLeads(open=9, stuck_in_quoted=3), True, Fraction(1, 3)),
        (OpenLeads(), None, None),
    ],
)
def test_stuck_in_quoted(leads: OpenLeads, fired: bool | None, value: Fraction | None) -> None:
    assert answer("stuck_in_quoted", leads) == (fired, value)


@pytest.mark.parametrize(
    ("quotes", "policies", "fired", "value"),
    [(20, 5, False, Fraction(1, 4)), (21, 5, True, Fraction(5, 21)), (4, 0, True, Fraction(0)), (0, 3, False, None)],
)
def test_low_close_rate(quotes: int, policies: int, fired: bool, value: Fraction | None) -> None:
    trailing = Trailing(last_90=Tally(quotes=quotes, policies_written=policies))
    assert answer("low_close_rate", trailing=trailing) == (fired, value)


def sizes(now: int, premium_now: int, before: int, premium_before: int) -> Trailing:
    return Trailing(
        last_90=Tally(policies_written=now, new_premium=premium_now),
        before_90=Tally(policies_written=before, new_premium=premium_before),
    )


@pytest.mark.parametrize(
    ("trailing", "fired", "value"),
    [
        (sizes(5, 450_000, 5, 500_000), False, Fraction(9, 10)),
        (sizes(5, 449_999, 5, 500_000), True, Fraction(449_999, 500_000)),
        (sizes(4, 100_000, 50, 5_000_000), False, Fraction(1, 4)),  # too few now
        (sizes(50, 100_000, 4, 500_000), False, Fraction(2_000, 125_000)),  # too few before
        (sizes(5, 100_000, 0, 0), False, None),
        (sizes(10, 400_000, 5, 300_000), True, Fraction(2, 3)),
    ],
)
def test_shrinking_deals(trailing: Trailing, fired: bool, value: Fraction | None) -> None:
    assert answer("shrinking_deals", trailing=trailing) == (fired, value)
