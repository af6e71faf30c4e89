"""Business minutes and working days, counted by hand and against a minute-by-minute count."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core import worktime
from desktop.core.periods import Period
from desktop.errors import UserError

HOURS = {day: (time(8), time(18)) for day in range(1, 6)}
THANKSGIVING = date(2026, 11, 26)
HOLIDAYS = frozenset({THANKSGIVING, date(2026, 12, 25)})


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-09T09:00", "2026-03-09T09:30", 30),
        ("2026-03-09T07:00", "2026-03-09T08:30", 30),  # before opening
        ("2026-03-09T17:30", "2026-03-10T08:30", 60),  # over a night
        ("2026-03-06T17:00", "2026-03-09T09:00", 120),  # over a weekend
        ("2026-03-07T10:00", "2026-03-08T10:00", 0),  # within one
        ("2026-11-25T17:00", "2026-11-27T09:00", 120),  # over Thanksgiving
        ("2026-03-09T10:00", "2026-03-09T09:00", 0),  # backwards
        ("2026-03-02T00:00", "2026-03-09T00:00", 3000),
        ("2026-03-09T09:00:30", "2026-03-09T09:01:00", 0.5),
    ],
)
def test_elapsed(start: str, end: str, minutes: float) -> None:
    found = worktime.elapsed(datetime.fromisoformat(start), datetime.fromisoformat(end), HOURS, HOLIDAYS)
    assert found == minutes


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-09T09:00", 30, "2026-03-09T09:30"),
        ("2026-03-09T17:30", 30, "2026-03-09T18:00"),  # the earliest moment, not the next opening
        ("2026-03-09T17:30", 31, "2026-03-10T08:01"),
        ("2026-03-06T17:59", 2, "2026-03-09T08:01"),
        ("2026-11-25T17:00", 120, "2026-11-27T09:00"),
        ("2026-03-07T10:00", 1, "2026-03-09T08:01"),
        ("2026-03-07T10:00", 0, "2026-03-07T10:00"),
        ("2026-03-09T05:00", 15, "2026-03-09T08:15"),
    ],
)
def test_add(start: str, minutes: float, end: str) -> None:
    found = worktime.add(datetime.fromisoformat(start), minutes, HOURS, HOLIDAYS)
    assert found == datetime.fromisoformat(end)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)).map(lambda moment: moment.replace(microsecond=0))


@given(MOMENTS, st.integers(0, 20_000))
def test_adding_and_elapsing_agree(start: datetime, minutes: int) -> None:
    end = worktime.add(start, minutes, HOURS, HOLIDAYS)
    assert worktime.elapsed(start, end, HOURS, HOLIDAYS) == minutes
    if minutes:
        assert worktime.elapsed(start, end - timedelta(seconds=1), HOURS, HOLIDAYS) < minutes


@given(MOMENTS, st.integers(0, 5_000))
@settings(max_examples=30)
def test_elapsed_is_what_a_minute_by_minute_count_gives(start: datetime, length: int) -> None:
    start = start.replace(second=0)
    counted = 0
    for offset in range(length):
        moment = start + timedelta(minutes=offset)
        open_day = moment.isoweekday() <= 5 and moment.date() not in HOLIDAYS
        counted += open_day and 8 <= moment.hour < 18
    assert worktime.elapsed(start, start + timedelta(minutes=length), HOURS, HOLIDAYS) == counted


def test_an_agency_without_hours_never_gets_there() -> None:
    with pytest.raises(UserError, match="no business hours"):
        worktime.add(datetime(2026, 3, 9), 1, {}, HOLIDAYS)
    assert worktime.elapsed(datetime(2026, 3, 9), datetime(2026, 3, 12), {}, HOLIDAYS) == 0


def test_an_evening_that_ends_at_midnight() -> None:
    late = {1: (time(20), time(0))}
    assert worktime.elapsed(datetime(2026, 3, 9, 19), datetime(2026, 3, 10, 5), late, frozenset()) == 240
    assert worktime.weekly_minutes(late) == 240


def test_working_days() -> None:
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    assert worktime.working_days(november, HOURS, frozenset()) == 21
    assert worktime.working_days(november, HOURS, HOLIDAYS) == 20
    leap = Period(date(2024, 2, 1), date(2024, 2, 29))
    assert worktime.working_days(leap, HOURS, frozenset()) == 21
    assert worktime.weekly_minutes(HOURS) == 3000
