"""Periods of days, ISO weeks and the moment up to which data counts (metrics.md 0).

Every figure is counted over a `Period` and seen as of a moment, so both are values that everything else takes as
arguments. Must not know what the clock says: today and now are always given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from desktop.errors import UserError

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""A period that somebody asks for lies between these; what is further away is a slip of the pen."""

_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` to `end`, both inclusive. UserError when it ends before it starts."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise UserError(
                f"The period {self.start.isoformat()} to {self.end.isoformat()} ends before it starts.",
                "Choose an end on or after the start.",
            )

    @property
    def days(self) -> int:
        """Number of days, at least 1."""
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        """Whether the day is one of the period's, first and last included."""
        return self.start <= day <= self.end

    def dates(self) -> Iterator[date]:
        """Every day in order."""
        return (self.start + timedelta(days=offset) for offset in range(self.days))

    def overlap(self, other: Period) -> Period | None:
        """The days in both, None when there is none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    def weeks(self) -> tuple[Period, ...]:
        """The whole Monday-to-Sunday weeks that the period touches, in order."""
        first = week_of(self.start)
        count = ((self.end - first.start).days // 7) + 1
        return tuple(shift_weeks(first, number) for number in range(count))


class Filter(StrEnum):
    """The choices of every period picker, in the order in which they are shown."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR_TO_DATE = "year_to_date"
    CUSTOM = "custom"


# --- units -----------------------------------------------------------------------------------------------------------


def week_of(day: date) -> Period:
    """The Monday-to-Sunday week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def month_of(day: date) -> Period:
    """The calendar month that holds `day`."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def quarter_of(day: date) -> Period:
    """The calendar quarter that holds `day`."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return Period(first, month_of(date(day.year, first.month + 2, 1)).end)


def shift_weeks(week: Period, count: int) -> Period:
    """`week` moved by `count` weeks, forward when positive."""
    step = timedelta(weeks=count)
    return Period(week.start + step, week.end + step)


def is_week(period: Period) -> bool:
    """Whether the period is exactly one Monday-to-Sunday week."""
    return period == week_of(period.start)


# --- what the filters choose -----------------------------------------------------------------------------------------


def today_period(today: date) -> Period:
    """Today alone."""
    return Period(today, today)


def this_week(today: date) -> Period:
    """The week of `today`, to its Sunday."""
    return week_of(today)


def this_month(today: date) -> Period:
    """The calendar month of `today`, to its last day."""
    return month_of(today)


def this_quarter(today: date) -> Period:
    """The calendar quarter of `today`, to its last day."""
    return quarter_of(today)


def year_to_date(today: date) -> Period:
    """January 1 through `today`."""
    return Period(date(today.year, 1, 1), today)


def chosen(choice: Filter, today: date, custom: Period | None = None) -> Period:
    """The period that a filter stands for on `today`; `custom` is used by `Filter.CUSTOM` alone (else today)."""
    match choice:
        case Filter.TODAY:
            return today_period(today)
        case Filter.WEEK:
            return this_week(today)
        case Filter.MONTH:
            return this_month(today)
        case Filter.QUARTER:
            return this_quarter(today)
        case Filter.YEAR_TO_DATE:
            return year_to_date(today)
        case Filter.CUSTOM:
            return custom or today_period(today)


# --- the period before -----------------------------------------------------------------------------------------------


def previous(period: Period) -> Period:
    """The period that a trend arrow compares with (metrics.md 0, Filters).

    Exactly a day, a week, a calendar month or quarter: the unit before. Else one that starts on January 1: last
    year's same days (February 29 becomes the 28th). Else the same number of days just before.
    """
    before = period.start - _DAY
    if period.days == 1:
        return Period(before, before)
    for unit in (week_of, month_of, quarter_of):
        if period == unit(period.start):
            return unit(before)
    if (period.start.month, period.start.day) == (1, 1):
        return last_year(period)
    return Period(period.start - timedelta(days=period.days), before)


def last_year(period: Period) -> Period:
    """The same days of the year before (February 29 becomes the 28th)."""
    return Period(_year_earlier(period.start), _year_earlier(period.end))


def _year_earlier(day: date) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


def previous_as_of(period: Period, as_of: datetime) -> datetime:
    """The `as_of` of the previous period: as far from its end as `as_of` is from the end of `period`."""
    return equally_late(previous(period), period, as_of)


def equally_late(other: Period, period: Period, as_of: datetime) -> datetime:
    """The moment that lies as far from the end of `other` as `as_of` does from the end of `period`."""
    return end_of(other.end) - (end_of(period.end) - as_of)


def going_back(period: Period, as_of: datetime, count: int) -> Iterator[tuple[Period, datetime]]:
    """The period and those before it, newest first, each with its `as_of` equally far behind its end.

    At most `count`; one that begins before any business is the last, since the calendar itself has a first day.
    """
    for _ in range(count):
        yield period, as_of
        if period.start < FIRST_DAY:
            return
        period, as_of = previous(period), previous_as_of(period, as_of)


# --- as of -----------------------------------------------------------------------------------------------------------


def end_of(day: date) -> datetime:
    """The last moment of a day whose data counts; moments are kept to the second."""
    return datetime.combine(day, _LAST_SECOND)


def default_as_of(period: Period, now: datetime) -> datetime:
    """The end of the period's last day, or `now` (to the second) when that day is today or later."""
    return now.replace(microsecond=0) if period.end >= now.date() else end_of(period.end)


def last_whole_day(as_of: datetime) -> date:
    """The last day that is over at `as_of`: its own day at that day's end, else the day before."""
    return as_of.date() if as_of >= end_of(as_of.date()) else as_of.date() - _DAY


def trailing(as_of: datetime | date, days: int) -> Period:
    """The `days` days that end on the day of `as_of`, inclusive."""
    last = as_of.date() if isinstance(as_of, datetime) else as_of
    return Period(last - timedelta(days=days - 1), last)


def full_weeks_before(as_of: datetime, count: int) -> tuple[Period, ...]:
    """The last `count` weeks that are complete at `as_of`, oldest first."""
    last = week_of(last_whole_day(as_of) + _DAY - timedelta(weeks=1))
    return tuple(shift_weeks(last, number - count + 1) for number in range(count))


def month_to_date(period: Period) -> Period:
    """Month-to-date that belongs to a period (metrics.md 0).

    A Monday-to-Sunday week belongs to the month of its Thursday: from that month's 1st through the week's Sunday, cut
    at the month's end. Any other period: from the 1st of its last day's month through its last day.
    """
    if not is_week(period):
        return Period(period.end.replace(day=1), period.end)
    month = month_of(period.start + timedelta(days=3))
    return Period(month.start, min(period.end, month.end))


# --- ISO weeks -------------------------------------------------------------------------------------------------------


def iso_week(text: str) -> Period:
    """`'2026-W10'` as its Monday-to-Sunday week. UserError when it is not written so or the year has no such week."""
    found = _ISO_WEEK.fullmatch(text.strip())
    if found:
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return Period(monday, monday + timedelta(days=6))
        except (ValueError, OverflowError):
            pass
    raise UserError(f"“{text}” is not a week.", "Write a week as year and number, for example 2026-W10.")


def week_name(week: Period) -> str:
    """The ISO name of the week that holds the period's first day, for example `'2026-W10'`."""
    year, number, _ = week.start.isocalendar()
    return f"{year:04d}-W{number:02d}"
