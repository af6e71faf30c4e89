"""Times of day as people write them. Knows neither dates nor zones."""

from __future__ import annotations

import re
from datetime import time

_WRITTEN = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:([ap])\.?\s*(?:m\.?)?)?", re.IGNORECASE)
_WORDS = {"noon": time(12), "midnight": time(0)}
_NOON = 12


def read_clock(text: str, after: time | None = None) -> time | None:
    """The time of day that `text` means (`9`, `930`, `9:30 pm`, `17:00`, `noon`); None for what is none.

    `24:00` is midnight. Without AM or PM it is the morning's, or the afternoon's where that is not later than `after`.
    """
    if text.strip().casefold() in _WORDS:
        return _WORDS[text.strip().casefold()]
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        return None
    hour, minute, half = int(written[1]), int(written[2] or 0), (written[3] or "").casefold()
    if minute >= 60 or hour > 24 or (hour == 24 and minute):
        return None
    if half:
        return time(hour % _NOON + (_NOON if half == "p" else 0), minute) if 1 <= hour <= _NOON else None
    found = time(hour % 24, minute)
    if after is not None and 1 <= hour < _NOON and found <= after:
        return time(hour + _NOON, minute)
    return found


def write_clock(value: time) -> str:
    """`9:30 PM`."""
    return f"{value.hour % _NOON or _NOON}:{value:%M} {'AM' if value.hour < _NOON else 'PM'}"
