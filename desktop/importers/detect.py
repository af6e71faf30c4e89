"""Which line is the header, and which lines are no data: titles, sections, repeated headers, totals, footers.

Exports open with titles and filters and close with totals, so everything is told by content. A line is only passed over
when it cannot be a record; whatever might be one is read, or rejected with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.importers.mapping import Match, best_match, heading_key, lay_over
from desktop.importers.profiles.profile import Profile

HEADER_WITHIN = 40
"""Records from the top among which the header is looked for."""

SECTION, FOOTER, REPEATED, TITLE = "section", "footer", "repeated header", "title"
TOTAL, SUBTOTAL, GRAND = "total", "subtotal", "grand total"

_NAMES = (
    *("total", "totals", "grand total", "grand totals", "report total", "report totals", "overall total"),
    *("subtotal", "subtotals", "sub-total", "sub-totals", "sub total", "sub totals"),
)
TOTAL_LABELS = frozenset(
    form + tail
    for name in _NAMES
    for form in (name, name.upper(), name.title(), name.capitalize())
    for tail in ("", ":")
)
_STRICT = re.compile(
    r"(grand|report|overall|sub|page|section|group|agency|company|office)?[\s-]*totals?(\s*(for|of|:|-|\().*)?|sum:?"
    r"|.*\b(sub-?|grand )totals?:?(\s*\(.*\))?",
    re.IGNORECASE | re.DOTALL,
)
_LOOSE = re.compile(r"\btotals?\b", re.IGNORECASE)
_GRAND = re.compile(r"\b(grand|report|overall)\s+totals?\b", re.IGNORECASE)
_SUB = re.compile(r"\b(sub|page|section|group)[\s-]*totals?\b|\btotals?\s+(for|of)\b|.+\S\s+totals?:?$", re.IGNORECASE)
_FOOTER = re.compile(
    r"\W*(run|report|print(ed)?|page|generated|created|exported|filter(s|ed)?|as of|end of|confidential|copyright|©"
    r"|records?|rows?|count)\b",
    re.IGNORECASE,
)
_ID = re.compile(r"\S*\d\S*|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}( .*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """The header row found: its line, its position among the records looked at, its cells and the layout that fits."""

    line: int
    at: int
    cells: tuple[str, ...]
    match: Match


def find_header(
    profiles: Sequence[Profile], head: Sequence[tuple[int, Sequence[str]]], hint: str = "", *, forced: bool = False
) -> Header | None:
    """The header among the first records; `forced` takes the only profile's best row once its fingerprint fits."""
    best: Header | None = None
    for at, (line, cells) in enumerate(head[:HEADER_WITHIN]):
        if not any(cell.strip() for cell in cells):
            continue
        headings = tuple(cell.strip() for cell in cells)
        match = best_match(profiles, headings, hint)
        if match is None and forced:
            laid = lay_over(profiles[0], headings)
            match = None if laid.missing else laid
        if match is not None and (best is None or match.found > best.match.found):
            best = Header(line, at, headings, match)
    return best


def widest(head: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, tuple[str, ...]]:
    """The row that looks most like a header when none is recognised: the first of the widest without numbers."""
    best: tuple[int, tuple[str, ...]] = (0, ())
    for line, cells in head[:HEADER_WITHIN]:
        words = tuple(cell.strip() for cell in cells)
        filled = sum(1 for word in words if word and not re.fullmatch(r"[\d$,.%/:() -]+", word))
        if filled > sum(1 for word in best[1] if word):
            best = (line, words)
    return best


def is_blank(cells: Iterable[str]) -> bool:
    return not any(cell.strip() for cell in cells)


class Judge:
    """Says what a line is that did not read as a record: why it is passed over, or None when it must be rejected."""

    def __init__(self, header: Header, required: Sequence[int]) -> None:
        self._keys = tuple(heading_key(cell) for cell in header.cells)
        self._sections = header.match.profile.sections
        self._required = tuple(required)
        self._first = next((at for at, key in enumerate(self._keys) if key), 0)

    def why_skipped(self, cells: Sequence[str]) -> str | None:
        """Reason in a word, or None. Blank lines are not asked about."""
        filled = [cell.strip() for cell in cells if cell.strip()]
        if self._is_header(cells):
            return REPEATED
        total = self._total(cells, filled)
        if total is not None:
            return total
        if len(filled) <= 2 and _FOOTER.match(filled[0]) and not _ID.fullmatch(filled[0]):
            return FOOTER
        if len(filled) == 1 and self._is_section(filled[0]) and self._heads(cells):
            return SECTION
        return None

    def _is_header(self, cells: Sequence[str]) -> bool:
        keys = tuple(heading_key(cell.strip()) for cell in cells[: len(self._keys)])
        same = sum(1 for key, own in zip(keys, self._keys, strict=False) if key and key == own)
        return same >= 2 and same * 2 > sum(1 for key in keys if key)

    def _total(self, cells: Sequence[str], filled: list[str]) -> str | None:
        label = filled[0]
        if not _STRICT.fullmatch(label):
            blanks = sum(1 for at in self._required if at < len(cells) and not cells[at].strip())
            if not (_LOOSE.search(label) and blanks * 2 >= len(self._required) and blanks):
                return None
        return kind_of_total(label)

    def _heads(self, cells: Sequence[str]) -> bool:
        """A template's sections stand at the left; a lone name further right belongs to a record without its key."""
        return self._sections or any(cell.strip() for cell in cells[: self._first + 1])

    def _is_section(self, text: str) -> bool:
        """One cell alone heads a section when it reads as words; a number, date or id is a record cut short."""
        return (self._sections and not text.isdigit()) or not _ID.fullmatch(text)


def kind_of_total(label: str) -> str:
    """Grand total, subtotal, or just total."""
    if _GRAND.search(label):
        return GRAND
    return SUBTOTAL if _SUB.search(label) else TOTAL
