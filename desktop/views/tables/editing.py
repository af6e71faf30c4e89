"""The editing grid: cells of text typed over as in a spreadsheet, each with the reason why it cannot stay as it is.

Type to replace, F2 to edit, Ctrl+D fills down, blocks are copied and pasted, Ctrl+Z takes back step by step.
Knows texts and reasons; what they mean is the page's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPolygonF, QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.views import theme
from desktop.views.tables.formats import counted

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Cell: TypeAlias = tuple[int, int]
_ROOT = QModelIndex()
_REASON = Qt.ItemDataRole.UserRole
_TOLD_MS = 8_000
_NOTES = 1
"""Columns before the editable ones: the reason of the row."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: the number at its left, its cells, reasons by column, and all of them as one phrase."""

    number: int
    cells: tuple[str, ...]
    reasons: Mapping[int, str]
    why: str


class _Step(QUndoCommand):
    """Cells changed together, before and after."""

    def __init__(self, words: str, table: EditingTable, after: Mapping[Cell, str]) -> None:
        super().__init__(words)
        self._table = table
        self._after = dict(after)
        self._before = {cell: table.text(*cell) for cell in after}

    def undo(self) -> None:
        """Puts the former texts back."""
        self._table.put(self._before)

    def redo(self) -> None:
        """Puts the new texts in."""
        self._table.put(self._after)


class EditingTable(QAbstractTableModel):
    """Rows of texts that can be typed over; `steps` takes changes back.

    `underway` says that the text of the cell being typed into has changed, or that the cell was closed.
    """

    underway = Signal()

    def __init__(self, headings: Sequence[str], rows: Sequence[GridRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._rows = tuple(rows)
        self._typed: dict[Cell, str] = {}
        self.steps = QUndoStack(self)
        self.open: tuple[Cell, str] | None = None
        """The cell that is being typed into with its text so far: neither kept nor a step yet."""
        self.growing = False
        """Whether a pasted block may bring rows of its own."""
        self.choices: Mapping[int, Sequence[str]] = {}
        """What may be typed into a column, offered while typing."""
        self.fixed: frozenset[int] = frozenset()
        """Columns that say what the row is and cannot be typed over."""

    def text(self, row: int, column: int) -> str:
        """The text of an editable cell, `column` counted without the reasons."""
        return self._typed.get((row, column), self._rows[row].cells[column])

    def changes(self) -> dict[int, dict[int, str]]:
        """What differs from before: {the row's number: {column: text}}."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(self._typed.items()):
            found.setdefault(self._rows[row].number, {})[column] = text
        return found

    def current_rows(self, underway: bool = False) -> list[tuple[int, list[str], str]]:
        """Number, cells as they stand now, and reason of every row; `underway`: with the text being typed."""
        width = range(len(self._headings))
        rows = [(one.number, [self.text(at, column) for column in width], one.why) for at, one in enumerate(self._rows)]
        if underway and self.open is not None:
            (row, column), text = self.open
            if row < len(rows):
                rows[row][1][column] = text
        return rows

    def note_open(self, index: Index, text: str | None) -> None:
        """A cell is being typed into and reads `text` so far; None: it was closed."""
        if text is None and self.open is None:
            return
        self.open = None if text is None else ((index.row(), index.column() - _NOTES), text)
        self.underway.emit()

    def first_reason(self) -> QModelIndex:
        """The first cell with a reason, else the first cell."""
        for at, one in enumerate(self._rows):
            if one.reasons:
                return self.index(at, min(one.reasons) + _NOTES)
        return self.index(0, _NOTES)

    def add_rows(self, number: int) -> None:
        """Adds empty rows at the foot."""
        first = len(self._rows)
        self.beginInsertRows(_ROOT, first, first + number - 1)
        blank = ("",) * len(self._headings)
        self._rows += tuple(GridRow(first + at + 1, blank, {}, "") for at in range(number))
        self.endInsertRows()

    def put(self, texts: Mapping[Cell, str]) -> None:
        """Shows these texts, without a step of its own."""
        for (row, column), text in texts.items():
            if text == self._rows[row].cells[column]:
                self._typed.pop((row, column), None)
            else:
                self._typed[row, column] = text
            self.dataChanged.emit(self.index(row, 0), self.index(row, column + _NOTES))

    def change(self, words: str, texts: Mapping[Cell, str]) -> None:
        """Changes cells as one step; nothing where nothing differs."""
        real = {cell: text for cell, text in texts.items() if cell[1] not in self.fixed and text != self.text(*cell)}
        if real:
            self.steps.push(_Step(words, self, real))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The reason and the cells."""
        return 0 if parent.isValid() else len(self._headings) + _NOTES

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything but the reason can be typed over."""
        base = super().flags(index)
        may = index.column() >= _NOTES and index.column() - _NOTES not in self.fixed
        return base | Qt.ItemFlag.ItemIsEditable if may else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, reasons, and both in words for screen readers."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column() - _NOTES
        text = row.why if column < 0 else self.text(index.row(), column)
        reason = self._reason(index.row(), column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        if role == _REASON:
            return reason
        if role == Qt.ItemDataRole.ToolTipRole:
            return reason or text or None
        if role == Qt.ItemDataRole.FontRole and (index.row(), column) in self._typed:
            return theme.current().font("body", bold=True)
        if role == Qt.ItemDataRole.ForegroundRole and column < 0:
            return theme.current().colour("quiet")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.tr("Why") if column < 0 else self._headings[column]
            return f"{heading}, {row.number}: {text}" + (f" ({reason})" if reason else "")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Takes what was typed as one step."""
        if role != Qt.ItemDataRole.EditRole or index.column() < _NOTES:
            return False
        self.change(self.tr("Typing"), {(index.row(), index.column() - _NOTES): str(value)})
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings above, numbers at the left."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            return f"{self._rows[section].number:,}"
        return self.tr("Why") if section < _NOTES else self._headings[section - _NOTES] or "—"

    def _reason(self, row: int, column: int) -> str:
        """Why the cell cannot stay; a cell typed over has none until it was read again."""
        return "" if (row, column) in self._typed else self._rows[row].reasons.get(column, "")


class _CornerPainter(QStyledItemDelegate):
    """A red corner where a reason is, and a full-height field to type in."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the cell, then its hairline and corner."""
        super().paint(painter, option, index)
        look, area = theme.current(), option.rect
        painter.save()
        painter.setPen(look.colour("hairline"))
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if index.data(_REASON):
            side = look.px(9)
            corner = QPointF(area.right(), area.top())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("bad"))
            painter.drawPolygon(QPolygonF([corner, corner - QPointF(side, 0), corner + QPointF(0, side)]))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field without margins of its own, named by its heading."""
        editor = super().createEditor(parent, option, index)
        editor.setStyleSheet("padding: 0 4px; margin: 0; min-height: 0; border-radius: 0;")
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        table = index.model()
        if isinstance(table, EditingTable) and isinstance(editor, QLineEdit):
            place = QPersistentModelIndex(index)
            editor.textChanged.connect(lambda text: _note_typed(table, editor, place, text))
        choices = table.choices.get(index.column() - _NOTES, ()) if isinstance(table, EditingTable) else ()
        if choices and isinstance(editor, QLineEdit):
            offered = QCompleter(list(choices), editor)
            offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            offered.setFilterMode(Qt.MatchFlag.MatchContains)
            editor.setCompleter(offered)
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """The cell is closed, kept or not."""
        table = index.model()
        if isinstance(table, EditingTable):
            table.note_open(index, None)
        super().destroyEditor(editor, index)


def _note_typed(table: EditingTable, editor: QLineEdit, place: QPersistentModelIndex, text: str) -> None:
    # what the cell was opened with is no typing
    if editor.isModified() and place.isValid():
        table.note_open(place, text)


def name_corner(table: QTableView, name: str) -> None:
    """Names the button that Qt puts between the two headings of `table`."""
    corner = table.findChild(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if isinstance(corner, QAbstractButton):
        corner.setAccessibleName(name)


class EditingGrid(QTableView):
    """A spreadsheet's manners over an `EditingTable`."""

    def __init__(self, table: EditingTable, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        table.setParent(self)
        self.setModel(table)
        self.setAccessibleName(said)
        self.setItemDelegate(_CornerPainter(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setAccessibleName(self.tr("Columns"))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setAccessibleName(self.tr("Lines"))
        name_corner(self, self.tr("All cells"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        if table.rowCount():
            self.setCurrentIndex(table.first_reason())

    def event(self, event: QEvent) -> bool:
        """Keys of the grid that the window would take for its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, fill down, clear, undo and redo; the rest is Qt's."""
        keys = QKeySequence.StandardKey
        if event.matches(keys.Copy):
            QGuiApplication.clipboard().setText(self.selection_text())
        elif event.matches(keys.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.matches(keys.Undo):
            self.table.steps.undo()
        elif event.matches(keys.Redo):
            self.table.steps.redo()
        elif _is_fill(event):
            self.fill_down()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.table.change(self.tr("Clear"), dict.fromkeys(self._chosen(), ""))
        else:
            super().keyPressEvent(event)

    def reopen(self, row: int, column: int, text: str) -> None:
        """Opens a cell with `text` in it as if it were being typed: Enter keeps it, Esc drops it."""
        place = self.table.index(row, column + _NOTES)
        if not self.table.flags(place) & Qt.ItemFlag.ItemIsEditable:
            return
        self.setCurrentIndex(place)
        self.edit(place)
        editor = self.viewport().findChild(QLineEdit)
        if editor is not None:
            editor.selectAll()
            editor.insert(text)
            self.table.note_open(place, text)

    def fill_down(self) -> None:
        """Gives every chosen cell the text of the topmost in its column; one alone takes that of the cell above."""
        chosen = self._chosen()
        rows = sorted({row for row, _column in chosen})
        if not rows:
            return
        source = rows[0] if len(rows) > 1 else rows[0] - 1
        if source >= 0:
            self.table.change(
                self.tr("Fill Down"), {(row, column): self.table.text(source, column) for row, column in chosen}
            )

    def paste(self, text: str) -> None:
        """Puts a block of tab-separated lines at the first chosen cell; a single text goes into all chosen ones."""
        chosen = self._chosen()
        if not chosen or not text:
            return
        block = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
        if len(block) == 1 and len(block[0]) == 1:
            self.table.change(self.tr("Paste"), dict.fromkeys(chosen, block[0][0]))
            return
        top, left = min(chosen)
        missing = top + len(block) - self.table.rowCount()
        if self.table.growing and missing > 0:
            self.table.add_rows(missing)
        last_row, last_column = self.table.rowCount(), self.table.columnCount() - _NOTES
        self._tell_left_out(top + len(block) - last_row, left + max(map(len, block)) - last_column)
        self.table.change(
            self.tr("Paste"),
            {
                (top + down, left + right): cell
                for down, cells in enumerate(block)
                for right, cell in enumerate(cells)
                if top + down < last_row and left + right < last_column
            },
        )

    def _tell_left_out(self, rows: int, columns: int) -> None:
        """Says at the cell what of a pasted block has no place in the grid, if anything has none."""
        if rows > 0 or columns > 0:
            parts = ((rows, self.tr("row"), self.tr("rows")), (columns, self.tr("column"), self.tr("columns")))
            out = ", ".join(counted(*part) for part in parts if part[0] > 0)
            told = self.tr("Not pasted, for there is no room: {}.").format(out)
            below = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
            QToolTip.showText(below, told, self, msecShowTime=_TOLD_MS)

    def selection_text(self) -> str:
        """The chosen cells as a spreadsheet takes them."""
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda one: (one.row(), one.column())):
            lines.setdefault(index.row(), []).append(str(index.data() or ""))
        return "\n".join("\t".join(cells) for cells in lines.values())

    def _chosen(self) -> list[Cell]:
        """The chosen editable cells, columns counted without the reasons."""
        return sorted((one.row(), one.column() - _NOTES) for one in self.selectedIndexes() if one.column() >= _NOTES)

    def _is_own(self, event: QKeyEvent) -> bool:
        keys, steps = QKeySequence.StandardKey, self.table.steps
        if event.matches(keys.Undo) or event.matches(keys.Redo):
            # with no step of its own left, the key takes back what the book was told last
            return steps.canUndo() if event.matches(keys.Undo) else steps.canRedo()
        return _is_fill(event) or any(event.matches(key) for key in (keys.Copy, keys.Paste))

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.setMinimumHeight(look.row_height * 5)
        heading = self.horizontalHeader()
        for column in range(self.table.columnCount()):
            wanted = max(self.sizeHintForColumn(column) + look.px(12), heading.sectionSizeHint(column) + look.px(8))
            self.setColumnWidth(column, min(max(wanted, look.px(72)), look.px(260 if column < _NOTES else 220)))


def _is_fill(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier
