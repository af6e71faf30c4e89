"""Search over everything, in front of the page: a field, and under it the hits in groups, chosen by keys or mouse.

Knows hits as texts; who finds them and where they lead is said by whoever listens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.views import theme
from desktop.views.widgets.header import SearchField
from desktop.views.widgets.labels import Label

_PAUSE_MS = 60
_HIT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, a line on it, its icon, and the page that shows it with what it is asked for."""

    title: str
    detail: str = ""
    icon: str = "search"
    page: str = ""
    argument: object = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits of one kind under their word; `more` where there are more than are listed."""

    title: str
    hits: tuple[Hit, ...]
    more: bool = False


class _HitPainter(QStyledItemDelegate):
    """A hit in one line: icon, name, and the rest in quiet letters; a group's word above its hits."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        """Draws the line."""
        look = theme.current()
        hit, rect = index.data(_HIT), option.rect  # type: ignore[attr-defined]
        painter.save()
        if hit is None:
            painter.setFont(look.font("caption", bold=True))
            painter.setPen(look.colour("quiet"))
            inside = rect.adjusted(look.px(12), 0, -look.px(12), -look.px(2))
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignBottom), str(index.data()))  # type: ignore[attr-defined]
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(look.colour("selection"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(rect).adjusted(4, 1, -4, -1), look.radius, look.radius)
        self._paint_hit(painter, rect, hit)
        painter.restore()

    def _paint_hit(self, painter: QPainter, rect: QRect, hit: Hit) -> None:
        look = theme.current()
        side = look.px(16)
        mark = look.pixmap(hit.icon, side, "quiet", painter.device().devicePixelRatio())
        painter.drawPixmap(rect.left() + look.px(14), rect.center().y() - side // 2, mark)
        font = look.font("body", bold=True)
        metrics = QFontMetrics(font)
        room = rect.adjusted(look.px(40), 0, -look.px(14), 0)
        name = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, room.width() * 2 // 3)
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), name)
        rest = room.adjusted(metrics.horizontalAdvance(name) + look.px(10), 0, 0, 0)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("quiet"))
        words = QFontMetrics(look.font("body")).elidedText(hit.detail, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), words)

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        """One row each, a little less for a group's word."""
        look = theme.current()
        return QSize(look.px(200), look.px(26) if index.data(_HIT) is None else look.px(32))  # type: ignore[attr-defined]


class SearchPalette(QFrame):
    """Lies over the top of its parent; `asked` carries the text once typing pauses, `chosen` the hit."""

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._before: QWidget | None = None
        self._answered: str | None = None
        self._hasty: str | None = None
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Search"))
        self.field = SearchField(self.tr("Search leads, clients, people, policies and pages"))
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setItemDelegate(_HitPainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.said = Label("", tone="quiet", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.field.text()))
        self._lines = QVBoxLayout(self)
        for widget in (self.field, self.said, self.list):
            self._lines.addWidget(widget)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._on_item_clicked)
        parent.installEventFilter(self)
        theme.current().changed.connect(self._place)
        self.hide()

    def open(self) -> None:
        """Shows the field, what was typed before selected, and asks at once."""
        from PySide6.QtWidgets import QApplication

        self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.selectAll()
        # the book may have changed since
        self._answered = self._hasty = None
        self.asked.emit(self.field.text())

    def close_palette(self) -> None:
        """Puts it away; the cursor goes back to where it was."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()

    def show_hits(self, text: str, groups: Sequence[HitGroup]) -> None:
        """Shows what was found for `text`; an answer to an older question is dropped."""
        if text != self.field.text():
            return
        self._answered = text
        self.list.clear()
        for group in groups:
            head = QListWidgetItem(self.tr("{} – more, type on").format(group.title) if group.more else group.title)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(head)
            for hit in group.hits:
                line = QListWidgetItem(hit.title)
                line.setData(_HIT, hit)
                line.setData(Qt.ItemDataRole.AccessibleTextRole, f"{group.title}: {hit.title}, {hit.detail}")
                self.list.addItem(line)
        self._move(1)
        nothing = self.tr("Nothing is called that, and no number begins or ends so.") if text.strip() else ""
        self.said.setText("" if groups else nothing)
        self.said.setVisible(not groups and bool(nothing))
        self._place()
        if self._hasty == text and not self.isHidden():
            self._choose(self.list.currentItem())

    @property
    def hits(self) -> list[Hit]:
        """What is listed."""
        found = (self.list.item(row).data(_HIT) for row in range(self.list.count()))
        return [hit for hit in found if hit is not None]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that go along the list, and the parent's size."""
        if watched is self._host and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if watched is self.field and event.type() == QEvent.Type.FocusOut and not self.isHidden():
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground and border."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colour("surface"))
        painter.setPen(QPen(look.colour("disabled"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.radius, look.radius)

    def _on_text_changed(self, _text: str) -> None:
        self._hasty = None
        self._pause.start()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        """Goes to the next hit that way, over the groups' words."""
        row = self.list.currentRow() + step
        while 0 <= row < self.list.count():
            if self.list.item(row).data(_HIT) is not None:
                self.list.setCurrentRow(row)
                return
            row += step

    def _take(self) -> None:
        """Opens the chosen hit; where the answer to what is typed is still to come, its first one as soon as it does.

        What was found for other words is never opened for these.
        """
        if self._answered == self.field.text():
            self._choose(self.list.currentItem())
            return
        self._pause.stop()
        self._hasty = self.field.text()
        self.asked.emit(self._hasty)

    def _choose(self, line: QListWidgetItem | None) -> None:
        hit = None if line is None else line.data(_HIT)
        if hit is not None:
            self.close_palette()
            self.chosen.emit(hit)

    def _on_item_clicked(self, line: QListWidgetItem) -> None:
        self._choose(line)

    def _place(self) -> None:
        look = theme.current()
        self._lines.setContentsMargins(look.unit(1.5), look.unit(1.5), look.unit(1.5), look.unit(1.5))
        self._lines.setSpacing(look.unit())
        width = min(look.px(640), self._host.width() - look.unit(4))
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.list.count())) + look.px(6)
        self.list.setVisible(self.list.count() > 0)
        self.list.setFixedHeight(min(rows, max(self._host.height() - look.px(160), look.px(120))))
        self._lines.activate()
        height = self._lines.sizeHint().height()
        self.setGeometry((self._host.width() - width) // 2, look.px(48), width, height)
