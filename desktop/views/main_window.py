"""The window: rail, pages, drawer, status line and menus, and the routing between them.

Knows pages by their base class alone; which there are is the composition root's business.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import AppError, Cancelled, UserError
from desktop.views import theme
from desktop.views.tables import RecordTableView
from desktop.views.widgets.context import PAY_HIDDEN, PageContext
from desktop.views.widgets.drawer import Drawer
from desktop.views.widgets.drop import DropVeil
from desktop.views.widgets.menus import Menus
from desktop.views.widgets.ordering import next_stop
from desktop.views.widgets.page import Page, PageEntry
from desktop.views.widgets.pay_switch import PaySwitch
from desktop.views.widgets.rail import NavigationRail
from desktop.views.widgets.status_line import StatusLine
from desktop.views.widgets.toast import Toast

if TYPE_CHECKING:
    from desktop.services.papers import Papers

IMPORT_PAGE = "import"
PAPERS_PAGE = "signed"
_SHOWN = "#shown"


class MainWindow(QMainWindow):
    """The one window. The composition root registers pages and connects what leaves the window."""

    book_changed = Signal(object)
    backup_asked = Signal()
    restore_asked = Signal()
    search_asked = Signal()
    crashed = Signal(object)
    closing = Signal()

    def __init__(self, context: PageContext, version: str = "", notices: str = "") -> None:
        super().__init__()
        self._context = context
        self._version = version
        self._notices = notices
        self._entries: dict[str, PageEntry] = {}
        self._pages: dict[str, Page] = {}
        self._pay_switches: list[PaySwitch] = []
        self._undo: Callable[[], object] | None = None
        self._redo: Callable[[], object] | None = None
        self.setWindowTitle("Producer Desk")
        self.rail = NavigationRail()
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self.menus = Menus(self)
        self._arrange()
        self.drawer = Drawer(self._middle)
        self.toast = Toast(self._middle)
        self._veil = DropVeil(self._whole, self.tr("Drop the files anywhere to import them"))
        self._connect()
        self._on_theme_changed()
        self._restore()

    @property
    def current_page(self) -> Page | None:
        """The page that is shown."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    @property
    def page_keys(self) -> list[str]:
        """The keys of all pages, in the rail's order."""
        return list(self.rail.keys)

    def entry(self, key: str) -> PageEntry:
        """How rail and menus know the page `key`; raises KeyError when there is none."""
        return self._entries[key]

    def page(self, key: str) -> Page:
        """The page `key`, made when it is first asked for; raises KeyError when there is none."""
        return self._pages.get(key) or self._make_page(self._entries[key])

    def register_page(self, page: Page | PageEntry) -> None:
        """Adds a page to rail and menu; raises ValueError for a key already taken."""
        entry = page if isinstance(page, PageEntry) else page.entry
        if entry.key in self._entries:
            raise ValueError(f"two pages have the key {entry.key!r}")
        self._entries[entry.key] = entry
        self.rail.add_page(entry.group, entry.key, entry.title, entry.icon_name)
        self.menus.add_page(entry.key, entry.title)

    def _make_page(self, entry: PageEntry) -> Page:
        """Makes a page, adds it to the stack, and listens to it."""
        page = self._pages[entry.key] = entry.make()
        self.stack.addWidget(page)
        page.sheet_opened.connect(self.drawer.show_sheet_for)
        page.sheet_renewed.connect(self.drawer.renew_sheet)
        page.page_requested.connect(self.show_page)
        page.status_message.connect(self.status.set_message)
        page.undo_offered.connect(self.offer_undo)
        page.book_changed.connect(self.note_change)
        page.files_dropped.connect(self.import_files)
        page.import_requested.connect(lambda: self.show_page(IMPORT_PAGE))
        if page.shows_pay:
            self._add_pay_switch(page)
        return page

    def show_page(self, key: str, argument: object = None) -> None:
        """Shows the page `key` and hands it `argument`, if there is one; an unknown key changes nothing."""
        if key not in self._entries:
            return
        page = self.page(key)
        if page is not self.current_page:
            self.drawer.close_drawer()
        self.stack.setCurrentWidget(page)
        page.setFocus()
        self.rail.set_current(key)
        self.menus.mark_page(key)
        self.menus.set_exports([*page.export_actions(), (_SHOWN, self.tr("What the Page Shows…"))])
        self._context.state.write("window.page", key)
        if argument is not None:
            page.arrive(argument)

    def show_last_page(self) -> None:
        """Shows the page that was open when the window was last closed, else the first."""
        last = str(self._context.state.read("window.page", ""))
        self.show_page(last if last in self._entries else next(iter(self._entries), ""))

    def import_files(self, files: list[Path]) -> None:
        """Takes files to the import page."""
        if files:
            self.show_page(IMPORT_PAGE, files)

    def take_files(self, files: list[Path]) -> None:
        """Takes dropped files where they belong: signed scorecards and scans are looked at first."""
        # the archive's service brings half the models with it, and no first page needs it
        from desktop.services import papers

        if any(map(papers.may_be_paper, files)) and PAPERS_PAGE in self._entries:
            self._context.executor.submit(papers.sort, files, on_finished=self._on_papers_sorted)
        else:
            self.import_files(files)

    def _on_papers_sorted(self, found: Papers) -> None:
        if found.signed or found.scans:
            self.show_page(PAPERS_PAGE, found)
        else:
            self.import_files(list(found.imports))

    def note_change(self, changes: object = None) -> None:
        """The book has changed: the page shown refreshes, the others when they are shown next."""
        for page in self._pages.values():
            page.mark_stale()
        self.book_changed.emit(changes)

    def hide_pay(self, hidden: bool) -> None:
        """Hides pay everywhere, or shows it again: the drawer goes, every page is filled anew."""
        self._context.state.write(PAY_HIDDEN, hidden)
        self._context.state.save()
        self.drawer.close_drawer()
        self.menus.mark_pay(hidden)
        for switch in self._pay_switches:
            switch.show_hidden(hidden)
        for page in self._pages.values():
            if page.shows_pay:
                page.refresh_now()
            else:
                page.mark_stale()
        self.status.set_message(self.tr("Pay is hidden.") if hidden else self.tr("Pay is shown."))

    def _add_pay_switch(self, page: Page) -> None:
        switch = PaySwitch(self._context.pay_hidden)
        switch.switched.connect(self.hide_pay)
        self._pay_switches.append(switch)
        page.header.add_slot(switch)

    def set_undo(self, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        """What Edit > Undo and Redo call."""
        self._undo, self._redo = undo, redo

    def set_undo_names(self, undo: str, redo: str) -> None:
        """What can be undone and redone now; empty when nothing."""
        self.menus.set_undo(undo, redo)

    def offer_undo(self, text: str) -> None:
        """Says what was done, with a button to undo it."""
        self.toast.show_text(text, self.tr("Undo"), self._on_undo)

    def show_error(self, error: BaseException) -> None:
        """Tells of the user's world on the page; anything else is a crash, for the composition root to report."""
        page = self.current_page
        if isinstance(error, Cancelled):
            self.status.set_message(self.tr("Stopped. Nothing was changed."))
        elif isinstance(error, UserError) and page is not None:
            page.messages.show_error(error)
        elif isinstance(error, AppError):
            self.status.set_message(str(error))
        else:
            self.crashed.emit(error)

    def showEvent(self, event: QShowEvent) -> None:
        """Shows a page, if none was chosen yet."""
        super().showEvent(event)
        if self.current_page is None:
            self.show_last_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody on the page wanted closes the drawer."""
        if event.key() == Qt.Key.Key_Escape:
            self.drawer.close_drawer()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's word
        """Tab goes round the window as it is laid out now, not as its parts came to be made."""
        there = next_stop(self, self.focusWidget(), next)
        if there is None:
            return super().focusNextPrevChild(next)
        there.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers its place and columns."""
        state = self._context.state
        state.write("window.geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self.closing.emit()
        super().closeEvent(event)

    def _arrange(self) -> None:
        self._middle = QWidget()
        inside = QVBoxLayout(self._middle)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.stack)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addWidget(self._middle, 1)
        self._whole = QWidget()
        lines = QVBoxLayout(self._whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(upper, 1)
        lines.addWidget(self.status)
        self.setCentralWidget(self._whole)

    def _connect(self) -> None:
        menus = self.menus
        self.rail.page_chosen.connect(self.show_page)
        self.rail.collapsed_changed.connect(self._on_rail_collapsed_changed)
        self.status.watch(self._context.executor)
        self._context.executor.failed.connect(self.show_error)
        self._veil.files_dropped.connect(self.take_files)
        menus.import_asked.connect(lambda: self.show_page(IMPORT_PAGE))
        menus.export_asked.connect(lambda key: self._with_page(lambda page: self._export(page, key)))
        menus.print_asked.connect(lambda: self._with_page(self._print))
        menus.backup_asked.connect(self.backup_asked)
        menus.restore_asked.connect(self.restore_asked)
        menus.undo_asked.connect(self._on_undo)
        menus.redo_asked.connect(self._on_redo)
        menus.copy_asked.connect(self._on_copy)
        menus.search_asked.connect(self.search_asked)
        menus.find_asked.connect(lambda: self._with_page(Page.focus_search))
        menus.page_asked.connect(self.show_page)
        menus.refresh_asked.connect(lambda: self._with_page(Page.mark_stale))
        menus.scheme_asked.connect(self._on_scheme_asked)
        menus.zoom_asked.connect(self._on_zoom_asked)
        menus.rail_asked.connect(self.rail.set_collapsed)
        menus.pay_asked.connect(self.hide_pay)
        menus.about_asked.connect(self._on_about_asked)
        menus.shortcuts_asked.connect(self._on_shortcuts_asked)
        theme.current().changed.connect(self._on_theme_changed)

    def _restore(self) -> None:
        state = self._context.state
        self.resize(1366, 768)
        geometry = state.read("window.geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        self.rail.set_collapsed(bool(state.read("window.rail_collapsed", False)))
        self.menus.mark_scheme(theme.current().choice)
        self.menus.mark_pay(self._context.pay_hidden)

    def _on_theme_changed(self) -> None:
        look = theme.current()
        icon = QIcon(look.pixmap("producer-desk", 256, "accent"))
        self.setWindowIcon(icon)
        # a zoomed window must still fit the screen it is on
        self.setMinimumSize(min(look.px(1100), 1366), min(look.px(660), 700))
        self.menus.mark_scheme(look.choice)

    def _on_rail_collapsed_changed(self, collapsed: bool) -> None:
        self._context.state.write("window.rail_collapsed", collapsed)
        self.menus.mark_rail(collapsed)

    def _on_scheme_asked(self, name: str) -> None:
        theme.current().set_choice(theme.Scheme(name))
        self._context.state.write("window.scheme", name)

    def _on_zoom_asked(self, steps: int) -> None:
        look = theme.current()
        look.set_zoom(1.0) if steps == 0 else look.step_zoom(steps)
        self._context.state.write("window.zoom", look.zoom)

    def _export(self, page: Page, key: str) -> None:
        """What the page exports itself, or all that it shows as PDF, Excel or CSV."""
        if key != _SHOWN:
            page.export(key)
            return
        from desktop.views.dialogs.printing import ask_target, save_blocks
        from desktop.views.dialogs.shown import blocks_of, subtitle_of

        blocks = blocks_of(page)
        if not blocks:
            self.status.set_message(self.tr("The page shows nothing that could be saved."))
        elif (target := ask_target(page, self.tr("Save what the page shows"), page.key)) is not None:
            saved = self.tr("Saved {}").format(target.name)
            save_blocks(
                self._context, page.title, subtitle_of(page), blocks, target, lambda _: self.status.set_message(saved)
            )

    def _print(self, page: Page) -> None:
        """The page's own document, or all that it shows."""
        if page.print_page():
            return
        from desktop.views.dialogs.printing import print_blocks, print_picture
        from desktop.views.dialogs.shown import blocks_of, subtitle_of, why_nothing

        blocks = blocks_of(page)
        if blocks:
            print_blocks(self._context, page.title, subtitle_of(page), blocks, page)
        elif why := why_nothing(page):
            self.toast.show_text(self.tr("There is nothing to print: {why}").format(why=why))
        else:
            try:
                print_picture(page)
            except UserError as error:
                page.messages.show_error(error)

    def _with_page(self, call: Callable[[Page], object]) -> None:
        page = self.current_page
        if page is not None:
            call(page)

    def _on_undo(self) -> None:
        if self._undo is not None:
            self._undo()

    def _on_redo(self) -> None:
        if self._redo is not None:
            self._redo()

    def _on_copy(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, RecordTableView):
            focus.copy_selection()
        elif focus is not None and hasattr(focus, "copy"):
            focus.copy()

    def _on_about_asked(self) -> None:
        from desktop.views.dialogs.about import AboutDialog

        AboutDialog(self._version, self._notices, self).exec()

    def _on_shortcuts_asked(self) -> None:
        from desktop.views.dialogs.about import ShortcutsDialog

        extra = (
            (self.tr("Filter a table"), "Ctrl+F"),
            (self.tr("Sort a table by the column of the cursor"), "Alt+↑  Alt+↓"),
            (self.tr("A table's menu: columns, copy, export"), "Shift+F10"),
            (self.tr("Open the selected row"), "Enter"),
            (self.tr("Close the details"), "Esc"),
            (self.tr("Back and forward in the details"), "Alt+←  Alt+→"),
        )
        ShortcutsDialog(self.menus.actions, extra, self).exec()
