"""The menu of a table: sorting, filter, copy, columns and export, by the right button or by Shift+F10.

Knows the view's own functions; what a row means is the page's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from desktop.views.tables.view import RecordTableView


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("TableMenu", text)


def table_menu(view: RecordTableView, column: int) -> QMenu:
    """What can be done with `view`, its column number `column` being the one meant."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    title = view.records.columns[column].title
    menu.addAction(
        say("Sort by “{}”, Ascending").format(title), QKeySequence("Alt+Up"), lambda: view.sort_by(column, False)
    )
    menu.addAction(
        say("Sort by “{}”, Descending").format(title), QKeySequence("Alt+Down"), lambda: view.sort_by(column, True)
    )
    if view.records.sorted_by is not None:
        menu.addAction(say("Leave Unsorted"), lambda: view.sort_by(-1, False))
    menu.addSeparator()
    menu.addAction(say("Filter…"), QKeySequence(QKeySequence.StandardKey.Find), view.filter_asked.emit)
    menu.addAction(say("Copy Rows"), QKeySequence(QKeySequence.StandardKey.Copy), view.copy_selection)
    menu.addSeparator()
    _add_columns(view, menu.addMenu(say("Columns")))
    menu.addAction(say("Hide “{}”").format(title), lambda: view.show_column(column, False))
    menu.addAction(say("Columns as They Were"), view.reset_columns)
    menu.addSeparator()
    menu.addAction(say("Export This Table…"), view.ask_export)
    return menu


def _add_columns(view: RecordTableView, menu: QMenu) -> None:
    """A check to each column, and all of them at once."""
    for number, column in enumerate(view.records.columns):
        action = menu.addAction(column.title)
        action.setCheckable(True)
        action.setChecked(not view.isColumnHidden(number))
        action.triggered.connect(lambda checked, number=number: view.show_column(number, checked))
    menu.addSeparator()
    menu.addAction(say("Show All Columns"), view.show_all_columns)
