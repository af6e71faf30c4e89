"""Words typed into a dialog, a rejected row and a set-up outlive kill -9 and are there again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from desktop.views.pages.importing import ImportPage
from desktop.views.pages.importing.mending import MendingPane
from desktop.views.pages.people import PeoplePage
from desktop.views.pages.people.asking import NewPersonDialog
from desktop.views.pages.settings import SettingsPage
from desktop.views.tables.editing import EditingGrid
from tests.views.pages.conftest import NOW, Stage
from tests.views.pages.test_cell_kill import editor_of
from tests.views.pages.test_mending import LOG

ROOT = Path(__file__).parents[3]
CHILD = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from desktop import app
from desktop.app import tour
from desktop.app.wiring import wire
from desktop.services import books
from tests.views.pages.conftest import NOW
from tests.views.pages.test_cell_kill import PASSPHRASE
from tests.views.pages.test_words_kill import type_everywhere
file, log = Path(sys.argv[1]), Path(sys.argv[2])
keys = books.PassphraseKeys(PASSPHRASE)
opened = lambda: books.open_book(file, keys=keys)
desk = app.build(app.Options(opened, lambda book: book.close(), file, "A", lambda: NOW))
wire(desk.window, desk.context)
desk.window.show()
type_everywhere(desk.window, log, lambda: tour.settle(desk))
QTest.qWait(180)
while desk.context.executor.busy:
    QTest.qWait(5)
print("typed", flush=True)
QTest.qWait(60_000)
"""


def type_everywhere(window, log, settle):  # type: ignore[no-untyped-def]
    """Letters as a user types them, nothing of it kept."""
    window.show_page("settings")
    settle()
    QTest.keyClicks(window.page("settings").mail.host, "smtp.juniper.exam")
    QTest.qWait(180)
    window.show_page("import")
    mending = rejects(window.page("import"), log, settle)
    type_into(mending.grid, 1, "2026-03-0")
    QTest.qWait(180)
    window.show_page("people")
    settle()
    people = window.page("people")
    people._on_add_asked()
    settle()
    QTest.keyClicks(people.dialog.name, "Ottilie Vandermeer-Bra")


def type_into(grid: EditingGrid, column: int, text: str) -> None:
    grid.setCurrentIndex(grid.table.index(0, column))
    QTest.keyClicks(grid.viewport(), text[0])
    QTest.keyClicks(editor_of(grid), text[1:])


def rejects(page, log, settle) -> MendingPane:  # type: ignore[no-untyped-def]
    page.read_files([log])
    settle()
    page._view.list.setCurrentRow(1)
    settle()
    found: MendingPane = page._view.panes.currentWidget().mending
    page._view.panes.currentWidget().show_rejected()
    return found


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX matter")
def test_killed_while_typing_in_many_places(home: Path, request: pytest.FixtureRequest) -> None:
    file, log = home / "agency.pdesk", home / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHILD, str(file), str(log)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    stage: Stage = request.getfixturevalue("stage")
    assert stage.desk.context.now() == NOW
    _the_set_up(stage)
    _the_person(stage)
    _the_row(stage, log)


def _shown(stage: Stage, key: str) -> object:
    stage.window.show_page(key)
    stage.settle()
    return stage.window.page(key)


def _the_set_up(stage: Stage) -> None:
    page = _shown(stage, "settings")
    assert isinstance(page, SettingsPage)
    assert page.mail.host.text() == "smtp.juniper.exam"


def _the_person(stage: Stage) -> None:
    page = _shown(stage, "people")
    assert isinstance(page, PeoplePage)
    page._on_add_asked()
    stage.settle()
    assert isinstance(page.dialog, NewPersonDialog)
    assert page.dialog.name.text() == "Ottilie Vandermeer-Bra"
    page.dialog.keep.click()
    stage.settle()
    page._on_add_asked()
    stage.settle()
    assert isinstance(page.dialog, NewPersonDialog)
    assert page.dialog.name.text() == ""
    page.dialog.reject()


def _the_row(stage: Stage, log: Path) -> None:
    page = _shown(stage, "import")
    assert isinstance(page, ImportPage)
    pane = rejects(page, log, stage.settle)
    assert pane.offered.isVisible()
    assert pane.table.changes() == {3: {0: "2026-03-0"}}
    assert pane.retry.isEnabled()
