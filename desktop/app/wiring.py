"""What the menus do that is no page's matter: undo, redo, backups, the daily copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog

from desktop.app.ladder import Ladder
from desktop.app.sparing import Sparing
from desktop.app.watcher import Watcher
from desktop.core.scorecard import freshness_sentence, short_date
from desktop.services import books, clock, dashboard, edits, preferences, previews
from desktop.services.clock import Clock

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.services.books import Backup, Restored
    from desktop.services.edits import Changes, Steps
    from desktop.services.figures import Freshness
    from desktop.views.main_window import MainWindow
    from desktop.views.widgets.context import PageContext


def wire(window: MainWindow, context: PageContext) -> QObject:
    """Connect the window's menus to the services; keep what is returned as long as the window lives."""
    return _Wires(window, context)


class _Wires(QObject):
    def __init__(self, window: MainWindow, context: PageContext) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        window.set_undo(self._undo, self._redo)
        window.book_changed.connect(self._on_book_changed)
        window.backup_asked.connect(self._on_backup_asked)
        window.restore_asked.connect(self._on_restore_asked)
        self.watcher = Watcher(window, context)
        self._set_clock()
        self.ladder = Ladder(window, context)
        self.sparing = Sparing(window, context)
        self._keep_copies()
        context.ask(_daily, context.now(), label=self._words("Backing up"))
        self._name_steps()

    def _words(self, text: str) -> str:
        return QCoreApplication.translate("Wires", text)

    def _set_clock(self) -> None:
        """The agency's time, not the computer's, once the book says where the agency is."""
        if isinstance(self._context.now, Clock):
            self._context.ask(clock.zone_of, on_finished=lambda zone: setattr(self._context.now, "zone", zone))

    def _keep_copies(self) -> None:
        """Backups go where this computer's user wants them."""
        folder = self._context.state.read(preferences.COPIES_FOLDER)
        if isinstance(folder, str) and folder:
            self._context.ask(preferences.keep_copies_in, Path(folder))

    # --- undo and redo ----------------------------------------------------------------------------------------------

    def _undo(self) -> None:
        author = previews.author_at(self._context.now())
        self._context.ask(edits.undo, author, on_finished=self._on_undone, label=self._words("Undoing"))

    def _redo(self) -> None:
        author = previews.author_at(self._context.now())
        self._context.ask(edits.redo, author, on_finished=self._on_redone, label=self._words("Redoing"))

    def _on_undone(self, changes: Changes) -> None:
        self._settle(changes, self._words("Undone: {what}"))

    def _on_redone(self, changes: Changes) -> None:
        self._settle(changes, self._words("Done again: {what}"))

    def _settle(self, changes: Changes, words: str) -> None:
        if changes.changed:
            self._window.status.set_message(words.format(what=changes.label))
            self._window.note_change(changes)

    def _on_book_changed(self, _changes: object) -> None:
        self._set_clock()
        self._name_steps()

    def _name_steps(self) -> None:
        self._context.ask(edits.steps, on_finished=self._on_steps_known)
        self._context.ask(dashboard.freshness, self._context.now(), on_finished=self._on_freshness_known)

    def _on_freshness_known(self, found: Sequence[Freshness]) -> None:
        days = [one.through for one in found if one.through is not None]
        text = self._words("Data through {day}").format(day=short_date(max(days))) if days else ""
        self._window.status.set_freshness(text, freshness_sentence((one.source, one.through) for one in found))

    def _on_steps_known(self, steps: Steps) -> None:
        self._window.set_undo_names(steps.undo or "", steps.redo or "")

    # --- copies of the book -----------------------------------------------------------------------------------------

    def _on_backup_asked(self) -> None:
        day = self._context.today().isoformat()
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, self._words("Back up the book"), f"agency-{day}.pdesk", self._words("Books (*.pdesk)")
        )
        if chosen:
            self._context.ask(
                books.back_up, self._context.now(), Path(chosen), on_finished=self._on_backed_up,
                label=self._words("Backing up"),
            )  # fmt: skip

    def _on_backed_up(self, done: Backup) -> None:
        self._window.status.set_message(self._words("Backed up to {file}").format(file=done.file))

    def _on_restore_asked(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, self._words("Restore a backup"), "", self._words("Books (*.pdesk)")
        )
        if chosen:
            self._context.ask(
                _restore, Path(chosen), self._context.now(), on_finished=self._on_restored,
                label=self._words("Restoring"),
            )  # fmt: skip

    def _on_restored(self, done: Restored) -> None:
        words = self._words("Restored. The replaced book is kept as {file}")
        self._window.status.set_message(words.format(file=done.previous))
        self._window.note_change()


def _daily(book: Book, now: datetime) -> Any:
    return books.back_up_daily(book, now.date())


def _restore(book: Book, file: Path, now: datetime) -> Restored:
    return books.restore_into(book, file, now)
