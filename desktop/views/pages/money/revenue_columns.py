"""The columns of the revenue table and of the investments, and what each figure means.

Knows the services' rows; pay is veiled by whoever shows them.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.services.earnings import Invested
from desktop.services.revenue import RevenueFigure
from desktop.views.pages.money import benchmark, words
from desktop.views.pages.money.parts import say
from desktop.views.tables import Column, Kind, formats
from desktop.views.theme import Status

MEANINGS = {
    "new_premium": "Annual premium of the new policies bound in the year to date, after shares.",
    "renewal_premium": "Annual premium of renewals and rewrites bound in the year to date, after shares.",
    "revenue": "Agency commission on new and renewal terms: as stated, else premium × rate, rounded per policy.",
    "commission_rate": "The effective rate: revenue / (new + renewal premium).",
    "total_book": "Annual premium of the policies in force on the last day, after shares.",
    "salary": "The yearly salary of its time × days employed / 365.",
    "benefits": "The yearly benefits of their time × days employed / 365.",
    "desk": "The yearly desk cost of its time × days employed / 365.",
    "splits": "New commission × the new split + renewal commission × the renewal split, as on the day of binding.",
    "multiple": "Revenue / cost of the twelve months that end on the last day.",
    "months": "Whole months from the day of hire to the last day, or to the day of leaving.",
    "benchmark": "3× is due between the 18th and the 24th month after hire.",
    "crosses_on": "The month in which the straight line through the last six month-ends reaches 3×.",
}


def revenue_columns() -> list[Column]:
    """The table; costs, months and status can be brought in from the column menu."""
    money = [
        ("new_premium", say("New premium")),
        ("renewal_premium", say("Renewal premium")),
        ("total_book", say("Total book")),
    ]
    costs = [("salary", say("Salary")), ("benefits", say("Benefits")), ("splits", say("Splits")), ("desk", say("Desk"))]
    return [
        Column("producer", say("Producer"), Kind.TEXT, lambda row: row.producer_name, width=150),
        *(_money(key, title) for key, title in money),
        Column("commission_rate", say("Rate"), Kind.PERCENT, lambda row: row.commission_rate, tooltip=_rate_words,
               why=lambda _: say("No premium.")),
        Column("revenue", say("Revenue"), Kind.MONEY, lambda row: row.revenue,
               tooltip=lambda _: say("Agency commission on new and renewal terms: stated, else premium × rate.")),
        Column("cost", say("Cost"), Kind.MONEY, lambda row: row.cost, tooltip=_cost_words),
        *(_money(key, title, visible=False) for key, title in costs),
        Column("net_contribution", say("Net contribution"), Kind.MONEY, lambda row: row.net_contribution,
               tooltip=_net_words, status=lambda row: Status.BAD if row.net_contribution < 0 else Status.NONE),
        Column("multiple", say("Multiple"), Kind.COUNT, lambda row: row.multiple,
               text=lambda row: formats.EM_DASH if row.multiple is None else f"{row.multiple:.2f}×",
               tooltip=lambda row: "" if row.multiple is None else _meaning("multiple")(row),
               why=lambda _: say("No cost is known.")),
        Column("months", say("Months"), Kind.COUNT, lambda row: row.months_employed, visible=False,
               tooltip=lambda row: "" if row.months_employed is None else _meaning("months")(row),
               why=lambda _: say("No day of hire is known.")),
        Column("benchmark", say("3×"), Kind.TEXT, lambda row: row.benchmark, visible=False,
               tooltip=_meaning("benchmark"),
               text=lambda row: benchmark.status_words(row.benchmark) if row.benchmark else formats.EM_DASH),
        Column("crosses_on", say("3× by"), Kind.TEXT, lambda row: row.crosses_on, visible=False,
               tooltip=_meaning("crosses_on"),
               text=lambda row: words.month_of(row.crosses_on) if row.crosses_on else formats.EM_DASH),
    ]  # fmt: skip


def _rate_words(row: RevenueFigure) -> str:
    if row.commission_rate is None:
        return ""
    premium = formats.money(row.new_premium + row.renewal_premium)
    return say("{revenue} revenue / {premium} premium").format(revenue=formats.money(row.revenue), premium=premium)


def _cost_words(row: RevenueFigure) -> str:
    return say("salary {salary} + benefits {benefits} + splits {splits} + desk {desk}").format(
        salary=formats.money(row.salary),
        benefits=formats.money(row.benefits),
        splits=formats.money(row.splits),
        desk=formats.money(row.desk),
    )


def _net_words(row: RevenueFigure) -> str:
    return say("{revenue} revenue − {cost} cost").format(
        revenue=formats.money(row.revenue), cost=formats.money(row.cost)
    )


def _money(key: str, title: str, *, visible: bool = True) -> Column:
    return Column(key, title, Kind.MONEY, lambda row: getattr(row, key), visible=visible, tooltip=_meaning(key))


def _meaning(key: str) -> Callable[[RevenueFigure], str]:
    """What a figure is, and that it opens."""
    return lambda _row: say("{} Enter opens what it is made of.").format(say(MEANINGS[key]))


def investment_columns() -> list[Column]:
    """What each producer has cost so far."""
    return [
        Column("producer", say("Producer"), Kind.TEXT, _marked, width=140),
        Column("paid_back_month", say("Paid back in"), Kind.TEXT, _paid_back, width=104),
        Column("invested", say("Most laid out"), Kind.MONEY, lambda one: int(one.found.deepest)),
        Column("net_contribution", say("Now"), Kind.MONEY, _now,
               status=lambda one: Status.BAD if _now(one) < 0 else Status.NONE),
    ]  # fmt: skip


def _marked(one: Invested) -> str:
    return f"{one.name} *" if one.partial else one.name


def _now(one: Invested) -> int:
    return int(one.found.months[-1].running) if one.found.months else 0


def _paid_back(one: Invested) -> str:
    if one.found.paid_back is not None:
        return words.month_of(one.found.paid_back.start)
    return say("not yet") if one.found.deepest else say("never in debt")
