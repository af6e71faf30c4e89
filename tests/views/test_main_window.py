"""The window: routing, dropping, remembering, and nothing cut off at any size, scheme or zoom."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Cancelled, UserError
from desktop.views import theme
from desktop.views.main_window import MainWindow
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.drop import DropVeil
from tests.views import samples
from tests.views.clipping import find_clipped_text, find_nameless

COPY = Qt.DropAction.CopyAction
LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def context(qapp: QApplication) -> Iterator[PageContext]:
    made = samples.make_context()
    yield made
    assert made.executor.close(timeout_s=5)


@pytest.fixture
def window(look: theme.Theme, context: PageContext, qtbot: QtBot) -> MainWindow:
    made = MainWindow(context, "0.1.0")
    qtbot.addWidget(made)
    made.register_page(samples.GalleryPage(context))
    made.register_page(samples.FormPage(context))
    made.status.set_book("Hollis & Reyes")
    made.show()
    return made


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
@pytest.mark.parametrize(("width", "height", "zoom"), [(1366, 768, 1.0), (1920, 1080, 1.0), (1366, 768, 2.0)])
def test_nothing_is_clipped_or_nameless(
    window: MainWindow, look: theme.Theme, scheme: theme.Scheme, width: int, height: int, zoom: float
) -> None:
    look.set_choice(scheme)
    look.set_zoom(zoom)
    window.resize(width, height)
    for key in window.page_keys:
        window.show_page(key)
        QApplication.processEvents()
        assert find_clipped_text(window) == []
        assert find_nameless(window) == []
    assert window.grab().toImage().pixelColor(width // 2, height - 60).isValid()


def test_switch_of_scheme_shows_in_the_next_picture(window: MainWindow, look: theme.Theme) -> None:
    window.resize(1366, 768)
    light = window.grab().toImage().pixelColor(700, 10)
    look.set_choice(theme.Scheme.DARK)
    dark = window.grab().toImage().pixelColor(700, 10)
    assert light.lightness() > 200
    assert dark.lightness() < 60


def test_clipped_and_nameless_are_found(look: theme.Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    cut = QLabel("Premium in force", holder)
    cut.setGeometry(0, 0, 30, 20)
    button = Button("", parent=holder)
    button.setGeometry(0, 40, 30, 30)
    holder.show()
    assert find_clipped_text(holder) == ["Premium in force"]
    assert find_nameless(holder) == ["Button"]


def test_pages_ask_the_window_for_one_another(window: MainWindow) -> None:
    window.page("gallery").page_requested.emit("import", {"month": 3})
    assert window.current_page is window.page("import")
    assert window.page("import").arrived == [{"month": 3}]
    window.show_page("no such page")
    assert window.current_page is window.page("import")


def test_two_pages_of_one_key_are_refused(window: MainWindow, context: PageContext) -> None:
    with pytest.raises(ValueError, match="gallery"):
        window.register_page(samples.GalleryPage(context))


def test_change_of_the_book_refreshes_seen_and_marks_hidden(window: MainWindow) -> None:
    gallery = window.page("gallery")
    before = gallery.refreshed
    window.page("import").book_changed.emit(None)
    assert gallery.refreshed == before + 1
    window.show_page("import")
    window.note_change()
    assert gallery.refreshed == before + 1
    assert gallery.stale
    window.show_page("gallery")
    assert gallery.refreshed == before + 2


def test_files_dropped_on_any_page_reach_the_import(window: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    files = [tmp_path / "calls.csv", tmp_path / "folder"]
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    veil = window.findChild(DropVeil)
    target = window.centralWidget()
    enter = QDragEnterEvent(QPoint(500, 400), COPY, data, LEFT, NOTHING)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    assert veil.isVisible()
    drop = QDropEvent(QPointF(500, 400), COPY, data, LEFT, NOTHING)
    QApplication.sendEvent(veil, drop)
    assert not veil.isVisible()
    assert window.current_page is window.page("import")
    assert window.page("import").arrived == [files]


def test_text_that_is_dragged_is_no_file(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("not a file")
    QApplication.sendEvent(window.centralWidget(), QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NOTHING))
    assert not window.findChild(DropVeil).isVisible()


def test_errors_of_the_users_world_are_banners_and_others_crashes(window: MainWindow, qtbot: QtBot) -> None:
    window.show_error(UserError("The book is locked.", "Close the other window."))
    said = [label.text() for label in window.page("gallery").messages.findChildren(QLabel)]
    assert "The book is locked." in said
    with qtbot.waitSignal(window.crashed):
        window.show_error(KeyError("x"))
    with qtbot.assertNotEmitted(window.crashed):
        window.show_error(Cancelled())


def test_slow_task_is_shown_with_a_cancel_that_works(window: MainWindow, context: PageContext, qtbot: QtBot) -> None:
    go_on = threading.Event()

    def work(book: object, progress: object) -> None:
        while not go_on.wait(0.01):
            progress.report(3, 10, "rows")  # type: ignore[attr-defined]

    stopped: list[bool] = []
    context.ask(work, on_cancelled=lambda: stopped.append(True), label="Importing")
    cancel = next(button for button in window.status.findChildren(Button) if button.text() == "Cancel")
    qtbot.waitUntil(cancel.isVisible, timeout=3000)
    qtbot.waitUntil(lambda: "Importing · rows" in [label.text() for label in window.status.findChildren(QLabel)])
    cancel.click()
    qtbot.waitUntil(lambda: bool(stopped))
    assert not cancel.isVisible()
    go_on.set()


def test_shortcuts_are_not_taken_twice(window: MainWindow) -> None:
    keys = [sequence.toString() for action in window.menus.actions for sequence in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert {"Ctrl+I", "Ctrl+K", "Ctrl+1", "Ctrl+2"} <= set(keys)


def test_undo_and_redo_are_named_and_call_what_they_are_given(window: MainWindow) -> None:
    called: list[str] = []
    window.set_undo(lambda: called.append("undo"), lambda: called.append("redo"))
    window.set_undo_names("Import", "")
    undo, redo = (next(a for a in window.menus.actions if word in a.text()) for word in ("Undo", "Redo"))
    assert undo.isEnabled() and not redo.isEnabled()
    undo.trigger()
    window.offer_undo("Imported.")
    window.toast.findChild(Button).click()
    assert called == ["undo", "undo"]


def test_place_page_and_rail_are_remembered(look: theme.Theme, context: PageContext, qtbot: QtBot) -> None:
    first = MainWindow(context)
    qtbot.addWidget(first)
    first.register_page(samples.GalleryPage(context))
    first.register_page(samples.FormPage(context))
    first.resize(1240, 760)
    first.show()
    first.show_page("import")
    first.rail.set_collapsed(True)
    first.close()
    second = MainWindow(context)
    qtbot.addWidget(second)
    # the width is cut to what the small screen of the offscreen platform holds
    assert second.height() == 760
    assert second.rail.collapsed
    assert context.state.read("window.page") == "import"


def test_theme_menu_switches_and_is_remembered(window: MainWindow, look: theme.Theme, context: PageContext) -> None:
    window.menus.scheme_asked.emit("dark")
    assert look.dark
    assert context.state.read("window.scheme") == "dark"
    window.menus.zoom_asked.emit(1)
    assert look.zoom == 1.1
    window.menus.zoom_asked.emit(0)
    assert look.zoom == 1.0


def test_sheet_opens_in_the_drawer_and_closes_with_the_page(window: MainWindow) -> None:
    window.page("gallery").sheet_opened.emit("Close rate", samples.make_sheet(), "Dana Whitfield")
    assert window.drawer.is_open
    window.show_page("import")
    assert not window.drawer.is_open
