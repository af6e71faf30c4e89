"""The year's two management reports on paper: 26 weeks of a producer, against the plan where there is one.

Takes the weeks as they are tracked; computes nothing (metrics.md 6, *Tracking*).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import validation_tracking
from desktop.core.documents import (
    Block,
    Column,
    Heading,
    Kind,
    Lines,
    PageBreak,
    Report,
    Row,
    Series,
    Table,
    Text,
)
from desktop.core.findings import counted, dollars, listed, percent
from desktop.core.periods import iso_week
from desktop.core.scorecard import short_date
from desktop.core.validation import Schedules
from desktop.core.validation_tracking import HALF, Standing, Week, goal_to_week
from desktop.services import plans, reporting
from desktop.services.reporting import Asked
from desktop.services.reports_validation import validated

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.services.tracking import YearTrack

_MEASURES = {
    "sales_calls": ("Sales calls", Kind.COUNT),
    "proposals": ("Proposals", Kind.COUNT),
    "sales": ("Sales", Kind.COUNT),
    "premium": ("Annualized premium", Kind.MONEY),
    "commission": ("Commission and fees", Kind.MONEY),
}
_WEEKLY = {**_MEASURES, "commission": ("Commission", Kind.MONEY), "fees": ("Fees", Kind.MONEY)}


def first_half(book: Book, asked: Asked) -> Report:
    """Management report 1: weeks 1 to 26."""
    return _management(book, asked, 1)


def second_half(book: Book, asked: Asked) -> Report:
    """Management report 2: weeks 27 to 52."""
    return _management(book, asked, 2)


def _management(book: Book, asked: Asked, half: int) -> Report:
    """The half-year's weeks of a producer, or of each on a page of their own; against the plan where one is typed."""
    from desktop.models import facts_people

    codes = [asked.producer] if asked.producer is not None else [
        person.code for person in facts_people.people(book) if person.produces_in(asked.period)
    ]  # fmt: skip
    from desktop.services import tracking

    year = asked.period.end.year
    found = [
        _half_year(book, asked, tracking.year_track(book, code, year, asked.as_of), half) for code in codes
    ]  # fmt: skip
    blocks: list[Block] = []
    for one in found:
        blocks += [PageBreak()] if blocks else []
        blocks += one.blocks
    weeks = "1 to 26" if half == 1 else "27 to 52"
    of = f"{year}, weeks {weeks}  ·  {reporting.whose(book, asked.producer)}"
    words = _what_came(found, weeks)
    return reporting.report(book, f"Management report {half}", of, blocks, asked, finding=words)


@dataclass(frozen=True, slots=True)
class _Half:
    """A producer's half-year: its blocks, the sums of its weeks, and sales calls against the minimum until now."""

    name: str
    blocks: tuple[Block, ...]
    sales: int
    commission: int
    of_minimum: Fraction | None


def _what_came(found: Sequence[_Half], weeks: str) -> str:
    """Sales and commission of the half-year; how one stands against the minimum, or who lies under it."""
    if not found:
        return "Nobody was employed as a producer in the period."
    sales, commission = sum(one.sales for one in found), sum(one.commission for one in found)
    came = f"{counted(sales, 'sale')} and {dollars(commission)} of commission in weeks {weeks}"
    if len(found) == 1:
        share = found[0].of_minimum
        return f"{came}." if share is None else f"{came}; sales calls at {percent(float(share))} of the minimum."
    short = [one.name for one in found if one.of_minimum is not None and one.of_minimum < 1]
    verb = "makes" if len(short) == 1 else "make"
    return f"{came}; {listed(short)} {verb} fewer sales calls than the minimum takes." if short else f"{came}."


def _half_year(book: Book, asked: Asked, found: YearTrack, half: int) -> _Half:
    if asked.pay_hidden:
        found = found.without_plan()
    weeks = [one.week for one in found.weeks]
    shown = [week for week in weeks if week.half == half]
    heading = [Heading(reporting.whose(book, found.producer))] if asked.producer is None else []
    blocks: list[Block] = [*heading, _weeks_table(shown, found.year)]
    schedules = None if asked.pay_hidden else _planned(book, asked, found.producer) or found.schedules
    of_minimum = None
    if schedules is not None:
        through = _through(asked, found.year, half)
        standings = validation_tracking.standings(weeks, through, schedules)
        of_minimum = next((one.of_minimum for one in standings if one.measure == "sales_calls"), None)
        blocks += [_standings(standings, through), _window(found, schedules)]
    blocks += [Text(words) for words in _told(found)]
    if asked.pay_hidden:
        blocks.append(Text("Goals follow from pay, which is hidden.", quiet=True))
    return _Half(found.producer_name, tuple(blocks), *_sums(shown), of_minimum)


def _sums(weeks: Sequence[Week]) -> tuple[int, int]:
    return (
        sum(int(week.figures.sales or 0) for week in weeks), sum(int(week.figures.commission or 0) for week in weeks)
    )  # fmt: skip


def _planned(book: Book, asked: Asked, code: str) -> Schedules | None:
    if not asked.inputs:
        return None
    return validated(asked.inputs, plans.track(book, code, asked.as_of)).schedules


def _through(asked: Asked, year: int, half: int) -> int:
    """The last week of the half that has begun by `as_of`."""
    begun = sum(1 for number in range(1, 53) if iso_week(f"{year}-W{number:02d}").start <= asked.as_of.date())
    return min(begun, HALF if half == 1 else 2 * HALF)


def _weeks_table(weeks: Sequence[Week], year: int) -> Table:
    columns = (Column("Week"), Column("From", Kind.DATE), *(Column(*one) for one in _WEEKLY.values()))
    rows = tuple(
        Row(
            (
                f"{week.number}",
                iso_week(f"{year}-W{week.number:02d}").start,
                *(getattr(week.figures, measure) for measure in _WEEKLY),
            )
        )
        for week in weeks
    )
    sums = tuple(sum(getattr(week.figures, measure) or 0 for week in weeks) for measure in _WEEKLY)
    return Table(columns, rows, (Row(("TOTAL", "", *sums), kinds=_total_kinds()),))


def _total_kinds() -> tuple[Kind, ...]:
    return (Kind.TEXT, Kind.TEXT, *(kind for _, kind in _WEEKLY.values()))


def _standings(standings: Sequence[Standing], through: int) -> Table:
    columns = (
        Column("Year to date"),
        Column("Actual", Kind.NUMBER),
        Column("Minimum by now", Kind.NUMBER),
        Column("% of minimum", Kind.PERCENT),
        Column("Target by now", Kind.NUMBER),
        Column("% of target", Kind.PERCENT),
    )
    rows = []
    for one in standings:
        label, kind = _MEASURES[one.measure]
        cells = (
            label, one.actual, float(one.minimum), _number(one.of_minimum), float(one.target), _number(one.of_target)
        )  # fmt: skip
        rows.append(Row(cells, kinds=(Kind.TEXT, kind, kind, Kind.PERCENT, kind, Kind.PERCENT)))
    return Table(columns, tuple(rows), title=f"Through week {through}")


def _window(found: YearTrack, schedules: Schedules) -> Lines:
    """Cumulative commission between what minimum and target ask by each week."""
    weeks = range(1, len(found.weeks) + 1)

    def goal(name: str, year: Fraction) -> Series:
        return Series(name, tuple(float(goal_to_week(year, week)) for week in weeks))

    return Lines(
        f"Commission and fees through week {found.through}, between minimum and target",
        tuple(f"{week}" for week in weeks),
        (
            Series("Actual", found.cumulative()),
            goal("Minimum", schedules.minimum.new_commission),
            goal("Target", schedules.target.new_commission),
        ),
        Kind.MONEY,
    )


def _told(found: YearTrack) -> list[str]:
    """The lag rule, and the day on which the base was reached, as sentences."""
    words = []
    if found.lag is not None:
        verdict = "Lagging" if found.lag.fired else "No lag"
        words.append(
            f"{verdict}: {found.lag.weeks_under} of the last 6 weeks had fewer than the minimum's"
            f" {float(found.lag.minimum):,.1f} sales calls; 4 make a lag."
        )
    if found.base is not None:
        reached = f"was reached on {short_date(found.base_on)}" if found.base_on is not None else "is not reached yet"
        words.append(
            f"The base of {dollars(round(found.base))} {reached};"
            f" {dollars(found.next_base)} so far this year become next year's base."
        )
    return words


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
