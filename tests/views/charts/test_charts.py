"""Every chart: its marks by mouse and keys, what a screen reader hears, and its files."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.views import theme
from desktop.views.charts import (
    Bar,
    BarChart,
    Cell,
    Chart,
    ColumnChart,
    FunnelChart,
    FunnelStep,
    HeatMap,
    LineChart,
    Point,
    ScatterChart,
    Series,
    Step,
    Unit,
    Waterfall,
)
from desktop.views.charts.bars import Span, SpanChart

BARS = (Bar("Web", 0.12, "web", "9 of 75"), Bar("Referral", 0.34, "referral"), Bar("List", None, "list"))


def bars() -> Chart:
    return BarChart(BARS, Unit.RATE, "Referrals close best", target=0.3)


def lines() -> Chart:
    series = (Series("Close rate", (0.1, None, 0.3)),)
    return LineChart(
        ("Jan", "Feb", "Mar"), series, Unit.RATE, "Close rate", target=0.25, keys=("j", "f", "m"),
        band=((0.05, 0.2), None, (0.2, 0.4)),
    )  # fmt: skip


def raised() -> Chart:
    """Lines whose target was raised on the way."""
    series = (Series("Close rate", (0.1, None, 0.3)),)
    return LineChart(("Jan", "Feb", "Mar"), series, Unit.RATE, "Close rate", target=(None, 0.2, 0.25), keys="jfm")


def columns() -> Chart:
    series = (Series("Auto", (100.0, 200.0), 0), Series("Home", (None, 50.0), 1))
    return ColumnChart(("Jan", "Feb"), series, Unit.DOLLARS, "Premium", keys=("j", "f"), target=150)


def stacked() -> Chart:
    series = (Series("Auto", (100.0, 200.0), 0), Series("Home", (None, 50.0), 1))
    return ColumnChart(("Jan", "Feb"), series, Unit.DOLLARS, "Premium", keys=("j", "f"), stacked=True)


def waterfall() -> Chart:
    steps = (Step("Available", 2000, True, "a"), Step("Service", -1400, key="s"), Step("Left", 600, True, "l"))
    return Waterfall(steps, Unit.HOURS, "600 hours sell")


def heat() -> Chart:
    cells = (Cell(0, 0, 0.5, "3 of 6", (0, 0)), Cell(0, 1, None), Cell(1, 0, 0.2, "", (1, 0)), Cell(1, 1, 0.9))
    return HeatMap(("Mon", "Tue"), ("8 AM", "9 AM"), cells, Unit.RATE, "Tuesday at nine")


def scatter() -> Chart:
    points = (Point("Ana", 30, 0.2, "ana"), Point("Bo", 10, 0.4, "bo"))
    return ScatterChart(points, ("calls", Unit.COUNT), ("close rate", Unit.RATE), "More calls, fewer closes")


def funnel() -> Chart:
    steps = (FunnelStep("New", 10, 1.0, None, key="new"), FunnelStep("Won", 2, 0.2, 0.2, True, "won"))
    return FunnelChart(steps, "Won loses most")


def spans() -> Chart:
    chart = SpanChart(heading="Input")
    chart.set_spans(
        (Span("Desired compensation", 4.5, 7.8, "desired"), Span("Weeks worked", 6.8, 6.0)), 6.1, "as planned"
    )
    chart.set_title("Desired compensation moves the plan most")
    return chart


ALL = (bars, spans, lines, raised, columns, stacked, waterfall, heat, scatter, funnel)


@pytest.fixture(params=ALL, ids=lambda make: make.__name__)
def chart(request: pytest.FixtureRequest, qtbot: QtBot, look: theme.Theme) -> Chart:
    made: Chart = request.param()
    qtbot.addWidget(made)
    made.resize(520, 320)
    made.show()
    return made


def test_all_marks_lie_within_the_chart_and_say_something(chart: Chart) -> None:
    assert len(chart.marks) >= 2
    for mark in chart.marks:
        assert chart.rect().adjusted(-1, -1, 1, 1).contains(mark.box.toAlignedRect()), mark
        assert mark.text


def test_arrows_reach_every_mark_and_enter_opens_it(chart: Chart, qtbot: QtBot) -> None:
    opened: list[object] = []
    chart.drilled.connect(opened.append)
    said = []
    for _ in chart.marks:
        qtbot.keyClick(chart, Qt.Key.Key_Right)
        said.append(chart.current_mark.text if chart.current_mark else None)
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert said == [mark.text for mark in chart.marks]
    assert opened == [mark.key for mark in chart.marks if mark.key is not None]
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.current_mark == chart.marks[-1]
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.current_mark == chart.marks[0]
    assert chart.marks[0].text in chart.accessibleName()


def test_the_mouse_shows_and_opens_the_mark_under_it(chart: Chart, qtbot: QtBot) -> None:
    opened: list[object] = []
    chart.drilled.connect(opened.append)
    mark = next(mark for mark in chart.marks if mark.key is not None)
    place = mark.box.center().toPoint()
    qtbot.mouseMove(chart, QPoint(1, 1))
    qtbot.mouseMove(chart, place)
    assert chart.current_mark == mark
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert opened == [mark.key]


def test_a_reader_without_eyes_hears_title_and_figures(chart: Chart) -> None:
    assert chart.accessibleName() == chart.title
    for mark in chart.marks:
        assert mark.text in chart.accessibleDescription()


def test_it_goes_into_files(chart: Chart, tmp_path: Path) -> None:
    picture = QImage(str(chart.save_chart(tmp_path / "chart.png")))
    ground = theme.current().colour("surface")
    assert picture.width() > chart.width()
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 5) for y in range(0, 400, 5)}
    assert len(colours) > 3 and ground.name() in colours
    root = ElementTree.parse(chart.save_chart(tmp_path / "chart.svg")).getroot()
    texts = "".join(root.itertext())
    assert chart.title.split()[0] in texts
    with chart.save_chart(tmp_path / "chart.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len({len(row) for row in rows}) == 1
    assert rows[1:] == [["" if cell is None else str(cell) for cell in row] for row in chart.table()[1:]]


def test_the_axes_of_an_svg_stand_where_its_lines_do(look: theme.Theme, qtbot: QtBot, tmp_path: Path) -> None:
    labels = [f"{number}" for number in range(10, 22)]
    chart = LineChart(labels, [Series("Leads", tuple(float(number) for number in range(12)))])
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    feet = []
    for picture in (_painted(chart.save_chart(tmp_path / "c.svg")), QImage(str(chart.save_chart(tmp_path / "c.png")))):
        wide, high = picture.width(), picture.height()
        ground = picture.pixelColor(2, 2)
        foot = range(high - round(high * 0.11), high - 2)
        feet.append([x / wide for x in range(wide) if any(picture.pixelColor(x, y) != ground for y in foot)])
    assert feet[0][-1] == pytest.approx(feet[1][-1], abs=0.02)


def _painted(file: Path) -> QImage:
    drawn = QSvgRenderer(str(file))
    picture = QImage(drawn.defaultSize(), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    drawn.render(painter)
    painter.end()
    return picture


def test_in_a_file_no_finding_stands_over_the_values_and_counts_are_whole(look: theme.Theme, qtbot: QtBot) -> None:
    chart = BarChart([Bar("Referral", 3.0)], title="Referral brings most", heading="Source", measure="Leads")
    qtbot.addWidget(chart)
    assert chart.table() == [["Source", "Leads", "Note"], ["Referral", 3, ""]]
    assert str(chart.table()[1][1]) == "3"


def test_a_month_and_the_same_a_year_later_are_told_apart(look: theme.Theme, qtbot: QtBot) -> None:
    chart = LineChart(
        ["Nov", "Dec", "Nov"], [Series("Leads", (3.0, 4.0, 5.0))], names=["Nov 2025", "Dec 2025", "Nov 2026"]
    )
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    assert [row[0] for row in chart.table()[1:]] == ["Nov 2025", "Dec 2025", "Nov 2026"]
    assert chart.marks[0].text == "Nov 2025: 3"
    assert chart.marks[2].text == "Nov 2026: 5"


def test_saving_does_not_move_what_is_on_screen(chart: Chart, tmp_path: Path) -> None:
    before = [mark.box for mark in chart.marks]
    chart.save_chart(tmp_path / "chart.png")
    assert [mark.box for mark in chart.marks] == before


def test_dark_paints_other_colours(chart: Chart) -> None:
    light = chart.grab().toImage()
    theme.current().set_choice(theme.Scheme.DARK)
    assert chart.grab().toImage() != light


@pytest.mark.parametrize(
    "make",
    [
        BarChart, SpanChart, LineChart, ColumnChart, Waterfall, HeatMap, ScatterChart, FunnelChart,
    ],
)  # fmt: skip
def test_without_figures_it_says_so(make: type[Chart], qtbot: QtBot, look: theme.Theme) -> None:
    chart = make()
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    assert chart.marks == ()
    chart.grab()
    assert chart.accessibleDescription() == chart.summary == chart.empty_text
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.current_mark is None
    chart.grab()


def test_bars_are_ranked_with_undefined_ones_last_unless_told_otherwise(qtbot: QtBot, look: theme.Theme) -> None:
    ranked, given = BarChart(BARS, Unit.RATE), BarChart(BARS, Unit.RATE, ranked=False)
    for chart in (ranked, given):
        qtbot.addWidget(chart)
    assert [row[0] for row in ranked.table()[1:]] == ["Referral", "Web", "List"]
    assert [row[0] for row in given.table()[1:]] == ["Web", "Referral", "List"]
    assert ranked.marks == () or "—" in ranked.marks[-1].text


def test_bars_of_less_than_nothing_go_to_the_left(qtbot: QtBot, look: theme.Theme) -> None:
    chart = BarChart((Bar("Ana", 500.0), Bar("Bo", -300.0)), Unit.DOLLARS)
    qtbot.addWidget(chart)
    chart.resize(500, 200)
    assert len(chart.marks) == 2
    shapes = {place.bar.label: place.shape for place in chart._places}
    assert shapes["Bo"].right() == pytest.approx(shapes["Ana"].left())
    assert shapes["Ana"].width() / shapes["Bo"].width() == pytest.approx(500 / 300)


def test_spans_lie_around_the_plan(qtbot: QtBot, look: theme.Theme) -> None:
    chart = spans()
    assert isinstance(chart, SpanChart)
    qtbot.addWidget(chart)
    chart.resize(500, 200)
    assert chart.marks[0].text == "Desired compensation: 4.5 with less of it, 7.8 with more"
    wide, narrow = chart._places
    assert wide.less < chart._base_x < wide.more and narrow.more < chart._base_x < narrow.less
    assert chart.table()[1] == ["Desired compensation", 4.5, 6.1, 7.8]


def test_a_ringed_place_says_what_happened_there(qtbot: QtBot, look: theme.Theme) -> None:
    plain, ringed = (
        LineChart(("Jan", "Feb", "Mar"), [Series("Ana", (-2.0, 1.0, 3.0), ringed=at, ring_words="paid back")])
        for at in (None, 1)
    )
    for chart in (plain, ringed):
        qtbot.addWidget(chart)
        chart.resize(400, 240)
    assert [mark.text.endswith("; Ana: paid back") for mark in ringed.marks] == [False, True, False]
    assert plain.grab().toImage() != ringed.grab().toImage()


def test_a_waterfall_begins_each_step_where_the_last_one_ended(qtbot: QtBot, look: theme.Theme) -> None:
    chart = waterfall()
    qtbot.addWidget(chart)
    assert [row[2] for row in chart.table()[1:]] == [2000, 600, 600]


def test_stacked_columns_stand_on_each_other(qtbot: QtBot, look: theme.Theme) -> None:
    chart = stacked()
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    lower, upper = [mark.box for mark in chart.marks if mark.text.startswith("Feb")]
    assert upper.bottom() == pytest.approx(lower.top(), abs=1.5)


def test_an_unknown_kind_of_file_is_refused(qtbot: QtBot, look: theme.Theme, tmp_path: Path) -> None:
    chart = bars()
    qtbot.addWidget(chart)
    with pytest.raises(UserError, match="docx"):
        chart.save_chart(tmp_path / "chart.docx")
    for suffix in ("png", "svg", "csv"):
        with pytest.raises(UserError):
            chart.save_chart(tmp_path / "missing" / f"chart.{suffix}")


def test_the_menu_offers_three_kinds_of_file(qtbot: QtBot, look: theme.Theme) -> None:
    chart = bars()
    qtbot.addWidget(chart)
    assert [action.text() for action in chart.make_menu().actions()] == [
        "Save as PNG…",
        "Save as SVG…",
        "Save as CSV…",
    ]


def test_up_and_down_go_by_rows_in_a_heat_map(qtbot: QtBot, look: theme.Theme) -> None:
    cells = [Cell(row, column, (row + column) / 10) for row in range(3) for column in range(4)]
    chart = HeatMap(("Mon", "Tue", "Wed"), ("8", "9", "10", "11"), cells)
    qtbot.addWidget(chart)
    chart.resize(500, 200)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(chart, key)
    assert chart.current_mark is not None and chart.current_mark.text == "Wed 9: 30.0%"
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert chart.current_mark is not None and chart.current_mark.text == "Tue 9: 20.0%"


def test_who_comes_by_tab_stands_on_the_first_mark_and_leaves_none_behind(qtbot: QtBot, look: theme.Theme) -> None:
    chart = bars()
    qtbot.addWidget(chart)
    chart.resize(500, 200)
    chart.focusInEvent(QFocusEvent(QFocusEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert chart.current_mark == chart.marks[0]
    chart.focusOutEvent(QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert chart.current_mark is None
