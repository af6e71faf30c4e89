"""Charts with axes are pyqtgraph's: what stands on the axes, when it is loaded, and that mouse and menu stay ours."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.charts import ColumnChart, LineChart, Point, ScatterChart, Series, Unit, painting
from desktop.views.charts.plot import Level
from desktop.views.charts.plotted import PlottedChart


def lines() -> LineChart:
    return LineChart(
        ("Jan", "Feb", "Mar"), (Series("Close rate", (0.1, None, 0.3)),), Unit.RATE, "Close rate", target=0.25,
        band=((0.05, 0.2), None, (0.2, 0.4)),
    )  # fmt: skip


def columns() -> ColumnChart:
    series = (Series("Auto", (100.0, 200.0), 0), Series("Home", (None, 50.0), 1))
    return ColumnChart(("Jan", "Feb"), series, Unit.DOLLARS, "Premium", target=150)


def scatter() -> ScatterChart:
    return ScatterChart((Point("Ana", 30, 0.2), Point("Bo", 10, 0.4)), ("calls", Unit.COUNT), ("rate", Unit.RATE), "T")


@pytest.fixture(params=(lines, columns, scatter), ids=lambda make: make.__name__)
def chart(request: pytest.FixtureRequest, qtbot: QtBot, look: theme.Theme) -> PlottedChart:
    made: PlottedChart = request.param()
    qtbot.addWidget(made)
    made.resize(520, 320)
    made.grab()
    return made


def test_the_axes_lie_where_the_chart_has_its_marks(chart: PlottedChart) -> None:
    box = chart.surface.plot.getViewBox()
    on_screen = box.mapRectToScene(box.rect())
    assert on_screen.getCoords() == pytest.approx(chart._area.getCoords(), abs=1.0)  # type: ignore[attr-defined]


def test_a_value_stands_at_the_height_of_its_mark(qtbot: QtBot, look: theme.Theme) -> None:
    chart = columns()
    qtbot.addWidget(chart)
    chart.resize(520, 320)
    chart.grab()
    box = chart.surface.plot.getViewBox()
    tall = next(mark for mark in chart.marks if mark.text.startswith("Feb, Auto"))
    assert box.mapViewToScene(QPointF(1.0, 200.0)).y() == pytest.approx(tall.box.top(), abs=1.5)


def test_the_dot_at_the_end_has_the_lines_colour_and_the_topmost_tick_its_word(qtbot: QtBot, look: theme.Theme) -> None:
    chart = LineChart(("a", "b"), (Series("x", (0.1, 0.2)),), Unit.RATE)
    qtbot.addWidget(chart)
    chart.resize(520, 320)
    image = chart.grab().toImage()
    box = chart.surface.plot.getViewBox()
    end = box.mapViewToScene(QPointF(1.0, 0.2)).toPoint()
    assert image.pixelColor(end) == painting.colour_of(None)
    top = box.mapViewToScene(QPointF(0.0, chart._scale.high)).toPoint()
    background = image.pixelColor(1, 1)
    words = [image.pixelColor(x, top.y() + dy) for x in range(top.x() - 6) for dy in (-2, 0, 2)]
    assert any(colour != background for colour in words)


def test_many_sizes_and_looks_in_a_row(chart: PlottedChart, look: theme.Theme) -> None:
    for number in range(12):
        chart.resize(300 + 40 * number, 200 + 10 * number)
        look.set_choice(theme.Scheme.DARK if number % 2 else theme.Scheme.LIGHT)
        assert not chart.grab().isNull()
    assert chart.surface.plot.getViewBox().menuEnabled() is False
    assert chart.surface.plot.getViewBox().state["mouseEnabled"] == [False, False]


def test_a_chart_ended_with_its_window_takes_the_surface_along(qtbot: QtBot, look: theme.Theme) -> None:
    window = QWidget()
    chart = lines()
    chart.setParent(window)
    chart.resize(400, 300)
    chart.grab()
    ends: list[str] = []
    chart.surface.plot.destroyed.connect(lambda: ends.append("plot"))
    window.deleteLater()
    qtbot.waitUntil(lambda: ends == ["plot"])


def test_the_library_may_be_loaded_by_another_thread(look: theme.Theme) -> None:
    code = """
import threading
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desktop.views import charts, theme
theme.install(app)
loader = threading.Thread(target=charts.prepare)
loader.start()
loader.join()
chart = charts.LineChart(('a', 'b'), (charts.Series('x', (1.0, 2.0)),))
chart.resize(300, 200)
assert not chart.grab().isNull()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_the_library_is_loaded_by_the_first_chart_with_figures_and_leaves_the_excepthook(look: theme.Theme) -> None:
    code = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desktop.views import theme
theme.install(app)
from desktop.views.charts import LineChart, Series
hook = sys.excepthook
chart = LineChart()
chart.resize(300, 200)
chart.grab()
assert 'pyqtgraph' not in sys.modules
chart.set_lines(('a', 'b'), (Series('x', (1.0, 2.0)),))
chart.grab()
assert 'pyqtgraph' in sys.modules
assert sys.excepthook is hook
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_target_that_moved_is_drawn_as_far_as_it_held(qtbot: QtBot, look: theme.Theme) -> None:
    series = (Series("Close rate", (0.1, 0.2, 0.3, 0.3, 0.2)),)
    labels = ("Jan", "Feb", "Mar", "Apr", "May")
    chart = LineChart(labels, series, Unit.RATE, target=(None, 0.2, 0.2, 0.25, 0.25))
    qtbot.addWidget(chart)
    chart.resize(520, 320)
    chart.grab()
    levels = [layer for layer in chart._picture().layers if isinstance(layer, Level)]
    assert [(level.value, level.span) for level in levels] == [(0.2, (0.125, 0.625)), (0.25, (0.625, 1.0))]
    assert chart.marks[0].text == "Jan: 10.0%"
    assert chart.marks[3].text == "Apr: 30.0%, target 25.0%"
    assert chart.table()[0] == ["Period", "Close rate", "Target"]
    assert chart.table()[2] == ["Feb", 0.2, 0.2]
