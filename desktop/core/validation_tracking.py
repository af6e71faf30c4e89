"""The year's management reports: each week against the minimum and the target (metrics.md 6, *Tracking*).

52 weeks in two half-years of 26. Imported figures fill the weeks, and a typed one stands over an imported one. Exact
fractions, money in cents. Must not know where figures come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction

from desktop.core.money import ratio
from desktop.core.periods import Period
from desktop.core.validation import Schedule, Schedules

WEEKS = 52
HALF = 26
MEASURES: tuple[str, ...] = ("sales_calls", "proposals", "sales", "premium", "commission")
"""What is held against the goals; commission includes fees."""


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """One week: counts, and annualized premium, commission and fees in cents; None = not known."""

    sales_calls: int | None = None
    proposals: int | None = None
    sales: int | None = None
    premium: int | None = None
    commission: int | None = None
    fees: int | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """A week as it is shown: number 1 to 52, the figures, and which of them were typed."""

    number: int
    figures: WeekFigures
    typed: frozenset[str]

    @property
    def half(self) -> int:
        """The management report it stands in: 1 or 2."""
        return 1 if self.number <= HALF else 2


def filled(number: int, imported: WeekFigures, typed: WeekFigures) -> Week:
    """A week from imported and typed figures: a typed one overrides."""
    over = {one.name for one in fields(WeekFigures) if getattr(typed, one.name) is not None}
    chosen = {one.name: getattr(typed if one.name in over else imported, one.name) for one in fields(WeekFigures)}
    return Week(number, WeekFigures(**chosen), frozenset(over))


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure, year to date: the actual, what minimum and target ask by now, and the share reached of each.

    A share of a goal of zero is undefined (None).
    """

    measure: str
    actual: int
    minimum: Fraction
    target: Fraction
    of_minimum: Fraction | None
    of_target: Fraction | None


def goal_to_week(year_goal: Fraction | int, week: int) -> Fraction:
    """The part of a year's goal that is due by the end of a week: the year's x k / 52."""
    return Fraction(year_goal) * min(week, WEEKS) / WEEKS


def year_goal(schedule: Schedule, measure: str) -> Fraction:
    """A schedule's goal for the year: counts rounded up as they are shown, money in cents."""
    goals = {
        "sales_calls": Fraction(schedule.sales_calls),
        "proposals": Fraction(schedule.proposals),
        "sales": Fraction(schedule.sales),
        "premium": schedule.premium,
        "commission": schedule.new_commission,
    }
    return goals[measure]


def standings(weeks: Sequence[Week], through: int, found: Schedules) -> tuple[Standing, ...]:
    """Year to date through week `through`, each measure against minimum and target (metrics.md 6)."""
    counted = [week.figures for week in weeks if week.number <= through]
    result = []
    for measure in MEASURES:
        actual = sum(_amount(figures, measure) for figures in counted)
        minimum = goal_to_week(year_goal(found.minimum, measure), through)
        target = goal_to_week(year_goal(found.target, measure), through)
        result.append(Standing(measure, actual, minimum, target, ratio(actual, minimum), ratio(actual, target)))
    return tuple(result)


def _amount(figures: WeekFigures, measure: str) -> int:
    amount: int = getattr(figures, measure) or 0
    return amount + (figures.fees or 0) if measure == "commission" else amount


@dataclass(frozen=True, slots=True)
class DaySales:
    """What was bound on a day: new and renewal commission in cents."""

    day: date
    new: int
    renewal: int


def revenue_by_day(
    sales: Iterable[DaySales], weeks: Iterable[tuple[Period, Week]], today: date
) -> list[tuple[date, int]]:
    """The year's commissions and fees as (day, cents), typed weeks over imported days.

    A typed commission stands over the week's new one, renewals stay. What was typed has no day of its own: it counts on
    the week's last, or today while the week lasts.
    """
    begun = [(span, week) for span, week in weeks if span.start <= today]
    typed = [span for span, week in begun if "commission" in week.typed]
    found = [
        (one.day, one.renewal + (0 if any(span.contains(one.day) for span in typed) else one.new)) for one in sales
    ]
    for span, week in begun:
        commission = week.figures.commission if "commission" in week.typed else 0
        found.append((min(span.end, today), (commission or 0) + (week.figures.fees or 0)))
    return sorted((day, amount) for day, amount in found if amount)


def base_reached(commissions: Iterable[tuple[date, int]], base: Fraction) -> date | None:
    """The day on which the year's commissions (day, cents), new and renewal, reach the base; None while they do not."""
    running = 0
    for day, amount in sorted(commissions):
        running += amount
        if running >= base:
            return day
    return None
