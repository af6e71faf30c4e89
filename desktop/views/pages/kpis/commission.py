"""What is behind a row of the commission tracker: each term with what it promises, as a sheet of the drawer.

Knows the services' tracker; which row was opened is the view's to say, and opening a record the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.services import commissions
from desktop.services.found_records import FoundRecord
from desktop.services.kpi_views import Question
from desktop.views.dialogs.records import Question as RecordsQuestion
from desktop.views.dialogs.records import RecordsSheet
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.words import say
from desktop.views.widgets.context import PageContext


class CommissionRecords(QObject):
    """Finds the terms of a row. `sheet_opened` carries title, sheet and subtitle, as a page's does."""

    sheet_opened = Signal(str, QWidget, str)

    def __init__(
        self, context: PageContext, open_record: Callable[[FoundRecord], object], export: Callable[[Any, str], object]
    ) -> None:
        super().__init__()
        self._context = context
        self._open_record = open_record
        self._export = export

    def open(self, asked: Question, by: str, key: str | None) -> None:
        """Shows what one producer, carrier or month of the tracker is made of."""
        self._context.ask(
            commissions.records, asked.period, asked.as_of, asked.producer, by, key,
            on_finished=lambda found: self._show(asked, words.named(key), found), label=say("Finding the records"),
        )  # fmt: skip

    def _show(self, asked: Question, name: str, found: Sequence[FoundRecord]) -> None:
        meaning = say("What the terms bound in the period promise, and what policies that ended early may cost again.")
        question = RecordsQuestion("commissions", name, "", meaning, "", producer=asked.producer)
        sheet = RecordsSheet(question, found)
        sheet.record_opened.connect(self._open_record)
        sheet.export_asked.connect(lambda view: self._export(view, "commissions"))
        period = words.dates(asked.period, asked.as_of)
        self.sheet_opened.emit(say("Commissions: {}").format(name), sheet, period)
        sheet.setFocus()
