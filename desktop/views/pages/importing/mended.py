"""What is typed into rejected rows outlives a crash: held as it is typed, offered when the same file is dropped again.

Wiring between a file's grid and the service; reading the rows again is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.services import drafts
from desktop.services.grids import Line
from desktop.views.pages.importing.mending import MendingPane
from desktop.views.widgets.context import PageContext

_REST_MS = 150
"""So long after the first letter what is typed is held, and again after each that follows."""


class MendedDrafts(QObject):
    """The drafts of all files of one import: `take` each grid when it is made, `settle` once they are imported."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._names: set[str] = set()

    def take(self, pane: MendingPane) -> None:
        """Holds what is typed into `pane`; nothing while pay is hidden, for its cells are not the file's then."""
        if not self._context.pay_hidden:
            self._names.add(_Held(self._context, pane).name)

    def settle(self) -> None:
        """What was typed is imported."""
        for name in self._names:
            self._context.ask(drafts.forget, name)
        self._names.clear()


class _Held(QObject):
    def __init__(self, context: PageContext, pane: MendingPane) -> None:
        super().__init__(pane)
        self.name = f"rejects of {pane.file.sha256} {pane.file.sheet or ''}"
        self._context, self._pane = context, pane
        self._before: dict[str, Line] = {}
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._hold)
        pane.table.dataChanged.connect(self._on_typed)
        pane.table.underway.connect(self._on_typed)
        pane.retried.connect(self._hold)
        context.ask(drafts.held, self.name, (), on_finished=self._offer)

    def _offer(self, found: Sequence[Line] | None) -> None:
        """Rows that were read rightly by then are not here any more, but wait in the draft for another crash."""
        self._before = {str(one.key): one for one in found or ()}
        table = self._pane.table
        if table.changes() or table.open is not None:
            return
        texts = {
            (at, int(column)): text
            for at, row in enumerate(self._pane.file.rejected_rows)
            if (line := self._before.get(str(row.line))) is not None
            for column, text in line.texts.items()
            if int(column) < len(row.cells)
        }
        table.change(self.tr("Typed Before"), texts)
        self._pane.offered.setVisible(bool(table.changes()))

    def _on_typed(self) -> None:
        # not put off by the next letter: whoever types without a pause loses a moment's at most
        if not self._resting.isActive():
            self._resting.start()

    def _hold(self) -> None:
        self._resting.stop()
        if not self._context.executor.closed:
            self._context.ask(drafts.hold, self.name, (), self._lines())

    def _lines(self) -> tuple[Line, ...]:
        table, rows = self._pane.table, self._pane.file.rejected_rows
        typed = {line: {str(at): text for at, text in cells.items()} for line, cells in table.changes().items()}
        if table.open is not None:
            (row, column), text = table.open
            typed.setdefault(rows[row].line, {})[str(column)] = text
        here = {str(row.line) for row in rows}
        others = [line for key, line in self._before.items() if key not in here]
        return (*others, *(Line(str(line), texts) for line, texts in typed.items()))
