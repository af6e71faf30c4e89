"""The first column, kept in sight while the others are scrolled away under it.

A second view of the same model laid over the first; it knows only the view it lies on.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from desktop.views import theme
from desktop.views.tables.model import RecordTableModel


def paint_row_lines(view: QTableView, model: RecordTableModel) -> None:
    """A hairline under each row as wide as the view, a stronger one over the totals."""
    look = theme.current()
    painter = QPainter(view.viewport())
    width = view.viewport().width()
    row = max(view.rowAt(0), 0)
    while row < model.rowCount():
        top = view.rowViewportPosition(row)
        if top > view.viewport().height():
            break
        if model.is_totals(row):
            painter.fillRect(0, top - 1, width, 1, look.colour("disabled"))
        painter.fillRect(0, top + view.rowHeight(row) - 1, width, 1, look.colour("hairline"))
        row += 1
    painter.end()


def select_apart(heading: QHeaderView) -> None:
    """Gives a heading a selection of its own, of nothing: where all of a million rows are selected, one that shares
    the table's would look at each row before it paints."""
    heading.setSelectionModel(QItemSelectionModel(heading.model(), heading))


class FrozenColumn(QTableView):
    """Shown over `view` as soon as that is scrolled to the right; clicks in it are clicks in `view`."""

    def __init__(self, view: QTableView, model: RecordTableModel) -> None:
        super().__init__(view)
        self._view = view
        self._records = model
        self.setObjectName("frozen")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(view.selectionBehavior())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionClicked.connect(view.horizontalHeader().sectionClicked)
        self.clicked.connect(view.clicked)
        self.doubleClicked.connect(view.doubleClicked)
        self.setModel(model)
        self.setSelectionModel(view.selectionModel())
        select_apart(self.horizontalHeader())
        self.setItemDelegate(view.itemDelegate())
        view.horizontalScrollBar().valueChanged.connect(self.follow)
        view.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        view.horizontalHeader().sectionResized.connect(self.follow)
        view.horizontalHeader().sectionMoved.connect(self.follow)
        view.horizontalHeader().geometriesChanged.connect(self.follow)
        view.installEventFilter(self)
        self.hide()

    def follow(self, *_: object) -> None:
        """Takes the place and the first column of the view beneath."""
        heading = self._view.horizontalHeader()
        if self._view.horizontalScrollBar().value() <= 0:
            self.hide()
            return
        places = (heading.logicalIndex(place) for place in range(heading.count()))
        first = next((number for number in places if not self._view.isColumnHidden(number)), -1)
        for number in range(heading.count()):
            self.setColumnHidden(number, number != first)
        self.setColumnWidth(first, self._view.columnWidth(first))
        self.verticalHeader().setMinimumSectionSize(self._view.verticalHeader().minimumSectionSize())
        self.verticalHeader().setDefaultSectionSize(self._view.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setFixedHeight(heading.height())
        frame = self._view.frameWidth()
        height = self._view.viewport().height() + heading.height()
        self.setGeometry(frame, frame, self._view.columnWidth(first) + 1, height)
        self.verticalScrollBar().setValue(self._view.verticalScrollBar().value())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the size of the view beneath."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the rows and the same lines as beneath."""
        super().paintEvent(event)
        paint_row_lines(self, self._records)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The view beneath scrolls."""
        QApplication.sendEvent(self._view.viewport(), event)
