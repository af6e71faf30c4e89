"""Rejected rows as a grid to be mended: typed over, read again, or saved with their reasons.

Knows a file's preview; reading again and saving is the page's business.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.previews import FilePreview
from desktop.views import theme
from desktop.views.pages.importing import words
from desktop.views.tables.editing import EditingGrid, EditingTable, GridRow
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label


class MendingPane(QWidget):
    """The rejected rows of a file. `retried`: corrections by file, line and column; `saved`: headings and rows."""

    retried = Signal(object)
    saved = Signal(object, object)
    all_saved = Signal()

    def __init__(self, file: FilePreview) -> None:
        super().__init__()
        self.file = file
        rows = [GridRow(one.line, one.cells, one.reasons, one.why) for one in file.rejected_rows]
        self.table = EditingTable(file.headings, rows)
        self.grid = EditingGrid(self.table, self.tr("Rejected rows, to be typed over"))
        self.retry = Button(self.tr("Read Corrected Rows Again"), icon="redo")
        self.retry.clicked.connect(self._on_retry_clicked)
        self.save = Button(self.tr("Save Rejected Rows…"), icon="save")
        self.save.clicked.connect(self._on_save_clicked)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.current().unit(), 0, 0)
        lines.addWidget(Label(self._said(), "caption", "quiet", wrap=True))
        lines.addWidget(self.grid, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(self.retry)
        lines.addLayout(foot)
        self.offered = Label(self.tr("Typed before and not read yet."), "caption", "near")
        self.offered.hide()
        lines.addWidget(self.offered)
        self.table.dataChanged.connect(self._on_changed)
        self._on_changed()

    def _said(self) -> str:
        how = self.tr("Type over what is wrong; Ctrl+D fills down, Ctrl+Z takes back. What you type stays as typed.")
        if self._partial:
            shown = self.tr("The first {} of {} are here.")
            return f"{shown.format(words.rows(len(self.file.rejected_rows)), words.rows(self.file.rejected))} {how}"
        return how

    @property
    def _partial(self) -> bool:
        return self.file.rejected > len(self.file.rejected_rows)

    def _on_changed(self) -> None:
        self.retry.setEnabled(bool(self.table.changes()))

    def _on_retry_clicked(self) -> None:
        self.retried.emit({(self.file.sha256, self.file.sheet): self.table.changes()})

    def _on_save_clicked(self) -> None:
        if self._partial:
            self.all_saved.emit()
        else:
            self.saved.emit(self.file.headings, self.table.current_rows())
