"""The history of a lead or a client: its tables, and the words of what they list.

Serves the sheets of both; knows events as the services answer them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.dialogs.record import heading
from desktop.views.dialogs.records import origin_words
from desktop.views.tables import Column, FilteredTable, RecordTableModel, RecordTableView, formats
from desktop.views.widgets.labels import Label


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("History", text)


def moment_words(text: str) -> str:
    """A stored moment or day as it is read."""
    return formats.day(date.fromisoformat(text)) if len(text) == 10 else formats.moment(datetime.fromisoformat(text))


def dealing_words(table: str, what: str) -> str:
    """What was done, by the table that holds it: `Meeting held`, `Quote Home`, `Policy H-1`."""
    words = {"quotes": say("Quote"), "policies": say("Policy")}
    return f"{words[table]} {what}".strip() if table in words else heading(what)


def place_words(origin: Any) -> str:
    """Where a record came from."""
    return origin_words(origin.file, origin.sheet, origin.line, origin.entered)


def history_table(
    name: str, said: str, columns: Sequence[Column], rows: Sequence[object], nothing: str
) -> tuple[QWidget, RecordTableView]:
    """A table of a sheet and its view; without rows the sentence `nothing` stands in its place."""
    model = RecordTableModel(columns)
    view = RecordTableView(model, name)
    model.setParent(view)
    view.setAccessibleName(said)
    model.set_rows(list(rows))
    table = FilteredTable(view)
    if rows:
        return table, view
    room = QWidget()
    lines = QVBoxLayout(room)
    lines.setContentsMargins(0, theme.current().unit(2), 0, 0)
    lines.addWidget(Label(nothing, tone="quiet", wrap=True))
    lines.addStretch(1)
    table.setParent(room)
    table.hide()
    return room, view
