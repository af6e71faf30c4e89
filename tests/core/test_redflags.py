"""Red flags on and around their limits; holidays, leave and missing data fire nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from desktop.core.health import Trailing
from desktop.core.production import ACTIVITIES, Tally
from desktop.core.redflags import RED_FLAGS, FullWeek, Prospecting, RedFlag, Situation, red_flags

MONDAY = date(2026, 2, 9)
EVERY = frozenset(ACTIVITIES)


def weeks(calls: Sequence[int], days: Sequence[int | Fraction] = (5, 5, 5, 5), **results: int) -> list[FullWeek]:
    return [
        FullWeek(MONDAY + timedelta(weeks=at), Tally(calls_made=count, **results), Fraction(days[at]))
        for at, count in enumerate(calls)
    ]


QUIET = Situation(weeks([10, 10, 10, 10]), Trailing(), Prospecting())


def judged(flag: str, situation: Situation) -> RedFlag:
    return next(found for found in red_flags(situation) if found.id == flag)


def closing(quotes: int, policies: int) -> Trailing:
    return Trailing(last_90=Tally(quotes=quotes, policies_written=policies))


def test_all_seven_in_order_and_in_words() -> None:
    assert [flag.id for flag in red_flags(QUIET)] == list(RED_FLAGS)
    assert all(flag.rule.meaning and flag.rule.action for flag in red_flags(QUIET))


@pytest.mark.parametrize(
    ("calls", "days", "fired"),
    [
        ((99, 100, 90, 81), (5, 5, 5, 5), True),  # exactly 10 % twice
        ((99, 100, 90, 82), (5, 5, 5, 5), False),
        ((99, 100, 91, 50), (5, 5, 5, 5), False),
        ((99, 0, 0, 0), (5, 5, 5, 5), False),  # nothing falls from nothing
        ((99, 100, 50, 0), (5, 5, 5, 5), True),
        ((99, 100, 80, 64), (5, 5, 4, Fraction(16, 5)), False),  # fewer days, same pace
        ((99, 100, 50, 0), (5, 5, 5, 0), False),  # a week away
        ((99, 100, 80, 70), (5, 5, 4, 5), False),  # 20, 20, 14 a day
        ((99, 100, 90, 90), (5, 4, 5, 6), True),  # 25, 18, 15 a day
    ],
)
def test_activity_drop(calls: Sequence[int], days: Sequence[int | Fraction], fired: bool) -> None:
    assert judged("activity_drop", replace(QUIET, weeks=weeks(calls, days))).fired is fired


def test_activity_drop_shows_what_it_compared() -> None:
    evidence = judged("activity_drop", replace(QUIET, weeks=weeks([0, 100, 50, 20]))).evidence
    assert evidence["weeks"] == ["2026-02-16", "2026-02-23", "2026-03-02"]
    assert evidence["activity"] == [100, 50, 20]
    assert evidence["per_day"] == [20.0, 10.0, 4.0]


def test_a_kind_without_data_in_one_of_the_weeks_is_not_compared() -> None:
    found = [
        FullWeek(MONDAY + timedelta(weeks=at), Tally(calls_made=calls, emails_sent=20), Fraction(5))
        for at, calls in enumerate((100, 100, 60, 0))
    ]
    assert judged("activity_drop", replace(QUIET, weeks=found)).fired
    found[3] = replace(found[3], kinds=EVERY - {"calls_made"})  # the phone system's file is missing
    assert not judged("activity_drop", replace(QUIET, weeks=found)).fired
    found[3] = replace(found[3], kinds=frozenset())
    assert not judged("activity_drop", replace(QUIET, weeks=found)).fired


def effort(calls: int, trailing: Trailing, stretch: str | None = "0.55") -> Situation:
    """Somebody with a target of 40 calls over four weeks, ten in each, and no other target."""
    return Situation(
        [replace(week, asked={"calls_made": Fraction(10)}) for week in weeks([calls // 4] * 4)],
        trailing,
        Prospecting(),
        targets={"calls_made": 40},
        stretch=None if stretch is None else Fraction(stretch),
    )


@pytest.mark.parametrize(
    ("situation", "fired"),
    [
        (effort(40, closing(100, 24)), True),
        (effort(40, closing(100, 25)), False),
        (effort(36, closing(100, 24)), False),
        (effort(40, closing(0, 3)), False),
        (replace(effort(40, closing(100, 24)), targets={}), False),
    ],
)
def test_high_activity_low_close(situation: Situation, fired: bool) -> None:
    assert judged("high_activity_low_close", situation).fired is fired


@pytest.mark.parametrize(
    ("situation", "fired"),
    [
        (effort(24, closing(100, 55)), True),
        (effort(24, closing(100, 54)), False),
        (effort(28, closing(100, 55)), False),  # 0.70 is not below 0.70
        (effort(24, closing(100, 55), None), False),
        (effort(24, closing(0, 5)), False),
        (replace(effort(24, closing(100, 55)), targets={}), False),
    ],
)
def test_low_activity_high_close(situation: Situation, fired: bool) -> None:
    assert judged("low_activity_high_close", situation).fired is fired


def test_attainment_is_the_mean_over_the_metrics() -> None:
    tally = Tally(calls_made=40, emails_sent=10)
    found = [FullWeek(MONDAY + timedelta(weeks=at), tally, Fraction(5)) for at in range(4)]
    situation = replace(
        QUIET, weeks=found, targets={"calls_made": 80, "emails_sent": 80, "coi_contacts": 0}, trailing=closing(10, 1)
    )
    flag = judged("high_activity_low_close", situation)
    assert flag.evidence["attainment"] == 1.25  # (160 / 80 + 40 / 80) / 2
    assert flag.fired


def test_low_activity_in_weeks_without_data_is_not_low() -> None:
    situation = effort(24, closing(100, 55))
    silent = [replace(week, tally=Tally(), kinds=frozenset()) for week in situation.weeks[:2]]
    busy = [replace(week, tally=Tally(calls_made=12)) for week in situation.weeks[2:]]
    found = judged("low_activity_high_close", replace(situation, weeks=[*silent, *busy]))
    assert found.evidence["attainment"] == 0.6
    assert not found.fired


def test_low_activity_is_low_in_the_weeks_with_data_too() -> None:
    situation = effort(24, closing(100, 55))
    found = [replace(week, kinds=frozenset({"calls_made"})) for week in situation.weeks]
    assert judged("low_activity_high_close", replace(situation, weeks=found)).fired
    found = [replace(week, kinds=frozenset()) for week in situation.weeks]
    assert not judged("low_activity_high_close", replace(situation, weeks=found)).fired


@pytest.mark.parametrize(
    ("prospecting", "fired"),
    [
        (Prospecting(0, 3, expected=True), True),
        (Prospecting(1, 3, expected=True), False),
        (Prospecting(0, 3, expected=False), False),
        (Prospecting(0, 0, expected=True), False),  # nobody has any: no data
    ],
)
def test_no_new_prospects(prospecting: Prospecting, fired: bool) -> None:
    assert judged("no_new_prospects", replace(QUIET, prospecting=prospecting)).fired is fired


@pytest.mark.parametrize(
    ("now", "before", "fired"),
    [
        ((10, 2), (10, 4), True),  # 0.20 < 0.24
        ((10, 3), (10, 5), False),  # 0.30 = 0.60 x 0.50
        ((9, 0), (20, 10), False),
        ((10, 0), (9, 9), False),
        ((10, 0), (10, 0), False),
    ],
)
def test_close_rate_drop(now: tuple[int, int], before: tuple[int, int], fired: bool) -> None:
    trailing = Trailing(
        last_30=Tally(quotes=now[0], policies_written=now[1]),
        before_30=Tally(quotes=before[0], policies_written=before[1]),
    )
    assert judged("close_rate_drop", replace(QUIET, trailing=trailing)).fired is fired


def test_deal_size_shrinking() -> None:
    trailing = Trailing(
        last_90=Tally(policies_written=5, new_premium=400_000), before_90=Tally(policies_written=5, new_premium=500_000)
    )
    flag = judged("deal_size_shrinking", replace(QUIET, trailing=trailing))
    assert flag.fired
    assert flag.evidence["avg_policy_size"] == 800.0
    assert flag.evidence["ratio"] == 0.8


def tracked(*done: tuple[int, int, int]) -> list[FullWeek]:
    """Weeks of (calls, quotes, policies)."""
    return [
        FullWeek(
            MONDAY + timedelta(weeks=at), Tally(calls_made=calls, quotes=quotes, policies_written=policies), Fraction(5)
        )
        for at, (calls, quotes, policies) in enumerate(done)
    ]


@pytest.mark.parametrize(
    ("found", "fired"),
    [
        (tracked((0, 1, 0), (9, 0, 0), (0, 0, 1), (9, 9, 9)), True),
        (tracked((0, 1, 0), (9, 0, 0), (1, 0, 1), (9, 9, 9)), False),
        (tracked((0, 1, 0), (0, 0, 0), (0, 0, 0), (9, 9, 9)), False),
        ([replace(week, kinds=frozenset()) for week in tracked(*[(0, 1, 0)] * 4)], False),
        ([replace(week, available=Fraction(0)) for week in tracked(*[(0, 1, 0)] * 4)], False),
    ],
)
def test_avoids_tracking(found: list[FullWeek], fired: bool) -> None:
    assert judged("avoids_tracking", replace(QUIET, weeks=found)).fired is fired


def test_avoids_tracking_names_the_weeks() -> None:
    flag = judged("avoids_tracking", replace(QUIET, weeks=tracked((0, 1, 0), (9, 0, 0), (0, 2, 1), (9, 9, 9))))
    assert flag.evidence["weeks"] == ["2026-02-09", "2026-02-23"]
    assert flag.evidence["quotes"] == [1, 2]
