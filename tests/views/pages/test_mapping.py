"""The mapping page in the real window: describe an unknown file, see what can be read, keep it, share it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.models import contents
from desktop.services import mappings
from desktop.views import theme
from desktop.views.pages.importing.mapping import MappingView
from desktop.views.pages.importing.panes import FilePane
from desktop.views.pages.importing.preview import ImportPreview
from desktop.views.pages.importing.profiles import ProfilesSheet
from tests.services.test_mappings import write_deals
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages import agency_files
from tests.views.pages.conftest import Stage


def drop(stage: Stage, *paths: Path) -> ImportPreview:
    stage.window.show_page("import")
    stage.drop(stage.importing.start.drop, list(paths))
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    return view


def describe(stage: Stage, path: Path) -> MappingView:
    """Drops the file and follows the way to the mapping page."""
    view = drop(stage, path)
    row = next(at for at in range(view.list.count()) if view.list.item(at).text().startswith(path.name[:8]))
    view.list.setCurrentRow(row)
    pane = view.panes.currentWidget()
    assert isinstance(pane, FilePane)
    pane.describe.click()
    return opened(stage)


def opened(stage: Stage) -> MappingView:
    quiet(stage)
    view = stage.importing.describer.view
    assert view is not None and stage.importing.stack.currentWidget() is view
    return view


def quiet(stage: Stage) -> None:
    """Waits until the last change was tried."""
    stage.settle()
    stage.qtbot.wait(320)
    stage.settle()


def say(stage: Stage, view: MappingView, word: str, meaning: str) -> None:
    words = view.forms[0].rows["stage"].words
    assert words is not None
    words.choices[word].choose(meaning)
    quiet(stage)


def test_unknown_file_is_shown_first_described_kept_and_imported(stage: Stage, tmp_path: Path) -> None:
    path = write_deals(tmp_path)
    view = drop(stage, *agency_files.write_agency(tmp_path / "drop"), path)
    pane = view.panes.currentWidget()
    assert isinstance(pane, FilePane) and pane.describe.text() == "Say What Its Columns Are…"
    pane.describe.click()
    described = opened(stage)
    assert not stage.importing.apply.isVisible() and not stage.importing.profiles.isVisible()
    assert described.row_is.currentData() == "leads" and described.name.text() == "sales pipeline"
    assert "rejected" in stage.said(described)
    say(stage, described, "Engaging", "contacted")
    assert "40 rows of 40 rows" not in stage.said(described)
    assert "40 of 40 rows can be read. They make: leads 40." in stage.said(described)
    described.save.click()
    stage.settle()
    again = stage.importing.stack.currentWidget()
    assert isinstance(again, ImportPreview)
    assert any("sales pipeline" in again.list.item(at).toolTip() for at in range(again.list.count()))
    stage.importing.apply.click()
    stage.settle()
    assert stage.ask(contents.count, "leads") == 43


def test_saved_profile_is_recognised_next_time_and_can_be_changed(stage: Stage, tmp_path: Path) -> None:
    described = describe(stage, write_deals(tmp_path))
    say(stage, described, "Engaging", "contacted")
    described.name.setText("CRM deals")
    described.save.click()
    stage.settle()
    other = write_deals(tmp_path, 25, "march.csv")
    pane_view = drop_again(stage, other)
    pane_view.list.setCurrentRow(1)
    pane = pane_view.panes.currentWidget()
    assert isinstance(pane, FilePane) and pane.describe.text() == "Change the Columns…"
    assert "CRM deals" in stage.said(pane)
    pane.describe.click()
    changed = opened(stage)
    assert changed.name.text() == "CRM deals"
    words = changed.forms[0].rows["stage"].words
    assert words is not None and dict(words.said())["Engaging"] == "contacted"
    changed.back.click()
    assert stage.importing.stack.currentWidget() is pane_view and stage.importing.apply.isVisible()


def drop_again(stage: Stage, path: Path) -> ImportPreview:
    stage.importing.cancel.click()
    stage.settle()
    return drop(stage, path)


def test_what_is_needed_is_asked_and_nothing_is_kept_before(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "mystery.csv"
    path.write_text("When,Person,Remark\n3/2/2026,Mara,hello\n3/3/2026,Devon,\nlater,Devon,\n", encoding="utf-8")
    view = describe(stage, path)
    assert view.forms == [] and "What is one row of this file?" in stage.said(view)
    assert not view.save.isEnabled()
    view.row_is.choose("activities")
    view.row_is.activated.emit(view.row_is.currentIndex())
    quiet(stage)
    assert "Still needed: occurred at, producer, kind." in stage.said(view)
    assert "Needed: choose a column or a value." in stage.said(view.forms[0])
    rows = view.forms[0].rows
    rows["occurred_at"].source.choose("heading:When")
    rows["producer"].source.choose("heading:Person")
    quiet(stage)
    assert "Still needed: kind. So far 2 of 3 rows can be read; 1 rejected." in stage.said(view)
    rows["kind"].source.choose("same")
    assert not rows["kind"].value.isHidden()
    quiet(stage)
    assert not view.save.isEnabled()
    rows["kind"].value.choose("call")
    quiet(stage)
    assert view.save.isEnabled()
    assert "2 of 3 rows can be read; 1 rejected. They make: activities 2." in stage.said(view)
    cells = view.reasons.view.visible_rows()[1]
    assert (cells[1], cells[3], cells[4]) == ("When", "4", "later")
    goes = {row[0]: row[2] for row in view.columns.view.visible_rows()[1:]}
    assert goes == {"When": "activities: occurred at", "Person": "activities: producer", "Remark": "kept as a note"}


def test_rows_become_a_further_table_and_no_longer(stage: Stage, tmp_path: Path) -> None:
    view = describe(stage, write_deals(tmp_path))
    view.also.choose("stages")
    view.also.activated.emit(view.also.currentIndex())
    quiet(stage)
    assert [form.table for form in view.forms] == ["leads", "stages"]
    assert "Still needed" in stage.said(view) and view.tabs.currentIndex() == 1
    assert view.layout_said().parts[1].columns != ()
    view.forms[1].remove_asked.emit()
    quiet(stage)
    assert [form.table for form in view.forms] == ["leads"] and "Still needed" not in stage.said(view)


def test_a_name_that_is_taken_is_said_and_the_work_stays(stage: Stage, tmp_path: Path) -> None:
    view = describe(stage, write_deals(tmp_path))
    view.name.setText("template_leads")
    view.save.click()
    stage.settle()
    assert "There is a profile template_leads already." in stage.said(stage.importing)
    assert stage.importing.stack.currentWidget() is view
    view.name.clear()
    assert not view.save.isEnabled()


def test_a_name_under_way_outlives_a_crash_and_goes_with_back(stage: Stage, tmp_path: Path) -> None:
    path = write_deals(tmp_path)
    view = describe(stage, path)
    proposed = view.name.text()
    view.name.selectAll()
    QTest.keyClicks(view.name, "Deals of the br")
    quiet(stage)
    stage.importing.describer.close()
    view = describe(stage, path)
    assert view.name.text() == "Deals of the br"
    view.back.click()
    stage.settle()
    assert describe(stage, path).name.text() == proposed


def by_tab(stage: Stage, start: QWidget, most: int = 120) -> list[QWidget]:
    """What the Tab key comes by until it is back at `start`."""
    start.setFocus()
    found: list[QWidget] = []
    for _ in range(most):
        stage.window.focusWidget().focusNextChild()
        found.append(stage.window.focusWidget())
        if found[-1] is start:
            break
    return found


def test_it_goes_by_keys_alone(stage: Stage, tmp_path: Path) -> None:
    view = describe(stage, write_deals(tmp_path))
    assert view.forms[0].isAncestorOf(stage.window.focusWidget())
    source = view.forms[0].rows["line"].source
    source.setFocus()
    stage.qtbot.keyClick(source, Qt.Key.Key_Home)
    quiet(stage)
    assert "line" not in dict(view.layout_said().parts[0].columns)
    stage.qtbot.keyClick(source, Qt.Key.Key_End)
    assert dict(view.layout_said().parts[0].columns)["line"] == "close_value"
    quiet(stage)
    reached = by_tab(stage, view.row_is)
    for wanted in (view.save, view.back, view.also, view.name, source, view.columns.view):
        assert wanted in reached
    view.save.setFocus()
    stage.qtbot.keyClick(view.save, Qt.Key.Key_Space)
    quiet(stage)
    assert isinstance(stage.importing.stack.currentWidget(), ImportPreview)


def test_the_wheel_scrolls_the_form_and_changes_no_choice(stage: Stage, tmp_path: Path) -> None:
    view = describe(stage, write_deals(tmp_path))
    source = view.forms[0].rows["line"].source
    view.save.setFocus()
    before = source.currentIndex()
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(source, turn)
    assert source.currentIndex() == before


@pytest.mark.parametrize(("width", "height"), [(1100, 700), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_every_control_is_named_and_nothing_is_cut(
    stage: Stage, tmp_path: Path, width: int, height: int, scheme: theme.Scheme
) -> None:
    stage.window.resize(width, height)
    theme.current().set_choice(scheme)
    view = describe(stage, write_deals(tmp_path))
    assert find_nameless(view) == []
    assert find_clipped_text(view) == []
    foot = view.reasons.mapTo(stage.window, QPoint(0, view.reasons.height()))
    assert height < 768 or foot.y() <= stage.window.height()


# --- the list of profiles -------------------------------------------------------------------------------------------


def sheet(stage: Stage) -> ProfilesSheet:
    stage.importing.profiles.click()
    stage.settle()
    found = [one for one in stage.window.findChildren(ProfilesSheet) if one.isVisible()]
    return found[-1]


def test_empty_list_says_how_a_profile_comes_about(stage: Stage) -> None:
    stage.window.show_page("import")
    stage.settle()
    empty = sheet(stage)
    assert "None yet." in stage.said(empty) and empty.add.isVisible() and not empty.list.isVisible()
    assert find_nameless(empty) == []


def test_profiles_are_renamed_shared_deleted_and_added(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = describe(stage, write_deals(tmp_path))
    described.save.click()
    stage.settle()
    stage.importing.cancel.click()
    stage.settle()
    shown = sheet(stage)
    assert shown.list.item(0).text() == "sales pipeline\nleads · 7 columns"
    assert not shown.rename.isEnabled()
    shown.name.selectAll()
    QTest.keyClicks(shown.name, "CRM deals")
    stage.qtbot.wait(200)
    stage.settle()
    shown = sheet(stage)
    assert shown.name.text() == "CRM deals" and shown.rename.isEnabled() and shown.note.isVisible()
    stage.qtbot.keyClick(shown.name, Qt.Key.Key_Return)
    stage.settle()
    target = tmp_path / "shared.profile.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    sheet(stage).share.click()
    stage.settle()
    sheet(stage).delete.click()
    stage.settle()
    assert stage.ask(mappings.listed) == []
    sheet(stage).add.click()
    stage.settle()
    assert [one.name for one in stage.ask(mappings.listed)] == ["CRM deals"]
    target.write_text("no profile", encoding="utf-8")
    sheet(stage).add.click()
    stage.settle()
    assert "is no profile of Producer Desk" in stage.said(stage.importing)
