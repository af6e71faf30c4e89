"""Periods: hand-counted calendars, and properties over all of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import periods
from desktop.core.periods import Filter, Period
from desktop.errors import UserError

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def span(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (span("2026-03-09", "2026-03-09"), span("2026-03-08", "2026-03-08")),  # a day
        (span("2026-01-01", "2026-01-01"), span("2025-12-31", "2025-12-31")),  # a day, although January 1
        (span("2026-03-02", "2026-03-08"), span("2026-02-23", "2026-03-01")),  # a week
        (span("2026-03-01", "2026-03-31"), span("2026-02-01", "2026-02-28")),  # a month
        (span("2024-03-01", "2024-03-31"), span("2024-02-01", "2024-02-29")),  # a month after a leap day
        (span("2026-01-01", "2026-01-31"), span("2025-12-01", "2025-12-31")),  # a month, although January 1
        (span("2026-01-01", "2026-03-31"), span("2025-10-01", "2025-12-31")),  # a quarter, although January 1
        (span("2026-04-01", "2026-06-30"), span("2026-01-01", "2026-03-31")),
        (span("2026-01-01", "2026-03-10"), span("2025-01-01", "2025-03-10")),  # year to date
        (span("2024-01-01", "2024-02-29"), span("2023-01-01", "2023-02-28")),  # year to date on a leap day
        (span("2025-01-01", "2025-12-31"), span("2024-01-01", "2024-12-31")),
        (span("2026-03-04", "2026-03-10"), span("2026-02-25", "2026-03-03")),  # seven days that are no week
        (span("2026-02-10", "2026-03-05"), span("2026-01-17", "2026-02-09")),
    ],
)
def test_previous(period: Period, before: Period) -> None:
    assert periods.previous(period) == before


def test_a_week_that_starts_on_january_1_is_a_week() -> None:
    assert periods.previous(span("2024-01-01", "2024-01-07")) == span("2023-12-25", "2023-12-31")


@given(DAYS, st.integers(1, 400))
def test_previous_lies_wholly_before_unless_it_spans_years(start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length - 1))
    before = periods.previous(period)
    assert before.start < period.start
    if (start.month, start.day) != (1, 1):
        assert before.end == start - timedelta(days=1)


def test_previous_as_of_lies_as_far_behind_its_end() -> None:
    march = span("2026-03-01", "2026-03-31")
    assert periods.previous_as_of(march, datetime(2026, 3, 31, 23, 59, 59)) == datetime(2026, 2, 28, 23, 59, 59)
    assert periods.previous_as_of(march, datetime(2026, 3, 21, 12)) == datetime(2026, 2, 18, 12)


@pytest.mark.parametrize(
    ("period", "month"),
    [
        (span("2026-03-30", "2026-04-05"), span("2026-04-01", "2026-04-05")),  # Thursday April 2
        (span("2026-04-27", "2026-05-03"), span("2026-04-01", "2026-04-30")),  # Thursday April 30, cut at its end
        (span("2026-03-02", "2026-03-08"), span("2026-03-01", "2026-03-08")),
        (span("2025-12-29", "2026-01-04"), span("2026-01-01", "2026-01-04")),
        (span("2026-01-15", "2026-03-10"), span("2026-03-01", "2026-03-10")),
        (span("2026-03-09", "2026-03-09"), span("2026-03-01", "2026-03-09")),
    ],
)
def test_month_to_date(period: Period, month: Period) -> None:
    assert periods.month_to_date(period) == month


@given(DAYS)
def test_month_to_date_of_a_week_is_in_its_thursdays_month(day: date) -> None:
    week = periods.week_of(day)
    month = periods.month_to_date(week)
    thursday = week.start + timedelta(days=3)
    assert month.contains(thursday)
    assert (month.start.year, month.start.month, month.start.day) == (thursday.year, thursday.month, 1)
    assert month.end.month == thursday.month


@given(DAYS)
def test_week_names_go_back_and_forth(day: date) -> None:
    week = periods.week_of(day)
    assert week.contains(day)
    assert (week.start.isoweekday(), week.end.isoweekday()) == (1, 7)
    assert periods.iso_week(periods.week_name(week)) == week


def test_iso_week() -> None:
    assert periods.iso_week("2026-W10") == span("2026-03-02", "2026-03-08")
    assert periods.iso_week("2020-W53") == span("2020-12-28", "2021-01-03")
    assert periods.week_name(span("2021-01-01", "2021-01-01")) == "2020-W53"


@pytest.mark.parametrize("text", ["2026-W54", "2025-W53", "2026-W00", "2026-10", "", "W10", "0000-W01"])
def test_what_is_no_week(text: str) -> None:
    with pytest.raises(UserError, match="not a week"):
        periods.iso_week(text)


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (datetime(2026, 3, 8, 23, 59, 59), span("2026-03-02", "2026-03-08")),
        (datetime(2026, 3, 8, 23, 59, 58), span("2026-02-23", "2026-03-01")),
        (datetime(2026, 3, 9, 0, 0), span("2026-03-02", "2026-03-08")),
        (datetime(2026, 3, 14, 23, 59, 59), span("2026-03-02", "2026-03-08")),
    ],
)
def test_full_weeks(as_of: datetime, last: Period) -> None:
    weeks = periods.full_weeks_before(as_of, 4)
    assert weeks[-1] == last
    assert [periods.shift_weeks(weeks[0], number) for number in range(4)] == list(weeks)


def test_trailing_ends_on_as_of() -> None:
    assert periods.trailing(datetime(2026, 3, 31, 10), 90) == span("2026-01-01", "2026-03-31")
    assert periods.trailing(date(2024, 3, 1), 2) == span("2024-02-29", "2024-03-01")


def test_filters() -> None:
    today = date(2026, 5, 14)
    assert periods.chosen(Filter.TODAY, today) == span("2026-05-14", "2026-05-14")
    assert periods.chosen(Filter.WEEK, today) == span("2026-05-11", "2026-05-17")
    assert periods.chosen(Filter.MONTH, today) == span("2026-05-01", "2026-05-31")
    assert periods.chosen(Filter.QUARTER, today) == span("2026-04-01", "2026-06-30")
    assert periods.chosen(Filter.YEAR_TO_DATE, today) == span("2026-01-01", "2026-05-14")
    custom = span("2026-02-03", "2026-02-08")
    assert periods.chosen(Filter.CUSTOM, today, custom) == custom


def test_default_as_of() -> None:
    now = datetime(2026, 5, 14, 9, 30, 15, 250)
    assert periods.default_as_of(span("2026-05-11", "2026-05-17"), now) == datetime(2026, 5, 14, 9, 30, 15)
    assert periods.default_as_of(span("2026-05-14", "2026-05-14"), now) == datetime(2026, 5, 14, 9, 30, 15)
    assert periods.default_as_of(span("2026-05-04", "2026-05-10"), now) == datetime(2026, 5, 10, 23, 59, 59)


def test_weeks_are_those_it_touches() -> None:
    weeks = span("2026-03-01", "2026-03-09").weeks()
    assert [week.start for week in weeks] == [date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 9)]


@given(DAYS, st.integers(1, 100))
def test_weeks_cover_the_period(start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length - 1))
    weeks = period.weeks()
    assert weeks[0].contains(period.start)
    assert weeks[-1].contains(period.end)
    assert len(list(period.dates())) == period.days == length


def test_overlap() -> None:
    march = span("2026-03-01", "2026-03-31")
    assert march.overlap(span("2026-03-30", "2026-04-05")) == span("2026-03-30", "2026-03-31")
    assert march.overlap(span("2026-04-01", "2026-04-05")) is None


def test_a_period_must_not_end_before_it_starts() -> None:
    with pytest.raises(UserError, match="ends before it starts"):
        span("2026-03-02", "2026-03-01")


def test_going_back_ends_before_the_calendar_does() -> None:
    month = span("2026-03-01", "2026-03-31")
    back = list(periods.going_back(month, periods.end_of(month.end), 13))
    assert [one.start for one, _ in back[:3]] == [date(2026, 3, 1), date(2026, 2, 1), date(2026, 1, 1)]
    assert len(back) == 13
    ages = Period(periods.FIRST_DAY + timedelta(days=1), periods.LAST_DAY)
    assert [one.end for one, _ in periods.going_back(ages, periods.end_of(ages.end), 13)] == [
        ages.end,
        periods.FIRST_DAY,
    ]
