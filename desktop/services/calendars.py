"""The agency's working calendar, made from its settings. Must not know what days are counted for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.core.presence import Calendar
from desktop.services import configuration

if TYPE_CHECKING:
    from desktop.models.book import Book


def calendar(book: Book, first: date, last: date) -> Calendar:
    """Business hours, and the holidays from `first` to `last` (both included), as the settings say."""
    settings = configuration.load(book)
    return Calendar(settings.hours, settings.holidays_between(first, last))
