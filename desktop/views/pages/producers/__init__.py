"""The producers page: who did what against which target, and what is behind each number."""

from desktop.views.pages.producers.page import ProducersPage

__all__ = ["ProducersPage"]
