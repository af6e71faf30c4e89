"""The page of signed files: drop one to learn whether it is untouched; below, everything that was ever signed.

Wiring alone: files are sorted, examined, kept and found again by services.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.services import batch, papers, previews, signing, verifying
from desktop.services.edits import Changes
from desktop.services.papers import Guess, KeptPaper, Papers
from desktop.services.verifying import Verification
from desktop.views import theme
from desktop.views.pages.signed.attaching import AttachDialog
from desktop.views.pages.signed.verdict import VerdictCard
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.drop import DropArea
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import SectionTitle
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group

_MOST_CARDS = 4


class SignedPage(Page):
    """Check signed files, attach scans, and find both again."""

    key = "signed"
    group = Group.PEOPLE
    icon_name = "check-circle"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Signed Files"))
        self._context = context
        self.drop = DropArea(
            self.tr("Drop a signed scorecard here"),
            self.tr("It is checked for changes. The scan of one signed in ink is attached to its week."),
            self.tr("Choose a File…"),
        )
        self.cards: list[VerdictCard] = []
        self.verdicts = QVBoxLayout()
        self.model = RecordTableModel(self._columns(), self)
        self.table = RecordTableView(self.model, "signed", context.state, self)
        self.nothing = EmptyState(
            "check-circle", self.tr("Nothing is signed yet"),
            self.tr("Publish a week, then sign it on screen or attach the scan of one signed in ink."),
            self.tr("Open the Scorecards"),
        )  # fmt: skip
        self.stack = QStackedWidget()
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Reads the archive anew."""
        self._context.ask(papers.archive, on_finished=self._on_archive_read)

    def arrive(self, argument: object) -> None:
        """Papers dropped anywhere on the window."""
        if isinstance(argument, Papers):
            self.take(argument)

    def take(self, given: Papers) -> None:
        """Checks what is signed, asks about what is scanned, hands on what is to be imported."""
        for file in given.signed:
            self.check(file)
        for file in given.scans:
            now = self._context.now()
            self._context.ask(papers.guess, file, now, on_finished=partial(self._open_question, file))
        if given.imports:
            self.files_dropped.emit(list(given.imports))

    def check(self, file: Path) -> None:
        """Examines a file and shows what was found."""
        self._context.ask(
            verifying.verify, file, on_finished=self._on_checked,
            label=self.tr("Checking {file}").format(file=file.name),
        )  # fmt: skip

    def attach(self, week: str, producer: str, file: Path) -> None:
        """Keeps a scan with its week."""
        author = previews.author_at(self._context.now())
        self._context.ask(signing.attach_scan, week, producer, file, author, on_finished=self._on_attached)

    def export_actions(self) -> list[tuple[str, str]]:
        """The list of the archive."""
        return [("table", self.tr("The List of Signed Files…"))]

    def export(self, key: str) -> None:
        """Asks where to and writes the list."""
        from desktop.views.dialogs.saving import TableSaver

        TableSaver(self, self._context).ask(self.table, "signed-files")

    def print_page(self) -> bool:
        """Prints the list."""
        from desktop.views.dialogs.printing import print_table

        return print_table(self._context, self.table, self.title, "", self)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The page as it opens."""
        return [("signed", lambda: None)]

    # --- layout -------------------------------------------------------------------------------------------------------

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("week", self.tr("Week"), Kind.TEXT, value=lambda one: one.week, width=90),
            Column("producer", self.tr("Producer"), Kind.TEXT, value=lambda one: one.producer_name, width=220),
            Column("kind", self.tr("Kind"), Kind.TEXT, value=self._kind_of, width=250),
            Column("version", self.tr("Version"), Kind.COUNT, value=lambda one: one.version or None, width=80),
            Column(
                "at", self.tr("Kept"), Kind.DATETIME, value=lambda one: datetime.fromisoformat(one.at), width=170
            ),
            Column("name", self.tr("File"), Kind.TEXT, value=lambda one: one.name),
        )  # fmt: skip

    def _kind_of(self, one: KeptPaper) -> str:
        if not one.sealed:
            return self.tr("scan of ink")
        words = {"producer": self.tr("producer"), "manager": self.tr("manager")}
        return self.tr("sealed by {roles}").format(roles=", ".join(words.get(role, role) for role in one.roles))

    def _arrange(self) -> None:
        self.table.setAccessibleName(self.tr("Signed files"))
        self.drop.setMaximumHeight(theme.current().px(190))
        self.body.addWidget(self.drop)
        self.body.addLayout(self.verdicts)
        whole = QWidget()
        whole.setObjectName("plain")
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(SectionTitle(self.tr("Everything that was signed")))
        lines.addWidget(FilteredTable(self.table), 1)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(whole)
        self.body.addWidget(self.stack, 1)
        self.header.add_search(self.tr("Find a signed file"))
        self.check_button = Button(self.tr("Check"), "", "check")
        self.check_button.setToolTip(self.tr("Check the chosen file of the archive"))
        self.header.add_slot(self.check_button)
        self.save = self.header.set_main_button(self.tr("Save a Copy…"), "save")

    def _connect(self) -> None:
        self.nothing.acted.connect(lambda: self.page_requested.emit("scorecards", None))
        self.drop.files_dropped.connect(self._on_files_dropped)
        self.drop.choose_asked.connect(self._on_choose_asked)
        self.header.searched.connect(self.table.set_filter)
        self.table.row_activated.connect(self._save_copy)
        self.table.row_selected.connect(self._on_row_selected)
        self.table.export_asked.connect(lambda: self.export("table"))
        self.save.clicked.connect(lambda: self._save_copy(self.table.selected_record))
        self.check_button.clicked.connect(lambda: self._check_kept(self.table.selected_record))
        self._on_row_selected(None)

    # --- what happens -------------------------------------------------------------------------------------------------

    def _on_archive_read(self, found: Sequence[KeptPaper]) -> None:
        self.model.set_rows(list(found))
        self.stack.setCurrentIndex(1 if found else 0)
        self._on_row_selected(self.table.selected_record)

    def _on_row_selected(self, record: object) -> None:
        chosen = isinstance(record, KeptPaper)
        self.save.setEnabled(chosen)
        self.check_button.setEnabled(chosen and isinstance(record, KeptPaper) and record.sealed)

    def _on_choose_asked(self) -> None:
        kinds = self.tr("Scorecards and scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)")
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("Check a signed scorecard"), "", kinds)
        if chosen:
            self._on_files_dropped([Path(chosen)])

    def _on_files_dropped(self, files: Sequence[Path]) -> None:
        self._context.executor.submit(papers.sort, files, on_finished=self.take)

    def _on_checked(self, found: Verification) -> None:
        card = VerdictCard(found)
        self.cards.insert(0, card)
        self.verdicts.insertWidget(0, card)
        for old in self.cards[_MOST_CARDS:]:
            self.verdicts.removeWidget(old)
            old.deleteLater()
        del self.cards[_MOST_CARDS:]

    def _check_kept(self, record: object) -> None:
        if isinstance(record, KeptPaper):
            self._context.ask(
                verifying.verify_kept, record.number, Path(record.name),
                on_finished=self._on_checked, label=self.tr("Checking"),
            )  # fmt: skip

    def _save_copy(self, record: object) -> None:
        if not isinstance(record, KeptPaper):
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save a copy"), str(Path(folder) / record.name))
        if chosen:
            self._context.ask(batch.save_kept, record.number, Path(chosen), on_finished=self._on_saved)

    def _on_saved(self, file: Path) -> None:
        self.status_message.emit(self.tr("Saved {file}").format(file=file))

    def _open_question(self, file: Path, guess: Guess) -> None:
        dialog = AttachDialog(file, guess, self)
        dialog.accepted.connect(lambda: self.attach(*dialog.answer, file))
        dialog.rejected.connect(lambda: self.files_dropped.emit([file]) if dialog.import_instead else None)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_attached(self, _kept: object) -> None:
        self.status_message.emit(self.tr("The scan is kept with its week"))
        self.book_changed.emit(Changes(""))
