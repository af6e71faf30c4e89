"""The page of close rates: by line with OVERALL from the totals, by producer and carrier, and both closing ratios.

Wiring alone: figures come from the service.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core import periods
from desktop.services import closing_review
from desktop.services.closing_review import CloseReview, ClosingRatios, ProducerRates
from desktop.services.found_records import UNASSIGNED, FoundRecord
from desktop.views.charts import Bar, BarChart, LineChart, Series, Unit
from desktop.views.dialogs.records import Question, RecordsSheet
from desktop.views.pages.money import words
from desktop.views.pages.money.base import MoneyPage
from desktop.views.pages.money.closerate_columns import MEANING, TREND, rate_columns
from desktop.views.pages.money.parts import ChartCard, Figure, TableCard, plain, say, side_by_side
from desktop.views.tables import VALUES_ROLE, formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Label
from desktop.views.widgets.sparklines import SparklineDelegate


class CloseRatesPage(MoneyPage):
    """Which lines close, and how sure that is."""

    key = "closerates"
    icon_name = "check-circle"
    report = "close-rates"

    def __init__(self, context: PageContext) -> None:
        empty = EmptyState(
            "check-circle",
            say("Nothing quoted or decided yet"),
            say("Import leads with their stages, quotes and policies: each line then shows how often it is won."),
            say("Import Exports"),
        )
        super().__init__(context, say("Close Rates"), empty)
        self._found: CloseReview | None = None
        self._line: str | None = None
        self._whose: Any = None
        self.lines_button = Button(say("Lines and Spellings…"), icon="settings")
        self.lines_button.clicked.connect(lambda: self.page_requested.emit("settings", "lines"))
        self.true = Figure(say("True closing ratio"), large=True)
        self.flattering = Figure(say("Flattering closing ratio"))
        self.hidden = Label("", wrap=True)
        self.trend, self.whose_trend = LineChart(unit=Unit.RATE), LineChart(unit=Unit.RATE)
        self.bars = BarChart(unit=Unit.RATE, heading=say("Line"), measure=say("Close rate"))
        self._make_tables(context)
        self.add_tab(self._by_line(), say("By line"))
        self.add_tab(self._by_whom(), say("By producer and carrier"))
        self.add_tab(self._ratios(), say("Closing ratio"))
        self._connect()

    def _make_tables(self, context: PageContext) -> None:
        """One table by line, one by producer, one by carrier, each with the months as a small line."""
        by_line = rate_columns(say("Line"), self._months_of_line)
        by_producer = rate_columns(say("Producer"), self._months_of_producer, named=True)
        by_carrier = rate_columns(say("Carrier"), self._months_of_carrier, quotes=False)
        self.table = TableCard("closerates.lines", say("Win rate by line"), by_line, context.state)
        self.people = TableCard("closerates.people", say("By producer"), by_producer, context.state, most=20)
        self.carriers = TableCard("closerates.carriers", say("By carrier"), by_carrier, context.state, most=20)
        for card in (self.table, self.people, self.carriers):
            card.view.set_delegate(TREND, SparklineDelegate(VALUES_ROLE, card.view))

    def _by_line(self) -> QWidget:
        holder, lines = plain()
        self.table.head.insertWidget(1, self.lines_button)
        lines.addWidget(self.table)
        self.trend_card = ChartCard(self.trend, least_height=220)
        lines.addLayout(side_by_side((self.trend_card, 3), (ChartCard(self.bars), 2)))
        lines.addStretch(1)
        return holder

    def _by_whom(self) -> QWidget:
        holder, lines = plain()
        self.carriers.set_note(
            say("Of the decided leads that a carrier quoted or bound, those won with this carrier count as its wins.")
        )
        lines.addWidget(ChartCard(self.whose_trend, least_height=180))
        lines.addWidget(self.people)
        lines.addWidget(self.carriers)
        lines.addStretch(1)
        return holder

    def _ratios(self) -> QWidget:
        holder, lines = plain()
        lines.addLayout(side_by_side((self.true, 1), (self.flattering, 1)))
        lines.addWidget(self.hidden)
        lines.addStretch(1)
        return holder

    def _connect(self) -> None:
        for card in (self.table, self.people, self.carriers):
            card.export_asked.connect(self.export_table)
        self.table.row_opened.connect(lambda row: self.open_records(row.line, self.producers.producer))
        self.people.row_opened.connect(
            lambda row: self.open_records(None, "" if row.producer is None else row.producer, row.name)
        )
        self.carriers.row_opened.connect(lambda row: self.open_carrier(row.line))
        self.table.view.row_selected.connect(self._on_line_selected)
        self.people.view.row_selected.connect(self._on_whose_selected)
        self.carriers.view.row_selected.connect(self._on_whose_selected)
        self.bars.drilled.connect(lambda line: self.open_records(str(line), self.producers.producer))
        for chart in (self.trend, self.whose_trend):
            chart.drilled.connect(self.picker.set_period)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The three views, and the leads behind a rate."""
        views: list[tuple[str, Callable[[], object]]] = [
            (f"{self.key}{name}", lambda at=at: self.tabs.setCurrentIndex(at))  # type: ignore[misc]
            for at, name in enumerate(("", "-whose", "-ratio"))
        ]
        behind = (f"{self.key}-behind", lambda: self.open_records(None, self.producers.producer))
        return views if self.stack.currentIndex() == 0 else [*views, behind]

    # --- figures -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Asks for the close rates of the period."""
        self._context.ask(
            closing_review.review, self.period, self._context.now(), self.producers.producer,
            on_finished=self._on_read, label=say("Reading the close rates"),
        )  # fmt: skip

    def _on_read(self, found: CloseReview) -> None:
        if found.found.period != self.period:
            return
        self._found = found
        self.table.set_rows(found.found.rows, totals=found.found.overall)
        self.table.set_note(_line_note(found))
        self.people.set_rows(found.producers)
        self.carriers.set_rows(found.carriers)
        decided = [row for row in found.found.rows if row.close_rate is not None]
        self.bars.set_bars([Bar(row.line, row.close_rate, row.line, _of(row.wins, row.losses)) for row in decided])
        self.bars.set_title(_best(found), say("wins of those decided"))
        self._show_trend()
        self._show_whose_trend()
        self._show_ratios(found.ratios)
        self.show_filled(not found.empty)

    def _on_line_selected(self, row: Any) -> None:
        line = None if row is None or row.line == "OVERALL" else row.line
        if line != self._line:
            self._line = line
            self._show_trend()

    def _on_whose_selected(self, row: Any) -> None:
        if row is not None:
            self._whose = row
            self._show_whose_trend()

    def _show_trend(self) -> None:
        chosen = None if self._line is None else (self._line, self._rates_of("lines", self._line))
        self._draw(self.trend, say("Win rate by month"), chosen, say("choose a line above to see its own"))

    def _show_whose_trend(self) -> None:
        chosen, row = None, self._whose
        if isinstance(row, ProducerRates):
            chosen = (row.name, self._months_of_producer(row))
        elif row is not None:
            chosen = (row.line, self._months_of_carrier(row))
        hint = say("choose a producer or a carrier below to see their own")
        self._draw(self.whose_trend, say("Win rate by month"), chosen, hint)

    def _draw(
        self, chart: LineChart, title: str, chosen: tuple[str, tuple[float | None, ...]] | None, hint: str
    ) -> None:
        """All, and beside it the one chosen."""
        if self._found is None:
            return
        months = self._found.months
        series = [Series(say("All lines"), tuple(one.overall for one in months), category=0)]
        if chosen is not None:
            series.append(Series(chosen[0], chosen[1], category=1))
            title = say("{}: win rate by month").format(chosen[0])
        series = [one for one in series if any(value is not None for value in one.values)]
        chart.set_lines([words.month(one.month) for one in months], series, keys=[one.month for one in months])
        chart.set_title(title, say("{}; a click shows the month").format(hint))

    def _rates_of(self, by: str, name: str) -> tuple[float | None, ...]:
        months = () if self._found is None else self._found.months
        if name == "OVERALL":
            return tuple(one.overall for one in months)
        return tuple(getattr(one, by).get(name) for one in months)

    def _months_of_line(self, row: Any) -> tuple[float | None, ...]:
        return self._rates_of("lines", row.line)

    def _months_of_producer(self, row: Any) -> tuple[float | None, ...]:
        return self._rates_of("producers", row.producer or UNASSIGNED)

    def _months_of_carrier(self, row: Any) -> tuple[float | None, ...]:
        return self._rates_of("carriers", row.line)

    def _show_ratios(self, found: ClosingRatios) -> None:
        true, flattering = found.true, found.flattering
        self.true.show_figure(
            formats.percent(true.ratio) if true.ratio is not None else formats.EM_DASH,
            say("{bound} bound / {leads} both contacted and qualified. What you can expect of a lead.").format(
                bound=_policies(true.bound), leads=formats.counted(true.measure, say("lead"), say("leads"))
            ),
        )  # fmt: skip
        self.flattering.show_figure(
            formats.percent(flattering.ratio) if flattering.ratio is not None else formats.EM_DASH,
            say("{bound} bound / {quotes}. Leaves out whoever never came to a quote.").format(
                bound=_policies(flattering.bound),
                quotes=formats.counted(flattering.measure, say("quote"), say("quotes")),
            ),
        )
        self.hidden.setText(_difference(found))

    # --- behind a figure ---------------------------------------------------------------------------------------------

    def open_records(self, line: str | None, producer: str | None, name: str = "") -> None:
        """Shows the leads behind a win rate; `line` None or OVERALL: of all lines."""
        wanted = None if line in (None, "OVERALL") else line
        as_of = periods.default_as_of(self.period, self._context.now())
        title = name or line or say("All lines")
        self._context.ask(
            closing_review.decided_records, self.period, as_of, producer, wanted,
            on_finished=lambda found: self._show_records(title, producer, found),
        )  # fmt: skip

    def open_carrier(self, carrier: str) -> None:
        """Shows the decided leads that a carrier quoted or bound."""
        as_of, producer = periods.default_as_of(self.period, self._context.now()), self.producers.producer
        self._context.ask(
            closing_review.carrier_records, self.period, as_of, carrier, producer,
            on_finished=lambda found: self._show_records(carrier, producer, found),
        )  # fmt: skip

    def _show_records(self, title: str, producer: str | None, found: Sequence[FoundRecord]) -> None:
        wins = sum(one.role == "both" for one in found)
        share = formats.percent(wins / len(found)) if found else formats.EM_DASH
        formula = say("{wins} won / {all} decided = {share}").format(wins=wins, all=len(found), share=share)
        asked = Question("win_rate", title, say("Win rate"), say(MEANING), formula, (), producer or None)
        sheet = RecordsSheet(asked, found)
        sheet.record_opened.connect(lambda one: self._opener.open(one.table, one.key, one.subject))
        sheet.export_asked.connect(lambda view: self.export_table(view, "win-rate"))
        self.sheet_opened.emit(title, sheet, say("Win rate"))
        sheet.setFocus()


def _of(wins: int, losses: int) -> str:
    return say("{} of {}").format(formats.count(wins), formats.count(wins + losses))


def _best(found: CloseReview) -> str:
    decided = [row for row in found.found.rows if row.close_rate is not None and row.wins + row.losses >= 5]
    if len(decided) < 2:
        return say("Lines by win rate")
    first = max(decided, key=lambda row: row.close_rate or 0)
    return say("{} closes best").format(first.line)


def _line_note(found: CloseReview) -> str:
    told = []
    if found.found.spellings:
        named = ", ".join(f"{name} ({count})" for name, count in found.found.spellings.items())
        told.append(say("Counted in Other, since no line has this name: {}.").format(named))
    if found.found.unpaid:
        told.append(_unpaid(found.found.unpaid))
    rule = say("OVERALL comes from the totals and counts each lead once. Enter opens the leads behind a line.")
    return " ".join(told) or rule


def _policies(count: int) -> str:
    return formats.counted(count, say("policy"), say("policies"))


def _unpaid(count: int) -> str:
    """Wins that pull the averages down, and what links them to their policies."""
    if count == 1:
        said = say("1 win has no policy with a premium and counts as $0 in the average.")
    else:
        said = say("{} wins have no policy with a premium and count as $0 in the average.").format(formats.count(count))
    return f"{said} {say('Name the lead beside its policy (lead_id) in the import.')}"


def _difference(found: ClosingRatios) -> str:
    """What the flattering ratio leaves out."""
    true, flattering = found.true, found.flattering
    if true.ratio is None or flattering.ratio is None:
        return say("Both ratios need leads that were contacted and qualified, and quotes.")
    points = abs(flattering.ratio - true.ratio) * 100
    said = say("The two lie {points} points apart.").format(points=f"{points:.1f}")
    if found.unquoted:
        said += " " + say(
            "{unquoted} of {leads} qualified leads never got a quote: for want of a market, of time, or of an answer."
            " The flattering ratio does not see them."
        ).format(unquoted=formats.count(found.unquoted), leads=formats.count(true.measure))
    if flattering.measure > true.measure:
        said += " " + say(
            "There are more quotes than qualified leads: some were quoted more than once, or unqualified."
        )
    return said
