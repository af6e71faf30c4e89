"""The calendar of coverage as blocks of a document: a week to a row, a kind to a column, and the gaps.

Knows the service's records; draws nothing.
"""

from __future__ import annotations

from desktop.core.coverage import State
from desktop.core.documents import Block, Cell, Column, Heading, Kind, Marked, Row, Status, Table, period_words
from desktop.core.periods import Period
from desktop.services import coverage
from desktop.services.coverage import Calendar
from desktop.views.pages.coverage import words


def subtitle(shown: Calendar) -> str:
    """The weeks shown."""
    return period_words(Period(shown.weeks[0].start, shown.weeks[-1].end))


def blocks(shown: Calendar) -> tuple[Block, ...]:
    """The calendar, newest week first, then its gaps."""
    used = [row for row in shown.rows if row.records]
    columns = (Column(words.tr("Week of"), Kind.DATE), *(Column(words.kind(row.kind), Kind.COUNT) for row in used))
    rows = tuple(
        Row((week.start, *(_cell(row.cells[at]) for row in used)))
        for at, week in reversed(list(enumerate(shown.weeks)))
    )
    gaps = tuple(Row((words.kind(gap.kind), words.span(gap), gap.weeks)) for gap in shown.gaps())
    gap_columns = (
        Column(words.tr("Records")),
        Column(words.tr("Without any")),
        Column(words.tr("Weeks"), Kind.COUNT),
    )
    return (
        Table(columns, rows, note=words.tr("Marked “!”: no record in this week, though there are in others.")),
        Heading(words.tr("Gaps, newest first")),
        Table(gap_columns, gaps, empty=words.tr("No gaps.")),
    )


def _cell(cell: coverage.Cell) -> Cell:
    if cell.state is State.GAP:
        return Marked(0, Status.BAD)
    return cell.records if cell.records or cell.state is State.FILLED else None
