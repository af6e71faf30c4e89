"""The Intelligence view: when to call, where leads come from and buy, which carriers to work with, what to spend on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop import places
from desktop.services.kpi_views import ViewFigures
from desktop.views.charts import Bar, BarChart, HeatMap, Region, StateMap, Unit
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.benchmarks import measures_table, sources_table
from desktop.views.pages.kpis.calling import show_calling
from desktop.views.pages.kpis.funnel import LABELS, Rows, rows_of
from desktop.views.pages.kpis.parts import ChartCard, KpiView, TableCard
from desktop.views.pages.kpis.words import say
from desktop.views.tables import Column, Kind, formats
from desktop.views.theme import Status

Row = Mapping[str, Any]


def _rate(key: str, title: str, width: int | None = None) -> Column:
    return Column(key, title, Kind.PERCENT, lambda row: words.number(row[key]), width=width)


def _money(key: str, title: str) -> Column:
    return Column(key, title, Kind.MONEY, lambda row: row[key])


def _state_columns() -> list[Column]:
    return [
        Column("state", say("State"), Kind.TEXT, _state_name, width=104),
        Column("leads", say("Leads"), Kind.COUNT, lambda row: row["leads"]),
        _rate("close_rate", say("Close rate")),
        _money("premium", say("Premium")),
    ]


def _state_name(row: Row) -> str:
    return places.STATE_NAMES.get(str(row["state"]), words.named(row["state"]))


def _carrier_columns() -> list[Column]:
    return [
        Column("carrier", say("Carrier"), Kind.TEXT, lambda row: words.named(row["carrier"]), width=120),
        _rate("approval_rate", say("Approved")),
        Column(
            "underwriting_days", say("Days to decide"), Kind.DAYS, lambda row: words.number(row["underwriting_days"])
        ),
        _rate("persistency_13m", say("13 months")),
        _money("average_premium", say("Mean premium")),
    ]


def _source_columns() -> list[Column]:
    return [
        Column("source", say("Source"), Kind.TEXT, lambda row: words.named(row["source"]), width=150),
        Column("leads", say("Leads"), Kind.COUNT, lambda row: row["leads"]),
        Column("closed", say("Closed"), Kind.COUNT, lambda row: row["closed"]),
        _money("premium", say("Premium")),
        _money("commission", say("Commission")),
        _money("cost", say("Cost")),
        Column("roi", say("Return"), Kind.COUNT, lambda row: words.number(row["roi"]), text=_roi, why=_no_roi),
        Column("advice", say("Advice"), Kind.TEXT, lambda row: _advice(row), status=_advice_status),
    ]


def _roi(row: Row) -> str:
    return words.value_words(words.kpi_of("lead_source_roi"), row["roi"])


def _no_roi(_row: Row) -> str:
    return say("No cost is known of this source: enter it in sources.")


def _advice(row: Row) -> str | None:
    return {"increase": say("Spend more"), "keep": say("Keep"), "cut": say("Cut")}.get(str(row["advice"]))


def _advice_status(row: Row) -> Status:
    return {"increase": Status.GOOD, "cut": Status.BAD}.get(str(row["advice"]), Status.NONE)


class IntelligenceView(KpiView):
    """The heat map, the map with its table, carriers, sources, drop-off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calling = HeatMap(unit=Unit.RATE)
        self.map = StateMap(unit=Unit.COUNT, heading=say("Leads"))
        self.states = TableCard("states", say("States"), _state_columns())
        self.carriers = TableCard("carriers", say("Carriers"), _carrier_columns())
        self.sources = TableCard("sources", say("Lead sources"), _source_columns())
        self.drops = BarChart(unit=Unit.RATE, ranked=False, heading=say("Stage"), measure=say("Lost"))
        self.lines.addWidget(ChartCard(self.calling, say("Cells with fewer than five calls stay blank.")))
        self.add_row((ChartCard(self.map, least_height=330), 3), (self.states, 2))
        self.lines.addWidget(self.sources)
        self.add_row((self.carriers, 2), (ChartCard(self.drops), 1))
        self.benchmarks = measures_table()
        self.typical = sources_table()
        self.lines.addWidget(self.benchmarks)
        self.lines.addWidget(self.typical)
        self.lines.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self.calling.drilled.connect(lambda part: self.part_opened.emit("best_time_to_call", part))
        self.map.drilled.connect(self._on_state_chosen)
        self.states.view.row_selected.connect(self._on_state_selected)
        for table, kpi_id, key in (
            (self.states, "state_performance", "state"),
            (self.carriers, "carrier_matrix", "carrier"),
            (self.sources, "lead_source_roi", "source"),
        ):
            table.row_opened.connect(partial(self._open_row, kpi_id, key))
        self.drops.drilled.connect(lambda stage: self.stage_opened.emit(str(stage)))
        for table in self.tables().values():
            table.export_asked.connect(self.export_asked)

    def tables(self) -> dict[str, TableCard]:
        """The view's tables by key."""
        return {
            "states": self.states,
            "carriers": self.carriers,
            "sources": self.sources,
            "benchmarks": self.benchmarks,
            "typical": self.typical,
        }

    def show_figures(self, found: ViewFigures) -> None:
        """Shows everything."""
        show_calling(self.calling, rows_of(found, "best_time_to_call"))
        self._show_states(rows_of(found, "state_performance"))
        self.carriers.set_rows([row for row in rows_of(found, "carrier_matrix") if _known(row)])
        self.sources.set_rows(rows_of(found, "lead_source_roi"))
        self.sources.set_note(
            say("Return is commission for each dollar spent: spend more above 3, cut below 1. Enter costs in sources.")
        )
        self._show_drops(rows_of(found, "funnel"))
        self.benchmarks.set_rows(found.benchmarks.measures)
        self.typical.set_rows(found.benchmarks.sources)

    def _show_states(self, rows: Rows) -> None:
        regions = [
            Region(str(row["state"]), row["leads"], _state_note(row), row["state"]) for row in rows if row["state"]
        ]
        self.map.set_regions(regions)
        most = max((row for row in rows if row["state"]), key=lambda row: row["leads"], default=None)
        title = say("Where leads come from")
        if most is not None and most["leads"]:
            title = say("{state} sends most leads").format(state=_state_name(most))
        self.map.set_title(title, say("leads received in the period; close rate and premium on hover"))
        self.states.set_rows(sorted(rows, key=lambda row: -row["leads"]))

    def _show_drops(self, rows: Rows) -> None:
        bars = [
            Bar(
                LABELS[after["stage"]],
                1 - float(after["step_share"]),
                after["stage"],
                _lost_words(before["reached"] - after["reached"]),
                status="bad" if after["largest_drop"] else "",
            )
            for before, after in pairwise(rows)
            if after["step_share"] is not None
        ]
        self.drops.set_bars(bars)
        self.drops.set_title(say("Where leads drop off"), say("part lost on the way; marked: most leads"))

    def _on_state_chosen(self, code: object) -> None:
        """Goes to the state's row and opens what is behind it; a state without leads has neither."""
        if self.states.view.select_record(lambda row: row["state"] == code):
            self.part_opened.emit("state_performance", {"state": code})
        else:
            self.states.view.clearSelection()

    def _open_row(self, kpi_id: str, key: str, row: Row) -> None:
        self.part_opened.emit(kpi_id, {key: row[key]})

    def _on_state_selected(self, row: Row | None) -> None:
        if row is not None and row["state"] and not self.map.hasFocus():
            self.map.select_place(str(row["state"]))


def _state_note(row: Row) -> str:
    rate, premium = formats.percent(words.number(row["close_rate"])), formats.money(row["premium"])
    return say("leads, close rate {rate}, premium {premium}").format(rate=rate, premium=premium)


def _known(row: Row) -> bool:
    return any(value is not None for key, value in row.items() if key != "carrier")


def _lost_words(leads: int) -> str:
    return say("1 lead") if leads == 1 else say("{} leads").format(formats.count(leads))
