"""The bullet bar: actual against target and stretch in one row, on screen wherever a target is compared."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views import theme
from desktop.views.theme import Status


@dataclass(frozen=True, slots=True)
class BulletFigures:
    """A bar's numbers in any one unit (None: undefined or no target) and the text at its end."""

    actual: float | None
    target: float | None = None
    stretch: float | None = None
    text: str = "—"
    status: Status = Status.NONE
    tooltip: str = ""

    @property
    def span(self) -> float:
        """What the whole length stands for."""
        highest = max(value or 0.0 for value in (self.actual, self.target, self.stretch))
        return highest * 1.05 if highest > 0 else 1.0


def paint_bullet(painter: QPainter, area: QRectF, figures: BulletFigures) -> None:
    """Draws track, actual, target mark and stretch tick in `area`, without text."""
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    thick = min(area.height() * 0.5, look.px(10))
    rounding = min(thick / 2, look.px(3))
    bar = QRectF(area.left(), area.center().y() - thick / 2, area.width(), thick)
    painter.setBrush(look.colour("track"))
    painter.drawRoundedRect(bar, rounding, rounding)
    if figures.actual is not None and figures.actual > 0:
        painter.setBrush(look.colour("accent" if figures.status is Status.NONE else figures.status.role))
        length = max(bar.width() * figures.actual / figures.span, rounding * 2)
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), length, thick), rounding, rounding)
    _paint_mark(painter, area, figures.stretch, figures.span, look.colour("quiet"), 0.5)
    _paint_mark(painter, area, figures.target, figures.span, look.colour("ink"), 1.0)
    painter.restore()


def _paint_mark(
    painter: QPainter, area: QRectF, value: float | None, span: float, colour: QColor, share: float
) -> None:
    """An upright mark at `value`: the target's as high as the row, the stretch's half of it."""
    if value is None or value <= 0:
        return
    look = theme.current()
    width = look.px(2)
    height = min(area.height(), look.px(18)) * share
    left = area.left() + area.width() * value / span - width / 2
    painter.setBrush(look.colour("surface"))
    painter.drawRect(QRectF(left - look.px(1), area.center().y() - height / 2, width + look.px(2), height))
    painter.setBrush(colour)
    painter.drawRect(QRectF(left, area.center().y() - height / 2, width, height))


class BulletBar(QWidget):
    """A bullet bar as a widget, its value as text at the end."""

    def __init__(self, label: str, figures: BulletFigures | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._figures = figures or BulletFigures(None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)
        self.set_figures(self._figures)

    def set_figures(self, figures: BulletFigures) -> None:
        """Shows `figures`."""
        self._figures = figures
        self.setToolTip(figures.tooltip)
        self.setAccessibleName(f"{self._label}, {figures.text}")
        self.setAccessibleDescription(figures.tooltip)
        self.update()

    def sizeHint(self) -> QSize:
        """One row high."""
        look = theme.current()
        return QSize(look.px(220), max(look.px(22), QFontMetrics(look.font("body")).height()))

    def minimumSizeHint(self) -> QSize:
        """A third of it bar, the rest text."""
        return QSize(self._text_width() + theme.current().px(60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bar, then the value."""
        look = theme.current()
        painter = QPainter(self)
        room = self._text_width()
        area = QRectF(self.rect()).adjusted(0, 0, -room - look.px(8), 0)
        paint_bullet(painter, area, self._figures)
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font("body", bold=True))
        place = QRectF(self.width() - room, 0, room, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._figures.text)

    def _text_width(self) -> int:
        look = theme.current()
        metrics = QFontMetrics(look.font("body", bold=True))
        return max(metrics.horizontalAdvance(self._figures.text), look.px(64))
