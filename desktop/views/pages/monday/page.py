"""The first screen: last week in one line, then three columns, each item a button to the page that settles it.

Wiring alone: figures come from one service, words from the module beside.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.pages.monday import rows, words
from desktop.views.tables import VALUES_ROLE, FilteredTable, RecordTableModel, RecordTableView
from desktop.views.widgets.cards import NumberCard
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.items import Item, ItemList
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group
from desktop.views.widgets.sparklines import SparklineDelegate

if TYPE_CHECKING:
    from desktop.services.monday import Monday, Row

_SEEN = "monday.seen"
_FEWEST, _MOST = 5, 8
"""Between so many rows the producers' table is as high as it has; of more the rest is scrolled to."""


class MondayPage(Page):
    """Where the week begins."""

    key = "monday"
    group = Group.TODAY
    icon_name = "today"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Monday"))
        self._context = context
        self._since = _moment(context.state.read(_SEEN))
        context.state.write(_SEEN, context.now().isoformat(timespec="seconds"))
        self.found: Monday | None = None
        self.cards = {metric: NumberCard(word) for metric, word in rows.labels().items()}
        self.model = RecordTableModel(rows.columns(), self)
        self.table = RecordTableView(self.model, "monday", context.state, compact=True)
        self.news = ItemList(self.tr("What is new"), self.tr("Nothing was imported or typed since your last visit."))
        self.talks = ItemList(self.tr("Who needs a talk"), self.tr("Nobody: no red flag stands."))
        self.missing = ItemList(self.tr("What is missing"), self.tr("Nothing: last week is complete."))
        self.this_week = ItemList(self.tr("This week"), self.tr("No lead waits and nothing runs out in 30 days."))
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Reads everything anew."""
        self._context.ask(
            _read,
            self._context.now(),
            self._since,
            on_finished=self._on_read,
            label=self.tr("Reading the week"),
        )

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The page as it opens."""
        return [(self.key, lambda: None)]

    def _arrange(self) -> None:
        self.table.setAccessibleName(self.tr("Last week by producer"))
        for key in rows.TRENDS:
            self.table.set_delegate(key, SparklineDelegate(VALUES_ROLE, self.table))
        self.empty = EmptyState(
            "today",
            self.tr("Nothing to look at yet"),
            self.tr("Import producers and a week of activity, and this page says each Monday what matters."),
            self.tr("Import Exports"),
        )
        cards = QHBoxLayout()
        for key, card in self.cards.items():
            # dollars are longer than a count, and leave their sparkline less
            cards.addWidget(card, 5 if key == "new_premium" else 4)
        left = QVBoxLayout()
        left.addLayout(cards)
        left.addWidget(self.news, 1)
        self._band = QHBoxLayout()
        self._band.addLayout(left, 13)
        self._band.addWidget(FilteredTable(self.table), 10, Qt.AlignmentFlag.AlignTop)
        self._columns = QHBoxLayout()
        for column in self._lists():
            column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            self._columns.addWidget(column, 1, Qt.AlignmentFlag.AlignTop)
        full = QWidget()
        lines = QVBoxLayout(full)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(self._band)
        lines.addLayout(self._columns)
        lines.addStretch(1)
        self._layouts = (cards, left, self._band, self._columns, lines)
        self.full = full
        self.stack.addWidget(QLabel())
        self.stack.addWidget(self.empty)
        self.stack.addWidget(full)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _lists(self) -> tuple[ItemList, ...]:
        return (self.talks, self.missing, self.this_week)

    def _connect(self) -> None:
        self.empty.acted.connect(self.import_requested)
        self.table.row_activated.connect(self._on_row_activated)
        for listing in (*self._lists(), self.news):
            listing.chosen.connect(self._on_item_chosen)
        for card in self.cards.values():
            card.clicked.connect(lambda: self._open_week(None))

    def _on_theme_changed(self) -> None:
        look = theme.current()
        for layout in self._layouts:
            layout.setSpacing(look.unit(1.5))
        self._fit_table()

    def _fit_table(self) -> None:
        """The table as high as its rows, so that neither bar stands over a handful of them."""
        rows = min(max(self.model.rowCount(), _FEWEST), _MOST)
        heading = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(theme.current().row_height * rows + heading + 2 * self.table.frameWidth())

    def _on_read(self, found: Monday) -> None:
        self.found = found
        if found.empty:
            self.stack.setCurrentWidget(self.empty)
            self.header.set_subtitle("")
            return
        self.header.set_subtitle(rows.week_words(found))
        agency, *others = found.rows
        for metric, card in self.cards.items():
            card.set_figures(rows.card(agency, metric))
        self.model.set_rows(others)
        self._fit_table()
        self.news.set_title(words.news_title(found))
        self.news.set_items(words.news(found), len(found.news.entries))
        self.talks.set_items(words.talks(found))
        self.missing.set_items(words.missing(found))
        self.this_week.set_items(words.this_week(found.this_week))
        self.stack.setCurrentWidget(self.full)

    def _on_item_chosen(self, item: Item) -> None:
        self.page_requested.emit(item.page, item.argument)

    def _on_row_activated(self, row: Row) -> None:
        self._open_week(row.code)

    def _open_week(self, code: str | None) -> None:
        if self.found is not None:
            self.page_requested.emit("producers", self.found.week)
            if code is not None:
                self.page_requested.emit("producers", code)


def _read(book: Any, now: datetime, since: datetime | None) -> Monday:
    """On the worker's thread: the window is painted before the services that count are even imported."""
    from desktop.services import monday as service

    return service.monday(book, now, since)


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
