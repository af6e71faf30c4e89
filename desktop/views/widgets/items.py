"""A list of things to do, each a button: a mark, what it is, a word at the right, and a line or two about it.

Knows texts and statuses; where a button leads is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.theme import Status
from desktop.views.widgets.labels import Card, Label, SectionTitle

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing: `note` stands at the right, `lines` under the title, `page` and `argument` say where it leads."""

    title: str
    lines: tuple[str, ...] = ()
    note: str = ""
    status: Status = Status.NONE
    icon: str = ""
    page: str = ""
    argument: object = field(default=None, compare=False)


class ItemButton(QAbstractButton):
    """An item; as high as its lines need at its width."""

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setText(item.title)
        self.setAccessibleName(", ".join(part for part in (item.title, item.note) if part))
        self.setAccessibleDescription(" ".join(item.lines))
        self.setToolTip("\n".join((item.title, *item.lines)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.current().changed.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        """Lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for the title and every wrapped line."""
        look = theme.current()
        title = QFontMetrics(look.font("body", bold=True)).height()
        return title + sum(self._heights(self._room(width))) + 2 * look.px(8) + (look.px(2) if self.item.lines else 0)

    def sizeHint(self) -> QSize:
        """At a usual width."""
        width = theme.current().px(260)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than readable."""
        width = theme.current().px(160)
        return QSize(width, QFontMetrics(theme.current().font("body")).height() * 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go along the list, Enter opens."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws mark, title, note, lines and focus ring."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "pressed" if self.isDown() else "hover" if self.underMouse() else ""
        painter.setBrush(look.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.radius, look.radius)
        self._paint_mark(painter)
        top = self._paint_title(painter)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("quiet"))
        room = self._room(self.width())
        for line, height in zip(self.item.lines, self._heights(room), strict=True):
            painter.drawText(QRect(look.px(32), top, room, height), _WRAP, line)
            top += height

    def _paint_mark(self, painter: QPainter) -> None:
        look, item = theme.current(), self.item
        name = item.icon or item.status.icon
        role = item.status.role if item.status is not Status.NONE else "quiet"
        side = look.px(16)
        if name:
            painter.drawPixmap(look.px(8), look.px(9), look.pixmap(name, side, role, self.devicePixelRatioF()))

    def _paint_title(self, painter: QPainter) -> int:
        look, item = theme.current(), self.item
        font = look.font("body", bold=True)
        metrics, caption = QFontMetrics(font), QFontMetrics(look.font("caption"))
        note = caption.horizontalAdvance(item.note) + look.px(8) if item.note else 0
        room = QRect(look.px(32), look.px(8), self._room(self.width()) - note, metrics.height())
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        elided = metrics.elidedText(item.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        if item.note:
            painter.setFont(look.font("caption"))
            painter.setPen(look.colour(item.status.role if item.status is not Status.NONE else "quiet"))
            right = QRect(room.right() + 1, room.top(), note, room.height())
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, item.note)
        return room.bottom() + 1 + look.px(2)

    def _room(self, width: int) -> int:
        return max(width - theme.current().px(32 + 10), theme.current().px(60))

    def _heights(self, room: int) -> list[int]:
        metrics = QFontMetrics(theme.current().font("body"))
        return [metrics.boundingRect(0, 0, room, 10_000, _WRAP, line).height() for line in self.item.lines]


class ItemList(Card):
    """A titled card of items; a sentence where there is none. `chosen` carries the item."""

    chosen = Signal(object)

    def __init__(self, title: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = title
        self._nothing = nothing
        self._head = SectionTitle(title)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.items: list[ItemButton] = []
        self.body.addWidget(self._head)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self.setAccessibleName(title)

    @property
    def title(self) -> str:
        """What the list is of."""
        return self._title

    def set_title(self, title: str) -> None:
        """Another title, from the next items on."""
        self._title = title
        self.setAccessibleName(title)

    def set_items(self, items: Sequence[Item], count: int | None = None) -> None:
        """Shows `items`; `count` behind the title where it is not their number."""
        while self._lines.count():
            taken = self._lines.takeAt(0)
            gone = taken.widget() if taken is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        many = len(items) if count is None else count
        self._head.setText(f"{self._title} ({many})" if many else self._title)
        self.items = [ItemButton(item) for item in items]
        for button in self.items:
            button.clicked.connect(lambda _=False, item=button.item: self.chosen.emit(item))
            self._lines.addWidget(button)
        if not items:
            self._lines.addWidget(Label(self._nothing, tone="quiet", wrap=True))
