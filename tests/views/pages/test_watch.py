"""The watched folder in the real window: chosen, filled, imported by itself, asked about, undone, left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.app.watcher import Watcher
from desktop.services import previews, routing
from desktop.views.pages.importing.preview import ImportPreview
from desktop.views.pages.live import LivePage
from desktop.views.widgets.view_state import FILES_ASKING
from tests.views.pages import agency_files
from tests.views.pages.conftest import Stage

GOOD = "producer,delivered_on,quote_id,client,premium\nP01,03/02/2026,Q1,Ada Moss,900.00\n"
BAD = "producer,delivered_on,quote_id,client,premium\nP01,13/45/2026,Q2,Ada Moss,900.00\n"


@pytest.fixture
def folder(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A watched folder in which a file lay before it was chosen; looked into when the test says so."""
    watcher(stage)._timer.stop()
    stage.take_in(agency_files.write_agency(tmp_path / "drop")[:1])
    made = tmp_path / "arrivals"
    made.mkdir()
    (made / "old.csv").write_text(GOOD.replace("Q1", "Q0"), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(made))
    stage.importing.watch.click()
    assert stage.importing.watch.text() == "Watching “arrivals”"
    return made


def watcher(stage: Stage) -> Watcher:
    (found,) = stage.window.findChildren(Watcher)
    return found


def look(stage: Stage, times: int = 1) -> None:
    for _ in range(times):
        watcher(stage).look()
        stage.settle()


def runs(stage: Stage) -> int:
    return len(stage.ask(previews.history))


def test_a_new_file_is_taken_once_it_no_longer_grows(stage: Stage, folder: Path) -> None:
    look(stage, 3)
    assert runs(stage) == 1
    file = folder / "quotes.csv"
    file.write_text(GOOD[:60], encoding="utf-8")
    look(stage)
    file.write_text(GOOD, encoding="utf-8")
    look(stage)
    assert runs(stage) == 1
    look(stage)
    assert runs(stage) == 2
    assert stage.window.toast.isVisible()
    assert "quotes.csv, 1 row" in stage.said(stage.window.toast)
    look(stage, 3)
    assert runs(stage) == 2


def test_what_came_by_itself_is_undone_from_the_toast_and_stays_undone(stage: Stage, folder: Path) -> None:
    (folder / "quotes.csv").write_text(GOOD, encoding="utf-8")
    look(stage, 2)
    stage.window.toast._action.click()
    stage.settle()
    (newest, *_older) = stage.ask(previews.history)
    assert newest.undone_at is not None
    look(stage, 3)
    assert runs(stage) == 2


def test_a_file_in_question_asks_for_a_look_once(stage: Stage, folder: Path) -> None:
    (folder / "quotes.csv").write_text(BAD, encoding="utf-8")
    look(stage, 2)
    assert runs(stage) == 1
    assert "quotes.csv arrived in the watched folder and needs a look." in stage.said(stage.window.toast)
    assert "rows that cannot be read" in stage.said(stage.importing.messages)
    state = stage.desk.context.state
    assert state.read(FILES_ASKING) == [[str(folder / "quotes.csv"), "quotes.csv has rows that cannot be read."]]
    stage.window.show_page("live", "attention")
    stage.settle()
    board = stage.window.page("live")
    assert isinstance(board, LivePage)
    (row,) = board.attention.table.visible_rows()[1:]
    assert row == ["File not taken in", "quotes.csv", "quotes.csv has rows that cannot be read."]
    board.attention.keys.buttons["O"].click()
    stage.settle()
    assert stage.window.current_page is stage.importing
    stage.window.toast.hide()
    look(stage, 2)
    assert not stage.window.toast.isVisible()
    stage.window.toast._action.click()
    stage.settle()
    assert isinstance(stage.importing.stack.currentWidget(), ImportPreview)
    (folder / "quotes.csv").write_text(GOOD, encoding="utf-8")
    look(stage, 2)
    assert runs(stage) == 2 and state.read(FILES_ASKING) == []


def test_a_folder_that_is_gone_is_told_of_once(stage: Stage, folder: Path) -> None:
    (folder / "old.csv").unlink()
    folder.rmdir()
    look(stage)
    assert "cannot be read" in stage.said(stage.importing.messages)
    stage.importing.messages.clear()
    look(stage, 2)
    assert "cannot be read" not in stage.said(stage.importing.messages)


def test_watching_ends_when_asked(stage: Stage, folder: Path) -> None:
    _another, stop = stage.importing.watch.menu_of_choices().actions()
    stop.trigger()
    assert stage.importing.watch.text() == "Watch a Folder…"
    (folder / "quotes.csv").write_text(GOOD, encoding="utf-8")
    look(stage, 3)
    assert runs(stage) == 1


LEAD = (
    "lead_id,received_at,first_name,last_name,email,phone,zip,line\n"
    "W1,03/11/2026 09:10,Lee,Moss,lee@example.com,614-555-0142,43004,Personal Auto\n"
    "W2,03/11/2026 09:11,Lee,Moss,,614-555-0142,43004,Personal Auto\n"
    "W3,03/11/2025 09:11,Old,Past,old@example.com,614-555-0149,43004,Personal Auto\n"
)


def test_leads_that_arrive_are_routed_at_once_and_the_same_bytes_come_once(stage: Stage, folder: Path) -> None:
    (folder / "leads.csv").write_text(LEAD, encoding="utf-8")
    look(stage, 2)
    said = stage.said(stage.window.toast)
    assert "leads.csv, 3 rows. 1 lead routed. 2 need attention." in said
    (found,) = stage.ask(routing.history)
    assert found.lead_id == "W1" and found.producer is not None
    (folder / "again.csv").write_text(LEAD, encoding="utf-8")
    look(stage, 3)
    assert runs(stage) == 2
