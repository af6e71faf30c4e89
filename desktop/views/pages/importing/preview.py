"""The second state of the import page: every file at the left, what it would do at the right.

Knows a preview's records; applying and cancelling is the page's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from desktop.services.previews import FilePreview, Preview
from desktop.views import theme
from desktop.views.pages.importing import words
from desktop.views.pages.importing.panes import FilePane, WholePane
from desktop.views.tables.formats import counted
from desktop.views.theme import Status


class ImportPreview(QWidget):
    """A list of the whole and each file beside the pane of the one chosen; panes are made when first seen."""

    period_given = Signal(object)
    rejects_asked = Signal(object)
    columns_asked = Signal(object)
    retried = Signal(object)
    mending_made = Signal(object)
    rows_saved = Signal(object, object)

    def __init__(self, preview: Preview, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._today = today
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Files in this import"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.panes = QStackedWidget()
        self.whole = WholePane(preview)
        self._made: dict[int, QWidget] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().unit(2))
        row.addWidget(self.list)
        row.addWidget(self.panes, 1)
        self._fill()
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.list.setCurrentRow(self._first_question())

    def answers(self) -> dict[str, str]:
        """What was decided about unknown names."""
        return self.whole.answers()

    def set_answers(self, answers: Mapping[str, str]) -> None:
        """Decides about unknown names as it was decided before."""
        self.whole.questions.set_answers(answers)

    def pane(self, row: int) -> QWidget:
        """The pane of a row of the list, made now if it was not seen yet."""
        if row not in self._made:
            pane = self.whole if row == 0 else self._file_pane(self._preview.files[row - 1])
            self._made[row] = pane
            self.panes.addWidget(pane)
        return self._made[row]

    def show_file(self, sha256: str, sheet: str | None) -> None:
        """Shows the pane of a file, at its rejected rows where it still has some."""
        for row, file in enumerate(self._preview.files, 1):
            if (file.sha256, file.sheet) == (sha256, sheet):
                self.list.setCurrentRow(row)
                pane = self.pane(row)
                if isinstance(pane, FilePane):
                    pane.show_rejected()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes a third of the width at most."""
        super().resizeEvent(event)
        self._fit_list()

    def _fit_list(self) -> None:
        look = theme.current()
        width = min(look.px(264), max(self.width() // 3, look.px(120)))
        self.list.setFixedWidth(width)
        room = width - self.list.iconSize().width() - look.px(48)
        metrics = self.list.fontMetrics()
        for row in range(self.list.count()):
            item = self.list.item(row)
            lines = item.data(Qt.ItemDataRole.UserRole)
            item.setText("\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, room) for line in lines))

    def _fill(self) -> None:
        files = self._preview.files
        said = counted(len(files), self.tr("file"), self.tr("files"))
        self._add(self.tr("The whole import"), said, self.tr("What all files together would do."))
        for file in files:
            name = file.file if file.sheet is None else f"{file.file} · {file.sheet}"
            self._add(name, words.state(file)[0], str(file.problem) if file.problem else f"{name}\n{file.title}")

    def _add(self, first: str, second: str, tooltip: str) -> None:
        item = QListWidgetItem(f"{first}\n{second}")
        item.setToolTip(tooltip)
        item.setData(Qt.ItemDataRole.UserRole, [first, second])
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{first}, {second}")
        self.list.addItem(item)

    def _first_question(self) -> int:
        """A file that lacks its dates, or whose columns nobody knows, is shown first: it asks something."""
        asking = (row for row, file in enumerate(self._preview.files, 1) if file.needs_period or _is_unknown(file))
        return next(asking, 0)

    def _file_pane(self, file: FilePreview) -> FilePane:
        pane = FilePane(file, self._today)
        pane.period_given.connect(self.period_given)
        pane.rejects_asked.connect(self.rejects_asked)
        pane.columns_asked.connect(self.columns_asked)
        pane.retried.connect(self.retried)
        pane.rows_saved.connect(self.rows_saved)
        if pane.mending is not None:
            self.mending_made.emit(pane.mending)
        return pane

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self.panes.setCurrentWidget(self.pane(row))

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self.list.setIconSize(QSize(look.px(18), look.px(18)))
        self.list.setSpacing(look.px(2))
        self._fit_list()
        states = [Status.NONE, *(words.state(file)[1] for file in self._preview.files)]
        for row, status in enumerate(states):
            self.list.item(row).setIcon(_icon(status) if row else look.icon("files", "quiet"))


def _is_unknown(file: FilePreview) -> bool:
    return file.profile is None and bool(file.header_line and file.headings)


def _icon(status: Status) -> QIcon:
    names = {Status.GOOD: "check-circle", Status.NEAR: "warning", Status.BAD: "warning", Status.NONE: "dash"}
    return theme.current().icon(names[status], status.role)
