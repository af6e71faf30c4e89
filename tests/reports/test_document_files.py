"""A report's tables as CSV and workbook: figures as numbers, words as words, nothing that runs."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl

from desktop.core.documents import Bar, Bars, Column, Heading, Kind, Row, Table
from desktop.reports.document_files import csv_bytes, xlsx_bytes
from tests.reports import documents_made as made


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_table_is_plain_rows_with_dollars_and_fractions() -> None:
    columns = (Column("Name"), Column("Premium", Kind.MONEY), Column("Rate", Kind.PERCENT))
    report = made.document(Table(columns, (Row(("=1+1", 123_456, 1 / 3)), Row(("b", None, 0))), (Row(("T", 5, 1)),)))
    assert read(csv_bytes(report)) == [
        ["Name", "Premium", "Rate"],
        ["'=1+1", "1234.56", "0.333333"],
        ["b", "", "0"],
        ["T", "0.05", "1"],
    ]


def test_several_tables_stand_under_their_titles() -> None:
    table = Table((Column("A"),), (Row(("x",)),))
    report = made.document(Heading("@First"), table, Bars("Second", (Bar("b", 3),)), Bars("No", (), repeats=True))
    rows = read(csv_bytes(report))
    assert rows == [["'@First"], ["A"], ["x"], [], ["Second"], ["", "Value"], ["b", "3"]]


def test_a_workbook_has_a_sheet_for_each_table_with_numbers_and_formats() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(made.figures())))
    assert book.sheetnames == [
        "Quarterly report", "Producers", "Price is 58% of losses", "Net contribution", "Calls",
    ]  # fmt: skip
    sheet = book["Producers"]
    assert (sheet["A1"].value, sheet["A3"].value[:4]) == ("Lakeview Insurance Partners", "Jan ")
    assert [cell.value for cell in sheet[5]][:6] == [
        "Producer", "Calls made", "New premium", "Close rate", "Multiple", "Since",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[6]][1:5] == [42, 12345.67, 0.4, 3.2]
    assert sheet["C6"].number_format == '"$"#,##0.00' and sheet["D6"].number_format == "0.0%"
    assert sheet["F6"].is_date and sheet["D7"].value is None
    assert sheet["A8"].font.bold and sheet["A8"].value == "TOTAL"
    assert sheet.freeze_panes == "A6" and sheet.print_title_rows == "$5:$5"


def test_nothing_in_a_workbook_runs() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(made.nasty())))
    cells = [cell for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]
    assert cells and not [cell for cell in cells if cell.data_type == "f"]
    for line in read(csv_bytes(made.nasty())):
        assert not [cell for cell in line if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_an_empty_report_is_still_a_file() -> None:
    assert openpyxl.load_workbook(BytesIO(xlsx_bytes(made.document()))).sheetnames == ["Quarterly report"]
    assert read(csv_bytes(made.document())) == []
