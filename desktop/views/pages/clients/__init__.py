"""The clients: the list of all of them, and each one's page."""

from desktop.views.pages.clients.page import ClientsPage

__all__ = ["ClientsPage"]
