"""What the scorecards page does with files: check a signed one, attach a scan, tell what changed since publication."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.services import previews, publishing, signing, verifying
from desktop.services.edits import Changes
from desktop.services.publishing import Amendment
from desktop.services.verifying import Verification
from desktop.views.theme import Status
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page

_MOST_SHOWN = 6


class Archive(QObject):
    """Hangs its actions into the page's menu and answers in the page's message bar."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context

    def add_actions(self, menu: QMenu) -> None:
        """The actions that need no scorecard to be open."""
        menu.addAction(self.tr("Check a Signed File…")).triggered.connect(self._on_check_asked)

    def check(self, file: Path) -> None:
        """Says whether a file is untouched, and who signed it."""
        self._context.ask(verifying.verify, file, on_finished=self._on_checked, label=self.tr("Checking"))

    def tell_amendments(self, week: str) -> None:
        """Says what changed since the week was published."""
        self._context.ask(publishing.amendments, week, self._context.now(), on_finished=self._on_amendments_read)

    def attach(self, week: str, producer: str, file: Path) -> None:
        """Keeps a scan with its week."""
        author = previews.author_at(self._context.now())
        self._context.ask(signing.attach_scan, week, producer, file, author, on_finished=self._on_attached)

    def ask_for_scan(self, week: str, producer: str) -> None:
        """Asks which scan to keep."""
        kinds = self.tr("Scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)")
        chosen, _kind = QFileDialog.getOpenFileName(self._page, self.tr("Attach the signed scan"), "", kinds)
        if chosen:
            self.attach(week, producer, Path(chosen))

    def _on_check_asked(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self._page, self.tr("Check a signed scorecard"), "", self.tr("PDF files (*.pdf)")
        )
        if chosen:
            self.check(Path(chosen))

    def _on_checked(self, found: Verification) -> None:
        name = found.file.name
        if not found.signed:
            words = self.tr("{file} is not signed.").format(file=name)
            self._page.messages.show_message(Status.NEAR, words, self.tr("Sign it on this page."))
        elif not found.untouched:
            words = self.tr("{file} was changed after it was signed, or is damaged.").format(file=name)
            self._page.messages.show_message(Status.BAD, words, self.tr("Do not rely on it; ask for the original."))
        else:
            words = self.tr("{file} is untouched since it was signed.").format(file=name)
            own = all(one.trusted for one in found.signers)
            status = Status.GOOD if own else Status.NEAR
            self._page.messages.show_message(status, words, "; ".join(map(self._words_of, found.signers)))

    def _words_of(self, one: verifying.Signer) -> str:
        known = self.tr("certificate known here") if one.trusted else self.tr("certificate not known here")
        parts = (one.name, one.role, (one.at or "").replace("T", " "), f"{known} ({one.certificate})")
        return ", ".join(part for part in parts if part)

    def _on_amendments_read(self, found: Sequence[Amendment]) -> None:
        if not found:
            said = self.tr("Nothing that was published for this week has changed since.")
            self._page.messages.show_message(Status.GOOD, said, "")
            return
        lines = [f"{one.producer_name}: {one.words} ({one.why}, {one.at[:10]})" for one in found[:_MOST_SHOWN]]
        more = len(found) - len(lines)
        if more:
            lines.append(self.tr("and {count} more").format(count=more))
        said = self.tr("{count} published figures are different today.").format(count=len(found))
        todo = self.tr("Publish the week again to put them on a new version.")
        self._page.messages.show_message(Status.NEAR, said, f"{'; '.join(lines)}. {todo}")

    def _on_attached(self, _kept: object) -> None:
        self._page.status_message.emit(self.tr("The scan is kept with its week"))
        self._page.book_changed.emit(Changes(""))
