"""Every table of the book, to be looked through."""

from desktop.views.pages.records.page import RecordsPage

__all__ = ["RecordsPage"]
