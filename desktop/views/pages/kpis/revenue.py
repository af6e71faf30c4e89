"""The Revenue view: premium written by period, source and carrier, the forecast, and the commission tracker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QTabBar, QWidget

from desktop.core import periods
from desktop.core.periods import Period
from desktop.services.commissions import BY, Tracker, TrackerRow
from desktop.services.kpi_views import ViewFigures
from desktop.views.charts import Bar, BarChart, LineChart, Series, Unit
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.cards import KpiCards
from desktop.views.pages.kpis.funnel import LABELS, rows_of
from desktop.views.pages.kpis.parts import ChartCard, KpiView, TableCard
from desktop.views.pages.kpis.words import say
from desktop.views.tables import Column, Kind, formats


def _written_columns() -> list[Column]:
    return [
        Column("by", say("Period"), Kind.TEXT, lambda row: words.named(words.BY_WORDS.get(row["by"], row["by"]))),
        Column("key", say("Name"), Kind.TEXT, lambda row: str(row["key"])),
        Column("value", say("Premium"), Kind.MONEY, lambda row: row["value"]),
        Column("previous", say("Before"), Kind.MONEY, lambda row: row["previous"]),
    ]


def _forecast_columns() -> list[Column]:
    return [
        Column("stage", say("Stage"), Kind.TEXT, lambda row: LABELS[row["stage"]]),
        Column("leads", say("Leads"), Kind.COUNT, lambda row: row["leads"]),
        Column("p", say("Chance"), Kind.PERCENT, lambda row: words.number(row["p"]), tooltip=_thin, text=_chance),
        Column("premium", say("Premium"), Kind.MONEY, lambda row: row["premium"]),
        Column("expected", say("Expected"), Kind.MONEY, lambda row: row["expected"]),
    ]


def _chance(row: dict[str, object]) -> str:
    text = formats.percent(words.number(row["p"]))  # type: ignore[arg-type]
    return f"{text} *" if row["thin"] else text


def _thin(row: dict[str, object]) -> str:
    return say("Fewer than 20 leads closed from this stage: take it with care.") if row["thin"] else ""


def _tracker_columns() -> list[Column]:
    return [
        Column("key", say("Name"), Kind.TEXT, lambda row: words.named(row.key), text=_tracker_name, width=112),
        Column("expected", say("Expected"), Kind.MONEY, lambda row: row.expected, help=say("By the rates agreed.")),
        Column("stated", say("Stated"), Kind.MONEY, lambda row: row.stated, help=say("By the carriers.")),
        Column(
            "missing",
            say("Missing"),
            Kind.MONEY,
            lambda row: row.missing,
            help=say("Expected of terms of which no carrier has stated a commission."),
        ),
        Column(
            "at_risk",
            say("At risk"),
            Kind.MONEY,
            lambda row: row.at_risk,
            help=say("What carriers may take back of policies that ended early in the period."),
        ),
    ]


def _tracker_name(row: TrackerRow) -> str:
    return words.named(row.key)


class RevenueView(KpiView):
    """Cards, the premium's way, the forecast, sources and carriers, commissions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = KpiCards()
        self.trend = LineChart(unit=Unit.MONEY)
        self.written = TableCard("premium-written", say("Premium written"), _written_columns())
        self.forecast = TableCard("forecast", say("Forecast"), _forecast_columns())
        self.sources = BarChart(unit=Unit.MONEY, heading=say("Source"), measure=say("Premium"))
        self.carriers = BarChart(unit=Unit.MONEY, heading=say("Carrier"), measure=say("Premium"))
        self.commissions = TableCard("commissions", say("Commissions"), _tracker_columns())
        self._tracker: Tracker | None = None
        self._by = BY[0]
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.lines.addWidget(self.cards)
        self.add_row((ChartCard(self.trend, least_height=230), 3), (self.written, 2))
        self.add_row((ChartCard(self.sources), 1), (ChartCard(self.carriers), 1))
        self.commissions.body.insertWidget(1, self._ways())
        self.add_row((self.forecast, 1), (self.commissions, 1))
        self.lines.addStretch(1)

    def _ways(self) -> QTabBar:
        """By producer, carrier or month."""
        self.ways = QTabBar()
        self.ways.setDrawBase(False)
        self.ways.setExpanding(False)
        self.ways.setAccessibleName(say("Commissions by"))
        names = {"producer": say("By producer"), "carrier": say("By carrier"), "month": say("By month")}
        for by in BY:
            self.ways.addTab(names[by])
        self.ways.currentChanged.connect(lambda number: self._show_commissions(BY[number]))
        return self.ways

    def _connect(self) -> None:
        self.cards.opened.connect(self.kpi_opened)
        self.cards.import_asked.connect(self.import_asked)
        self.trend.drilled.connect(lambda _: self.kpi_opened.emit("annual_premium_written"))
        for chart, by in ((self.sources, "source"), (self.carriers, "carrier")):
            chart.drilled.connect(lambda key, by=by: self.part_opened.emit(f"revenue_by_{by}", {by: key or None}))
        self.commissions.row_opened.connect(lambda row: self.commission_opened.emit(self._by, row.key))
        self.forecast.row_opened.connect(lambda row: self.stage_opened.emit(row["stage"]))
        self.written.row_opened.connect(
            lambda row: self.part_opened.emit("annual_premium_written", {"by": row["by"], "key": row["key"]})
        )
        for table in self.tables().values():
            table.export_asked.connect(self.export_asked)

    def tables(self) -> dict[str, TableCard]:
        """The view's tables by key."""
        return {"written": self.written, "forecast": self.forecast, "commissions": self.commissions}

    def show_figures(self, found: ViewFigures) -> None:
        """Shows cards, charts and tables."""
        self.cards.show_cards(found.cards)
        self._show_trend(found)
        self.written.set_rows(rows_of(found, "annual_premium_written"))
        self._show_forecast(found)
        self._show_ranking(self.sources, found, "revenue_by_source", "source")
        self._show_ranking(self.carriers, found, "revenue_by_carrier", "carrier")
        self._tracker = found.commissions
        self._show_commissions(self._by)

    def _show_trend(self, found: ViewFigures) -> None:
        card = next((one for one in found.cards if one.figure.id == "annual_premium_written"), None)
        values = () if card is None else tuple(words.number(one) for one in card.trend)
        shown = trend_periods(found.question.period, len(values))
        labels = [words.period_label(one) for one in shown]
        names = [words.period_name(one) for one in shown]
        targets = () if card is None else tuple(words.number(one) for one in card.targets)
        series = [Series(say("Premium"), values)] if any(values) else []
        self.trend.set_lines(labels, series, target=targets, keys=names, names=names)
        self.trend.set_title(say("Premium written"), say("this period and the twelve before it"))

    def _show_forecast(self, found: ViewFigures) -> None:
        figure = found.figures["revenue_forecast"]
        rows = rows_of(found, "revenue_forecast")
        self.forecast.set_rows(rows if any(row["leads"] for row in rows) else ())
        known = {key: figure.detail.get(key) for key in ("low", "high", "this_month", "pipeline_value")}
        if not rows or figure.value is None or None in known.values():
            self.forecast.set_note("")
            return
        said = say(
            "Expected {value}, four times of five between {low} and {high}. {this_month} of it may come this month;"
            " the whole pipeline is {pipeline_value}."
        )
        amounts = {key: formats.money(value) for key, value in known.items() if isinstance(value, int)}
        thin = say(" * fewer than 20 closed leads behind it.") if any(row["thin"] for row in rows) else ""
        self.forecast.set_note(said.format(value=formats.money(int(figure.value)), **amounts) + thin)

    def _show_ranking(self, chart: BarChart, found: ViewFigures, kpi_id: str, by: str) -> None:
        rows = [row for row in rows_of(found, kpi_id) if row["premium"]]
        bars = [Bar(words.named(row[by]), float(row["premium"]), row[by] or "", _note(row)) for row in rows]
        chart.set_bars(bars)
        chart.set_title(_leader(bars, by), say("annual premium bound in the period"))

    def _show_commissions(self, by: str) -> None:
        self._by = by
        if self._tracker is None:
            self.commissions.set_rows(())
            return
        total = TrackerRow(
            say("Total"), self._tracker.total.expected, self._tracker.total.stated, self._tracker.total.missing,
            self._tracker.total.at_risk,
        )  # fmt: skip
        rows = self._tracker.rows[by]
        self.commissions.set_rows(rows, totals=total if rows else None)


def trend_periods(period: Period, count: int) -> list[Period]:
    """A period and those before it, oldest first."""
    found = [period]
    while len(found) < count:
        found.append(periods.previous(found[-1]))
    return found[::-1]


def _note(row: Mapping[str, Any]) -> str:
    if "deals" in row:
        return say("1 policy") if row["deals"] == 1 else say("{} policies").format(formats.count(row["deals"]))
    if not row["leads"]:
        return ""
    said = say("{closed} of {leads} new leads closed")
    return said.format(closed=formats.count(row["closed"]), leads=formats.count(row["leads"]))


def _leader(bars: Sequence[Bar], by: str) -> str:
    names = {"source": say("Premium by source"), "carrier": say("Premium by carrier")}
    total = sum(bar.value or 0 for bar in bars)
    if len(bars) < 2 or not total:
        return names[by]
    best = max(bars, key=lambda bar: bar.value or 0)
    share = formats.percent((best.value or 0) / total)
    return say("{share} of the premium comes from {name}").format(name=best.label, share=share)
