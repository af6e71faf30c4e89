"""Opens a record in the drawer for whatever page asks, and stores what is corrected there.

Knows the page by its base class and the services of one record; what leads to a record is the page's business.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.services import corrections, discretion, previews, records
from desktop.services.edits import Changes
from desktop.services.records import FieldDetail, RecordDetail
from desktop.views.dialogs.answering import TypedWords
from desktop.views.dialogs.record import CorrectionDialog, RecordSheet, heading
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page


class RecordOpener(QObject):
    """Record sheets for one page."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._shown: tuple[RecordSheet, RecordDetail, str] | None = None
        page.went_stale.connect(self._tell_again)

    def open(self, table: str, key: str, subject: str) -> None:
        """Shows the record of a template's table with this stored key, `subject` as its title."""
        self._context.ask(records.record_detail, table, key, on_finished=lambda detail: self._show(detail, subject))

    def _show(self, detail: RecordDetail, subject: str) -> None:
        sheet = self._make_sheet(detail, subject)
        self._page.sheet_opened.emit(subject or heading(detail.table), sheet, heading(detail.table))
        sheet.setFocus()

    def _tell_again(self) -> None:
        """What the record in the drawer shows may have changed, or have been taken back."""
        if self._shown is not None and isValid(self._shown[0]):
            old, then, subject = self._shown
            self._context.ask(
                records.record_detail, then.table, then.key, on_finished=lambda now: self._renew(old, now, subject)
            )

    def _renew(self, old: RecordSheet, detail: RecordDetail, subject: str) -> None:
        if self._shown is None or self._shown[0] is not old or self._shown[1] == detail or not isValid(old):
            return
        sheet = self._make_sheet(detail, subject)
        self._page.sheet_renewed.emit(old, subject or heading(detail.table), sheet, heading(detail.table))

    def _make_sheet(self, detail: RecordDetail, subject: str) -> RecordSheet:
        shown = discretion.hide_record(detail, self._context.pay_hidden)
        sheet = RecordSheet(shown, corrections.correctable(detail.table))
        sheet.correction_asked.connect(lambda field: self._ask(detail, field, subject))
        self._shown = (sheet, detail, subject)
        return sheet

    def _ask(self, detail: RecordDetail, field: FieldDetail, subject: str) -> None:
        dialog = CorrectionDialog(field, self._page)
        words = TypedWords(self._context, dialog, dialog, f"{field.name} of {detail.table} {detail.key}")
        if dialog.exec():
            self.correct(detail, field.name, dialog.text, subject, words)

    def correct(
        self, detail: RecordDetail, field: str, text: str, subject: str, words: TypedWords | None = None
    ) -> None:
        """Stores what was typed for one field of a record, and shows the record as it is then."""
        now: datetime = self._context.now()
        self._context.ask(
            corrections.correct,
            detail.table,
            detail.key,
            field,
            text,
            previews.author_at(now),
            now.date(),
            on_finished=lambda changes: self._on_corrected(changes, detail, field, subject, words),
        )

    def _on_corrected(
        self, changes: Changes, detail: RecordDetail, field: str, subject: str, words: TypedWords | None
    ) -> None:
        if words is not None:
            words.settle()
        if changes.changed:
            self._page.book_changed.emit(changes)
            self._page.undo_offered.emit(self.tr("{} corrected.").format(heading(field)))
            if self._shown is None or not isValid(self._shown[0]):
                self.open(detail.table, detail.key, subject)
