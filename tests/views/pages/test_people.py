"""The people page in the real window: adding, changing, typing pay, handing over, and taking it all back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import delete

from desktop.services import people, person_sheets
from desktop.services.people import Member
from desktop.views.pages.people import PeoplePage
from desktop.views.pages.people.asking import NewPersonDialog, RehireDialog
from desktop.views.pages.people.leaving import LeavingDialog
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.agency_files import LONG, write_agency
from tests.views.pages.conftest import NOW, Stage


def open_page(stage: Stage) -> PeoplePage:
    stage.window.show_page("people")
    stage.settle()
    page = stage.window.page("people")
    assert isinstance(page, PeoplePage)
    return page


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> PeoplePage:
    stage.take_in(write_agency(tmp_path / "agency"))
    return open_page(stage)


def pick(stage: Stage, page: PeoplePage, code: str) -> None:
    """Goes to a person and waits until the person is shown."""
    page.arrive(code)
    stage.qtbot.waitUntil(lambda: page.detail is not None and page.detail.code == code, timeout=20_000)
    stage.settle()


def member(stage: Stage, code: str) -> Member:
    found = stage.ask(people.member, code)
    assert isinstance(found, Member)
    return found


def type_fact(stage: Stage, page: PeoplePage, name: str, text: str) -> None:
    assert page.detail is not None
    edit = page.detail.facts.widgets[name]
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    stage.settle()


def names(page: PeoplePage) -> list[str]:
    return [row[0] for row in page.table.visible_rows()[1:]]


def test_an_empty_book_offers_the_first_person_and_ctrl_z_takes_it_back(stage: Stage) -> None:
    page = open_page(stage)
    assert page.stack.currentWidget() is page.empty
    page.empty.button.click()
    stage.settle()
    dialog = page.dialog
    assert isinstance(dialog, NewPersonDialog)
    dialog.name.setText("Ida Holm")
    dialog.asked.emit(dialog.code.text(), {"name": "", "role": "producer"})
    stage.settle()
    assert not dialog.form._errors[dialog.name].isHidden()
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    stage.settle()
    assert names(page) == ["Ida Holm"] and page.dialog is None
    stage.window.menus.undo_asked.emit()
    stage.settle()
    assert page.stack.currentWidget() is page.empty


def test_a_fact_is_kept_when_its_field_is_left_and_wrong_ones_are_marked(stage: Stage, page: PeoplePage) -> None:
    assert page.detail is not None
    pick(stage, page, "P01")
    type_fact(stage, page, "hired_on", "2/3/2021")
    assert member(stage, "P01").facts["hired_on"] == "2021-02-03"
    type_fact(stage, page, "left_on", "1/1/2020")
    assert "before" in stage.said(page.detail.facts)
    assert member(stage, "P01").facts["left_on"] is None
    type_fact(stage, page, "name", "Dana Harrow")
    assert "Dana Harrow" in names(page)
    assert member(stage, "P01").facts["aliases"] == "Dana Whitfield"
    stage.window.menus.undo_asked.emit()
    stage.settle()
    assert "Dana Whitfield" in names(page)


def test_what_was_refused_stays_typed_while_other_fields_are_kept_and_goes_with_esc(
    stage: Stage, page: PeoplePage
) -> None:
    assert page.detail is not None
    pick(stage, page, "P01")
    type_fact(stage, page, "email", "dana at example")
    type_fact(stage, page, "phone", "210-555-0142")
    edit = page.detail.facts.widgets["email"]
    assert isinstance(edit, QLineEdit)
    assert edit.text() == "dana at example" and "not an e-mail address" in stage.said(page.detail.facts)
    pick(stage, page, "P02")
    assert edit.text() != "dana at example"
    pick(stage, page, "P01")
    assert edit.text() == "dana at example"
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == str(member(stage, "P01").facts["email"] or "")


def test_pay_is_typed_refused_kept_and_taken_back(stage: Stage, page: PeoplePage) -> None:
    assert page.detail is not None
    pick(stage, page, "P01")
    editor = page.detail.editors["pay"]
    page.detail.tabs.setCurrentIndex(1)
    editor.type_into(0, "effective_from", "1/1/2026")
    editor.type_into(0, "salary", "lots")
    editor.keep.click()
    stage.settle()
    assert "Line 1" in editor.problem.text() and editor.lines()[0].texts["salary"] == "lots"
    editor.type_into(0, "salary", "62,500")
    editor.keep.click()
    stage.settle()
    (line,) = stage.ask(person_sheets.sheet, "P01", NOW).tables["pay"]
    assert line.texts["salary"] == "62,500"
    assert not editor.keep.isEnabled()
    stage.window.menus.undo_asked.emit()
    stage.settle()
    assert stage.ask(person_sheets.sheet, "P01", NOW).tables["pay"] == ()
    assert editor.lines() == []


def test_a_block_from_a_spreadsheet_fills_targets_with_rows_of_its_own(stage: Stage, page: PeoplePage) -> None:
    assert page.detail is not None
    pick(stage, page, "P01")
    editor = page.detail.editors["targets"]
    page.detail.tabs.setCurrentIndex(2)
    block = "\n".join(f"calls_made\t{40 + day}\t\t1/{day + 1}/2026" for day in range(9))
    QApplication.clipboard().setText(block)
    editor.grid.setFocus()
    editor.grid.setCurrentIndex(editor.grid.table.index(0, 1))
    QTest.keyClick(editor.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(editor.lines()) == 9
    editor.keep.click()
    stage.settle()
    assert len(stage.ask(person_sheets.sheet, "P01", NOW).tables["targets"]) == 9


def test_what_is_typed_for_one_person_never_lands_on_another(stage: Stage, page: PeoplePage) -> None:
    assert page.detail is not None
    pick(stage, page, "P01")
    page.detail.editors["pay"].type_into(0, "salary", "62,500")
    pick(stage, page, "P02")
    assert page.detail.editors["pay"].lines() == []


def test_agency_targets_are_typed_in_the_drawer(stage: Stage, page: PeoplePage) -> None:
    page.shared.click()
    stage.settle()
    editor = page.shared_editor
    assert editor is not None
    for name, text in (("metric", "calls_made"), ("level", "new"), ("target", "77"), ("effective_from", "1/1/2026")):
        editor.type_into(0, name, text)
    editor.keep.click()
    stage.settle()
    (line,) = stage.ask(person_sheets.shared_targets)
    assert (line.texts["metric"], line.texts["level"], line.texts["target"]) == ("Calls made", "New", "77")
    assert find_nameless(stage.window.drawer) == []


def test_a_drawer_closed_before_its_answer_came_is_left_alone(stage: Stage, page: PeoplePage) -> None:
    page.shared.click()
    stage.settle()
    editor = page.shared_editor
    assert editor is not None
    for name, text in (("metric", "Quotes"), ("level", "new"), ("target", "17"), ("effective_from", "1/1/2026")):
        editor.type_into(0, name, text)
    editor.keep.click()
    delete(editor)
    stage.settle()
    assert [line.texts["target"] for line in stage.ask(person_sheets.shared_targets)] == ["17"]
    assert stage.crashes == []


def test_somebody_leaves_with_a_preview_and_comes_back(stage: Stage, page: PeoplePage) -> None:
    assert page.detail is not None
    pick(stage, page, "P01")
    page.detail.go.click()
    stage.settle()
    dialog = page.dialog
    assert isinstance(dialog, LeavingDialog)
    assert not dialog.apply.isEnabled() and "Nobody takes over" in dialog.said.text()
    assert find_nameless(dialog) == []
    dialog.tick(0, 2)
    stage.settle()
    rows = dialog.preview.visible_rows()[1:]
    assert [row[:3] for row in rows] == [[LONG, "3", "$2,800"]]
    said = (
        "Changes hands on 03/12/2026: 3 open leads. Changes hands at once: 1 client, 1 policy in force ($1,250 a year)."
    )
    assert dialog.said.text().startswith(said)
    dialog.apply.click()
    stage.settle()
    gone = member(stage, "P01")
    assert gone.facts["left_on"] == "2026-03-11"
    assert stage.ask(person_sheets.sheet, "P02", NOW.replace(day=13)).open_leads == 3
    stage.window.menus.undo_asked.emit()
    stage.settle()
    assert member(stage, "P01").facts["left_on"] is None
    assert stage.ask(person_sheets.sheet, "P01", NOW.replace(day=13)).open_leads == 3


def test_a_dialog_closed_before_its_answer_came_is_left_alone(stage: Stage, page: PeoplePage) -> None:
    assert page.detail is not None
    pick(stage, page, "P01")
    page.detail.go.click()
    assert isinstance(page.dialog, LeavingDialog)
    page.dialog.reject()
    page._on_add_asked()
    stage.settle()
    assert isinstance(page.dialog, NewPersonDialog)
    page.dialog.asked.emit("P09", {"name": "Ida Holm", "role": "csr"})
    page.dialog.reject()
    stage.settle()
    assert page.dialog is None and "Ida Holm" in names(page) and stage.crashes == []


def test_one_who_left_comes_back(stage: Stage, page: PeoplePage) -> None:
    assert page.detail is not None
    pick(stage, page, "P01")
    assert page.detail.rest.isHidden()
    type_fact(stage, page, "left_on", "1/30/2026")
    assert names(page)[-1] == "Dana Whitfield" and "Left 01/30/2026" in page.detail.said.text()
    page.detail.rest.click()
    stage.settle()
    assert isinstance(page.dialog, LeavingDialog) and page.dialog.order.last_day == date(2026, 1, 30)
    page.dialog.reject()
    page.detail.go.click()
    stage.settle()
    assert isinstance(page.dialog, RehireDialog) and page.dialog.chosen == NOW.date()
    page.dialog.day.setDate(QDate(2026, 1, 20))
    assert page.dialog.chosen == date(2026, 1, 31)
    page.dialog.day.setDate(QDate(2026, 3, 9))
    page.dialog.accept()
    stage.settle()
    assert member(stage, "P01").active
    assert len(stage.ask(person_sheets.sheet, "P01", NOW).tables["availability"]) == 1


def test_hire_dates_sort_as_days_not_as_texts(stage: Stage, page: PeoplePage) -> None:
    for code, day in (("P01", "12/1/2019"), ("P02", "2/1/2023")):
        pick(stage, page, code)
        type_fact(stage, page, "hired_on", day)
    page.table.sortByColumn(page.model.column_of("hired_on"), Qt.SortOrder.AscendingOrder)
    hired = [row[4] for row in page.table.visible_rows()[1:] if row[4]]
    assert hired.index("12/01/2019") < hired.index("02/01/2023")


def test_nothing_is_cut_off_or_nameless(stage: Stage, page: PeoplePage) -> None:
    assert page.detail is not None
    for at in range(page.detail.tabs.count()):
        page.detail.tabs.setCurrentIndex(at)
        stage.settle()
        assert find_nameless(page) == []
        assert find_clipped_text(page) == []
