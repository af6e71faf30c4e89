"""From a record in a drawer to everything known of it, correcting a field, and a table into a file; for any page.

Knows the services of records and corrections, and the signals that every page has.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog

from desktop.services import corrections, previews, records, tables
from desktop.services.edits import Changes
from desktop.services.records import FieldDetail, FoundRecord, RecordDetail
from desktop.views.dialogs.record import CorrectionDialog, RecordSheet, heading
from desktop.views.tables import RecordTableView
from desktop.views.tables.sheets import sheet_rows
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Drilling", text)


class Drill(QObject):
    """Opens records in the drawer on behalf of `page`."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page)
        self._page = page
        self._context = context

    def open_record(self, record: FoundRecord) -> None:
        """Shows one of the records behind a number."""
        self.open_detail(record.table, record.key, record.subject)

    def open_detail(self, table: str, key: str, subject: str = "") -> None:
        """Shows the record of template `table` with that stored key."""
        self._context.ask(records.record_detail, table, key, on_finished=lambda found: self._show(found, subject))

    def _show(self, detail: RecordDetail, subject: str) -> None:
        sheet = RecordSheet(detail, corrections.correctable(detail.table))
        sheet.correction_asked.connect(lambda field: self._ask_correction(detail, field, subject))
        self._page.sheet_opened.emit(subject or heading(detail.table), sheet, heading(detail.table))

    def _ask_correction(self, detail: RecordDetail, field: FieldDetail, subject: str) -> None:
        dialog = CorrectionDialog(field, self._page)
        if dialog.exec():
            self.correct(detail, field.name, dialog.text, subject)

    def correct(self, detail: RecordDetail, field: str, text: str, subject: str) -> None:
        """Stores what was typed for one field, and shows the record as it is then."""
        now = self._context.now()
        author = previews.author_at(now)
        self._context.ask(
            corrections.correct, detail.table, detail.key, field, text, author, now.date(),
            on_finished=lambda changes: self._on_corrected(changes, detail, field, subject),
        )  # fmt: skip

    def _on_corrected(self, changes: Changes, detail: RecordDetail, field: str, subject: str) -> None:
        if changes.changed:
            self._page.book_changed.emit(changes)
            self._page.undo_offered.emit(say("{} corrected.").format(heading(field)))
            self.open_detail(detail.table, detail.key, subject)

    def export_table(self, view: RecordTableView, name: str) -> None:
        """Asks where to, and writes what `view` shows."""
        kinds = "Excel (*.xlsx);;CSV (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self._page, say("Export the table"), f"{name}.xlsx", kinds)
        if chosen:
            self.write_table(view, Path(chosen))

    def write_table(self, view: RecordTableView, target: Path) -> None:
        """Writes what `view` shows to `target`."""
        saved = say("Saved {}").format(target.name)
        self._context.executor.submit(
            tables.write_table, target, sheet_rows(view), on_finished=lambda _: self._page.status_message.emit(saved)
        )
