"""Sheets of the drawer behind the revenue table: the policies of a book, and the four costs part by part.

Knows the service's rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.earnings import BookPolicy, CostPart
from desktop.services.revenue import RevenueFigure
from desktop.views import theme
from desktop.views.pages.money.parts import say
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.widgets.labels import Label


class RowsSheet(QWidget):
    """What a figure means, how this one came about, and the rows behind it."""

    def __init__(
        self, meaning: str, formula: str, columns: Sequence[Column], rows: Sequence[object], name: str
    ) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addWidget(Label(meaning, tone="quiet", wrap=True))
        for text in formula.split("\n"):
            lines.addWidget(Label(text, strong=True, wrap=True))
        model = RecordTableModel(columns)
        self.view = RecordTableView(model, name)
        model.setParent(self.view)
        self.view.setAccessibleName(say("What the figure is made of"))
        model.set_rows(list(rows))
        lines.addWidget(FilteredTable(self.view), 1)
        self.setFocusProxy(self.view)


def book_sheet(row: RevenueFigure, rows: Sequence[BookPolicy]) -> RowsSheet:
    """The policies behind *total book*."""
    columns = [
        Column("policy", say("Policy"), Kind.TEXT, lambda one: one.policy, width=150),
        Column("line", say("Line"), Kind.TEXT, lambda one: one.line, width=140),
        Column("premium", say("Premium"), Kind.MONEY_EXACT, lambda one: one.premium),
    ]
    total = formats.money_exact(sum(one.premium for one in rows))
    formula = say("{count} policies, {total} annual premium").format(count=formats.count(len(rows)), total=total)
    meaning = say("Annual premium of the policies in force on the last day, after shares.")
    return RowsSheet(meaning, formula, columns, rows, "revenue.book")


def cost_sheet(row: RevenueFigure, parts: Sequence[CostPart]) -> RowsSheet:
    """How a producer's cost arises, and what is left of the revenue."""
    columns = [
        Column("start", say("From"), Kind.DATE, lambda one: one.start),
        Column("end", say("To"), Kind.DATE, lambda one: one.end),
        Column("days", say("Days employed"), Kind.COUNT, lambda one: one.days),
        Column("salary", say("Salary"), Kind.MONEY_EXACT, lambda one: one.salary_part,
               tooltip=lambda one: _yearly(one.salary, one.days)),
        Column("benefits", say("Benefits"), Kind.MONEY_EXACT, lambda one: one.benefits_part,
               tooltip=lambda one: _yearly(one.benefits, one.days)),
        Column("desk", say("Desk"), Kind.MONEY_EXACT, lambda one: one.desk_part,
               tooltip=lambda one: _yearly(one.desk, one.days)),
        Column("splits", say("Splits"), Kind.MONEY_EXACT, lambda one: one.splits_part,
               tooltip=lambda one: say("{new} of new and {renewal} of renewal commission").format(
                   new=formats.percent(one.new_split), renewal=formats.percent(one.renewal_split))),
    ]  # fmt: skip
    sums = (
        (say("salary"), row.salary),
        (say("benefits"), row.benefits),
        (say("desk"), row.desk),
        (say("splits"), row.splits),
    )
    cost = " + ".join(f"{name} {formats.money_exact(amount)}" for name, amount in sums)
    net = say("Revenue {revenue} − cost {cost} = {net}").format(
        revenue=formats.money_exact(row.revenue),
        cost=formats.money_exact(row.cost),
        net=formats.money_exact(row.net_contribution),
    )
    meaning = say(
        "Salary, benefits and desk by days employed / 365; splits of the commission by the pay on the day of binding."
        " A yearly amount × days / 365 is shown when the pointer rests on a part."
    )
    formula = f"{cost} = {formats.money_exact(row.cost)}\n{net}"
    return RowsSheet(meaning, formula, columns, parts, "revenue.cost")


def _yearly(amount: int, days: int) -> str:
    """`$62,000.00 × 121 / 365`."""
    return f"{formats.money_exact(amount)} × {days} / 365"
