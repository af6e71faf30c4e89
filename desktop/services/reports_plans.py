"""Effective production time on paper: hours, closing ratio, and what each effective hour must bring.

Takes what was typed (`--input`), else the producers' own data; computes nothing (metrics.md 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import ept, quantities
from desktop.core.documents import (
    Block,
    Column,
    Kind,
    Report,
    Row,
    Step,
    Table,
    Text,
    Waterfall,
)
from desktop.core.ept import ProductionTime
from desktop.core.findings import in_short
from desktop.services import dashboard as dashing
from desktop.services import reporting
from desktop.services.reporting import Asked

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.services.figures import Panel

_PLAN, _DUTY = "plan", "duty."
_COPY, _PRODUCERS = "copy", "producer"


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
    words = _dearest_hour([(panel.producer_name, time) for panel, (_goal, time) in rows])
    return reporting.report(book, "Effective production time", of, blocks, asked, finding=words)


def _dearest_hour(rows: Sequence[tuple[str, ProductionTime | None]]) -> str:
    """Who must bring the most in an effective hour."""
    rates = [(time.required_rate, name) for name, time in rows if time is not None and time.required_rate]
    if not rates:
        return "No effective hour is known: that takes a closing ratio, hours and a goal."
    rate, name = max(rates)
    most = "the most, " if len(rates) > 1 else ""
    return f"{in_short(name)} must bring {most}${float(rate) / 100:,.2f} of new commission in each effective hour."


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


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
