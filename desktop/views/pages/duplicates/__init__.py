"""The page of clients that look like one and the same."""

from desktop.views.pages.duplicates.page import DuplicatesPage

__all__ = ["DuplicatesPage"]
