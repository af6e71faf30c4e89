"""The first state of the import page: a place to drop files, and what was imported before.

Knows the records that the history lists; reading and undoing is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.pages.importing import words
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.theme import Status
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.drop import DropArea
from desktop.views.widgets.labels import Card, Label, SectionTitle
from desktop.views.widgets.view_state import ViewState

SUFFIXES = "*.csv *.tsv *.txt *.xlsx *.xls *.ods *.json *.pdf *.zip"


class ImportStart(QWidget):
    """Drop area over the history. `run_opened` and `undo_asked` carry a record of the history."""

    files_dropped = Signal(object)
    files_asked = Signal()
    folder_asked = Signal()
    reports_asked = Signal()
    run_opened = Signal(object)
    undo_asked = Signal(object)
    names_asked = Signal()

    def __init__(self, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drop = DropArea(
            self.tr("Drop your exports here"),
            self.tr("CSV, Excel, a folder or a zip. You see first what would change."),
            self.tr("Choose Files…"),
        )
        self._newest = 0
        self.folder = Button(self.tr("Choose Folder…"), "quiet", "folder")
        self.open = Button(self.tr("Open"), icon="eye")
        self.undo = Button(self.tr("Undo Import"), icon="undo")
        self.model = RecordTableModel(self._columns(), self)
        self.table = RecordTableView(self.model, "imports", state)
        self.table.setAccessibleName(self.tr("Imports so far"))
        self._below = QStackedWidget()
        self._lines = QVBoxLayout(self)
        self._arrange()
        self._connect()
        self._on_selected(None)

    def show_history(self, runs: Sequence[Any]) -> None:
        """Lists `runs`, newest first, a new one selected; none: says what to export instead."""
        self._below.setCurrentIndex(1 if runs else 0)
        if runs:
            # or their height would be asked of the page for ever
            self._clear_hints()
        kept = self.table.selected_record
        newest = max((run.run for run in runs), default=0)
        grown, self._newest = newest > self._newest, newest
        self.model.set_rows(list(runs))
        if not runs:
            self._on_selected(None)
        elif grown or kept is None or not self.table.select_record(lambda run: run.run == kept.run):
            self.table.select_record(lambda run: run.run == newest)

    def show_open_names(self, many: int) -> None:
        """Offers to answer names that earlier imports left open."""
        word = self.tr("Name Unknown Person…") if many == 1 else self.tr("Name {} Unknown People…").format(f"{many:,}")
        self.names.setText(word)
        self.names.setVisible(bool(many))

    def _columns(self) -> list[Column]:
        return [
            Column("at", self.tr("When"), Kind.DATETIME, lambda run: datetime.fromisoformat(run.at)),
            Column("label", self.tr("What"), Kind.TEXT, lambda run: run.label, width=280),
            Column("files", self.tr("Files"), Kind.COUNT, lambda run: len(run.files)),
            Column("rows", self.tr("Rows"), Kind.COUNT, _sum("rows")),
            Column("inserted", self.tr("New"), Kind.COUNT, _sum("inserted")),
            Column("updated", self.tr("Changed"), Kind.COUNT, _sum("updated")),
            Column("unchanged", self.tr("Unchanged"), Kind.COUNT, _sum("unchanged")),
            Column(
                "rejected",
                self.tr("Rejected"),
                Kind.COUNT,
                _sum("rejected"),
                status=lambda run: Status.BAD if _sum("rejected")(run) else Status.NONE,
            ),
            Column("state", self.tr("State"), Kind.TEXT, self._state_of, width=170),
            Column("run", self.tr("Number"), Kind.COUNT, lambda run: run.run, visible=False),
        ]

    def _state_of(self, run: Any) -> str:
        if run.undone_at is None:
            return self.tr("In the book")
        return self.tr("Undone {}").format(f"{datetime.fromisoformat(run.undone_at):%m/%d/%Y}")

    def _arrange(self) -> None:
        room = self.drop.layout()
        if isinstance(room, QVBoxLayout):
            # before the stretch at the foot
            room.insertWidget(room.count() - 1, self.folder, 0, Qt.AlignmentFlag.AlignHCenter)
        head = QHBoxLayout()
        head.addWidget(SectionTitle(self.tr("Imports so far")), 1)
        self.reports = Button(self.tr("Which Reports to Run"), "quiet", "help")
        self.names = Button("", icon="people")
        self.names.setVisible(False)
        for button in (self.names, self.reports, self.open, self.undo):
            head.addWidget(button)
        filled = QWidget()
        lines = QVBoxLayout(filled)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(head)
        lines.addWidget(FilteredTable(self.table), 1)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addWidget(self.drop)
        self._below.addWidget(self._make_empty())
        self._below.addWidget(filled)
        self._lines.addWidget(self._below, 1)
        self._lines.setSpacing(theme.current().unit(2))

    def _make_empty(self) -> QWidget:
        """Without any import: what to do first."""
        self.hints = QVBoxLayout()
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(SectionTitle(self.tr("Nothing is imported yet. These are the reports to run")))
        lines.addLayout(self.hints)
        lines.addStretch(1)
        return holder

    def show_hints(self, hints: QWidget) -> None:
        """Puts the words about reports under the drop area of an empty book, in place of those before."""
        self._clear_hints()
        self.hints.addWidget(hints)

    def _clear_hints(self) -> None:
        while (item := self.hints.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _connect(self) -> None:
        self.drop.files_dropped.connect(self.files_dropped)
        self.drop.choose_asked.connect(self.files_asked)
        self.folder.clicked.connect(self.folder_asked)
        self.reports.clicked.connect(self.reports_asked)
        self.names.clicked.connect(self.names_asked)
        self.open.clicked.connect(lambda: self._emit(self.run_opened))
        self.undo.clicked.connect(lambda: self._emit(self.undo_asked))
        self.table.row_activated.connect(self.run_opened)
        self.table.row_selected.connect(self._on_selected)

    def _emit(self, signal: Any) -> None:
        run = self.table.selected_record
        if run is not None:
            signal.emit(run)

    def _on_selected(self, run: Any) -> None:
        self.open.setEnabled(run is not None)
        self.undo.setEnabled(run is not None and run.undone_at is None)


def _sum(name: str) -> Any:
    return lambda run: sum(getattr(file, name) for file in run.files)


class HintList(QWidget):
    """Per system: the report to run, what it brings, and what it cannot give; `columns` cards side by side."""

    templates_asked = Signal()

    def __init__(self, hints: Sequence[Any], columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().unit(1.5))
        for number, hint in enumerate(hints):
            grid.addWidget(self._card(hint), number // columns, number % columns)
        self.templates = Button(self.tr("Save Empty Templates…"), icon="save")
        self.templates.clicked.connect(self.templates_asked)
        grid.addWidget(self.templates, grid.rowCount(), 0, Qt.AlignmentFlag.AlignLeft)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(grid.rowCount(), 1)

    def _card(self, hint: Any) -> Card:
        card = Card()
        card.body.addWidget(Label(hint.system, strong=True, wrap=True))
        card.body.addWidget(Label(hint.report, wrap=True))
        card.body.addWidget(Label(hint.gives, "caption", "quiet", wrap=True))
        card.body.addWidget(Label(hint.lacks, "caption", "near", wrap=True))
        card.body.addStretch(1)
        return card


def choose_files(parent: QWidget) -> list[Path]:
    """The files that the user picks; none where the user left it."""
    kinds = f"{words.say('Exports')} ({SUFFIXES});;{words.say('All files')} (*)"
    chosen, _ = QFileDialog.getOpenFileNames(parent, words.say("Choose files to import"), "", kinds)
    return [Path(one) for one in chosen]


def choose_folder(parent: QWidget) -> list[Path]:
    """The folder that the user picks; none where the user left it."""
    chosen = QFileDialog.getExistingDirectory(parent, words.say("Choose a folder to import"))
    return [Path(chosen)] if chosen else []
