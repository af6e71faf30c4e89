"""Every printable report by its name."""

from __future__ import annotations

from desktop.views.pages.reports.page import ReportsPage

__all__ = ["ReportsPage"]
