"""A report's tables as CSV and XLSX: every table, and every chart as one, with figures as numbers.

Nothing in them is ever run by a spreadsheet. Counts nothing.
"""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from desktop.core.document_tables import tables_of
from desktop.core.documents import Column, Report, Row, Table, plain
from desktop.core.scorecard import Paper
from desktop.reports.figures import moment_text
from desktop.reports.sheets import harmless, put, sheet_title
from desktop.reports.values import FORMATS, is_figure, shown, stored

_WIDEST, _NARROWEST = 60, 9
_PAPERS = {Paper.LETTER: 1, Paper.A4: 9}


def csv_bytes(report: Report) -> bytes:
    """The tables one under the other, each under its title where there are several; UTF-8 as Excel likes it."""
    tables = tables_of(report)
    text = StringIO()
    writer = csv.writer(text)
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        if len(tables) > 1:
            writer.writerow([harmless(table.title)])
        writer.writerow([harmless(column.title) for column in table.columns])
        for row in (*table.rows, *table.totals):
            writer.writerow([_csv_cell(row, at, table.columns) for at in range(len(table.columns))])
    return text.getvalue().encode("utf-8-sig", "replace")


def _csv_cell(row: Row, number: int, columns: tuple[Column, ...]) -> str:
    value = stored(plain(row.cells[number]), row.kind(number, columns))
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else f"{value:.6f}".rstrip("0").rstrip(".")


def xlsx_bytes(report: Report) -> bytes:
    """A workbook with a sheet for each table, ready to be printed."""
    from openpyxl import Workbook

    book = Workbook()
    first: Any = book.active
    book.remove(first)
    for table in tables_of(report):
        sheet: Any = book.create_sheet(sheet_title(table.title or report.title, book.sheetnames))
        _fill(sheet, report, table)
        _set_up(sheet, report, table)
    if not book.sheetnames:
        put(book.create_sheet(sheet_title(report.title, ())), 1, 1, report.title)
    book.properties.title = report.title
    book.properties.creator = report.letterhead.agency or "Producer Desk"
    book.properties.created = book.properties.modified = report.printed_at
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Any, report: Report, table: Table) -> None:
    """Agency, title, period and finding, then the table; the headings are kept in sight."""
    from openpyxl.styles import Alignment, Border, Font, Side

    put(sheet, 1, 1, report.letterhead.agency)
    put(sheet, 2, 1, f"{report.title}: {table.title}" if table.title not in ("", report.title) else report.title)
    put(sheet, 3, 1, report.subtitle)
    sheet["A2"].font = Font(bold=True, size=14)
    put(sheet, 4, 1, report.finding or None)
    line = 5
    for at, column in enumerate(table.columns, 1):
        cell = put(sheet, line, at, column.title)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="right" if is_figure(column.kind) else "left", wrap_text=True)
        cell.border = Border(bottom=Side(style="thin", color="000000"))
    rows = [(row, False) for row in table.rows] + [(row, True) for row in table.totals]
    for line, (row, total) in enumerate(rows, 6):
        for at in range(len(table.columns)):
            _put_cell(sheet, line, at, row, table.columns, bold=row.strong or total)
    for offset, words in enumerate((report.data_as_of, f"Printed {moment_text(report.printed_at)}")):
        put(sheet, len(rows) + 7 + offset, 1, words)


def _put_cell(sheet: Any, line: int, at: int, row: Row, columns: tuple[Column, ...], *, bold: bool) -> None:
    from openpyxl.styles import Alignment, Font

    kind = row.kind(at, columns)
    cell = put(sheet, line, at + 1, stored(plain(row.cells[at]), kind))
    if kind in FORMATS and not isinstance(cell.value, str):
        cell.number_format = FORMATS[kind]
    if columns[at].wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)


def _set_up(sheet: Any, report: Report, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(table.columns):
        longest = max(
            (len(shown(plain(row.cells[at]), row.kind(at, table.columns))) for row in (*table.rows, *table.totals)),
            default=0,
        )
        words = max((len(word) for word in column.title.split()), default=0)
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(_WIDEST, max(_NARROWEST, longest + 2, words + 2))
    sheet.freeze_panes = "A6"
    sheet.print_title_rows = "5:5"
    sheet.page_setup.paperSize = _PAPERS[report.letterhead.paper]
    sheet.page_setup.orientation = "landscape" if len(table.columns) > 7 else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "Page &P of &N"
