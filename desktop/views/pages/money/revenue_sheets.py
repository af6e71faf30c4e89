"""Sheets of the drawer behind the revenue table: terms with their commission, a book's policies, the four costs.

Knows the service's rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.earnings import BookPolicy, CostPart, MultipleOn
from desktop.services.found_records import FoundRecord
from desktop.services.revenue import RevenueFigure
from desktop.views import theme
from desktop.views.dialogs.records import origin_words
from desktop.views.pages.money.parts import say
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label


class RowsSheet(QWidget):
    """What a figure means, how this one came about, and the rows behind it."""

    row_opened = Signal(object)
    export_asked = Signal(object, str)

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
        self.view.row_activated.connect(self.row_opened)
        self.view.export_asked.connect(lambda: self.export_asked.emit(self.view, name.replace(".", "-")))
        lines.addWidget(FilteredTable(self.view), 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.export = Button(say("Export…"), icon="export")
        self.export.clicked.connect(lambda: self.export_asked.emit(self.view, name.replace(".", "-")))
        foot.addWidget(self.export)
        lines.addLayout(foot)
        self.setFocusProxy(self.view)


def book_sheet(row: RevenueFigure, rows: Sequence[BookPolicy]) -> RowsSheet:
    """The policies behind *total book*."""
    columns = [
        Column("policy", say("Policy"), Kind.TEXT, lambda one: one.policy, width=150),
        Column("line", say("Line"), Kind.TEXT, lambda one: one.line, width=140),
        Column("premium", say("Premium"), Kind.MONEY_EXACT, lambda one: one.premium),
    ]
    total = formats.money_exact(sum(one.premium for one in rows))
    policies = formats.counted(len(rows), say("policy"), say("policies"))
    formula = say("{policies}, {total} annual premium").format(policies=policies, total=total)
    meaning = say("Annual premium of the policies in force on the last day, after shares.")
    return RowsSheet(meaning, formula, columns, rows, "revenue.book")


def cost_total_sheet(total: RevenueFigure, rows: Sequence[RevenueFigure]) -> RowsSheet:
    """How the costs of all arise: the four of each producer, and what is left of the revenue."""
    keys = (
        ("revenue", say("Revenue")), ("salary", say("Salary")), ("benefits", say("Benefits")),
        ("splits", say("Splits")), ("desk", say("Desk")), ("cost", say("Cost")), ("net_contribution", say("Net")),
    )  # fmt: skip
    columns = [
        Column("producer", say("Producer"), Kind.TEXT, lambda one: one.producer_name, width=120),
        *(
            Column(key, title, Kind.MONEY_EXACT, lambda one, key=key: getattr(one, key))  # type: ignore[misc]
            for key, title in keys
        ),
    ]
    meaning = say("The sums over all producers as the table shows them. The four costs of one open from their own row.")
    return RowsSheet(meaning, _cost_formula(total), columns, rows, "revenue.costs")


def multiple_sheet(row: RevenueFigure, found: Sequence[MultipleOn], crossing: str) -> RowsSheet:
    """How a multiple arises, month-end by month-end, and where its trend leads."""
    columns = [
        Column("day", say("Twelve months to"), Kind.DATE, lambda one: one.day),
        Column("revenue", say("Revenue"), Kind.MONEY_EXACT, lambda one: one.revenue),
        Column("cost", say("Cost"), Kind.MONEY_EXACT, lambda one: one.cost),
        Column("multiple", say("Multiple"), Kind.COUNT, lambda one: one.multiple, text=_times,
               why=lambda _: say("No cost is known.")),
    ]  # fmt: skip
    now = found[-1]
    formula = say("{revenue} revenue / {cost} cost = {multiple}").format(
        revenue=formats.money_exact(now.revenue), cost=formats.money_exact(now.cost), multiple=_times(now)
    )
    if row.months_employed is not None:
        months = formats.counted(row.months_employed, say("month"), say("months"))
        formula += "\n" + say("{months} employed; 3×: {crossing}").format(months=months, crossing=crossing)
    meaning = say(
        "Revenue / cost of the twelve months that end on a day. The straight line that lies closest to the last six"
        " month-ends says when 3× is reached; 3× is due between the 18th and the 24th month after hire."
    )
    return RowsSheet(meaning, formula, columns, found, "revenue.multiple")


def _times(one: MultipleOn) -> str:
    return formats.EM_DASH if one.multiple is None else f"{one.multiple:.2f}×"


@dataclass(frozen=True, slots=True)
class CostLine:
    """One of the four costs over a stretch of days: how it arises, and what it comes to in cents."""

    name: str
    how: str
    amount: int
    start: date
    end: date


def cost_sheet(row: RevenueFigure, parts: Sequence[CostPart]) -> RowsSheet:
    """How a producer's cost arises, and what is left of the revenue."""
    columns = [
        Column("name", say("Cost"), Kind.TEXT, lambda one: one.name, width=76),
        Column("how", say("How it arises"), Kind.TEXT, lambda one: one.how, width=240, tooltip=lambda one: one.how),
        Column("amount", say("Amount"), Kind.MONEY_EXACT, lambda one: one.amount),
        Column("start", say("From"), Kind.DATE, lambda one: one.start),
        Column("end", say("To"), Kind.DATE, lambda one: one.end),
    ]
    meaning = say(
        "Salary, benefits and desk by days employed / 365; splits of the agency's new and renewal commission by the pay"
        " on the day of binding."
    )
    lines = [line for part in parts for line in _lines(part)]
    return RowsSheet(meaning, _cost_formula(row), columns, lines, "revenue.cost")


def _cost_formula(row: RevenueFigure) -> str:
    """The four costs as their sum, and what they leave of the revenue."""
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
    return f"{cost} = {formats.money_exact(row.cost)}\n{net}"


def _lines(part: CostPart) -> list[CostLine]:
    fixed = (
        (say("Salary"), part.salary, part.salary_part),
        (say("Benefits"), part.benefits, part.benefits_part),
        (say("Desk"), part.desk, part.desk_part),
    )
    found = [CostLine(name, _yearly(year, part.days), amount, part.start, part.end) for name, year, amount in fixed]
    splits = say("{new} × {new_commission} + {renewal} × {renewal_commission}").format(
        new=formats.percent(part.new_split),
        new_commission=formats.money_exact(part.new_commission),
        renewal=formats.percent(part.renewal_split),
        renewal_commission=formats.money_exact(part.renewal_commission),
    )
    return [*found, CostLine(say("Splits"), splits, part.splits_part, part.start, part.end)]


def _yearly(amount: int, days: int) -> str:
    """`$62,000.00 × 121 / 365`."""
    return f"{formats.money_exact(amount)} × {days} / 365"


def terms_sheet(meaning: str, formula: str, found: Sequence[FoundRecord]) -> RowsSheet:
    """The terms behind premium or revenue, each with how its commission arises, and the file and line it came from."""
    columns = [
        Column("what", say("What"), Kind.TEXT, lambda one: one.subject, width=110, tooltip=lambda one: one.subject),
        Column("how", say("How its commission arises"), Kind.TEXT, lambda one: one.detail, width=206,
               tooltip=lambda one: one.detail),
        Column("amount", say("Amount"), Kind.MONEY_EXACT, lambda one: one.amount),
        Column("at", say("Bound on"), Kind.DATE, lambda one: date.fromisoformat(one.at[:10])),
        Column("who", say("Who"), Kind.TEXT, lambda one: one.producer_name or say("Unassigned")),
        Column("file", say("From"), Kind.TEXT,
               lambda one: origin_words(one.file, one.sheet, one.line, one.entered), width=180),
    ]  # fmt: skip
    return RowsSheet(meaning, formula, columns, found, "revenue.terms")
