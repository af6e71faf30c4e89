"""The coverage page in the real window: empty, filled, a gap's reports, a week's files."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog

from desktop.core.coverage import State
from desktop.views import theme
from desktop.views.pages.coverage import CoveragePage
from desktop.views.pages.coverage.sheet import WeekSheet
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage

CALLS = """occurred_at,producer,kind
2026-02-03 09:00,Dana Marsh,call
2026-02-17 09:00,Dana Marsh,call
2026-03-03 09:00,Dana Marsh,call
2026-02-10 09:00,Dana Marsh,email
2026-02-24 09:00,Dana Marsh,email
"""


def open_page(stage: Stage) -> CoveragePage:
    stage.window.show_page("coverage")
    stage.settle()
    page = stage.window.page("coverage")
    assert isinstance(page, CoveragePage)
    return page


def fill(stage: Stage, folder: Path) -> CoveragePage:
    file = folder / "activities.csv"
    file.write_text(CALLS, encoding="utf-8")
    stage.take_in([file])
    return open_page(stage)


def sheet_of(stage: Stage) -> WeekSheet:
    (sheet,) = [one for one in stage.window.findChildren(WeekSheet) if one.isVisible()]
    return sheet


def test_an_empty_book_leads_to_the_import(stage: Stage) -> None:
    page = open_page(stage)
    assert page.stack.currentWidget() is page.empty
    page.empty.button.click()
    stage.settle()
    assert stage.window.current_page is stage.importing


def test_gaps_are_listed_and_enter_says_which_report_fills_them(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    shown = {tuple(row[:3]) for row in page.gaps.visible_rows()[1:]}
    assert shown == {
        ("Calls", "02/23/2026 – 03/01/2026", "1"),
        ("Calls", "02/09/2026 – 02/15/2026", "1"),
        ("E-mails", "03/02/2026 – 03/08/2026", "1"),
        ("E-mails", "02/16/2026 – 02/22/2026", "1"),
        ("E-mails", "02/02/2026 – 02/08/2026", "1"),
    }
    calls = next(gap for gap in (page.gaps.records.row_at(at) for at in range(5)) if gap.kind == "calls")
    assert page.gaps.select_record(lambda gap: gap is calls)
    stage.qtbot.keyClick(page.gaps, Qt.Key.Key_Return)
    stage.settle()
    sheet = sheet_of(stage)
    assert "Phone system" in stage.said(sheet)
    sheet.go.click()
    stage.settle()
    assert stage.window.current_page is stage.importing


def test_a_week_opens_its_files_by_keys_alone(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    page.grid.setFocus()
    stage.qtbot.keyClick(page.grid, Qt.Key.Key_Left)
    assert page.grid.table.cell(page.grid.currentIndex()).state is State.FILLED
    stage.qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    stage.settle()
    assert sheet_of(stage).table.visible_rows()[1][:2] == ["activities.csv", "1"]


def test_the_span_is_chosen_and_remembered(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    page.span.setCurrentIndex(1)
    stage.settle()
    assert page.grid.table.columnCount() == 52
    assert stage.desk.context.state.read("coverage.weeks") == 52


def test_the_calendar_speaks_to_screen_readers(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    table = page.grid.table
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal, table)
    said = [str(table.index(0, at).data(Qt.ItemDataRole.AccessibleTextRole)) for at in range(26)]
    assert "Calls, week of 03/02/2026: 1 record" in said
    assert "Calls, week of 02/09/2026: gap: no records" in said
    assert said[-1] == "Calls, week of 03/09/2026: outside the weeks with records"


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_clipped_or_nameless(stage: Stage, tmp_path: Path, size: tuple[int, int]) -> None:
    page = fill(stage, tmp_path)
    stage.window.resize(*size)
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        theme.current().set_choice(scheme)
        stage.settle()
        assert find_clipped_text(page) == []
        assert find_nameless(page) == []


def test_the_calendar_is_printed_and_saved(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(stage)
    assert not page.print_page()
    page = fill(stage, tmp_path)
    saved, printed = tmp_path / "coverage.pdf", tmp_path / "printed.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    for key, _words in page.export_actions():
        page.export(key)
    stage.settle()
    text = "".join(one.extract_text() for one in pypdf.PdfReader(saved).pages)
    assert "Gaps, newest first" in text and "Week of" in text and "Calls" in text
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: self.printer().setOutputFileName(str(printed)) or 1)
    assert page.print_page()
    stage.settle()
    assert len(pypdf.PdfReader(printed).pages) == len(pypdf.PdfReader(saved).pages)
