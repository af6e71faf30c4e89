"""The window's menus: native ones, with the system's standard keys, declared in one place.

Knows words and keys; what they do is the signal each one emits.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.views.theme import Scheme

Keys = QKeySequence.StandardKey


class Menus(QObject):
    """File, Edit, View and Help of `window`."""

    import_asked = Signal()
    export_asked = Signal(str)
    print_asked = Signal()
    backup_asked = Signal()
    restore_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    copy_asked = Signal()
    search_asked = Signal()
    find_asked = Signal()
    page_asked = Signal(str)
    refresh_asked = Signal()
    scheme_asked = Signal(str)
    zoom_asked = Signal(int)
    rail_asked = Signal(bool)
    pay_asked = Signal(bool)
    about_asked = Signal()
    shortcuts_asked = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.actions: list[QAction] = []
        self._pages: dict[str, QAction] = {}
        bar = window.menuBar()
        self._file(bar.addMenu(self.tr("&File")))
        self._edit(bar.addMenu(self.tr("&Edit")))
        self._view(bar.addMenu(self.tr("&View")))
        self._help(bar.addMenu(self.tr("&Help")))

    def add_page(self, key: str, title: str) -> None:
        """Adds a page to the View menu; the first nine have Ctrl+1 to Ctrl+9."""
        number = len(self._pages) + 1
        action = QAction(title, self._window)
        action.setCheckable(True)
        if number <= 9:
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.triggered.connect(lambda: self.page_asked.emit(key))
        self._view_menu.insertAction(self._after_pages, action)
        self._page_group.addAction(action)
        self._pages[key] = action
        self.actions.append(action)

    def mark_page(self, key: str) -> None:
        """Checks the page in the View menu."""
        if key in self._pages:
            self._pages[key].setChecked(True)

    def mark_scheme(self, scheme: Scheme) -> None:
        """Checks the scheme in the View menu."""
        self._schemes[scheme].setChecked(True)

    def mark_rail(self, collapsed: bool) -> None:
        """Checks whether the rail is narrow."""
        self._rail.setChecked(collapsed)

    def mark_pay(self, hidden: bool) -> None:
        """Checks whether pay is hidden."""
        self._pay.setChecked(hidden)

    def set_undo(self, undo: str, redo: str) -> None:
        """Names what can be undone and done again; an empty name disables."""
        for action, word, what in ((self._undo, self.tr("&Undo"), undo), (self._redo, self.tr("&Redo"), redo)):
            action.setText(f"{word} {what}".strip())
            action.setEnabled(bool(what))

    def set_exports(self, exports: list[tuple[str, str]]) -> None:
        """What the page shown can export, as pairs of key and words."""
        self._exports.clear()
        for key, words in exports:
            self._exports.addAction(words).triggered.connect(lambda _=False, key=key: self.export_asked.emit(key))
        self._exports.setEnabled(bool(exports))

    def _add(self, menu: QMenu, text: str, signal: SignalInstance, keys: Keys | str = "") -> QAction:
        action = QAction(text, self._window)
        if isinstance(keys, str):
            action.setShortcut(QKeySequence(keys))
        else:
            action.setShortcuts(keys)
        action.triggered.connect(lambda: signal.emit())
        menu.addAction(action)
        self.actions.append(action)
        return action

    def _file(self, menu: QMenu) -> None:
        self._add(menu, self.tr("&Import…"), self.import_asked, "Ctrl+I")
        self._exports = menu.addMenu(self.tr("&Export"))
        self._exports.setEnabled(False)
        menu.addSeparator()
        self._add(menu, self.tr("&Print…"), self.print_asked, Keys.Print)
        menu.addSeparator()
        self._add(menu, self.tr("&Back Up…"), self.backup_asked)
        self._add(menu, self.tr("Re&store a Backup…"), self.restore_asked)
        menu.addSeparator()
        leave = QAction(self.tr("&Quit"), self._window)
        # Windows has no standard key for it
        leave.setShortcut(QKeySequence("Ctrl+Q"))
        leave.setMenuRole(QAction.MenuRole.QuitRole)
        leave.triggered.connect(lambda: self._window.close())
        menu.addAction(leave)
        self.actions.append(leave)

    def _edit(self, menu: QMenu) -> None:
        self._undo = self._add(menu, self.tr("&Undo"), self.undo_asked, Keys.Undo)
        self._redo = self._add(menu, self.tr("&Redo"), self.redo_asked, Keys.Redo)
        self.set_undo("", "")
        menu.addSeparator()
        copy = self._add(menu, self.tr("&Copy"), self.copy_asked)
        # shown, not bound: the field or table with the cursor has the key itself
        copy.setText(f"{self.tr('&Copy')}\t{QKeySequence(Keys.Copy).toString(QKeySequence.SequenceFormat.NativeText)}")
        self._add(menu, self.tr("&Search Everything"), self.search_asked, "Ctrl+K")
        self._add(menu, self.tr("&Find on This Page"), self.find_asked, "Ctrl+Shift+F")

    def _view(self, menu: QMenu) -> None:
        self._view_menu = menu
        self._page_group = QActionGroup(menu)
        self._after_pages = menu.addSeparator()
        schemes = menu.addMenu(self.tr("&Theme"))
        group = QActionGroup(schemes)
        words = {Scheme.LIGHT: self.tr("&Light"), Scheme.DARK: self.tr("&Dark"), Scheme.SYSTEM: self.tr("&System")}
        self._schemes: dict[Scheme, QAction] = {}
        for scheme, word in words.items():
            action = schemes.addAction(word)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, scheme=scheme: self.scheme_asked.emit(scheme.value))
            group.addAction(action)
            self._schemes[scheme] = action
        self._rail = self._add(menu, self.tr("&Narrow Navigation"), self.rail_asked, "Ctrl+\\")
        self._rail.setCheckable(True)
        self._rail.triggered.disconnect()
        self._rail.triggered.connect(self.rail_asked)
        self._pay = self._add(menu, self.tr("&Hide Pay"), self.refresh_asked, "Ctrl+Shift+H")
        self._pay.setCheckable(True)
        self._pay.triggered.disconnect()
        self._pay.triggered.connect(self.pay_asked)
        menu.addSeparator()
        for text, steps, keys in (
            (self.tr("Zoom &In"), 1, Keys.ZoomIn),
            (self.tr("Zoom &Out"), -1, Keys.ZoomOut),
            (self.tr("&Actual Size"), 0, "Ctrl+0"),
        ):
            zoom = self._add(menu, text, self.refresh_asked, keys)
            zoom.triggered.disconnect()
            zoom.triggered.connect(lambda _=False, steps=steps: self.zoom_asked.emit(steps))
        menu.addSeparator()
        self._add(menu, self.tr("&Refresh"), self.refresh_asked, Keys.Refresh)

    def _help(self, menu: QMenu) -> None:
        self._add(menu, self.tr("&Keyboard Shortcuts"), self.shortcuts_asked, "Ctrl+/")
        about = self._add(menu, self.tr("&About Producer Desk"), self.about_asked)
        about.setMenuRole(QAction.MenuRole.AboutRole)
