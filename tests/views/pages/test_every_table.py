"""Every table of every page sorts by mouse and by key, filters, hides and remembers columns, copies and exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.services import demo
from desktop.views.dialogs.stated import make_view
from desktop.views.tables import Kind, PagedTableView, RecordTableView
from desktop.views.tables.filtering import FilteredTable
from tests.views.pages.conftest import Stage
from tests.views.pages.test_drafts import AUTHOR


@pytest.fixture
def filled(stage: Stage) -> Stage:
    stage.ask(demo.fill, AUTHOR, date(2026, 3, 6), 2, 1)
    stage.window.note_change()
    return stage


def tables(stage: Stage) -> Iterator[tuple[str, RecordTableView]]:
    """The tables of all pages, each page read once."""
    for key in stage.window.page_keys:
        stage.window.show_page(key)
        stage.settle()
        for view in stage.window.page(key).findChildren(RecordTableView):
            yield f"{key}: {view._name}", view


def test_every_table_of_every_page(filled: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def answer(*_: Any) -> tuple[str, str]:
        asked.append(tmp_path / f"{len(asked)}.{'csv' if len(asked) % 2 else 'xlsx'}")
        return str(asked[-1]), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    seen = set()
    for name, view in tables(filled):
        seen.add(name)
        _sorts(name, view)
        _filters(name, view)
        _remembers(name, filled, view)
        _copies(name, view)
        before = len(asked)
        _action(view.table_menu(), "Export This Table…").trigger()
        assert len(asked) == before + 1, name
    filled.settle()
    assert all(target.stat().st_size for target in asked)
    assert len(seen) > 50
    _of_a_sheet(filled)


def _sorts(name: str, view: RecordTableView) -> None:
    at = next(one for one in view._shown_columns() if view.records.columns[one].kind is not Kind.SPARKLINE)
    view.sort_by(-1, False)
    view.horizontalHeader().sectionClicked.emit(at)
    assert (view.records.sorted_by or (None,))[0] == at, name
    if view.records.rowCount():
        view.setCurrentIndex(view.records.index(0, at))
    for key, descending in ((Qt.Key.Key_Up, False), (Qt.Key.Key_Down, True)):
        QTest.keyClick(view, key, Qt.KeyboardModifier.AltModifier)
        assert view.records.sorted_by == (at, descending), name
    view.sort_by(-1, False)


def _filters(name: str, view: RecordTableView) -> None:
    above = view.parent()
    assert isinstance(above, FilteredTable), name
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not above.filters.isHidden(), name
    above.filters.close_row()


def _remembers(name: str, stage: Stage, view: RecordTableView) -> None:
    assert view._state is stage.desk.context.state, name
    shown = list(view._shown_columns())
    if len(shown) < 2:
        return
    view.show_column(shown[-1], False)
    kept = stage.desk.context.state.read(view._name)
    assert view.records.columns[shown[-1]].key not in kept["shown"], name
    _action(view.table_menu(), "Columns as They Were").trigger()
    as_it_came = [at for at, column in enumerate(view.records.columns) if column.visible]
    assert list(view._shown_columns()) == as_it_came, name


def _copies(name: str, view: RecordTableView) -> None:
    rows = view.records.rowCount()
    if rows < 2 or isinstance(view, PagedTableView):
        return
    QGuiApplication.clipboard().clear()
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first, *others = QGuiApplication.clipboard().text().split("\n")
    columns = [view.records.columns[at] for at in view._shown_columns()]
    assert first.split("\t") == [one.title for one in columns if one.kind is not Kind.SPARKLINE], name
    assert len(others) == rows, name
    assert all(len(line.split("\t")) == len(first.split("\t")) for line in others), name


def _action(menu: QMenu, text: str) -> QAction:
    return next(one for one in menu.actions() if one.text() == text)


def _of_a_sheet(stage: Stage) -> None:
    view = make_view()
    stage.qtbot.addWidget(view)
    assert view._state is stage.desk.context.state
    assert not view.receivers(SIGNAL("export_asked()"))
