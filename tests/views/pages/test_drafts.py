"""Cells typed into grids and not kept yet outlive a crash, another person chosen between, and are gone once kept."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from desktop.models.journal import Author
from desktop.services import books, demo
from desktop.views.dialogs.gridding import GridEditor
from desktop.views.pages.people import PeoplePage
from desktop.views.pages.settings import SettingsPage
from tests.views.pages.conftest import Stage

AUTHOR = Author("test", "2026-03-11T09:00:00")

OPEN = """
import os, sys
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from desktop import app
from desktop.app import tour
from desktop.services import books
file, now = Path(sys.argv[1]), datetime(2026, 3, 11, 9, 30)
keys = books.PassphraseKeys("a throwaway passphrase")
opened = lambda: books.open_book(file, keys=keys)
desk = app.build(app.Options(opened, lambda book: book.close(), file, "", lambda: now))
desk.window.resize(1366, 768)
desk.window.show()
desk.window.show_page("settings")
desk.window.show_page("people")
tour.settle(desk)
settings, people = desk.window.page("settings"), desk.window.page("people")
for section in ("carriers", "hours", "routing", "holidays", "signing"):
    settings.show_section(section)
tour.settle(desk)
carriers, pay = settings.panels["carriers"].editors["carriers"], people.detail.editors["pay"]
monday, tuesday = settings.panels["hours"].days[:2]
cap = settings.panels["routing"].form.widgets["routing.cap_active"]
day, authority = settings.panels["holidays"].day, settings.sealing.panel.authority
def type_over(edit, text):
    edit.selectAll()
    QTest.keyClicks(edit, text)
"""
CRASH = """
carriers.type_into(0, "carrier", "Juniper Mutual")
pay.type_into(0, "salary", "forty thousand")
type_over(monday.end, "7:3")
type_over(tuesday.start, "early")
QTest.keyClick(tuesday.start, Qt.Key.Key_Return)
type_over(cap, "many")
QTest.keyClick(cap, Qt.Key.Key_Return)
day.setSelectedSection(day.Section.MonthSection)
QTest.keyClicks(day, "12")
QTest.keyClick(day, Qt.Key.Key_Up)
type_over(authority, "http://stamp")
QTest.qWait(500)
tour.settle(desk)
print("typed", flush=True)
os._exit(9)
"""
LOOK = """
print(carriers.lines()[0].texts["carrier"], carriers.offered.isHidden(), carriers.keep.isEnabled())
print(pay.lines()[0].texts["salary"], pay.offered.isHidden(), pay.keep.isEnabled())
print(monday.end.text(), tuesday.start.text(), cap.text(), tuesday.end.text(), day.text(), authority.text(), flush=True)
desk.window.close()
desk.close()
"""


def run(script: str, file: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", OPEN + script, str(file)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode in (0, 9), done.stderr
    return done.stdout.strip()


def test_cells_typed_before_a_crash_are_offered_again(home: Path) -> None:
    file = home / "agency.pdesk"
    book = books.open_book(file, keys=books.PassphraseKeys("a throwaway passphrase"))
    demo.fill(book, AUTHOR, date(2026, 3, 6), 2, 1)
    book.close()
    assert run(CRASH, file) == "typed"
    grids = ["Juniper Mutual False True", "forty thousand False True"]
    fields = "7:3 early many 6:00 PM 12/12/2026 http://stamp"
    assert run(LOOK, file).splitlines() == [*grids, fields]


@pytest.fixture
def filled(stage: Stage) -> Stage:
    stage.ask(demo.fill, AUTHOR, date(2026, 3, 6), 2, 1)
    stage.window.note_change()
    return stage


def people(stage: Stage) -> PeoplePage:
    stage.window.show_page("people")
    stage.settle()
    page = stage.window.page("people")
    assert isinstance(page, PeoplePage)
    return page


def pay(page: PeoplePage) -> GridEditor:
    assert page.detail is not None
    return page.detail.editors["pay"]


def choose(stage: Stage, page: PeoplePage, row: int) -> None:
    page.table.setCurrentIndex(page.table.model().index(row, 1))
    stage.settle()


def test_another_person_between_loses_nothing_and_gets_nothing(filled: Stage) -> None:
    page = people(filled)
    choose(filled, page, 0)
    pay(page).type_into(0, "salary", "oops")
    choose(filled, page, 1)
    assert all(line.texts["salary"] != "oops" for line in pay(page).lines())
    assert not pay(page).dirty
    choose(filled, page, 0)
    assert pay(page).lines()[0].texts["salary"] == "oops"
    assert pay(page).offered.isVisibleTo(pay(page))


def test_what_was_given_up_or_kept_is_not_offered_again(filled: Stage) -> None:
    filled.window.show_page("settings")
    filled.settle()
    page = filled.window.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("lines")
    editor = page.panels["lines"].editors["lines"]
    first = editor.lines()[0].texts
    column = next(name for name, text in first.items() if text)
    for button in (editor.leave, editor.keep):
        editor.type_into(0, column, "Cyber Liability" if button is editor.keep else "no number of anything")
        filled.qtbot.wait(400)
        filled.settle()
        button.click()
        filled.settle()
        editor.put_aside()
        page.refresh()
        filled.settle()
        assert not editor.dirty, button.text()
        assert editor.offered.isHidden()


def test_a_draft_of_pay_is_not_shown_while_pay_is_hidden(filled: Stage) -> None:
    page = people(filled)
    choose(filled, page, 0)
    pay(page).type_into(0, "salary", "987654")
    filled.window.hide_pay(True)
    filled.settle()
    assert all("987654" not in line.texts.values() for line in pay(page).lines())
    filled.window.hide_pay(False)
    filled.settle()
    assert pay(page).lines()[0].texts["salary"] == "987654"
