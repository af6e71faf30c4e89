"""What opens behind the figures of the KPI views, as sheets of the drawer: a KPI's story, a stage's leads, commissions.

Asks the services; which figure was opened, and under which filters, is the page's to say.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.core.periods import Period
from desktop.services import boards, kpi_views
from desktop.services.boards import Board
from desktop.services.found_records import FoundRecord
from desktop.services.kpi_records import Part
from desktop.services.kpi_views import KpiStory, Question
from desktop.views.dialogs.saving import TableSaver
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.commission import CommissionRecords
from desktop.views.pages.kpis.funnel import LABELS
from desktop.views.pages.kpis.sheet import KpiSheet
from desktop.views.pages.kpis.stuck import StuckSheet
from desktop.views.pages.kpis.words import say
from desktop.views.widgets.context import PageContext


class Behind(QObject):
    """Opens sheets. `sheet_opened` carries title, sheet and subtitle, `goals_asked` the story whose target is meant."""

    sheet_opened = Signal(str, QWidget, str)
    lead_opened = Signal(str)
    goals_asked = Signal(object)

    def __init__(
        self,
        context: PageContext,
        saver: TableSaver,
        whose: Callable[[str | None], str],
        open_record: Callable[[FoundRecord], object],
    ) -> None:
        super().__init__()
        self._context = context
        self._saver = saver
        self._whose = whose
        self._open_record = open_record
        self._sheets: list[KpiSheet] = []
        self._commissions = CommissionRecords(context, open_record, saver.ask)
        self._commissions.sheet_opened.connect(self.sheet_opened)

    def mark_stale(self) -> None:
        """The book has changed: sheets that are still there tell their figures anew."""
        self._sheets = [sheet for sheet in self._sheets if isValid(sheet)]
        for sheet in self._sheets:
            sheet.mark_stale()

    def open_kpi(self, kpi_id: str, asked: Question, part: Part | None = None) -> None:
        """Everything behind a KPI; with `part` at the records of one row of its details."""
        self._context.ask(
            kpi_views.read_story, kpi_id, asked, part, on_finished=self._show_story, label=say("Finding the records")
        )

    def open_commissions(self, asked: Question, by: str, key: str | None) -> None:
        """The terms behind a row of the commission tracker."""
        self._commissions.open(asked, by, key)

    def open_stage(self, stage: str, producer: str | None) -> None:
        """The leads that stand in a stage now, the longest over their time first."""
        self._context.ask(
            boards.board, "sales", self._context.now(), producer,
            on_finished=lambda board: self._show_stage(board, stage),
        )  # fmt: skip

    def _show_story(self, story: KpiStory) -> None:
        asked = story.question
        sheet = KpiSheet(story)
        sheet.record_opened.connect(self._open_record)
        sheet.export_asked.connect(lambda view: self._saver.ask(view, story.figure.id))
        sheet.period_opened.connect(lambda period: self._open_period(story, period))
        sheet.goals_asked.connect(lambda: self.goals_asked.emit(sheet.story))
        sheet.story_asked.connect(lambda part: self._tell_again(sheet, part))
        self._sheets.append(sheet)
        whose, when = self._whose(asked.producer), words.dates(asked.period, asked.as_of)
        self.sheet_opened.emit(words.kpi_of(story.figure.id).label, sheet, f"{whose} · {when}")
        sheet.setFocus()

    def _open_period(self, story: KpiStory, period: Period) -> None:
        asked = story.question
        point = next(one for one in story.trend if one.period == period)
        self.open_kpi(story.figure.id, Question(period, point.as_of, asked.producer, asked.basis))

    def _tell_again(self, sheet: KpiSheet, part: Part | None) -> None:
        then = sheet.story
        self._context.ask(
            kpi_views.read_story, then.figure.id, then.question, part,
            on_finished=lambda story: sheet.show_story(story) if isValid(sheet) else None,
            label=say("Finding the records"),
        )  # fmt: skip

    def _show_stage(self, board: Board, stage: str) -> None:
        column = next((one for one in board.columns if one.stage == stage), None)
        if column is None:
            return
        sheet = StuckSheet(column)
        sheet.lead_opened.connect(self.lead_opened)
        sheet.export_asked.connect(lambda view: self._saver.ask(view, f"stage-{stage}"))
        self.sheet_opened.emit(LABELS[stage], sheet, say("Leads that stand here now"))
        sheet.setFocus()
