"""Names that earlier imports left open: shows the sheet, keeps the answers, shows what is still open.

Knows no preview; where the sheet is shown is the page's business.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services import names, previews
from desktop.services.edits import Changes
from desktop.services.names import OpenNames
from desktop.views.pages.importing.names import NamesSheet, open_names
from desktop.views.widgets.context import PageContext


class NameAsker(QWidget):
    """Never seen itself. `listed` carries title, sheet and subtitle, `changed` the Changes of what was answered."""

    listed = Signal(str, QWidget, str)
    changed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._context = context

    def open(self) -> None:
        """Lists the open names."""
        self._context.ask(names.open_names, on_finished=self._on_read)

    def _on_read(self, found: OpenNames) -> None:
        sheet = NamesSheet(found)
        sheet.answered.connect(self._on_answered)
        self.listed.emit(open_names(len(found.names)), sheet, "")

    def _on_answered(self, answers: Mapping[str, str]) -> None:
        author = previews.author_at(self._context.now())
        self._context.ask(names.answer, answers, author, on_finished=self._on_kept)

    def _on_kept(self, changes: Changes) -> None:
        if changes.changed:
            self.changed.emit(changes)
            self.open()
