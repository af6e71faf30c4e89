"""The routing page: territories, rules, and trying a lead or a past quarter under them."""

from desktop.views.pages.routing.page import RoutingPage

__all__ = ["RoutingPage"]
