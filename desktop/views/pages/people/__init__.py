"""The people page."""

from desktop.views.pages.people.page import PeoplePage

__all__ = ["PeoplePage"]
