"""Typed cells of an editing grid outlive a crash: held a moment after typing, offered when the same lines are shown.

Wiring alone between a grid and the service; knows no column and no page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.services import drafts
from desktop.services.grids import Line
from desktop.views.dialogs.gridding import GridEditor
from desktop.views.widgets.context import PageContext


def keep_drafts(context: PageContext, editor: GridEditor, name: Callable[[], str]) -> None:
    """Hold what is typed into `editor` under `name()`, asked each time lines are shown; an empty name holds nothing."""
    editor.drafting = _Drafting(context, editor, name)


class _Drafting:
    def __init__(self, context: PageContext, editor: GridEditor, name: Callable[[], str]) -> None:
        self._context = context
        self._editor = editor
        self._ask_name = name
        self._name = ""
        editor.lines_shown.connect(self._on_lines_shown)
        editor.cells_typed.connect(self._on_cells_typed)
        editor.settled.connect(self._on_settled)

    def _on_lines_shown(self, kept: Sequence[Line]) -> None:
        name = self._name = self._ask_name()
        if name:
            self._context.ask(drafts.held, name, tuple(kept), on_finished=lambda found: self._offer(name, kept, found))

    def _offer(self, name: str, kept: Sequence[Line], found: Sequence[Line] | None) -> None:
        # by now another person may be shown, or typing may have gone on
        if found is not None and name == self._name:
            self._editor.offer(kept, found)

    def _on_cells_typed(self, kept: Sequence[Line], typed: Sequence[Line]) -> None:
        if self._name:
            self._context.ask(drafts.hold, self._name, tuple(kept), tuple(typed))

    def _on_settled(self) -> None:
        if self._name:
            self._context.ask(drafts.forget, self._name)
