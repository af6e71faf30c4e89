"""Tables as files: numbers stay numbers, and no text is run by a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.errors import UserError
from desktop.services.tables import write_table

ROWS = [["Producer", "Calls", "Premium"], ["=HYPERLINK(1)", 12, 1250.25], ["Dana", None, 0.5]]


def test_csv_holds_plain_figures_and_harmless_text(tmp_path: Path) -> None:
    text = write_table(tmp_path / "table.csv", ROWS).read_text(encoding="utf-8-sig")
    assert text.splitlines() == ["Producer,Calls,Premium", "'=HYPERLINK(1),12,1250.25", "Dana,,0.5"]


def test_workbook_holds_numbers_and_text_that_is_no_formula(tmp_path: Path) -> None:
    sheet = load_workbook(write_table(tmp_path / "table.xlsx", ROWS)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == ROWS
    assert sheet["A2"].data_type == "s"


def test_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_table(tmp_path / "missing" / "table.csv", ROWS)
