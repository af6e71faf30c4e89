"""Stated totals in the preview and on the coverage page, with the records behind ours by keys alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget

from desktop.views import theme
from desktop.views.dialogs.record import RecordSheet
from desktop.views.dialogs.records import RecordsSheet
from desktop.views.pages.coverage import CoveragePage
from desktop.views.pages.importing.preview import ImportPreview
from tests.services.test_stated import ACTIVE, POLICIES, PRODUCERS, SALES
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage

WEEK = (date(2026, 3, 1), date(2026, 3, 31))


def read(stage: Stage, folder: Path) -> ImportPreview:
    paths = []
    for name, text in (("producers.csv", PRODUCERS), ("policies.csv", POLICIES), ("sales.csv", SALES)):
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    stage.window.show_page("import")
    stage.importing.read_files(paths, WEEK)
    stage.settle()
    view = stage.importing.stack.currentWidget()
    assert isinstance(view, ImportPreview)
    return view


def fill(stage: Stage, folder: Path) -> CoveragePage:
    read(stage, folder)
    stage.importing.apply.click()
    stage.settle()
    stage.window.show_page("coverage")
    stage.settle()
    page = stage.window.page("coverage")
    assert isinstance(page, CoveragePage)
    return page


def test_the_preview_shows_them_beside_ours(stage: Stage, tmp_path: Path) -> None:
    view = read(stage, tmp_path)
    view.list.setCurrentRow(3)
    pane = view.pane(3)
    assert "1 total agrees with the book, 1 total differs, 1 total cannot be compared" in stage.said(pane)
    (tabs,) = pane.findChildren(QTabWidget)
    assert "Beside ours (3)" in [tabs.tabText(at) for at in range(tabs.count())]
    assert find_clipped_text(stage.importing) == [] and find_nameless(stage.importing) == []


def test_the_difference_is_marked_and_leads_to_the_records(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    assert page.tabs.tabText(1) == "Stated totals (3)"
    page.tabs.setCurrentIndex(1)
    rows = {row[0]: row for row in page.stated.visible_rows()[1:]}
    assert rows["Dana Marsh"][3:8] == ["2", "2", "$1,500", "$1,500", "agrees"]
    assert rows["Owen Pryce"][3:8] == ["2", "1", "$1,200", "$700", "1 policy fewer"]
    assert rows["Pat"][7] == "not comparable"
    page.stated.setFocus()
    page.stated.setCurrentIndex(page.stated.model().index(1, 0))
    stage.qtbot.keyClick(page.stated, Qt.Key.Key_Return)
    stage.settle()
    (sheet,) = [one for one in stage.window.findChildren(RecordsSheet) if one.isVisible()]
    said = stage.said(sheet)
    assert "AgencyZoom says 2 policies, $1,200 for Owen Pryce" in said and "the book has 1 policy, $700" in said
    assert len(sheet.view.visible_rows()) == 2
    stage.qtbot.keyClick(sheet.view, Qt.Key.Key_Return)
    stage.settle()
    assert [one for one in stage.window.findChildren(RecordSheet) if one.isVisible()]


def test_a_list_of_active_policies_is_named_above_the_calendar(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "policies.csv").write_text(ACTIVE, encoding="utf-8")
    stage.take_in([tmp_path / "policies.csv"])
    stage.window.show_page("coverage")
    stage.settle()
    page = stage.window.page("coverage")
    assert isinstance(page, CoveragePage)
    assert page.active_only.isVisible() and "policies.csv template" in page.active_only.text()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_clipped_or_nameless(stage: Stage, tmp_path: Path, size: tuple[int, int]) -> None:
    page = fill(stage, tmp_path)
    page.tabs.setCurrentIndex(1)
    stage.window.resize(*size)
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        theme.current().set_choice(scheme)
        stage.settle()
        assert find_clipped_text(page) == []
        assert find_nameless(page) == []
