"""A file beside earlier ones in the real window: in the preview and, once imported, in the history."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QTabWidget

from desktop.views.pages.importing.earlier import EarlierFiles
from desktop.views.pages.importing.panes import FilePane
from desktop.views.pages.importing.preview import ImportPreview
from desktop.views.tables import FilteredTable
from tests.services.test_ties import policies
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage


def drop_books(stage: Stage, folder: Path) -> FilePane:
    """Imports a book of four policies, then drops one that lacks the fourth."""
    first, second = folder / "march 2.csv", folder / "march 9.csv"
    first.write_text(policies(1, 2, 3, 4), encoding="utf-8")
    second.write_text(policies(1, 2, 3, 8), encoding="utf-8")
    stage.take_in([first])
    stage.drop(stage.importing.start.drop, [second])
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    view.list.setCurrentRow(1)
    pane = view.panes.currentWidget()
    assert isinstance(pane, FilePane)
    return pane


def test_the_preview_lists_what_the_newest_book_no_longer_has(stage: Stage, tmp_path: Path) -> None:
    pane = drop_books(stage, tmp_path)
    assert "Not in this file: 1 record (policies) of march 2.csv, imported on 03/11/2026." in stage.said(pane)
    (tabs,) = pane.findChildren(QTabWidget)
    at = next(at for at in range(tabs.count()) if tabs.tabText(at) == "Earlier files (1)")
    tabs.setCurrentIndex(at)
    stage.settle()
    page = tabs.currentWidget()
    assert isinstance(page, EarlierFiles)
    assert page.missing is not None
    assert page.files.view.visible_rows()[1:] == [["march 2.csv", "03/11/2026", "3", "0", "1"]]
    assert page.missing.view.visible_rows()[1:] == [["HO-4 · Client 4", "03/04/2026", "$1,000"]]
    assert find_clipped_text(stage.importing) == []
    assert find_nameless(stage.importing) == []


def test_the_history_says_the_same(stage: Stage, tmp_path: Path) -> None:
    drop_books(stage, tmp_path)
    stage.importing.apply.click()
    stage.settle()
    stage.importing._on_run_opened(stage.importing.start.model.row_at(0))
    stage.settle()
    buttons = [one for one in stage.window.findChildren(QPushButton) if one.text() == "Earlier Files (1)"]
    assert len(buttons) == 1
    buttons[0].click()
    stage.settle()
    (page,) = [one for one in stage.window.findChildren(EarlierFiles) if one.isVisible()]
    assert page.missing is not None


def test_odd_values_are_questions_and_stop_nothing(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    odd = policies(9, premium=99_999_900).removeprefix(policies())
    file.write_text(policies(1, 2, 3, 4, 5, 6) + odd, encoding="utf-8")
    stage.window.show_page("import")
    stage.drop(stage.importing.start.drop, [file])
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    view.list.setCurrentRow(1)
    pane = view.panes.currentWidget()
    assert isinstance(pane, FilePane)
    assert "1 value looks odd: see the questions." in stage.said(pane)
    assert pane.tabs is not None
    at = next(at for at in range(pane.tabs.count()) if pane.tabs.tabText(at) == "Questions (1)")
    pane.tabs.setCurrentIndex(at)
    stage.settle()
    page = pane.tabs.currentWidget()
    assert isinstance(page, FilteredTable)
    assert page.view.visible_rows()[1] == [
        "8", "annual premium", "$99,999,900.00", "This is 100 times the usual premium of its line ($1,000) or more.",
    ]  # fmt: skip
    assert find_clipped_text(stage.importing) == []
    assert stage.importing.apply.text() == "Import 7 rows"
