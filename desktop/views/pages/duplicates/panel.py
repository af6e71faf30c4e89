"""Two clients side by side with the three answers. Knows their records; deciding is the page's business."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.merging import Side
from desktop.views import theme
from desktop.views.pages.duplicates import words
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Card, Label


class PairPanel(QWidget):
    """The comparison: `merged` says (kept, gone), `parted` the two that are not one, all by number."""

    merged = Signal(int, int)
    parted = Signal(int, int)

    def __init__(self, left: Side, right: Side, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = left.card.number, right.card.number
        card = Card(why)
        card.body.addLayout(self._grid(left, right))
        card.body.addLayout(self._buttons(left, right))
        said = self.tr("The kept client counts everything of both. Records stay as their files have them, and a later")
        rest = self.tr("file with the other number or name lands on the kept client. Undo brings both back.")
        card.body.addWidget(Label(f"{said} {rest}", "caption", "quiet", wrap=True))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(card)

    def _grid(self, left: Side, right: Side) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().unit(3))
        grid.setVerticalSpacing(theme.current().px(4))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, side in ((1, left), (2, right)):
            grid.addWidget(self._value(side.card.name, strong=True), 0, at)
        both = zip(words.facts(left), words.facts(right), strict=True)
        for row, ((name, mine), (_name, theirs)) in enumerate(both, 1):
            grid.addWidget(Label(name, tone="quiet"), row, 0)
            grid.addWidget(self._value(mine), row, 1)
            grid.addWidget(self._value(theirs), row, 2)
        return grid

    def _value(self, text: str, *, strong: bool = False) -> Label:
        label = Label(text, wrap=True, strong=strong)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _buttons(self, left: Side, right: Side) -> QHBoxLayout:
        self.left = Button(self.tr("Merge into &Left"), icon="back")
        self.right = Button(self.tr("Merge into &Right"), icon="forward")
        self.apart = Button(self.tr("&Not the Same"))
        for button in (self.left, self.right, self.apart):
            button.setAccessibleName(button.text().replace("&", ""))
        for button, kept, gone in ((self.left, left, right), (self.right, right, left)):
            said = self.tr("Keep {}; {} counts with it").format(words.client(kept.card), words.client(gone.card))
            button.setToolTip(said)
            button.setAccessibleDescription(said)
        self.apart.setToolTip(self.tr("They are two clients; this pair is not listed again"))
        one, other = self._numbers
        self.left.clicked.connect(lambda: self.merged.emit(one, other))
        self.right.clicked.connect(lambda: self.merged.emit(other, one))
        self.apart.clicked.connect(lambda: self.parted.emit(one, other))
        row = QHBoxLayout()
        for button in (self.left, self.right, self.apart):
            row.addWidget(button)
        row.addStretch(1)
        return row
