"""What stands in an open cell or a field not left yet outlives kill -9, is offered again, goes with Esc or Enter."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services import books, demo
from desktop.views.dialogs.gridding import GridEditor
from desktop.views.pages.people import PeoplePage
from desktop.views.pages.plans import TrackingPage
from desktop.views.pages.routing import RoutingPage
from desktop.views.pages.settings import SettingsPage
from desktop.views.pages.typing import TypingPage
from desktop.views.tables.editing import EditingGrid
from tests.views.pages.conftest import Stage
from tests.views.pages.test_drafts import AUTHOR

ROOT = Path(__file__).parents[3]
PASSPHRASE = "a throwaway passphrase"
CHILD = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from desktop import app
from desktop.app import tour
from desktop.services import books
from tests.views.pages.conftest import NOW
from tests.views.pages.test_cell_kill import PASSPHRASE, type_some
file, key = Path(sys.argv[1]), sys.argv[2]
keys = books.PassphraseKeys(PASSPHRASE)
opened = lambda: books.open_book(file, keys=keys)
desk = app.build(app.Options(opened, lambda book: book.close(), file, "A", lambda: NOW))
desk.window.show()
desk.window.show_page(key)
tour.settle(desk)
type_some(desk.window.page(key))
QTest.qWait(180)
while desk.context.executor.busy:
    QTest.qWait(5)
print("typed", flush=True)
QTest.qWait(60_000)
"""


def type_some(page: QWidget) -> None:
    """Letters as a user types them, without leaving the field."""
    if isinstance(page, SettingsPage):
        field = page.agency.widgets["agency.name"]
        assert isinstance(field, QLineEdit)
        field.selectAll()
        QTest.keyClicks(field, "Juniper & ")
        return
    assert isinstance(page, TypingPage) and page.grid is not None
    page.grid.setCurrentIndex(page.grid.counts.index(0, 1))
    QTest.keyClicks(page.grid.viewport(), "4")
    QTest.keyClicks(editor_of(page.grid), "2")


def editor_of(grid: EditingGrid) -> QLineEdit:
    found = [one for one in grid.viewport().findChildren(QLineEdit) if one.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX matter")
@pytest.mark.parametrize("key", ["typing", "settings"])
def test_killed_in_the_middle_of_a_cell_or_a_field(home: Path, request: pytest.FixtureRequest, key: str) -> None:
    file = home / "agency.pdesk"
    book = books.open_book(file, keys=books.PassphraseKeys(PASSPHRASE))
    demo.fill(book, AUTHOR, date(2026, 3, 6), 2, 1)
    book.close()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHILD, str(file), key]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    stage: Stage = request.getfixturevalue("stage")
    page = shown(stage, key)
    if isinstance(page, SettingsPage):
        field = page.agency.widgets["agency.name"]
        assert isinstance(field, QLineEdit)
        assert field.text() == "Juniper & "
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert field.text() != "Juniper & "
        return
    assert isinstance(page, TypingPage) and page.grid is not None
    assert editor_of(page.grid).text() == "42"
    QTest.keyClick(editor_of(page.grid), Qt.Key.Key_Return)
    stage.settle()
    page.mark_stale()
    stage.settle()
    assert page.grid.counts.text(0, 0) == "42"
    assert page.grid.counts.open is None


@pytest.fixture
def filled(stage: Stage) -> Stage:
    stage.ask(demo.fill, AUTHOR, date(2026, 3, 6), 2, 1)
    stage.window.note_change()
    return stage


def shown(stage: Stage, key: str) -> QWidget:
    stage.window.show_page(key)
    stage.settle()
    found: QWidget = stage.window.page(key)
    return found


def rest(stage: Stage) -> None:
    stage.qtbot.wait(200)
    stage.settle()


def test_an_open_cell_of_pay_is_held_and_dropped_with_esc(filled: Stage) -> None:
    page = shown(filled, "people")
    assert isinstance(page, PeoplePage) and page.detail is not None
    page.detail.tabs.setCurrentIndex(1)
    editor: GridEditor = page.detail.editors["pay"]
    grid = editor.grid
    grid.setCurrentIndex(grid.table.index(0, 1))
    before = grid.table.text(0, 0)
    QTest.keyClicks(grid.viewport(), "6")
    QTest.keyClicks(editor_of(grid), "1")
    assert editor.lines(underway=True) != editor.lines()
    rest(filled)
    draft = filled.ask(_draft, f"pay of {page.detail.code}")
    assert "61" in str(draft)
    QTest.keyClick(editor_of(grid), Qt.Key.Key_Escape)
    rest(filled)
    assert grid.table.text(0, 0) == before
    assert filled.ask(_draft, f"pay of {page.detail.code}") is None


def test_a_fact_not_left_yet_is_offered_and_gone_once_kept(filled: Stage) -> None:
    page = shown(filled, "people")
    assert isinstance(page, PeoplePage) and page.detail is not None
    field = page.detail.facts.widgets["name"]
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "Dana of the Lake")
    rest(filled)
    name = f"facts of {page.detail.code}: name"
    assert filled.ask(_draft, name)["typed"] == "Dana of the Lake"
    QTest.keyClick(field, Qt.Key.Key_Return)
    rest(filled)
    assert filled.ask(_draft, name) is None
    assert page.detail.name.text() == "Dana of the Lake"


def test_an_open_cell_of_the_zip_table_lies_over_its_line_again(filled: Stage) -> None:
    page = shown(filled, "routing")
    assert isinstance(page, RoutingPage)
    tab = page.territories
    assert tab.grid is not None
    tab.grid.setCurrentIndex(tab.grid.rows.index(1, 1))
    QTest.keyClicks(tab.grid.viewport(), "N")
    QTest.keyClicks(editor_of(tab.grid), "orth Shore")
    rest(filled)
    sheet = tab._shown
    assert sheet is not None
    draft = filled.ask(_draft, "territories")
    assert draft["typed"][1][1]["territory"] == "North Shore"
    tab._show(sheet)
    filled.settle()
    assert tab.grid.rows.text(1, 0) == "North Shore"
    assert tab.dirty
    tab.leave.click()
    rest(filled)
    assert filled.ask(_draft, "territories") is None


def test_counts_are_not_kept_while_they_are_typed(filled: Stage) -> None:
    page = shown(filled, "typing")
    assert isinstance(page, TypingPage) and page.grid is not None
    kept = page.grid.counts.text(0, 0)
    type_some(page)
    rest(filled)
    assert page.grid.counts.text(0, 0) == kept
    week = page.week
    assert "42" in str(filled.ask(_draft, f"counts of {week}"))
    QTest.keyClick(editor_of(page.grid), Qt.Key.Key_Escape)
    rest(filled)
    assert filled.ask(_draft, f"counts of {week}") is None


def test_an_open_cell_of_a_week_stays_open_and_is_held(filled: Stage) -> None:
    page = shown(filled, "tracking")
    assert isinstance(page, TrackingPage) and page.found is not None
    grid = page.grids[0]
    grid.setCurrentIndex(grid.table.index(0, 1))
    QTest.keyClicks(grid.viewport(), "3")
    QTest.keyClicks(editor_of(grid), "1")
    rest(filled)
    name = f"weeks of {page.producer}, {page.found.weeks[0].name} on"
    assert filled.ask(_draft, name)["typed"][0][1]["sales_calls"] == "31"
    # the weeks come anew, as after a change elsewhere
    page.read()
    filled.settle()
    assert page.grids[0] is not grid
    assert editor_of(page.grids[0]).text() == "31"
    QTest.keyClick(editor_of(page.grids[0]), Qt.Key.Key_Return)
    rest(filled)
    assert page.grids[0].table.text(0, 0) == "31"
    assert page.grids[0].table.open is None


def _draft(book: object, name: str) -> object:
    from desktop.models import grid_drafts

    return grid_drafts.read(book, name)  # type: ignore[arg-type]
