"""The weekly scorecard as a workbook: the same page as on paper, a sheet per producer, ready to be printed.

Figures are numbers with formats, words are text and never formulas. Counts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from desktop.core.scorecard import Paper, ScorecardContent, ScorecardRow, Unit, date_range
from desktop.reports.figures import moment_text
from desktop.reports.scorecard import TITLE
from desktop.reports.sheets import Value, put, sheet_title

_WIDTHS = (26, 15, 15, 15, 9, 22)
_MONEY, _COUNT, _PERCENT = '"$"#,##0.00', "#,##0", "0.0%"
_BOLD, _SECTION = Font(bold=True), Font(bold=True, size=12)
_UNDER = Border(bottom=Side(style="thin", color="808080"))
_PAPERS = {Paper.LETTER: 1, Paper.A4: 9}
_LAST = len(_WIDTHS)


def workbook_bytes(contents: Sequence[ScorecardContent]) -> bytes:
    """The XLSX file of these scorecards, in the order given."""
    book = Workbook()
    first: Any = book.active
    book.remove(first)
    for content in contents:
        sheet: Any = book.create_sheet(sheet_title(f"{content.person.name} {content.person.code}", book.sheetnames))
        _fill(_Writer(sheet), content)
        _set_up(sheet, content)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Writes row after row of one sheet."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.row = 0

    def line(self, *values: Value, font: Font | None = None, formats: Sequence[str] = ()) -> None:
        """The next row; `formats` are the number formats of its cells, in order."""
        self.row += 1
        for column, value in enumerate(values, 1):
            cell = put(self.sheet, self.row, column, value)
            cell.border = _UNDER
            if font is not None:
                cell.font = font
            if column <= len(formats) and formats[column - 1]:
                cell.number_format = formats[column - 1]
                cell.alignment = Alignment(horizontal="right")

    def words(self, label: str, text: str, height: float = 30) -> None:
        """A row of running text over the sheet's width."""
        self.row += 1
        put(self.sheet, self.row, 1, label)
        cell = put(self.sheet, self.row, 2, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        self.sheet.merge_cells(start_row=self.row, start_column=2, end_row=self.row, end_column=_LAST)
        self.sheet.row_dimensions[self.row].height = height
        for column in range(2, _LAST + 1):
            self.sheet.cell(self.row, column).border = _UNDER

    def gap(self) -> None:
        self.row += 1


def _fill(writer: _Writer, content: ScorecardContent) -> None:
    person, week = content.person, content.week
    writer.line(content.letterhead.agency, font=_SECTION)
    writer.line(TITLE, font=Font(bold=True, size=15))
    writer.line("Producer", f"{person.name} ({person.code})" if person.code else person.name)
    writer.line("Week", f"{week.label}  ({date_range(week.start, week.end)})")
    writer.line("Manager", person.manager)
    writer.line("Target per month", _dollars(content.monthly_target), formats=("", _MONEY))
    for title, rows in (("Activity this week", content.activity), ("Results this week", content.results)):
        writer.gap()
        writer.line(title, "Actual", "Target", "Stretch", "Hit?", font=_BOLD)
        for row in rows:
            _metric(writer, row)
    _pipeline(writer, content)
    _month(writer, content)
    _words(writer, content)
    writer.gap()
    writer.line("Producer signature", "", "", "Date", "", "")
    writer.line("Manager signature", "", "", "Date", "", "")
    writer.line(content.data_as_of or "Form to be filled in by hand.")
    writer.line(f"Printed {moment_text(content.printed_at)}")


def _metric(writer: _Writer, row: ScorecardRow) -> None:
    figure, money = row.figure, row.unit is Unit.MONEY
    values = [_dollars(one) if money else one for one in (figure.value, figure.target, figure.stretch)]
    form = _MONEY if money else _COUNT
    writer.line(row.label, *values, {True: "Yes", False: "No", None: ""}[figure.hit], formats=("", form, form, form))


def _pipeline(writer: _Writer, content: ScorecardContent) -> None:
    writer.gap()
    writer.line("Pipeline snapshot", "Count", "Premium", font=_BOLD)
    for stage in content.stages:
        writer.line(stage.label, stage.count, _dollars(stage.premium), formats=("", _COUNT, _MONEY))
    total = content.total
    writer.line(total.label, total.count, _dollars(total.premium), font=_BOLD, formats=("", _COUNT, _MONEY))


def _month(writer: _Writer, content: ScorecardContent) -> None:
    month = content.month
    writer.gap()
    writer.line("Month to date", "Actual", "Target", font=_BOLD)
    writer.line("Policies written", month.policies_written, month.policies_target, formats=("", _COUNT, _COUNT))
    amounts = (_dollars(month.new_premium), _dollars(month.premium_target))
    writer.line("Premium written", *amounts, formats=("", _MONEY, _MONEY))
    writer.line("Close rate", month.close_rate, formats=("", _PERCENT))
    writer.line("On track for goal?", {True: "YES", False: "NO", None: "YES / NO"}[month.on_track])
    writer.line("Tracked automatically", content.automatic_share, formats=("", _PERCENT))


def _words(writer: _Writer, content: ScorecardContent) -> None:
    texts = content.texts
    for title, items in (
        ("Wins this week", texts.wins),
        ("Challenges / coaching needs", texts.challenges),
        ("Next week's priorities", texts.priorities),
    ):
        writer.gap()
        writer.line(title, font=_BOLD)
        for number, item in enumerate(items, 1):
            writer.words(f"{number}.", item)
    writer.gap()
    writer.words("Manager notes", texts.notes, height=60)


def _set_up(sheet: Any, content: ScorecardContent) -> None:
    for column, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = _PAPERS[content.letterhead.paper]
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.6
    sheet.oddFooter.right.text = "Page &P of &N"


def _dollars(cents: int | None) -> float | None:
    return None if cents is None else cents / 100
