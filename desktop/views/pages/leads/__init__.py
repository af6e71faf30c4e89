"""The leads: the list of all of them, and each one's page."""

from desktop.views.pages.leads.page import LeadsPage

__all__ = ["LeadsPage"]
