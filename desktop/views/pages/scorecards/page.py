"""The scorecards page: the producers of a week at the left, the form in the middle, the printed page at the right.

Wiring alone: what is typed goes to a service at every pause, the page at the right comes from one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core import periods
from desktop.core.autograph import Role
from desktop.core.pages import PagePicture
from desktop.services import letterheads, previews, scorecards
from desktop.services.edits import Changes
from desktop.services.letterheads import Head
from desktop.services.reporting import Asked
from desktop.services.scorecard_files import WrittenScorecard
from desktop.services.scorecards import Desk, Order, ScorecardState
from desktop.views import theme
from desktop.views.dialogs.answering import TypedWords
from desktop.views.dialogs.letterhead import LetterheadDialog
from desktop.views.pages.scorecards.archive import Archive
from desktop.views.pages.scorecards.form import ScorecardForm
from desktop.views.pages.scorecards.monday import Monday
from desktop.views.pages.scorecards.seals import Seals
from desktop.views.pages.scorecards.sheet import print_images
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.page import Page
from desktop.views.widgets.paper import PageSheet, image_of
from desktop.views.widgets.rail import Group
from desktop.views.widgets.week_picker import WeekPicker

SCREEN_DPI, PRINT_DPI = 144.0, 300.0
_CODE = Qt.ItemDataRole.UserRole


class ScorecardsPage(Page):
    """Write the week's scorecards, see them as they print, print and save them."""

    key = "scorecards"
    group = Group.PEOPLE
    icon_name = "scorecard"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Scorecards"))
        self._context = context
        (last,) = periods.full_weeks_before(context.now(), 1)
        self.picker = WeekPicker(last)
        self.list = QListWidget()
        self.form = ScorecardForm()
        self.archive, self.monday, self.seals = Archive(self, context), Monday(self, context), Seals(self, context)
        self.sheet = PageSheet()
        self.producer: str | None = None
        self._shown: tuple[str, str] | None = None
        self._asked = 0
        self._watched, self._saving = "", False
        self.stack = QStackedWidget()
        self._arrange()
        self._connect()

    @property
    def week(self) -> str:
        """The ISO week shown."""
        return periods.week_name(self.picker.week)

    def refresh(self) -> None:
        """Reads the list, the open scorecard and its printed page anew."""
        self._asked += 1
        number, version = self._asked, self.form.version
        self._context.ask(
            scorecards.open_desk, self.week, self.producer, self._context.now(), SCREEN_DPI,
            on_finished=lambda desk: self._on_desk_read(desk, number, version),
            label=self.tr("Preparing the scorecard"),
        )  # fmt: skip

    def arrive(self, argument: object) -> None:
        """A producer's code, or a week."""
        if isinstance(argument, str):
            self._leave_form()
            self.producer = argument
            self.mark_stale()
        elif isinstance(argument, periods.Period):
            self.picker.set_week(periods.week_of(argument.start))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing typed is lost when the page is left or the window closed."""
        self.form.flush()
        super().hideEvent(event)

    def export_actions(self) -> list[tuple[str, str]]:
        """What the page can write."""
        return [
            ("one", self.tr("This Scorecard as PDF…")),
            ("together", self.tr("All Scorecards in One PDF…")),
            ("blank", self.tr("Blank Forms as PDF…")),
            ("workbook", self.tr("All Scorecards as Workbook…")),
            ("cover", self.tr("Cover and Sign-off Sheet…")),
        ]

    def export(self, key: str) -> None:
        """Asks where to, and writes."""
        if key == "workbook":
            self._save_workbook()
        elif key == "cover":
            self._save_cover()
        elif key == "one" and self.producer is not None:
            self._save_pdfs([self.producer])
        elif key in ("together", "blank"):
            self._save_pdfs(None, blank=key == "blank", one_file=key == "together")

    def print_page(self) -> bool:
        """Asks for a printer and prints the scorecard shown."""
        if self.producer is None:
            return False
        self._print([self.producer])
        return True

    # --- layout ------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._arrange_header()
        self.list.setAccessibleName(self.tr("Producers of the week"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(2)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        for widget in (self._left(), self.form, self.sheet):
            self.splitter.addWidget(widget)
        for place, stretch in enumerate((0, 1, 1)):
            self.splitter.setStretchFactor(place, stretch)
        self.empty = EmptyState(
            "scorecard",
            self.tr("No scorecards in this week"),
            self.tr("Nobody was employed as a producer in it. Import a list of producers, or choose another week."),
            self.tr("Import Exports"),
        )
        views: tuple[QWidget, ...] = (QWidget(), self.empty, self.splitter)
        for view in views:
            self.stack.addWidget(view)
        self.body.addWidget(self.stack, 1)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _left(self) -> QWidget:
        """The list, and under it whether what was published of the week has changed."""
        left = QWidget()
        left.setObjectName("plain")
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.list, 1)
        lines.addWidget(self.archive.changed)
        return left

    def _arrange_header(self) -> None:
        self.header.add_slot(self.picker)
        self.print_button = Button(self.tr("Print…"), "", "print")
        self.more = Button(self.tr("More"), "", "more")
        menu = QMenu(self.more)
        menu.addAction(self.tr("Publish This Scorecard")).triggered.connect(self._on_publish_one)
        menu.addAction(self.tr("Publish the Week")).triggered.connect(lambda: self.seals.publish(None))
        menu.addAction(self.tr("Sign as Producer…")).triggered.connect(lambda: self.seals.ask_to_sign(Role.PRODUCER))
        menu.addAction(self.tr("Sign as Manager…")).triggered.connect(lambda: self.seals.ask_to_sign(Role.MANAGER))
        menu.addAction(self.tr("What Changed Since")).triggered.connect(lambda: self.archive.tell_amendments(self.week))
        menu.addAction(self.tr("Attach a Signed Scan…")).triggered.connect(self._on_scan_asked)
        self.archive.add_actions(menu)
        menu.addMenu(self.monday.files)
        menu.addSeparator()
        menu.addAction(self.tr("Monday Run…")).triggered.connect(lambda: self.monday.ask(self.picker.week))
        menu.addSeparator()
        menu.addAction(self.tr("Print All…")).triggered.connect(lambda: self._print(None))
        for key, words in self.export_actions():
            menu.addAction(words).triggered.connect(lambda _=False, key=key: self.export(key))
        menu.addSeparator()
        menu.addAction(self.tr("Agency and Paper…")).triggered.connect(self._on_letterhead_asked)
        self.more.setMenu(menu)
        self.header.add_slot(self.print_button)
        self.header.add_slot(self.more)
        self.save = self.header.set_main_button(self.tr("Save PDFs…"), "save")

    def _on_publish_one(self) -> None:
        if self.producer is not None:
            self.seals.publish([self.producer])

    def _on_scan_asked(self) -> None:
        if self.producer is not None:
            self.archive.ask_for_scan(self.week, self.producer)

    def _on_letterhead_asked(self) -> None:
        self._context.ask(letterheads.read, on_finished=self._open_letterhead)

    def _open_letterhead(self, head: Head) -> None:
        dialog = LetterheadDialog(head, self)
        words = TypedWords(self._context, dialog, dialog, "head of the pages")
        dialog.accepted.connect(words.settle)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.save_letterhead(dialog.head))
        dialog.open()

    def save_letterhead(self, head: Head) -> None:
        """Keeps the head of the pages and shows the page with it."""
        author = previews.author_at(self._context.now())
        self._context.ask(letterheads.save, head, author, on_finished=self._on_letterhead_saved)

    def _on_letterhead_saved(self, changes: Changes) -> None:
        if changes.changed:
            self.book_changed.emit(changes)

    def _connect(self) -> None:
        self.picker.week_changed.connect(lambda _week: self._on_week_changed())
        self.list.currentItemChanged.connect(self._on_item_changed)
        self.form.edited.connect(self._on_form_edited)
        self.empty.acted.connect(self.import_requested)
        self.save.clicked.connect(lambda: self._save_pdfs(None))
        self.print_button.clicked.connect(self.print_page)

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self.list.setMinimumWidth(look.px(170))
        self.form.setMinimumWidth(look.px(280))
        self.splitter.setHandleWidth(look.unit(1.5))
        self.splitter.setSizes([look.px(200), look.px(400), look.px(520)])

    # --- reading and writing -----------------------------------------------------------------------------------------

    def _on_desk_read(self, desk: Desk, number: int, version: int) -> None:
        """Shows what was read, unless a later question is on its way; words typed since the question stay."""
        if number != self._asked:
            return
        self._show_list(desk)
        self.monday.read_files(desk.week)
        self._watch(desk)
        for button in (self.save, self.print_button, self.more):
            button.setEnabled(desk.producer is not None)
        if desk.producer is None:
            self._shown = None
            self.stack.setCurrentWidget(self.empty)
            return
        if version == self.form.version:
            self.form.put(desk.texts)
        self._shown = (desk.week, desk.producer)
        self.form.setEnabled(True)
        self.sheet.show_image(None if desk.page is None else image_of(desk.page))
        self.stack.setCurrentWidget(self.splitter)

    def _watch(self, desk: Desk) -> None:
        """Asks what changed since publication: once a week shown, and after every change but words typed here."""
        if self._watched != desk.week:
            self._watched = desk.week
            self.archive.watch(desk.week, published=any(one.version is not None for one in desk.states))

    def mark_stale(self) -> None:
        """The book has changed, and so may have what was published."""
        if not self._saving:
            self._watched = ""
        super().mark_stale()

    def _show_list(self, desk: Desk) -> None:
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for state in desk.states:
            item = QListWidgetItem(f"{state.producer_name}\n{self._word_of(state)}")
            done = state.filled or state.version is not None
            item.setIcon(theme.current().icon("check" if done else "dash", "good" if done else "quiet"))
            item.setToolTip(f"{state.producer_name} ({state.producer})")
            item.setData(_CODE, state.producer)
            self.list.addItem(item)
            if state.producer == desk.producer:
                self.list.setCurrentItem(item)
                self.form.name.setText(state.producer_name)
        self.list.blockSignals(blocked)
        self.producer = desk.producer

    def _word_of(self, state: ScorecardState) -> str:
        """How far a scorecard is: open, filled in, published, signed."""
        if state.version is None:
            return self.tr("filled in") if state.filled else self.tr("open")
        if len(state.roles) == len(Role):
            return self.tr("signed, version {n}").format(n=state.version)
        if state.roles:
            by = {"producer": self.tr("producer"), "manager": self.tr("manager")}[state.roles[0]]
            return self.tr("signed by the {who}").format(who=by)
        return self.tr("published, version {n}").format(n=state.version)

    # --- the list and the form ----------------------------------------------------------------------------------------

    def _on_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._leave_form()
            self.producer = item.data(_CODE)
            self.form.name.setText(item.text().partition("\n")[0])
            self.mark_stale()

    def _on_week_changed(self) -> None:
        self._leave_form()
        self.mark_stale()

    def _leave_form(self) -> None:
        """Keeps what was typed with the scorecard it was typed on; until the next one is read nothing can be typed."""
        self.form.flush()
        self.form.setEnabled(False)

    def _on_form_edited(self) -> None:
        if self._shown is not None:
            saving = self._context.ask(
                scorecards.save_texts, *self._shown, self.form.texts(),
                previews.author_at(self._context.now()), on_finished=self._on_saved,
            )  # fmt: skip
            saving.certain = True

    def _on_saved(self, changes: Changes) -> None:
        # a closed window has nobody left to tell
        if changes.changed and self.window().isVisible():
            self._saving = True
            self.book_changed.emit(changes)
            self._saving = False

    # --- paper -------------------------------------------------------------------------------------------------------

    def _save_pdfs(self, producers: Sequence[str] | None, *, blank: bool = False, one_file: bool = False) -> None:
        self.form.flush()
        folder = QFileDialog.getExistingDirectory(self, self.tr("Save the scorecards in"))
        if folder:
            write = partial(
                scorecards.write_pdfs, week=self.week, producers=producers, out_dir=Path(folder),
                at=self._context.now(), blank=blank, one_file=one_file, sealed=not blank,
            )  # fmt: skip
            self._context.ask(write, on_finished=self._on_written, label=self.tr("Writing the scorecards"))

    def _on_written(self, written: Sequence[WrittenScorecard]) -> None:
        if len(written) == 1:
            self.status_message.emit(self.tr("Saved {file}").format(file=written[0].file))
            return
        words = self.tr("Saved {count} scorecards in {folder}")
        self.status_message.emit(words.format(count=len(written), folder=written[0].file.parent))

    def _save_workbook(self) -> None:
        self.form.flush()
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the workbook"), f"scorecards-{self.week}.xlsx", self.tr("Workbooks (*.xlsx)")
        )
        if chosen:
            self._context.ask(
                scorecards.write_workbook, Order(self.week), Path(chosen), self._context.now(),
                on_finished=self._on_workbook_written, label=self.tr("Writing the workbook"),
            )  # fmt: skip

    def _save_cover(self) -> None:
        from desktop.views.dialogs.printing import ask_target, save_report

        target = ask_target(self, self.tr("Save the cover"), f"scorecards-{self.week}-cover")
        if target is not None:
            now, week = self._context.now(), self.picker.week
            saved = self.tr("Saved {file}").format(file=target)
            asked = Asked(week, periods.default_as_of(week, now), None, now)
            save_report(self._context, "scorecard-cover", asked, target, lambda _: self.status_message.emit(saved))

    def _on_workbook_written(self, file: Path) -> None:
        self.status_message.emit(self.tr("Saved {file}").format(file=file))

    def _print(self, producers: Sequence[str] | None) -> None:
        self.form.flush()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.print_on(printer, producers)

    def print_on(self, printer: QPrinter, producers: Sequence[str] | None) -> None:
        """Prints the scorecards of these producers (None: of all) on a printer already chosen."""

        def put(pages: Sequence[PagePicture]) -> None:
            images: list[QImage] = [image_of(page) for page in pages]
            print_images(printer, images)
            self.status_message.emit(self.tr("Printed {count} pages").format(count=len(images)))

        self._context.ask(
            scorecards.print_pictures, Order(self.week, producers), self._context.now(), PRINT_DPI,
            on_finished=put, label=self.tr("Printing"),
        )  # fmt: skip
