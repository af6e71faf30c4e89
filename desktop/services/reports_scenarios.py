"""Saved scenarios of production time side by side, and types of accounts by worth, on paper.

Takes plans as they were typed, else the agency's own data; computes nothing (metrics.md 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.core import ept
from desktop.core.documents import Block, Column, Kind, Marked, Report, Row, Status, Table, Text
from desktop.core.findings import counted, in_short
from desktop.services import effort, planning, reporting
from desktop.services.discretion import HIDDEN
from desktop.services.effort import Effort
from desktop.services.reporting import Asked

if TYPE_CHECKING:
    from fractions import Fraction

    from desktop.core.ept import Worth
    from desktop.models.book import Book
    from desktop.services.planning import SavedPlan

_SCENARIOS = (
    Column("Scenario", wrap=True),
    Column("Whose"),
    Column("Other duties", Kind.NUMBER),
    Column("Closing ratio", Kind.PERCENT),
    Column("Effective hours", Kind.NUMBER),
    Column("Goal", Kind.MONEY),
    Column("Required per hour", Kind.MONEY_EXACT),
    Column("Cost of help", Kind.MONEY),
    Column("Net gain", Kind.MONEY),
)
_TYPES = (
    Column("Type of account"),
    Column("Sold", Kind.COUNT),
    Column("Premium", Kind.MONEY),
    Column("Rate", Kind.PERCENT),
    Column("Commission", Kind.MONEY_EXACT),
    Column("Break-even hours", Kind.NUMBER),
    Column("Hours it takes", Kind.NUMBER),
    Column("Smallest worth it", Kind.MONEY),
    Column("Brings per hour", Kind.MONEY_EXACT),
)


def scenarios(book: Book, asked: Asked) -> Report:
    """Every saved scenario of production time, or one producer's alone, the newest first."""
    found = [one for one in planning.scenarios(book, planning.EPT) if asked.producer in (None, one.producer)]
    rows = [(one, effort.evaluate(one.inputs)) for one in found]
    blocks: list[Block] = [
        Table(_SCENARIOS, tuple(_scenario(one, made, hidden=asked.pay_hidden) for one, made in rows))
    ]
    if not found:
        blocks = [Text("No scenario is saved yet: save the plan under a name on the page of production time.")]
    of = f"Side by side  ·  {reporting.whose(book, asked.producer)}"
    return reporting.report(
        book, "Scenarios of production time", of, blocks, asked, landscape=True, finding=_best(rows)
    )


def _best(rows: Sequence[tuple[SavedPlan, Effort]]) -> str:
    """Which scenario leaves the most effective hours."""
    known = [(made.outcome.effective, one.name) for one, made in rows if made.outcome is not None]
    if not known:
        return "No saved scenario says how many hours are effective."
    hours, name = max(known)
    return (
        f"{in_short(name)} leaves the most effective hours: {float(hours):,.0f}, of {counted(len(known), 'scenario')}."
    )


def _scenario(one: SavedPlan, found: Effort, *, hidden: bool) -> Row:
    name, whose, time, then = one.name, one.producer or "Agency", found.time, found.outcome
    if time is None or then is None:
        return Row((name, whose, *(None for _ in _SCENARIOS[2:])))
    help_cells: tuple[float | Marked | str | None, ...] = (HIDDEN, HIDDEN) if hidden else _help(found)
    return Row(
        (
            name,
            whose,
            float(then.other),
            float(then.closing_ratio),
            float(then.effective),
            _float(found.goal),
            _float(time.required_rate),
            *help_cells,
        ),
        kinds=(*(column.kind for column in _SCENARIOS[:-2]), Kind.TEXT, Kind.TEXT) if hidden else (),
    )


def _help(found: Effort) -> tuple[float | None, Marked | None]:
    """What the help of a scenario costs, and what it leaves."""
    if found.what_if is None:
        return None, None
    gain = found.what_if.net_gain
    marked = None if gain is None else Marked(float(gain), Status.GOOD if gain > 0 else Status.BAD)
    return float(found.what_if.cost), marked


def account_types(book: Book, asked: Asked) -> Report:
    """What sells by what an hour of it brings: the plan as typed, else as the data gives it, of one or the agency."""
    begin = effort.start(book, asked.producer, asked.as_of)
    found = effort.evaluate({**begin.given, **begin.typed}, begin)
    counts = {one.line: one.count for one in begin.types}
    blocks: list[Block] = [Table(_TYPES, tuple(_type(one, counts[one.account.name]) for one in found.types))]
    if found.time is None:
        blocks = [Text("The plan of production time lacks a figure or holds one that cannot be: mend it on its page.")]
    elif not found.types:
        blocks = [Text("No new policy of the last 365 days is on record.")]
    of = reporting.whose(book, asked.producer)
    return reporting.report(
        book, "Types of accounts by worth", of, blocks, asked, landscape=True, finding=_dearest(found.types)
    )


def _dearest(types: Sequence[Worth]) -> str:
    """Which type of account brings the most in an hour, and how many are not worth their hours."""
    known = [(one.per_hour, one.account.name) for one in types if one.per_hour is not None]
    short = sum(one.profitable is False for one in types)
    if not types:
        return "No type of account is known."
    if not known:
        return f"What an hour of {counted(len(types), 'type')} of account brings is not known."
    worth, name = max(known)
    verb = "is not worth its hours" if short == 1 else "are not worth their hours"
    lost = f"; {counted(short, 'type')} {verb}" if short else ""
    return f"{in_short(name)} brings the most in an hour, ${float(worth) / 100:,.2f}{lost}."


def _type(one: Worth, count: int) -> Row:
    account = one.account
    status = Status.NONE if one.profitable is None else Status.GOOD if one.profitable else Status.BAD
    per_hour = _float(one.per_hour)
    return Row(
        (
            account.name,
            count,
            float(account.premium),
            float(account.rate),
            float(one.commission),
            _float(one.break_even_hours),
            _float(account.hours),
            _float(ept.smallest(one)),
            None if per_hour is None else Marked(per_hour, status),
        )
    )


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
