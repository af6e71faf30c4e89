"""The composition root: everything wired, the book opened and closed on the worker alone."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.views import theme
from desktop.views.dialogs.error import ErrorDialog


def test_book_is_opened_used_and_closed_on_the_worker(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    threads: list[int] = []

    def open_book() -> str:
        threads.append(threading.get_ident())
        return "the book"

    def close_book(book: object) -> None:
        assert book == "the book"
        threads.append(threading.get_ident())

    state_file = tmp_path / "view.json"
    desk = app.build(app.Options(open_book, close_book, tmp_path / "agency.pdesk", state_file=state_file))
    qtbot.addWidget(desk.window)
    heard: list[object] = []
    desk.context.ask(lambda book, more: (book, more), 7, on_finished=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    desk.context.state.write("window.zoom", 1.25)
    desk.close()
    assert heard == [("the book", 7)]
    assert len(threads) == 2 and len(set(threads)) == 1
    assert threads[0] != threading.get_ident()
    assert '"window.zoom": 1.25' in state_file.read_text(encoding="utf-8")


def test_theme_is_taken_from_the_memory_and_nonsense_is_not(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "view.json"
    file.write_text('{"window.scheme": "dark", "window.zoom": "big"}', encoding="utf-8")
    desk = app.build(app.Options(lambda: None, state_file=file))
    assert theme.current().choice is theme.Scheme.DARK
    assert theme.current().zoom == 1.0
    desk.close()
    theme.current().set_choice(theme.Scheme.LIGHT)
    desk.window.deleteLater()


def test_crash_is_reported_once_without_waiting_for_an_answer(qapp: QApplication, qtbot: QtBot) -> None:
    desk = app.build(app.Options(lambda: None))
    qtbot.addWidget(desk.window)
    for _ in range(3):
        desk.window.crashed.emit(KeyError("Dana Whitfield"))
    dialogs = desk.window.findChildren(ErrorDialog)
    assert len(dialogs) == 1
    assert "builtins.KeyError" in dialogs[0].report
    dialogs[0].close()
    desk.close()
