"""The cards of one stage: a list that can be walked by keys, dragged from and dropped onto.

Knows what a card says; where it goes is the page's business.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.services.boards import BoardCard
from desktop.views import theme
from desktop.views.pages.board.words import card_words, day_words, late_words, money_words, say, stage_words, who_words
from desktop.views.theme import Status

MIME = "application/x-producer-desk-card"
CARD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex


class CardModel(QAbstractListModel):
    """The cards of a stage."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[BoardCard, ...] = ()

    @property
    def cards(self) -> tuple[BoardCard, ...]:
        """What is shown."""
        return self._cards

    def set_cards(self, cards: Sequence[BoardCard]) -> None:
        """Shows other cards."""
        self.beginResetModel()
        self._cards = tuple(cards)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many cards there are."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """A card's name, its words for a screen reader and tooltip, or the card itself."""
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.standing.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return card_words(card)
        return card if role == CARD_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be dragged; everything can be dropped on the list."""
        flags = super().flags(index)
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def mimeTypes(self) -> list[str]:
        """Cards, which only boards understand."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Which lead or case is being dragged."""
        data = QMimeData()
        for index in indexes[:1]:
            subject = self._cards[index.row()].subject
            data.setData(MIME, QByteArray(json.dumps(subject).encode()))
        return data


class CardDelegate(QStyledItemDelegate):
    """Paints a card: the name, what it is worth, the days in the stage, and those over the time with a mark."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Four lines."""
        look = theme.current()
        body = QFontMetrics(look.font("body", bold=True)).height()
        small = QFontMetrics(look.font("caption")).height()
        return QSize(look.px(120), body + 3 * small + look.px(25))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws it."""
        card: BoardCard = index.data(CARD_ROLE)
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
        area = option.rect.adjusted(look.px(4), look.px(3), -look.px(4), -look.px(3))
        painter.setBrush(look.colour("selection" if selected else "surface"))
        painter.setPen(QPen(look.colour("accent" if focused else "hairline"), 2 if focused else 1))
        painter.drawRoundedRect(area, look.radius, look.radius)
        inner = area.adjusted(look.px(9), look.px(6), -look.px(9), -look.px(6))
        self._paint_lines(painter, inner, card)
        painter.restore()

    def _paint_lines(self, painter: QPainter, inner: QRect, card: BoardCard) -> None:
        look = theme.current()
        bold, small = look.font("body", bold=True), look.font("caption")
        top = inner.top()
        height = QFontMetrics(bold).height()
        _put(painter, QRect(inner.left(), top, inner.width(), height), card.standing.name, bold, "ink")
        top += height + look.px(1)
        height = QFontMetrics(small).height()
        _put(painter, QRect(inner.left(), top, inner.width(), height), money_words(card), small, "quiet")
        top += height
        _put(painter, QRect(inner.left(), top, inner.width(), height), who_words(card), small, "quiet")
        top += height
        days = self._days_fitting(card, inner.width())
        width = QFontMetrics(small).horizontalAdvance(days) + look.px(4)
        _put(painter, QRect(inner.left(), top, width, height), days, small, "quiet")
        if card.late:
            self._paint_late(painter, QRect(inner.left() + width, top, inner.width() - width, height), card)

    def _days_fitting(self, card: BoardCard, room: int) -> str:
        """The days in the stage, in short where those over the time would not stand beside them."""
        look = theme.current()
        days = day_words(card)
        late = QFontMetrics(look.font("caption", bold=True)).horizontalAdvance(late_words(card)) if card.late else 0
        needed = QFontMetrics(look.font("caption")).horizontalAdvance(days) + late + look.px(24)
        return days if needed <= room else say("{} d").format(card.days)

    def _paint_late(self, painter: QPainter, room: QRect, card: BoardCard) -> None:
        look = theme.current()
        small = look.font("caption", bold=True)
        text = late_words(card)
        side = look.px(12)
        width = min(QFontMetrics(small).horizontalAdvance(text) + 1, room.width() - side - look.px(4))
        left = room.right() - width
        mark = look.pixmap(Status.BAD.icon, side, Status.BAD.role, painter.device().devicePixelRatio())
        painter.drawPixmap(left - side - look.px(3), room.top() + (room.height() - side) // 2, mark)
        _put(painter, QRect(left, room.top(), width + 1, room.height()), text, small, Status.BAD.role)


def _put(painter: QPainter, place: QRect, text: str, font: object, role: str) -> None:
    painter.setFont(font)  # type: ignore[arg-type]
    painter.setPen(theme.current().colour(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class CardList(QListView):
    """`card_dropped` carries the subject that was dropped here, `card_pushed` a step to another column by keys.

    `neighbour_asked`: the keys left or right go to the column beside; `card_opened`: Enter or double click;
    `menu_asked`: the menu of a card at a place on the screen; `drag_changed`: whether a card of it is being dragged.
    """

    card_dropped = Signal(object)
    drag_changed = Signal(bool)
    card_pushed = Signal(object, int)
    neighbour_asked = Signal(int)
    card_opened = Signal(object)
    menu_asked = Signal(object, object)

    def __init__(self, stage: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setAccessibleName(say("Cards in {}").format(stage_words(stage)))
        self.setAccessibleDescription(
            say("Arrow keys go through cards and stages. Ctrl with left or right moves one, Space offers all.")
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.doubleClicked.connect(lambda index: self.card_opened.emit(index.data(CARD_ROLE)))
        theme.current().changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current_card(self) -> BoardCard | None:
        """The card that the keys are on."""
        card = self.currentIndex().data(CARD_ROLE)
        return card if isinstance(card, BoardCard) else None

    def select_card(self, subject: tuple[str | None, str | None]) -> bool:
        """Goes to a lead's or case's card; False when it is not here."""
        for row, card in enumerate(self.cards.cards):
            if card.subject == subject:
                self.setCurrentIndex(self.cards.index(row))
                self.setFocus()
                return True
        return False

    def enter(self) -> None:
        """Comes in by the keys: the card that was current, else the first."""
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By Tab, too, a card is gone to, so that the ring shows where the keys are."""
        super().focusInEvent(event)
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keys and not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right change the column, with Ctrl they move the card; Enter opens, Space offers all stages."""
        key = Qt.Key(event.key())
        card = self.current_card
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if card is not None:
                self.card_pushed.emit(card, steps[key])
        elif key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.neighbour_asked.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card is not None:
            self.card_opened.emit(card)
        elif key == Qt.Key.Key_Space and card is not None:
            # not every keyboard has a menu key
            place = self.visualRect(self.currentIndex()).center()
            self.menu_asked.emit(card, self.viewport().mapToGlobal(place))
        else:
            super().keyPressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Says that a card is under way, until it is dropped or given up."""
        self.drag_changed.emit(True)
        super().startDrag(actions)
        self.drag_changed.emit(False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers the stages a card can go to."""
        card = self.current_card
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            card = self.indexAt(event.pos()).data(CARD_ROLE)
        if isinstance(card, BoardCard):
            self.menu_asked.emit(card, event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes cards alone."""
        self._accept(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Takes cards alone."""
        self._accept(event)

    def _accept(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tells which card has come."""
        if event.mimeData().hasFormat(MIME):
            lead_id, policy_number = json.loads(bytes(event.mimeData().data(MIME).data()))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.card_dropped.emit((lead_id, policy_number))
