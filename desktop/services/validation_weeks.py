"""A producer's weeks as imported, for the management reports and the lag rule (metrics.md 6, *Tracking*, *Lag*).

No formula of its own, no SQL. Typed figures come from whoever shows the weeks (`core.validation_tracking.filled`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core import periods, validation
from desktop.core.periods import Period
from desktop.core.production import Tally
from desktop.core.validation import Lag, Schedules
from desktop.core.validation_tracking import WEEKS, WeekFigures
from desktop.models import facts, facts_people, facts_plans
from desktop.models.facts import Window
from desktop.services.plans import find_person

if TYPE_CHECKING:
    from desktop.models.book import Book


def imported_weeks(book: Book, producer: str, year: int, as_of: datetime) -> tuple[WeekFigures, ...]:
    """The producer's figures in the year's first 52 ISO weeks, as known at `as_of`.

    A figure is None in weeks not begun, and where nobody in the agency has a record of the kind. UserError for a code
    that nobody has.
    """
    first = periods.week_of(date(year, 1, 4))
    weeks = [periods.shift_weeks(first, number) for number in range(WEEKS)]
    return tuple(_figures(book, producer, weeks, as_of))


def lag(book: Book, producer: str, found: Schedules, as_of: datetime) -> Lag:
    """Whether the producer lags: the last six full weeks against the minimum's weekly sales calls."""
    weeks = periods.full_weeks_before(as_of, validation.LAG_WINDOW)
    calls = [week.sales_calls for week in _figures(book, producer, weeks, as_of)]
    return validation.validation_lag(calls, found.minimum.weekly.sales_calls)


def _figures(book: Book, producer: str, weeks: Sequence[Period], as_of: datetime) -> list[WeekFigures]:
    person = find_person(facts_people.people(book), producer)
    tallies = facts.tallies(book, [Window(week, as_of) for week in weeks])
    proposed = facts_plans.proposed_leads(book, weeks, as_of)
    tracked = any(proposed)
    return [
        _week(
            own=found.of(person.id),
            agency=found.agency(),
            proposals=_proposals(leads, person.id) if tracked else _known(found, person.id, "quotes"),
        )
        for found, leads in zip(tallies, proposed, strict=True)
    ]


def _proposals(leads: dict[int | None, int], producer: int) -> int | None:
    return leads.get(producer, 0) if leads else None


def _known(found: facts.Tallies, producer: int, metric: str) -> int | None:
    return found.of(producer).amount(metric) if found.agency().amount(metric) else None


def _week(own: Tally, agency: Tally, proposals: int | None) -> WeekFigures:
    sold = agency.policies_written > 0
    return WeekFigures(
        sales_calls=own.meetings_held if agency.meetings_held else None,
        proposals=proposals,
        sales=own.policies_written if sold else None,
        premium=own.new_premium if sold else None,
        commission=own.new_commission if sold else None,
    )
