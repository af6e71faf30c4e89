"""The real window on a real encrypted book in a throwaway folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.app.wiring import wire
from desktop.services import books
from desktop.views import theme
from desktop.views.main_window import MainWindow
from desktop.views.pages.importing import ImportPage
from desktop.views.pages.producers import ProducersPage

NOW = datetime(2026, 3, 11, 9, 30)


@dataclass(frozen=True, slots=True)
class Stage:
    """The running program, and how a test waits for it."""

    desk: app.Desk
    qtbot: QtBot
    crashes: list[BaseException]

    @property
    def window(self) -> MainWindow:
        return self.desk.window

    @property
    def importing(self) -> ImportPage:
        page = self.window.page("import")
        assert isinstance(page, ImportPage)
        return page

    @property
    def producers(self) -> ProducersPage:
        page = self.window.page("producers")
        assert isinstance(page, ProducersPage)
        return page

    def settle(self) -> None:
        """Waits until the worker has nothing left to do."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.desk.context.executor.busy, timeout=20_000)
        for _ in range(5):
            QApplication.processEvents()

    def ask(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What `function(book, *arguments)` answers on the worker."""
        heard: list[Any] = []
        self.desk.context.ask(function, *arguments, on_finished=heard.append)
        self.settle()
        return heard[0]

    def drop(self, target: QWidget, paths: Sequence[Path], on: QWidget | None = None) -> None:
        """Drags files over `target` and drops them there, or `on` what then lies over it, as a file manager does."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy, button, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(20, 20), copy, data, button, plain)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(on or target, QDropEvent(QPointF(20, 20), copy, data, button, plain))
        self.settle()

    def take_in(self, paths: Sequence[Path]) -> None:
        """Drops files on the import page and imports them."""
        self.window.show_page("import")
        self.drop(self.importing.start.drop, paths)
        self.importing.apply.click()
        self.settle()

    def said(self, widget: QWidget) -> str:
        """Every visible word in `widget`."""
        return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def stage(look: theme.Theme, qtbot: QtBot, home: Path) -> Iterator[Stage]:
    file = home / "agency.pdesk"
    keys = books.PassphraseKeys("a throwaway passphrase")
    options = app.Options(
        lambda: books.open_book(file, keys=keys), lambda book: book.close(), file, "Hollis & Reyes", lambda: NOW
    )
    desk = app.build(options)
    crashes: list[BaseException] = []
    desk.window.crashed.disconnect()
    desk.window.crashed.connect(crashes.append)
    wire(desk.window, desk.context)
    made = Stage(desk, qtbot, crashes)
    desk.window.resize(1366, 768)
    desk.window.show()
    made.settle()
    yield made
    made.settle()
    desk.close()
    desk.window.close()
    desk.window.deleteLater()
    assert crashes == []
