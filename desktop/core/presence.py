"""Who was there: employment, leave and part-time hours as a share of the agency's working days (metrics.md 2).

Targets shrink by the days somebody was away, and activity is compared per day available. Must not know what a target
is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction

from desktop.core import worktime
from desktop.core.periods import Period
from desktop.core.worktime import Hours

_WHOLE = Fraction(1)


class Calendar:
    """When the agency works: business hours by ISO weekday, and free dates. Remembers the periods it was asked for."""

    def __init__(self, hours: Hours, holidays: Collection[date] = frozenset()) -> None:
        self.hours = hours
        self.holidays = holidays
        self.weekly_minutes = worktime.weekly_minutes(hours)
        self._working: dict[Period, tuple[date, ...]] = {}

    def working(self, period: Period) -> tuple[date, ...]:
        """The working days of the period in order."""
        found = self._working.get(period)
        if found is None:
            found = tuple(d for d in period.dates() if worktime.is_working_day(d, self.hours, self.holidays))
            self._working[period] = found
        return found

    def working_days(self, period: Period) -> int:
        """Number of working days in the period."""
        return len(self.working(period))


@dataclass(frozen=True, slots=True)
class Leave:
    """Days away, both ends inclusive; an open end is None. With a `weekday` (1-7) only that day of each week."""

    start: date | None
    end: date | None
    weekday: int | None = None

    def covers(self, day: date) -> bool:
        """Whether the day is one of those away."""
        return _within(day, self.start, self.end) and self.weekday in (None, day.isoweekday())


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Hours that somebody works on a weekday (None: each business day), from `start_on` to `end_on` (None: open)."""

    weekday: int | None
    start: time
    end: time
    start_on: date | None = None
    end_on: date | None = None

    def minutes_per_week(self, calendar: Calendar) -> int:
        """Minutes that these hours make in a week."""
        times = len(calendar.hours) if self.weekday is None else 1
        return times * worktime.span_minutes(self.start, self.end)

    def valid(self, day: date) -> bool:
        """Whether these hours are in effect on a day."""
        return _within(day, self.start_on, self.end_on)


@dataclass(frozen=True, slots=True)
class Presence:
    """One person's employment, leave and own hours; everything open means there all the time."""

    hired_on: date | None = None
    left_on: date | None = None
    leaves: tuple[Leave, ...] = field(default=())
    own_hours: tuple[OwnHours, ...] = field(default=())

    def employed_on(self, day: date) -> bool:
        """Whether the day lies in the employment, first and last day included."""
        return _within(day, self.hired_on, self.left_on)

    def employed_in(self, period: Period) -> bool:
        """Whether any day of the period lies in the employment."""
        return _touches(period, self.hired_on, self.left_on)

    def away_on(self, day: date) -> bool:
        """Whether the day lies outside the employment or on leave."""
        return not self.employed_on(day) or any(leave.covers(day) for leave in self.leaves)

    def always_there(self, period: Period) -> bool:
        """Whether the whole period lies in the employment and no leave touches it."""
        return (
            self.employed_on(period.start)
            and self.employed_on(period.end)
            and not any(_touches(period, leave.start, leave.end) for leave in self.leaves)
        )

    def part_time(self, day: date, calendar: Calendar) -> Fraction:
        """Own weekly hours / business weekly hours in effect on a day, at most 1; 1 where none are entered."""
        own = [hours for hours in self.own_hours if hours.valid(day)]
        if not own or not calendar.weekly_minutes:
            return _WHOLE
        mine = sum(hours.minutes_per_week(calendar) for hours in own)
        return min(_WHOLE, Fraction(mine, calendar.weekly_minutes))

    def keeps_hours(self, period: Period) -> bool:
        """Whether the same own hours are in effect on each day of the period."""
        return not any(
            _touches(period, hours.start_on, hours.end_on)
            and not (hours.valid(period.start) and hours.valid(period.end))
            for hours in self.own_hours
        )


ALWAYS = Presence()
"""Somebody of whom nothing is known but that they work here."""


def available_days(period: Period, presence: Presence, calendar: Calendar) -> Fraction:
    """Working days of the period on which the person was available, part-time days counted in part."""
    days: Iterable[date] = calendar.working(period)
    if not presence.always_there(period):
        days = [day for day in days if not presence.away_on(day)]
    if presence.keeps_hours(period):
        return len(tuple(days)) * presence.part_time(period.start, calendar)
    return sum((presence.part_time(day, calendar) for day in days), Fraction(0))


def share_available(period: Period, presence: Presence, calendar: Calendar) -> Fraction:
    """Available days / working days, from 0 to 1 (metrics.md 2, *Days away*).

    A period without working days (a Sunday) has none to be away on: then only employment and part-time count, by the
    period's last day.
    """
    total = calendar.working_days(period)
    if total:
        return available_days(period, presence, calendar) / total
    return presence.part_time(period.end, calendar) if presence.employed_in(period) else Fraction(0)


def _within(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def _touches(period: Period, start: date | None, end: date | None) -> bool:
    return (start is None or start <= period.end) and (end is None or period.start <= end)
