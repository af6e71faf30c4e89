"""A table of any length: the order of its rows is known, the rows themselves come page by page as they are looked at.

Same columns and manners as the record table. Knows a source that answers later; no service and no page.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from desktop.views.tables.columns import RECORD_ROLE, Column
from desktop.views.tables.copying import Copying, selected_rows
from desktop.views.tables.home import Remembers
from desktop.views.tables.model import Index, RecordTableModel
from desktop.views.tables.view import RecordTableView

PAGE = 120
_KEPT_PAGES = 60
_PAUSE_MS = 200
MOST_COPIED = 20_000
"""Rows that go onto the clipboard at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the table asks of its source: text, texts by column, the column to sort by (None: as it comes)."""

    text: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sort: str | None = None
    descending: bool = False


class PageSource(Protocol):
    """Where the rows are. Every answer comes later, on the window's thread."""

    def beginning(self, wanted: Wanted, done: Callable[[Sequence[int]], None]) -> None:
        """The first numbers of the rows in order, soon."""

    def order(self, wanted: Wanted, done: Callable[[Sequence[int]], None]) -> None:
        """The numbers of all rows in order."""

    def rows(self, ids: Sequence[int], done: Callable[[Mapping[int, Any]], None]) -> None:
        """The records with these numbers; those that are gone are left out."""


class PagedTableModel(RecordTableModel):
    """Rows by number. A row that has not come yet is blank; looking at it fetches its page."""

    loading_changed = Signal(bool)

    def __init__(self, columns: Sequence[Column], source: PageSource, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._source = source
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, dict[int, Any]] = OrderedDict()
        self._before: dict[int, dict[int, Any]] = {}
        self._asked: list[int] = []
        self._fetching: int | None = None
        self._round = 0
        self._whole = False
        self._begun = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.reload)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch_next)

    # --- what is asked -----------------------------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        """The filters and the sorting as they stand."""
        keys = [column.key for column in self.columns]
        sort = None if self._sorted_by is None else keys[self._sorted_by[0]]
        descending = self._sorted_by is not None and self._sorted_by[1]
        return Wanted(self._needle, {keys[at]: text for at, text in self._needles.items()}, sort, descending)

    @property
    def whole(self) -> bool:
        """Whether all rows are listed, not just the first."""
        return self._whole

    def reload(self) -> None:
        """Asks for the order anew: the first rows at once, then all of them."""
        self._pause.stop()
        self._begun = True
        self._round += 1
        mine, wanted = self._round, self.wanted
        self._whole = False
        self.loading_changed.emit(True)
        self._source.beginning(wanted, lambda ids: self._on_beginning(mine, ids))
        self._source.order(wanted, lambda ids: self._on_order(mine, ids))

    def _on_beginning(self, mine: int, ids: Sequence[int]) -> None:
        if mine == self._round and not self._whole and not self._starts_with(ids):
            self._show(ids)

    def _on_order(self, mine: int, ids: Sequence[int]) -> None:
        if mine != self._round:
            return
        self._whole = True
        self.loading_changed.emit(False)
        if self._ids and _begins(ids, self._ids):
            self._append(ids)
        else:
            self._show(ids)

    def _starts_with(self, ids: Sequence[int]) -> bool:
        """Whether the list begins with these rows already, so that nobody's place in it need be lost."""
        return bool(ids) and _begins(self._ids, ids)

    def _show(self, ids: Sequence[int]) -> None:
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._before.clear()
        self._asked.clear()
        self.endResetModel()
        self.rows_changed.emit()

    def _append(self, ids: Sequence[int]) -> None:
        """The rows behind those already shown, which stay where they are; what they hold is read anew."""
        shown = len(self._ids)
        self._before = dict(self._pages)
        self._pages.clear()
        if len(ids) > shown:
            self.beginInsertRows(QModelIndex(), shown, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        self.dataChanged.emit(self.index(0, 0), self.index(shown - 1, len(self.columns) - 1))
        self.rows_changed.emit()

    # --- the record table's words ------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[Any], pinned: int = 0, totals: Any | None = None) -> None:
        """Rows come from the source alone."""
        raise TypeError("a paged table is filled by its source")

    def rowCount(self, parent: Index | None = None) -> int:
        """All rows that are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def row_at(self, row: int) -> Any:
        """The record of `row`, None while it has not come."""
        page = self._pages.get(row // PAGE)
        if page is None:
            self._ask(row // PAGE)
            return self._before.get(row // PAGE, {}).get(self._ids[row])
        self._pages.move_to_end(row // PAGE)
        return page.get(self._ids[row])

    def is_fixed(self, row: int) -> bool:
        """No row is pinned."""
        return False

    def is_totals(self, row: int) -> bool:
        """There are no totals."""
        return False

    @property
    def shown_count(self) -> int:
        """How many rows the filters leave."""
        return len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As a record table's; nothing while the row has not come."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if self.row_at(index.row()) is not None:
            return super().data(index, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[index.column()].alignment
        return None if role == RECORD_ROLE else "" if role == Qt.ItemDataRole.DisplayRole else None

    def set_filter(self, text: str) -> None:
        """Asks for the rows in which some text column holds `text`, once the typing pauses."""
        if text.strip() != self._needle:
            self._needle = text.strip()
            self._pause.start()

    def set_column_filter(self, column: int, text: str) -> None:
        """Asks for the rows whose value in `column` holds `text`, once the typing pauses."""
        if self._needles.get(column, "") == text.strip():
            return
        self._needles.pop(column, None)
        if text.strip():
            self._needles[column] = text.strip()
        self._pause.start()

    def clear_filters(self) -> None:
        """Asks for all rows again."""
        self._needles.clear()
        self._needle = ""
        self.reload()

    def _reset_order(self) -> None:
        """The source sorts, once it has been asked for anything at all."""
        if self._begun:
            self.reload()

    # --- pages -------------------------------------------------------------------------------------------------------

    def _ask(self, page: int) -> None:
        if page in self._asked:
            self._asked.remove(page)
        self._asked.append(page)
        del self._asked[:-4]
        self._soon.start()

    def _fetch_next(self) -> None:
        """One page at a time, the one looked at last first; what was scrolled past is not fetched."""
        if self._fetching is not None or not self._asked:
            return
        page = self._asked.pop()
        self._fetching = page
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        mine = self._round
        self._source.rows(ids, lambda found: self._on_rows(mine, page, found))

    def _on_rows(self, mine: int, page: int, found: Mapping[int, Any]) -> None:
        self._fetching = None
        first, last = page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1
        if mine == self._round and first <= last:
            self._pages[page] = dict(found)
            self._before.pop(page, None)
            while len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
            self.rows_changed.emit()
        self._soon.start()

    def records_of(self, rows: Sequence[int], done: Callable[[list[Any]], None]) -> None:
        """Hands the records of these rows to `done`, fetched where they have not come."""
        ids = [self._ids[row] for row in rows]
        self._source.rows(ids, lambda found: done([found[one] for one in ids if one in found]))


class PagedTableView(RecordTableView):
    """The view of a paged table; copying waits for rows that have not come yet, and `copied` says how many they are."""

    copied = Signal(int)

    def __init__(self, model: PagedTableModel, name: str, state: Remembers | None = None) -> None:
        super().__init__(model, name, state)
        self.paged = model
        self._sized = False
        self._copying: Copying | None = None
        self.horizontalHeader().setResizeContentsPrecision(0)
        model.dataChanged.connect(self._on_rows_came)
        model.modelReset.connect(self._on_reset)

    def copy_selection(self) -> None:
        """Puts the selected rows on the clipboard, at most 20,000 of them, once all have come."""
        rows = selected_rows(self.selectionModel(), MOST_COPIED)
        if self._copying is not None:
            self._copying.stop()
            self._copying = None
        if len(rows) < PAGE and all(self.paged.row_at(row) is not None for row in rows):
            super().copy_selection()
        else:
            self.paged.records_of(rows, self._copy)

    def _copy(self, records: list[Any]) -> None:
        columns = [self.paged.columns[number] for number in self._shown_columns()]
        self._copying = Copying(columns, records, lambda text: self._on_copied(text, len(records)), self)
        self._copying.start()

    def _on_copied(self, text: str, many: int) -> None:
        self._copying = None
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(many)

    def _on_activated(self, index: Any) -> None:
        if self.paged.row_at(index.row()) is not None:
            super()._on_activated(index)

    def _on_clicked(self, index: Any) -> None:
        if self.paged.row_at(index.row()) is not None:
            super()._on_clicked(index)

    def _on_reset(self) -> None:
        self._sized = False

    def _on_rows_came(self, *_: object) -> None:
        """Columns get their room when the first rows are there to be measured."""
        if not self._sized and self.paged.rowCount() and self.paged.row_at(max(self.rowAt(0), 0)) is not None:
            self._sized = True
            self.size_columns()


def _begins(whole: Sequence[int], part: Sequence[int]) -> bool:
    """Whether a list begins with another one; arrays of one kind are compared as such."""
    if len(part) > len(whole):
        return False
    same = whole[: len(part)] == part
    return same if type(whole) is type(part) else list(whole[: len(part)]) == list(part)
