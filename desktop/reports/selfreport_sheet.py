"""The self-report form as a workbook: locked but for the counts, its codes in a hidden column.

Writes a finished `Form`; counts nothing.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.core.scorecard import date_range
from desktop.core.selfreports import CODE_HEADING, COUNT_HEADING, LABEL_HEADING, MOST, TARGET_HEADING, Form
from desktop.reports.sheets import put, sheet_title

_HEAD = 6
_LINE = Side(style="thin", color="808080")


def workbook_bytes(form: Form) -> bytes:
    """The form as an XLSX workbook of one sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = sheet_title(form.week, ())
    _head(sheet, form)
    _lines(sheet, form)
    for column, width in zip("ABCD", (4, 52, 14, 12), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    sheet.protection.selectLockedCells = True
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head(sheet: Any, form: Form) -> None:
    put(sheet, 1, 2, "What only you know of your week").font = Font(bold=True, size=15)
    whose = " – ".join(part for part in (form.producer_name, form.agency) if part)
    put(sheet, 2, 2, whose).font = Font(bold=True)
    put(sheet, 3, 2, f"{form.week}, {date_range(form.days.start, form.days.end)}")
    put(sheet, 4, 2, "Fill in what happened and no system saw, leave the rest empty, save, and send this file back.")
    for column, title in enumerate((CODE_HEADING, LABEL_HEADING, COUNT_HEADING, TARGET_HEADING), 1):
        put(sheet, _HEAD, column, title).font = Font(bold=True)


def _lines(sheet: Any, form: Form) -> None:
    whole = DataValidation(type="whole", operator="between", formula1="0", formula2=str(MOST), allow_blank=True)
    whole.error, whole.errorTitle, whole.showErrorMessage = f"A whole number from 0 to {MOST:,}.", "No count", True
    sheet.add_data_validation(whole)
    for row, line in enumerate(form.lines, _HEAD + 1):
        put(sheet, row, 1, line.code)
        put(sheet, row, 2, line.label)
        cell = sheet.cell(row, 3)
        cell.protection = Protection(locked=False)
        cell.fill = PatternFill("solid", fgColor="FFF8DC")
        cell.border = Border(_LINE, _LINE, _LINE, _LINE)
        whole.add(cell)
        put(sheet, row, 4, line.target)
