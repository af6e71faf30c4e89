"""A table as plain cells for a spreadsheet: figures as numbers, dates as ISO, in the user's columns and order.

Knows the view and its columns; writing files is the services' business.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias

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
