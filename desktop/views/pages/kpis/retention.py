"""The Retention view: who stays, who gets into trouble and is saved, what early ends cost, and who comes back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.services.kpi_views import ViewFigures
from desktop.views.charts import Bar, BarChart, LineChart, Series, Target, Unit
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.cards import KpiCards
from desktop.views.pages.kpis.funnel import breakdown_bars, rows_of
from desktop.views.pages.kpis.parts import ChartCard, KpiView
from desktop.views.pages.kpis.revenue import trend_periods
from desktop.views.pages.kpis.words import say
from desktop.views.tables import formats

_FEW = 3


class RetentionView(KpiView):
    """Cards, persistency by month of start, exceptions and saves by kind, chargebacks and nurture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = KpiCards()
        self.cohorts = LineChart(unit=Unit.RATE)
        self.carriers = BarChart(unit=Unit.RATE, heading=say("Carrier"), measure=say("Still in force"))
        self.exceptions = BarChart(unit=Unit.RATE, heading=say("Kind"), measure=say("Exception rate"))
        self.saves = BarChart(unit=Unit.RATE, heading=say("Kind"), measure=say("Save rate"))
        self.chargebacks = BarChart(unit=Unit.COUNT, heading=say("Carrier"), measure=say("Policies"))
        self.replies = BarChart(unit=Unit.RATE, ranked=False, heading=say("Message"), measure=say("Answered"))
        self.reasons = BarChart(unit=Unit.RATE, heading=say("Reason"), measure=say("Came back"))
        self.lines.addWidget(self.cards)
        self.add_row((ChartCard(self.cohorts, least_height=240), 3), (ChartCard(self.carriers), 2))
        self.add_row((ChartCard(self.exceptions), 1), (ChartCard(self.saves), 1))
        self.add_row((ChartCard(self.chargebacks), 1), (ChartCard(self.replies), 1))
        self.lines.addWidget(ChartCard(self.reasons))
        self.lines.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self.cards.opened.connect(self.kpi_opened)
        self.cards.import_asked.connect(self.import_asked)
        self.cohorts.drilled.connect(lambda part: self.part_opened.emit("persistency_13m", part or None))
        for chart, kpi_id, by in (
            (self.carriers, "persistency_13m", "carrier"),
            (self.exceptions, "exception_rate", "type"),
            (self.saves, "save_rate", "type"),
            (self.chargebacks, "chargeback_risk", "carrier"),
            (self.replies, "nurture_response", "message"),
            (self.reasons, "recapture_rate", "reason"),
        ):
            chart.drilled.connect(partial(self._open_part, kpi_id, by))

    def _open_part(self, kpi_id: str, by: str, key: object) -> None:
        self.part_opened.emit(kpi_id, {"by": by, "key": key or None})

    def show_figures(self, found: ViewFigures) -> None:
        """Shows cards and charts."""
        self.cards.show_cards(found.cards)
        self._show_cohorts(found)
        persistency = rows_of(found, "persistency_13m")
        self.carriers.set_bars(breakdown_bars(persistency, "carrier"))
        self.carriers.set_title(say("13-month persistency by carrier"), say("policies still in force after 13 months"))
        self.exceptions.set_bars(breakdown_bars(rows_of(found, "exception_rate"), "type"))
        self.exceptions.set_title(say("Trouble by kind"), say("exceptions opened, of the policies in force"))
        self.saves.set_bars(breakdown_bars(rows_of(found, "save_rate"), "type"))
        self.saves.set_title(say("Saved by kind"), say("exceptions resolved, of those closed"))
        self._show_chargebacks(found)
        self._show_nurture(found)

    def _show_cohorts(self, found: ViewFigures) -> None:
        """By month of start; a period of few months is told by the periods before it."""
        figure = found.figures["persistency_13m"]
        rows = [row for row in rows_of(found, "persistency_13m") if "month" in row]
        names = labels = [str(row["month"]) for row in rows]
        parts: list[dict[str, object]] = [{"month": name} for name in names]
        values = tuple(words.number(row["rate"]) for row in rows)
        target: Target = words.number(figure.target)
        subtitle = say("policies in force 13 months after they began, by month of start")
        if len(rows) < _FEW:
            card = next(one for one in found.cards if one.figure.id == "persistency_13m")
            values = tuple(words.number(one) for one in card.trend)
            target = tuple(words.number(one) for one in card.targets)
            shown = trend_periods(found.question.period, len(values))
            labels = [words.period_label(one) for one in shown]
            names = [words.period_name(one) for one in shown]
            parts = [{} for _ in shown]
            subtitle = say("policies that turned 13 months old in this period and the twelve before it")
        series = [Series(say("Still in force"), values)] if any(value is not None for value in values) else []
        self.cohorts.set_lines(labels, series, target=target, keys=parts, names=names)
        self.cohorts.set_title(say("13-month persistency"), subtitle)
        self.cohorts.empty_text = say("No policy turned 13 months old in this period.")

    def _show_chargebacks(self, found: ViewFigures) -> None:
        figure = found.figures["chargeback_risk"]
        bars = breakdown_bars(rows_of(found, "chargeback_risk"), "carrier")
        self.chargebacks.set_bars(bars)
        cents = figure.detail.get("commission_at_risk")
        title = say("Early ends by carrier")
        if isinstance(cents, int) and bars:
            title = say("Early ends put {} of commission at risk").format(formats.money(cents))
        self.chargebacks.set_title(title, say("policies ended in the period before their commission was earned"))

    def _show_nurture(self, found: ViewFigures) -> None:
        bars = [
            Bar(say("Message {}").format(bar.label), bar.value, bar.key, bar.note)
            for bar in breakdown_bars(rows_of(found, "nurture_response"), "message")
        ]
        self.replies.set_bars(bars)
        known = [bar for bar in bars if bar.value]
        title = say("Answers to nurture messages")
        if len(known) > 1:
            best = max(known, key=lambda bar: bar.value or 0)
            title = say("{} is answered most").format(best.label)
        self.replies.set_title(title, say("messages answered, of those sent"))
        self.reasons.set_bars(breakdown_bars(rows_of(found, "recapture_rate"), "reason"))
        self.reasons.set_title(say("Who comes back, by reason"), say("leads that re-entered, of those in nurture"))
