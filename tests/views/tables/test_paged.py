"""The paged table: rows come as they are looked at, filters and sorting go to the source, any length will do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.tables import Column, Kind, PagedTableModel, PagedTableView, Wanted
from desktop.views.tables.copying import selected_rows
from desktop.views.tables.paged import MOST_COPIED, PAGE


class Source:
    """Numbers up to `size`; answers at once, or when `answer` is called."""

    def __init__(self, size: int, late: bool = False) -> None:
        self.size = size
        self.late = late
        self.waiting: list[Callable[[], None]] = []
        self.asked: list[Wanted] = []
        self.fetched: list[Sequence[int]] = []

    def _numbers(self, wanted: Wanted) -> Sequence[int]:
        numbers = range(self.size)
        kept = [one for one in numbers if wanted.text in str(one)] if wanted.text else numbers
        return kept[::-1] if wanted.descending else kept

    def _do(self, call: Callable[[], None]) -> None:
        self.waiting.append(call) if self.late else call()

    def answer(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()

    def beginning(self, wanted: Wanted, done: Callable[[Sequence[int]], None]) -> None:
        self._do(lambda: done(self._numbers(wanted)[:PAGE]))

    def order(self, wanted: Wanted, done: Callable[[Sequence[int]], None]) -> None:
        self.asked.append(wanted)
        self._do(lambda: done(self._numbers(wanted)))

    def rows(self, ids: Sequence[int], done: Callable[[Mapping[int, Any]], None]) -> None:
        self.fetched.append(ids)
        self._do(lambda: done({one: one for one in ids}))


COLUMNS = (
    Column("number", "Number", Kind.COUNT, lambda row: row),
    Column("word", "Word", Kind.TEXT, lambda row: f"no {row}"),
)


def make(qtbot: QtBot, source: Source) -> PagedTableView:
    view = PagedTableView(PagedTableModel(COLUMNS, source), "paged")
    view.paged.setParent(view)
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    view.paged.reload()
    qtbot.wait(20)
    return view


def shown(view: PagedTableView, row: int) -> str:
    return str(view.paged.index(row, 0).data())


@pytest.mark.usefixtures("look")
def test_a_million_rows_fetch_only_what_is_looked_at(qtbot: QtBot) -> None:
    source = Source(1_000_000)
    view = make(qtbot, source)
    assert view.paged.rowCount() == 1_000_000
    assert shown(view, 3) == "3"
    view.scrollTo(view.paged.index(700_003, 0))
    qtbot.waitUntil(lambda: shown(view, 700_003) == "700,003")
    assert sum(len(ids) for ids in source.fetched) <= 6 * PAGE


@pytest.mark.usefixtures("look")
def test_sorting_and_filtering_ask_the_source(qtbot: QtBot) -> None:
    source = Source(5_000)
    view = make(qtbot, source)
    view.sort_by(0, True)
    qtbot.waitUntil(lambda: shown(view, 0) == "4,999")
    view.paged.set_filter("77")
    qtbot.waitUntil(lambda: view.paged.rowCount() < 5_000)
    qtbot.waitUntil(lambda: shown(view, 0) == "4,977")
    assert source.asked[-1] == Wanted("77", {}, "number", True)
    view.paged.set_column_filter(1, "no 4")
    qtbot.waitUntil(lambda: source.asked[-1].columns == {"word": "no 4"})


@pytest.mark.usefixtures("look")
def test_a_late_answer_to_an_old_question_is_not_shown(qtbot: QtBot) -> None:
    source = Source(500, late=True)
    view = make(qtbot, source)
    view.paged.sort(0, Qt.SortOrder.DescendingOrder)
    source.answer()
    qtbot.waitUntil(lambda: bool(source.waiting))
    source.answer()
    assert shown(view, 0) == "499"


def test_the_first_rows_stay_when_the_others_come(look: theme.Theme, qtbot: QtBot) -> None:
    source = Source(500, late=True)
    view = make(qtbot, source)
    source.waiting.pop(0)()
    assert view.paged.rowCount() == PAGE
    assert not view.paged.whole
    view.selectRow(4)
    source.answer()
    assert view.paged.rowCount() == 500
    assert view.selectionModel().selectedRows()[0].row() == 4


def test_a_changed_book_is_read_anew_and_nobody_loses_the_place(look: theme.Theme, qtbot: QtBot) -> None:
    source = Source(5_000)
    view = make(qtbot, source)
    view.selectRow(3_000)
    view.scrollTo(view.paged.index(3_000, 0))
    qtbot.waitUntil(lambda: shown(view, 3_000) == "3,000")
    place = view.verticalScrollBar().value()
    source.fetched.clear()
    view.paged.reload()
    qtbot.waitUntil(lambda: bool(source.fetched))
    assert shown(view, 3_000) == "3,000"
    assert view.selectionModel().selectedRows()[0].row() == 3_000
    assert view.verticalScrollBar().value() == place > 0
    source.size = 10
    view.paged.reload()
    qtbot.waitUntil(lambda: view.paged.rowCount() == 10)
    assert view.selectionModel().selectedRows() == []


@pytest.mark.usefixtures("look")
def test_copying_waits_for_rows_that_were_never_seen(qtbot: QtBot) -> None:
    view = make(qtbot, Source(1_000))
    chosen = view.selectionModel()
    for row in (2, 900):
        chosen.select(
            view.paged.index(row, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        )
    view.copy_selection()
    assert QGuiApplication.clipboard().text().split("\n")[1:] == ["2\tno 2", "900\tno 900"]


@pytest.mark.usefixtures("look")
def test_the_tester_finds_nothing(qtbot: QtBot) -> None:
    model = PagedTableModel(COLUMNS, Source(300))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.reload()
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.set_filter("9")
    qtbot.wait(260)
    model.clear_filters()
    assert tester.model() is model
    assert model.rowCount() == 300


@pytest.mark.usefixtures("look")
def test_a_million_rows_are_selected_and_copied_without_a_look_at_each(qtbot: QtBot) -> None:
    source = Source(1_000_000)
    view = make(qtbot, source)
    told: list[int] = []
    view.copied.connect(told.append)
    view.selectAll()
    assert view.selected_record == 0
    view.copy_selection()
    qtbot.waitUntil(lambda: told == [MOST_COPIED])
    lines = QGuiApplication.clipboard().text().split("\n")
    assert (lines[0], lines[1], lines[-1]) == ("Number\tWord", "0\tno 0", "19999\tno 19999")
    assert len(source.fetched[-1]) == MOST_COPIED


@pytest.mark.usefixtures("look")
def test_a_selection_of_all_rows_is_painted_without_a_look_at_each(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = make(qtbot, Source(100_000))
    counted = PagedTableModel.rowCount
    calls: list[object] = []

    def count(self: PagedTableModel, *parent: Any) -> int:
        calls.append(self)
        return counted(self, *parent)

    monkeypatch.setattr(PagedTableModel, "rowCount", count)
    view.selectAll()
    view.grab()
    assert len(calls) < 20_000


@pytest.mark.usefixtures("look")
def test_a_later_copy_takes_the_place_of_one_that_is_being_written(qtbot: QtBot) -> None:
    view = make(qtbot, Source(5_000))
    view.selectAll()
    view.copy_selection()
    view.selectRow(3)
    view.copy_selection()
    qtbot.wait(50)
    assert QGuiApplication.clipboard().text() == "3\tno 3"


@pytest.mark.usefixtures("look")
def test_stretches_that_were_selected_one_by_one_come_from_the_top(qtbot: QtBot) -> None:
    view = make(qtbot, Source(300))
    flags = QItemSelectionModel.SelectionFlag
    for row in (9, 2, 3, 200):
        view.selectionModel().select(view.paged.index(row, 0), flags.Select | flags.Rows)
    assert selected_rows(view.selectionModel()) == [2, 3, 9, 200]
    assert selected_rows(view.selectionModel(), 2) == [2, 3]
    view.clearSelection()
    assert selected_rows(view.selectionModel()) == []
    assert view.selected_record is None
