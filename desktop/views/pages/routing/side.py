"""What stands beside the territory grid: the map above; problems, balance, comparison and history in tabs below it.

Layout alone: the editor fills it and hears what is picked.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter

from desktop.services import rule_history
from desktop.views.pages.routing.beside import BalancePanel, Namer, comparison_table, problem_table
from desktop.views.pages.routing.history import HistoryPanel
from desktop.views.pages.routing.mapping import MapPanel
from desktop.views.pages.routing.words import say
from desktop.views.tables import FilteredTable
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.naming import NamedTabs


class SidePanel(QSplitter):
    """The map and the tabs below it; the comparison's tab is hidden until something is compared."""

    def __init__(self, context: PageContext, name: Namer, is_dirty: Callable[[], bool]) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setChildrenCollapsible(False)
        self.map = MapPanel()
        self.problems = problem_table(context)
        self.balance = BalancePanel(context, name)
        self.comparison = comparison_table(context, name)
        self.history = HistoryPanel(context, rule_history.TERRITORIES, is_dirty)
        self.below = NamedTabs(say("Problems and balance"))
        self.below.addTab(FilteredTable(self.problems), say("Problems"))
        self.below.addTab(self.balance, say("Balance"))
        self.below.addTab(FilteredTable(self.comparison), say("Who gains, who loses"))
        self.below.setTabVisible(2, False)
        # on a small screen the versions scroll with what they changed
        area = QScrollArea()
        area.setAccessibleName(say("History"))
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.history)
        self.below.addTab(area, say("History"))
        self.addWidget(self.map)
        self.addWidget(self.below)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
