"""Retention ratios, rewrites and averages by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.core import retention
from desktop.core.retention import Course, InForce, Part


def policy(client: int, premium: int = 100_000, commission: int = 10_000, *parts: Part) -> InForce:
    return InForce(client, "BOP", premium, commission, parts or (Part(1),))


def test_new_business_cancels_out_and_premium_may_pass_one() -> None:
    begin = {"A": policy(1), "B": policy(2), "C": policy(2)}
    end = {"A": policy(1, 250_000, 25_000), "B": policy(2, 110_000, 11_000), "NEW": policy(9, 900_000, 90_000)}
    found = retention.retention(begin, end)
    assert found.lost == ("C",)
    assert (found.policies.begin, found.policies.lost, found.policies.ratio) == (3, 1, Fraction(2, 3))
    assert (found.clients.begin, found.clients.lost, found.clients.ratio) == (2, 0, 1)
    assert (found.premium.begin, found.premium.end, found.premium.ratio) == (300_000, 360_000, Fraction(6, 5))
    assert found.commission.ratio == Fraction(36, 30)


def test_a_client_stays_with_any_policy_even_one_written_since() -> None:
    found = retention.retention({"A": policy(1), "B": policy(2)}, {"X": policy(1)})
    assert (found.policies.lost, found.clients.lost) == (2, 1)
    assert found.lost_clients == {2}


def test_an_empty_beginning_has_no_ratio() -> None:
    found = retention.retention({}, {"X": policy(1)})
    assert [found.clients.ratio, found.policies.ratio, found.premium.ratio, found.commission.ratio] == [None] * 4


def test_a_producers_book_is_that_of_the_first_day_by_shares() -> None:
    shared = (Part(1, 0.6), Part(2, 0.4))
    begin = {"A": policy(1, 100_001, 10_000, *shared), "B": policy(2, 50_000, 5_000, Part(2))}
    end = {"A": policy(1, 200_000, 20_000, Part(3)), "B": policy(2, 50_000, 5_000, Part(3))}
    first, second = retention.retention(begin, end, 1), retention.retention(begin, end, 2)
    assert (first.policies.begin, first.premium.begin, first.premium.end) == (1, 60_001, 120_000)
    assert (second.policies.begin, second.premium.begin, second.premium.end) == (1, 90_000, 130_000)
    assert first.policies.lost == second.policies.lost == 0


def test_averages_over_clients() -> None:
    found = retention.averages({"A": policy(1), "B": policy(1), "C": policy(2, 100_001, 1)})
    assert found.premium_per_client == Fraction(300_001, 2)
    assert found.commission_per_client == Fraction(20_001, 2)
    assert found.policies_per_client == Fraction(3, 2)
    assert retention.averages({}).premium_per_client is None


def course(number: str, started: date, over: date, client: int = 1, line: str = "BOP") -> Course:
    return Course(number, client, line, started, over)


def test_a_rewrite_is_another_number_of_the_same_client_and_line_within_thirty_days() -> None:
    old = course("OLD", date(2025, 1, 1), date(2026, 3, 1))
    year = date(2027, 1, 1)
    assert retention.rewrites(["OLD"], [old, course("NEW", date(2026, 3, 1), year)]) == {"OLD": "NEW"}
    assert retention.rewrites(["OLD"], [old, course("NEW", date(2026, 3, 31), year)]) == {"OLD": "NEW"}
    assert retention.rewrites(["OLD"], [old, course("NEW", date(2026, 4, 1), year)]) == {}
    assert retention.rewrites(["OLD"], [old, course("NEW", date(2026, 1, 30), year)]) == {"OLD": "NEW"}
    assert retention.rewrites(["OLD"], [old, course("NEW", date(2026, 1, 29), year)]) == {}
    assert retention.rewrites(["OLD"], [old, course("NEW", date(2026, 3, 1), year, client=2)]) == {}
    assert retention.rewrites(["OLD"], [old, course("NEW", date(2026, 3, 1), year, line="WC")]) == {}


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_what_is_kept_and_what_is_lost_make_the_beginning(begin: set[int], end: set[int]) -> None:
    found = retention.retention(
        {str(one): policy(one // 3) for one in begin}, {str(one): policy(one // 3) for one in end}
    )
    assert found.policies.begin - found.policies.lost == len(begin & end)
    assert found.premium.end == 100_000 * len(begin & end)
    assert found.clients.lost <= found.policies.lost
