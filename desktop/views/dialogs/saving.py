"""Tables and reports of a page into files of the user's choice; for any page.

Knows the page by its base class and the services that write.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from desktop.services.reporting import Asked
from desktop.views.dialogs.printing import ask_target, save_report, save_table
from desktop.views.tables import RecordTableView
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
        target = ask_target(self._page, self.tr("Export the table"), name, "xlsx")
        if target is not None:
            self.save(view, target)

    def save(self, view: RecordTableView, target: Path) -> None:
        """Writes what `view` shows to `target`: a printed page, or the bare table that Excel and CSV hold."""
        title = view.accessibleName() or self._page.title
        save_table(self._context, view, title, "", target, lambda _: self._tell(target))

    def ask_report(self, name: str, asked: Asked) -> None:
        """Asks where to, and writes the report of that name."""
        target = ask_target(self._page, self.tr("Save the report"), name)
        if target is not None:
            save_report(self._context, name, asked, target, lambda _: self._tell(target))

    def _tell(self, target: Path) -> None:
        self._page.status_message.emit(self.tr("Saved {}").format(target.name))
