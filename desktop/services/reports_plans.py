"""The plans on paper: effective production time, producer validation, and the year's two management reports.

Takes what was typed (`--input`), else the producer's own data; computes nothing (metrics.md 5 and 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import ept, quantities, validation, validation_tracking
from desktop.core.documents import (
    Block,
    Column,
    Fact,
    Facts,
    Heading,
    Kind,
    PageBreak,
    Report,
    Row,
    Step,
    Table,
    Text,
    Waterfall,
)
from desktop.core.ept import ProductionTime
from desktop.core.periods import iso_week
from desktop.core.validation import PlanKind, Schedules
from desktop.core.validation_tracking import HALF, MEASURES, Week
from desktop.errors import UserError
from desktop.services import dashboard as dashing
from desktop.services import plans, reporting
from desktop.services.plans import Track, ValidationPlan
from desktop.services.reporting import Asked
from desktop.services.validating import NEWPRODUCER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.models.book import Book
    from desktop.services.figures import Panel

_PLAN, _DUTY = "plan", "duty."
_COPY, _PRODUCERS = "copy", "producer"
_MEASURES = {
    "sales_calls": ("Sales calls", Kind.COUNT),
    "proposals": ("Proposals", Kind.COUNT),
    "sales": ("Sales", Kind.COUNT),
    "premium": ("Annualized premium", Kind.MONEY),
    "commission": ("Commission and fees", Kind.MONEY),
}


# --- effective production time ----------------------------------------------------------------------------------------


def effective_time(book: Book, asked: Asked) -> Report:
    """Each producer's effective hours and what one must bring, or one producer's alone.

    Inputs: `hours`, `duty.NAME`, `closing`, `goal`. What is not typed: 2,000 hours, no other duties, the true closing
    ratio of the period, and the year's target of new commission.
    """
    year = reporting.calendar_year(asked.period.end.year)
    found = dashing.dashboard(book, year, asked.as_of, asked.producer)
    panels = [panel for panel in found.producers if panel.has_targets and panel.producer is not None]
    if asked.producer is not None and not panels:
        panels = list(found.producers)
    rows = [(panel, _time_of(book, asked, panel)) for panel in panels]
    table = Table(_TIME, tuple(_time_row(panel, goal, time) for panel, (goal, time) in rows), note=_TIME_NOTE)
    blocks: list[Block] = [table]
    if asked.producer is not None:
        blocks += [_ladder(panel.producer_name, time) for panel, (_goal, time) in rows]
    of = f"{asked.period.end.year}  ·  {reporting.whose(book, asked.producer)}"
    return reporting.report(book, "Effective production time", of, blocks, asked)


_TIME = (
    Column("Producer"),
    Column("Available hours", Kind.NUMBER),
    Column("Other duties", Kind.NUMBER),
    Column("Production time", Kind.NUMBER),
    Column("Closing ratio", Kind.PERCENT),
    Column("Effective hours", Kind.NUMBER),
    Column("Goal in new commission", Kind.MONEY),
    Column("Required per hour", Kind.MONEY_EXACT),
)
_TIME_NOTE = (
    "Effective hours: (available hours - other duties) x closing ratio. Required per hour: goal / effective hours. The"
    " closing ratio is the true one of the period unless another was typed."
)


def _time_of(book: Book, asked: Asked, panel: Panel) -> tuple[Fraction | None, ProductionTime | None]:
    typed = asked.inputs
    duties = {
        key.removeprefix(_DUTY): quantities.read(ept.duty(key.removeprefix(_DUTY)), text)
        for key, text in typed.items()
        if key.startswith(_DUTY)
    }
    target = panel.metrics["new_commission"].target
    goal = quantities.read(ept.GOAL, typed["goal"]) if "goal" in typed else target
    closing = _closing(book, asked, panel)
    if closing is None:
        return None if goal is None else Fraction(goal), None
    hours = quantities.read(ept.AVAILABLE, typed["hours"]) if "hours" in typed else ept.AVAILABLE_BY_DEFAULT
    plan = ept.Plan(hours, duties, closing, Fraction(goal or 0))
    return None if goal is None else Fraction(goal), ept.production_time(plan)


def _closing(book: Book, asked: Asked, panel: Panel) -> Fraction | None:
    if "closing" in asked.inputs:
        return quantities.read(ept.CLOSING, asked.inputs["closing"])
    from desktop.services import retention

    found = retention.ratios(book, asked.period, asked.as_of, panel.producer).true_closing
    return None if not found.measure else Fraction(found.bound, found.measure)


def _time_row(panel: Panel, goal: Fraction | None, time: ProductionTime | None) -> Row:
    if time is None:
        return Row((panel.producer_name, None, None, None, None, None, None if goal is None else float(goal), None))
    return Row(
        (
            panel.producer_name,
            float(time.available),
            float(time.other),
            float(time.production),
            float(time.closing_ratio),
            float(time.effective),
            None if goal is None else float(goal),
            None if goal is None else _number(time.required_rate),
        )
    )


def _ladder(name: str, time: ProductionTime | None) -> Block:
    if time is None:
        return Text(f"{name}: no closing ratio, since no lead was both contacted and qualified in the period.")
    lost = time.production - time.effective
    return Waterfall(
        f"{name}: {float(time.effective):,.0f} effective hours of {float(time.available):,.0f}",
        (
            Step("Available hours", float(time.available), total=True),
            Step("Other duties", -float(time.other)),
            Step("Production time", float(time.production), total=True),
            Step(f"At a closing ratio of {float(time.closing_ratio):.1%}", -float(lost)),
            Step("Effective hours", float(time.effective), total=True),
        ),
        Kind.COUNT,
        repeats=True,
    )


# --- validation -------------------------------------------------------------------------------------------------------


def validation_schedules(book: Book, asked: Asked) -> Report:
    """Minimum and target schedule of a compensation plan, from inputs by the names of the command `validation`."""
    if asked.pay_hidden:
        raise UserError("Pay is hidden, and this report is about nothing else.", "Show pay first.")
    if asked.inputs.get(_PLAN) == NEWPRODUCER:
        return _three_years(book, asked)
    track = None if asked.producer is None else plans.track(book, asked.producer, asked.as_of)
    found = _validated(asked.inputs, track)
    if asked.inputs.get(_COPY) == _PRODUCERS:
        return _producers_copy(book, asked, found)
    inputs = tuple(_input_row(one.key, one.label, found) for one in validation.inputs_of(found.plan))
    blocks: list[Block] = [
        Table(_SCHEDULE, _schedule_rows(found.schedules), title="What the compensation takes in a year"),
        Table(_SCHEDULE, _weekly_rows(found.schedules), title="In a week worked"),
    ]
    if found.reality is not None:
        blocks += _reality(found)
    columns = (Column("Input"), Column("Value", Kind.NUMBER), Column("From"))
    blocks += [Heading("Taken from"), Table(columns, inputs)]
    whose = reporting.whose(book, asked.producer) if asked.producer is not None else "No producer named"
    return reporting.report(book, "Producer validation", f"{_PLANS[found.plan]}  ·  {whose}", blocks, asked)


def _producers_copy(book: Book, asked: Asked, found: ValidationPlan) -> Report:
    """What the producer gets: the target alone; the minimum stays with the manager."""

    def target_only(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(Row((row.cells[0], row.cells[2]), kinds=(row.kinds[0], row.kinds[2])) for row in rows)

    columns = (_SCHEDULE[0], _SCHEDULE[2])
    blocks: list[Block] = [
        Table(columns, target_only(_schedule_rows(found.schedules)), title="The year's target"),
        Table(columns, target_only(_weekly_rows(found.schedules)), title="In a week worked"),
    ]
    whose = reporting.whose(book, asked.producer) if asked.producer is not None else "No producer named"
    return reporting.report(book, "Target sales goal", f"{_PLANS[found.plan]}  ·  {whose}", blocks, asked)


def _three_years(book: Book, asked: Asked) -> Report:
    """The three years of a new producer, with the month in which the agency has its money back."""
    typed = [pair for pair in asked.inputs.items() if pair[0] not in (_PLAN, _COPY)]
    found = plans.validate_newproducer(typed)
    money = Kind.MONEY_EXACT
    columns = (
        Column("Year"), Column("New commission", money), Column("Renewals", money), Column("Earned", money),
        Column("Draw", money), Column("Validated"), Column("Invested", money),
    )  # fmt: skip
    rows = tuple(
        Row((f"{one.year}", float(one.new_commission), float(one.renewals), float(one.earned), float(one.draw),
             "yes" if one.validated else "no", float(one.invested)))
        for one in found.years
    )  # fmt: skip
    month = found.paid_back_month
    told = f"Paid back in month {month}." if month else "Not paid back within three years."
    months = tuple(Row((f"{one.month}", float(one.invested), float(one.running))) for one in found.months)
    blocks: list[Block] = [
        Table(columns, rows, title="Three years"),
        Text(told, strong=True),
        Table((Column("Month"), Column("Put in", money), Column("In all", money)), months, title="Month by month"),
    ]
    whose = reporting.whose(book, asked.producer) if asked.producer is not None else "No producer named"
    return reporting.report(book, "Producer validation", f"New producer  ·  {whose}", blocks, asked)


_PLANS = {PlanKind.NEWREN: "New and renewal", PlanKind.BASEGROWTH: "Base and growth"}
_SCHEDULE = (Column("Measure"), Column("Minimum", Kind.NUMBER), Column("Target", Kind.NUMBER))


def _validated(inputs: Mapping[str, str], track: Track | None) -> ValidationPlan:
    name = inputs.get(_PLAN, PlanKind.NEWREN.value)
    if name not in {kind.value for kind in PlanKind}:
        raise UserError(f"There is no plan “{name}”.", "Name newren or basegrowth.")
    return plans.validate(PlanKind(name), [pair for pair in inputs.items() if pair[0] not in (_PLAN, _COPY)], track)


def _schedule_rows(found: Schedules) -> tuple[Row, ...]:
    def both(label: str, kind: Kind, values: tuple[Fraction | int, Fraction | int]) -> Row:
        return Row((label, float(values[0]), float(values[1])), kinds=(Kind.TEXT, kind, kind))

    low, high = found.minimum, found.target
    return (
        both("Compensation", Kind.MONEY_EXACT, (low.compensation, high.compensation)),
        both("New commission", Kind.MONEY_EXACT, (low.new_commission, high.new_commission)),
        both("Total revenue", Kind.MONEY_EXACT, (low.total_revenue, high.total_revenue)),
        both("Sales", Kind.COUNT, (low.sales, high.sales)),
        both("Proposals", Kind.COUNT, (low.proposals, high.proposals)),
        both("Sales calls", Kind.COUNT, (low.sales_calls, high.sales_calls)),
    )


def _weekly_rows(found: Schedules) -> tuple[Row, ...]:
    def cells(label: str, key: str, kind: Kind) -> Row:
        values = (getattr(one.weekly, key) for one in (found.minimum, found.target))
        shown = tuple(round(float(value), 0 if kind is Kind.MONEY_EXACT else 1) for value in values)
        return Row((label, *shown), kinds=(Kind.TEXT, kind, kind))

    return (
        cells("Sales calls", "sales_calls", Kind.NUMBER),
        cells("Proposals", "proposals", Kind.NUMBER),
        cells("Sales", "sales", Kind.NUMBER),
        cells("Annualized premium", "premium", Kind.MONEY_EXACT),
        cells("Commission", "commission", Kind.MONEY_EXACT),
    )


def _reality(found: ValidationPlan) -> list[Block]:
    reality = found.reality
    if reality is None:
        return []
    verdict = None if reality.verdict is None else reality.verdict.value
    return [
        Facts(
            (
                Fact("Sales calls needed a week", round(float(reality.needed), 1), Kind.NUMBER),
                Fact("Made a week, last 26 weeks", _tenth(reality.actual), Kind.NUMBER),
                Fact("Verdict", verdict or "—"),
            ),
            title="Reality test",
        )
    ]


def _input_row(key: str, label: str, found: ValidationPlan) -> Row:
    unit = validation.INPUTS[key].unit
    kind = {quantities.Unit.MONEY: Kind.MONEY_EXACT, quantities.Unit.RATE: Kind.PERCENT}.get(unit, Kind.NUMBER)
    source = "the producer's data" if key in found.prefilled else "typed, or by default"
    return Row((label, float(found.values[key]), source), kinds=(Kind.TEXT, kind, Kind.TEXT))


# --- management reports -----------------------------------------------------------------------------------------------


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
    blocks: list[Block] = []
    for code in codes:
        blocks += [PageBreak()] if blocks else []
        blocks += _half_year(book, asked, code, half)
    year = asked.period.end.year
    weeks = "1 to 26" if half == 1 else "27 to 52"
    of = f"{year}, weeks {weeks}  ·  {reporting.whose(book, asked.producer)}"
    return reporting.report(book, f"Management report {half}", of, blocks, asked)


def _half_year(book: Book, asked: Asked, code: str, half: int) -> list[Block]:
    from desktop.services import tracking

    year = asked.period.end.year
    found = tracking.year_track(book, code, year, asked.as_of)
    weeks = [one.week for one in found.weeks]
    shown = [week for week in weeks if week.half == half]
    heading = [Heading(reporting.whose(book, code))] if asked.producer is None else []
    blocks: list[Block] = [*heading, _weeks_table(shown, year)]
    schedules = _planned(book, asked, code) or found.schedules
    if schedules is not None:
        through = _through(asked, year, half)
        blocks.append(_standings(weeks, through, schedules))
    return blocks


def _planned(book: Book, asked: Asked, code: str) -> Schedules | None:
    if not asked.inputs:
        return None
    return _validated(asked.inputs, plans.track(book, code, asked.as_of)).schedules


def _through(asked: Asked, year: int, half: int) -> int:
    """The last week of the half that has begun by `as_of`."""
    begun = sum(1 for number in range(1, 53) if iso_week(f"{year}-W{number:02d}").start <= asked.as_of.date())
    return min(begun, HALF if half == 1 else 2 * HALF)


def _weeks_table(weeks: Sequence[Week], year: int) -> Table:
    columns = (Column("Week"), Column("From", Kind.DATE), *(Column(*_MEASURES[one]) for one in MEASURES))
    rows = tuple(
        Row(
            (
                f"{week.number}",
                iso_week(f"{year}-W{week.number:02d}").start,
                *(getattr(week.figures, measure) for measure in MEASURES),
            )
        )
        for week in weeks
    )
    sums = tuple(sum(getattr(week.figures, measure) or 0 for week in weeks) for measure in MEASURES)
    return Table(columns, rows, (Row(("TOTAL", "", *sums), kinds=_total_kinds()),))


def _total_kinds() -> tuple[Kind, ...]:
    return (Kind.TEXT, Kind.TEXT, *(_MEASURES[one][1] for one in MEASURES))


def _standings(weeks: Sequence[Week], through: int, found: Schedules) -> Table:
    columns = (
        Column("Year to date"),
        Column("Actual", Kind.NUMBER),
        Column("Minimum by now", Kind.NUMBER),
        Column("% of minimum", Kind.PERCENT),
        Column("Target by now", Kind.NUMBER),
        Column("% of target", Kind.PERCENT),
    )
    rows = []
    for one in validation_tracking.standings(weeks, through, found):
        label, kind = _MEASURES[one.measure]
        cells = (
            label, one.actual, float(one.minimum), _number(one.of_minimum), float(one.target), _number(one.of_target)
        )  # fmt: skip
        rows.append(Row(cells, kinds=(Kind.TEXT, kind, kind, Kind.PERCENT, kind, Kind.PERCENT)))
    return Table(columns, tuple(rows), title=f"Through week {through}")


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _tenth(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 1)
