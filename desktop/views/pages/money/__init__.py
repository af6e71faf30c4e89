"""The money pages: lost deals, close rates, revenue per producer, retention."""

from desktop.views.pages.money.closerates import CloseRatesPage
from desktop.views.pages.money.lost import LostDealsPage
from desktop.views.pages.money.retention import RetentionPage
from desktop.views.pages.money.revenue import RevenuePage

__all__ = ["CloseRatesPage", "LostDealsPage", "RetentionPage", "RevenuePage"]
