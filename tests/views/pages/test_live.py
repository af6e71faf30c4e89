"""The live page in the real window under a clock that the test moves: board, queue, attention, a lead typed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.app.ladder import Ladder
from desktop.app.wiring import wire
from desktop.services import books, live, typed_leads, work_queue
from desktop.views import theme
from desktop.views.pages.live import LivePage
from desktop.views.pages.live.page import ATTENTION, ENTRY, QUEUE
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage

PEOPLE = "producer_code,name,role\nP1,Ada Hollis,producer\nP2,Ben Reyes,producer\n"
TYPED = {
    "first_name": "Lee", "last_name": "Lead", "email": "lee@example.com", "phone": "212 555 0100", "zip": "10001",
    "line": "Homeowners",
}  # fmt: skip


class Moved:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 11, 9, 30)

    def __call__(self) -> datetime:
        return self.at

    def move(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Moved:
    return Moved()


@pytest.fixture
def stage(look: theme.Theme, qtbot: QtBot, home: Path, clock: Moved, tmp_path: Path) -> Iterator[Stage]:
    file = home / "agency.pdesk"
    keys = books.PassphraseKeys("a throwaway passphrase")
    options = app.Options(lambda: books.open_book(file, keys=keys), lambda book: book.close(), file, "Oak", clock)
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


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> LivePage:
    (tmp_path / "producers.csv").write_text(PEOPLE, encoding="utf-8")
    stage.take_in([tmp_path / "producers.csv"])
    stage.window.show_page("live")
    stage.settle()
    found = stage.window.page("live")
    assert isinstance(found, LivePage)
    return found


def type_lead(stage: Stage, page: LivePage, **changed: str) -> None:
    page.type_lead()
    for name, text in (TYPED | changed).items():
        page.typing.fields[name].setText(text)
    page.typing.look()
    stage.settle()


def test_an_empty_book_says_what_to_do(stage: Stage) -> None:
    stage.window.show_page("live")
    stage.settle()
    page = stage.window.page("live")
    assert isinstance(page, LivePage) and page.stack.currentWidget() is page.empty
    page.empty.acted.emit()
    assert page.tabs.currentIndex() == ENTRY and page.typing.fields["first_name"].hasFocus()


def test_a_lead_is_enriched_kept_and_stands_on_the_board(stage: Stage, page: LivePage, clock: Moved) -> None:
    type_lead(stage, page)
    assert "New York" in page.typing.understood.text() and page.typing.owner.text() in ("Ada Hollis", "Ben Reyes")
    stage.qtbot.keyClick(page.typing.fields["zip"], Qt.Key.Key_Return)
    stage.settle()
    clock.move(4)
    page.mark_stale()
    stage.settle()
    row = page.board.leads.visible_rows()[1]
    assert row[0] == "Lee Lead" and "Waiting 4 min" in row and "Told again at 9:35 AM" in row
    assert find_clipped_text(page) == [] and find_nameless(page) == []


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(stage: Stage, page: LivePage) -> None:
    type_lead(stage, page, email="lee@")
    assert page.typing.fields["email"].property("invalid")
    page.typing.keep()
    stage.settle()
    assert page.typing.fields["last_name"].text() == "Lead"
    assert stage.ask(typed_leads.held)["email"] == "lee@"


def test_what_was_typed_comes_back_after_a_crash(stage: Stage, page: LivePage) -> None:
    type_lead(stage, page)
    again = type(page)(stage.desk.context)
    again.refresh()
    stage.settle()
    assert again.typing.fields["email"].text() == "lee@example.com"
    again.deleteLater()


def test_the_ladder_climbs_with_the_clock_and_says_so(stage: Stage, page: LivePage, clock: Moved) -> None:
    type_lead(stage, page)
    page.typing.keep()
    stage.settle()
    ladder = stage.window.findChild(Ladder)
    assert ladder is not None
    ladder.turn()
    stage.settle()
    before = page.board.leads.selected_record
    clock.move(31)
    ladder.turn()
    stage.settle()
    (now,) = stage.ask(live.live_leads, clock())
    assert before is not None and now.owner != before.owner and "takes over" in now.because
    assert "waits for" in stage.said(stage.window.toast)


def test_what_fell_due_while_the_program_was_closed_is_said(stage: Stage, page: LivePage, clock: Moved) -> None:
    type_lead(stage, page)
    page.typing.keep()
    stage.settle()
    clock.move(20)
    again = Ladder(stage.window, stage.desk.context)
    stage.settle()
    said = stage.said(page.messages)
    assert "5 steps fell due while the program was closed." in said and "nobody has reached Lee Lead" in said
    page.messages.clear()
    again.turn()
    stage.settle()
    assert "fell due" not in stage.said(page.messages)


def test_the_ladder_rests_where_it_is_switched_off(stage: Stage, page: LivePage, clock: Moved) -> None:
    type_lead(stage, page)
    page.typing.keep()
    stage.settle()
    menu = page.notices.menu()
    assert menu is not None
    menu.actions()[2].setChecked(False)
    clock.move(31)
    ladder = stage.window.findChild(Ladder)
    assert ladder is not None
    ladder.turn()
    stage.settle()
    row = page.board.leads.visible_rows()[1]
    assert "Waiting 31 min" in row and "Told again, due now" in row


def test_calls_takes_and_undo_by_key(stage: Stage, page: LivePage, clock: Moved) -> None:
    type_lead(stage, page)
    page.typing.keep()
    stage.settle()
    page.tabs.setCurrentIndex(0)
    owner = page.board.leads.selected_record.owner
    other = "P2" if owner == "P1" else "P1"
    page.producer.setCurrentIndex(page.producer.findData(other))
    clock.move(2)
    page.board.leads.setFocus()
    stage.qtbot.keyClick(page.board.leads, Qt.Key.Key_T)
    stage.settle()
    assert stage.ask(live.live_leads, clock())[0].owner == other
    stage.qtbot.keyClick(stage.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert stage.ask(live.live_leads, clock())[0].owner == owner
    stage.qtbot.keyClick(page.board.leads, Qt.Key.Key_C)
    stage.settle()
    assert page.board.leads.selected_record.contacted_at == clock()


def test_the_queue_shows_the_task_and_lets_it_be_put_off(stage: Stage, page: LivePage, clock: Moved) -> None:
    type_lead(stage, page)
    page.typing.keep()
    stage.settle()
    ladder = stage.window.findChild(Ladder)
    assert ladder is not None
    clock.move(6)
    ladder.turn()
    stage.settle()
    page.tabs.setCurrentIndex(QUEUE)
    assert page.queue.first.text() == "Lee Lead" and "No text service is set up" in page.queue.what.text()
    page.queue.table.setFocus()
    stage.qtbot.keyClick(page.queue.table, Qt.Key.Key_S)
    assert page.queue.table.records.rowCount() == 0 and page.queue.back.isVisible()
    clock.move(61)
    page.mark_stale()
    stage.settle()
    assert page.queue.table.records.rowCount() == 1
    assert len(stage.ask(work_queue.queue, clock())) == 1


def test_a_lead_that_lacks_something_needs_attention(stage: Stage, page: LivePage) -> None:
    type_lead(stage, page, phone="")
    assert "phone" in page.typing.because.text()
    page.typing.keep()
    stage.settle()
    page.tabs.setCurrentIndex(ATTENTION)
    assert page.attention.table.visible_rows()[1][1:] == ["Lee Lead", "Lacks phone; routing needs it."]
    assert page.tabs.tabText(ATTENTION) == "Needs Attention (1)"
    with stage.qtbot.waitSignal(page.page_requested) as asked:
        stage.qtbot.keyClick(page.attention.table, Qt.Key.Key_O)
    assert asked.args is not None and asked.args[0] == "leads"


def test_what_is_typed_without_a_pause_is_held_as_it_is_typed(stage: Stage, page: LivePage) -> None:
    page.type_lead()
    field, looked = page.typing.fields["last_name"], page.typing._looking
    for letter in "Bartholomew":
        stage.qtbot.keyClicks(field, letter)
        stage.qtbot.wait(30)
    assert looked.isActive()
    held = stage.ask(typed_leads.held)["last_name"]
    assert len(held) >= 5 and "Bartholomew".startswith(held)
    page.tabs.setCurrentIndex(QUEUE)
    assert stage.ask(typed_leads.held)["last_name"] == "Bartholomew"
