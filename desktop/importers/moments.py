"""Dates and times as US systems write them, to ISO text (files.md 1, *Values*).

Month before day, always: a date that only makes sense with the day first is refused, not turned round. Moments that
name a zone become local to the agency's; all others are local already. Has no clock.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from desktop.importers.values import Unreadable

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SERIAL_FROM, _SERIAL_TO = 20_000, 80_000
_EPOCH = date(1899, 12, 30)
_CENTURY = 70

_MONTHS = {
    name: at
    for at, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        1,
    )
    for name in names
}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})", re.ASCII)
_US = re.compile(rf"{_WEEKDAY}([0-9]{{1,2}})([/-])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}})", re.ASCII | re.IGNORECASE)
_NAMED = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})\.?\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([0-9]{{4}})", re.ASCII | re.IGNORECASE
)
_DAY_NAMED = re.compile(
    rf"{_WEEKDAY}([0-9]{{1,2}})[\s-]([a-z]{{3,9}})\.?[\s-]([0-9]{{4}}|[0-9]{{2}})", re.ASCII | re.IGNORECASE
)
_TIME = re.compile(
    r"([0-9]{1,2})(?::([0-9]{2}))?(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?\s*([ap])?\.?(m)?\.?", re.ASCII | re.IGNORECASE
)
_ZONE = re.compile(r"\s*(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})$", re.ASCII)
_SERIAL = re.compile(r"([0-9]{5})(\.[0-9]+)?", re.ASCII)
_DATE_PART = re.compile(r"\s*(?:T(?=[0-9])|,?\s+(?=[0-9]{1,2}(?::|\s*[ap]\.?m)))", re.ASCII | re.IGNORECASE)


def read_date(text: str, zone: tzinfo) -> str:
    """The agency's day as `YYYY-MM-DD`; a time of day behind it is read and dropped."""
    return read_moment(text, zone)[:10]


def read_moment(text: str, zone: tzinfo) -> str:
    """`YYYY-MM-DDTHH:MM:SS`, or the day alone where no time is given. `zone` is the agency's."""
    serial = _SERIAL.fullmatch(text)
    if serial is not None:
        return _of_serial(int(serial[1]), serial[2])
    parts = _DATE_PART.split(text, maxsplit=1)
    day = _day(parts[0])
    if len(parts) == 1:
        return day
    clock = parts[1]
    stated = _ZONE.search(clock)
    if stated is None:
        return f"{day}T{read_time(clock)}"
    moment = f"{day}T{read_time(clock[: stated.start()])}"
    return _localised(moment, stated[1], zone)


def is_halved(text: str, head: str, tail: str) -> bool:
    """Whether a moment is just the day `head`, a space and the time of day `tail` without a zone.

    Then any such head before any such tail is read as those two halves are.
    """
    return tail == tail.rstrip() and _DATE_PART.split(text, maxsplit=1) == [head, tail] and not _ZONE.search(tail)


def _of_serial(days: int, fraction: str | None) -> str:
    """A spreadsheet's count of days since 1899-12-30."""
    if not _SERIAL_FROM <= days <= _SERIAL_TO:
        raise Unreadable("is not a date")
    day = _EPOCH + timedelta(days=days)
    if fraction is None or not fraction.strip(".0"):
        return day.isoformat()
    seconds = round(float("0" + fraction) * 86400)
    return (datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)).isoformat()


def _day(text: str) -> str:
    found = _ISO.fullmatch(text)
    if found is not None:
        return _checked(found[1], found[2], found[3])
    found = _US.fullmatch(text)
    if found is not None:
        return _checked(_year(found[4]), found[1], found[3], us=True)
    named = _NAMED.fullmatch(text)
    if named is not None:
        return _checked(named[3], _month(named[1]), named[2])
    named = _DAY_NAMED.fullmatch(text)
    if named is not None:
        return _checked(_year(named[3]), _month(named[2]), named[1])
    raise Unreadable("is not a date such as 3/7/2026 or 2026-03-07")


def _year(text: str) -> str:
    """Two digits mean 1970 to 2069."""
    if len(text) == 4:
        return text
    return f"20{text}" if int(text) < _CENTURY else f"19{text}"


def _month(name: str) -> str:
    found = _MONTHS.get(name.lower())
    if found is None:
        raise Unreadable("names no month")
    return str(found)


def _checked(year: str, month: str, day: str, *, us: bool = False) -> str:
    if us and int(month) > 12 >= int(day):
        raise Unreadable("has the day first; dates are read month/day/year")
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable("is no day of the calendar") from None
    if not _FIRST_YEAR <= found.year < _LAST_YEAR:
        raise Unreadable(f"lies outside {_FIRST_YEAR} to {_LAST_YEAR - 1}")
    return found.isoformat()


def read_time(text: str) -> str:
    """`HH:MM:SS` from `14:05`, `2:05:09 PM`, `2 pm`."""
    found = _TIME.fullmatch(text.strip())
    if found is None or (found[5] and not found[4]) or (found[2] is None and found[4] is None):
        raise Unreadable("is not a time of day")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            raise Unreadable("is not a time of day")
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Unreadable("is not a time of day")
    return f"{hour:02d}:{minute:02d}:{second:02d}"


def read_clock(text: str) -> str:
    """A time of day as `HH:MM`."""
    return read_time(text)[:5]


def _localised(moment: str, stated: str, zone: tzinfo) -> str:
    offset = _offset(stated)
    try:
        local = datetime.fromisoformat(moment).replace(tzinfo=offset).astimezone(zone)
    except OverflowError:
        raise Unreadable("lies outside the calendar") from None
    return local.replace(tzinfo=None).isoformat()


def _offset(stated: str) -> tzinfo:
    if stated in {"Z", "UTC", "GMT"}:
        return UTC
    digits = stated[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise Unreadable("has a zone that does not exist")
    return timezone((1 if stated[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def read_time_cell(text: str) -> str:
    """`HH:MM:SS` from a time of day, or from a spreadsheet's fraction of a day."""
    if re.fullmatch(r"0?\.[0-9]+", text, re.ASCII):
        seconds = round(float("0" + text.lstrip("0")) * 86400) % 86400
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return read_time(text)
