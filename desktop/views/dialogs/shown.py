"""What a page shows, as blocks of a document: its number cards, lists, tables and charts from top to bottom.

Serves every page that has no document of its own. Knows widgets and nothing of what they are about.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from desktop.core.documents import Block, Column, Fact, Facts, Kind, Marked, Row, Status, Table
from desktop.views.charts.chart import Chart
from desktop.views.tables import RecordTableView
from desktop.views.tables.sheets import document_table
from desktop.views.widgets.cards import NumberCard
from desktop.views.widgets.items import ItemList
from desktop.views.widgets.period_picker import PeriodPicker, period_text

Part = NumberCard | ItemList | RecordTableView | Chart


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


def subtitle_of(page: QWidget) -> str:
    """The period that the page shows, if it shows one."""
    picker = next((one for one in page.findChildren(PeriodPicker) if one.isVisible()), None)
    return "" if picker is None else period_text(picker.period)


def _parts(page: QWidget) -> list[Part]:
    """The parts in reading order: by rows, from the left within a row."""
    found = [
        part
        for part in page.findChildren(QWidget)
        if isinstance(part, (NumberCard, ItemList, RecordTableView, Chart)) and part.isVisibleTo(page)
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


def _block(part: ItemList | RecordTableView | Chart, page_title: str) -> Table | None:
    if isinstance(part, RecordTableView):
        title = part.accessibleName()
        table = document_table(part, title="" if title == page_title else title)
        return table if table.rows else None
    if isinstance(part, Chart):
        return _chart(part)
    rows = tuple(
        Row((Marked(one.item.title, Status(one.item.status.value)), one.item.note, "\n".join(one.item.lines)))
        for one in part.items
    )
    columns = (Column(part.title, wrap=True), Column(""), Column("", wrap=True))
    return Table(columns, rows) if rows else None


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
