"""The base of every chart: title, marks under the mouse and the keys, what screen readers hear, and the way to a file.

A chart lays out its marks for a size and paints them; the same painting serves screen, PNG and SVG, whether strokes of
its own or pyqtgraph's make it (`plotted`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QWidget

from desktop.views import theme

Value: TypeAlias = str | int | float | None
Area: TypeAlias = QRectF | QPainterPath

_KEYS_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_KEYS_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_KEYS_DRILL = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure of the chart on screen: where it is, what it says, and what a click hands back."""

    area: Area
    text: str
    key: object = None

    @property
    def box(self) -> QRectF:
        """The rectangle around it."""
        return self.area if isinstance(self.area, QRectF) else self.area.boundingRect()

    def holds(self, place: QPointF) -> bool:
        """Whether `place` lies in it."""
        return self.area.contains(place)


class Chart(QWidget):
    """Subclasses write `_lay_out` (marks and whatever they need to paint), `_paint` and `table`."""

    drilled = Signal(object)
    mark_changed = Signal(str)
    file_chosen = Signal(object)

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._subtitle = subtitle
        self._marks: list[Mark] = []
        self._current = -1
        self._laid_out: QRectF | None = None
        self._told = False
        self.empty_text = self.tr("Nothing to show in this period.")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.current().changed.connect(self._on_theme_changed)

    # --- what it shows -----------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The finding, or the name of what is shown."""
        return self._title

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Says `title` over the chart and `subtitle` quietly under it."""
        self._title, self._subtitle = title, subtitle
        self._settle()

    def table(self) -> list[list[Value]]:
        """The figures as rows, the heading first, for a file or a reader that sees no picture."""
        raise NotImplementedError

    @property
    def marks(self) -> Sequence[Mark]:
        """The figures that mouse and keys can reach, laid out for the size of the moment."""
        self._ensure_layout(self._whole())
        return tuple(self._marks)

    @property
    def current_mark(self) -> Mark | None:
        """The mark under the mouse or reached by the keys."""
        self._ensure_layout(self._whole())
        return self._marks[self._current] if 0 <= self._current < len(self._marks) else None

    @property
    def summary(self) -> str:
        """All figures in words, for who sees no picture."""
        self._ensure_layout(self._whole())
        return self._summary()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paints title and chart into `area`, without hover and focus: what goes into a file."""
        self._ensure_layout(area)
        self._paint_head(painter, area)
        if self._marks:
            self._paint(painter)
        else:
            self._paint_empty(painter, self._room(area))

    # --- for subclasses ----------------------------------------------------------------------------------------------

    def _lay_out(self, area: QRectF) -> list[Mark]:
        """Places everything in `area`; answers the marks in the order of the keys."""
        raise NotImplementedError

    def _paint(self, painter: QPainter) -> None:
        """Paints what `_lay_out` has placed."""
        raise NotImplementedError

    def _summary(self) -> str:
        """All figures in words; the marks' texts unless a subclass knows better."""
        texts = [mark.text for mark in self._marks]
        return "; ".join(texts[:40]) if texts else self.empty_text

    def _row_step(self) -> int:
        """How many marks up and down go, where the marks stand in rows; 1 in a simple order."""
        return 1

    def _settle(self) -> None:
        """To be laid out and told in words anew when next painted; subclasses call it at the end of their setters."""
        self._laid_out = None
        self._current = -1
        self._told = False
        self.setAccessibleName(self._title or self.tr("Chart"))
        self.setAccessibleDescription("")
        self.updateGeometry()
        self.update()

    def _tell(self) -> None:
        """Says in words what has just been painted."""
        if not self._told:
            self._told = True
            self.setAccessibleDescription(self._summary())

    # --- sizes -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """A landscape of modest size."""
        look = theme.current()
        return QSize(look.px(420), look.px(240))

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        look = theme.current()
        return QSize(look.px(200), look.px(140))

    def _whole(self) -> QRectF:
        return QRectF(self.rect())

    def _room(self, area: QRectF) -> QRectF:
        """What the head leaves of `area`."""
        return area.adjusted(0, self._head_height(), 0, 0)

    def _head_height(self) -> float:
        look = theme.current()
        height = 0.0
        if self._title:
            height += QFontMetricsF(look.font("body", bold=True)).height()
        if self._subtitle:
            height += QFontMetricsF(look.font("caption")).height()
        return height + look.px(8) if height else 0.0

    def _ensure_layout(self, area: QRectF) -> None:
        if self._laid_out != area:
            self._laid_out = area
            self._marks = self._lay_out(self._room(area)) if area.width() > 20 and area.height() > 20 else []

    # --- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the chart, then the mark that mouse or keys are on with its value."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, self._whole())
        self._tell()
        look = theme.current()
        mark = self.current_mark
        if self.hasFocus() and mark is None:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._whole().adjusted(1, 1, -1, -1), look.radius, look.radius)
        if mark is not None:
            self._paint_current(painter, mark)

    def _paint_head(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        top = area.top()
        lines = ((self._title, look.font("body", bold=True), "ink"), (self._subtitle, look.font("caption"), "quiet"))
        for text, font, role in lines:
            if not text:
                continue
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(look.colour(role))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(QPointF(area.left(), top + metrics.ascent()), shown)
            top += metrics.height()

    def _paint_empty(self, painter: QPainter, room: QRectF) -> None:
        look = theme.current()
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("quiet"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty_text)

    def _paint_current(self, painter: QPainter, mark: Mark) -> None:
        self._paint_pointer(painter, mark)
        self._paint_bubble(painter, mark)

    def _paint_pointer(self, painter: QPainter, mark: Mark) -> None:
        """Shows which mark is meant: a frame, unless a subclass has something better."""
        look = theme.current()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("accent" if self.hasFocus() else "ink"), look.px(2)))
        if isinstance(mark.area, QPainterPath):
            painter.drawPath(mark.area)
        else:
            painter.drawRoundedRect(mark.area, look.px(3), look.px(3))

    def _paint_bubble(self, painter: QPainter, mark: Mark) -> None:
        look = theme.current()
        font = look.font("caption", bold=True)
        metrics = QFontMetricsF(font)
        pad = look.px(6)
        lines = mark.text.split("\n")
        width = min(max(metrics.horizontalAdvance(line) for line in lines) + 2 * pad, self.width() - 2.0)
        height = metrics.height() * len(lines) + 2 * look.px(3)
        box = mark.box
        left = min(max(box.center().x() - width / 2, 1.0), self.width() - width - 1)
        top = box.top() - height - look.px(4)
        if top < 1:
            top = min(box.bottom() + look.px(4), self.height() - height - 1.0)
        bubble = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("ink"))
        painter.drawRoundedRect(bubble, look.px(4), look.px(4))
        painter.setPen(look.colour("surface"))
        painter.setFont(font)
        painter.drawText(bubble.adjusted(pad, 0, -pad, 0), Qt.AlignmentFlag.AlignCenter, "\n".join(lines))

    # --- mouse and keys ----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tab leaves the chart, arrows move within it; a mouse that leaves takes the bubble along."""
        if event.type() == QEvent.Type.Leave and not self.hasFocus():
            self._move_to(-1)
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows the value under the mouse."""
        place = event.position()
        found = next((number for number, mark in enumerate(self.marks) if mark.holds(place)), -1)
        if found >= 0 or not self.hasFocus():
            self._move_to(found)
        drills = found >= 0 and self._marks[found].key is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if drills else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Opens what is behind the mark that was clicked."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.mouseMoveEvent(event)
            self._drill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End go through the marks, Enter opens what is behind one."""
        key = Qt.Key(event.key())
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            super().keyPressEvent(event)
        elif key in _KEYS_ON or key in _KEYS_BACK:
            upright = key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            step = self._row_step() if upright else 1
            self._go(step if key in _KEYS_ON else -step)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.marks:
            self._move_to(0 if key is Qt.Key.Key_Home else len(self._marks) - 1)
        elif key in _KEYS_DRILL and self.current_mark is not None:
            self._drill()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by the Tab key stands on the first mark."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and self.marks:
            self._move_to(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No mark stays marked in a chart that is left."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._move_to(-1)

    def _go(self, step: int) -> None:
        if self.marks:
            start = self._current if self._current >= 0 else (-step if step > 0 else len(self._marks))
            wanted = start + step
            self._move_to(wanted if 0 <= wanted < len(self._marks) else self._current)

    def _move_to(self, number: int) -> None:
        if number == self._current:
            return
        self._current = number
        mark = self.current_mark
        title = self._title or self.tr("Chart")
        self.setAccessibleName(title if mark is None else f"{title}: {mark.text}")
        self.mark_changed.emit("" if mark is None else mark.text)
        self.update()

    def _drill(self) -> None:
        mark = self.current_mark
        if mark is not None and mark.key is not None:
            self.drilled.emit(mark.key)

    def _on_theme_changed(self) -> None:
        self._laid_out = None
        self.updateGeometry()
        self.update()

    # --- files -------------------------------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers to save the chart, by the right button or the menu key."""
        menu = self.make_menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def make_menu(self) -> QMenu:
        """The ways to save this chart, for its own menu and a page's."""
        menu = QMenu(self)
        kinds = ((self.tr("Save as PNG…"), "png"), (self.tr("Save as SVG…"), "svg"), (self.tr("Save as CSV…"), "csv"))
        for words, suffix in kinds:
            menu.addAction(words).triggered.connect(self._asker(suffix))
        return menu

    def _asker(self, suffix: str) -> Callable[[], None]:
        return lambda: self._ask_file(suffix)

    def _ask_file(self, suffix: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the chart"), f"chart.{suffix}", f"{suffix.upper()} (*.{suffix})"
        )
        if chosen:
            self.save_chart(Path(chosen))

    def save_chart(self, path: Path) -> Path:
        """Writes the chart as PNG or SVG, or its figures as CSV or XLSX, by the suffix; returns the file.

        UserError when it cannot be written.
        """
        from desktop.views.charts.saving import save

        done = save(self, path)
        self._ensure_layout(self._whole())
        self.file_chosen.emit(done)
        return done
