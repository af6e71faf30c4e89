"""The page of revenue per producer: the table with TOTAL, the 3x benchmark, the investment, industry measures, goals.

Wiring alone: figures come from the services; every number of the table opens what it is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from desktop.core import periods
from desktop.core.industry import Measure
from desktop.core.periods import Filter
from desktop.services import carrier_goals, discretion, earnings
from desktop.services.earnings import BookPolicy, CostPart, Invested, MultipleOn, RevenueReview
from desktop.services.found_records import UNASSIGNED, FoundRecord
from desktop.services.grids import Line, Outcome
from desktop.services.revenue import TOTAL_NAME, RevenueFigure
from desktop.views.charts import Bar, BarChart, LineChart, Series, Unit
from desktop.views.dialogs.drafting import keep_drafts
from desktop.views.pages.money import words
from desktop.views.pages.money.base import MoneyPage
from desktop.views.pages.money.benchmark import BenchmarkCard, crossing
from desktop.views.pages.money.goals import GoalsView
from desktop.views.pages.money.parts import ChartCard, Figure, TableCard, plain, say, side_by_side
from desktop.views.pages.money.revenue_columns import MEANINGS, investment_columns, revenue_columns
from desktop.views.pages.money.revenue_sheets import (
    RowsSheet,
    book_sheet,
    cost_sheet,
    cost_total_sheet,
    multiple_sheet,
    terms_sheet,
)
from desktop.views.tables import formats
from desktop.views.tables.hiding import discreet
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Card, Label

_COSTS = frozenset({"cost", "salary", "benefits", "splits", "desk", "net_contribution"})
_THREE_TIMES = frozenset({"multiple", "months", "benchmark", "crosses_on"})
_MOST_LINES = 8


class RevenuePage(MoneyPage):
    """Who pays for their desk."""

    key = "revenue"
    icon_name = "money"
    report = "revenue"
    shows_pay = True
    first_choice = Filter.YEAR_TO_DATE

    def __init__(self, context: PageContext) -> None:
        empty = EmptyState(
            "money",
            say("No revenue yet"),
            say("Import policies with premium and commission, and producers with their pay: each producer then shows"
                " what they bring and cost."),
            say("Import Exports"),
        )  # fmt: skip
        super().__init__(context, say("Revenue per Producer"), empty)
        self._found: RevenueReview | None = None
        self.rates_button = Button(say("Usual Rates…"), icon="settings")
        self.rates_button.setToolTip(say("Commission rates by carrier and line, where files state none"))
        self.rates_button.clicked.connect(lambda: self.page_requested.emit("settings", "carriers"))
        self.table = TableCard(
            "revenue", say("Year to date"), discreet(revenue_columns(), context.hides_pay), context.state, most=16
        )
        self.net = BarChart(unit=Unit.MONEY, heading=say("Producer"), measure=say("Net contribution"))
        self.three = BenchmarkCard()
        self.running = LineChart(unit=Unit.MONEY)
        self.investments = TableCard(
            "revenue.investment", say("What each producer has cost so far"),
            discreet(investment_columns(), context.hides_pay), context.state, most=16,
            none=say("Give producers a day of hire, and their investment shows here."),
        )  # fmt: skip
        self.measures = {name: Figure(title) for name, title in _measure_titles().items()}
        self.goals = GoalsView(context.state)
        self._veils: list[tuple[QStackedWidget, QLabel]] = []
        self.add_tab(self._table_view(), say("Producers"))
        self.add_tab(self._three_view(), say("Three times cost"))
        self.add_tab(self._industry_view(), say("Industry measures"))
        self.add_tab(self.goals, say("Carrier goals"))
        self._connect()

    # --- layout ------------------------------------------------------------------------------------------------------

    def _veiled(self, widget: QWidget) -> QStackedWidget:
        """A widget that gives way to a word while pay is hidden."""
        stack = QStackedWidget()
        card = Card()
        word = Label(say("Pay is hidden."), tone="quiet")
        word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.body.addWidget(word)
        stack.addWidget(widget)
        stack.addWidget(card)
        self._veils.append((stack, word))
        return stack

    def _table_view(self) -> QWidget:
        holder, lines = plain()
        self.table.head.insertWidget(1, self.rates_button)
        lines.addWidget(self.table)
        self.net_card = ChartCard(self.net)
        lines.addWidget(self._veiled(self.net_card))
        lines.addStretch(1)
        return holder

    def _three_view(self) -> QWidget:
        holder, lines = plain()
        lines.addWidget(self._veiled(self.three))
        self.running_card = ChartCard(self.running, least_height=240)
        lines.addLayout(side_by_side((self._veiled(self.running_card), 3), (self.investments, 2)))
        lines.addStretch(1)
        return holder

    def _industry_view(self) -> QWidget:
        holder, lines = plain()
        lines.addLayout(side_by_side(*((card, 1) for card in self.measures.values())))
        told = say("Twelve months through the last day known. The ranges are those published for good agencies.")
        lines.addWidget(Label(told, "caption", "quiet", wrap=True))
        lines.addStretch(1)
        return holder

    def _connect(self) -> None:
        self.table.cell_opened.connect(self._on_cell_opened)
        self.net.drilled.connect(lambda row: self.open_figure(row, "net_contribution"))
        self.goals.kept.connect(self.keep_goals)
        keep_drafts(self._context, self.goals.editor, lambda: f"goals of {self._year}")
        for card in (self.table, self.investments, self.goals.table):
            card.export_asked.connect(self.export_table)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The four views, and what is behind two numbers."""
        views: list[tuple[str, Callable[[], object]]] = [
            (f"{self.key}{name}", lambda at=at: self.tabs.setCurrentIndex(at))  # type: ignore[misc]
            for at, name in enumerate(("", "-3x", "-industry", "-goals"))
        ]
        if self.table.model.rowCount() == 0:
            return views
        row = self.table.model.row_at(0)
        return [
            *views,
            (f"{self.key}-behind", lambda: self._tour_behind(row, "revenue")),
            (f"{self.key}-cost", lambda: self._tour_behind(row, "cost")),
        ]

    def _tour_behind(self, row: RevenueFigure, key: str) -> None:
        self.tabs.setCurrentIndex(0)
        self.open_figure(row, key)

    def report_name(self) -> str:
        """Industry measures and goals print by themselves."""
        return {2: "industry-measures", 3: "carrier-goals"}.get(self.tabs.currentIndex(), self.report)

    # --- figures -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Asks for the year to date that ends with the period."""
        self._context.ask(
            earnings.review, self.period, self._context.now(),
            on_finished=self._on_read, label=say("Reading the revenue"),
        )  # fmt: skip
        self._context.ask(carrier_goals.lines, self._year, on_finished=self.goals.show_lines)
        self._context.ask(
            earnings.investments_through, self.period, self._context.now(), on_finished=self._on_invested_read
        )

    @property
    def _year(self) -> int:
        as_of = periods.default_as_of(self.period, self._context.now())
        return min(as_of, periods.end_of(self.period.end)).year

    def _on_read(self, found: RevenueReview) -> None:
        if found.found.period.end.year != self._year:
            return
        self._found = found
        self._show_table()
        self._show_veils()
        hidden = self._context.pay_hidden
        self.three.show_rows(() if hidden else found.found.rows)
        self._show_net(() if hidden else found.found.rows)
        for measure in found.measures:
            self._show_measure(measure)
        self.goals.show_goals(found.goals)
        self.show_filled(not found.empty)

    def _on_invested_read(self, found: Sequence[Invested]) -> None:
        chosen = self._chosen(found)
        places = {one.producer: at for at, one in enumerate(found)}
        self._show_running(() if self._context.pay_hidden else chosen, places)
        self.investments.set_rows(chosen)
        partial = say("* The book's records begin after the day of hire: what came before is not counted.")
        self.investments.set_note(partial if any(one.partial for one in chosen) else "")

    def _show_table(self) -> None:
        if self._found is None:
            return
        found = self._found.found
        picked = self.producers.producer
        rows = [row for row in found.rows if picked is None or (row.producer or "") == picked]
        self.table.set_rows(rows, totals=found.total if picked is None else None)
        through = formats.day(found.period.end)
        self.table.title.setText(say("{year} to date, through {day}").format(year=found.period.start.year, day=through))
        missing = len(found.without_commission)
        told = say("A click on any number, or Enter, opens what it is made of.")
        if missing:
            told = f"{_lacking(missing)} {told}"
        self.table.set_note(told)

    def _chosen(self, found: Sequence[Invested]) -> list[Invested]:
        picked = self.producers.producer
        return [one for one in found if picked is None or one.producer == picked]

    def _show_veils(self) -> None:
        for stack, _word in self._veils:
            stack.setCurrentIndex(int(self._context.pay_hidden))

    def _show_net(self, rows: Sequence[RevenueFigure]) -> None:
        bars = [
            Bar(row.producer_name, row.net_contribution, row, "", "bad" if row.net_contribution < 0 else "good")
            for row in rows
            if row.revenue or row.cost
        ]
        short = sum(row.net_contribution < 0 for row in rows)
        title = say("Everybody pays for their desk") if not short else say("{} of {} cost more than they bring")
        self.net.set_bars(bars)
        self.net.set_title(
            title if not short else title.format(short, len(bars)), say("net contribution: revenue less cost")
        )

    def _show_running(self, found: Sequence[Invested], places: Mapping[str, int]) -> None:
        """The running sums, each producer in the colour of their place among all, ringed where it was paid back."""
        shown = sorted(found, key=lambda one: -one.found.deepest)[:_MOST_LINES]
        months = sorted({month.period.start.replace(day=1) for one in shown for month in one.found.months})
        series = []
        for one in shown:
            by_month = {month.period.start.replace(day=1): float(month.running) for month in one.found.months}
            back = one.found.paid_back
            ring = None if back is None else months.index(back.start.replace(day=1))
            said = "" if back is None else say("paid back {}").format(words.month_of(back.start))
            values = tuple(by_month.get(month) for month in months)
            series.append(Series(one.name, values, places[one.producer], ringed=ring, ring_words=said))
        self.running.set_lines([words.month(periods.month_of(month)) for month in months], series)
        title = say("What was laid out, and when it comes back")
        self.running.set_title(title, say("revenue less cost since hire, added up; above zero it is paid back"))
        left = len(found) - len(shown)
        self.running_card.set_note(
            say("{} more in the table; choose a producer above.").format(left) if left > 0 else ""
        )

    def _show_measure(self, measure: Measure) -> None:
        value = measure.value
        hidden = measure.id == "unvalidated_pay" and self._context.pay_hidden
        text = formats.EM_DASH if value is None else formats.percent(float(value))
        low, high = (f"{float(edge) * 100:.1f}".removesuffix(".0") for edge in (measure.low, measure.high))
        told = f"{_measure_words(measure)} {say('Good agencies: {low}–{high}%.').format(low=low, high=high)}"
        self.measures[measure.id].show_figure(
            discretion.HIDDEN if hidden else text, say("Pay is hidden.") if hidden else told
        )

    # --- behind a figure ---------------------------------------------------------------------------------------------

    def _on_cell_opened(self, row: RevenueFigure, key: str) -> None:
        self.open_figure(row, key)

    def open_figure(self, row: RevenueFigure, key: str) -> None:
        """Opens what a number of the table is made of; of a name what its bearer brings, and costs unless hidden."""
        if self._found is None:
            return
        if key == "producer":
            key = "revenue" if self._context.pay_hidden else "net_contribution"
        period = self._found.found.period
        code = None if row.producer_name == TOTAL_NAME else row.producer or ""
        if key in earnings.TRANSACTIONS:
            self._context.ask(
                earnings.bound_records, period, key, code,
                on_finished=lambda found: self._show_terms(row, key, found), label=say("Finding the records"),
            )  # fmt: skip
        elif key == "total_book":
            self._context.ask(
                earnings.book_policies, period.end, code, on_finished=lambda found: self._show_book(row, found)
            )
        elif self._context.pay_hidden:
            self.status_message.emit(say("Pay is hidden."))
        elif key in _COSTS and code is None:
            sheet = cost_total_sheet(row, self._found.found.rows)
            self._show_sheet(row, sheet, say("Cost and net contribution"))
        elif key in _COSTS:
            self._context.ask(earnings.cost_parts, period, code, on_finished=lambda found: self._show_costs(row, found))
        elif key in _THREE_TIMES:
            codes = [one.producer or UNASSIGNED for one in self._found.found.rows] if code is None else [code]
            self._context.ask(
                earnings.multiples, period.end, codes, on_finished=lambda found: self._show_multiples(row, found)
            )

    def _show_terms(self, row: RevenueFigure, key: str, found: Sequence[FoundRecord]) -> None:
        titles = {column.key: column.title for column in revenue_columns()}
        total = formats.money_exact(int(sum(one.amount for one in found)))
        formula = say("{count} terms and shares = {total}").format(count=formats.count(len(found)), total=total)
        if key == "commission_rate" and row.commission_rate is not None:
            premium = formats.money_exact(row.new_premium + row.renewal_premium)
            formula = say("{revenue} revenue / {premium} premium = {rate}").format(
                revenue=total, premium=premium, rate=formats.percent(row.commission_rate)
            )
        sheet = terms_sheet(say(MEANINGS[key]), formula, found)
        sheet.row_opened.connect(lambda one: self._opener.open(one.table, one.key, one.subject))
        self._show_sheet(row, sheet, titles[key])

    def _show_book(self, row: RevenueFigure, found: Sequence[BookPolicy]) -> None:
        self._show_sheet(row, book_sheet(row, found), say("Total book"))

    def _show_costs(self, row: RevenueFigure, found: Sequence[CostPart]) -> None:
        self._show_sheet(row, cost_sheet(row, found), say("Cost and net contribution"))

    def _show_multiples(self, row: RevenueFigure, found: Sequence[MultipleOn]) -> None:
        self._show_sheet(row, multiple_sheet(row, found, crossing(row)), say("Three times cost"))

    def _show_sheet(self, row: RevenueFigure, sheet: RowsSheet, subtitle: str) -> None:
        sheet.export_asked.connect(self.export_table)
        self.sheet_opened.emit(row.producer_name, sheet, subtitle)
        sheet.setFocus()

    # --- goals -------------------------------------------------------------------------------------------------------

    def keep_goals(self, lines: Sequence[Line]) -> None:
        """Keeps the goals as typed."""
        self._context.ask(
            carrier_goals.save, self._year, list(lines), self.author(), self._context.today(),
            on_finished=self._on_goals_kept,
        )  # fmt: skip

    def _on_goals_kept(self, outcome: Outcome) -> None:
        self.goals.show_outcome(outcome)
        if not outcome.wrong:
            self.note_change(outcome.changes, say("The goals are kept."))


def _lacking(missing: int) -> str:
    if missing == 1:
        return say("One policy states neither commission nor rate and counts 0: give its carrier a usual rate.")
    told = say("{} policies state neither commission nor rate and count 0: give their carriers a usual rate.")
    return told.format(formats.count(missing))


def _measure_titles() -> dict[str, str]:
    return {
        "sales_velocity": say("Sales velocity"),
        "unvalidated_pay": say("Unvalidated pay"),
        "hiring_velocity": say("Hiring velocity"),
    }


def _measure_words(measure: Measure) -> str:
    first, second = int(measure.numerator), int(measure.denominator)
    if measure.id == "sales_velocity":
        told = say("{new} new commission of these twelve months / {all} commission of the twelve before.")
        return told.format(new=formats.money(first), all=formats.money(second))
    if measure.id == "unvalidated_pay":
        told = say("{pay} of salaries beyond what the splits earn / {all} agency commission.")
        return told.format(pay=formats.money(first), all=formats.money(second))
    there = formats.counted(second, say("producer"), say("producers"))
    return say("{hired} hired / {there} employed when the twelve months began.").format(hired=first, there=there)
