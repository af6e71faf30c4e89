"""Tab goes through what is shown as it is laid out, whenever it was made."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.widgets.naming import NamedTabs
from desktop.views.widgets.ordering import next_stop


def field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made


def way(window: QWidget, start: QWidget, forward: bool = True) -> list[str]:
    names, here = [start.objectName()], next_stop(window, start, forward)
    while here is not None and here is not start and len(names) < 20:
        names.append(here.objectName())
        here = next_stop(window, here, forward)
    return names


def test_late_parts_are_reached_where_they_stand(look: theme.Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    lines = QVBoxLayout(window)
    first, last, late = field("first"), field("last"), field("late")
    lines.addWidget(first)
    lines.addWidget(last)
    row = QHBoxLayout()
    lines.insertLayout(1, row)
    row.addWidget(late)
    window.show()
    assert way(window, first) == ["first", "late", "last"]
    assert way(window, first, forward=False) == ["first", "last", "late"]


def test_only_what_is_shown_and_can_be_used_is_a_stop(look: theme.Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    lines = QVBoxLayout(window)
    first, off, gone, spin = field("first"), field("off"), field("gone"), QSpinBox()
    spin.setObjectName("spin")
    for one in (first, off, gone, spin):
        lines.addWidget(one)
    off.setEnabled(False)
    gone.hide()
    stack = QStackedWidget()
    stack.addWidget(field("behind"))
    stack.addWidget(field("front"))
    stack.setCurrentIndex(1)
    lines.addWidget(stack)
    window.show()
    assert way(window, first) == ["first", "spin", "front"]


def test_tabs_areas_splitters_and_grids(look: theme.Theme, qtbot: QtBot) -> None:
    tabs = NamedTabs("Views")
    qtbot.addWidget(tabs)
    tabs.tabBar().setObjectName("bar")
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.addWidget(field("lower"), 1, 0)
    grid.addWidget(field("right"), 0, 1)
    grid.addWidget(field("left"), 0, 0)
    area = QScrollArea()
    area.setObjectName("area")
    area.setWidgetResizable(True)
    area.setWidget(holder)
    both = QSplitter()
    both.addWidget(field("second"))
    both.insertWidget(0, area)
    tabs.addTab(both, "One")
    tabs.addTab(field("other"), "Two")
    tabs.show()
    assert way(tabs, tabs.tabBar()) == ["bar", "area", "left", "right", "lower", "second"]


def test_from_what_is_no_stop(look: theme.Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    lines = QVBoxLayout(window)
    group, label = QWidget(), QLabel("Only words")
    first, inner = field("first"), field("inner")
    QVBoxLayout(group).addWidget(inner)
    for one in (first, label, group):
        lines.addWidget(one)
    window.show()
    assert next_stop(window, group, True) is inner
    assert next_stop(window, group, False) is first
    assert next_stop(window, label, True) is None
    assert next_stop(window, None, True) is None
