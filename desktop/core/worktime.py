"""Working days and business minutes (metrics.md 0, routing.md 6).

`hours` says from when to when the agency works, by ISO weekday (1 = Monday); a weekday that is not in it is free.
`holidays` are free dates. All moments are naive local time. Must not know today's date or any settings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from desktop.core.periods import Period
from desktop.errors import UserError

Hours = Mapping[int, tuple[time, time]]
Holidays = Collection[date]

_MIDNIGHT = time(0)
_DAY = timedelta(days=1)
_LONGEST_CLOSURE_DAYS = 3660


def is_working_day(day: date, hours: Hours, holidays: Holidays) -> bool:
    """Whether the day has business hours and is no holiday."""
    return day.isoweekday() in hours and day not in holidays


def working_days(period: Period, hours: Hours, holidays: Holidays) -> int:
    """Number of working days in the period."""
    return sum(is_working_day(day, hours, holidays) for day in period.dates())


def span_minutes(start: time, end: time) -> int:
    """Whole minutes from `start` to `end` of one day; an end at 00:00 is the day's end. Never negative."""
    finish = 24 * 60 if end == _MIDNIGHT else end.hour * 60 + end.minute
    return max(0, finish - start.hour * 60 - start.minute)


def weekly_minutes(hours: Hours) -> int:
    """Business minutes of a week without holidays."""
    return sum(span_minutes(start, end) for start, end in hours.values())


def elapsed(start: datetime, end: datetime, hours: Hours, holidays: Holidays) -> float:
    """Business minutes from `start` to `end`; 0 when `end` is not after `start`."""
    if end <= start:
        return 0.0
    total = timedelta()
    for opening, closing in _openings(start.date(), hours, holidays):
        if opening >= end:
            break
        total += max(timedelta(), min(end, closing) - max(start, opening))
        if opening.date() >= end.date():
            break
    return total / timedelta(minutes=1)


def add(start: datetime, minutes: float, hours: Hours, holidays: Holidays) -> datetime:
    """The earliest moment at or after `start` at which that many business minutes have passed.

    UserError when there are no business hours at all, so that the minutes would never pass.
    """
    left = timedelta(minutes=minutes)
    if left <= timedelta():
        return start
    for opening, closing in _openings(start.date(), hours, holidays):
        begin = max(start, opening)
        if begin >= closing:
            continue
        if closing - begin >= left:
            return begin + left
        left -= closing - begin
    raise UserError("The agency has no business hours.", "Enter them in Settings.")


def _openings(day: date, hours: Hours, holidays: Holidays) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing of each working day from `day` on, until none comes for ten years."""
    idle = 0
    while idle < _LONGEST_CLOSURE_DAYS:
        idle += 1
        if is_working_day(day, hours, holidays):
            start, end = hours[day.isoweekday()]
            opening = datetime.combine(day, start)
            minutes = span_minutes(start, end)
            if minutes:
                idle = 0
                yield opening, opening + timedelta(minutes=minutes)
        if day >= date.max - _DAY:
            return
        day += _DAY
