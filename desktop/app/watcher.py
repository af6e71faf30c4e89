"""Looks into the watched folder every two seconds; its new files are imported and their leads routed, or a look asked.

The folder and what was seen in it are this machine's matter: they are kept with the window's memory, not in the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.errors import UserError
from desktop.services import intake, previews
from desktop.services.imports import UndoResult
from desktop.services.intake import Delivery, FolderIntake, Received
from desktop.services.watching import Arrival, Outcome
from desktop.views.main_window import IMPORT_PAGE
from desktop.views.pages.importing import words
from desktop.views.pages.importing.watch import FOLDER, SEEN
from desktop.views.theme import Status
from desktop.views.widgets.view_state import FILES_ASKING

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
        self._intake: FolderIntake | None = None
        self._delivery: Delivery | None = None
        self._busy = False
        self._told = ""
        # whatever still asks does so again at the first looks
        context.state.write(FILES_ASKING, [])
        window.book_changed.connect(self._on_book_changed)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        window.closing.connect(self._timer.stop)
        self._timer.start(every_ms)

    def look(self) -> None:
        """Has the folder looked through, unless none is watched or the last look is still under way."""
        folder = str(self._context.state.read(FOLDER, "") or "")
        if not folder or self._busy:
            return
        if self._intake is None or str(self._intake.folder) != str(Path(folder)):
            self._intake = FolderIntake(Path(folder), self._context.state.read(SEEN, []))
        self._busy = True
        self._context.executor.submit(self._intake.deliveries, on_finished=self._on_looked, on_failed=self._on_failed)

    def _on_looked(self, found: Sequence[Delivery]) -> None:
        self._told = ""
        self._delivery = next(iter(found), None)
        if self._delivery is None:
            self._busy = False
            return
        self._context.ask(
            intake.receive,
            self._delivery,
            self._context.now(),
            on_finished=self._on_received,
            on_failed=self._on_failed,
            on_cancelled=self._on_cancelled,
            label=self.tr("Importing from the watched folder"),
        )

    def _on_received(self, received: Received) -> None:
        # what needs a look is asked about again when the program is started again
        arrival = received.arrival
        self._settle(received=arrival.outcome is not Outcome.ASKS)
        named = arrival.paths[0].name
        if len(arrival.paths) > 1:
            named = self.tr("{} and {} more").format(named, len(arrival.paths) - 1)
        if arrival.outcome is Outcome.TAKEN:
            self._window.note_change()
            self._tell_taken(named, received)
        elif arrival.outcome is Outcome.ASKS:
            self._ask(self.tr("{} arrived in the watched folder and needs a look.").format(named), arrival)

    def _tell_taken(self, named: str, received: Received) -> None:
        """Says what came, with a button that takes it all back: the import and the routing of its leads."""
        run, many = received.arrival.import_id, received.arrival.rows
        rows = self.tr("1 row") if many == 1 else self.tr("{} rows").format(f"{many:,}")
        said = self.tr("Imported from the watched folder: {}, {}.").format(named, rows)
        text = f"{said} {words.of_leads(received.routed, received.waiting)}".strip()
        self._window.toast.show_text(text, self.tr("Undo"), lambda: self._take_back(run))

    def _take_back(self, run: int | None) -> None:
        if run is not None:
            self._context.ask(
                previews.undo,
                run,
                self._context.now(),
                on_finished=self._on_taken_back,
                on_failed=self._window.show_error,
                label=self.tr("Taking the import back"),
            )

    def _on_taken_back(self, result: UndoResult) -> None:
        what, rest = words.undone(result, self.tr("The import from the watched folder"))
        self._window.status.set_message(f"{what} {rest}".strip())
        self._window.note_change()

    def _ask(self, what: str, arrival: Arrival) -> None:
        """Says so at once, and on the import page and among what needs attention until somebody looks."""
        asking = [one for one in self._context.state.read(FILES_ASKING, []) if one[0] not in map(str, arrival.paths)]
        self._context.state.write(FILES_ASKING, [*asking, *([str(path), arrival.why] for path in arrival.paths)])
        action = self.tr("Look"), lambda: self._window.import_files(list(arrival.paths))
        self._window.page(IMPORT_PAGE).messages.show_message(Status.NEAR, what, arrival.why, [action])
        self._window.toast.show_text(what, *action)

    def _on_book_changed(self, _changes: object) -> None:
        asking = [Path(path) for path, _why in self._context.state.read(FILES_ASKING, [])]
        if asking:
            self._context.ask(intake.unsettled, asking, on_finished=self._on_unsettled_known)

    def _on_unsettled_known(self, paths: list[Path]) -> None:
        left = {str(path) for path in paths}
        asking = self._context.state.read(FILES_ASKING, [])
        self._context.state.write(FILES_ASKING, [one for one in asking if one[0] in left])

    def _settle(self, *, received: bool) -> None:
        """What was ready is done with, for good or until the next start."""
        if self._intake is not None and self._delivery is not None:
            self._intake.settle(self._delivery, received=received)
            self._context.state.write(SEEN, sorted(self._intake.seen))
        self._delivery = None
        self._busy = False

    def _on_failed(self, error: Exception) -> None:
        """What the user can mend is said once, until a look succeeds again."""
        self._settle(received=False)
        if not isinstance(error, UserError):
            self._context.executor.failed.emit(error)
        elif str(error) != self._told:
            self._told = str(error)
            self._window.show_error(error)

    def _on_cancelled(self) -> None:
        self._settle(received=False)
