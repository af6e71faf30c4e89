"""The settings page."""

from desktop.views.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
