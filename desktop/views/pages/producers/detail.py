"""The right side of the producers page: one producer against targets, the pipeline, and what deserves a word.

Knows a row and how it reads; what is behind a figure is asked of the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.pipeline import SALES_STAGES
from desktop.core.production import ACTIVITIES, METRIC
from desktop.services.figures import FlagFigure, Freshness, HealthFigure, MonthFigures, StageFigure
from desktop.views import theme
from desktop.views.pages.producers import sentences
from desktop.views.pages.producers.columns import RESULTS
from desktop.views.pages.producers.lines import FigureLine, LineFigures, align
from desktop.views.pages.producers.rows import ProducerRow, change_of, change_words
from desktop.views.tables import formats
from desktop.views.tables.formats import counted
from desktop.views.theme import Status
from desktop.views.widgets.bullets import BulletFigures
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.labels import Card, ElidedLabel, Label, SectionTitle

STAGES = {stage.key: stage.label for stage in SALES_STAGES}


class ProducerDetail(Card):
    """Everything of one row, in words and bars; `figure_opened` carries a metric's id, or `pipeline.` and a stage."""

    figure_opened = Signal(str)

    def __init__(self, row: ProducerRow, freshness: Sequence[Freshness], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.lines: dict[str, FigureLine] = {}
        self._row = row
        self._add_head(freshness)
        self._add_flags(row.fired)
        self._add_metrics(self.tr("Activity"), ACTIVITIES)
        self._add_metrics(self.tr("Results"), RESULTS)
        self._add_month(row.panel.month_to_date)
        self._add_pipeline(row.panel.pipeline)
        self._add_health(row.panel.health)
        align(list(self.lines.values()))
        self.body.addStretch(1)

    def _add_head(self, freshness: Sequence[Freshness]) -> None:
        panel = self._row.panel
        self.body.addWidget(ElidedLabel(panel.producer_name, "section"))
        said = []
        if panel.automatic_share is not None:
            said.append(self.tr("{} tracked automatically.").format(f"{panel.automatic_share * 100:.0f}%"))
        if self._row.is_agency:
            said.append(self.tr("Everybody together, unassigned records included."))
        elif panel.unassigned:
            said.append(self.tr("Records that name nobody here. They count for the agency alone."))
        elif not panel.has_targets:
            said.append(self.tr("Not a producer in this period, so there are no targets."))
        said.append(sentences.freshness(freshness))
        self.body.addWidget(Label(" ".join(part for part in said if part), "caption", "quiet", wrap=True))

    def _add_flags(self, fired: Sequence[FlagFigure]) -> None:
        for flag in fired:
            head = QHBoxLayout()
            head.addWidget(StatusChip(Status.BAD, flag.label))
            head.addStretch(1)
            self.body.addLayout(head)
            numbers = sentences.evidence(flag)
            if numbers:
                self.body.addWidget(Label(numbers, wrap=True))
            self.body.addWidget(Label(f"{flag.meaning} {flag.action}", "body", "quiet", wrap=True))
        if not fired and not self._row.panel.unassigned:
            self.body.addWidget(Label(self.tr("No red flags."), "body", "good"))

    def _add_section(self, title: str) -> QVBoxLayout:
        self.body.addSpacing(theme.current().px(4))
        self.body.addWidget(SectionTitle(title))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self.body.addLayout(lines)
        return lines

    def _add_metrics(self, title: str, metrics: Sequence[str]) -> None:
        lines = self._add_section(title)
        for metric in metrics:
            lines.addWidget(self._line(metric, self._metric(metric)))

    def _line(self, key: str, figures: LineFigures) -> FigureLine:
        line = FigureLine(figures)
        line.clicked.connect(lambda: self.figure_opened.emit(key))
        self.lines[key] = line
        return line

    def _metric(self, metric: str) -> LineFigures:
        row, figure = self._row, self._row.figure(metric)
        status = row.status(metric)
        change = change_of(metric, figure) if row.has_data(metric) else None
        tone = Status.NONE if not change else Status.GOOD if change > 0 else Status.BAD
        text = row.text(metric)
        bullet = BulletFigures(
            figure.value if row.has_data(metric) else None, figure.target, figure.stretch, text, status
        )
        words = {Status.GOOD: self.tr("on target"), Status.NEAR: self.tr("near"), Status.BAD: self.tr("below target")}
        return LineFigures(
            METRIC[metric].label,
            text,
            bullet,
            note=_with_arrow(change_words(metric, figure), change) if change is not None else "",
            note_status=tone,
            tooltip=row.tooltip(metric),
            said=words.get(status, ""),
        )

    def _add_month(self, month: MonthFigures) -> None:
        lines = self._add_section(self.tr("Month to date, {}").format(f"{month.period.start:%B %Y}"))
        said = [
            _of(formats.count(month.policies_written), formats.count(month.policies_target), self.tr("policies")),
            _of(formats.money(month.new_premium), formats.money(month.premium_target), self.tr("premium")),
            self.tr("close rate {}").format(formats.percent(month.close_rate)),
        ]
        lines.addWidget(Label(", ".join(said) + ".", wrap=True))
        if month.on_track is not None:
            head = QHBoxLayout()
            chip = StatusChip(Status.GOOD, self.tr("On track")) if month.on_track else None
            head.addWidget(chip or StatusChip(Status.BAD, self.tr("Not on track")))
            head.addStretch(1)
            lines.addSpacing(theme.current().px(4))
            lines.addLayout(head)

    def _add_pipeline(self, stages: Sequence[StageFigure]) -> None:
        lines = self._add_section(self.tr("Pipeline"))
        most = max((stage.count for stage in stages), default=0)
        for stage in stages:
            lines.addWidget(self._line(f"pipeline.{stage.stage}", self._stage(stage, most)))
        ended = self.tr("Open leads at the end of the period; won and lost within it.")
        note = ended if self._row.over else self.tr("Open leads now; won and lost within the period.")
        lines.addWidget(Label(note, "caption", "quiet", wrap=True))

    def _stage(self, stage: StageFigure, most: int) -> LineFigures:
        status = {"won": Status.GOOD, "lost": Status.BAD}.get(stage.stage, Status.NONE)
        leads = counted(stage.count, self.tr("lead"), self.tr("leads"))
        return LineFigures(
            self.tr(STAGES[stage.stage]),
            f"{stage.count:,}",
            share=stage.count / most if most else 0,
            note=formats.money(stage.premium),
            status=status,
            tooltip=self.tr("{leads}, {premium}. Next: {action}.").format(
                leads=leads, premium=formats.money(stage.premium), action=stage.action
            ),
        )

    def _add_health(self, rules: Sequence[HealthFigure]) -> None:
        lines = self._add_section(self.tr("Pipeline health"))
        lines.setSpacing(theme.current().px(6))
        for rule in rules:
            row = QHBoxLayout()
            row.setSpacing(theme.current().unit())
            status = Status.NONE if rule.fired is None or rule.value is None else Status.GOOD
            if rule.fired:
                status = Status.BAD
            chip = StatusChip(status, "" if status is not Status.NONE else "—", compact=True)
            chip.setToolTip(rule.label)
            row.addWidget(chip)
            said = sentences.health(rule)
            row.addWidget(Label(f"{said} {rule.reading}" if rule.fired else said, wrap=True), 1)
            lines.addLayout(row)


def _of(value: str, target: str, word: str) -> str:
    return f"{value} {word}" if target == formats.EM_DASH else f"{value} / {target} {word}"


def _with_arrow(words: str, change: float) -> str:
    return f"▲ {words}" if change > 0 else f"▼ {words}" if change < 0 else words
