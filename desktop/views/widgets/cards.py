"""The number card: one figure with its status, target, trend and change, as a button that opens the records behind it.

Knows texts and statuses, which the page has made from a service's record; computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.theme import Status
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.labels import ElidedLabel, Label
from desktop.views.widgets.sparklines import Sparkline


@dataclass(frozen=True, slots=True)
class CardFigures:
    """What a card shows, all as text: `change` with its sign, `change_status` whether that is good news."""

    value: str
    status: Status = Status.NONE
    target: str = ""
    change: str = ""
    change_up: bool | None = None
    change_status: Status = Status.NONE
    trend: tuple[float | None, ...] = ()
    tooltip: str = ""
    chip: str = ""


class NumberCard(QAbstractButton):
    """A card for one figure; `clicked` by mouse, Space or Enter."""

    def __init__(self, label: str, figures: CardFigures | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._label = ElidedLabel(label, "body", "quiet")
        self._chip = StatusChip(compact=True)
        self._value = Label("", "headline")
        self._target = ElidedLabel("", "caption", "quiet")
        self._change = Label("", "caption", "quiet")
        self._arrow = Label("", "caption")
        self._sparkline = Sparkline()
        self._arrow_icon: tuple[str, str] | None = None
        self._figure = QHBoxLayout()
        self._lines = QVBoxLayout(self)
        self._arrange()
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_figures(figures or CardFigures("—"))

    def set_figures(self, figures: CardFigures) -> None:
        """Shows `figures`."""
        self.figures = figures
        self._chip.set_status(figures.status, figures.chip)
        self._value.setText(figures.value)
        self._target.setText(figures.target)
        self._change.setText(figures.change)
        self._change.set_tone(figures.change_status.role)
        arrows = {True: "arrow-up", False: "arrow-down", None: "arrow-flat"}
        arrow = arrows[figures.change_up] if figures.change else ""
        self._arrow_icon = (arrow, figures.change_status.role) if arrow else None
        self._update_arrow()
        self._sparkline.set_values(figures.trend)
        self.setToolTip(figures.tooltip)
        said = [self.text(), figures.value, self._chip.text, figures.target, figures.change]
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setAccessibleDescription(figures.tooltip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a card as Space does: not every system presses buttons with it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as its lines, wide enough for five to a row at 1366."""
        return QSize(theme.current().px(208), self._lines.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(theme.current().px(168), self._lines.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, border and focus ring."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "pressed" if self.isDown() else "hover" if self.underMouse() else "surface"
        painter.setBrush(look.colour(role))
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(look.colour("accent" if self.hasFocus() else "hairline"), width))
        area = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(area, look.radius, look.radius)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        self._figure.addWidget(self._value)
        self._figure.addWidget(self._chip)
        self._figure.addWidget(self._sparkline, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._target, 1)
        foot.addWidget(self._arrow)
        foot.addWidget(self._change)
        for line in (head, self._figure, foot):
            self._lines.addLayout(line)
        for child in (self._label, self._chip, self._value, self._target, self._change, self._arrow, self._sparkline):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _update_arrow(self) -> None:
        if self._arrow_icon is None:
            self._arrow.clear()
            return
        name, role = self._arrow_icon
        look = theme.current()
        self._arrow.setPixmap(look.pixmap(name, look.px(12), role, self.devicePixelRatioF()))

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._lines.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        self._lines.setSpacing(look.px(2))
        self._figure.setSpacing(look.unit())
        self._update_arrow()
        self.updateGeometry()


class CardGrid(QWidget):
    """Cards in as many columns as fit, at most five."""

    def __init__(self, cards: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for card in cards:
            self.add_card(card)
        theme.current().changed.connect(self._place)

    def add_card(self, card: QWidget) -> None:
        """Adds `card` at the end."""
        self._cards.append(card)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """One column, so that a narrow window may have its way."""
        return QSize(theme.current().px(176), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Takes another number of columns where the width asks for it."""
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._place()

    def _fitting(self) -> int:
        return max(1, min(self.width() // theme.current().px(200), 5))

    def _place(self) -> None:
        self._columns = self._fitting()
        gap = theme.current().unit(1.5)
        self._grid.setSpacing(gap)
        for column in range(5):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // self._columns, number % self._columns)
