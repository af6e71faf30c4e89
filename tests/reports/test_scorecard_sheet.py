"""The scorecard as a workbook."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from desktop.reports.scorecard_sheet import workbook_bytes
from tests.reports import pages


def _cells(sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row[1:] for row in sheet.iter_rows(values_only=True) if row[0] is not None}


def test_figures_are_numbers_and_the_page_is_ready_to_print() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_bytes([pages.ordinary(), pages.longest()])))
    sheet = book.worksheets[0]
    cells = _cells(sheet)
    assert cells["Outbound calls"][:4] == (42, 30, 50, "Yes")
    assert cells["New premium written"][:4] == (4125.5, 4615.38, 11538.46, "No")
    assert cells["Total pipeline"][:2] == (21, 21010.5)
    assert cells["Close rate"][0] == pytest.approx(3 / 7)
    assert cells["On track for goal?"][0] == "YES"
    assert cells["Manager notes"][0] == pages.TEXTS.notes
    assert (sheet.page_setup.paperSize, book.worksheets[1].page_setup.paperSize) == (1, 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_words_like_formulas_stay_words() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_bytes([pages.scripts()])))
    found = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in found] == ["s"]
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)
