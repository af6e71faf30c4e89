"""The two management reports: a producer's year by week, filled from data, typed over, held against the plan.

No formula of its own (metrics.md 6, *Tracking*, *Lag*), no SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import periods, quantities, validation, validation_tracking
from desktop.core.periods import Period
from desktop.core.quantities import LARGEST, Quantity, Unit
from desktop.core.validation import Lag, PlanKind, Schedules
from desktop.core.validation_tracking import WEEKS, DaySales, Standing, Week, WeekFigures
from desktop.errors import UserError
from desktop.models import facts_people, facts_revenue, journal
from desktop.models import plans as repository
from desktop.models.journal import Author
from desktop.services import validating, validation_weeks
from desktop.services.edits import Changes
from desktop.services.plans import find_person

if TYPE_CHECKING:
    from desktop.models.book import Book

FIGURES: Mapping[str, Quantity] = {
    **{
        key: Quantity(key, label, Unit.COUNT, most=Fraction(100_000))
        for key, label in (("sales_calls", "Sales calls"), ("proposals", "Proposals"), ("sales", "Sales"))
    },
    **{
        key: Quantity(key, label, Unit.MONEY, most=LARGEST)
        for key, label in (("premium", "Premium"), ("commission", "Commission"), ("fees", "Fees"))
    },
}


@dataclass(frozen=True, slots=True)
class TrackedWeek:
    """A week as shown: its figures, what the data alone says, and by figure when it was typed."""

    week: Week
    name: str
    start: date
    imported: WeekFigures
    typed_at: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class YearTrack:
    """A producer's year. `plan` None: no complete plan to hold it against. `base_on`: the day on which the year's
    commissions and fees, typed ones included, reached last year's (base and growth alone); `next_base`: this year's so
    far.
    """

    producer: str
    producer_name: str
    year: int
    through: int
    weeks: tuple[TrackedWeek, ...]
    plan: str | None
    schedules: Schedules | None
    standings: tuple[Standing, ...]
    lag: Lag | None
    base: Fraction | None
    base_on: date | None
    next_base: int

    def without_plan(self) -> YearTrack:
        """The weeks alone: goals, and the base they start from, let compensation be worked out."""
        return replace(self, schedules=None, standings=(), lag=None, base=None, base_on=None)

    def cumulative(self) -> tuple[float | None, ...]:
        """Commission and fees in cents, week by week summed up; None in weeks to come."""
        running, found = 0, []
        for one in self.weeks:
            running += (one.week.figures.commission or 0) + (one.week.figures.fees or 0)
            found.append(float(running) if one.week.number <= self.through else None)
        return tuple(found)


def year_track(book: Book, producer: str, year: int, now: datetime) -> YearTrack:
    """A producer's ISO year week by week. UserError for a code that nobody has."""
    person = find_person(facts_people.people(book), producer)
    weeks = _weeks(book, person.id, person.code, year, now)
    shown = tuple(one.week for one in weeks)
    through = sum(one.start <= now.date() for one in weeks)
    plan, made = validating.plan_of(book, person.code, now) or (None, validating.Validated())
    found = made.schedules
    base, base_on, bound = _base(book, person.id, weeks, now, made.values.get("prior"))
    return YearTrack(
        person.code, person.name, year, through, weeks, plan, found,
        () if found is None else validation_tracking.standings(shown, through, found),
        None if found is None else _lag(weeks, found, now),
        base if plan == PlanKind.BASEGROWTH else None,
        base_on if plan == PlanKind.BASEGROWTH else None,
        bound,
    )  # fmt: skip


def _weeks(book: Book, row: int, code: str, year: int, now: datetime) -> tuple[TrackedWeek, ...]:
    typed = repository.typed_weeks(book, row, year)
    nothing = repository.TypedWeek(WeekFigures(), {})
    found = []
    for number, imported in enumerate(validation_weeks.imported_weeks(book, code, year, now), 1):
        name = f"{year:04d}-W{number:02d}"
        over = typed.get(name, nothing)
        week = validation_tracking.filled(number, imported, over.figures)
        found.append(TrackedWeek(week, name, periods.iso_week(name).start, imported, over.typed_at))
    return tuple(found)


def _lag(weeks: tuple[TrackedWeek, ...], found: Schedules, now: datetime) -> Lag:
    """The lag rule over the last full weeks of the year, typed figures included."""
    full = [
        one.week.figures.sales_calls for one in weeks if periods.week_of(one.start).end <= periods.last_whole_day(now)
    ]
    return validation.validation_lag(full, found.minimum.weekly.sales_calls)


def _base(
    book: Book, row: int, weeks: tuple[TrackedWeek, ...], now: datetime, prior: Fraction | None
) -> tuple[Fraction, date | None, int]:
    """The base, the day on which it was reached, and the year's total so far; `prior`: the plan's base, as typed."""
    year = periods.week_of(weeks[0].start).end.year  # the first week may begin in December

    def bound(span: Period) -> list[DaySales]:
        sales = facts_revenue.sales_by_day(book, span).get(row, [])
        return [DaySales(day, one.new_commission, one.renewal_commission) for day, one in sales]

    if prior is None:
        before = bound(Period(date(year - 1, 1, 1), date(year - 1, 12, 31)))
        prior = Fraction(sum(one.new + one.renewal for one in before))
    first, last = date(year, 1, 1), min(date(year, 12, 31), now.date())
    spans = [(periods.week_of(one.start), one.week) for one in weeks]
    this = validation_tracking.revenue_by_day(bound(Period(first, max(last, first))), spans, now.date())
    reached = validation_tracking.base_reached(this, prior) if prior else None
    return prior, reached, sum(amount for _, amount in this)


def read_figure(key: str, text: str) -> int | None:
    """A typed figure as count or cents; None for nothing. UserError where it is no such number."""
    if not text.strip():
        return None
    value = quantities.read(FIGURES[key], text)
    if value.denominator != 1:
        raise UserError(f"{FIGURES[key].label} must be a whole number.", "Leave the fraction away.")
    return int(value)


def type_figures(book: Book, producer: str, texts: Mapping[tuple[str, str], str], author: Author) -> Changes:
    """Keep typed figures, {(week, key): text}, as one undoable action; an empty text gives back the imported figure."""
    person = find_person(facts_people.people(book), producer)
    wanted: dict[str, dict[str, int | None]] = {}
    for (week, key), text in texts.items():
        name = periods.week_name(periods.iso_week(week))
        wanted.setdefault(name, {})[key] = read_figure(key, text)
    label = f"Weeks of {person.name}"
    changed = False
    with book.transaction():
        action = journal.open_action(book, author, "weeks.type", label)
        for week, figures in wanted.items():
            changed |= repository.save_week(book, action, person.id, week, figures, author.at)
    return Changes(label, changed)


def last_week(year: int, today: date) -> int:
    """The number of the week of the year that holds today, within 1 and 52."""
    first = periods.week_of(date(year, 1, 4)).start
    return max(1, min(WEEKS, (today - first).days // 7 + 1))
