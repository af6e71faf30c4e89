"""What a spreadsheet holds of a document: every table, every chart as one, nothing twice and nothing drawn."""

from __future__ import annotations

from datetime import date, datetime

from desktop.core.document_tables import tables_of
from desktop.core.documents import (
    Bar,
    Bars,
    Block,
    Bullet,
    Column,
    Columns,
    Fact,
    Facts,
    Heading,
    HeatMap,
    Kind,
    Lines,
    Marked,
    Report,
    Row,
    Series,
    Status,
    Step,
    Table,
    Text,
    Trend,
    Waterfall,
    period_words,
    plain,
)
from desktop.core.periods import Period
from desktop.core.scorecard import Letterhead


def report(*blocks: Block) -> Report:
    return Report("Title", "Of", Letterhead("Agency"), datetime(2026, 3, 9, 8), "", blocks)


def test_tables_take_the_heading_over_them() -> None:
    table = Table((Column("A"),), (Row(("x",)),))
    named = Table((Column("A"),), (), title="Own")
    found = tables_of(report(table, Text("words"), Heading("Part"), table, named))
    assert [one.title for one in found] == ["Title", "Part", "Own"]


def test_drawn_columns_are_left_out_with_their_kinds() -> None:
    row = Row(("x", Bullet(1, 2), 3, Trend((1, None))), kinds=(Kind.TEXT, Kind.DRAWING, Kind.COUNT, Kind.DRAWING))
    columns = (Column("A"), Column("B", Kind.DRAWING), Column("C", Kind.NUMBER), Column("D", Kind.DRAWING))
    (found,) = tables_of(report(Table(columns, (row,), (row,))))
    assert [column.title for column in found.columns] == ["A", "C"]
    for kept in (*found.rows, *found.totals):
        assert kept.cells == ("x", 3)
        assert [kept.kind(at, found.columns) for at in (0, 1)] == [Kind.TEXT, Kind.COUNT]


def test_charts_become_tables_unless_they_repeat_one() -> None:
    bars = Bars("Bars", (Bar("a", 1, 2, 3), Bar("b", None)), Kind.COUNT)
    lines = Lines("Lines", ("Jan", "Feb"), (Series("x", (1, None)), Series("y", (2, 3))))
    heat = HeatMap("Heat", ("Mon",), ("8", "9"), ((0.5, None),))
    fall = Waterfall("Fall", (Step("all", 10, total=True), Step("less", -3)))
    found = tables_of(report(bars, lines, heat, fall, Facts((Fact("f", 5, Kind.MONEY, "note"),), "Facts")))
    assert [one.title for one in found] == ["Bars", "Lines", "Heat", "Fall", "Facts"]
    assert [row.cells for row in found[0].rows] == [("a", 1, 2, 3), ("b", None, None, None)]
    assert [row.cells for row in found[1].rows] == [("Jan", 1, 2), ("Feb", None, 3)]
    assert [row.cells for row in found[2].rows] == [("Mon", 0.5, None)]
    assert [row.cells for row in found[3].rows] == [("all", 10), ("less", -3)]
    assert found[4].rows[0].kinds[1] is Kind.MONEY
    silent = (
        Bars("Bars", (Bar("a", 1),), repeats=True),
        Columns("C", ("Jan",), (Series("", (1,)),), repeats=True),
        Waterfall("Fall", (), repeats=True),
        HeatMap("Heat", (), (), (), repeats=True),
    )
    assert tables_of(report(*silent)) == ()


def test_a_mark_is_no_part_of_the_value() -> None:
    assert plain(Marked(3, Status.BAD)) == 3
    assert plain(Bullet(1, 2)) is None


def test_a_period_in_words() -> None:
    assert period_words(Period(date(2026, 3, 1), date(2026, 3, 31))) == "Mar 1, 2026 – Mar 31, 2026"
    assert period_words(Period(date(2026, 3, 1), date(2026, 3, 1))) == "Mar 1, 2026"
