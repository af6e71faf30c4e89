"""Charts: frozen records in, marks that mouse and keys can reach out; the only home of chart painting.

Knows no metric, no page and no table.
"""

from desktop.views.charts.bars import BarChart
from desktop.views.charts.chart import Chart, Mark
from desktop.views.charts.columns import ColumnChart
from desktop.views.charts.funnel import FunnelChart
from desktop.views.charts.heat import HeatMap
from desktop.views.charts.lines import LineChart
from desktop.views.charts.maps import StateMap
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
    "Unit",
    "Waterfall",
    "value_text",
]
