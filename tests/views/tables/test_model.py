"""The record model: pinned rows stay, undefined figures sort last, and Qt's own tester finds nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.views import theme
from desktop.views.tables import RECORD_ROLE, SORT_ROLE, VALUES_ROLE, Column, Kind, RecordTableModel
from tests.views import samples

Role = Qt.ItemDataRole


@pytest.fixture
def model(look: theme.Theme) -> RecordTableModel:
    made = RecordTableModel(samples.columns())
    made.set_rows(samples.ROWS, pinned=1, totals=samples.TOTAL)
    return made


def names(model: RecordTableModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_tester_finds_nothing_while_rows_sort_filter_and_change(model: RecordTableModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.sort(3, Qt.SortOrder.DescendingOrder)
    model.set_filter("dana")
    model.set_filter("")
    model.set_rows((), totals=samples.TOTAL)
    model.set_rows(samples.ROWS)
    assert tester.model() is model


def test_pinned_and_totals_stay_and_undefined_comes_last_both_ways(model: RecordTableModel) -> None:
    model.sort(model.column_of("rate"), Qt.SortOrder.AscendingOrder)
    first = names(model)
    model.sort(model.column_of("rate"), Qt.SortOrder.DescendingOrder)
    second = names(model)
    assert first == ["Agency", samples.LONG_NAME, "Marcus Oyelaran", "Dana Whitfield", "Unassigned", "TOTAL"]
    assert second == ["Agency", "Dana Whitfield", "Marcus Oyelaran", samples.LONG_NAME, "Unassigned", "TOTAL"]
    model.sort(-1)
    assert names(model)[1] == "Dana Whitfield"


def test_filters_leave_fixed_rows_alone(model: RecordTableModel) -> None:
    model.set_filter("OYELARAN")
    assert names(model) == ["Agency", "Marcus Oyelaran", "TOTAL"]
    assert model.filtered
    model.set_column_filter(model.column_of("calls"), "64")
    assert names(model) == ["Agency", "TOTAL"]
    model.clear_filters()
    assert model.rowCount() == 6


def test_selection_follows_its_record(model: RecordTableModel) -> None:
    kept = QPersistentModelIndex(model.index(1, 0))
    model.sort(model.column_of("premium"), Qt.SortOrder.AscendingOrder)
    assert kept.data() == "Dana Whitfield"
    assert kept.row() == 4
    model.set_filter("nobody")
    assert not kept.isValid()


def test_undefined_figure_is_a_dash_that_says_why(model: RecordTableModel) -> None:
    cell = model.index(4, model.column_of("rate"))
    assert cell.data() == "—"
    assert cell.data(Role.ToolTipRole) == "No quotes in the period."
    assert cell.data(SORT_ROLE) is None
    assert model.index(1, model.column_of("rate")).data(Role.ToolTipRole) is None


def test_cell_answers_native_values_record_and_words_for_screen_readers(model: RecordTableModel) -> None:
    cell = model.index(1, model.column_of("premium"))
    assert cell.data(SORT_ROLE) == 1_245_000
    assert cell.data(RECORD_ROLE) == samples.ROWS[1]
    assert cell.data(Role.AccessibleTextRole) == "New premium, $: $12,450"
    assert model.index(1, model.column_of("trend")).data(VALUES_ROLE) == samples.TREND
    assert Qt.AlignmentFlag.AlignRight in Qt.AlignmentFlag(cell.data(Role.TextAlignmentRole))


def test_status_colours_the_figure(model: RecordTableModel, look: theme.Theme) -> None:
    cell = model.index(2, model.column_of("calls"))
    assert cell.data(Role.ForegroundRole) == look.colour("bad")


def test_a_million_rows_are_held_not_copied(look: theme.Theme) -> None:
    made = RecordTableModel([Column("n", "Number", Kind.COUNT, lambda row: row)])
    rows = range(1_000_000)
    made.set_rows(rows)
    assert made.rowCount() == 1_000_000
    assert made.row_at(999_999) == 999_999
    assert made._rows is rows


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5))), st.booleans())
def test_sorting_loses_nothing_and_orders_the_defined(values: list[int | None], descending: bool) -> None:
    made = RecordTableModel([Column("n", "Number", Kind.COUNT, lambda row: row)])
    made.set_rows(values)
    made.sort(0, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
    shown = [made.row_at(row) for row in range(made.rowCount())]
    known = [value for value in shown if value is not None]
    assert known == sorted((value for value in values if value is not None), reverse=descending)
    assert shown == known + [None] * values.count(None)
