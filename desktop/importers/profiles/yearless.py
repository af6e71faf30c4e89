"""Dates as lists on a screen show them, without a year or as `Today, Mar 10`; the export's own day says which year.

Knows the period asked for, the titles above the header and the file's name. Without any of them, today decides.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from desktop.importers.moments import read_moment
from desktop.importers.profiles.derived import date_in
from desktop.importers.records import Options
from desktop.importers.values import Unreadable

_AHEAD = timedelta(days=183)
_REMEMBERED = 40_000
_WORD = re.compile(r"(today|yesterday|tomorrow)\b,?\s*", re.IGNORECASE)
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?=[a-z]|\d)", re.IGNORECASE)
_CLOCK = r"(?:,?\s+(?:at\s+)?(\d{1,2}:\d{2}.*))?"
_MONTH_DAY = re.compile(rf"([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?{_CLOCK}", re.IGNORECASE | re.ASCII)
_SLASHED = re.compile(rf"(\d{{1,2}})/(\d{{1,2}}){_CLOCK}", re.ASCII)
_RUN = re.compile(r"\b(run|printed|generated|created|exported|as of|report date|date|pulled)\b", re.IGNORECASE)
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}|[A-Za-z]{3,9}\.? \d{1,2}, \d{4}", re.ASCII)
_STEPS = {"today": 0, "yesterday": -1, "tomorrow": 1}


class Calendar:
    """Reads the dates of one file, with or without a year."""

    def __init__(self, options: Options, titles: tuple[str, ...]) -> None:
        self._zone = ZoneInfo(options.time_zone)
        self._period = options.period
        self._run = _run_date(titles, self._zone) or _named_day(options.file)
        self._today = options.today
        self._guessed = False
        self._read: dict[str, str] = {}

    def read(self, text: str) -> str:
        """ISO day or moment; raises `Unreadable`."""
        found = self._read.get(text)
        if found is None:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            found = self._read[text] = self._parsed(text)
        return found

    def _parsed(self, text: str) -> str:
        word = _WORD.match(text)
        rest = text[word.end() :].strip() if word is not None else text
        if word is not None and (not rest or (rest[0].isdigit() and ":" in rest)):
            return self._relative(_STEPS[word[1].lower()], rest)
        bare = _WEEKDAY.sub("", rest, count=1)
        named = _MONTH_DAY.fullmatch(bare)
        slashed = _SLASHED.fullmatch(bare)
        if named is not None:
            return self._dated(f"{named[1]} {named[2]}, ", named[3])
        if slashed is not None:
            return self._dated(f"{slashed[1]}/{slashed[2]}/", slashed[3])
        return read_moment(rest, self._zone)

    @property
    def note(self) -> str | None:
        """How the missing years were found; None when none was missing."""
        if not self._guessed:
            return None
        start, end = self._known
        around = f"today, {end}" if self._run is None else f"the file's day, {end}"
        if self._period is not None:
            around = f"the period, {start} to {end}"
        return f"Dates without a year are taken nearest to {around}, at most half a year ahead."

    @property
    def _known(self) -> tuple[date, date]:
        """The span that the years go by."""
        if self._period is not None:
            return self._period
        day = self._run or self._today
        return day, day

    def _relative(self, step: int, clock: str) -> str:
        """`Today` alone means something only where the file's own day is known."""
        if self._run is None:
            raise Unreadable("says no date, and the file does not say on which day it was made")
        return read_moment(f"{(self._run + timedelta(days=step)).isoformat()} {clock}".strip(), self._zone)

    def _dated(self, day: str, clock: str | None) -> str:
        start, end = self._known
        found: list[str] = []
        reason = "is no day of the calendar"
        for year in range(start.year - 1, end.year + 2):
            try:
                found.append(read_moment(f"{day}{year}" + (f" {clock}" if clock else ""), self._zone))
            except Unreadable as unreadable:
                reason = str(unreadable)
        inside = [one for one in found if start.isoformat() <= one[:10] <= end.isoformat()]
        past = [one for one in found if date.fromisoformat(one[:10]) <= end + _AHEAD]
        if not past:
            raise Unreadable(reason)
        self._guessed = True
        return inside[-1] if inside else past[-1]


def _run_date(titles: tuple[str, ...], zone: ZoneInfo) -> date | None:
    """The day on which the report was run, as a line above its header says."""
    for title in titles:
        dates = _DATED.findall(title)
        if len(dates) == 1 and _RUN.search(title):
            try:
                return date.fromisoformat(read_moment(dates[0], zone)[:10])
            except Unreadable:
                continue
    return None


def _named_day(file: str) -> date | None:
    day = date_in(file)
    return None if day is None else date.fromisoformat(day)
