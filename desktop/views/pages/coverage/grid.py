"""The grid of the coverage page: weeks as columns, kinds as rows, every state with a mark of its own.

Knows the calendar's records and how to paint them; what a click opens is the page's business.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.core.coverage import State
from desktop.services.coverage import Calendar, Cell
from desktop.views import theme
from desktop.views.pages.coverage import words
from desktop.views.tables.editing import name_corner

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CoverageTable(QAbstractTableModel):
    """A calendar as a model: a cell's record under `UserRole`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Calendar((), ())

    def show_calendar(self, shown: Calendar) -> None:
        """Shows another calendar."""
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def cell(self, index: Index) -> Cell:
        """The record of a cell."""
        return self._shown.rows[index.row()].cells[index.column()]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """A row to each kind."""
        return 0 if parent.isValid() else len(self._shown.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """A column to each week."""
        return 0 if parent.isValid() else len(self._shown.weeks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The number of records, and the whole in words."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return words.short(cell.records) if cell.records else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.sentence(cell)
        return cell if role == Qt.ItemDataRole.UserRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Kinds at the left; above, the day of each week's Monday."""
        if orientation is Qt.Orientation.Vertical:
            named = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return words.kind(self._shown.rows[section].kind) if named else None
        week = self._shown.weeks[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(week.start.day)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.week(week)
        return week if role == Qt.ItemDataRole.UserRole else None


class _WeekHeader(QHeaderView):
    """The months over the days on which weeks begin."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(super().sizeHint().width(), 2 * QFontMetrics(theme.current().font("caption")).height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws every section at once: a month's name reaches over the weeks beside it."""
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.colour("surface"))
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("quiet"))
        line = QFontMetrics(look.font("caption")).height()
        free = 0
        model = self.model()
        for section in range(self.count()):
            left, width = self.sectionViewportPosition(section), self.sectionSize(section)
            week = model.headerData(section, self.orientation(), Qt.ItemDataRole.UserRole)
            place = QRectF(left, line + 4, width, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(week.start.day))
            name = words.month(week.start.month)
            if (section == 0 or week.start.day <= 7) and left >= free:
                name = f"{name} {week.start.year}" if section == 0 or week.start.month == 1 else name
                free = left + QFontMetrics(look.font("caption")).horizontalAdvance(name) + look.px(6)
                painter.drawText(QRectF(left + 2, 2, 400, line), Qt.AlignmentFlag.AlignLeft, name)


class _CellPainter(QStyledItemDelegate):
    """Filled: its number, or solid where narrow. Gap: a dashed box with an exclamation mark. Unused: a dot.

    The week that is not over: an open box.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one week of one kind."""
        look = theme.current()
        cell: Cell = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = look.px(1.5)
        area = QRectF(option.rect).adjusted(gap, gap, -gap, -gap)
        self._state(painter, area, cell)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("ink"), look.px(2)))
            painter.drawRoundedRect(area, look.px(3), look.px(3))
        painter.restore()

    def _state(self, painter: QPainter, area: QRectF, cell: Cell) -> None:
        look = theme.current()
        rounding = look.px(3)
        if cell.state is State.FILLED:
            roomy = QFontMetrics(look.font("caption")).horizontalAdvance("0.0k") <= area.width()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection" if roomy else "accent"))
            painter.drawRoundedRect(area, rounding, rounding)
            if roomy:
                painter.setFont(look.font("caption"))
                painter.setPen(look.colour("ink"))
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words.short(cell.records))
        elif cell.state is State.GAP:
            painter.setPen(QPen(look.colour("bad"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(look.colour("bad_tint"))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), rounding, rounding)
            self._mark(painter, area, "exclamation", "bad")
        elif cell.state is State.RUNNING:
            painter.setPen(QPen(look.colour("hairline"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), rounding, rounding)
        elif cell.state is State.UNUSED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("disabled"))
            painter.drawEllipse(area.center(), look.px(2), look.px(2))

    def _mark(self, painter: QPainter, area: QRectF, name: str, role: str) -> None:
        look = theme.current()
        side = look.px(11)
        mark = look.pixmap(name, side, role, painter.device().devicePixelRatio())
        painter.drawPixmap(round(area.center().x() - side / 2), round(area.center().y() - side / 2), mark)


class CoverageGrid(QTableView):
    """The calendar; arrows go from week to week, Enter and click open one."""

    cell_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = CoverageTable(self)
        self.setModel(self.table)
        self.setItemDelegate(_CellPainter(self))
        self.setAccessibleName(self.tr("Calendar of coverage"))
        self.setHorizontalHeader(_WeekHeader(self))
        self.horizontalHeader().setAccessibleName(self.tr("Weeks"))
        self.verticalHeader().setAccessibleName(self.tr("Kinds of records"))
        name_corner(self, self.tr("All weeks"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionsClickable(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)
        theme.current().changed.connect(self._fit)

    def show_calendar(self, shown: Calendar) -> None:
        """Shows another calendar, at its newest week."""
        kept, before = self.currentIndex(), self.table.columnCount()
        self.table.show_calendar(shown)
        self._fit()
        columns = self.table.columnCount()
        if columns and self.table.rowCount():
            row, column = max(kept.row(), 0), kept.column() if kept.isValid() and before == columns else columns - 1
            self.setCurrentIndex(self.table.index(min(row, self.table.rowCount() - 1), column))
            self.scrollTo(self.table.index(0, columns - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the week; arrows are Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All weeks side by side where they fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        rows, columns = self.table.rowCount(), self.table.columnCount()
        self.verticalHeader().setDefaultSectionSize(look.px(32))
        names = [str(self.table.headerData(row, Qt.Orientation.Vertical)) for row in range(rows)]
        metrics = QFontMetrics(self.verticalHeader().font())
        side = max((metrics.horizontalAdvance(name) for name in names), default=0) + look.px(28)
        self.verticalHeader().setFixedWidth(side)
        narrowest = QFontMetrics(look.font("caption")).horizontalAdvance("30") + look.px(3)
        room = self.viewport().width()
        width = max(room // columns, narrowest) if columns else narrowest
        spare = max(room - width * columns, 0) if columns else 0
        for column in range(columns):
            # what division leaves over goes to the first weeks, so that the grid ends where it should
            self.setColumnWidth(column, width + (1 if column < spare else 0))
        bar = self.horizontalScrollBar().sizeHint().height() if width * columns > room else 0
        height = self.horizontalHeader().sizeHint().height() + rows * look.px(32) + bar + 4
        self.setFixedHeight(height)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.cell_opened.emit(self.table.cell(index))
