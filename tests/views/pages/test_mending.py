"""Rejected rows mended in the real window: typed over, read again, imported, or saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.views import theme
from desktop.views.pages.importing.mending import MendingPane
from desktop.views.pages.importing.panes import FilePane
from desktop.views.pages.importing.preview import ImportPreview
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage

LOG = """occurred_at,producer,kind,activity_id,minutes
2026-03-02 09:00,Dana Marsh,call,A1,5
13/45/2026,Dana Marsh,call,A2,5
14/45/2026,Dana Marsh,dance,A3,5
"""


def open_rejects(stage: Stage, folder: Path) -> MendingPane:
    file = folder / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    stage.window.show_page("import")
    stage.drop(stage.importing.start.drop, [file])
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    view.list.setCurrentRow(1)
    return shown(stage)


def pane_of(stage: Stage) -> FilePane:
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    pane = view.panes.currentWidget()
    assert isinstance(pane, FilePane)
    return pane


def shown(stage: Stage) -> MendingPane:
    pane = pane_of(stage)
    pane.show_rejected()
    stage.settle()
    assert isinstance(pane.rejected, MendingPane)
    assert pane.rejected.isVisible()
    return pane.rejected


def test_rows_are_typed_over_read_again_and_imported_from_their_lines(stage: Stage, tmp_path: Path) -> None:
    mending = open_rejects(stage, tmp_path)
    assert not mending.retry.isEnabled()
    mending.grid.setFocus()
    stage.qtbot.keyClicks(mending.grid, "2")
    (editor,) = mending.grid.findChildren(QLineEdit)
    stage.qtbot.keyClicks(editor, "026-03-03")
    stage.qtbot.keyClick(editor, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(mending.retry.isEnabled)
    mending.retry.click()
    stage.settle()
    assert stage.importing.apply.text() == "Import 2 rows"
    again = shown(stage)
    assert [row[0] for row in again.table.current_rows()] == [4]
    again.table.change("x", {(0, 0): "2026-03-04", (0, 2): "call"})
    again.retry.click()
    stage.settle()
    assert pane_of(stage)._file.rejected == 0
    assert stage.importing.apply.text() == "Import 3 rows"
    stage.importing.apply.click()
    stage.settle()
    (run,) = [stage.importing.start.model.row_at(0)]
    assert (run.files[0].inserted, run.files[0].rejected) == (3, 0)


def test_undo_in_the_grid_takes_typing_back_and_not_an_import(stage: Stage, tmp_path: Path) -> None:
    mending = open_rejects(stage, tmp_path)
    mending.grid.setFocus()
    mending.table.change("x", {(0, 0): "2026-03-03"})
    stage.qtbot.keyClick(mending.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert mending.table.changes() == {}
    assert not mending.retry.isEnabled()


def test_another_drop_forgets_what_was_typed(stage: Stage, tmp_path: Path) -> None:
    mending = open_rejects(stage, tmp_path)
    mending.table.change("x", {(0, 0): "2026-03-03"})
    mending.retry.click()
    stage.settle()
    stage.importing.read_files([tmp_path / "log.csv"])
    stage.settle()
    assert stage.importing.apply.text() == "Import 1 row"


def test_rejected_rows_are_saved_with_their_reasons(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mending = open_rejects(stage, tmp_path)
    target = tmp_path / "rejected.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    mending.save.click()
    stage.settle()
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "occurred_at,producer,kind,activity_id,minutes,Why rejected,Row in file"
    assert lines[1].startswith("13/45/2026,Dana Marsh,call,A2,5,") and lines[1].endswith(",3")
    assert len(lines) == 3


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_clipped_nameless_or_out_of_sight(stage: Stage, tmp_path: Path, size: tuple[int, int]) -> None:
    mending = open_rejects(stage, tmp_path)
    stage.window.resize(*size)
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        theme.current().set_choice(scheme)
        stage.settle()
        assert find_clipped_text(stage.importing) == []
        assert find_nameless(stage.importing) == []
        foot = mending.retry.mapTo(stage.window, mending.retry.rect().bottomLeft()).y()
        assert foot < stage.window.height()
