"""The editing grid's manners: typing, filling down, blocks, steps, reasons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QToolTip
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.tables.editing import EditingGrid, EditingTable, GridRow

ROWS = [
    GridRow(3, ("x", "call", "5"), {0: "is no day"}, "is no day"),
    GridRow(5, ("y", "dance", "6"), {0: "is no day", 1: "is no kind"}, "is no day; is no kind"),
    GridRow(8, ("z", "call", "seven"), {2: "is no number"}, "is no number"),
]


@pytest.fixture
def grid(look: theme.Theme, qtbot: QtBot) -> EditingGrid:
    made = EditingGrid(EditingTable(("at", "kind", "minutes"), ROWS), "Rejected")
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    return made


def choose(grid: EditingGrid, top: int, left: int, bottom: int | None = None, right: int | None = None) -> None:
    """Chooses a block; columns counted without the reasons."""
    last = grid.table.index(top if bottom is None else bottom, (left if right is None else right) + 1)
    first = grid.table.index(top, left + 1)
    grid.setCurrentIndex(first)
    grid.selectionModel().select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_the_table_keeps_the_rules_of_models(grid: EditingGrid) -> None:
    QAbstractItemModelTester(grid.table, QAbstractItemModelTester.FailureReportingMode.Fatal, grid.table)
    grid.table.change("x", {(0, 0): "new"})


def test_typing_replaces_and_the_corner_goes_until_it_is_read_again(grid: EditingGrid, qtbot: QtBot) -> None:
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 1)
    qtbot.keyClicks(grid, "n")
    (editor,) = grid.findChildren(QLineEdit)
    assert editor.accessibleName() == "at"
    qtbot.keyClicks(editor, "ew")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(grid.table.changes()))
    assert grid.table.changes() == {3: {0: "new"}}
    assert grid.table.index(0, 1).data(Qt.ItemDataRole.UserRole) == ""
    assert grid.table.index(1, 1).data(Qt.ItemDataRole.UserRole) == "is no day"


def test_f2_edits_what_is_there(grid: EditingGrid, qtbot: QtBot) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    (editor,) = grid.findChildren(QLineEdit)
    assert editor.text() == "x"


def test_the_reason_cannot_be_typed_over(grid: EditingGrid, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.table.index(0, 0))
    qtbot.keyClicks(grid, "n")
    assert grid.findChildren(QLineEdit) == []
    assert not grid.table.setData(grid.table.index(0, 0), "n")


def test_fill_down_takes_the_topmost(grid: EditingGrid, qtbot: QtBot) -> None:
    choose(grid, 0, 0, 2, 1)
    qtbot.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert grid.table.changes() == {5: {0: "x", 1: "call"}, 8: {0: "x"}}


def test_fill_down_of_one_cell_takes_the_one_above(grid: EditingGrid, qtbot: QtBot) -> None:
    choose(grid, 1, 1)
    qtbot.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert grid.table.changes() == {5: {1: "call"}}
    choose(grid, 0, 1)
    qtbot.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert grid.table.changes() == {5: {1: "call"}}


def test_a_block_is_pasted_as_one_step_and_what_does_not_fit_is_left_out(grid: EditingGrid, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("a\tb\r\nc\td\r\ne\tf\r\n")
    choose(grid, 1, 1)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert grid.table.changes() == {5: {1: "a", 2: "b"}, 8: {1: "c", 2: "d"}}
    assert QToolTip.text() == "Not pasted, for there is no room: 1 row."
    QToolTip.hideText()
    qtbot.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert grid.table.changes() == {}


def test_one_text_is_pasted_into_all_chosen_cells(grid: EditingGrid, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("1")
    choose(grid, 0, 2, 2, 2)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert grid.table.changes() == {3: {2: "1"}, 5: {2: "1"}, 8: {2: "1"}}


def test_copying_gives_tab_separated_cells(grid: EditingGrid, qtbot: QtBot) -> None:
    choose(grid, 0, 0, 1, 1)
    qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "x\tcall\ny\tdance"


def test_steps_are_taken_back_and_done_again_one_by_one(grid: EditingGrid, qtbot: QtBot) -> None:
    choose(grid, 0, 0, 1, 0)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    choose(grid, 2, 2)
    grid.table.setData(grid.table.index(2, 3), "7")
    assert grid.table.changes() == {3: {0: ""}, 5: {0: ""}, 8: {2: "7"}}
    grid.table.steps.undo()
    assert grid.table.changes() == {3: {0: ""}, 5: {0: ""}}
    grid.table.steps.undo()
    assert grid.table.changes() == {}
    grid.table.steps.redo()
    assert grid.table.changes() == {3: {0: ""}, 5: {0: ""}}


def test_a_change_that_changes_nothing_is_no_step(grid: EditingGrid) -> None:
    grid.table.change("x", {(0, 0): "x"})
    assert grid.table.steps.count() == 0


def test_screen_readers_hear_heading_line_text_and_reason(grid: EditingGrid) -> None:
    said = grid.table.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "kind, 5: dance (is no kind)"


def test_rows_stand_as_they_are_now(grid: EditingGrid) -> None:
    grid.table.change("x", {(1, 1): "call"})
    assert grid.table.current_rows()[1] == (5, ["y", "call", "6"], "is no day; is no kind")
