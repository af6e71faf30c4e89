"""The import page: drop files, see what they would do, take them in, and take them back."""

from desktop.views.pages.importing.page import ImportPage

__all__ = ["ImportPage"]
