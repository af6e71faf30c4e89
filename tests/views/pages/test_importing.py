"""The import page in the real window: drop, preview, questions, import, history, undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog, QTabWidget

from desktop.core.periods import Period, end_of
from desktop.models import contents
from desktop.services import previews
from desktop.services.dashboard import dashboard
from desktop.services.figures import Panel
from desktop.views import theme
from desktop.views.pages.importing.history import RunSheet
from desktop.views.pages.importing.names import NamesSheet
from desktop.views.pages.importing.panes import FilePane
from desktop.views.pages.importing.parts import Rejected
from desktop.views.pages.importing.preview import ImportPreview
from desktop.views.pages.importing.start import HintList
from desktop.views.tables import RecordTableView
from desktop.views.tables.editing import EditingGrid
from desktop.views.widgets.drop import DropVeil
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages import agency_files
from tests.views.pages.conftest import Stage


def open_preview(stage: Stage, paths: list[Path]) -> ImportPreview:
    stage.window.show_page("import")
    stage.drop(stage.importing.start.drop, paths)
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    return view


def choose_file(view: ImportPreview, name: str) -> FilePane:
    row = next(at for at in range(view.list.count()) if view.list.item(at).text().startswith(name))
    view.list.setCurrentRow(row)
    pane = view.panes.currentWidget()
    assert isinstance(pane, FilePane)
    return pane


def counts(stage: Stage) -> dict[str, int]:
    tables = ("producers", "leads", "quotes", "policies", "activities")
    return {table: stage.ask(contents.count, table) for table in tables}


def test_several_files_are_dropped_previewed_and_imported(stage: Stage, tmp_path: Path) -> None:
    page = stage.importing
    view = open_preview(stage, agency_files.write_agency(tmp_path / "drop"))
    assert page.apply.text() == "Import 13 rows"
    assert [view.list.item(at).text().split("\n")[0] for at in range(view.list.count())] == [
        "The whole import", "producers.csv", "leads.csv", "policies.csv", "quotes.csv", "activities.csv",
    ]  # fmt: skip
    assert "1 of 5 rows rejected" in view.list.item(5).text()
    assert set(counts(stage).values()) == {0}
    page.apply.click()
    stage.settle()
    assert counts(stage) == {"producers": 2, "leads": 3, "quotes": 3, "policies": 1, "activities": 4}
    said = stage.said(page)
    assert "Imported: 13 rows new." in said
    assert "1 row rejected" in said and "1 name not answered" in said
    run = page.start.model.row_at(0)
    cells = page.start.table.visible_rows()[1]
    assert (cells[1], cells[2], cells[4], cells[7]) == (run.label, "5", "13", "1")


def test_folder_and_zip_are_dropped_anywhere(stage: Stage, tmp_path: Path) -> None:
    files = agency_files.write_agency(tmp_path / "drop")
    packed = agency_files.pack(tmp_path / "week.zip", files[:2])
    stage.window.show_page("producers")
    veil = stage.window.findChild(DropVeil)
    stage.drop(stage.window.centralWidget(), [tmp_path / "drop", packed], on=veil)
    assert stage.window.current_page is stage.importing
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    names = [view.list.item(at).text().split("\n")[0] for at in range(view.list.count())]
    assert "week.zip/producers.csv" in names and "activities.csv" in names


def test_cancel_leaves_nothing_behind(stage: Stage, tmp_path: Path) -> None:
    open_preview(stage, agency_files.write_agency(tmp_path / "drop"))
    stage.importing.cancel.click()
    stage.settle()
    assert stage.importing.stack.currentWidget() is stage.importing.start
    assert set(counts(stage).values()) == {0}
    assert stage.ask(previews.history) == []
    assert not stage.importing.apply.isVisible()


def test_reading_can_be_stopped(stage: Stage, tmp_path: Path) -> None:
    stage.window.show_page("import")
    stage.importing.read_files(agency_files.write_agency(tmp_path / "drop"))
    stage.importing.working.stop.click()
    stage.settle()
    assert stage.importing.stack.currentWidget() is stage.importing.start


def test_newer_drop_replaces_the_one_before(stage: Stage, tmp_path: Path) -> None:
    files = agency_files.write_agency(tmp_path / "drop")
    stage.window.show_page("import")
    stage.importing.read_files(files)
    stage.importing.read_files(files[:1])
    stage.settle()
    assert stage.importing.apply.text() == "Import 2 rows"


def test_drop_during_an_import_is_put_off(stage: Stage, tmp_path: Path) -> None:
    files = agency_files.write_agency(tmp_path / "drop")
    open_preview(stage, files[:1])
    stage.importing.apply.click()
    stage.importing.read_files(files)
    stage.settle()
    assert stage.importing.stack.currentWidget() is stage.importing.start
    assert counts(stage) == {"producers": 2, "leads": 0, "quotes": 0, "policies": 0, "activities": 0}


def test_stopped_import_leaves_the_preview_and_changes_nothing(stage: Stage, tmp_path: Path) -> None:
    view = open_preview(stage, agency_files.write_agency(tmp_path / "drop"))
    stage.importing.apply.click()
    stage.importing.working.stop.click()
    stage.settle()
    assert stage.importing.stack.currentWidget() is view
    assert "Stopped. Nothing was changed." in stage.said(stage.importing)
    assert set(counts(stage).values()) == {0}
    stage.importing.apply.click()
    stage.settle()
    assert counts(stage)["activities"] == 4


def test_rejected_row_is_shown_with_line_column_value_and_reason(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = choose_file(open_preview(stage, agency_files.write_agency(tmp_path / "drop")), "activities.csv")
    tabs = pane.findChild(QTabWidget)
    tabs.setCurrentIndex(2)
    assert tabs.tabText(2) == "Rejected (1)"
    grid = tabs.currentWidget().findChild(EditingGrid)
    assert isinstance(grid, EditingGrid)
    ((line, cells, reason),) = grid.table.current_rows()
    assert (line, cells[0]) == (6, "13/45/2026") and reason
    target = tmp_path / "rejected.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    pane.rejects_asked.emit([Rejected(6, "occurred_at", "=1+1", reason)])
    stage.settle()
    heading, row = target.read_text(encoding="utf-8-sig").splitlines()
    assert heading == "Line,Column,Value,Reason"
    assert row.startswith("6,occurred_at,'=1+1,")


def test_file_without_dates_asks_for_its_period_and_is_read_again(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    view = open_preview(stage, [*agency_files.write_agency(folder), agency_files.write_totals(folder)])
    pane = view.panes.currentWidget()
    assert isinstance(pane, FilePane)
    assert "totals.csv has no dates." in stage.said(pane)
    assert pane.start.date().toPython() == date(2026, 3, 2)
    assert pane.end.date().toPython() == date(2026, 3, 8)
    pane.read_again.click()
    stage.settle()
    again = stage.importing.stack.currentWidget()
    assert isinstance(again, ImportPreview) and again is not view
    assert stage.importing.apply.text() == "Import 15 rows"


def test_unknown_name_is_answered_with_a_person_of_the_same_drop_and_remembered(stage: Stage, tmp_path: Path) -> None:
    files = agency_files.write_agency(tmp_path / "drop")
    view = open_preview(stage, files)
    (box,) = view.whole.questions.choices.values()
    assert [box.itemText(at) for at in range(box.count())] == [
        "Decide later (stays unassigned)",
        f"{agency_files.LONG} (P02)",
        "Dana Whitfield (P01)",
        "A new producer of ours",
        "Not one of ours",
    ]
    box.setCurrentIndex(box.findData("P01"))
    stage.importing.apply.click()
    stage.settle()
    assert "not answered" not in stage.said(stage.importing)
    later = [("03/05/2026", "J. Doe & Sons", "call", 2)]
    more = agency_files.write(tmp_path / "later.csv", ("occurred_at", "producer", "kind", "count"), later)
    assert open_preview(stage, [more]).whole.questions.choices == {}
    stage.importing.apply.click()
    stage.settle()
    stage.window.show_page("producers")
    stage.producers.picker.go_back()
    stage.settle()
    dana = next(row for row in map(stage.producers.model.row_at, range(4)) if row.scope == "P01")
    assert dana.figure("calls_made").value == 30 + 25 + 4 + 2


def test_name_left_open_is_answered_later_and_the_answer_undone(stage: Stage, tmp_path: Path) -> None:
    stage.take_in(agency_files.write_agency(tmp_path / "drop"))
    page = stage.importing
    assert page.start.names.isVisible() and page.start.names.text() == "Name Unknown Person…"
    page.start.names.click()
    stage.settle()
    sheet = stage.window.drawer.current_widget
    assert isinstance(sheet, NamesSheet)
    box = sheet.questions.choices["J. Doe & Sons"]
    box.setCurrentIndex(box.findData("P02"))
    sheet.keep.click()
    stage.settle()
    assert not page.start.names.isVisible()
    assert "Every name is answered." in stage.said(stage.window.drawer)
    calls = {panel.producer: panel.metrics["calls_made"].value for panel in week(stage)}
    assert calls == {"P01": 55, "P02": 24, None: 0}
    stage.window.menus.undo_asked.emit()
    stage.settle()
    calls = {panel.producer: panel.metrics["calls_made"].value for panel in week(stage)}
    assert calls == {"P01": 55, "P02": 20, None: 4}
    assert page.start.names.isVisible()


def test_name_becomes_a_new_producer(stage: Stage, tmp_path: Path) -> None:
    view = open_preview(stage, agency_files.write_agency(tmp_path / "drop")[-1:])
    for box in view.whole.questions.choices.values():
        box.setCurrentIndex(box.findText("A new producer of ours"))
    stage.importing.apply.click()
    stage.settle()
    assert "not answered" not in stage.said(stage.importing)
    found = {panel.producer_name: panel.metrics["calls_made"].value for panel in week(stage)}
    assert found == {"Dana Whitfield": 55, agency_files.LONG: 20, "J. Doe & Sons": 4, "Unassigned": 0}
    assert not stage.importing.start.names.isVisible()


def week(stage: Stage) -> tuple[Panel, ...]:
    period = Period(date(2026, 3, 2), date(2026, 3, 8))
    return stage.ask(dashboard, period, end_of(period.end)).producers  # type: ignore[no-any-return]


def test_file_that_is_not_recognised_is_left_out_and_says_so(stage: Stage, tmp_path: Path) -> None:
    strange = agency_files.write(tmp_path / "strange.csv", ("a", "b"), [(1, 2)])
    view = open_preview(stage, [strange])
    assert "Left out" in view.list.item(1).text()
    assert "strange.csv is not recognised." in stage.said(view)
    assert stage.importing.apply.text() == "Nothing New to Import"
    assert not stage.importing.apply.isEnabled()


def test_nothing_to_read_is_said_on_the_page(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    stage.window.show_page("import")
    stage.drop(stage.importing.start.drop, [tmp_path / "empty"])
    assert stage.importing.stack.currentWidget() is stage.importing.start
    assert "There is nothing to import in it." in stage.said(stage.importing)


def test_same_files_again_change_nothing(stage: Stage, tmp_path: Path) -> None:
    files = agency_files.write_agency(tmp_path / "drop")
    stage.take_in(files)
    open_preview(stage, files)
    assert stage.importing.apply.text() == "Nothing New to Import"


def test_import_is_undone_in_words(stage: Stage, tmp_path: Path) -> None:
    stage.take_in(agency_files.write_agency(tmp_path / "drop"))
    stage.importing.start.undo.click()
    stage.settle()
    # thirteen rows, and the client who came with a policy
    assert "14 records removed, 0 set back." in stage.said(stage.importing)
    assert set(counts(stage).values()) == {0}
    assert stage.importing.start.table.visible_rows()[1][8] == "Undone 03/11/2026"
    assert not stage.importing.start.undo.isEnabled()


def test_newest_import_is_the_one_to_undo(stage: Stage, tmp_path: Path) -> None:
    files = agency_files.write_agency(tmp_path / "drop")
    stage.take_in(files[:1])
    stage.take_in(files[1:])
    chosen = stage.importing.start.table.selected_record
    assert chosen is not None and chosen.label == "leads.csv and 3 more"
    stage.importing.start.undo.click()
    stage.settle()
    assert counts(stage) == {"producers": 2, "leads": 0, "quotes": 0, "policies": 0, "activities": 0}
    assert stage.importing.start.table.selected_record.run == chosen.run


def test_import_of_the_past_shows_its_files_and_rejects(stage: Stage, tmp_path: Path) -> None:
    stage.take_in(agency_files.write_agency(tmp_path / "drop"))
    stage.importing.start.open.click()
    sheet = stage.window.drawer.current_widget
    assert isinstance(sheet, RunSheet)
    assert "activities.csv template · 5 rows" in stage.said(sheet)
    opener = next(button for button in sheet._buttons(stage.importing.start.model.row_at(0).files[-1]))
    assert opener.text() == "Rejected (1)"
    opener.click()
    table = stage.window.drawer.current_widget.findChild(RecordTableView)
    assert table.visible_rows()[1][:3] == ["6", "occurred_at", "13/45/2026"]


def test_empty_page_names_the_reports_to_run(stage: Stage) -> None:
    stage.window.show_page("import")
    stage.settle()
    said = stage.said(stage.importing)
    assert "Nothing is imported yet" in said and "EZLynx" in said and "Phone system" in said


def test_empty_templates_are_saved(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "templates"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    stage.window.show_page("import")
    stage.settle()
    stage.importing.findChild(HintList).templates.click()
    stage.settle()
    assert (folder / "policies.csv").is_file()


def test_history_is_exported(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.take_in(agency_files.write_agency(tmp_path / "drop"))
    target = tmp_path / "imports.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    stage.importing.export("history")
    stage.settle()
    heading, row = target.read_text(encoding="utf-8-sig").splitlines()
    assert heading.startswith("When,What,Files,Rows,New")
    assert row.startswith("2026-03-11 09:30,producers.csv and 4 more,5,14,13,")


def test_history_is_printed(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.take_in(agency_files.write_agency(tmp_path / "drop"))
    printed = tmp_path / "printed.pdf"
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: self.printer().setOutputFileName(str(printed)) or 1)
    assert stage.importing.print_page()
    stage.settle()
    assert len(PdfReader(printed).pages) == 1


def test_dialogs_offer_files_and_folders(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = agency_files.write_agency(tmp_path / "drop")
    stage.window.show_page("import")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(files[0])], ""))
    stage.importing.start.drop.button.click()
    stage.settle()
    assert stage.importing.apply.text() == "Import 2 rows"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "drop"))
    stage.importing.cancel.click()
    stage.importing.start.folder.click()
    stage.settle()
    assert stage.importing.apply.text() == "Import 13 rows"


def test_keyboard_alone_imports(stage: Stage, tmp_path: Path) -> None:
    view = open_preview(stage, agency_files.write_agency(tmp_path / "drop"))
    assert view.list.hasFocus() or stage.window.focusWidget() is view.list
    stage.qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert isinstance(view.panes.currentWidget(), FilePane)
    stage.importing.apply.setFocus()
    stage.qtbot.keyClick(stage.importing.apply, Qt.Key.Key_Space)
    stage.settle()
    assert counts(stage)["producers"] == 2


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
@pytest.mark.parametrize("size", [(1100, 700), (1366, 768), (1920, 1080)])
def test_nothing_is_clipped_or_nameless_in_any_state(
    stage: Stage, tmp_path: Path, look: theme.Theme, scheme: theme.Scheme, size: tuple[int, int]
) -> None:
    look.set_choice(scheme)
    stage.window.resize(*size)
    stage.window.show_page("import")
    stage.settle()
    folder = tmp_path / "drop"
    paths = [*agency_files.write_agency(folder), agency_files.write_totals(folder)]

    def look_at() -> None:
        stage.settle()
        assert find_clipped_text(stage.window) == []
        assert find_nameless(stage.window) == []

    look_at()
    view = open_preview(stage, paths)
    for row in range(view.list.count()):
        view.list.setCurrentRow(row)
        for tabs in view.panes.currentWidget().findChildren(QTabWidget):
            for tab in range(tabs.count()):
                tabs.setCurrentIndex(tab)
                look_at()
        look_at()
    stage.importing.apply.click()
    stage.settle()
    look_at()
    stage.importing.start.open.click()
    look_at()


def test_the_status_line_says_through_when_the_data_counts(stage: Stage, tmp_path: Path) -> None:
    assert "Data through" not in stage.said(stage.window.status)
    file = tmp_path / "activities.csv"
    file.write_text("occurred_at,producer,kind\n2026-03-09,P01,call\n2026-03-10,P01,email\n", encoding="utf-8")
    stage.take_in([file])
    assert "Data through Mar 10, 2026" in stage.said(stage.window.status)
