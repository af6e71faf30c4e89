"""Tables as CSV and XLSX."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop.reports.sheets import harmless, sheet_title, write_csv, write_xlsx


@pytest.mark.parametrize("text", ["=1+1", "+1 212 555", "@SUM(A1)", "-A1", "\tx", "\rx", "--1"])
def test_nothing_that_a_spreadsheet_would_run(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "plain", "-12.50", "a=1", "'quoted"])
def test_all_else_stays(text: str) -> None:
    assert harmless(text) == text


def test_csv_opens_with_accents(tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", ("Name",), [("=Núñez",)])
    assert (tmp_path / "t.csv").read_bytes() == "\ufeffName\r\n'=Núñez\r\n".encode()


def test_workbook_text_is_text(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "t.xlsx", "A/B", ("Name", "Count"), [("=1+1", 3), ("a\x00b", None), ("x" * 40_000, 1.5)])
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet.title == "A-B"
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["A3"].value == "a\ufffdb"
    assert len(sheet["A4"].value) == 32_767
    assert (sheet["B2"].value, sheet["B4"].value) == (3, 1.5)
    assert sheet["A1"].font.bold


def test_sheet_titles_are_short_allowed_and_unlike() -> None:
    assert sheet_title("a[b]:c*?/\\", ()) == "a-b--c----"
    assert sheet_title("", ()) == "Sheet"
    long = sheet_title("N" * 50, ())
    assert len(long) == 31
    second = sheet_title("n" * 50, [long])
    assert second.endswith(" 2")
    assert len(second) == 31
