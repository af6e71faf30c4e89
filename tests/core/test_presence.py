"""Days away: employment, leave, part-time, holidays, all counted by hand."""

from __future__ import annotations

from datetime import date, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.periods import Period
from desktop.core.presence import ALWAYS, Calendar, Leave, OwnHours, Presence, available_days, share_available

HOURS = {day: (time(8), time(18)) for day in range(1, 6)}
PLAIN = Calendar(HOURS)
CHRISTMAS = Calendar(HOURS, frozenset({date(2026, 12, 25)}))
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))  # 22 working days
CHRISTMAS_WEEK = Period(date(2026, 12, 21), date(2026, 12, 27))  # 4 working days with the holiday


def leave(start: str | None, end: str | None, weekday: int | None = None) -> Leave:
    return Leave(start and date.fromisoformat(start), end and date.fromisoformat(end), weekday)  # type: ignore[arg-type]


def own(weekday: int | None, start: int, end: int, **bounds: date) -> OwnHours:
    return OwnHours(weekday, time(start), time(end), **bounds)


@pytest.mark.parametrize(
    ("presence", "days"),
    [
        (ALWAYS, 22),
        (Presence(hired_on=date(2026, 3, 16)), 12),
        (Presence(left_on=date(2026, 3, 6)), 5),  # the last day counts
        (Presence(hired_on=date(2026, 4, 1)), 0),
        (Presence(leaves=(leave("2026-03-09", "2026-03-13"),)), 17),
        (Presence(leaves=(leave("2026-03-07", "2026-03-08"),)), 22),  # a weekend away
        (Presence(leaves=(leave("2026-03-09", "2026-03-11"), leave("2026-03-10", "2026-03-13"))), 17),  # overlapping
        (Presence(leaves=(leave("2026-03-30", None),)), 20),  # open end
        (Presence(leaves=(leave(None, "2026-03-02"),)), 21),
        (Presence(leaves=(leave("2026-03-01", "2026-03-31", 5),)), 18),  # Fridays off
        (Presence(own_hours=tuple(own(day, 8, 13) for day in range(1, 6))), 11),  # half days
        (Presence(own_hours=tuple(own(day, 8, 18) for day in (1, 2, 3))), Fraction(66, 5)),  # three days of five
        (Presence(own_hours=(own(None, 6, 20),)), 22),  # more than full time is full time
        (Presence(own_hours=(own(None, 8, 12), own(None, 13, 18))), Fraction(22 * 9, 10)),
        (Presence(own_hours=(own(None, 8, 13, end_on=date(2026, 3, 6)),)), Fraction(39, 2)),  # 5 half days, 17 whole
        (Presence(own_hours=(own(None, 8, 13, start_on=date(2026, 3, 30)),)), 21),
    ],
)
def test_available_days_of_march(presence: Presence, days: int | Fraction) -> None:
    assert available_days(MARCH, presence, PLAIN) == days
    assert share_available(MARCH, presence, PLAIN) == Fraction(days) / 22


def test_leave_over_a_holiday_takes_only_the_working_days() -> None:
    away = Presence(leaves=(leave("2026-12-24", "2026-12-25"),))
    assert available_days(CHRISTMAS_WEEK, away, CHRISTMAS) == 3
    assert share_available(CHRISTMAS_WEEK, away, CHRISTMAS) == Fraction(3, 4)
    assert share_available(CHRISTMAS_WEEK, ALWAYS, CHRISTMAS) == 1


def test_a_sunday_has_no_days_to_be_away_on() -> None:
    sunday = Period(date(2026, 3, 8), date(2026, 3, 8))
    assert share_available(sunday, Presence(leaves=(leave("2026-03-08", "2026-03-08"),)), PLAIN) == 1
    assert share_available(sunday, Presence(left_on=date(2026, 3, 7)), PLAIN) == 0
    assert share_available(sunday, Presence(own_hours=(own(None, 8, 13),)), PLAIN) == Fraction(1, 2)


DAYS = st.dates(date(2023, 12, 1), date(2025, 3, 1))


@given(DAYS, st.integers(1, 80), DAYS, st.integers(1, 40), st.none() | DAYS, st.none() | DAYS, st.integers(1, 12))
def test_available_days_are_the_sum_over_single_days(
    start: date, length: int, away: date, away_days: int, hired: date | None, left: date | None, hours: int
) -> None:
    period = Period(start, start + timedelta(days=length - 1))
    presence = Presence(
        hired,
        left,
        (Leave(away, away + timedelta(days=away_days - 1)),),
        (OwnHours(None, time(8), time(8 + hours), start_on=away),),
    )
    calendar = Calendar(HOURS, frozenset({date(2024, 7, 4), date(2024, 12, 25)}))
    single = sum((available_days(Period(day, day), presence, calendar) for day in period.dates()), Fraction(0))
    assert available_days(period, presence, calendar) == single
    assert 0 <= share_available(period, presence, calendar) <= 1
