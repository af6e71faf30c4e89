"""Long lists of the book for the paged table: its columns from the templates, its rows through the services.

Knows services and tables; which list a page shows and what opens a row is the page's business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.core import phones
from desktop.core.templates import Cell, Kind
from desktop.services import discretion, listings
from desktop.services.listings import Asked, ListRow
from desktop.tasks import Task
from desktop.views.dialogs.record import cell_words, heading
from desktop.views.tables import Column, Wanted, formats
from desktop.views.tables import Kind as Shown
from desktop.views.widgets.context import PageContext

_SHOWN = {
    Kind.MONEY: Shown.MONEY,
    Kind.RATE: Shown.PERCENT,
    Kind.COUNT: Shown.COUNT,
    Kind.MINUTES: Shown.COUNT,
    Kind.DATE: Shown.DATE,
    Kind.MOMENT: Shown.DATETIME,
}

_WIDTHS = {"now_in": 118, "name": 190}
"""Columns whose first rows say little of how wide the others are."""


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Listing", text)


def _titles() -> Mapping[str, str]:
    return {"now_in": say("Stage now"), "line_in_file": say("Line of file"), "lead_id": say("Lead")}


def list_columns(table: str, first: Sequence[str] = ()) -> list[Column]:
    """The columns of a list: those of `first` in front and shown, the others put away; without `first`, all shown."""
    known = {column.name: (at, column.kind) for at, column in enumerate(listings.columns(table))}
    names = [*first, *(name for name in known if name not in first)]
    return [_column(name, *known[name], visible=not first or name in first) for name in names]


def _column(name: str, at: int, kind: Kind, *, visible: bool) -> Column:
    def value(row: ListRow | None) -> Any:
        return None if row is None else _native(row.values[at], kind)

    def text(row: ListRow | None) -> str:
        if row is None:
            return ""
        if kind is Kind.FLAG:
            return value(row) or formats.EM_DASH
        cell = row.values[at]
        return phones.written(str(cell)) if kind is Kind.PHONE and cell is not None else cell_words(cell, kind)

    shown = _SHOWN.get(kind, Shown.TEXT)
    title = _titles().get(name, heading(name))
    return Column(name, title, shown, value, text=text, visible=visible, width=_WIDTHS.get(name))


def _native(cell: Cell, kind: Kind) -> Any:
    if cell is None:
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(str(cell)[:10])
    if kind is Kind.MOMENT:
        return datetime.fromisoformat(str(cell))
    if kind is Kind.FLAG:
        return say("yes") if cell else say("no")
    return cell


class ListSource:
    """The rows of one table, all or a named choice of them, asked of the services one after the other."""

    def __init__(self, context: PageContext, table: str, choice: str = "") -> None:
        self._context = context
        self.table = table
        self.choice = choice
        self._asked: list[Task] = []

    def asked(self, wanted: Wanted) -> Asked:
        """The question as the services take it. What is hidden is neither filtered nor sorted by."""
        hidden = self._context.pay_hidden
        columns = {name: text for name, text in wanted.columns.items() if not (hidden and discretion.is_pay(name))}
        sort = None if hidden and wanted.sort is not None and discretion.is_pay(wanted.sort) else wanted.sort
        return Asked(self.table, wanted.text, columns, sort, wanted.descending, self.choice, self._context.now())

    def beginning(self, wanted: Wanted, done: Callable[[Sequence[int]], None]) -> None:
        """The first rows in order; what was asked before is of no use any more and stops."""
        for task in self._asked:
            task.cancel()
        self._asked = [self._context.ask(listings.beginning, self.asked(wanted), on_finished=done)]

    def order(self, wanted: Wanted, done: Callable[[Sequence[int]], None]) -> None:
        """All rows in order."""
        label = say("Reading the list")
        self._asked.append(self._context.ask(listings.order, self.asked(wanted), on_finished=done, label=label))

    def rows(self, ids: Sequence[int], done: Callable[[Mapping[int, Any]], None]) -> None:
        """The records themselves."""
        self._context.ask(listings.page, self.table, list(ids), on_finished=done)


def table_words() -> dict[str, str]:
    """The tables of the book in words."""
    return {
        "leads": say("Leads"),
        "stages": say("Stage entries"),
        "activities": say("Activities"),
        "quotes": say("Quotes"),
        "policies": say("Policy terms"),
        "premiums": say("Premium changes"),
        "clients": say("Clients"),
        "producers": say("People"),
        "owners": say("Changes of owner"),
        "sources": say("Lead sources"),
        "territories": say("Territories"),
        "targets": say("Targets"),
        "pay": say("Pay"),
        "availability": say("Availability"),
        "stated_totals": say("Totals stated by systems"),
    }
