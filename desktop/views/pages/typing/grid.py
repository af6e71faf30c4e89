"""The grid of weekly counts: a producer to each row, a kind to each column, what systems tracked in quiet letters.

Knows the counts of one week as texts; keeping them is the page's business.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.core import selfreports
from desktop.core.production import METRIC
from desktop.core.selfreports import KINDS
from desktop.errors import UserError
from desktop.services.grids import Line
from desktop.services.weekly_counts import CountGrid
from desktop.views import theme
from desktop.views.tables.editing import EditingGrid, EditingTable, GridRow

Index = QModelIndex | QPersistentModelIndex
Counts = dict[tuple[str, str], str]
_TRACKED = int(Qt.ItemDataRole.UserRole) + 20


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Typing", text)


def why_not(text: str) -> str:
    """Why a text is no count; empty for a count and for nothing."""
    try:
        selfreports.read_count(text)
    except UserError as error:
        return f"{error.what} {error.what_to_do}"
    return ""


def lines_of(counts: Counts) -> tuple[Line, ...]:
    """Counts as a line of texts to each producer."""
    lines: dict[str, dict[str, str]] = {}
    for (producer, kind), text in counts.items():
        lines.setdefault(producer, {})[kind] = text
    return tuple(Line(producer, texts) for producer, texts in lines.items())


class CountTable(EditingTable):
    """The counts of one week, typed over; a text that is no count has a red corner that says so."""

    def __init__(self, found: CountGrid, parent: QWidget | None = None) -> None:
        self.found = found
        self._titles = [METRIC[metric].label for _kind, metric in KINDS]
        rows = [
            GridRow(at, tuple("" if cell.reported is None else str(cell.reported) for cell in row.cells), {}, row.name)
            for at, row in enumerate(found.rows, 1)
        ]
        super().__init__(self._titles, rows, parent)

    def counts(self) -> Counts:
        """Every cell's text by producer and kind."""
        return {
            (row.producer, kind): self.text(at, column)
            for at, row in enumerate(self.found.rows)
            for column, (kind, _metric) in enumerate(KINDS)
        }

    def typed_lines(self) -> tuple[Line, ...]:
        """A line to each producer as the cells stand, with the text being typed."""
        counts = self.counts()
        if self.open is not None:
            (row, column), text = self.open
            counts[self.found.rows[row].producer, KINDS[column][0]] = text
        return lines_of(counts)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The producers' column has their name."""
        if section == 0 and orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return say("Producer")
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What was tracked besides, and words for screen readers."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column() - 1
        if column < 0:
            if role == Qt.ItemDataRole.ForegroundRole:
                return theme.current().colour("ink")
            return super().data(index, role)
        tracked = self.found.rows[row].cells[column].tracked
        if role == _TRACKED:
            return tracked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{self.found.rows[row].name}, {self._titles[column]}: {self.text(row, column) or say('nothing')}"
            return f"{said}, {say('{} tracked').format(tracked)}" if tracked else said
        if role == Qt.ItemDataRole.ToolTipRole:
            reason = why_not(self.text(row, column))
            return reason or (say("Systems tracked {} besides.").format(f"{tracked:,}") if tracked else None)
        return super().data(index, role)

    def _reason(self, row: int, column: int) -> str:
        return why_not(self.text(row, column)) if column >= 0 else ""


class _Painter(QStyledItemDelegate):
    """What was tracked, in quiet letters at the right of its cell."""

    def __init__(self, plain: QStyledItemDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self._plain = plain

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the cell as any editing grid's, then what was tracked."""
        self._plain.paint(painter, option, index)
        tracked = index.data(_TRACKED)
        if tracked:
            look = theme.current()
            painter.save()
            painter.setFont(look.font("caption"))
            painter.setPen(look.colour("quiet"))
            room = option.rect.adjusted(0, 0, -look.px(10), 0)
            words = say("+ {} tracked").format(f"{tracked:,}")
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """As any editing grid's."""
        return self._plain.createEditor(parent, option, index)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """As any editing grid's."""
        self._plain.destroyEditor(editor, index)


class CountsGrid(EditingGrid):
    """The grid over a `CountTable`."""

    def __init__(self, table: CountTable, parent: QWidget | None = None) -> None:
        super().__init__(table, say("Counts of the week"), parent)
        self.counts = table
        plain = self.itemDelegate()
        if isinstance(plain, QStyledItemDelegate):
            self.setItemDelegate(_Painter(plain, self))
        self.verticalHeader().hide()
        theme.current().changed.connect(self.size_columns)
        self.size_columns()
        if table.rowCount():
            self.setCurrentIndex(table.index(0, 1))

    def size_columns(self) -> None:
        """Names as wide as they are, counts with room for what was tracked."""
        look = theme.current()
        self.setColumnWidth(0, max(self.sizeHintForColumn(0) + look.px(16), look.px(150)))
        heading = self.horizontalHeader()
        for column in range(1, self.counts.columnCount()):
            self.setColumnWidth(column, max(heading.sectionSizeHint(column) + look.px(12), look.px(136)))
