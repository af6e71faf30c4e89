"""The made-up agency's calendar: which days are worked, how busy a season is, and how moments are written.

Days are ordinals and moments are minutes since day 0, because a hundred thousand of them are made at a time. Knows
nothing of people or leads.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

MINUTES_PER_DAY = 1440
OPENING, CLOSING = 8 * 60, 18 * 60

_SEASON = (0.0, 0.95, 0.97, 1.05, 1.08, 1.08, 1.05, 0.97, 1.0, 1.08, 1.1, 0.98, 0.72)
"""How busy each month is; December is quiet. Index 1 is January."""


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The `number`-th `weekday` (Monday 0) of a month; -1 is the last."""
    if number < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _observed(day: date) -> date:
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def federal_holidays(year: int) -> tuple[date, ...]:
    """The US federal holidays of `year` on the days they are observed (the next New Year's may fall on December 31)."""
    return (
        _observed(date(year, 1, 1)),
        _nth(year, 1, 0, 3),
        _nth(year, 2, 0, 3),
        _nth(year, 5, 0, -1),
        _observed(date(year, 6, 19)),
        _observed(date(year, 7, 4)),
        _nth(year, 9, 0, 1),
        _nth(year, 10, 0, 2),
        _observed(date(year, 11, 11)),
        _nth(year, 11, 3, 4),
        _observed(date(year, 12, 25)),
        _observed(date(year + 1, 1, 1)),
    )


class Calendar:
    """The days from `years` before `as_of` through `as_of`, with a margin on both sides for policy dates."""

    def __init__(self, as_of: date, years: int) -> None:
        self.end = as_of.toordinal()
        self.start = self.end - round(years * 365.25) + 1
        self.horizon = (self.end + 1) * MINUTES_PER_DAY
        years_shown = range(as_of.year - years - 1, as_of.year + 2)
        holidays = {day.toordinal() for year in years_shown for day in federal_holidays(year)}
        margin = range(self.start - 760, self.end + 800)
        self.iso = {day: date.fromordinal(day).isoformat() for day in margin}
        self._worked = {day for day in margin if day % 7 not in (6, 0) and day not in holidays}

    def is_worked(self, day: int) -> bool:
        """Whether the agency is open: Monday to Friday and no federal holiday."""
        return day in self._worked

    def monday_of(self, day: int) -> int:
        """The Monday of a day's week (ordinal 1 was a Monday)."""
        return day - (day - 1) % 7

    def next_worked(self, day: int) -> int:
        """`day` itself when it is worked, else the next that is."""
        while day not in self._worked:
            day += 1
        return day

    def worked_days(self, monday: int) -> list[int]:
        return [day for day in range(monday, monday + 7) if day in self._worked]

    def busyness(self, day: int) -> float:
        """How busy the time of year is (1 = usual), with growth of about 12 % a year towards the calendar's end."""
        growth = 1.12 ** ((day - self.end) / 365.25)
        return _SEASON[int(self.iso[day][5:7])] * float(growth)

    def season(self, day: int) -> float:
        return _SEASON[int(self.iso[day][5:7])]

    def moment(self, minute: float) -> str:
        """Minutes since day 0 as `'YYYY-MM-DDTHH:MM:SS'`."""
        whole = int(minute * 60)
        day, second = divmod(whole, 86400)
        hour, rest = divmod(second, 3600)
        return f"{self.iso[day]}T{hour:02d}:{rest // 60:02d}:{rest % 60:02d}"

    def in_hours(self, minute: float, rng: Random) -> float:
        """`minute` when the agency is open then, else a moment soon after it next opens."""
        day, of_day = divmod(minute, MINUTES_PER_DAY)
        whole = int(day)
        if self.is_worked(whole) and OPENING <= of_day < CLOSING:
            return minute
        if of_day >= CLOSING or not self.is_worked(whole):
            whole += 1
        return self.next_worked(whole) * MINUTES_PER_DAY + OPENING + 2 + rng.random() * 55

    def some_time(self, day: int, rng: Random) -> float:
        """A moment within the opening hours of `day`, with a morning and an afternoon peak."""
        peak = 630 if rng.random() < 0.55 else 900
        of_day = min(max(peak + rng.gauss(0, 75), OPENING + 1), CLOSING - 2)
        return day * MINUTES_PER_DAY + of_day
