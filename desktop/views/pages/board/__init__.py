"""The stage board."""

from desktop.views.pages.board.page import BoardPage

__all__ = ["BoardPage"]
