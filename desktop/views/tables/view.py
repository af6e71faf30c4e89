"""The table view: sticky heading, columns the user chooses and sizes, keys and copying as in a spreadsheet.

Knows the record model and a place to remember columns; no page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import SIGNAL, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.views import theme
from desktop.views.tables import home, menu
from desktop.views.tables.columns import Column, Kind
from desktop.views.tables.copying import first_selected, selected_rows
from desktop.views.tables.delegates import CellDelegate
from desktop.views.tables.frozen import FrozenColumn, paint_row_lines, select_apart
from desktop.views.tables.home import Remembers
from desktop.views.tables.model import RecordTableModel

__all__ = ["RecordTableView", "Remembers"]

_SAMPLED_ROWS = 60
"""Rows beyond those in view that have a say in a column's width."""


class RecordTableView(QTableView):
    """A table of records. Enter and double click open the row, a click on a figure tells which.

    A `compact` one has many columns, so each gets no more than it needs now.
    """

    row_activated = Signal(object)
    cell_activated = Signal(object, str)
    row_selected = Signal(object)
    filter_asked = Signal()
    export_asked = Signal()

    def __init__(
        self,
        model: RecordTableModel,
        name: str,
        state: Remembers | None = None,
        parent: QWidget | None = None,
        *,
        compact: bool = False,
    ) -> None:
        super().__init__(parent)
        self._compact = compact
        self._model = model
        self._name = f"table.{name}"
        self._state = state if state is not None else home.shared().memory
        self._restoring = True
        self._sized_at = 0
        self._natural_last: tuple[int, int] | None = None
        # of words with a width of their own: that width, and what they would need
        self._narrow: dict[int, tuple[int, int]] = {}
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self._dress()
        self._dress_heading()
        self.activated.connect(self._on_activated)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        model.modelReset.connect(self._on_model_reset)
        self._frozen = FrozenColumn(self, model)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._restore()

    @property
    def records(self) -> RecordTableModel:
        """The model."""
        return self._model

    @property
    def selected_record(self) -> Any | None:
        """The record of the selected row, if there is one."""
        row = first_selected(self.selectionModel())
        return None if row is None else self._model.row_at(row)

    def set_delegate(self, key: str, delegate: QAbstractItemDelegate) -> None:
        """Lets `delegate` paint the column `key`."""
        self.setItemDelegateForColumn(self._model.column_of(key), delegate)
        self._frozen.setItemDelegateForColumn(self._model.column_of(key), delegate)

    def set_filter(self, text: str) -> None:
        """Keeps the rows with `text` in one of their text columns."""
        self._model.set_filter(text)

    def select_record(self, wanted: Callable[[Any], bool]) -> bool:
        """Selects the first row whose record is `wanted`; False when there is none."""
        for row in range(self._model.rowCount()):
            if wanted(self._model.row_at(row)):
                # not selectRow: that heeds the keys held down, and Ctrl+Z may be held while a page is filled anew
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().setCurrentIndex(
                    self._model.index(row, self._first_shown()), flags.ClearAndSelect | flags.Rows
                )
                self.scrollTo(self._model.index(row, self._first_shown()))
                return True
        return False

    def visible_rows(self) -> list[list[str]]:
        """What is shown, heading first, in the user's order of columns: for exports."""
        columns = self._shown_columns()
        head = [self._model.columns[column].title for column in columns]
        rows = (self._model.row_at(row) for row in range(self._model.rowCount()))
        return [head, *([self._model.columns[column].display(row) for column in columns] for row in rows)]

    def copy_selection(self) -> None:
        """Puts the selected cells on the clipboard as a spreadsheet wants them."""
        text = self.selection_text()
        if text:
            QGuiApplication.clipboard().setText(text)

    def selection_text(self) -> str:
        """The selected rows, tab-separated, plain figures, with the heading when there is more than one row."""
        rows = selected_rows(self.selectionModel())
        columns = [number for number in self._shown_columns() if self._model.columns[number].kind is not Kind.SPARKLINE]
        lines = [[self._model.columns[number].clean(self._model.row_at(row)) for number in columns] for row in rows]
        if len(lines) > 1:
            lines.insert(0, [self._model.columns[number].title for number in columns])
        return "\n".join("\t".join(line) for line in lines)

    def size_columns(self) -> None:
        """Gives every column the room its heading and first rows need, unless the user has sized it."""
        remembered = self._remembered().get("widths", {})
        look = theme.current()
        heading = self.horizontalHeader()
        self._sized_at = look.px(100)
        self._restoring = True
        self._narrow = {}
        for number, column in enumerate(self._model.columns):
            # room for the arrow too, so that sorting cuts no title
            title = heading.sectionSizeHint(number) + (0 if self._compact else look.px(14))
            if column.key in remembered:
                heading.resizeSection(number, int(remembered[column.key]))
            elif column.width is not None:
                width = max(look.px(column.width), title)
                heading.resizeSection(number, width)
                needed = min(self.sizeHintForColumn(number) + look.px(4), look.px(320))
                if needed > width and self._may_stretch(column):
                    self._narrow[number] = (width, needed)
            else:
                cells = self.sizeHintForColumn(number) + (0 if self._compact else look.unit())
                heading.resizeSection(number, min(max(cells, title), look.px(320)))
        self._restoring = False
        self._natural_last = None
        self._fit_last()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The last column follows the width."""
        super().resizeEvent(event)
        self._fit_last()

    def _fit_last(self) -> None:
        """Words in the last column take what room there is, shortened rather than scrolled to; never below 140 px."""
        heading = self.horizontalHeader()
        last = next((n for n in map(heading.logicalIndex, reversed(range(heading.count())))
                     if not heading.isSectionHidden(n)), None)  # fmt: skip
        before, self._restoring = self._restoring, True
        if last is not None and self._may_stretch(self._model.columns[last]):
            if self._natural_last is None or self._natural_last[0] != last:
                self._natural_last = (last, heading.sectionSize(last))
            self._widen(heading, last)
            room = self.viewport().width() - (heading.length() - heading.sectionSize(last))
            least = min(self._natural_last[1], theme.current().px(140))
            heading.resizeSection(last, max(room, least))
        else:
            self._widen(heading)
        self._restoring = before

    def _widen(self, heading: QHeaderView, last: int | None = None) -> None:
        """Words cut short take the room that the columns leave, from the first on; `last` keeps what it needs."""
        narrow = {number: sizes for number, sizes in self._narrow.items() if number != last}
        for number, (width, _needed) in narrow.items():
            heading.resizeSection(number, width)
        whole = self.viewport().width()
        if last is not None and self._natural_last is not None:
            needed_last = max(self._natural_last[1], self._narrow.get(last, (0, 0))[1])
            whole -= needed_last - heading.sectionSize(last)
        for number, (width, needed) in narrow.items():
            room = whole - heading.length()
            if room > 0 and not heading.isSectionHidden(number):
                heading.resizeSection(number, min(needed, width + room))

    def _may_stretch(self, column: Column) -> bool:
        by_hand = column.key in self._remembered().get("widths", {})
        return column.kind is Kind.TEXT and not column.align_right and not by_hand

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the rows, then a hairline under each as wide as the table, a stronger one over the totals."""
        super().paintEvent(event)
        paint_row_lines(self, self._model)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row and the cell, Ctrl+C copies, Ctrl+F filters, Alt+Up and Alt+Down sort by the column.

        Shift+F10 opens the menu; the rest is Qt's.
        """
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.filter_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
            self._on_clicked(self.currentIndex())
        elif event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.open_menu()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            current = self.currentIndex()
            column = current.column() if current.isValid() else self._first_shown()
            self.sort_by(column, event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setSortingEnabled(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _dress_heading(self) -> None:
        heading = self.horizontalHeader()
        select_apart(heading)
        heading.setSectionsMovable(True)
        heading.setHighlightSections(False)
        heading.setSectionsClickable(True)
        heading.setStretchLastSection(False)
        heading.setResizeContentsPrecision(_SAMPLED_ROWS)
        heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heading.customContextMenuRequested.connect(self._on_heading_menu)
        heading.sectionClicked.connect(self._on_heading_clicked)
        heading.sectionResized.connect(self._on_section_resized)
        heading.sectionMoved.connect(self._remember)
        heading.setAccessibleName(self.tr("Columns"))

    def _on_heading_clicked(self, column: int) -> None:
        """Figures begin with the largest, words with A; a third click goes back to the order of the rows."""
        figures = self._model.columns[column].kind not in (Kind.TEXT,)
        now = self._model.sorted_by
        if now is None or now[0] != column:
            self.sort_by(column, figures)
        elif now[1] is figures:
            self.sort_by(column, not figures)
        else:
            self.sort_by(-1, False)

    def sort_by(self, column: int, descending: bool) -> None:
        """Sorts by `column`, which the arrow in its title shows; -1 takes both back."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._model.sort(column, order)
        if self._compact:
            # no room was kept for the arrow
            self.size_columns()
        self._remember()

    def _on_heading_menu(self, point: QPoint) -> None:
        column = self.horizontalHeader().logicalIndexAt(point)
        self.table_menu(column).popup(self.horizontalHeader().mapToGlobal(point))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the table, at the mouse or, by key, at the current cell."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            column = self.columnAt(event.pos().x())
            self.table_menu(column).popup(event.globalPos())
        else:
            self.open_menu()

    def open_menu(self) -> None:
        """Opens the menu at the current cell."""
        below = self.visualRect(self.currentIndex()).bottomLeft()
        self.table_menu().popup(self.viewport().mapToGlobal(below))

    def table_menu(self, column: int = -1) -> QMenu:
        """What can be done with the table and one of its columns, the current one where none is named."""
        current = self.currentIndex()
        meant = column if column >= 0 else current.column() if current.isValid() else self._first_shown()
        return menu.table_menu(self, meant)

    def ask_export(self) -> None:
        """The page writes the table into a file, or else the window does."""
        export = home.shared().export
        if self.receivers(SIGNAL("export_asked()")) or export is None:
            self.export_asked.emit()
        else:
            export(self)

    def reset_columns(self) -> None:
        """All columns as the table came: which are shown, their order and widths, and the rows unsorted."""
        heading, columns = self.horizontalHeader(), self._model.columns
        self._restoring = True
        for number, column in enumerate(columns):
            heading.moveSection(heading.visualIndex(number), number)
            self.setColumnHidden(number, not column.visible)
        self._restoring = False
        if self._state is not None:
            self._state.write(self._name, {})
        self.sort_by(-1, False)
        self.size_columns()

    def show_column(self, column: int, shown: bool) -> None:
        """Shows or hides a column; the last one stays."""
        if shown or len(self._shown_columns()) > 1:
            self.setColumnHidden(column, not shown)
            self._remember()

    def show_all_columns(self) -> None:
        """Hides none."""
        for number in range(len(self._model.columns)):
            self.setColumnHidden(number, False)
        self._remember()

    def _shown_columns(self) -> Sequence[int]:
        heading = self.horizontalHeader()
        order = (heading.logicalIndex(place) for place in range(heading.count()))
        return [number for number in order if not self.isColumnHidden(number)]

    def _first_shown(self) -> int:
        return self._shown_columns()[0]

    def _remembered(self) -> dict[str, Any]:
        kept = self._state.read(self._name, {}) if self._state is not None else {}
        return kept if isinstance(kept, dict) else {}

    def _remember(self, *_: object) -> None:
        if self._restoring or self._state is None:
            return
        keys = [column.key for column in self._model.columns]
        heading = self.horizontalHeader()
        order = [keys[heading.logicalIndex(place)] for place in range(heading.count())]
        shown = [keys[number] for number in self._shown_columns()]
        now = self._model.sorted_by
        sort = None if now is None else [keys[now[0]], now[1]]
        kept = {**self._remembered(), "order": order, "shown": shown, "known": keys, "sort": sort}
        self._state.write(self._name, kept)

    def _on_section_resized(self, column: int, old: int, new: int) -> None:
        if self._restoring or self._state is None or new <= 0:
            return
        kept = self._remembered()
        widths = {**kept.get("widths", {}), self._model.columns[column].key: new}
        self._state.write(self._name, {**kept, "widths": widths})

    def _restore(self) -> None:
        kept = self._remembered()
        heading = self.horizontalHeader()
        numbers = {column.key: number for number, column in enumerate(self._model.columns)}
        for place, key in enumerate(key for key in kept.get("order", ()) if key in numbers):
            heading.moveSection(heading.visualIndex(numbers[key]), place)
        for key, number in numbers.items():
            known = key in kept.get("known", ())
            shown = key in kept.get("shown", ()) if known else self._model.columns[number].visible
            self.setColumnHidden(number, not shown)
        self.size_columns()
        sort = kept.get("sort")
        if sort and sort[0] in numbers:
            self._restoring = True
            self.sort_by(numbers[sort[0]], bool(sort[1]))
        self._restoring = False

    def _on_model_reset(self) -> None:
        self.size_columns()

    def _on_activated(self, index: QModelIndex) -> None:
        self.row_activated.emit(self._model.row_at(index.row()))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.cell_activated.emit(self._model.row_at(index.row()), self._model.columns[index.column()].key)

    def _on_selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.row_selected.emit(self.selected_record)

    def _on_theme_changed(self) -> None:
        self.verticalHeader().setMinimumSectionSize(theme.current().row_height)
        self.verticalHeader().setDefaultSectionSize(theme.current().row_height)
        self.setMinimumHeight(theme.current().row_height * 5)
        self.horizontalHeader().setMinimumSectionSize(theme.current().px(40))
        if self._sized_at != theme.current().px(100):
            # another scheme has other colours, not other sizes
            self.size_columns()
        self._restoring = False
