"""A table of a page into a file of the user's choice; for any page.

Knows the page by its base class and the service that writes tables.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop.services import tables
from desktop.views.tables import RecordTableView
from desktop.views.tables.sheets import sheet_rows
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page


class TableSaver(QObject):
    """Exports for one page."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page)
        self._page = page
        self._context = context

    def ask(self, view: RecordTableView, name: str) -> None:
        """Asks where to, and writes what `view` shows."""
        kinds = "Excel (*.xlsx);;CSV (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self._page, self.tr("Export the table"), f"{name}.xlsx", kinds)
        if chosen:
            self.save(view, Path(chosen))

    def save(self, view: RecordTableView, target: Path) -> None:
        """Writes what `view` shows to `target`."""
        saved = self.tr("Saved {}").format(target.name)
        self._context.executor.submit(
            tables.write_table, target, sheet_rows(view), on_finished=lambda _: self._page.status_message.emit(saved)
        )
