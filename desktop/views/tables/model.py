"""The item model behind every table: records as rows, declared columns, pinned rows that sorting leaves in place.

Holds rows, not queries. Sorting and filtering order a list of numbers, so a million rows cost one sort and no copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.views import theme
from desktop.views.tables.columns import RECORD_ROLE, SORT_ROLE, STATUS_ROLE, VALUES_ROLE, Column, Kind
from desktop.views.theme import Status

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RecordTableModel(QAbstractTableModel):
    """A table of records. The first `pinned` rows and the totals row stay where they are, whatever is sorted."""

    rows_changed = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._head: tuple[Any, ...] = ()
        self._rows: Sequence[Any] = ()
        self._totals: tuple[Any, ...] = ()
        self._order: Sequence[int] = range(0)
        self._sorted_by: tuple[int, bool] | None = None
        self._needles: dict[int, str] = {}
        self._needle = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The declared columns."""
        return self._columns

    @property
    def sorted_by(self) -> tuple[int, bool] | None:
        """Column and whether descending."""
        return self._sorted_by

    def set_rows(self, rows: Sequence[Any], pinned: int = 0, totals: Any | None = None) -> None:
        """Shows `rows`, the first `pinned` of them and the record `totals` in fixed places."""
        self.beginResetModel()
        self._head = tuple(rows[:pinned])
        self._rows = rows[pinned:] if pinned else rows
        self._totals = () if totals is None else (totals,)
        self._reorder()
        self.endResetModel()
        self.rows_changed.emit()

    def row_at(self, row: int) -> Any:
        """The record shown in `row`."""
        if row < len(self._head):
            return self._head[row]
        inner = row - len(self._head)
        if inner < len(self._order):
            return self._rows[self._order[inner]]
        return self._totals[inner - len(self._order)]

    def is_fixed(self, row: int) -> bool:
        """Whether `row` is pinned or the totals."""
        return row < len(self._head) or row >= len(self._head) + len(self._order)

    def is_totals(self, row: int) -> bool:
        """Whether `row` is the totals."""
        return row >= len(self._head) + len(self._order)

    def column_of(self, key: str) -> int:
        """The number of the column `key`; raises KeyError when there is none."""
        for number, column in enumerate(self._columns):
            if column.key == key:
                return number
        raise KeyError(key)

    def set_filter(self, text: str) -> None:
        """Keeps the rows in which some text column holds `text`, whatever the case."""
        self._needle = text.strip().casefold()
        self._reset_order()

    def set_column_filter(self, column: int, text: str) -> None:
        """Keeps the rows whose cell in `column` reads `text` somewhere."""
        needle = text.strip().casefold()
        if needle:
            self._needles[column] = needle
        else:
            self._needles.pop(column, None)
        self._reset_order()

    def clear_filters(self) -> None:
        """Shows all rows again."""
        self._needles.clear()
        self._needle = ""
        self._reset_order()

    @property
    def filtered(self) -> bool:
        """Whether a filter is at work."""
        return bool(self._needle or self._needles)

    @property
    def shown_count(self) -> int:
        """How many rows the filters leave, without the fixed ones."""
        return len(self._order)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Pinned rows, rows, totals."""
        return 0 if parent.isValid() else len(self._head) + len(self._order) + len(self._totals)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """All declared columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the cell shows, how, and its native values under SORT_ROLE and VALUES_ROLE."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        row = self.row_at(index.row())
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.display(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.explain(row) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.display(row)}"
        if role == Qt.ItemDataRole.FontRole:
            return theme.current().font("body", bold=True) if self.is_fixed(index.row()) else None
        return self._native(row, column, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles and their help."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{column.title} {self._arrow(section)}".rstrip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.title}\n{column.help}" if column.help else column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by native values, undefined last; -1 goes back to the order in which the rows came."""
        known = 0 <= column < len(self._columns)
        self._sorted_by = (column, order is Qt.SortOrder.DescendingOrder) if known else None
        self._reset_order()
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def _arrow(self, section: int) -> str:
        if self._sorted_by is None or self._sorted_by[0] != section:
            return ""
        return "↓" if self._sorted_by[1] else "↑"

    def _native(self, row: Any, column: Column, role: int) -> Any:
        if role == SORT_ROLE:
            return column.value(row)
        if role == RECORD_ROLE:
            return row
        if role == VALUES_ROLE:
            return column.value(row) if column.kind is Kind.SPARKLINE else None
        if role == STATUS_ROLE or role == Qt.ItemDataRole.ForegroundRole:
            status = column.status(row) if column.status is not None else Status.NONE
            if role == STATUS_ROLE:
                return status.value
            return theme.current().colour(status.role) if status is not Status.NONE else None
        return None

    def _reset_order(self) -> None:
        """Rows change places: told as a change of layout, so that selections follow their records."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        kept = [(index, self._identity(index.row())) for index in old]
        self._reorder()
        where = {self._identity(row): row for row in range(self.rowCount())} if kept else {}
        new = [
            self.createIndex(where[identity], index.column()) if identity in where else QModelIndex()
            for index, identity in kept
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()
        self.rows_changed.emit()

    def _identity(self, row: int) -> tuple[str, int]:
        if row < len(self._head):
            return ("head", row)
        inner = row - len(self._head)
        if inner < len(self._order):
            return ("row", self._order[inner])
        return ("totals", inner - len(self._order))

    def _reorder(self) -> None:
        order: Sequence[int] = range(len(self._rows))
        if self._needle or self._needles:
            order = [number for number in order if self._matches(self._rows[number])]
        if self._sorted_by is not None:
            order = self._ordered(order, *self._sorted_by)
        self._order = order

    def _ordered(self, order: Sequence[int], column: int, descending: bool) -> list[int]:
        key = self._columns[column].sort_key
        keyed = [(key(self._rows[number]), number) for number in order]
        known = [(value, number) for (undefined, value), number in keyed if not undefined]
        known.sort(key=lambda pair: pair[0], reverse=descending)
        return [number for _, number in known] + [number for (undefined, _), number in keyed if undefined]

    def _matches(self, row: Any) -> bool:
        for number, needle in self._needles.items():
            if needle not in self._columns[number].display(row).casefold():
                return False
        if not self._needle:
            return True
        words = (column for column in self._columns if column.kind is Kind.TEXT)
        return any(self._needle in column.display(row).casefold() for column in words)
