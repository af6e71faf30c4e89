"""The duplicate clients page in the real window: merge, keep apart, take back and undo, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.services import edits, merging
from desktop.views import theme
from desktop.views.pages.duplicates import DuplicatesPage
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage

CLIENTS = """client_id,name,email,phone,zip
C1,Dana Marsh,dana@example.com,555-555-0100,10001
C2,"Marsh, Dana",dana@example.com,,10001
C3,Robert Hale,,,10003
C4,Bob Hale,,,10003
"""


def open_page(stage: Stage) -> DuplicatesPage:
    stage.window.show_page("duplicates")
    stage.settle()
    page = stage.window.page("duplicates")
    assert isinstance(page, DuplicatesPage)
    return page


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> DuplicatesPage:
    file = tmp_path / "clients.csv"
    file.write_text(CLIENTS, encoding="utf-8")
    stage.take_in([file])
    return open_page(stage)


def listed(page: DuplicatesPage) -> list[list[str]]:
    return [[*row[:2], row[3]] for row in page.pairs.visible_rows()[1:]]


def test_an_empty_book_says_what_would_be_here(stage: Stage) -> None:
    page = open_page(stage)
    assert page.stack.currentWidget() is page.empty
    assert "your answer" in stage.said(page.empty)


def test_the_likeliest_pair_is_shown_side_by_side(stage: Stage, page: DuplicatesPage) -> None:
    assert listed(page) == [
        ["Dana Marsh (C1)", "Marsh, Dana (C2)", "Same e-mail, same name, same ZIP"],
        ["Robert Hale (C3)", "Bob Hale (C4)", "Names spelled alike, same ZIP"],
    ]
    assert page.panel is not None
    said = stage.said(page.panel)
    shown = ("Dana Marsh", "Marsh, Dana", "C1", "C2", "dana@example.com", "(555) 555-0100", "10001")
    assert all(word in said for word in shown)


def test_merging_and_its_undo_by_keys_alone(stage: Stage, page: DuplicatesPage) -> None:
    page.pairs.setFocus()
    stage.qtbot.keyClick(page.pairs, Qt.Key.Key_Return)
    panel = page.panel
    assert panel is not None and panel.left.hasFocus()
    stage.qtbot.keyClick(panel.left, Qt.Key.Key_Tab)
    assert panel.right.hasFocus()
    stage.qtbot.keyClick(panel.right, Qt.Key.Key_Space)
    stage.settle()
    assert [row[0] for row in listed(page)] == ["Robert Hale (C3)"]
    assert page.decided.visible_rows()[1][:3] == ["Dana Marsh", "merged into", "Marsh, Dana"]
    assert page.pairs.hasFocus() and page.tabs.tabText(0) == "To decide (1)"
    stage.qtbot.keyClick(stage.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert len(listed(page)) == 2
    stage.qtbot.keyClick(
        stage.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    stage.settle()
    steps = stage.ask(edits.steps)
    assert steps.undo == "Merge Dana Marsh into Marsh, Dana" and len(listed(page)) == 1


def test_pairs_told_apart_come_back_when_that_is_taken_back(stage: Stage, page: DuplicatesPage) -> None:
    page.pairs.setFocus()
    stage.qtbot.keyClick(page.pairs, Qt.Key.Key_Down)
    stage.settle()
    assert page.panel is not None
    stage.qtbot.mouseClick(page.panel.apart, Qt.MouseButton.LeftButton)
    stage.settle()
    assert [row[0] for row in listed(page)] == ["Dana Marsh (C1)"]
    page.tabs.setCurrentIndex(1)
    assert page.decided.visible_rows()[1][:3] == ["Robert Hale", "is another client than", "Bob Hale"]
    page.decided.setCurrentIndex(page.decided.model().index(0, 0))
    stage.qtbot.keyClick(page.forget, Qt.Key.Key_Space)
    stage.settle()
    assert len(listed(page)) == 2


def test_when_all_is_decided_it_says_so(stage: Stage, page: DuplicatesPage) -> None:
    for _ in range(2):
        assert page.panel is not None
        page.panel.left.click()
        stage.settle()
    assert page.panel is None and listed(page) == []
    assert "Every pair is decided" in page.said.text()
    board = stage.ask(merging.board, stage.desk.context.today())
    assert [one.verdict for one in board.decided] == [merging.MERGED] * 2


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_clipped_or_nameless(stage: Stage, page: DuplicatesPage, size: tuple[int, int]) -> None:
    stage.window.resize(*size)
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        theme.current().set_choice(scheme)
        stage.settle()
        QApplication.processEvents()
        assert find_clipped_text(page) == []
        assert find_nameless(page) == []
