"""What the scorecards page does with signed files and published figures: check, attach, tell what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.services import previews, publishing, signing
from desktop.services.edits import Changes
from desktop.services.papers import Papers
from desktop.services.publishing import Amendment
from desktop.views.pages.scorecards.amended import AmendmentsSheet
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page


class Archive(QObject):
    """Hangs its actions into the page's menu; `changed` shows whether published figures differ today."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self._asked = ""
        self.week = ""
        self.changed = Button("", "quiet", "warning")
        self.changed.setVisible(False)
        self.changed.clicked.connect(lambda: self.tell_amendments(self.week))

    def add_actions(self, menu: QMenu) -> None:
        """The actions that need no scorecard to be open."""
        menu.addAction(self.tr("Check a Signed File…")).triggered.connect(self._on_check_asked)

    def watch(self, week: str, *, published: bool) -> None:
        """Counts what differs today from what was published of a week, where anything was."""
        self.week = week
        if not published:
            self.changed.setVisible(False)
            return
        self._context.ask(
            publishing.amendments, week, self._context.now(),
            on_finished=lambda found: self._on_counted(week, found),
        )  # fmt: skip

    def tell_amendments(self, week: str) -> None:
        """Shows what changed since the week was published: figure, from, to, why, when."""
        self._asked = week
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
            self._page.page_requested.emit("signed", Papers(signed=(Path(chosen),)))

    def _on_counted(self, week: str, found: Sequence[Amendment]) -> None:
        if week != self.week:
            return
        one, many = self.tr("1 published figure changed since"), self.tr("{count} published figures changed since")
        self.changed.setText(one if len(found) == 1 else many.format(count=len(found)))
        self.changed.setVisible(bool(found))

    def _on_amendments_read(self, found: Sequence[Amendment]) -> None:
        week = self._asked
        sheet = AmendmentsSheet(found)
        self._page.sheet_opened.emit(self.tr("Changed since publication"), sheet, week)

    def _on_attached(self, _kept: object) -> None:
        self._page.status_message.emit(self.tr("The scan is kept with its week"))
        self._page.book_changed.emit(Changes(""))
