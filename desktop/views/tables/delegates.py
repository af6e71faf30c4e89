"""How cells are painted: figures with the mark of their status.

Knows roles and the theme.
"""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from desktop.views import theme
from desktop.views.tables.columns import STATUS_ROLE
from desktop.views.theme import Status


class CellDelegate(QStyledItemDelegate):
    """Paints a cell with the mark of its status before the figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws the cell as usual, then the mark."""
        super().paint(painter, option, index)
        look = theme.current()
        rect = option.rect
        status = Status(index.data(STATUS_ROLE) or "none")
        if status is not Status.NONE:
            side = look.px(11)
            mark = look.pixmap(status.icon, side, status.role, painter.device().devicePixelRatio())
            painter.drawPixmap(_mark_left(rect, index, side), rect.center().y() - side // 2, mark)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for the text, and for the mark where there is one."""
        hint = super().sizeHint(option, index)
        extra = theme.current().px(16) if index.data(STATUS_ROLE) not in (None, "none") else 0
        return QSize(hint.width() + extra, theme.current().row_height)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Over words cut short, with nothing else to explain: the words in full."""
        cut = option.rect.width() < self.sizeHint(option, index).width()
        if event.type() is not QEvent.Type.ToolTip or index.data(Qt.ItemDataRole.ToolTipRole) or not cut:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), f"<qt>{html.escape(str(index.data() or ''))}</qt>", view)
        return True


def _mark_left(rect: QRect, index: QModelIndex | QPersistentModelIndex, side: int) -> int:
    """Right before a figure at the right, right after words at the left; at the very left where there is no room."""
    look = theme.current()
    text = QFontMetrics(look.font("body")).horizontalAdvance(str(index.data() or ""))
    aligned = Qt.AlignmentFlag(int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0))
    if aligned & Qt.AlignmentFlag.AlignLeft and text + side + look.px(20) <= rect.width():
        return rect.left() + look.px(14) + text
    return max(rect.right() - look.px(16) - text - side, rect.left() + look.px(3))
