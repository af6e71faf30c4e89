"""The page of typed counts: a week's grid, each cell kept as soon as it is typed, and the forms that ask producers.

Wiring alone: counts are read and kept by the services.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.core import periods
from desktop.core.periods import Period
from desktop.services import previews, selfreports, weekly_counts
from desktop.services.edits import Changes
from desktop.services.grids import Line
from desktop.services.selfreports import WrittenForm
from desktop.services.weekly_counts import CountGrid
from desktop.views import theme
from desktop.views.dialogs.drafting import CellDrafts
from desktop.views.pages.typing.grid import Counts, CountsGrid, CountTable, lines_of, why_not
from desktop.views.pages.typing.mailing import FormsByMail
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Label
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group
from desktop.views.widgets.week_picker import WeekPicker


class TypingPage(Page):
    """Referrals asked, centers of influence, meetings: what no system sees."""

    key = "typing"
    group = Group.TODAY
    icon_name = "edit"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Weekly Counts"))
        self._context = context
        (last,) = periods.full_weeks_before(context.now(), 1)
        self.picker = WeekPicker(last)
        self.header.add_slot(self.picker)
        self.forms_by_mail = FormsByMail(self, context)
        self.mail = Button(self.tr("Mail Forms…"), icon="mail")
        self.header.add_slot(self.mail)
        self.forms = self.header.set_main_button(self.tr("Write Forms…"), "files")
        self.grid: CountsGrid | None = None
        self._kept: Counts = {}
        self._saving = 0
        self.drafts = CellDrafts(context, self)
        self.said = Label("", tone="quiet", wrap=True)
        self.room = QVBoxLayout()
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._arrange()
        self.picker.week_changed.connect(self._on_week_changed)
        self.forms.clicked.connect(self._on_forms_asked)
        self.mail.clicked.connect(self.forms_by_mail.ask)

    @property
    def week(self) -> str:
        """The ISO week shown."""
        return periods.week_name(self.picker.week)

    def refresh(self) -> None:
        """Reads the week's counts anew."""
        self._context.ask(weekly_counts.grid, self.week, on_finished=self._on_read)

    def arrive(self, argument: object) -> None:
        """A week."""
        if isinstance(argument, Period):
            self.picker.set_week(periods.week_of(argument.start))

    def write_forms(self, folder: Path) -> None:
        """Writes everybody's form of the week into `folder`."""
        self._context.ask(
            selfreports.write_forms,
            self.week,
            folder,
            on_finished=self._on_forms_written,
            label=self.tr("Writing the forms"),
        )

    # --- layout ------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.empty = EmptyState(
            "edit",
            self.tr("Nobody to count for"),
            self.tr(
                "Nobody was employed as a producer in this week. Import a list of producers, or choose another week."
            ),
            self.tr("Import Exports"),
        )
        self.empty.acted.connect(self.import_requested)
        self.early = EmptyState(
            "calendar",
            self.tr("This week has not begun"),
            self.tr("Its counts can be typed from its Monday on. Its forms can be mailed or written now."),
            self.tr("Go to This Week"),
        )
        self.early.acted.connect(lambda: self.picker.set_week(periods.week_of(self._context.today())))
        self.said.setText(
            self.tr(
                "Type what happened and no system saw; it is kept at once and marked self-reported. Or mail forms"
                " (or write them to a folder), and drop what comes back anywhere on this window."
            )
        )
        full = QWidget()
        lines = QVBoxLayout(full)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addWidget(self.said)
        lines.addLayout(self.room, 1)
        self.full = full
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.early)
        self.stack.addWidget(full)

    # --- counts ------------------------------------------------------------------------------------------------------

    def _on_week_changed(self, _week: Period) -> None:
        # what was wrong was said of another week
        self.messages.clear()
        self.mark_stale()

    def _on_read(self, found: CountGrid) -> None:
        if found.week != self.week or self._saving:
            # a later reading is on its way
            return
        fresh = CountTable(found)
        if self.grid is not None and self.grid.counts.found.week == found.week and self._is_shown(fresh):
            return
        self._replace(fresh)
        self.forms.setEnabled(bool(found.rows))
        self.mail.setEnabled(bool(found.rows))
        begun = self.picker.week.start <= self._context.today()
        self.stack.setCurrentWidget((self.full if begun else self.early) if found.rows else self.empty)
        self._take_cursor()

    def _is_shown(self, fresh: CountTable) -> bool:
        """Whether the grid shows these counts already, but for texts that are no counts yet."""
        if self.grid is None or [row.producer for row in self.grid.counts.found.rows] != [
            row.producer for row in fresh.found.rows
        ]:
            return False
        shown = self.grid.counts.counts()
        return all(shown[cell] == text or why_not(shown[cell]) for cell, text in fresh.counts().items())

    def _replace(self, table: CountTable) -> None:
        """A grid of the counts as they are; the cursor and what is no count yet stay where they were."""
        at, left, underway, typing = None, {}, None, False
        if self.grid is not None:
            self.drafts.flush()
            at_work = QApplication.focusWidget()
            typing = at_work is not None and (at_work is self.grid or self.grid.isAncestorOf(at_work))
            old = self.grid.counts
            if old.found.week == table.found.week:
                at = (self.grid.currentIndex().row(), self.grid.currentIndex().column())
                left = {cell: text for cell, text in old.counts().items() if why_not(text)}
                underway = old.open
            self.room.removeWidget(self.grid)
            self.grid.hide()
            self.grid.deleteLater()
        self._kept = table.counts()
        cells = list(self._kept)
        width = table.columnCount() - 1
        table.put({divmod(cells.index(cell), width): text for cell, text in left.items() if cell in self._kept})
        self.grid = CountsGrid(table)
        self.room.addWidget(self.grid, 1)
        if at is not None and table.index(*at).isValid():
            self.grid.setCurrentIndex(table.index(*at))
        if typing:
            # the old grid took the cursor with it
            self.grid.setFocus()
        table.steps.indexChanged.connect(lambda _: self._save())
        if underway is not None:
            (row, column), text = underway
            self.grid.reopen(row, column, text)
        week = table.found.week
        self.drafts.watch(
            f"counts of {week}", table, (self._kept_lines, table.typed_lines), partial(self._offer, table)
        )

    def _kept_lines(self) -> tuple[Line, ...]:
        """The counts of the book as lines of texts."""
        return lines_of(self._kept)

    def _offer(self, table: CountTable, typed: Sequence[Line]) -> None:
        """What was typed before a crash: what is no count stands in its cell, what was being typed is typed on."""
        if self.grid is None or self.grid.counts is not table or table.open is not None:
            return
        told = {(str(line.key), kind): text for line in typed for kind, text in line.texts.items()}
        cells = list(self._kept)
        width = table.columnCount() - 1
        for cell, text in told.items():
            if cell not in self._kept or text == self._kept[cell]:
                continue
            row, column = divmod(cells.index(cell), width)
            if why_not(text):
                table.put({(row, column): text})
            else:
                self.grid.reopen(row, column, text)
                self.status_message.emit(self.tr("Typed before and not kept yet. Enter keeps it, Esc leaves it."))

    def _take_cursor(self) -> None:
        """The cursor goes into the grid, unless it is elsewhere in the window already."""
        at = QApplication.focusWidget()
        if self.grid is not None and self.isVisible() and (at is None or at is self or self.isAncestorOf(at)):
            self.grid.setFocus()

    def _save(self) -> None:
        """Keeps every typed cell that is a count, at once."""
        if self.grid is None:
            return
        now = self._context.now()
        texts = self.grid.counts.counts()
        changed = {cell: text for cell, text in texts.items() if text != self._kept[cell] and not why_not(text)}
        if not changed:
            return
        self._kept |= changed
        self._saving += 1
        saving = self._context.ask(
            weekly_counts.set_counts,
            self.grid.counts.found.week,
            changed,
            previews.author_at(now),
            now.date(),
            on_finished=self._on_saved,
            on_failed=self._on_failed,
        )
        saving.certain = True

    def _on_saved(self, changes: Changes) -> None:
        self._saving -= 1
        # a closed window has nobody left to tell
        if changes.changed and self.window().isVisible():
            self.book_changed.emit(changes)
            self.status_message.emit(self.tr("Kept: {}").format(changes.label))

    def _on_failed(self, error: Exception) -> None:
        self._saving -= 1
        if self.grid is not None:
            # what was read last is what the book holds; the next change tries all of it again
            self._kept = CountTable(self.grid.counts.found).counts()
        self._context.executor.failed.emit(error)

    # --- forms -------------------------------------------------------------------------------------------------------

    def _on_forms_asked(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where to write the forms"))
        if chosen:
            self.write_forms(Path(chosen))

    def _on_forms_written(self, written: list[WrittenForm]) -> None:
        folder = written[0].workbook.parent
        words = self.tr("Wrote {many} forms, each as workbook and PDF, to {folder}")
        self.status_message.emit(words.format(many=len(written), folder=folder))
