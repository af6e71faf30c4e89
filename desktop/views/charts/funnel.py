"""The funnel: how many reached each stage, the share of all and of the step before, the largest drop marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views import theme
from desktop.views.charts import painting
from desktop.views.charts.chart import Chart, Mark, Value
from desktop.views.charts.records import FunnelStep
from desktop.views.charts.units import Unit, value_text


class FunnelChart(Chart):
    """One row per stage; the words at the right say what the bar cannot."""

    def __init__(
        self, steps: Sequence[FunnelStep] = (), title: str = "", subtitle: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, subtitle, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows: list[tuple[FunnelStep, QRectF, QRectF]] = []
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[FunnelStep]) -> None:
        """Shows other stages."""
        self._steps = tuple(steps)
        self._settle()

    def table(self) -> list[list[Value]]:
        """Stage, count and both shares."""
        heading: list[Value] = [
            self.tr("Stage"),
            self.tr("Reached"),
            self.tr("Share of all"),
            self.tr("Share of the step before"),
            self.tr("Largest drop"),
        ]
        yes = self.tr("yes")
        return [
            heading,
            *([s.label, s.count, s.share, s.step_share, yes if s.largest_drop else None] for s in self._steps),
        ]

    def sizeHint(self) -> QSize:
        """One row per stage and one for the headings."""
        look = theme.current()
        rows = max(len(self._steps), 2) * look.px(36) + painting.foot_height()
        return QSize(look.px(520), round(self._head_height() + rows))

    def minimumSizeHint(self) -> QSize:
        """All stages: none is cut off."""
        return QSize(theme.current().px(300), self.sizeHint().height())

    def _lay_out(self, area: QRectF) -> list[Mark]:
        self._rows = []
        most = max((step.count for step in self._steps), default=0)
        if not most:
            return []
        look = theme.current()
        self._names = min(
            painting.widest([s.label for s in self._steps], look.font("body")) + look.px(12), area.width() * 0.3
        )
        self._right = min(float(look.px(276)), area.width() * 0.45)
        room = area.width() - self._names - self._right
        top = area.top() + painting.foot_height()
        for step in self._steps:
            row = QRectF(area.left(), top, area.width(), look.px(36))
            bar = QRectF(area.left() + self._names, top + look.px(7), room * step.count / most, look.px(22))
            self._rows.append((step, row, bar))
            top += look.px(36)
        return [Mark(row, self._said(step), step.key) for step, row, _ in self._rows]

    def _said(self, step: FunnelStep) -> str:
        text = self.tr("{stage}: {count}, {share} of all, {step} of the step before").format(
            stage=step.label,
            count=value_text(Unit.COUNT, step.count),
            share=value_text(Unit.RATE, step.share),
            step=value_text(Unit.RATE, step.step_share),
        )
        return f"{text}, {self.tr('the largest drop')}" if step.largest_drop else text

    def _paint(self, painter: QPainter) -> None:
        look = theme.current()
        self._paint_heading(painter)
        for step, row, bar in self._rows:
            names = QRectF(row.left(), row.top(), self._names - look.px(8), row.height())
            painting.put_text(painter, names, step.label, look.font("body"))
            track = QRectF(bar.left(), bar.top(), row.width() - self._names - self._right, bar.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("track"))
            painter.drawRoundedRect(track, 3, 3)
            painter.setBrush(look.colour("bad" if step.largest_drop else "accent"))
            if step.count:
                painter.drawRoundedRect(bar, 3, 3)
            self._paint_figures(painter, step, row)

    def _columns(self, row: QRectF) -> list[QRectF]:
        """Count, share of all, share of the step before."""
        left = row.right() - self._right
        width = self._right / 3
        return [QRectF(left + number * width, row.top(), width - 2, row.height()) for number in range(3)]

    def _paint_heading(self, painter: QPainter) -> None:
        first = self._rows[0][1]
        height = painting.foot_height()
        line = QRectF(first.left(), first.top() - height, first.width(), height)
        words = (self.tr("reached"), self.tr("of all"), self.tr("of step before"))
        for place, word in zip(self._columns(line), words, strict=True):
            painting.put_text(painter, place, word, painting.caption_font(), "quiet", painting.RIGHT)

    def _paint_figures(self, painter: QPainter, step: FunnelStep, row: QRectF) -> None:
        count, share, before = self._columns(row)
        font = theme.current().font("body")
        bold = theme.current().font("body", bold=True)
        painting.put_text(painter, count, value_text(Unit.COUNT, step.count), bold, "ink", painting.RIGHT)
        painting.put_text(painter, share, value_text(Unit.RATE, step.share), font, "ink", painting.RIGHT)
        role, text = (
            ("bad", f"▼ {value_text(Unit.RATE, step.step_share)}")
            if step.largest_drop
            else ("ink", value_text(Unit.RATE, step.step_share))
        )
        painting.put_text(painter, before, text, bold if step.largest_drop else font, role, painting.RIGHT)
