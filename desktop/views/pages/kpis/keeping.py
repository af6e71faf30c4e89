"""Targets and bands changed from an open figure: asks for them, hands them to the services, tells what has changed.

Knows the form; what a target does to a figure is the services' business.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.services import goals, previews
from desktop.services.edits import Changes
from desktop.services.goals import Measure
from desktop.services.kpi_views import KpiStory
from desktop.settings import Band
from desktop.views.dialogs.answering import TypedWords
from desktop.views.pages.kpis.goals import GoalDialog
from desktop.views.widgets.context import PageContext


class GoalKeeper(QObject):
    """`goals_kept` carries what has changed."""

    goals_kept = Signal(object)

    def __init__(self, page: QWidget, context: PageContext, whose: Callable[[str | None], str]) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._whose = whose

    def ask(self, story: KpiStory) -> None:
        """Asks for the target and the bands of what is open."""
        self._context.ask(
            goals.measure,
            story.figure.id,
            story.question.producer or None,
            self._context.today(),
            on_finished=lambda found: self._show(found, story),
        )

    def _show(self, found: Measure, story: KpiStory) -> None:
        dialog = GoalDialog(found, self._whose(found.producer), self._context.today(), self._page)
        words = TypedWords(self._context, dialog, dialog, f"goals of {found.kpi_id}, {found.producer or 'agency'}")
        dialog.accepted.connect(words.settle)
        dialog.goal_kept.connect(lambda value, start: self.keep_goal(found, value, start))
        dialog.bands_kept.connect(lambda edges, start: self.keep_bands(found, edges, start))
        dialog.exec()
        dialog.deleteLater()

    def keep_goal(self, measure: Measure, value: float | None, start: date) -> None:
        """Stores a target from a day on."""
        now = self._context.now()
        self._context.ask(
            goals.set_goal,
            *(measure.kpi_id, value, start, measure.producer, previews.author_at(now), now.date()),
            on_finished=self._on_kept,
        )

    def keep_bands(self, measure: Measure, edges: Band | None, start: date) -> None:
        """Stores bands from a day on."""
        self._context.ask(
            goals.set_bands,
            *(measure.kpi_id, edges, start, measure.producer, previews.author_at(self._context.now())),
            on_finished=self._on_kept,
        )

    def _on_kept(self, changes: Changes) -> None:
        if changes.changed:
            self.goals_kept.emit(changes)
