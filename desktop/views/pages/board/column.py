"""One stage of the board: its name, how many and how much, how many are overdue, and its cards."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.boards import BoardCard, BoardColumn
from desktop.views import theme
from desktop.views.pages.board.cards import CardList
from desktop.views.pages.board.words import column_help, late_column_words, premium_words, stage_words
from desktop.views.tables import formats
from desktop.views.widgets.labels import ElidedLabel, Label


class StageColumn(QWidget):
    """A column; its `list` speaks for it."""

    def __init__(self, stage: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.list = CardList(stage)
        self._column: BoardColumn | None = None
        self._filter = ""
        self._name = ElidedLabel(stage_words(stage), strong=True)
        self._many = Label("", tone="quiet", strong=True)
        self._premium = ElidedLabel("", "caption", "quiet")
        self._late = Label("", "caption", "bad", strong=True)
        self._lines = QVBoxLayout(self)
        self._head = QVBoxLayout()
        for left, right in ((self._name, self._many), (self._premium, self._late)):
            row = QHBoxLayout()
            row.addWidget(left, 1)
            row.addWidget(right)
            self._head.addLayout(row)
        self._lines.addLayout(self._head)
        self._lines.addWidget(self.list, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_column(self, column: BoardColumn) -> None:
        """Shows the stage's cards."""
        self._column = column
        self._many.setText(formats.count(len(column.cards)))
        self._premium.setText(premium_words(column))
        self._late.setText(late_column_words(column))
        self.setToolTip(column_help(column))
        self._fill()

    def set_filter(self, text: str) -> None:
        """Shows only the cards whose words hold `text`."""
        self._filter = text.strip().casefold()
        self._fill()

    def _fill(self) -> None:
        if self._column is None:
            return
        current = self.list.current_card
        shown = [card for card in self._column.cards if self._matches(card)]
        self.list.cards.set_cards(shown)
        for row, card in enumerate(shown):
            if current is not None and card.subject == current.subject:
                self.list.setCurrentIndex(self.list.cards.index(row))

    def _matches(self, card: BoardCard) -> bool:
        one = card.standing
        words = (one.name, one.line, one.producer_name, one.lead_id, one.policy_number, one.detail)
        return not self._filter or any(self._filter in str(word).casefold() for word in words if word)

    def sizeHint(self) -> QSize:
        """Wide enough for a name and a premium."""
        return QSize(theme.current().px(168), theme.current().px(400))

    def minimumSizeHint(self) -> QSize:
        """The same width: columns scroll sideways before they are squeezed."""
        return QSize(theme.current().px(152), theme.current().px(240))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("hairline"))
        painter.setBrush(look.colour("track"))
        painter.setOpacity(0.55)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.radius, look.radius)

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._lines.setContentsMargins(look.px(2), look.px(8), look.px(2), look.px(4))
        self._head.setContentsMargins(look.px(8), 0, look.px(8), 0)
        self._head.setSpacing(0)
        self._lines.setSpacing(look.px(2))
        ring = f"border-radius: {look.radius}px; border: 1px solid"
        focused = f"QListView:focus {{ {ring} {look.hex('accent')}; }}"
        self.list.setStyleSheet(f"QListView {{ background: transparent; {ring} transparent; }} {focused}")
