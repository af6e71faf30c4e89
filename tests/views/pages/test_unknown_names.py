"""Unknown names, before and after an import: offered with a reason, never taken; rows of another period."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.services import names
from desktop.views.pages.importing.names import NamesSheet
from desktop.views.pages.importing.panes import FilePane
from desktop.views.pages.importing.preview import ImportPreview
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage

PRODUCERS = "producer_code,name\nP01,Dana Marsh\nP02,Robert Hale\nP03,Samuel Hale\n"
CALLS = """From 03/01/2026 to 03/05/2026,,
occurred_at,producer,kind
2026-03-03,Dana,call
2026-03-04,Hale,call
2026-03-05,Zed Quill,call
2026-03-06,Dana,call
"""


def write(folder: Path) -> list[Path]:
    found = []
    for name, text in (("producers.csv", PRODUCERS), ("activities.csv", CALLS)):
        (folder / name).write_text(text, encoding="utf-8")
        found.append(folder / name)
    return found


def preview(stage: Stage, folder: Path) -> ImportPreview:
    stage.window.show_page("import")
    stage.drop(stage.importing.start.drop, write(folder))
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    return view


def test_a_guess_is_offered_and_counts_only_when_it_is_taken(stage: Stage, tmp_path: Path) -> None:
    view = preview(stage, tmp_path)
    questions = view.whole.questions
    assert set(questions.offers) == {"Dana", "Hale"} and view.answers() == {}
    said = stage.said(view.whole)
    assert "perhaps Dana Marsh: the only Dana" in said and "perhaps Robert Hale: the family name" in said
    box = questions.choices["Dana"]
    assert (box.currentData(), box.itemData(1), box.itemText(1)) == (None, "P01", "Dana Marsh (P01): the only Dana")
    assert [questions.choices["Hale"].itemData(at) for at in (1, 2)] == ["P02", "P03"]
    questions.offers["Dana"].setFocus()
    stage.qtbot.keyClick(questions.offers["Dana"], Qt.Key.Key_Space)
    assert view.answers() == {"Dana": "P01"} and not questions.offers["Dana"].isEnabled()
    stage.importing.apply.click()
    stage.settle()
    assert [one.name for one in stage.ask(names.open_names).names] == ["Hale", "Zed Quill"]


def test_what_was_left_open_is_offered_later_with_the_same_reason(stage: Stage, tmp_path: Path) -> None:
    preview(stage, tmp_path)
    stage.importing.apply.click()
    stage.settle()
    stage.importing.start.names_asked.emit()
    stage.settle()
    (sheet,) = [one for one in stage.window.findChildren(NamesSheet) if one.isVisible()]
    assert find_clipped_text(sheet) == [] and find_nameless(sheet) == []
    stage.qtbot.keyClick(sheet.questions.offers["Dana"], Qt.Key.Key_Space)
    sheet.keep.click()
    stage.settle()
    assert [one.name for one in stage.ask(names.open_names).names] == ["Hale", "Zed Quill"]


def test_rows_of_another_period_are_a_question(stage: Stage, tmp_path: Path) -> None:
    view = preview(stage, tmp_path)
    view.list.setCurrentRow(2)
    pane = view.pane(2)
    assert isinstance(pane, FilePane)
    assert "1 row lies outside of 03/01/2026 – 03/05/2026, the period in the file’s title" in stage.said(pane)
    assert find_clipped_text(stage.importing) == [] and find_nameless(stage.importing) == []


def test_reading_again_does_not_forget_the_answers(stage: Stage, tmp_path: Path) -> None:
    paths = write(tmp_path)
    paths[1].write_text(CALLS + "13/45/2026,Dana,call\n", encoding="utf-8")
    stage.window.show_page("import")
    stage.drop(stage.importing.start.drop, paths)
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    view.whole.questions.offers["Dana"].click()
    view.list.setCurrentRow(2)
    pane = view.pane(2)
    assert isinstance(pane, FilePane)
    file = next(one for one in stage.importing._shown.files if one.rejected)  # type: ignore[union-attr]
    pane.retried.emit({(file.sha256, file.sheet): {7: {0: "2026-03-05"}}})
    stage.settle()
    again = stage.importing.stack.currentWidget()
    assert isinstance(again, ImportPreview) and again is not view
    assert again.answers() == {"Dana": "P01"} and again.list.currentRow() == 2
    stage.importing.cancel.click()
    stage.drop(stage.importing.start.drop, paths)
    assert stage.importing.stack.currentWidget().answers() == {}  # type: ignore[attr-defined]
