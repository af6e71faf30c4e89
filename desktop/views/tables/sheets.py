"""A table as plain cells for a spreadsheet: figures as numbers, dates as ISO, in the user's columns and order.

Knows the view and its columns; writing files is the services' business.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias

from PySide6.QtCore import QCoreApplication

from desktop.core import documents
from desktop.views.tables.columns import Column, Kind
from desktop.views.tables.view import RecordTableView

Value: TypeAlias = str | int | float | None


def sheet_rows(view: RecordTableView) -> list[list[Value]]:
    """The heading and every row that `view` shows: money in dollars, rates as fractions, undefined figures as None."""
    heading = view.horizontalHeader()
    order = (heading.logicalIndex(place) for place in range(heading.count()))
    shown = [view.records.columns[number] for number in order if not view.isColumnHidden(number)]
    columns = [column for column in shown if column.kind is not Kind.SPARKLINE]
    rows = (view.records.row_at(number) for number in range(view.records.rowCount()))
    return [[column.title for column in columns], *([_cell(column, row) for column in columns] for row in rows)]


def _cell(column: Column, row: Any) -> Value:
    value = column.value(row)
    if value is None:
        return None
    if isinstance(value, str):
        # text, or the word in place of a hidden figure
        return column.display(row)
    if column.kind in (Kind.MONEY, Kind.MONEY_EXACT):
        return float(value) / 100
    if column.kind is Kind.PERCENT:
        return round(float(value), 6)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return value
    return column.display(row)


MOST_ROWS = 5_000
"""Rows of a table that are printed; whoever needs more saves a spreadsheet."""

_ON_PAPER = {
    Kind.COUNT: documents.Kind.COUNT,
    Kind.MONEY: documents.Kind.MONEY,
    Kind.MONEY_EXACT: documents.Kind.MONEY_EXACT,
    Kind.PERCENT: documents.Kind.PERCENT,
    Kind.DATE: documents.Kind.DATE,
    Kind.DAYS: documents.Kind.NUMBER,
}


def document_table(view: RecordTableView, title: str = "", most: int = MOST_ROWS) -> documents.Table:
    """What `view` shows as a table of a document: the user's columns and order, native values with their status.

    At most `most` rows, and of a list that is read as it is looked at those that have been; a note says so.
    """
    heading = view.horizontalHeader()
    order = (heading.logicalIndex(place) for place in range(heading.count()))
    shown = [view.records.columns[number] for number in order if not view.isColumnHidden(number)]
    columns = [column for column in shown if column.kind is not Kind.SPARKLINE]
    last = view.records.rowCount() - 1
    records = [view.records.row_at(number) for number in range(min(last + 1, most))]
    rows = [
        documents.Row(tuple(_document_cell(column, record) for column in columns))
        for record in records
        if record is not None
    ]
    summed = 1 if rows and last < most and view.records.is_totals(last) else 0
    left_out = last + 1 - len(rows)
    return documents.Table(
        tuple(
            documents.Column(
                column.title,
                _ON_PAPER.get(column.kind, documents.Kind.TEXT),
                wrap=column.kind is Kind.TEXT,
            )
            for column in columns
        ),
        tuple(rows[: len(rows) - summed]),
        tuple(rows[len(rows) - summed :]),
        title=title,
        note=_say("{:,} of {:,} rows.").format(len(rows), last + 1) if left_out else "",
    )


def _document_cell(column: Column, row: Any) -> documents.Cell:
    value = column.value(row)
    if column.kind is Kind.DATE and isinstance(value, (date, str)) and not isinstance(value, datetime):
        plain: documents.Plain = value if isinstance(value, date) else column.display(row)
    elif value is None:
        plain = None
    elif column.kind in _ON_PAPER and isinstance(value, (int, float)):
        plain = value
    else:
        plain = column.display(row)
    status = None if column.status is None else column.status(row)
    if status is None or status.value == documents.Status.NONE.value:
        return plain
    return documents.Marked(plain, documents.Status(status.value))


def _say(text: str) -> str:
    return QCoreApplication.translate("Tables", text)
