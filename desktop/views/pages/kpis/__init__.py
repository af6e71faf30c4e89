"""The KPI page: six views of the forty KPIs."""

from desktop.views.pages.kpis.page import KpisPage

__all__ = ["KpisPage"]
