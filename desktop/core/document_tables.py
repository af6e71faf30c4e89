"""A document as tables alone: every table, every chart as one, nothing that is only drawn.

Must not know how sheets are written.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.core.documents import (
    Bars,
    Block,
    Cell,
    Column,
    Columns,
    Fact,
    Facts,
    Heading,
    HeatMap,
    Kind,
    Lines,
    Report,
    Row,
    Table,
    Waterfall,
)


def tables_of(report: Report) -> tuple[Table, ...]:
    """Every table of a report, and every chart and set of facts as one: what a spreadsheet holds of it.

    Charts that only repeat a table (`repeats`) and drawn columns are left out. A table without a title takes
    the heading over it.
    """
    found: list[Table] = []
    heading = report.title
    for block in report.blocks:
        if isinstance(block, Heading):
            heading = block.text
        table = _as_table(block)
        if table is not None:
            found.append(_of_figures(table, table.title or heading))
    return tuple(found)


def _of_figures(table: Table, title: str) -> Table:
    kept = [number for number, column in enumerate(table.columns) if column.kind is not Kind.DRAWING]

    def chosen(row: Row) -> Row:
        kinds = tuple(row.kinds[number] for number in kept) if row.kinds else ()
        return Row(tuple(row.cells[number] for number in kept), row.strong, kinds)

    columns = tuple(table.columns[number] for number in kept)
    return Table(
        columns, tuple(map(chosen, table.rows)), tuple(map(chosen, table.totals)), title, table.note, table.empty
    )


def _as_table(block: Block) -> Table | None:
    match block:
        case Table():
            return block
        case Facts(facts, title):
            return Table(
                (Column("Figure"), Column("Value", Kind.NUMBER), Column("Note")), tuple(_fact_rows(facts)), title=title
            )
        case Bars(repeats=False):
            return _bars_table(block)
        case Lines(repeats=False) | Columns(repeats=False):
            return _series_table(block)
        case HeatMap(repeats=False):
            columns = (Column(""), *(Column(name, block.kind) for name in block.columns))
            rows = zip(block.rows, block.values, strict=True)
            return Table(columns, tuple(Row((name, *values)) for name, values in rows), title=block.title)
        case Waterfall(repeats=False):
            steps = tuple(Row((step.label, step.amount), strong=step.total) for step in block.steps)
            return Table((Column("Step"), Column("Amount", block.kind)), steps, title=block.title)
    return None


def _fact_rows(facts: tuple[Fact, ...]) -> Iterator[Row]:
    for fact in facts:
        yield Row((fact.label, fact.value, fact.note), kinds=(Kind.TEXT, fact.kind, Kind.TEXT))


def _bars_table(bars: Bars) -> Table:
    columns = [Column(""), Column("Value", bars.kind)]
    with_target = any(bar.target is not None for bar in bars.bars)
    with_stretch = any(bar.stretch is not None for bar in bars.bars)
    if with_target:
        columns.append(Column("Target", bars.kind))
    if with_stretch:
        columns.append(Column("Stretch", bars.kind))
    rows = []
    for bar in bars.bars:
        cells: list[Cell] = [bar.label, bar.value]
        if with_target:
            cells.append(bar.target)
        if with_stretch:
            cells.append(bar.stretch)
        rows.append(Row(tuple(cells)))
    return Table(tuple(columns), tuple(rows), title=bars.title)


def _series_table(chart: Lines | Columns) -> Table:
    columns = (Column(""), *(Column(one.name or "Value", chart.kind) for one in chart.series))
    rows = tuple(Row((label, *(one.values[at] for one in chart.series))) for at, label in enumerate(chart.labels))
    return Table(columns, rows, title=chart.title)
