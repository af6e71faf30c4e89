"""The tables of the planner of production time, and how its hours and amounts are written. Knows no service."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from desktop.core.ept import ProductionTime, Worth, smallest
from desktop.core.money import half_up
from desktop.services.discretion import HIDDEN
from desktop.services.effort import Effort, Member
from desktop.services.planning import SavedPlan
from desktop.views import theme
from desktop.views.pages.plans.parts import say
from desktop.views.tables import Column, Kind, RecordTableModel, formats
from desktop.views.tables.hiding import veiled


def model_of(columns: list[Column]) -> RecordTableModel:
    """A model of these columns."""
    return RecordTableModel(columns)


def type_columns() -> list[Column]:
    """Account types by worth."""
    return [
        Column("line", say("Type of account"), Kind.TEXT, lambda row: row[0].account.name, width=160),
        Column("count", say("Sold"), Kind.COUNT, lambda row: row[1], width=50),
        Column("premium", say("Premium ($)"), Kind.MONEY,
               lambda row: half_up(row[0].account.premium), width=92),
        Column("rate", say("Rate"), Kind.PERCENT, lambda row: float(row[0].account.rate), width=58),
        Column("commission", say("Commission ($)"), Kind.MONEY_EXACT,
               lambda row: half_up(row[0].commission), width=112),
        Column("break_even", say("Break-even"), Kind.COUNT, lambda row: _float(row[0].break_even_hours),
               text=lambda row: duration_words(row[0].break_even_hours), width=86),
        Column("hours", say("Takes (h)"), Kind.COUNT, lambda row: _float(row[0].account.hours),
               help=say("Hours that one of them takes."),
               text=lambda row: hours_words(row[0].account.hours), width=78,
               why=lambda row: say("No policy to measure by.")),
        Column("minimum", say("Smallest ($)"), Kind.MONEY, _least, width=98,
               help=say("The smallest premium that pays for the hours."),
               why=lambda row: say("How many hours it takes is not known.")),
        Column("per_hour", say("Per hour ($)"), Kind.MONEY_EXACT,
               lambda row: None if row[0].per_hour is None else half_up(row[0].per_hour),
               status=lambda row: _status(row[0].profitable), width=100,
               why=lambda row: say("How many hours it takes is not known.")),
    ]  # fmt: skip


def _least(row: tuple[Worth, int]) -> int | None:
    least = smallest(row[0])
    return None if least is None else half_up(least)


def _status(profitable: bool | None) -> theme.Status:
    return theme.Status.NONE if profitable is None else theme.Status.GOOD if profitable else theme.Status.BAD


def _required(row: Member) -> int | None:
    rate = None if row.time is None else row.time.required_rate
    return None if rate is None else half_up(rate)


def team_columns() -> list[Column]:
    """The team, a producer to each row."""

    def hours(key: str, title: str) -> Column:
        return Column(
            key, title, Kind.COUNT, lambda row: None if row.time is None else float(getattr(row.time, key)),
            text=lambda row: "—" if row.time is None else hours_words(getattr(row.time, key)), width=108,
            why=lambda row: say("No closing ratio is on record, or the plan cannot be."),
        )  # fmt: skip

    return [
        Column("name", say("Producer"), Kind.TEXT, lambda row: row.producer_name, width=150),
        hours("available", say("Available hours")),
        hours("other", say("Other duties")),
        hours("production", say("Production")),
        Column("closing", say("Closing ratio"), Kind.PERCENT,
               lambda row: _float(None if row.time is None else row.time.closing_ratio), width=110),
        hours("effective", say("Effective hours")),
        Column("goal", say("Goal ($)"), Kind.MONEY,
               lambda row: None if row.goal is None else half_up(row.goal), width=110),
        Column("rate", say("Per hour ($)"), Kind.MONEY_EXACT,
               _required,
               width=110),
    ]  # fmt: skip


def scenario_columns(hides_pay: Callable[[], bool]) -> list[Column]:
    """Saved scenarios side by side; what the help costs, and what follows from it, only while pay may be seen."""

    def time(row: tuple[SavedPlan, Effort], key: str) -> float | None:
        found = row[1].time if key == "required_rate" else row[1].outcome
        return None if found is None else _float(getattr(found, key))

    return [
        Column("name", say("Scenario"), Kind.TEXT, lambda row: row[0].name, width=222),
        Column("whose", say("Producer"), Kind.TEXT, lambda row: row[0].producer or say("Agency"), width=100),
        Column("other", say("Other duties (h)"), Kind.COUNT, lambda row: time(row, "other"), width=118),
        Column("effective", say("Effective hours"), Kind.COUNT, lambda row: time(row, "effective"), width=118),
        Column("rate", say("Per hour ($)"), Kind.MONEY_EXACT,
               lambda row: None if (found := time(row, "required_rate")) is None else round(found), width=100),
        veiled(Column("help", say("Cost of help ($)"), Kind.MONEY,
               lambda row: None if row[1].what_if is None else half_up(row[1].what_if.cost), width=120,
               why=lambda row: say("No hour is handed over.")), hides_pay),
        veiled(Column("gain", say("Net gain ($)"), Kind.MONEY,
               lambda row: None if row[1].what_if is None or row[1].what_if.net_gain is None
               else half_up(row[1].what_if.net_gain), width=110, why=lambda row: say("No hour is handed over.")),
               hides_pay),
        Column("at", say("Saved"), Kind.TEXT, lambda row: row[0].at[:10], width=92),
    ]  # fmt: skip


def side_rows(
    before: ProductionTime, after: ProductionTime, goal: Fraction | None, commission: Fraction | None, cost: Fraction,
    *, hidden: bool,
) -> list[tuple[str, str, str]]:  # fmt: skip
    """Before and after a handover, line by line; while pay is `hidden` without what the help costs."""

    def money(value: Fraction | None) -> str:
        return formats.EM_DASH if value is None else formats.money(half_up(value))

    net = None if commission is None else commission - cost
    return [
        (say("Other duties"), hours_words(before.other), hours_words(after.other)),
        (say("Production time"), hours_words(before.production), hours_words(after.production)),
        (say("Effective hours"), hours_words(before.effective), hours_words(after.effective)),
        (say("New commission at the same rate"), money(goal), money(commission)),
        (say("Cost of the help"), money(Fraction(0)), HIDDEN if hidden else money(cost)),
        (say("Left after the cost"), money(goal), HIDDEN if hidden else money(net)),
    ]


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def number_of(text: str) -> float:
    """A typed number; 0 where it is none."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return 0.0


def hours_words(value: Fraction | None) -> str:
    """Hours with at most one decimal."""
    return formats.EM_DASH if value is None else f"{float(value):,.1f}".removesuffix(".0")


def duration_words(hours: Fraction | None) -> str:
    """Under an hour and a half in minutes, else in hours."""
    if hours is None:
        return formats.EM_DASH
    if hours < Fraction(3, 2):
        return say("{} minutes").format(f"{float(hours * 60):.0f}")
    return say("{} h").format(f"{float(hours):,.2f}".removesuffix(".00"))


def exact_words(cents: Fraction | None) -> str:
    """An amount to the cent."""
    return formats.EM_DASH if cents is None else formats.money_exact(half_up(cents))
