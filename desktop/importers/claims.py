"""The period that a file says its rows are of: in a line above the heading, or in its name.

Only what is plain counts: two whole dates in one line or name, or a line or name with one month and its year. A single
date is the day of the report.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from desktop.core.doubts import By, Claim

_ISO = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_US = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])[-/.](20\d\d|\d\d)(?!\d)")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NAMES = {name[:length]: at for at, name in enumerate(_MONTHS, 1) for length in (3, 4, len(name))}
_WRITTEN = f"({'|'.join(sorted(_NAMES, key=len, reverse=True))})\\.?"
_ANY_CASE = re.IGNORECASE | re.ASCII
_DAY_OF = re.compile(rf"\b{_WRITTEN}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(20\d\d)\b", _ANY_CASE)
_MONTH_OF = re.compile(rf"(?<![a-z]){_WRITTEN}[\s_-]*(20\d\d)(?!\d)", _ANY_CASE)
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_.](0[1-9]|1[0-2])(?![-_.]?\d)")
# A title may speak of when the report was run, or of a filter by month; only a line that is of the month alone counts.
_OF_MONTH = re.compile(
    rf"\W*(?:(?:for|the|month|months|period|of|report|reporting|ending)\W+)*{_WRITTEN}\s+(20\d\d)\W*", _ANY_CASE
)
_RUN = re.compile(r"\b(run|printed|generated|created|exported|as of|pulled)\b", _ANY_CASE)


def of(titles: Sequence[str], file: str) -> tuple[Claim, ...]:
    """The periods that a file's titles and name state, each told once; none where neither is plain."""
    found = []
    for title in titles:
        days = None if _RUN.search(title) else _of_title(title)
        if days is not None:
            found.append(Claim(*days, By.TITLE))
            break
    named = _of_name(PurePosixPath(file).stem)
    if named is not None and named not in [(one.first, one.last) for one in found]:
        found.append(Claim(*named, By.NAME))
    return tuple(found)


def _of_title(text: str) -> tuple[date, date] | None:
    spans = _days(text)
    if len(spans) == 2 and spans[0] <= spans[1]:
        return spans[0], spans[1]
    whole = _OF_MONTH.fullmatch(text)
    return _month(int(whole[2]), _NAMES[whole[1].casefold()]) if whole is not None else None


def _of_name(stem: str) -> tuple[date, date] | None:
    days = _days(stem)
    if days:
        return (days[0], days[1]) if len(days) == 2 and days[0] <= days[1] else None
    months = {(int(year), int(month)) for year, month in _YEAR_MONTH.findall(stem)}
    months |= {(int(year), _NAMES[name.casefold()]) for name, year in _MONTH_OF.findall(stem)}
    return _month(*months.pop()) if len(months) == 1 else None


def _days(text: str) -> list[date]:
    """The whole dates in a text, in their order; what is no date is passed over."""
    found = [(one.start(), _day(int(one[1]), int(one[2]), int(one[3]))) for one in _ISO.finditer(text)]
    found += [(one.start(), _day(_year(one[3]), int(one[1]), int(one[2]))) for one in _US.finditer(text)]
    found += [
        (one.start(), _day(int(one[3]), _NAMES[one[1].casefold()], int(one[2]))) for one in _DAY_OF.finditer(text)
    ]
    return [day for _at, day in sorted(found, key=lambda one: one[0]) if day is not None]


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
