"""Now, as the agency's clocks show it (metrics.md 0: time is the agency's local time)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from desktop.models.book import Book


class Clock:
    """Called, it gives now in `zone` (this computer's until one is known), without naming the zone."""

    def __init__(self) -> None:
        self.zone: ZoneInfo | None = None

    def __call__(self) -> datetime:
        return datetime.now(self.zone).replace(tzinfo=None)


def zone_of(book: Book) -> ZoneInfo:
    """The agency's time zone, from its settings."""
    from desktop.services import configuration

    return ZoneInfo(configuration.load(book).time_zone)


def now(book: Book) -> datetime:
    """The agency's local time, to the second."""
    return datetime.now(zone_of(book)).replace(tzinfo=None, microsecond=0)
