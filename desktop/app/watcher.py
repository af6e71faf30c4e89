"""Looks into the watched folder every two seconds and has its new files imported, or asks for a look at them.

The folder and what was seen in it are this machine's matter: they are kept with the window's memory, not in the book.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.errors import UserError
from desktop.services import watching
from desktop.services.watching import Arrival, Outcome
from desktop.views.main_window import IMPORT_PAGE
from desktop.views.pages.importing.watch import FOLDER, SEEN
from desktop.views.theme import Status

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow
    from desktop.views.widgets.context import PageContext

EVERY_MS = 2_000


class Watcher(QObject):
    """A file is taken once it has looked the same twice in a row, and never again unless it changes."""

    def __init__(self, window: MainWindow, context: PageContext, every_ms: int = EVERY_MS) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._before: set[str] = set()
        self._asked: set[str] = set()
        self._ready: list[str] = []
        self._busy = False
        self._told = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        window.closing.connect(self._timer.stop)
        self._timer.start(every_ms)

    def look(self) -> None:
        """Has the folder looked through, unless none is watched or the last look is still under way."""
        folder = self._context.state.read(FOLDER, "")
        if not folder or self._busy:
            return
        self._busy = True
        self._context.executor.submit(
            watching.scan, Path(str(folder)), on_finished=self._on_scanned, on_failed=self._on_failed
        )

    def _on_scanned(self, found: dict[str, Path]) -> None:
        self._told = ""
        seen = set(self._context.state.read(SEEN, []))
        ready = [mark for mark in found if mark in self._before and mark not in seen and mark not in self._asked]
        self._before = set(found)
        if not seen <= found.keys():
            # what is gone from the folder need not be remembered
            self._context.state.write(SEEN, sorted(seen & found.keys()))
        if not ready:
            self._busy = False
            return
        self._ready = ready
        self._context.ask(
            watching.take_in,
            [found[mark] for mark in ready],
            self._context.now(),
            on_finished=self._on_taken,
            on_failed=self._on_failed,
            on_cancelled=self._on_cancelled,
            label=self.tr("Importing from the watched folder"),
        )

    def _on_taken(self, arrival: Arrival) -> None:
        # what needs a look is asked about again when the program is started again
        self._settle(asked=arrival.outcome is Outcome.ASKS)
        named = arrival.paths[0].name
        if len(arrival.paths) > 1:
            named = self.tr("{} and {} more").format(named, len(arrival.paths) - 1)
        if arrival.outcome is Outcome.TAKEN:
            self._window.note_change()
            rows = self.tr("1 row") if arrival.rows == 1 else self.tr("{} rows").format(f"{arrival.rows:,}")
            self._window.offer_undo(self.tr("Imported from the watched folder: {}, {}.").format(named, rows))
        elif arrival.outcome is Outcome.ASKS:
            self._ask(self.tr("{} arrived in the watched folder and needs a look.").format(named), arrival)

    def _ask(self, what: str, arrival: Arrival) -> None:
        """Says so at once, and on the import page until somebody looks."""
        action = self.tr("Look"), lambda: self._window.import_files(list(arrival.paths))
        self._window.page(IMPORT_PAGE).messages.show_message(Status.NEAR, what, arrival.why, [action])
        self._window.toast.show_text(what, *action)

    def _settle(self, *, asked: bool) -> None:
        """What was ready is done with, for good or until the next start."""
        if asked:
            self._asked.update(self._ready)
        else:
            seen = {*self._context.state.read(SEEN, []), *self._ready}
            self._context.state.write(SEEN, sorted(seen))
        self._ready = []
        self._busy = False

    def _on_failed(self, error: Exception) -> None:
        """What the user can mend is said once, until a look succeeds again."""
        self._settle(asked=True)
        if not isinstance(error, UserError):
            self._context.executor.failed.emit(error)
        elif str(error) != self._told:
            self._told = str(error)
            self._window.show_error(error)

    def _on_cancelled(self) -> None:
        self._settle(asked=True)
