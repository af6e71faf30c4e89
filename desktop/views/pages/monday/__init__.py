"""The first screen: last week, who needs a talk, what is missing, what this week asks."""

from desktop.views.pages.monday.page import MondayPage

__all__ = ["MondayPage"]
