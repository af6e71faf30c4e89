"""The user's own profiles in the drawer: rename, delete, share as a file, take one in.

Knows records of the list; keeping is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.dialogs.drafting import FieldDrafts
from desktop.views.pages.importing import words
from desktop.views.tables.formats import counted
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label


class ProfilesSheet(QWidget):
    """The list with what can be done to the chosen one. `rename_asked` carries (name, new name), the others a name."""

    rename_asked = Signal(str, str)
    delete_asked = Signal(str)
    share_asked = Signal(str)
    add_asked = Signal()

    def __init__(self, saved: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved = list(saved)
        self._drafts: FieldDrafts | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Your profiles"))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the profile"))
        self.name.setMaxLength(80)
        self.note = Label("", "caption", "near", wrap=True)
        self.note.hide()
        self.rename = Button(self.tr("Rename"), icon="edit")
        self.share = Button(self.tr("Share as File…"), icon="export")
        self.delete = Button(self.tr("Delete"), icon="trash")
        self.add = Button(self.tr("Add from File…"), icon="import")
        self._arrange()
        self._connect()
        self._fill()

    def _arrange(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        said = self.tr("Files with these headings are read as you said. To change one, drop such a file and choose "
                       "“Change the Columns…”.")  # fmt: skip
        if not self._saved:
            said = self.tr("None yet. Drop a file that is not recognised and say what its columns are, or add a "
                           "profile that somebody shared.")  # fmt: skip
        lines.addWidget(Label(said, tone="quiet", wrap=True))
        lines.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.rename)
        lines.addLayout(row)
        lines.addWidget(self.note)
        foot = QHBoxLayout()
        for button in (self.share, self.delete):
            foot.addWidget(button)
        foot.addStretch(1)
        lines.addLayout(foot)
        lines.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.list, self.name, self.rename, self.share, self.delete):
            widget.setVisible(bool(self._saved))
        if not self._saved:
            lines.addStretch(1)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.name.textChanged.connect(self._update)
        self.name.returnPressed.connect(self.rename.click)
        self.rename.clicked.connect(lambda: self.rename_asked.emit(self._chosen(), self.name.text()))
        self.share.clicked.connect(lambda: self.share_asked.emit(self._chosen()))
        self.delete.clicked.connect(lambda: self.delete_asked.emit(self._chosen()))
        self.add.clicked.connect(self.add_asked)

    def _fill(self) -> None:
        for one in self._saved:
            tables = ", ".join(words.table_words(table) for table in one.tables)
            many = counted(one.columns, self.tr("column"), self.tr("columns"))
            item = QListWidgetItem(f"{one.name}\n{one.problem or f'{tables} · {many}'}")
            item.setToolTip(one.problem)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, {one.problem or tables}")
            self.list.addItem(item)
        if self._saved:
            self.list.setCurrentRow(0)
        self._update()

    def keep_drafts(self, context: PageContext) -> None:
        """A name under way outlives a crash."""
        self._drafts = FieldDrafts(context, {"name": self.name}, self._mark)
        self._on_row_changed()

    def _mark(self, _field: QLineEdit, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _chosen(self) -> str:
        row = self.list.currentRow()
        return str(self._saved[row].name) if 0 <= row < len(self._saved) else ""

    def _on_row_changed(self) -> None:
        self.name.setText(self._chosen())
        self.note.hide()
        if self._drafts is not None and self._chosen():
            self._drafts.show(f"name of the profile {self._chosen()}", {"name": self._chosen()})
        self._update()

    def _update(self) -> None:
        chosen, typed = self._chosen(), " ".join(self.name.text().split())
        self.rename.setEnabled(bool(chosen and typed and typed != chosen))
        self.share.setEnabled(bool(chosen))
        self.delete.setEnabled(bool(chosen))
