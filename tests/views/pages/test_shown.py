"""Every page prints and saves what it shows, also those that have no document of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog, QListWidget, QTableWidget, QTableWidgetItem, QVBoxLayout

from desktop.core import documents
from desktop.views import theme
from desktop.views.dialogs.shown import blocks_of, subtitle_of
from desktop.views.main_window import MainWindow
from desktop.views.tables import Column, Kind, RecordTableModel, RecordTableView
from desktop.views.theme import Status
from desktop.views.widgets.cards import CardFigures, NumberCard
from desktop.views.widgets.items import Item, ItemList
from desktop.views.widgets.page import Page
from desktop.views.widgets.view_state import ViewState
from tests.views.pages import agency_files
from tests.views.pages.conftest import Stage


class Made(Page):
    """Cards, a list, a table and a hidden card, out of order in memory."""

    key = "made"

    def __init__(self) -> None:
        super().__init__("Made")
        model = RecordTableModel([Column("n", "Number", Kind.COUNT, lambda row: row)])
        model.set_rows([1, 2])
        self.table = RecordTableView(model, "made", ViewState())
        model.setParent(self.table)
        self.table.setAccessibleName("Numbers")
        self.items = ItemList("To do", "Nothing.")
        self.items.set_items([Item("Call Ann", ("first", "second"), "today", Status.BAD)])
        self.card = NumberCard("Premium", CardFigures("$5", Status.GOOD, "target $4"))
        self.hidden = NumberCard("Hidden", CardFigures("1"))
        lines = QVBoxLayout()
        for part in (self.card, self.items, self.table, self.hidden):
            lines.addWidget(part)
        self.body.addLayout(lines)
        self.hidden.hide()


def test_parts_are_read_from_top_to_bottom(stage: Stage, look: theme.Theme) -> None:
    page = Made()
    stage.qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    facts, listed, table = blocks_of(page)
    assert isinstance(facts, documents.Facts) and isinstance(listed, documents.Table)
    (fact,) = facts.facts
    assert (fact.label, fact.value, fact.note) == (
        "Premium", documents.Marked("$5", documents.Status.GOOD), "target $4",
    )  # fmt: skip
    assert listed.columns[0].title == "To do"
    assert listed.rows[0].cells == (documents.Marked("Call Ann", documents.Status.BAD), "today", "first\nsecond")
    assert isinstance(table, documents.Table)
    assert (table.title, [row.cells for row in table.rows]) == ("Numbers", [(1,), (2,)])
    assert subtitle_of(page) == ""


def test_a_page_without_a_document_of_its_own_prints_and_saves(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.take_in(agency_files.write_agency(tmp_path / "drop"))
    window = stage.window
    assert isinstance(window, MainWindow)
    window.show_page("monday")
    stage.settle()
    saved, printed = tmp_path / "monday.pdf", tmp_path / "printed.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    action = next(one for one in window.menus._exports.actions() if "Page Shows" in one.text())
    action.trigger()
    stage.settle()
    text = PdfReader(saved).pages[0].extract_text()
    assert "Monday" in text and "New premium" in text and "What is missing" in text
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: self.printer().setOutputFileName(str(printed)) or 1)
    window.menus.print_asked.emit()
    stage.settle()
    assert len(PdfReader(printed).pages) == len(PdfReader(saved).pages)


def test_an_empty_page_says_that_there_is_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> int:
        raise AssertionError("nothing to print, yet a dialog")

    monkeypatch.setattr(QPrintDialog, "exec", never)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", never)
    stage.window.show_page("people")
    stage.settle()
    said: list[str] = []
    monkeypatch.setattr(stage.window.status, "set_message", said.append)
    monkeypatch.setattr(stage.window.toast, "show_text", said.append)
    stage.window.menus.print_asked.emit()
    stage.window.menus.export_asked.emit("#shown")
    assert [text.split(": ")[0].split(" that ")[0] for text in said] == [
        "There is nothing to print", "The page shows nothing",
    ]  # fmt: skip
    assert len(said[0]) > len("There is nothing to print: ")


def test_a_page_without_tables_is_printed_as_it_looks(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = tmp_path / "printed.pdf"
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: self.printer().setOutputFileName(str(printed)) or 1)
    page = Page("Bare")
    stage.qtbot.addWidget(page)
    stage.window._print(page)
    assert len(PdfReader(printed).pages[0].images) == 1


def test_grids_and_lists_are_printed_cell_by_cell(stage: Stage) -> None:
    page = Page("Grids")
    stage.qtbot.addWidget(page)
    grid, listed = QTableWidget(2, 2), QListWidget()
    grid.setHorizontalHeaderLabels(["Name", "Calls"])
    grid.setItem(0, 0, QTableWidgetItem("Ann"))
    grid.setItem(0, 1, QTableWidgetItem("3"))
    listed.addItems(["One", "Two"])
    for part in (grid, listed):
        page.body.addWidget(part)
    page.show()
    rows = [[row.cells for row in block.rows] for block in blocks_of(page) if isinstance(block, documents.Table)]
    assert rows == [[("Ann", "3")], [("One",), ("Two",)]]
