"""The import page: wiring between drop, preview, history and the services.

Nothing is changed before the main button is pressed, and whatever was imported can be taken back here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.errors import UserError
from desktop.services import intake, mending, names, papers, previews
from desktop.services.discreet_previews import hide_preview
from desktop.services.edits import Changes
from desktop.services.imports import UndoResult
from desktop.services.intake import Applied
from desktop.services.mending import Corrections
from desktop.services.papers import Papers
from desktop.services.previews import DateSpan, Preview
from desktop.tasks import Task
from desktop.views.pages.importing import words
from desktop.views.pages.importing.asker import NameAsker
from desktop.views.pages.importing.describer import Describer
from desktop.views.pages.importing.history import RunSheet
from desktop.views.pages.importing.keeper import ProfileKeeper
from desktop.views.pages.importing.mended import MendedDrafts
from desktop.views.pages.importing.mending import MendingPane
from desktop.views.pages.importing.preview import ImportPreview
from desktop.views.pages.importing.saver import Saver
from desktop.views.pages.importing.start import HintList, ImportStart, choose_files, choose_folder
from desktop.views.pages.importing.watch import WatchButton
from desktop.views.pages.importing.working import Working, scrolled
from desktop.views.theme import Status
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group


class ImportPage(Page):
    """Drop, look, import, undo."""

    key = "import"
    group = Group.DATA
    icon_name = "import"
    shows_pay = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Import"))
        self._context = context
        self._shown: Preview | None = None
        self._period: DateSpan | None = None
        self._corrections: Corrections = {}
        self.drafts = MendedDrafts(context, self)
        self._mended: tuple[str, str | None] | None = None
        self._answers: dict[str, str] = {}
        self._task: Task | None = None
        self._importing = False
        self._pay_hidden = context.pay_hidden
        self._view: ImportPreview | None = None
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.clicked.connect(self._on_cancel_clicked)
        self.profiles = Button(self.tr("Your Profiles"), "quiet", "columns")
        self.header.add_slot(self.profiles)
        self.watch = WatchButton(context.state)
        self.header.add_slot(self.watch)
        self.header.add_slot(self.cancel)
        self.apply = self.header.set_main_button(self.tr("Import"), "import")
        self.apply.clicked.connect(self._on_apply_clicked)
        self.start = ImportStart(context.state)
        self.working = Working()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.working)
        self.body.addWidget(self.stack, 1)
        self.describer = Describer(context, self.stack, self)
        self.keeper = ProfileKeeper(context, self)
        self.asker = NameAsker(context, self)
        self.saver = Saver(context, self)
        self.saver.told.connect(self.status_message)
        self._connect()
        self._show_start()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._on_about_to_quit)

    def refresh(self) -> None:
        """Lists the history anew; a preview is shown anew where pay was hidden or shown since."""
        if self._view is not None and self._shown is not None and self._pay_hidden != self._context.pay_hidden:
            self._show_again(self._shown)
        self._context.ask(previews.history, on_finished=self._on_history_read)
        self._context.ask(names.open_names, on_finished=lambda found: self.start.show_open_names(len(found.names)))

    def arrive(self, argument: object) -> None:
        """Files dropped anywhere in the window come here."""
        if isinstance(argument, (list, tuple)) and argument:
            self.read_files([Path(one) for one in argument])

    def export_actions(self) -> list[tuple[str, str]]:
        """The history."""
        return [("history", self.tr("Import History…"))]

    def export(self, key: str) -> None:
        """Asks where to and writes the history."""
        from desktop.views.dialogs.printing import ask_target, save_table

        target = ask_target(self, self.tr("Export the history"), "imports", "xlsx")
        if target is not None:
            saved, title = self.tr("Saved {}").format(target.name), self.tr("Imports so far")
            save_table(self._context, self.start.table, title, "", target, lambda _: self.status_message.emit(saved))

    def print_page(self) -> bool:
        """Prints the history."""
        from desktop.views.dialogs.printing import print_table

        return print_table(self._context, self.start.table, self.tr("Imports so far"), "", self)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The history, and the preview of the sample files."""
        return [
            (self.key, self._drop_preview),
            (f"{self.key}-preview", lambda: self.read_files(sorted(samples.iterdir()))),
        ]

    def read_files(
        self, paths: Sequence[Path], period: DateSpan | None = None, corrections: Corrections | None = None
    ) -> None:
        """Reads files and shows what they would do.

        `period` is that of files without dates, `corrections` are cells typed in place of theirs.
        """
        if self._importing:
            self.status_message.emit(self.tr("An import is running. Drop the files again when it is done."))
            return
        if self._task is not None:
            self._task.cancel()
        self._forget()
        self._answers, self._mended = {}, None
        self._period, self._corrections = period, corrections or {}
        self.messages.clear()
        self._show_working(self.tr("Reading {}").format(words.named([path.name for path in paths])))
        self._task = self._context.ask(
            previews.preview,
            list(paths),
            self._context.now(),
            period,
            self._corrections,
            on_finished=self._on_read,
            on_failed=self._on_read_failed,
            on_cancelled=self._on_read_cancelled,
            on_progressed=self.working.show_progress,
            label=self.tr("Reading"),
        )

    def _on_files_dropped(self, paths: Sequence[Path]) -> None:
        """Signed scorecards and scans among them are for another page, as when dropped anywhere else."""
        if any(map(papers.may_be_paper, paths)):
            self._context.executor.submit(papers.sort, paths, on_finished=self._on_papers_sorted)
        else:
            self.read_files(paths)

    def _on_papers_sorted(self, found: Papers) -> None:
        if found.signed or found.scans:
            self.page_requested.emit("signed", found)
        else:
            self.read_files(found.imports)

    def _read_chosen(self, paths: Sequence[Path]) -> None:
        if paths:
            self.read_files(paths)

    def _connect(self) -> None:
        self.start.files_dropped.connect(self._on_files_dropped)
        self.start.files_asked.connect(lambda: self._read_chosen(choose_files(self)))
        self.start.folder_asked.connect(lambda: self._read_chosen(choose_folder(self)))
        self.start.reports_asked.connect(self._on_reports_asked)
        self.start.names_asked.connect(self.asker.open)
        self.asker.listed.connect(self.sheet_opened)
        self.asker.changed.connect(self._on_names_kept)
        self.start.run_opened.connect(self._on_run_opened)
        self.start.undo_asked.connect(self._on_undo_asked)
        self.working.stop_asked.connect(self._on_stop_asked)
        self.describer.shown.connect(self._on_describing)
        self.describer.left.connect(self._show_preview)
        self.describer.kept.connect(self._on_profile_kept)
        self.profiles.clicked.connect(self.keeper.open)
        self.keeper.listed.connect(self.sheet_opened)
        self.keeper.changed.connect(self.book_changed)
        self.keeper.told.connect(self.status_message)
        for failed in (self.describer.failed, self.keeper.failed):
            failed.connect(self._tell)

    # --- states of the page ------------------------------------------------------------------------------------------

    def _show(self, widget: QWidget) -> None:
        """Shows one state of the page; the start, as high as all its hints, is in the stack only while it is seen."""
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        if widget is not self.start:
            self.stack.removeWidget(self.start)

    def _show_start(self) -> None:
        self.header.set_title(self.tr("Import"))
        self._show_buttons(False)
        self._show(self.start)

    def _show_working(self, what: str) -> None:
        self._show_buttons(False)
        self.working.begin(what)
        self._show(self.working)

    def _show_preview(self) -> None:
        if self._shown is None or self._view is None:
            self._show_start()
            return
        self.header.set_title(self.tr("Import: what would change"))
        self.apply.setText(words.button(self._shown))
        self.apply.setEnabled(bool(self._shown.changing))
        self._show_buttons(True)
        self._show(self._view)
        self._view.list.setFocus()

    def _show_buttons(self, shown: bool) -> None:
        self.cancel.setVisible(shown)
        self.apply.setVisible(shown)
        self.profiles.setVisible(not shown and self.describer.view is None)
        self.watch.setVisible(self.profiles.isVisibleTo(self))

    def _forget(self) -> None:
        """Lets go of what was read and of its widgets."""
        if self._shown is not None:
            self._context.executor.submit(previews.discard, self._shown)
        if self._view is not None:
            self.stack.removeWidget(self._view)
            self._view.deleteLater()
        self._shown = self._view = None
        self.describer.close()

    def _on_about_to_quit(self) -> None:
        """Nothing that was read stays on the disk, and nothing is asked of a closed book."""
        self.describer.close()
        if self._shown is not None:
            previews.discard(self._shown)

    # --- reading -----------------------------------------------------------------------------------------------------

    def _on_read(self, preview: Preview) -> None:
        self._task = None
        self._shown = preview
        self._view = ImportPreview(hide_preview(preview, self._context.pay_hidden), self._context.today())
        self._pay_hidden = self._context.pay_hidden
        self._view.period_given.connect(lambda period: self._read_again(preview.paths, period, self._corrections))
        self._view.rejects_asked.connect(self.saver.save_rejects)
        self._view.retried.connect(self._on_retried)
        self._view.rows_saved.connect(self.saver.save_rows)
        self._view.columns_asked.connect(lambda file: self.describer.begin(preview.paths, file))
        for pane in self._view.findChildren(MendingPane):
            self.drafts.take(pane)
        self._view.mending_made.connect(self.drafts.take)
        self._view.set_answers(self._answers)
        self._answers = {}
        self._show_preview()
        if self._mended is not None:
            self._view.show_file(*self._mended)
            self._mended = None

    def _show_again(self, preview: Preview) -> None:
        """The same preview, with pay hidden or shown as it now shall be."""
        if self._view is not None:
            self._answers = self._view.answers()
            self.stack.removeWidget(self._view)
            self._view.deleteLater()
        self._on_read(preview)

    def _read_again(self, paths: Sequence[Path], period: DateSpan | None, corrections: Corrections) -> None:
        """Reads the same files once more; what was decided about names is not asked again."""
        answers = {} if self._view is None else self._view.answers()
        self.read_files(paths, period, corrections)
        self._answers = answers

    def _on_read_failed(self, error: Exception) -> None:
        self._task = None
        self._show_start()
        self._tell(error)

    def _on_read_cancelled(self) -> None:
        # a newer drop may have asked for the end of this one
        if self.sender() is self._task or self._task is None:
            self._task = None
            self._show_start()
            self.status_message.emit(self.tr("Stopped. Nothing was changed."))

    def _on_stop_asked(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _drop_preview(self) -> None:
        self._forget()
        self._show_start()

    def _on_cancel_clicked(self) -> None:
        self._drop_preview()
        self.start.drop.button.setFocus()
        self.status_message.emit(self.tr("Nothing was changed."))

    def _on_describing(self) -> None:
        """The mapping view has its own buttons."""
        self.messages.clear()
        self._show_buttons(False)
        self.header.set_title(self.tr("Import: what the columns are"))

    def _on_profile_kept(self, changes: Changes) -> None:
        self.book_changed.emit(changes)
        self._read_again(self.describer.paths, self._period, self._corrections)

    # --- importing ---------------------------------------------------------------------------------------------------

    def _on_apply_clicked(self) -> None:
        if self._shown is None or self._view is None:
            return
        answers = self._view.answers()
        self._importing = True
        self._show_working(self.tr("Importing {}").format(words.rows(self._shown.changing)))
        self._task = self._context.ask(
            intake.apply,
            self._shown,
            self._context.now(),
            answers,
            on_finished=self._on_applied,
            on_failed=self._on_apply_failed,
            on_cancelled=self._on_apply_cancelled,
            on_progressed=self.working.show_progress,
            label=self.tr("Importing"),
        )

    def _on_applied(self, applied: Applied) -> None:
        self._task, self._importing = None, False
        self.drafts.settle()
        self._forget()
        self._show_start()
        what, rest = words.done(applied.result)
        leads = words.of_leads(applied.routed, applied.waiting)
        run = applied.result.import_id
        actions = [
            (self.tr("Show Producers"), lambda: self.page_requested.emit("producers", None)),
            (self.tr("Undo"), lambda: self._undo(run, words.say("This import"))),
        ]
        self.messages.clear()
        self.messages.show_message(Status.GOOD, what, f"{leads} {rest}".strip(), actions)
        self.start.table.setFocus()
        self.book_changed.emit(None)

    def _on_apply_failed(self, error: Exception) -> None:
        self._task, self._importing = None, False
        self._show_preview()
        self._tell(error)

    def _on_apply_cancelled(self) -> None:
        self._task, self._importing = None, False
        self._show_preview()
        self.messages.clear()
        self.messages.show_message(Status.NONE, self.tr("Stopped. Nothing was changed."))

    # --- history -----------------------------------------------------------------------------------------------------

    def _on_history_read(self, runs: list[Any]) -> None:
        self.start.show_history(runs)
        if not runs:
            self._context.executor.submit(previews.hints, on_finished=self._on_hints_read)

    def _on_hints_read(self, hints: Sequence[Any]) -> None:
        self.start.show_hints(self._hint_list(hints, 2))

    def _hint_list(self, hints: Sequence[Any], columns: int) -> HintList:
        made = HintList(hints, columns)
        made.templates_asked.connect(self.saver.write_templates)
        return made

    def _on_reports_asked(self) -> None:
        self._context.executor.submit(previews.hints, on_finished=self._open_hints)

    def _open_hints(self, hints: Sequence[Any]) -> None:
        title = self.tr("Which reports to run")
        self.sheet_opened.emit(title, scrolled(self._hint_list(hints, 1), title), "")

    def _on_names_kept(self, changes: Changes) -> None:
        self.book_changed.emit(changes)
        self.undo_offered.emit(self.tr("Remembered."))

    def _on_run_opened(self, run: Any) -> None:
        sheet = RunSheet(run, previews.profile_title, self.saver.save_rejects)
        sheet.table_asked.connect(lambda title, table: self.sheet_opened.emit(title, table, run.label))
        sheet.undo_asked.connect(self._on_undo_asked)
        self.sheet_opened.emit(run.label, sheet, self.tr("Import {}").format(run.run))

    def _on_undo_asked(self, run: Any) -> None:
        self._undo(run.run, run.label)

    def _undo(self, run: int | None, label: str) -> None:
        if run is None:
            return
        self._context.ask(
            previews.undo,
            run,
            self._context.now(),
            on_finished=lambda result: self._on_undone(result, label),
            label=self.tr("Taking the import back"),
        )

    def _on_undone(self, result: UndoResult, label: str) -> None:
        what, rest = words.undone(result, label)
        self.messages.clear()
        self.messages.show_message(Status.NEAR if result.kept else Status.GOOD, what, rest)
        self.book_changed.emit(None)

    def _on_retried(self, corrections: Corrections) -> None:
        """Reads the files again with what was typed, and comes back to the file."""
        if self._shown is not None:
            paths, mended = self._shown.paths, next(iter(corrections))
            self._read_again(paths, self._period, mending.merged(self._corrections, corrections))
            self._mended = mended

    def _tell(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.clear()
            self.messages.show_error(error)
        else:
            self._context.executor.failed.emit(error)
