"""The table view: keys, copying, and columns that are remembered."""

from __future__ import annotations

import html
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.tables.frozen import FrozenColumn
from tests.views import samples
from tests.views.clipping import find_clipped_text


class Memory:
    """Remembers in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def read(self, key: str, default: Any = None) -> Any:
        return self.kept.get(key, default)

    def write(self, key: str, value: Any) -> None:
        self.kept[key] = value


@pytest.fixture
def table(look: theme.Theme, qtbot: QtBot) -> FilteredTable:
    made = samples.make_table()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def remembered_view(memory: Memory, qtbot: QtBot) -> RecordTableView:
    model = RecordTableModel(samples.columns())
    view = RecordTableView(model, "sample", memory)
    model.setParent(view)
    qtbot.addWidget(view)
    model.set_rows(samples.ROWS, pinned=1)
    return view


def test_enter_and_double_click_open_the_row(table: FilteredTable, qtbot: QtBot) -> None:
    table.view.selectRow(2)
    with qtbot.waitSignal(table.view.row_activated) as opened:
        QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == [samples.ROWS[2]]
    place = table.view.visualRect(table.view.model().index(1, 1)).center()
    with qtbot.waitSignal(table.view.row_activated):
        QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_click_on_a_figure_tells_record_and_column(table: FilteredTable, qtbot: QtBot) -> None:
    place = table.view.visualRect(table.view.model().index(1, 3)).center()
    with qtbot.waitSignal(table.view.cell_activated) as clicked:
        QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == [samples.ROWS[1], "premium"]
    assert table.view.selected_record == samples.ROWS[1]


def test_copy_gives_plain_figures_separated_by_tabs(table: FilteredTable) -> None:
    table.view.selectAll()
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Producer\tCalls\tQuotes\tNew premium, $\tClose rate"
    assert lines[2] == "Dana Whitfield\t64\t12\t12450.00\t0.421"
    assert lines[5] == "Unassigned\t\t0\t0.00\t"
    table.view.clearSelection()
    table.view.selectRow(1)
    assert table.view.selection_text() == lines[2]


def test_heading_sorts_figures_from_the_largest_and_a_third_click_undoes(table: FilteredTable) -> None:
    heading = table.view.horizontalHeader()

    def click() -> str:
        heading.sectionClicked.emit(3)
        return str(table.view.records.row_at(1).name)

    assert click() == "Dana Whitfield"
    assert table.view.records.headerData(3, Qt.Orientation.Horizontal) == "New premium, $ ↓"
    assert find_clipped_text(table) == []
    table.view.sort_by(-1, False)
    assert [click(), click(), click()] == ["Dana Whitfield", "Unassigned", "Dana Whitfield"]
    assert table.view.records.sorted_by is None
    assert table.view.records.headerData(3, Qt.Orientation.Horizontal) == "New premium, $"


def test_ctrl_f_opens_the_filter_row_and_escape_takes_filters_back(table: FilteredTable, qtbot: QtBot) -> None:
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert table.filters.isVisible()
    field = next(field for number, field in table.filters._fields.items() if number == 0)
    field.setText("zzz")
    assert table.view.records.rowCount() == 2
    table.filters.close_row()
    assert table.view.records.rowCount() == 6
    assert not table.filters.isVisible()


def test_columns_widths_order_and_sorting_are_remembered(look: theme.Theme, qtbot: QtBot) -> None:
    memory = Memory()
    first = remembered_view(memory, qtbot)
    first.show_column(2, False)
    first.horizontalHeader().moveSection(3, 1)
    first.horizontalHeader().resizeSection(0, 222)
    first.sort_by(1, True)
    second = remembered_view(memory, qtbot)
    assert second.isColumnHidden(2)
    assert second.horizontalHeader().logicalIndex(1) == 3
    assert second.columnWidth(0) == 222
    assert second.records.sorted_by == (1, True)


def test_last_column_cannot_be_hidden(table: FilteredTable) -> None:
    for number in range(table.view.records.columnCount()):
        table.view.show_column(number, False)
    assert len(table.view._shown_columns()) == 1


def test_select_record_and_visible_rows(table: FilteredTable) -> None:
    assert table.view.select_record(lambda row: row.name == "Marcus Oyelaran")
    assert table.view.selected_record == samples.ROWS[3]
    assert not table.view.select_record(lambda row: row.name == "Nobody")
    assert table.view.visible_rows()[1][:3] == ["Agency", "412", "61"]


def test_first_column_stays_in_sight_and_is_clicked_through(table: FilteredTable, qtbot: QtBot) -> None:
    frozen = table.view.findChild(FrozenColumn)
    assert not frozen.isVisible()
    table.resize(320, 400)
    QApplication.processEvents()
    table.view.horizontalScrollBar().setValue(80)
    assert frozen.isVisible()
    assert frozen.width() == table.view.columnWidth(0) + 1
    place = frozen.visualRect(table.view.model().index(2, 0)).center()
    with qtbot.waitSignal(table.view.cell_activated) as clicked:
        QTest.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == [samples.ROWS[2], "name"]
    assert table.view.selected_record == samples.ROWS[2]
    table.view.horizontalScrollBar().setValue(0)
    assert not frozen.isVisible()


def test_rows_end_in_hairlines_as_wide_as_the_table(table: FilteredTable, look: theme.Theme) -> None:
    view = table.view
    view.clearSelection()
    image = view.viewport().grab().toImage()
    bottom = view.rowViewportPosition(1) + view.rowHeight(1) - 1
    assert image.pixelColor(view.viewport().width() - 2, bottom) == look.colour("hairline")


def test_rows_shrink_again_after_a_zoom(table: FilteredTable, look: theme.Theme) -> None:
    small = table.view.rowHeight(0)
    look.set_zoom(2.0)
    assert table.view.rowHeight(0) == 2 * small
    look.set_zoom(1.0)
    assert table.view.rowHeight(0) == small


def wordy(qtbot: QtBot, memory: Memory, words: str) -> RecordTableView:
    columns = [
        Column("name", "Name", Kind.TEXT, lambda row: row[0], width=100),
        Column("why", "Why", Kind.TEXT, lambda row: row[1]),
    ]
    model = RecordTableModel(columns)
    view = RecordTableView(model, "wordy", memory)
    model.setParent(view)
    qtbot.addWidget(view)
    model.set_rows([("Ana", words)])
    view.resize(500, 200)
    view.show()
    QApplication.processEvents()
    return view


@pytest.mark.parametrize("words", ["Short.", "As long as anybody could wish for. " * 4])
def test_words_in_the_last_column_take_the_room_that_is_left(look: theme.Theme, qtbot: QtBot, words: str) -> None:
    view = wordy(qtbot, Memory(), words)
    for width in (500, 420):
        view.resize(width, 200)
        QApplication.processEvents()
        assert view.horizontalHeader().length() == view.viewport().width()
    view.resize(180, 200)
    QApplication.processEvents()
    assert view.columnWidth(1) >= min(140, view.sizeHintForColumn(1))


def test_words_cut_short_take_the_room_that_figures_leave(look: theme.Theme, qtbot: QtBot) -> None:
    columns = [
        Column("name", "Name", Kind.TEXT, lambda row: row, width=60),
        Column("calls", "Calls", Kind.COUNT, lambda row: 7, width=60),
    ]
    model = RecordTableModel(columns)
    view = RecordTableView(model, "names", Memory())
    model.setParent(view)
    qtbot.addWidget(view)
    model.set_rows(["Wolfeschlegelsteinhausen Agency"])
    view.show()
    widths = []
    for width in (150, 260, 600, 150):
        view.resize(width, 200)
        QApplication.processEvents()
        widths.append(view.columnWidth(0))
    narrow, wider, whole, again = widths
    assert narrow < wider < whole and again == narrow
    assert whole >= view.sizeHintForColumn(0)


def test_words_cut_short_grow_before_the_last_column_takes_more_than_it_needs(look: theme.Theme, qtbot: QtBot) -> None:
    columns = [
        Column("name", "Name", Kind.TEXT, lambda row: row, width=60),
        Column("why", "Why", Kind.TEXT, lambda row: "It came with its producer"),
    ]
    model = RecordTableModel(columns)
    view = RecordTableView(model, "reasons", Memory())
    model.setParent(view)
    qtbot.addWidget(view)
    model.set_rows(["Wolfeschlegelsteinhausen Agency"])
    view.show()
    seen = []
    for width in (230, 600, 230):
        view.resize(width, 200)
        QApplication.processEvents()
        seen.append((view.columnWidth(0), view.columnWidth(1)))
    small, large, again = seen
    assert small == again and small[0] < view.sizeHintForColumn(0)
    assert large[0] >= view.sizeHintForColumn(0) and large[1] >= view.sizeHintForColumn(1)
    assert sum(large) > 590


def test_a_last_column_sized_by_hand_stays_so(look: theme.Theme, qtbot: QtBot) -> None:
    memory = Memory()
    view = wordy(qtbot, memory, "Words")
    assert "widths" not in memory.kept.get("table.wordy", {})
    view.setColumnWidth(1, 222)
    view.resize(700, 200)
    QApplication.processEvents()
    assert view.columnWidth(1) == 222
    assert memory.kept["table.wordy"]["widths"] == {"why": 222}


def test_words_cut_short_are_told_whole_as_words(look: theme.Theme, qtbot: QtBot) -> None:
    words = "<b>Bold</b> & plain, and far too long for the column that it stands in, whatever its width"
    view = wordy(qtbot, Memory(), words)
    place = view.visualRect(view.model().index(0, 1)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    assert QToolTip.text() == f"<qt>{html.escape(words)}</qt>"
    QToolTip.hideText()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd", "@sum(a)"])
def test_what_somebody_wrote_is_never_run_by_the_spreadsheet_it_is_pasted_into(text: str) -> None:
    column = Column("note", "Note", Kind.TEXT, lambda row: row)
    assert column.clean(text) == f"'{text}"
    assert Column("gap", "Gap", Kind.MONEY, lambda row: row).clean(-1250) == "-12.50"


def test_the_menu_opens_by_key_and_puts_columns_back(
    look: theme.Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: opened.append(menu))
    table = samples.make_table()
    qtbot.addWidget(table)
    table.show()
    view = table.view
    view.setCurrentIndex(view.records.index(0, 1))
    view.horizontalHeader().moveSection(0, 2)
    view.show_column(2, False)
    view.sort_by(1, True)
    QTest.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    (menu,) = opened
    said = [action.text() for action in menu.actions() if action.text()]
    assert said[0].startswith("Sort by “")
    next(one for one in menu.actions() if one.text() == "Columns as They Were").trigger()
    assert list(view._shown_columns()) == list(range(len(view.records.columns)))
    assert view.records.sorted_by is None
