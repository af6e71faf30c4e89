"""Pace of the month and the year: for every target what the remaining working days must bring, and where it will end.

Reads amounts, targets and days; the formulas are `core.pace`. No SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import pace, periods
from desktop.core.money import exact
from desktop.core.pace import Outlook, Rate, RatioOutlook, WeekAmount
from desktop.core.periods import Period
from desktop.core.presence import Calendar, available_days
from desktop.core.production import METRICS, Metric, Tally
from desktop.core.team import Person
from desktop.models import facts, facts_people
from desktop.models.facts import Tallies, Window
from desktop.services import calendars
from desktop.services.dashboard import dashboard
from desktop.services.figures import Panel
from desktop.services.plans import find_person

if TYPE_CHECKING:
    from desktop.models.book import Book

WEEKS_READ = 13
"""Full weeks that the rate is taken from."""
_PARTS = {"close_rate": ("policies_written", "quotes"), "avg_policy_size": ("new_premium", "policies_written")}


@dataclass(frozen=True, slots=True)
class Line:
    """A metric's outlook: an amount's, or for a ratio (`close_rate`, `avg_policy_size`) that of the ratio."""

    metric: Metric
    amount: Outlook | None
    ratio: RatioOutlook | None

    @property
    def standing(self) -> pace.Standing:
        """How the projected end compares with the target."""
        found = self.amount or self.ratio
        return pace.Standing.NONE if found is None else found.standing


@dataclass(frozen=True, slots=True)
class Course:
    """A month or year under way; `days_left` working days (of the producer: available ones), today among them."""

    period: Period
    days_left: Fraction
    days_a_week: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PaceSheet:
    """Both courses of a producer or the agency (None); `weeks`: how many past weeks the rate is taken from."""

    producer: str | None
    as_of: datetime
    weeks: int
    month: Course
    year: Course

    @property
    def empty(self) -> bool:
        """Whether nothing was done in the year, and no week before tells a rate."""
        return not any(line.amount and (line.amount.actual or line.amount.projected) for line in self.year.lines)


def pace_sheet(book: Book, now: datetime, producer: str | None = None) -> PaceSheet:
    """The pace at `now`, of the agency or of one producer by code; UserError for one that nobody has."""
    today = now.date()
    month, year = periods.month_of(today), Period(date(today.year, 1, 1), date(today.year, 12, 31))
    people = facts_people.people(book)
    person = None if producer is None else find_person(people, producer)
    weeks = [week for week in periods.full_weeks_before(now, WEEKS_READ) if person is None or person.produces_in(week)]
    calendar = calendars.calendar(book, min([year.start, *(week.start for week in weeks)]), year.end)
    found = facts.tallies(book, [Window(span, now) for span in (month, year, *weeks)])
    started = _recorded(found[2:])
    rates = {
        metric.id: pace.rate_of(
            [
                WeekAmount(int(_own(tallies, person).amount(metric.id)), _days(week, person, calendar))
                for week, tallies in zip(weeks[started:], found[2 + started :], strict=True)
            ]
        )
        for metric in METRICS
        if not metric.is_ratio
    }
    left = [_left(span, now, person, calendar) for span in (month, year)]
    panels = [_panel(book, span, now, None if person is None else person.code) for span in (month, year)]
    courses = [
        Course(span, days, len(calendar.hours), _lines(_own(tallies, person), panel, days, rates))
        for span, tallies, panel, days in zip((month, year), found[:2], panels, left, strict=True)
    ]
    return PaceSheet(None if person is None else person.code, now, len(weeks) - started, courses[0], courses[1])


def _recorded(weekly: list[Tallies]) -> int:
    """The first week with any record of anybody: weeks before the book begins say nothing."""
    return next((at for at, tallies in enumerate(weekly) if not tallies.agency().empty), len(weekly))


def _own(tallies: Tallies, person: Person | None) -> Tally:
    return tallies.agency() if person is None else tallies.of(person.id)


def _days(span: Period, person: Person | None, calendar: Calendar) -> Fraction:
    if person is None:
        return Fraction(calendar.working_days(span))
    return available_days(span, person.presence, calendar)


def _left(span: Period, now: datetime, person: Person | None, calendar: Calendar) -> Fraction:
    first = periods.last_whole_day(now) + timedelta(days=1)
    return Fraction(0) if first > span.end else _days(Period(max(first, span.start), span.end), person, calendar)


def _panel(book: Book, span: Period, now: datetime, producer: str | None) -> Panel:
    found = dashboard(book, span, now, producer)
    return found.agency if producer is None else found.producers[0]


def _lines(own: Tally, panel: Panel, days: Fraction, rates: dict[str, Rate | None]) -> tuple[Line, ...]:
    amounts = {}
    for key, rate in rates.items():
        target = panel.metrics[key].target
        amounts[key] = pace.outlook(int(own.amount(key)), None if target is None else int(target), days, rate)
    lines = []
    for metric in METRICS:
        if metric.id in amounts:
            lines.append(Line(metric, amounts[metric.id], None))
            continue
        top, bottom = _PARTS[metric.id]
        target = panel.metrics[metric.id].target
        wanted = None if target is None else exact(target)
        lines.append(Line(metric, None, pace.ratio_outlook(amounts[top], amounts[bottom], wanted)))
    return tuple(lines)
