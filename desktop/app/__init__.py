"""The composition root of the window: the only place that knows everyone.

Builds application, theme, worker, pages and window, and takes what nobody caught to the error dialog.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop import __version__, paths
from desktop.app import sources  # noqa: F401 - before anything else is imported
from desktop.app.filing import share_tables
from desktop.tasks import Executor, Shelf
from desktop.views import theme
from desktop.views.main_window import MainWindow
from desktop.views.pages import list_pages
from desktop.views.tables.home import Home, share
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.view_state import ViewState

if TYPE_CHECKING:
    from desktop.views.widgets.palette import SearchPalette


_IDLE_AFTER_MS = 1500


@dataclass(frozen=True, slots=True)
class Options:
    """How the window is started: `open_book` opens the book on the worker's thread, `close_book` closes it there."""

    open_book: Callable[[], Any]
    close_book: Callable[[Any], None] | None = None
    book_path: Path | None = None
    book_name: str = ""
    now: Callable[[], datetime] = datetime.now
    state_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The running program: what `run` starts, and what tests and the tour take pictures of."""

    application: QApplication
    window: MainWindow
    context: PageContext

    def close(self) -> None:
        """Saves the window's memory, stops the worker and closes the book on it."""
        self.context.state.save()
        share(Home())
        self.context.executor.close(self.context.shelf.close)


def make_application() -> QApplication:
    """The one application object."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Producer Desk")
    application.setApplicationDisplayName("Producer Desk")
    application.setApplicationVersion(__version__)
    application.setOrganizationName("Producer Desk")
    application.setDesktopFileName("producer-desk")
    return application


def open_search(window: MainWindow, context: PageContext) -> SearchPalette:
    """The search over everything, made when it is first asked for."""
    from desktop.app.searching import Searching

    found = window.findChild(Searching) or Searching(window, context)
    found.palette.open()
    return found.palette


def build(options: Options) -> Desk:
    """Everything wired, nothing shown yet."""
    application = make_application()
    executor = Executor()
    shelf = Shelf(options.open_book, options.close_book)
    # The worker derives the key and opens the file while the window is made. Why it cannot, the first page is told.
    executor.submit(shelf.book, on_failed=lambda _error: None)
    state = ViewState(options.state_file)
    theme.install(application, _scheme(state.read("window.scheme")), _zoom(state.read("window.zoom")))
    context = PageContext(executor, shelf, options.now, state, options.book_path)
    window = MainWindow(context, __version__, _notices())
    window.crashed.connect(lambda error: _report(error, window))
    if options.book_path is not None:
        window.status.set_book(options.book_name or options.book_path.stem, str(options.book_path))
    share_tables(window, context)
    with window.rail.arranged_once():
        for page in list_pages(context):
            window.register_page(page)
    window.search_asked.connect(lambda: open_search(window, context))
    return Desk(application, window, context)


def run(options: Options, wire: Callable[[MainWindow, PageContext], object] | None = None) -> int:
    """Opens the window and answers the exit code once it is closed; `wire` connects its menus."""
    desk = build(options)
    if wire is not None:
        wire(desk.window, desk.context)
    sys.excepthook = lambda kind, error, trace: _on_uncaught(error, trace, desk.window)
    desk.window.show_last_page()
    desk.window.show()
    QTimer.singleShot(_IDLE_AFTER_MS, lambda: _prepare(desk.context.executor))
    try:
        return desk.application.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        desk.close()


def _prepare(executor: Executor) -> None:
    """What the first page did without and the next ones want, imported behind the user's back."""
    from desktop.views import charts

    if not executor.closed:
        executor.submit(charts.prepare)


def _scheme(name: object) -> theme.Scheme:
    return next((scheme for scheme in theme.Scheme if scheme.value == name), theme.Scheme.SYSTEM)


def _zoom(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 1.0


def _notices() -> str:
    for folder in (paths.resources(), paths.resources().parent):
        if (folder / "NOTICE").is_file():
            return (folder / "NOTICE").read_text(encoding="utf-8")
    return ""


def _on_uncaught(error: BaseException, trace: TracebackType | None, window: MainWindow) -> None:
    if isinstance(error, KeyboardInterrupt):
        window.close()
        return
    sys.__excepthook__(type(error), error, trace)
    # not from within the event in which it happened: a dialog there could bring the same error again
    QTimer.singleShot(0, lambda: _report(error, window))


def _report(error: BaseException, window: MainWindow) -> None:
    from desktop.views.dialogs.error import ErrorDialog, write_report

    if window.findChild(ErrorDialog) is not None:
        return
    dialog = ErrorDialog(write_report(error, __version__), window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # not exec: without a display nobody could close it, and the program would wait for ever
    dialog.open()
