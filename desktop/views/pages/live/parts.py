"""What the tabs share: a table, and a row of buttons each with its key. Knows no service."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views import theme
from desktop.views.tables import Column, RecordTableModel, RecordTableView
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.naming import NamedTabs

_LEAST_HEIGHT = 112
"""Heading and three rows: the page fits a small screen, and what does not fit scrolls within its table."""


def make_table(context: PageContext, name: str, columns: list[Column], said: str) -> RecordTableView:
    """A table that is named for screen readers."""
    model = RecordTableModel(columns)
    view = RecordTableView(model, name, context.state)
    model.setParent(view)
    view.setAccessibleName(said)
    view.setMinimumHeight(theme.current().px(_LEAST_HEIGHT))
    return view


class Tabs(NamedTabs):
    """Tabs that ask for no more height than they need, since their tables scroll by themselves."""

    def heightForWidth(self, width: int) -> int:
        """What the tallest tab needs, not what it would like."""
        return self.minimumSizeHint().height()


class Keys(QWidget):
    """Buttons in a row; each is pressed by its letter too while `near` or anything in it has the focus."""

    def __init__(self, near: QWidget, acts: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[str, Button] = {}
        for letter, title, call in acts:
            button = Button(f"{title}  {letter}", "quiet")
            button.setAccessibleName(title)
            button.setToolTip(f"{title} ({letter})")
            button.clicked.connect(call)
            row.addWidget(button)
            self.buttons[letter] = button
            key = QShortcut(QKeySequence(letter), near)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(button.click)
        row.addStretch(1)
