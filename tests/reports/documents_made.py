"""Documents to be drawn: every block once, a table over many pages, and the worst that names and numbers can be."""

from __future__ import annotations

from datetime import date, datetime

from desktop.core.documents import (
    Area,
    Bar,
    Bars,
    Block,
    Bullet,
    Checklist,
    Column,
    Columns,
    Fact,
    Facts,
    Heading,
    HeatMap,
    Kind,
    Lines,
    Map,
    Marked,
    PageBreak,
    Report,
    Row,
    Series,
    SignatureLines,
    Status,
    Step,
    Table,
    Text,
    Trend,
    Waterfall,
    WritingLines,
)
from desktop.core.scorecard import Letterhead, Paper
from tests.reports.pages import logo

PRINTED = datetime(2026, 4, 1, 8, 5)
MONTHS = ("Jan", "Feb", "Mar", "Apr")
NASTY = (
    "Wolfeschlegelsteinhausenbergerdorff " * 6,
    "D'Angelo & Sons <b>Insurance</b> <img src='http://x/y.png'>",
    "محمد عبد الله \U0001f600",
    "אברהם כהן 24",
    '=HYPERLINK("http://x")',
    "a\tb\x00c\ud800d\nsecond line",
    "Ångström Đorđević 保険",
    "x" * 200,
    "",
)


def document(*blocks: Block, paper: Paper = Paper.LETTER, landscape: bool | None = None) -> Report:
    return Report(
        "Quarterly report",
        "Jan 1, 2026 – Mar 31, 2026  ·  All producers",
        Letterhead("Lakeview Insurance Partners", paper, logo()),
        PRINTED,
        "Calls through Mar 30, 2026.",
        blocks,
        landscape,
        "Version 2, replaces version 1",
    )


def figures() -> Report:
    """Words, large figures, a small table and the bars."""
    columns = (
        Column("Producer"),
        Column("Calls made", Kind.COUNT),
        Column("Against target", Kind.DRAWING),
        Column("Trend", Kind.DRAWING),
        Column("New premium", Kind.MONEY),
        Column("Close rate", Kind.PERCENT),
        Column("Multiple", Kind.MULTIPLE),
        Column("Since", Kind.DATE),
    )
    rows = (
        Row(
            ("Ann Lee", Marked(42, Status.GOOD), Bullet(42, 30, 50), Trend((1, None, 3, 2)), 1_234_567, 0.4,
             Marked(3.2, Status.GOOD), date(2024, 2, 29))
        ),
        Row(("Bo Fox", Marked(17, Status.BAD), Bullet(17, 20), Trend((5, 4)), 98_749, None, 0.9, date(2026, 1, 5))),
    )  # fmt: skip
    total = Row(("TOTAL", 59, None, None, 1_333_316, 0.38, None, None))
    return document(
        Facts(
            (
                Fact("Premium", 1_333_316, Kind.MONEY, "of $20,000 target"),
                Fact("Close rate", Marked(0.38, Status.NEAR), Kind.PERCENT),
                Fact("Undefined", None, Kind.PERCENT, "no quotes"),
            )
        ),
        Heading("Producers"),
        Text("Price is 58% of losses, near the 60% line. " * 4, strong=True),
        Table(columns, rows, (total,), note="A check is good, an exclamation mark is not."),
        Bars("Price is 58% of losses", (Bar("Price", 0.58), Bar("Timing", 0.1, note="3 deals")), Kind.PERCENT,
             (("Limit", 0.6),)),
        Bars("Net contribution", (Bar("Ann", 12_000_000), Bar("Bo", -3_000_000)), Kind.MONEY),
        Bars("Calls", (Bar("Ann", 42, 30, 50, status=Status.GOOD), Bar("Bo", 17, 20)), Kind.COUNT),
        Text("Remarks in small type.", quiet=True),
    )  # fmt: skip


def charts() -> Report:
    """Everything that is plotted, on A4, and what is written on by hand."""
    rings = (((0.0, 0.0), (40.0, 0.0), (40.0, 20.0), (0.0, 20.0)),)
    moved = (((40.0, 0.0), (80.0, 0.0), (80.0, 20.0), (40.0, 20.0)),)
    return document(
        Lines("Close rate", MONTHS, (Series("Ann", (0.2, None, 0.4, 0.3)), Series("Bo", (0.1, 0.2, 0.2, 0.3))),
              Kind.PERCENT, 0.35),
        Columns("Premium", MONTHS, (Series("New", (100, 200, 0, 50)), Series("Old", (30, 20, 45, -10))), Kind.MONEY),
        HeatMap("Connected", ("Mon", "Tue"), ("8:00", "9:00"), ((0.1, None), (0.5, 1.0))),
        Waterfall("Hours", (Step("Available", 2000, True), Step("Duties", -1400), Step("Left", 600, True)), Kind.COUNT),
        Map("Territories", (Area("A", rings, 0.5), Area("B", moved)), "Darker: more leads."),
        PageBreak(),
        Checklist(("Review the numbers", "Pipeline"), "Agenda", 2),
        WritingLines("Notes", 3),
        SignatureLines((("Ann Lee", "Producer"), ("Tom Ash", "Manager"))),
        paper=Paper.A4,
    )  # fmt: skip


def long_table(rows: int = 130) -> Report:
    """A table over several pages, rows of one and of several lines."""
    columns = (Column("Name"), Column("Count", Kind.COUNT), Column("Words", wrap=True))
    made = tuple(Row((f"Row{n:04}", n * 1000, f"End{n:04} " + "word " * (n % 9 * 7))) for n in range(rows))
    return document(Heading("All of them"), Table(columns, made, (Row(("TOTAL", 5, "")),)), landscape=False)


def nasty() -> Report:
    """Names that break careless programs, in every place where a name can stand."""
    rows = tuple(Row((name, at, name, name)) for at, name in enumerate(NASTY))
    columns = (Column(NASTY[0]), Column(NASTY[1], Kind.MONEY), Column(NASTY[3], wrap=True), Column(NASTY[6]))
    head = Letterhead(NASTY[1] * 4, Paper.LETTER, None)
    blocks: tuple[Block, ...] = (
        Facts(tuple(Fact(name, name, note=name) for name in NASTY)),
        Heading(NASTY[0]),
        Text(NASTY[7]),
        Text(NASTY[1]),
        Table(columns, rows, title=NASTY[2]),
        Bars(NASTY[0], tuple(Bar(name, 10**15, note=name) for name in NASTY), Kind.MONEY),
        Lines(NASTY[1], NASTY[:4], (Series(NASTY[0], (1, 2, 3, 10**15)), Series(NASTY[2], (None,) * 4))),
        HeatMap(NASTY[2], NASTY[:2], NASTY[:2], ((10**12, 1), (None, 0.1)), Kind.MONEY),
        Waterfall(NASTY[3], (Step(NASTY[0], 10**15, True), Step(NASTY[1], -1))),
        Checklist(NASTY, NASTY[0], 1),
        SignatureLines(((NASTY[0], NASTY[1]), (NASTY[2], NASTY[3]), (NASTY[4], ""))),
    )
    return Report(NASTY[0], NASTY[0], head, PRINTED, NASTY[0], blocks, version=NASTY[6])


def empty() -> Report:
    """Nothing at all."""
    return document(
        Table((Column("A"), Column("B", Kind.COUNT)), (), empty="Nobody left."), Bars("None", ()), Map("", ())
    )


ALL = {"figures": figures, "charts": charts, "long": long_table, "nasty": nasty, "empty": empty}
