"""The Monday run and the archive's files of a week, from the page's menu."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.core.periods import Period
from desktop.services import batch
from desktop.services.batch import Outcome, Round, WeekFile
from desktop.views.dialogs.monday_run import MondayRunDialog
from desktop.views.theme import Status
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page

_MOST_SHOWN = 6


class Monday(QObject):
    """Hangs its actions into the page's menu and answers in the page's message bar."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self.files = QMenu(self.tr("Files of This Week"), page)

    def ask(self, week: Period) -> None:
        """Asks what the run shall do, and does it."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = MondayRunDialog(week, Path(documents) / self.tr("Scorecards"), self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.run(dialog.round))
        dialog.open()

    def run(self, wanted: Round) -> None:
        """Writes and sends what is wanted."""
        self._context.ask(batch.run, wanted, self._context.now(), on_finished=self._on_run, label=self.tr("Monday run"))

    def read_files(self, week: str) -> None:
        """Fills the menu with what the archive holds of the week."""
        self._context.ask(batch.files_of, week, on_finished=self._on_files_read)

    def save_file(self, kept: WeekFile) -> None:
        """Asks where to, and writes a file of the archive there, as it is."""
        chosen, _kind = QFileDialog.getSaveFileName(self._page, self.tr("Save the file"), kept.name)
        if chosen:
            self._context.ask(
                batch.save_kept, kept.number, Path(chosen),
                on_finished=lambda file: self._page.status_message.emit(self.tr("Saved {file}").format(file=file)),
            )  # fmt: skip

    def _on_run(self, done: Outcome) -> None:
        said = []
        if done.files:
            words = self.tr("{count} files of week {week} are in {folder}.")
            said.append(words.format(count=len(done.files), week=done.week, folder=done.files[0].parent))
        if done.sent:
            said.append(self.tr("Sent to {names}.").format(names=self._few(done.sent)))
        if not said:
            said.append(self.tr("Nothing was sent."))
        more = list(done.problems[:_MOST_SHOWN])
        if done.without_address:
            more.append(self.tr("Without an e-mail address: {names}.").format(names=self._few(done.without_address)))
        status = Status.NEAR if more else Status.GOOD
        self._page.messages.show_message(status, " ".join(said), " ".join(more))

    def _few(self, names: Sequence[str]) -> str:
        shown = ", ".join(names[:_MOST_SHOWN])
        more = len(names) - _MOST_SHOWN
        return self.tr("{names} and {count} more").format(names=shown, count=more) if more > 0 else shown

    def _on_files_read(self, found: Sequence[WeekFile]) -> None:
        self.files.clear()
        self.files.setEnabled(bool(found))
        for one in found:
            kind = self.tr("sealed") if one.sealed else self.tr("scan")
            # an ampersand in a name is no shortcut
            words = f"{one.producer}  {kind}  {one.day}  {one.name}…".replace("&", "&&")
            self.files.addAction(words).triggered.connect(lambda _=False, kept=one: self.save_file(kept))
