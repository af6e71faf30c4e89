"""Producer validation on paper: minimum and target schedule of a compensation plan, and the new producer's three years.

Takes what was typed (`--input`), else each producer's plan as it stands over their data; computes nothing
(metrics.md 6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import quantities, validation
from desktop.core.documents import Block, Column, Fact, Facts, Heading, Kind, PageBreak, Report, Row, Table, Text
from desktop.core.findings import counted, dollars, listed
from desktop.core.validation import PlanKind, Schedules, Verdict
from desktop.errors import UserError
from desktop.services import planning, plans, reporting, validating
from desktop.services.plans import Track, ValidationPlan
from desktop.services.reporting import Asked
from desktop.services.validation_given import NEWPRODUCER

if TYPE_CHECKING:
    from desktop.models.book import Book

_PLAN = "plan"
_COPY, _PRODUCERS = "copy", "producer"
_DEFAULT, _TAKEN = "default", "Taken from (the others stand at their defaults)"
_HOW = "Give pay and splits on the page People, type the plan on the page Validation, or add --input KEY=VALUE"


def validation_schedules(book: Book, asked: Asked) -> Report:
    """Minimum and target schedule of a compensation plan, from inputs by the names of the command `validation`."""
    if asked.pay_hidden:
        raise UserError("Pay is hidden, and this report is about nothing else.", "Show pay first.")
    if asked.inputs.get(_PLAN) == NEWPRODUCER:
        return _three_years(book, asked)
    if not asked.inputs.keys() - {_PLAN, _COPY}:
        return _as_they_stand(book, asked)
    track = None if asked.producer is None else plans.track(book, asked.producer, asked.as_of)
    found = validated(asked.inputs, track)
    if asked.inputs.get(_COPY) == _PRODUCERS:
        return _producers_copy(book, asked, found)
    sources = dict.fromkeys(found.values, "typed, or by default") | dict.fromkeys(found.prefilled, "producer's data")
    whose = reporting.whose(book, asked.producer) if asked.producer is not None else "No producer named"
    return _report(book, asked, f"{_PLANS[found.plan]}  ·  {whose}", _schedules(found, sources), [("", found)])


def _report(
    book: Book, asked: Asked, of: str, blocks: Sequence[Block], plans_found: Sequence[tuple[str, ValidationPlan]]
) -> Report:
    words = _what_it_takes(plans_found)
    return reporting.report(book, "Producer validation", of, blocks, asked, finding=words)


def _what_it_takes(found: Sequence[tuple[str, ValidationPlan]]) -> str:
    """What one target takes and whether that is realistic, or whose is not."""
    if not found:
        return "No producer has a complete plan yet."
    if len(found) == 1:
        ((_name, one),) = found
        calls = f"{float(one.schedules.target.weekly.sales_calls):,.1f} sales calls a week"
        if one.reality is None or one.reality.verdict is None or one.reality.actual is None:
            return f"The target takes {dollars(float(one.schedules.target.new_commission))} new commission and {calls}."
        return f"The target takes {calls}; {float(one.reality.actual):,.1f} are made: {one.reality.verdict.value}."
    hard = [name for name, one in found if one.reality is not None and one.reality.verdict is Verdict.UNREALISTIC]
    if not hard:
        return f"No target of {counted(len(found), 'producer')} is unrealistic by the sales calls made."
    return f"Unrealistic by the sales calls made: {listed(hard)}."


def _schedules(found: ValidationPlan, sources: Mapping[str, str]) -> list[Block]:
    """Both schedules, the reality test, and where the inputs come from."""
    known = validation.inputs_of(found.plan)
    taken = [one for one in known if sources.get(one.key, _DEFAULT) != _DEFAULT]
    inputs = tuple(_input_row(one.key, one.label, found, sources) for one in taken)
    columns = (Column("Input"), Column("Value", Kind.NUMBER), Column("From"))
    return [
        Table(_SCHEDULE, _schedule_rows(found.schedules), title="What the compensation takes in a year"),
        Table(_SCHEDULE, _weekly_rows(found.schedules), title="In a week worked"),
        *_reality(found),
        Table(columns, inputs, title="Taken from" if len(taken) == len(known) else _TAKEN),
    ]


def _as_they_stand(book: Book, asked: Asked) -> Report:
    """The plan of the producer asked for, or of each on a page of their own, as kept in the book over their data."""
    from desktop.models import facts_people

    people = facts_people.people(book)
    chosen = [plans.find_person(people, asked.producer)] if asked.producer is not None else [
        person for person in people if person.produces_in(asked.period)
    ]  # fmt: skip
    found = [(person.name, *_standing(book, asked, person.code)) for person in chosen]
    complete = [(name, plan) for name, plan, _sources in found if plan is not None]
    if not complete and asked.producer is not None:
        raise _incomplete(book, asked.producer, asked)
    if asked.inputs.get(_COPY) == _PRODUCERS and asked.producer is not None:
        return _producers_copy(book, asked, complete[0][1])
    blocks: list[Block] = []
    for name, plan, sources in found:
        if plan is not None:
            if asked.producer is None:
                blocks += [PageBreak()] if blocks else []
                blocks.append(Heading(f"{name}: {_PLANS[plan.plan]}"))
            blocks += _schedules(plan, sources)
    if not complete:
        blocks.append(Text(f"{_HOW}. A plan takes desired and initial compensation, a renewal and a new rate."))
    missing = [name for name, plan, _sources in found if plan is None]
    if missing:
        blocks.append(Text(f"Without a complete plan: {', '.join(missing)}.", quiet=True))
    plan_words = f"{_PLANS[complete[0][1].plan]}  ·  " if asked.producer is not None else ""
    return _report(book, asked, f"{plan_words}{reporting.whose(book, asked.producer)}", blocks, complete)


def _standing(book: Book, asked: Asked, code: str) -> tuple[ValidationPlan | None, Mapping[str, str]]:
    """A producer's plan with what each input comes from; None where something is missing."""
    kept = [kind for kind in PlanKind if planning.inputs(book, kind.value, code)]
    kind = _kind(asked.inputs[_PLAN]) if _PLAN in asked.inputs else (kept or [PlanKind.NEWREN])[0]
    begun = validating.begin(book, kind.value, code, asked.as_of)
    result = validating.evaluate(kind.value, {**begun.given, **begun.typed}, begun)
    if result.schedules is None or result.values is None:
        return None, {}
    sources = {**begun.sources, **dict.fromkeys((key for key, text in begun.typed.items() if text.strip()), "typed")}
    return ValidationPlan(kind, result.values, (), result.schedules, result.reality), sources


def _incomplete(book: Book, producer: str, asked: Asked) -> UserError:
    """Which inputs are missing of the producer asked for, and how they are given."""
    kind = _kind(asked.inputs.get(_PLAN, PlanKind.NEWREN.value))
    begun = validating.begin(book, kind.value, producer, asked.as_of)
    errors = validating.evaluate(kind.value, {**begun.given, **begun.typed}, begun).errors
    return UserError(f"The plan of {reporting.whose(book, producer)} lacks {', '.join(errors)}.", f"{_HOW}.")


def _kind(name: str) -> PlanKind:
    if name not in {kind.value for kind in PlanKind}:
        raise UserError(f"There is no plan “{name}”.", "Name newren, basegrowth or newproducer.")
    return PlanKind(name)


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
    goal = found.schedules.target
    words = f"Your target: {dollars(float(goal.new_commission))} of new commission, {goal.sales:,} sales in the year."
    of = f"{_PLANS[found.plan]}  ·  {whose}"
    return reporting.report(book, "Target sales goal", of, blocks, asked, finding=words)


def _three_years(book: Book, asked: Asked) -> Report:
    """The three years of a new producer, with the month in which the agency has its money back."""
    typed = [pair for pair in asked.inputs.items() if pair[0] not in (_PLAN, _COPY)]
    track = None if asked.producer is None else plans.track(book, asked.producer, asked.as_of)
    found = plans.validate_newproducer(typed, track).sponsorship
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
        Table((Column("Month"), Column("Put in", money), Column("In all", money)), months, title="Month by month"),
    ]
    whose = reporting.whose(book, asked.producer) if asked.producer is not None else "No producer named"
    return reporting.report(book, "Producer validation", f"New producer  ·  {whose}", blocks, asked, finding=told)


_PLANS = {PlanKind.NEWREN: "New and renewal", PlanKind.BASEGROWTH: "Base and growth"}
_SCHEDULE = (Column("Measure"), Column("Minimum", Kind.NUMBER), Column("Target", Kind.NUMBER))


def validated(inputs: Mapping[str, str], track: Track | None) -> ValidationPlan:
    """The plan of typed inputs over a producer's past; UserError for what cannot be, or is missing."""
    kind = _kind(inputs.get(_PLAN, PlanKind.NEWREN.value))
    return plans.validate(kind, [pair for pair in inputs.items() if pair[0] not in (_PLAN, _COPY)], track)


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
        cells("Sales calls", "sales_calls", Kind.TENTH),
        cells("Proposals", "proposals", Kind.TENTH),
        cells("Sales", "sales", Kind.TENTH),
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
                Fact("Sales calls needed a week", round(float(reality.needed), 1), Kind.TENTH),
                Fact("Made a week, last 26 weeks", _tenth(reality.actual), Kind.TENTH),
                Fact("Verdict", verdict or "—"),
            ),
            title="Reality test",
        )
    ]


def _input_row(key: str, label: str, found: ValidationPlan, sources: Mapping[str, str]) -> Row:
    unit = validation.INPUTS[key].unit
    kind = {quantities.Unit.MONEY: Kind.MONEY_EXACT, quantities.Unit.RATE: Kind.PERCENT}.get(unit, Kind.NUMBER)
    name = label.removeprefix("The ")
    return Row(
        (name[:1].upper() + name[1:], float(found.values[key]), sources[key]), kinds=(Kind.TEXT, kind, Kind.TEXT)
    )


def _tenth(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 1)
