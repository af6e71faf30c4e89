"""From the window onto paper and into files: the printer chosen, the suffix kept, the table as it is shown."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.core import documents
from desktop.views import theme
from desktop.views.dialogs.printing import ask_target
from desktop.views.tables import Column, Kind, RecordTableModel, RecordTableView
from desktop.views.tables.sheets import document_table
from desktop.views.theme import Status
from desktop.views.widgets.view_state import ViewState

ROWS = [
    {"name": "Ann", "calls": 3, "money": 123_456, "rate": 0.5, "on": date(2026, 3, 1), "at": datetime(2026, 3, 1, 9)},
    {"name": "Bo", "calls": None, "money": None, "rate": None, "on": None, "at": None},
]
TOTAL = {"name": "TOTAL", "calls": 3, "money": 123_456, "rate": 0.5, "on": None, "at": None}


def columns() -> list[Column]:
    return [
        Column("name", "Name", Kind.TEXT, lambda row: row["name"]),
        Column(
            "calls", "Calls", Kind.COUNT, lambda row: row["calls"],
            status=lambda row: Status.NONE if row["calls"] is None else Status.GOOD,
        ),
        Column("money", "Premium", Kind.MONEY, lambda row: row["money"]),
        Column("rate", "Rate", Kind.PERCENT, lambda row: row["rate"]),
        Column("on", "On", Kind.DATE, lambda row: row["on"]),
        Column("at", "At", Kind.DATETIME, lambda row: row["at"]),
        Column("trend", "Trend", Kind.SPARKLINE, lambda row: (1, 2)),
        Column("hidden", "Hidden", Kind.TEXT, lambda row: "x", visible=False),
    ]  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot, look: theme.Theme) -> RecordTableView:
    model = RecordTableModel(columns())
    model.set_rows(ROWS, totals=TOTAL)
    made = RecordTableView(model, "test", ViewState())
    model.setParent(made)
    qtbot.addWidget(made)
    return made


def test_a_table_goes_to_paper_as_it_is_shown(view: RecordTableView) -> None:
    view.horizontalHeader().moveSection(2, 1)
    table = document_table(view)
    assert [column.title for column in table.columns] == ["Name", "Premium", "Calls", "Rate", "On", "At"]
    kinds = documents.Kind
    assert [column.kind for column in table.columns] == [
        kinds.TEXT, kinds.MONEY, kinds.COUNT, kinds.PERCENT, kinds.DATE, kinds.TEXT,
    ]  # fmt: skip
    first, second = table.rows
    marked = documents.Marked(3, documents.Status.GOOD)
    assert first.cells[:5] == ("Ann", 123_456, marked, 0.5, date(2026, 3, 1))
    assert str(first.cells[5]).startswith("03/01/2026")
    assert second.cells == ("Bo", None, None, None, None, None)
    assert [row.cells[0] for row in table.totals] == ["TOTAL"]


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("a.pdf", "PDF (*.pdf)", "a.pdf"),
        ("a.CSV", "PDF (*.pdf)", "a.CSV"),
        ("a", "Excel (*.xlsx)", "a.xlsx"),
        ("a.b", "CSV (*.csv)", "a.b.csv"),
        ("a", "", "a.pdf"),
        ("", "", None),
    ],
)
def test_the_suffix_is_the_kind_chosen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, kind: str, expected: str | None
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    chosen = str(tmp_path / typed) if typed else ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, kind))
    assert ask_target(widget, "Save", "report") == (None if expected is None else tmp_path / expected)


def test_of_a_long_table_the_first_rows_are_printed_and_it_is_said(view: RecordTableView) -> None:
    table = document_table(view, "Title", most=1)
    assert [row.cells[0] for row in table.rows] == ["Ann"] and table.totals == ()
    assert (table.title, table.note) == ("Title", "1 of 3 rows.")
    assert document_table(view).note == ""
