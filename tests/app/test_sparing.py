"""What a large book's pages have read is let go once the window is elsewhere, and not before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import sparing
from desktop.app.sparing import Sparing
from desktop.models.book import Book
from desktop.services import books, kept_facts, kpi_facts
from desktop.tasks import Executor, Shelf
from desktop.views import theme
from desktop.views.main_window import MainWindow
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page

NOW = datetime(2026, 3, 20, 9, 0)


class _Shown(Page):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = books.open_throwaway(tmp_path / "book.pdesk")
    yield opened
    opened.close()


@pytest.mark.parametrize("large", [True, False])
def test_only_what_a_large_book_keeps_is_let_go(book: Book, large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kpi_facts, "_SMALL", -1 if large else 10)
    facts = kpi_facts.facts_of(book, date(2026, 3, 1), NOW)
    assert kept_facts.let_go(book) is large
    assert (kpi_facts.facts_of(book, date(2026, 3, 1), NOW) is facts) is not large


def test_it_is_asked_for_a_while_after_the_page_was_left(
    book: Book, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.install(qapp, theme.Scheme.LIGHT, 1.0)
    monkeypatch.setattr(sparing, "AFTER_MS", 1)
    asked: list[Book] = []
    monkeypatch.setattr(kept_facts, "let_go", asked.append)
    context = PageContext(Executor(), Shelf(lambda: book), lambda: NOW)
    window = MainWindow(context, "1.0")
    qtbot.addWidget(window)
    for key in ("people", "kpis", "records"):
        window.register_page(_Shown(key))
    window.show_page("people")
    waiting = Sparing(window, context)
    window.show_page("kpis")
    assert not waiting.timer.isActive()
    window.show_page("records")
    assert waiting.timer.isActive()
    qtbot.waitUntil(lambda: asked == [book])
    assert context.executor.close()
