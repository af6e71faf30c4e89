"""What a page shows, as blocks of a document: its number cards, lists, tables and charts from top to bottom.

Serves every page that has no document of its own. Knows widgets and nothing of what they are about.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListView, QTableView, QWidget

from desktop.core.documents import Block, Column, Fact, Facts, Kind, Marked, Row, Status, Table
from desktop.views.charts.chart import Chart
from desktop.views.tables import RecordTableView
from desktop.views.tables.frozen import FrozenColumn
from desktop.views.tables.sheets import MOST_ROWS, document_table
from desktop.views.widgets.cards import NumberCard
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.items import ItemList
from desktop.views.widgets.period_picker import PeriodPicker, period_text

Part = NumberCard | ItemList | Chart | QTableView | QListView
_DISPLAYED, _SAID = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole


def blocks_of(page: QWidget) -> tuple[Block, ...]:
    """Everything that can be seen on `page`, also what has to be scrolled to; nothing where there is nothing."""
    blocks: list[Block] = []
    cards: list[NumberCard] = []
    for part in _parts(page):
        if isinstance(part, NumberCard):
            cards.append(part)
            continue
        blocks += _facts(cards)
        cards = []
        block = _block(part, page.accessibleName())
        if block is not None:
            blocks.append(block)
    return (*blocks, *_facts(cards))


def why_nothing(page: QWidget) -> str:
    """Why there is nothing to print or save: what the page itself says in its empty room, if it says anything."""
    said = next((one for one in page.findChildren(EmptyState) if one.isVisibleTo(page)), None)
    return "" if said is None else said.accessibleName()


def subtitle_of(page: QWidget) -> str:
    """The period that the page shows, if it shows one."""
    picker = next((one for one in page.findChildren(PeriodPicker) if one.isVisible()), None)
    return "" if picker is None else period_text(picker.period)


def _parts(page: QWidget) -> list[Part]:
    """The parts in reading order: by rows, from the left within a row."""
    found = [
        part
        for part in page.findChildren(QWidget)
        if isinstance(part, (NumberCard, ItemList, Chart, QTableView, QListView))
        and not isinstance(part, FrozenColumn)
        and part.isVisibleTo(page)
    ]
    return sorted(found, key=lambda part: _place(part, page))


def _place(part: QWidget, page: QWidget) -> tuple[int, int]:
    corner = part.mapTo(page, QPoint(0, 0))
    return corner.y(), corner.x()


def _facts(cards: Iterable[NumberCard]) -> list[Block]:
    facts = tuple(Fact(card.text(), _marked(card), note=card.figures.target) for card in cards)
    return [Facts(facts)] if facts else []


def _marked(card: NumberCard) -> Marked:
    return Marked(card.figures.value, Status(card.figures.status.value))


def _block(part: ItemList | Chart | QTableView | QListView, page_title: str) -> Table | None:
    if isinstance(part, RecordTableView):
        title = part.accessibleName()
        table = document_table(part, title="" if title == page_title else title)
        return table if table.rows else None
    if isinstance(part, Chart):
        return _chart(part)
    if isinstance(part, QTableView):
        return _grid(part)
    if isinstance(part, QListView):
        return _list(part)
    rows = tuple(
        Row((Marked(one.item.title, Status(one.item.status.value)), one.item.note, "\n".join(one.item.lines)))
        for one in part.items
    )
    columns = (Column(part.title, wrap=True), Column(""), Column("", wrap=True))
    return Table(columns, rows) if rows else None


def _grid(view: QTableView) -> Table | None:
    """A spreadsheet's cells as they are displayed, without lines and columns in which nothing stands."""
    model = view.model()
    texts = [
        [_text(model.index(row, column).data(_DISPLAYED)) for column in range(model.columnCount())]
        for row in range(min(model.rowCount(), MOST_ROWS))
    ]
    across = Qt.Orientation.Horizontal
    shown = [
        column
        for column in range(model.columnCount())
        if not view.isColumnHidden(column) and any(row[column] for row in texts)
    ]
    rows = tuple(Row(tuple(row[column] for column in shown)) for row in texts if any(row))
    columns = tuple(Column(_text(model.headerData(column, across, _DISPLAYED)), wrap=True) for column in shown)
    return Table(columns, rows, title=view.accessibleName()) if rows else None


def _list(view: QListView) -> Table | None:
    """A list's entries: what is told of each to those who cannot see it, else what it shows."""
    model = view.model()
    found = (model.index(row, 0) for row in range(min(model.rowCount(), MOST_ROWS)))
    rows = tuple(Row((_text(index.data(_SAID)) or _text(index.data(_DISPLAYED)),)) for index in found)
    return Table((Column(view.accessibleName(), wrap=True),), rows) if rows else None


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _chart(chart: Chart) -> Table | None:
    """A chart's figures; words at the left where a column holds any."""
    heading, *rows = chart.table()
    if not rows:
        return None
    columns = tuple(
        Column(str(title or ""), Kind.TEXT if any(isinstance(row[at], str) for row in rows) else Kind.NUMBER)
        for at, title in enumerate(heading)
    )
    return Table(columns, tuple(Row(tuple(row)) for row in rows), title=chart.title)
