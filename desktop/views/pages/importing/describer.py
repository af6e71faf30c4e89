"""The way of a described file: open its first rows, try what is said of them, keep it as a profile.

Runs the services for the mapping view; what happens before and after is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.errors import UserError
from desktop.services import previews
from desktop.services.edits import Changes
from desktop.services.previews import FilePreview
from desktop.tasks import Task
from desktop.views.dialogs.answering import TypedWords
from desktop.views.widgets.context import PageContext

if TYPE_CHECKING:
    from desktop.services.mappings import Draft, Layout, Suggestion, Trial
    from desktop.views.pages.importing.mapping import MappingView


class Describer(QObject):
    """Shows the mapping view in `stack`. `shown` when it is there, `left` when nothing is to be kept, `kept` with the
    Changes when a profile was saved, `failed` with an error in words."""

    shown = Signal()
    left = Signal()
    kept = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, stack: QStackedWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stack = stack
        self._draft: Draft | None = None
        self._trial: Task | None = None
        self._typed: TypedWords | None = None
        self.view: MappingView | None = None
        self.paths: list[Path] = []

    def begin(self, paths: Sequence[Path], file: FilePreview) -> None:
        """Opens a previewed file to be described."""
        from desktop.services import mappings

        self.paths = list(paths)
        self._context.ask(
            mappings.open_draft, self.paths, file, on_finished=self._on_opened, on_failed=self._on_failed,
            label=self.tr("Looking at the file"),
        )  # fmt: skip

    def close(self) -> None:
        """Lets go of the view and of what was read."""
        if self._trial is not None:
            self._trial.cancel()
        if self.view is not None:
            self._stack.removeWidget(self.view)
            self.view.deleteLater()
        self.view = self._draft = self._trial = self._typed = None

    def _on_opened(self, draft: Draft) -> None:
        from desktop.services.discreet_previews import hide_draft
        from desktop.views.pages.importing.mapping import MappingView

        self.close()
        self._draft = draft
        self.view = view = MappingView(hide_draft(draft, self._context.pay_hidden))
        view.trial_asked.connect(self._on_trial_asked)
        view.table_asked.connect(self._on_table_asked)
        view.save_asked.connect(self._on_save_asked)
        view.left.connect(self._on_left)
        self._typed = TypedWords(self._context, view, view, f"name of the profile of {draft.layout.name}")
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        (view.row_is if not view.forms else next(iter(view.forms[0].rows.values()))).setFocus()
        self.shown.emit()

    def _on_trial_asked(self, layout: Layout) -> None:
        from desktop.services import mappings

        if self._draft is None:
            return
        if self._trial is not None:
            self._trial.cancel()
        self._trial = self._context.ask(
            mappings.try_mapping, self._draft.sample, layout, self._context.now(),
            on_finished=lambda trial: self._on_tried(layout, trial), on_failed=self._on_trial_failed,
            on_cancelled=_nothing,
        )  # fmt: skip

    def _on_tried(self, layout: Layout, trial: Trial) -> None:
        """An answer about what was said before is out of date; the next is on its way."""
        if self.view is not None and self.view.layout_said() == layout:
            self.view.show_trial(trial)

    def _on_trial_failed(self, error: Exception) -> None:
        if self.view is not None and isinstance(error, UserError):
            self.view.show_problem(str(error))
        else:
            self._on_failed(error)

    def _on_table_asked(self, table: str) -> None:
        from desktop.services import mappings

        if self._draft is not None:
            self._context.executor.submit(
                mappings.suggest, self._draft.sample, table, self._draft.people, on_finished=self._on_suggested
            )

    def _on_suggested(self, found: Suggestion) -> None:
        if self.view is not None:
            self.view.add_suggestion(found.part, found.hints)

    def _on_save_asked(self, layout: Layout) -> None:
        from desktop.services import mappings

        if self._draft is not None:
            author = previews.author_at(self._context.now())
            self._context.ask(
                mappings.save, layout, author, self._draft.saved, on_finished=self._on_saved, on_failed=self._on_failed
            )

    def _on_saved(self, changes: Changes) -> None:
        if self._typed is not None:
            self._typed.settle()
        self.close()
        self.kept.emit(changes)

    def _on_left(self) -> None:
        self.close()
        self.left.emit()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.failed.emit(error)
        else:
            self._context.executor.failed.emit(error)


def _nothing() -> None:
    """A newer trial took the place of this one."""
