"""A program killed while somebody types into a 1:1 has the words, the ticks and the clock again when it is started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.scorecard import ScorecardTexts
from desktop.models.journal import Author
from desktop.services import books, meetings, scorecards
from desktop.views.pages.plans import MeetingsPage
from tests.services.small_agency import Agency
from tests.views.pages.conftest import NOW

ROOT = Path(__file__).parents[3]
TYPED = "".join(chr(ord("a") + at % 26) for at in range(200))
FIRST = 50
PASSPHRASE = "a throwaway passphrase"
CHILD = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from desktop import app
from desktop.app.wiring import wire
from desktop.services import books
from tests.views.pages.conftest import NOW
from tests.views.pages.test_meeting_kill import FIRST, PASSPHRASE, TYPED

file = Path(sys.argv[1])
keys = books.PassphraseKeys(PASSPHRASE)
desk = app.build(app.Options(
    lambda: books.open_book(file, keys=keys), lambda book: book.close(), file, "A", lambda: NOW
))
wire(desk.window, desk.context)
desk.window.show()
desk.window.show_page("meetings")
page = desk.window.page("meetings")
while page.sheet is None or desk.context.executor.busy:
    QTest.qWait(10)
next(box for box in page.findChildren(QCheckBox) if box.isVisible()).setChecked(True)
page.toggle_clock()
for at, letter in enumerate(TYPED):
    QTest.keyClicks(page.notes, letter)
    QTest.qWait(25)
    if at == FIRST:
        while page._hold.isActive() or desk.context.executor.busy:
            QTest.qWait(1)
        print("typed", page._pause.isActive(), flush=True)
QTest.qWait(60_000)
"""


def _prepare(file: Path) -> None:
    author = Author("Chris", "2026-03-09T10:00:00")
    book = books.open_book(file, keys=books.PassphraseKeys(PASSPHRASE))
    Agency().producer("P01", "Dana Marsh").store(book)
    scorecards.save_texts(book, "2026-W09", "P01", ScorecardTexts(priorities=("Call ten owners",)), author)
    book.close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX matter")
def test_killed_in_the_middle_of_a_note(home: Path, request: pytest.FixtureRequest) -> None:
    file = home / "agency.pdesk"
    _prepare(file)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", CHILD, str(file)], env=environment, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        # nothing was kept yet: no pause was long enough
        assert child.stdout.readline() == b"typed True\n"
        child.send_signal(signal.SIGKILL)
    stage = request.getfixturevalue("stage")
    stage.window.show_page("meetings")
    stage.settle()
    page = stage.window.page("meetings")
    assert isinstance(page, MeetingsPage)
    text = page.notes.toPlainText()
    assert text.startswith(TYPED[:FIRST]) and TYPED.startswith(text)
    assert page.meeting.ticks == ("Call ten owners",)
    assert page.meeting.seconds["activity"] > 0
    page.flush()
    stage.settle()
    kept = stage.ask(meetings.open_desk, "2026-W10", "P01", NOW).sheet
    assert not kept.unkept and kept.meeting.notes == {"activity": text}
