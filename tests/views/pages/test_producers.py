"""The producers page in the real window: figures, the chosen producer, and the way down to the line of a file."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.core.periods import Filter
from desktop.core.templates import Cell
from desktop.models.journal import Author
from desktop.services import person_sheets
from desktop.services.grids import Line
from desktop.views import theme
from desktop.views.dialogs.record import CorrectionDialog, RecordSheet
from desktop.views.dialogs.records import RecordsSheet
from desktop.views.pages.producers.rows import ProducerRow
from desktop.views.theme import Status
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages import agency_files
from tests.views.pages.conftest import Stage


@pytest.fixture
def filled(stage: Stage, tmp_path: Path) -> Stage:
    """The agency of the files, shown in the week of March 2."""
    stage.take_in(agency_files.write_agency(tmp_path / "drop"))
    stage.window.show_page("producers")
    stage.producers.picker.go_back()
    stage.settle()
    return stage


def rows(stage: Stage) -> list[ProducerRow]:
    model = stage.producers.model
    return [model.row_at(row) for row in range(model.rowCount())]


def cell(stage: Stage, scope: str | None, key: str) -> str:
    model = stage.producers.model
    row = next(at for at in range(model.rowCount()) if model.row_at(at).scope == scope)
    return str(model.index(row, model.column_of(key)).data())


def open_records(stage: Stage, scope: str | None, figure: str) -> RecordsSheet:
    stage.producers.arrive(scope) if scope is not None else stage.producers._pick(None)
    stage.settle()
    assert stage.producers.detail is not None
    stage.producers.detail.lines[figure].click()
    stage.settle()
    sheet = stage.window.drawer.current_widget
    assert isinstance(sheet, RecordsSheet)
    return sheet


def test_empty_book_leads_to_the_import(stage: Stage) -> None:
    stage.window.show_page("producers")
    stage.settle()
    page = stage.producers
    assert page.stack.currentWidget() is page.empty
    page.empty.button.click()
    assert stage.window.current_page is stage.importing


def test_agency_first_and_unassigned_last_whatever_is_sorted(filled: Stage) -> None:
    names = [row.panel.producer_name for row in rows(filled)]
    assert names == ["Agency", "Dana Whitfield", agency_files.LONG, "Unassigned"]
    table = filled.producers.table
    table.sort_by(filled.producers.model.column_of("calls_made"), False)
    assert [row.panel.producer_name for row in rows(filled)] == [
        "Agency",
        agency_files.LONG,
        "Dana Whitfield",
        "Unassigned",
    ]


def test_figures_of_the_week_with_targets_and_hits(filled: Stage) -> None:
    assert [cell(filled, scope, "calls_made") for scope in (None, "P01", "P02", "")] == ["79", "55", "20", "4"]
    assert cell(filled, "P01", "close_rate") == "33.3%"
    assert cell(filled, "P01", "new_premium") == "$1,250"
    assert cell(filled, "P02", "close_rate") == "—"
    dana, other = rows(filled)[1:3]
    assert dana.status("calls_made") is Status.GOOD
    assert other.status("calls_made") is Status.BAD
    assert dana.target_words("calls_made") == "Target 30, stretch 50"
    assert "Undefined: no quotes in this period." in other.tooltip("close_rate")
    assert "100.0% tracked automatically" in dana.tooltip("calls_made")


def test_no_data_is_said_and_is_not_zero(filled: Stage) -> None:
    assert cell(filled, "P01", "emails_sent") == "no data"
    assert "Nobody in the agency" in rows(filled)[1].tooltip("emails_sent")
    assert cell(filled, "P02", "quotes") == "0"
    line = filled.producers.detail
    assert line is not None and "no data" in line.lines["emails_sent"].accessibleName()


def test_target_missed_in_a_running_period_is_not_bad_yet(filled: Stage) -> None:
    filled.producers.picker.choose(Filter.MONTH)
    filled.settle()
    other = rows(filled)[2]
    assert other.figure("calls_made").hit is False
    assert other.status("calls_made") is Status.NONE


def test_chosen_producer_is_shown_in_words_and_bars(filled: Stage) -> None:
    filled.producers.arrive("P01")
    filled.settle()
    detail = filled.producers.detail
    assert detail is not None
    said = filled.said(detail)
    assert "Dana Whitfield" in said and "100% tracked automatically." in said
    assert "Quotes and calls" not in said and "calls and quotes through March 4" in said.replace("Calls", "calls")
    assert "1 / 5 policies, $1,250 / $20,000 premium, close rate 33.3%." in said
    assert "No quotes in the last 90 days." not in said
    assert detail.lines["calls_made"].accessibleName() == "Calls made, 55, ▲ +55, on target"
    assert detail.lines["pipeline.prospect"].toolTip() == "3 leads, $2,800. Next: Make first contact."


def test_bars_of_one_producer_have_one_length(filled: Stage) -> None:
    filled.producers._pick(None)
    filled.settle()
    detail = filled.producers.detail
    assert detail is not None
    lines = list(detail.lines.values())
    assert len({line.own_note_width() for line in lines}) > 1
    assert len({line.minimumSizeHint().width() for line in lines}) == 1


@pytest.mark.parametrize("figure", ["calls_made", "quotes", "policies_written", "new_premium", "new_commission"])
def test_amounts_of_the_records_add_up_to_the_number(filled: Stage, figure: str) -> None:
    for row in rows(filled):
        sheet = open_records(filled, row.scope, figure)
        found = [sheet.view.records.row_at(at) for at in range(sheet.view.records.rowCount())]
        assert sum(one.amount for one in found) == row.figure(figure).value


def test_ratio_shows_its_formula_and_both_sides(filled: Stage) -> None:
    sheet = open_records(filled, "P01", "close_rate")
    assert "1 policy / 3 quotes = 33.3%" in filled.said(sheet)
    counts = [sheet.view.records.row_at(at).role for at in range(sheet.view.records.rowCount())]
    assert sorted(counts) == ["denominator"] * 3 + ["numerator"]


def test_average_size_shows_each_line_beside_its_own_target(filled: Stage) -> None:
    line = Line(None, {"metric": "avg_policy_size", "line": "HO3", "target": "1300", "effective_from": "1/1/2026"})
    fixed: dict[str, Cell] = {"producer_code": "P01", "level": None}
    author = Author("test", "2026-03-11T09:00:00")
    assert not filled.ask(person_sheets.save, "targets", fixed, [line], "x", author, date(2026, 3, 11)).wrong
    sheet = open_records(filled, "P01", "avg_policy_size")
    assert "Homeowners: $1,250 over 1 policy, target $1,300, missed" in filled.said(sheet)


def test_number_leads_to_the_line_of_the_file(filled: Stage) -> None:
    sheet = open_records(filled, "P01", "new_premium")
    head, only = sheet.view.visible_rows()
    assert head == ["When", "What", "Amount", "File", "Line", "Detail"]
    assert only == ["03/03/2026", "Ada Moss", "$1,250.25", "policies.csv", "2", "H-100"]
    filled.qtbot.keyClick(sheet.view, Qt.Key.Key_Return)
    filled.settle()
    record = filled.window.drawer.current_widget
    assert isinstance(record, RecordSheet)
    assert "From policies.csv, line 2" in filled.said(record)
    cells = {row[0]: row[1:] for row in record.fields.visible_rows()}
    assert cells["Annual premium"] == ["$1,250.25", "policies.csv, line 2"]
    assert cells["Carrier"] == ["—", "—"]
    filled.window.drawer.go_back()
    assert filled.window.drawer.current_widget is sheet


def test_stage_of_the_pipeline_lists_its_leads(filled: Stage) -> None:
    sheet = open_records(filled, None, "pipeline.prospect")
    assert sheet.view.records.rowCount() == 3
    assert "3 leads, $2,800 estimated premium" in filled.said(sheet)


def test_enter_on_a_figure_opens_its_records(filled: Stage) -> None:
    page = filled.producers
    page.table.setCurrentIndex(page.model.index(1, page.model.column_of("quotes")))
    filled.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    filled.settle()
    sheet = filled.window.drawer.current_widget
    assert isinstance(sheet, RecordsSheet) and sheet.view.records.rowCount() == 3
    filled.qtbot.keyClick(sheet.view, Qt.Key.Key_Escape)
    filled.settle()
    assert not filled.window.drawer.is_open


def test_keys_alone_lead_from_the_table_to_a_number(filled: Stage) -> None:
    page = filled.producers
    page.table.setFocus()
    filled.qtbot.keyClick(page.table, Qt.Key.Key_Down)
    filled.settle()
    assert page.detail is not None and "Dana Whitfield" in filled.said(page.detail)
    page.table.focusNextChild()
    focused = filled.window.focusWidget()
    assert focused is page.detail.lines["calls_made"] or focused is page.side
    line = page.detail.lines["calls_made"]
    line.setFocus()
    filled.qtbot.keyClick(line, Qt.Key.Key_Down)
    below = page.detail.lines["emails_sent"]
    assert filled.window.focusWidget() is below
    filled.qtbot.keyClick(below, Qt.Key.Key_Up)
    filled.qtbot.keyClick(line, Qt.Key.Key_Return)
    filled.settle()
    assert isinstance(filled.window.drawer.current_widget, RecordsSheet)


def test_corrected_field_counts_and_is_marked_as_typed(filled: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = open_records(filled, "P01", "new_premium")
    sheet.open.click()
    filled.settle()
    record = filled.window.drawer.current_widget
    assert isinstance(record, RecordSheet)
    assert not record.correct.isEnabled()
    record.fields.select_record(lambda one: one.name == "policy_number")
    assert not record.correct.isEnabled()
    record.fields.select_record(lambda one: one.name == "annual_premium")
    monkeypatch.setattr(CorrectionDialog, "exec", lambda self: self.value.setText("$2,000") or 1)
    record.correct.click()
    filled.settle()
    again = filled.window.drawer.current_widget
    assert isinstance(again, RecordSheet) and again is not record
    cells = {row[0]: row[1:] for row in again.fields.visible_rows()}
    assert cells["Annual premium"] == ["$2,000.00", "typed 03/11/2026 9:30 AM"]
    assert cell(filled, "P01", "new_premium") == "$2,000"


def test_correction_that_cannot_be_read_is_refused_in_words(filled: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = open_records(filled, "P01", "new_premium")
    sheet.open.click()
    filled.settle()
    record = filled.window.drawer.current_widget
    assert isinstance(record, RecordSheet)
    record.fields.select_record(lambda one: one.name == "annual_premium")
    monkeypatch.setattr(CorrectionDialog, "exec", lambda self: self.value.setText("a lot") or 1)
    record.correct.click()
    filled.settle()
    assert filled.producers.messages.isVisible()
    assert cell(filled, "P01", "new_premium") == "$1,250"


def test_table_is_exported_as_numbers(filled: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "producers.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    filled.producers.export("table")
    filled.settle()
    with target.open(encoding="utf-8-sig", newline="") as file:
        found = {row["Producer"]: row for row in csv.DictReader(file)}
    assert found["Dana Whitfield"]["Premium"] == "1250.25"
    assert found["Dana Whitfield"]["Close rate"] == "0.333333"
    assert found["Dana Whitfield"]["E-mails"] == ""
    assert found[agency_files.LONG]["Quotes"] == "0"


def test_dashboard_is_printed(filled: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "dashboard.pdf"
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: self.printer().setOutputFileName(str(target)) or 1)
    assert filled.producers.print_page()
    filled.settle()
    pages = PdfReader(target).pages
    assert len(pages) == 2
    image = pages[0].images[0].image.convert("L")
    dark = sum(image.histogram()[:128]) / (image.width * image.height)
    assert 0.005 < dark < 0.2
    target.unlink()
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: 0)
    # there was something to print, and the user thought better of it
    assert filled.producers.print_page()
    filled.settle()
    assert not target.exists()


def test_dashboard_and_table_are_saved(filled: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "saved.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    filled.producers.export("dashboard")
    filled.settle()
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())
    assert "Mar 2, 2026 – Mar 8, 2026 · All producers" in words and "$1,250" in words
    filled.producers.arrive("P02")
    filled.settle()
    filled.producers.export("dashboard")
    filled.settle()
    words = PdfReader(target).pages[0].extract_text()
    assert "(P02)" in words and "All producers" not in words
    filled.producers.export("table")
    filled.settle()
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())
    assert "Producers Mar 2 – 8, 2026" in words
    assert "Bartholomew" in words and "$1,250" in words


def test_period_and_producer_are_remembered_and_searched(filled: Stage) -> None:
    page = filled.producers
    page.arrive("P02")
    page.picker.choose(Filter.QUARTER)
    filled.settle()
    assert page.detail is not None and agency_files.LONG in filled.said(page.detail)
    assert filled.desk.context.state.read("producers.period") == "quarter"
    page.header.search.setText("whit")
    assert [row.panel.producer_name for row in rows(filled)] == ["Agency", "Dana Whitfield", "Unassigned"]


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
@pytest.mark.parametrize("size", [(1100, 700), (1366, 768), (1920, 1080)])
def test_nothing_is_clipped_or_nameless(
    filled: Stage, look: theme.Theme, scheme: theme.Scheme, size: tuple[int, int]
) -> None:
    look.set_choice(scheme)
    filled.window.resize(*size)
    for scope in (None, "P01", "P02", ""):
        filled.producers._pick(scope)
        filled.settle()
        assert find_clipped_text(filled.window) == []
        assert find_nameless(filled.window) == []
    for key in ("referrals_asked", "new_commission"):
        filled.producers.table.sort_by(filled.producers.model.column_of(key), True)
        assert find_clipped_text(filled.window) == []
    sheet = open_records(filled, "P02", "calls_made")
    assert find_clipped_text(filled.window) == []
    sheet.open.click()
    filled.settle()
    QApplication.processEvents()
    assert find_clipped_text(filled.window) == []
    assert find_nameless(filled.window) == []
