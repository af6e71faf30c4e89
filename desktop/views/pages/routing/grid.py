"""The grid of the territory table: ZIPs checked while they are typed, sorted and filtered without losing a step.

Knows lines of texts; what is odd about the map as a whole is told to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QWidget

from desktop.services import territory_grid
from desktop.services.grids import Line
from desktop.views import theme
from desktop.views.pages.routing import words
from desktop.views.tables.editing import EditingGrid, EditingTable, GridRow

SPARE = 20
_ZIPS = (territory_grid.NAMES.index("zip_from"), territory_grid.NAMES.index("zip_to"))


class _Sorted(QUndoCommand):
    """Rows put into another order."""

    def __init__(self, table: TerritoryTable, order: Sequence[int]) -> None:
        super().__init__(words.say("Sorting"))
        self._table = table
        self._order = tuple(order)

    def undo(self) -> None:
        """The former order."""
        back = [0] * len(self._order)
        for now, before in enumerate(self._order):
            back[before] = now
        self._table.arrange(back)

    def redo(self) -> None:
        """The new order."""
        self._table.arrange(self._order)


class TerritoryTable(EditingTable):
    """Lines of the territory table, some empty ones below; `problems` are phrases by line."""

    def __init__(self, lines: Sequence[Line], people: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        self._lines = [*lines, *(Line(None, {}) for _ in range(SPARE))]
        rows = [
            GridRow(at + 1, tuple(line.texts.get(name, "") for name in territory_grid.NAMES), {}, "")
            for at, line in enumerate(self._lines)
        ]
        self._wrong: dict[tuple[int, int], str] = {}
        self._marks: dict[int, str] = {}
        super().__init__(words.headings(), rows, parent)
        self.growing = True
        codes = [code for code, _name in people]
        names = territory_grid.NAMES
        territories = list(dict.fromkeys(line.texts["territory"] for line in lines if line.texts.get("territory")))
        self.choices = {
            names.index("territory"): territories, names.index("producer"): codes, names.index("backup"): codes,
        }  # fmt: skip

    def lines(self, underway: bool = False) -> list[Line]:
        """Every line as it stands now, the empty ones at the foot left out; `underway`: with the text being typed."""
        found = []
        for at, (_number, cells, _why) in enumerate(self.current_rows(underway)):
            texts = dict(zip(territory_grid.NAMES, cells, strict=True))
            known = self._lines[at]
            found.append(Line(known.key, texts, known.file))
        while found and not any(text.strip() for text in found[-1].texts.values()) and found[-1].key is None:
            found.pop()
        return found

    def add_rows(self, number: int) -> None:
        """Adds empty rows at the foot."""
        self._lines += [Line(None, {}) for _ in range(number)]
        super().add_rows(number)

    def append(self, rows: Sequence[Mapping[str, str]], said: str) -> int:
        """Puts rows below the last one that is filled, as one step; returns where they begin."""
        first = len(self.lines())
        missing = first + len(rows) + SPARE - self.rowCount()
        if missing > 0:
            self.add_rows(missing)
        texts = {
            (first + down, right): row.get(name, "")
            for down, row in enumerate(rows)
            for right, name in enumerate(territory_grid.NAMES)
        }
        self.change(said, texts)
        return first

    def lay(self, typed: Sequence[Line]) -> None:
        """Lays what was typed before over the lines as one step, each in its place whatever the order was then."""
        places = {line.key: at for at, line in enumerate(self._lines) if line.key is not None}
        free = [at for at, line in enumerate(self._lines) if line.key is None]
        new = [line for line in typed if line.key is None]
        first, missing = self.rowCount(), len(new) - len(free)
        if missing > 0:
            self.add_rows(missing)
            free += range(first, first + missing)
        texts: dict[int, Mapping[str, str]] = {at: {} for at in free}
        texts |= {places[line.key]: line.texts for line in typed if line.key in places}
        texts |= {at: line.texts for at, line in zip(free, new, strict=False)}
        self.change(
            words.say("Typed before"),
            {
                (at, column): line.get(name, "")
                for at, line in texts.items()
                for column, name in enumerate(territory_grid.NAMES)
            },
        )

    def sort_by(self, column: int, descending: bool) -> None:
        """Puts the filled rows in the order of a column, as one step."""
        many = len(self.lines())
        order = sorted(range(many), key=lambda at: (self.text(at, column) == "", self.text(at, column).casefold()))
        if descending:
            filled = [at for at in order if self.text(at, column)]
            order = [*reversed(filled), *(at for at in order if not self.text(at, column))]
        order += range(many, self.rowCount())
        if order != list(range(self.rowCount())):
            self.steps.push(_Sorted(self, order))

    def arrange(self, order: Sequence[int]) -> None:
        """Shows the rows in this order of their present places, without a step of its own."""
        self.layoutAboutToBeChanged.emit()
        place = {before: now for now, before in enumerate(order)}
        order = [*order, *(at for at in range(len(self._lines)) if at not in place)]
        place = {before: now for now, before in enumerate(order)}
        rows = [self._rows[at] for at in order]
        self._rows = tuple(GridRow(at + 1, one.cells, one.reasons, one.why) for at, one in enumerate(rows))
        self._typed = {(place[row], column): text for (row, column), text in self._typed.items()}
        self._lines = [self._lines[at] for at in order]
        self._wrong, self._marks = {}, {}
        self.layoutChanged.emit()
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def set_findings(self, wrong: Mapping[tuple[int, str], str], marks: Mapping[int, str]) -> None:
        """Shows what was found: reasons by line and column, and a phrase by line."""
        names = territory_grid.NAMES
        self._wrong = {(row, names.index(name)): why for (row, name), why in wrong.items()}
        self._marks = dict(marks)
        self._rows = tuple(
            GridRow(one.number, one.cells, one.reasons, self._marks.get(at, "")) for at, one in enumerate(self._rows)
        )
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def _reason(self, row: int, column: int) -> str:
        """ZIPs are checked as they stand; the rest as it was found."""
        if column in _ZIPS:
            why = territory_grid.why_not(self.text(row, _ZIPS[0]), self.text(row, _ZIPS[1]))
            if why:
                return why
        if column == _ZIPS[0] and row in self._marks:
            return self._marks[row]
        return self._wrong.get((row, column), "")


class TerritoryGrid(EditingGrid):
    """The grid over a `TerritoryTable`: a heading sorts, `show_only` filters; pasting goes into what is seen."""

    def __init__(self, table: TerritoryTable, parent: QWidget | None = None) -> None:
        super().__init__(table, words.say("Territory table"), parent)
        self.rows = table
        self._sorted: tuple[int, bool] | None = None
        self._only = ""
        self.setColumnHidden(0, True)
        heading = self.horizontalHeader()
        heading.setSectionsClickable(True)
        heading.setStretchLastSection(True)
        heading.sectionClicked.connect(self._on_heading_clicked)
        theme.current().changed.connect(self._size_columns)
        self._size_columns()
        if table.rowCount():
            self.setCurrentIndex(table.index(0, 1))

    def show_only(self, text: str) -> None:
        """Shows the lines that hold `text`; all, and the empty ones, where it is empty."""
        self._only = text.strip().casefold()
        many = len(self.rows.lines())
        for row in range(self.rows.rowCount()):
            cells = (self.rows.text(row, column).casefold() for column in range(len(territory_grid.NAMES)))
            self.setRowHidden(row, bool(self._only) and (row >= many or not any(self._only in cell for cell in cells)))

    def choose_rows(self, rows: Sequence[int]) -> None:
        """Goes to these lines: the first becomes current, and all of a run are chosen."""
        if not rows:
            return
        first = last = min(rows)
        while last + 1 in rows:
            last += 1
        model, flag = self.rows, QItemSelectionModel.SelectionFlag
        self.setCurrentIndex(model.index(first, 1))
        choosing = self.selectionModel()
        for row in range(first, last + 1):
            for column in range(1, model.columnCount()):
                choosing.select(model.index(row, column), flag.Select)
        self.scrollTo(model.index(first, 1), self.ScrollHint.PositionAtCenter)

    def chosen_rows(self) -> list[int]:
        """The lines in which a cell is chosen."""
        return sorted({one.row() for one in self.selectedIndexes()})

    def clear_rows(self) -> None:
        """Empties the chosen lines, as one step; an emptied line goes when the table is kept."""
        cells = {(row, column): "" for row in self.chosen_rows() for column in range(len(territory_grid.NAMES))}
        self.rows.change(words.say("Delete lines"), cells)

    def paste(self, text: str) -> None:
        """Pastes a block; while lines are filtered it goes into those that are seen."""
        chosen = self._chosen()
        block = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
        if not self._only or not chosen or (len(block) == 1 and len(block[0]) == 1):
            super().paste(text)
            return
        top, left = min(chosen)
        seen = [row for row in range(top, self.rows.rowCount()) if not self.isRowHidden(row)]
        width = len(territory_grid.NAMES)
        self.rows.change(
            words.say("Paste"),
            {
                (row, left + right): cell
                for row, cells in zip(seen, block, strict=False)
                for right, cell in enumerate(cells)
                if left + right < width
            },
        )

    def _on_heading_clicked(self, section: int) -> None:
        down = self._sorted == (section, False)
        self._sorted = (section, down)
        self.rows.sort_by(section - 1, down)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(section, order)
        self.show_only(self._only)

    def _size_columns(self) -> None:
        look = theme.current()
        for column, width in enumerate(words.WIDTHS, 1):
            self.setColumnWidth(column, look.px(width))
