"""The Funnel view: how far leads get, where most are lost, and how many tries it takes to reach them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.pipeline import SALES_STAGES
from desktop.services.kpi_views import ViewFigures
from desktop.views.charts import Bar, BarChart, ColumnChart, FunnelChart, FunnelStep, Series, Unit
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.cards import KpiCards
from desktop.views.pages.kpis.parts import ChartCard, KpiView
from desktop.views.pages.kpis.words import say
from desktop.views.tables import formats

LABELS = {stage.key: stage.label for stage in SALES_STAGES}
Rows = Sequence[Mapping[str, Any]]


def rows_of(found: ViewFigures, kpi_id: str) -> Rows:
    """The rows of a KPI's detail; none where it has none."""
    figure = found.figures.get(kpi_id)
    rows: Rows = () if figure is None else figure.detail.get("rows", ())  # type: ignore[assignment]
    return rows


def breakdown_bars(rows: Rows, by: str) -> list[Bar]:
    """Bars of a breakdown: value, and what stands behind it."""
    return [
        Bar(words.named(row["key"]), words.number(row["value"]), note=_behind(row), key=row["key"] or "")
        for row in rows
        if row.get("by") == by
    ]


def _behind(row: Mapping[str, Any]) -> str:
    if row["denominator"] is None:
        return ""
    if isinstance(row["value"], int) and not isinstance(row["value"], bool) and row["denominator"]:
        return say("of {}").format(formats.count(float(row["denominator"])))
    top, bottom = (formats.count(round(float(row[key]), 1)) for key in ("numerator", "denominator"))
    return say("{top} of {bottom}").format(top=top, bottom=bottom)


class FunnelView(KpiView):
    """Cards, the funnel, the tries, and the sources."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = KpiCards()
        self.funnel = FunnelChart()
        self.attempts = ColumnChart(gap=0.06)
        self.sources = BarChart(unit=Unit.RATE, heading=say("Source"), measure=say("Engagement rate"))
        self.cards.opened.connect(self.kpi_opened)
        self.cards.import_asked.connect(self.import_asked)
        self.funnel.drilled.connect(lambda stage: self.stage_opened.emit(str(stage)))
        self.attempts.drilled.connect(lambda bucket: self.part_opened.emit("attempts_to_contact", {"bucket": bucket}))
        self.sources.drilled.connect(
            lambda key: self.part_opened.emit("engagement_rate", {"by": "source", "key": key or None})
        )
        self.funnel_card = ChartCard(self.funnel, say("Open a stage for the leads that stand in it now."))
        self.lines.addWidget(self.cards)
        self.add_row((self.funnel_card, 3), (ChartCard(self.attempts, least_height=250), 2))
        self.lines.addWidget(ChartCard(self.sources))
        self.lines.addStretch(1)

    def show_figures(self, found: ViewFigures) -> None:
        """Shows cards and charts."""
        self.cards.show_cards(found.cards)
        self._show_funnel(rows_of(found, "funnel"))
        rows = rows_of(found, "attempts_to_contact")
        counts = tuple(float(row["count"]) for row in rows)
        self.attempts.set_columns(
            [str(row["bucket"]) for row in rows], [Series(say("Leads"), counts)] if any(counts) else [],
            keys=[row["bucket"] for row in rows],
        )  # fmt: skip
        self.attempts.set_title(say("Tries until somebody picks up"), say("leads by calls and texts needed"))
        bars = breakdown_bars(rows_of(found, "engagement_rate"), "source")
        self.sources.set_bars(bars)
        self.sources.set_title(_best(bars), say("part of the leads that reached needs analysis, by source"))

    def _show_funnel(self, rows: Rows) -> None:
        steps = [
            FunnelStep(
                LABELS[row["stage"]],
                row["reached"],
                words.number(row["share"]),
                words.number(row["step_share"]),
                row["largest_drop"],
                row["stage"],
            )
            for row in rows
        ]
        self.funnel.set_steps(steps)
        worst = next((number for number, step in enumerate(steps) if step.largest_drop), None)
        title = say("How far the leads of the period have come")
        if worst:
            title = say("Most are lost between {before} and {after}").format(
                before=steps[worst - 1].label.lower(), after=steps[worst].label.lower()
            )
        self.funnel.set_title(title, say("leads received in the period that reached each stage"))


def _best(bars: Sequence[Bar]) -> str:
    known = [bar for bar in bars if bar.value is not None]
    if len(known) < 2:
        return say("Engagement by source")
    best = max(known, key=lambda bar: bar.value or 0)
    return say("{source} leads take the most interest").format(source=best.label)
