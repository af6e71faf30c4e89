"""All facts of one dashboard, read once, and whose targets a panel shows.

Reads; computes nothing that ends up on a screen. The panels are made in `dashboard`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import health, periods, production, redflags
from desktop.core.periods import Period
from desktop.core.presence import Calendar, share_available
from desktop.core.production import ACTIVITIES, Tally
from desktop.core.targets import Target, Targets, for_period
from desktop.core.targets import total as total_of_targets
from desktop.core.team import Person
from desktop.models import facts, facts_people, facts_pipeline
from desktop.models.facts import Tallies, Window
from desktop.models.facts_pipeline import StageCount
from desktop.services import calendars

if TYPE_CHECKING:
    from desktop.models.book import Book

_TRAILING = health.TRAILING_DAYS


@dataclass(frozen=True, slots=True)
class Reading:
    """All facts of one dashboard, read once; `asked` and `shares` remember what was worked out from them."""

    period: Period
    month: Period
    as_of: datetime
    calendar: Calendar
    people: list[Person]
    targets: Targets
    current: Tallies
    previous: Tallies
    month_to_date: Tallies
    weeks: tuple[Period, ...]
    weekly: list[Tallies]
    weekly_kinds: list[frozenset[str]]
    trailing: list[Tallies]
    prospect_window: Period
    prospects: dict[int | None, int]
    open_leads: list[StageCount]
    outcomes: list[StageCount]
    asked: dict[tuple[int, str, Period, date], Target | None] = field(default_factory=dict)
    shares: dict[tuple[int, Period], Fraction] = field(default_factory=dict)

    def share(self, person: Person, period: Period) -> Fraction:
        """The share of a period's working days on which somebody is available."""
        known = self.shares.get((person.id, period))
        if known is None:
            known = self.shares[person.id, period] = share_available(period, person.presence, self.calendar)
        return known

    @property
    def full_weeks(self) -> Period:
        """The last four full weeks as one period."""
        return Period(self.weeks[0].start, self.weeks[-1].end)


def read(book: Book, period: Period, as_of: datetime) -> Reading:
    """Everything the panels of a period need, in few indexed queries."""
    month = periods.month_to_date(period)
    weeks = periods.full_weeks_before(as_of, redflags.FULL_WEEKS)
    previous = Window(periods.previous(period), periods.previous_as_of(period, as_of))
    spans = [period, month, *weeks, *_trailing_windows(as_of)]
    found = facts.tallies(book, [previous, *(Window(span, as_of) for span in spans)])
    people = facts_people.people(book)
    prospect_window = periods.trailing(as_of, redflags.PROSPECT_DAYS)
    return Reading(
        period=period,
        month=month,
        as_of=as_of,
        calendar=_calendar(book, [*spans, periods.month_of(month.start), prospect_window]),
        people=people,
        targets=Targets(facts_people.target_rules(book, people)),
        current=found[1],
        previous=found[0],
        month_to_date=found[2],
        weeks=weeks,
        weekly=found[3 : 3 + len(weeks)],
        weekly_kinds=[_kinds(one.agency()) for one in found[3 : 3 + len(weeks)]],
        trailing=found[3 + len(weeks) :],
        prospect_window=prospect_window,
        prospects=facts_pipeline.new_prospects(book, prospect_window, as_of),
        open_leads=facts_pipeline.open_leads(book, as_of),
        outcomes=facts_pipeline.outcomes(book, period, as_of),
    )


def _kinds(agency: Tally) -> frozenset[str]:
    """The activity metrics of which anybody has a record."""
    return frozenset(kind for kind in ACTIVITIES if agency.amount(kind))


def _calendar(book: Book, spans: list[Period]) -> Calendar:
    return calendars.calendar(book, min(span.start for span in spans), max(span.end for span in spans))


def _trailing_windows(as_of: datetime) -> tuple[Period, ...]:
    """The last 90 days, the 90 before, the last 30, the 90 before those."""
    last, sudden = periods.trailing(as_of, _TRAILING), periods.trailing(as_of, health.SUDDEN_DAYS)
    return (last, _before(last), sudden, _before(sudden))


def _before(window: Period) -> Period:
    return periods.trailing(window.start - timedelta(days=1), _TRAILING)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose panel it is: a person's, the agency's, or, with neither, of what belongs to nobody."""

    person: Person | None = None
    agency: bool = False

    def people(self, reading: Reading, period: Period) -> list[Person]:
        """The people whose targets are asked for over a period: one producer, all active ones, or nobody."""
        if self.agency:
            return [person for person in reading.people if person.counts_in_agency(period)]
        return [self.person] if self.person is not None and self.person.produces_in(period) else []


class Asked:
    """The targets of one person, of nobody, or of the agency: sums over its people, and rates of its own."""

    def __init__(self, reading: Reading, people: list[Person], agency: bool) -> None:
        self._reading = reading
        self._people = people
        self._agency = agency

    def target(self, metric: str, period: Period, on: date) -> Target | None:
        """The target over a period by the rule in effect on a day."""
        if self._agency and production.METRIC[metric].is_ratio:
            return for_period(self._reading.targets.of_agency(metric, on), period, Fraction(1))
        found = [self._of(person, metric, period, on) for person in self._people]
        return total_of_targets(found) if self._agency else next(iter(found), None)

    def _of(self, person: Person, metric: str, period: Period, on: date) -> Target | None:
        """A person's target, worked out once for their own panel and the agency's."""
        known, asked = self._reading.asked, (person.id, metric, period, on)
        if asked not in known:
            known[asked] = self._work_out(person, metric, period, on)
        return known[asked]

    def _work_out(self, person: Person, metric: str, period: Period, on: date) -> Target | None:
        rule = self._reading.targets.of_producer(metric, person.id, person.level, on)
        return for_period(rule, period, self._reading.share(person, period))

    def over_period(self, metric: str) -> Target | None:
        """The target over the dashboard's period."""
        return self.target(metric, self._reading.period, self._reading.period.end)

    def over_month(self, metric: str) -> int | None:
        """The target over the whole month of the month-to-date figures, of the people of the dashboard's period."""
        found = self.target(metric, periods.month_of(self._reading.month.start), self._reading.month.end)
        return None if found is None else int(found.value)
