"""A table in shades: rows and columns of cells, darker where there is more, blank where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.charts import painting
from desktop.views.charts.chart import Chart, Mark, Value
from desktop.views.charts.records import Cell
from desktop.views.charts.units import EM_DASH, Unit, plain, value_text
from desktop.views.theme.tokens import blend


class HeatMap(Chart):
    """Cells by row and column; the keys go through the cells that have a value, row by row."""

    def __init__(
        self,
        rows: Sequence[str] = (),
        columns: Sequence[str] = (),
        cells: Sequence[Cell] = (),
        unit: Unit = Unit.RATE,
        title: str = "",
        subtitle: str = "",
        *,
        numbers: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self._unit = unit
        self._numbers = numbers
        self._places: list[tuple[Cell, QRectF]] = []
        self._left = self._top = self._step = self._height = 0.0
        self.set_cells(rows, columns, cells)

    def set_cells(self, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Cell]) -> None:
        """Shows other figures."""
        self._rows, self._columns = tuple(rows), tuple(columns)
        self._cells = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
        self._settle()

    def table(self) -> list[list[Value]]:
        """The grid: a row's name, then its values."""
        heading: list[Value] = ["", *self._columns]
        grid: list[list[Value]] = [[name, *(None for _ in self._columns)] for name in self._rows]
        for cell in self._cells:
            grid[cell.row][cell.column + 1] = plain(self._unit, cell.value)
        return [heading, *grid]

    def sizeHint(self) -> QSize:
        """A row of letters per row."""
        look = theme.current()
        height = self._head_height() + painting.foot_height() + len(self._rows) * look.px(28)
        return QSize(look.px(520), round(height))

    def minimumSizeHint(self) -> QSize:
        """Rows are never cut off."""
        return QSize(theme.current().px(280), self.sizeHint().height())

    def _lay_out(self, area: QRectF) -> list[Mark]:
        self._places = []
        known = [cell for cell in self._cells if cell.value is not None]
        if not known or not self._rows or not self._columns:
            return []
        look = theme.current()
        names = painting.widest(self._rows, painting.caption_font()) + look.px(10)
        self._left = area.left() + min(names, area.width() * 0.3)
        self._top = area.top() + painting.foot_height()
        self._step = (area.right() - self._left) / len(self._columns)
        self._height = min((area.bottom() - self._top) / len(self._rows), float(look.px(44)))
        for cell in known:
            self._places.append((cell, self._box(cell.row, cell.column)))
        return [Mark(box, self._said(cell), cell.key) for cell, box in self._places]

    def _box(self, row: int, column: int) -> QRectF:
        left = self._left + column * self._step
        top = self._top + row * self._height
        return QRectF(left + 1, top + 1, self._step - 2, self._height - 2)

    def _said(self, cell: Cell) -> str:
        text = f"{self._rows[cell.row]} {self._columns[cell.column]}: {value_text(self._unit, cell.value)}"
        return f"{text}, {cell.note}" if cell.note else text

    def _row_step(self) -> int:
        """About a row: exactly one where the row is full."""
        row = self._places[self._current][0].row if 0 <= self._current < len(self._places) else 0
        return max(sum(1 for cell, _ in self._places if cell.row == row), 1)

    def _paint(self, painter: QPainter) -> None:
        look = theme.current()
        font = painting.caption_font()
        for number, name in enumerate(self._rows):
            place = QRectF(0, self._top + number * self._height, self._left - look.px(6), self._height)
            painting.put_text(painter, place, name, font, "quiet", painting.RIGHT)
        self._paint_columns(painter)
        values = [cell.value for cell, _ in self._places if cell.value is not None]
        low, high = min(0.0, *values), max(values)
        for row in range(len(self._rows)):
            for column in range(len(self._columns)):
                painter.fillRect(self._box(row, column), look.colour("page"))
        for cell, box in self._places:
            share = ((cell.value or 0.0) - low) / (high - low) if high > low else 0.0
            self._paint_cell(painter, cell, box, share)

    def _paint_columns(self, painter: QPainter) -> None:
        look = theme.current()
        font = painting.caption_font()
        every = 1
        widest = painting.widest(self._columns, font) + look.px(6)
        while every * self._step < widest and every < len(self._columns):
            every += 1
        height = painting.foot_height()
        for number in range(0, len(self._columns), every):
            middle = self._left + (number + 0.5) * self._step
            place = QRectF(middle - widest / 2, self._top - height, widest, height)
            painting.put_text(painter, place, self._columns[number], font, "quiet", painting.CENTER)

    def _paint_cell(self, painter: QPainter, cell: Cell, box: QRectF, share: float) -> None:
        look = theme.current()
        ground = blend(look.hex("accent"), look.hex("surface"), 0.08 + 0.87 * share)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 2, 2)
        text = self._cell_text(cell.value)
        font = painting.caption_font()
        if self._numbers and painting.width_of(text, font) <= box.width() - 2:
            painting.put_text(painter, box, text, font, look.letters_on(ground), painting.CENTER)

    def _cell_text(self, value: float | None) -> str:
        """The number as it fits a cell: whole percents."""
        if value is None:
            return EM_DASH
        return f"{value * 100:.0f}%" if self._unit is Unit.RATE else value_text(self._unit, value)
