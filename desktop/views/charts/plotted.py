"""The base of the charts with axes: they draw on one pyqtgraph surface, made with their first figures."""

from __future__ import annotations

from desktop.views.charts.chart import Chart
from desktop.views.charts.plot import Surface


class PlottedChart(Chart):
    """A chart whose axes and marks pyqtgraph draws; an empty one never loads the library."""

    _surface: Surface | None = None

    @property
    def surface(self) -> Surface:
        """Where it is drawn."""
        if self._surface is None:
            self._surface = Surface(self)
        return self._surface

    def _on_theme_changed(self) -> None:
        if self._surface is not None:
            self._surface.forget()
        super()._on_theme_changed()
