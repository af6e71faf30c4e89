"""A table with its filter row: one field to each column, shown by Ctrl+F and put away by Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.tables.columns import Kind
from desktop.views.tables.view import RecordTableView


class FilterRow(QWidget):
    """Fields over the columns, each as wide as its own."""

    def __init__(self, view: RecordTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._fields: dict[int, QLineEdit] = {}
        for number, column in enumerate(view.records.columns):
            if column.kind is Kind.SPARKLINE:
                continue
            field = QLineEdit(self)
            field.setPlaceholderText(self.tr("Filter"))
            field.setAccessibleName(self.tr("Filter {}").format(column.title))
            field.textChanged.connect(lambda text, number=number: view.records.set_column_filter(number, text))
            self._fields[number] = field
        heading = view.horizontalHeader()
        heading.sectionResized.connect(self._place)
        heading.sectionMoved.connect(self._place)
        heading.geometriesChanged.connect(self._place)
        view.horizontalScrollBar().valueChanged.connect(self._place)
        self.hide()

    def open(self) -> None:
        """Shows the row, the cursor in the field of the current column."""
        self.setFixedHeight(theme.current().px(40))
        self.show()
        self._place()
        column = self._view.currentIndex().column() if self._view.currentIndex().isValid() else 0
        field = self._fields.get(column) or next(iter(self._fields.values()))
        field.setFocus()

    def narrow(self, column: int, text: str) -> None:
        """Shows the rows alone that hold `text` in a column, as if it had been typed into its field."""
        for number, field in self._fields.items():
            field.setText(text if number == column else "")
        self.open()

    def close_row(self) -> None:
        """Puts the row away and shows all rows again."""
        for field in self._fields.values():
            field.clear()
        self.hide()
        self._view.setFocus()

    def _place(self, *_: object) -> None:
        heading = self._view.horizontalHeader()
        gap = theme.current().px(2)
        for number, field in self._fields.items():
            hidden = self._view.isColumnHidden(number)
            field.setVisible(not hidden)
            if hidden:
                continue
            left = heading.sectionViewportPosition(number) + self._view.frameWidth()
            width = heading.sectionSize(number) - gap
            field.setGeometry(left, gap, width, self.height() - 2 * gap)


class FilteredTable(QWidget):
    """The view under its filter row, with a word in place of rows when no row passes."""

    def __init__(self, view: RecordTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.filters = FilterRow(view)
        self._nothing = QLabel(self.tr("No row matches the filter."), view.viewport())
        self._nothing.setProperty("tone", "quiet")
        self._nothing.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.filters)
        lines.addWidget(view, 1)
        view.filter_asked.connect(self.filters.open)
        view.records.rows_changed.connect(self._on_rows_changed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.filters)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.filters.close_row)

    def _on_rows_changed(self) -> None:
        nothing = self.view.records.filtered and self.view.records.shown_count == 0
        self._nothing.setVisible(nothing)
        if nothing:
            self._nothing.adjustSize()
            room = self.view.viewport().rect()
            self._nothing.move(room.center() - self._nothing.rect().center())
