"""Charts: frozen records in, marks that mouse and keys can reach out; the only home of chart painting.

What has axes (lines, columns, points) is drawn by pyqtgraph, which is imported with the first such chart that has
figures. Ranked bars, waterfall, funnel, heat map and state map have no scale to speak of, or none that the library
knows, and are painted with QPainter alone. Knows no metric, no page and no table.
"""

from desktop.views.charts.bars import BarChart
from desktop.views.charts.chart import Chart, Mark
from desktop.views.charts.columns import ColumnChart
from desktop.views.charts.funnel import FunnelChart
from desktop.views.charts.heat import HeatMap
from desktop.views.charts.lines import LineChart, Target
from desktop.views.charts.maps import StateMap
from desktop.views.charts.plot import prepare
from desktop.views.charts.records import Bar, Cell, FunnelStep, Point, Region, Series, Step
from desktop.views.charts.scatter import ScatterChart
from desktop.views.charts.units import Unit, value_text
from desktop.views.charts.waterfall import Waterfall

__all__ = [
    "Bar",
    "BarChart",
    "Cell",
    "Chart",
    "ColumnChart",
    "FunnelChart",
    "FunnelStep",
    "HeatMap",
    "LineChart",
    "Mark",
    "Point",
    "Region",
    "ScatterChart",
    "Series",
    "StateMap",
    "Step",
    "Target",
    "Unit",
    "Waterfall",
    "prepare",
    "value_text",
]
