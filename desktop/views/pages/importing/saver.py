"""What the import page writes to files: rejected rows with their reasons, and the empty templates.

Asks where to and runs the services; which rows they are is the caller's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.services import exporting, mending, previews
from desktop.views.pages.importing.parts import Rejected
from desktop.views.widgets.context import PageContext


class Saver(QWidget):
    """Never seen itself. `told` says what was written."""

    told = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._context = context

    def save_rows(self, headings: Sequence[str], rows: Sequence[Any]) -> None:
        """Rejected rows as they stand in the grid, under the file's headings."""
        target = self._target()
        if target is not None:
            self._context.executor.submit(
                mending.write_rows, headings, rows, target, on_finished=lambda _: self._say_saved(target)
            )

    def save_rejects(self, rejects: Sequence[Rejected]) -> None:
        """Rejected cells, where the rows themselves are not at hand."""
        target = self._target()
        if target is not None:
            cells = [(one.line, one.column, one.value, one.reason) for one in rejects]
            self._context.executor.submit(
                previews.write_rejects, cells, target, on_finished=lambda _: self._say_saved(target)
            )

    def write_templates(self) -> None:
        """The empty templates into a folder."""
        chosen = QFileDialog.getExistingDirectory(self.window(), self.tr("Choose a folder for the empty templates"))
        if chosen:
            saved = self.tr("The empty templates are in {}").format(chosen)
            self._context.executor.submit(
                exporting.write_templates, Path(chosen), on_finished=lambda _: self.told.emit(saved)
            )

    def _target(self) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self.window(), self.tr("Save rejected rows"), "rejected.csv", "CSV (*.csv)"
        )
        return Path(chosen) if chosen else None

    def _say_saved(self, target: Path) -> None:
        self.told.emit(self.tr("Saved {}").format(target.name))
