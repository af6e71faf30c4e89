"""PDFs and pictures brought to the program: which are signed scorecards, which are scans, which are to be imported.

Looks at the bytes without parsing them, as nobody knows where they come from. And the archive of what was signed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core import periods
from desktop.core.periods import Period
from desktop.models import seals
from desktop.models.seals import SEALED
from desktop.services import people

if TYPE_CHECKING:
    from desktop.models.book import Book

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
_MOST_BYTES = 64_000_000
_NAMED = re.compile(r"(?:^|\D)(\d{4}-W\d{2})(?:[^A-Za-z0-9]+([A-Za-z0-9_-]+))?")


@dataclass(frozen=True, slots=True)
class Papers:
    """Files by what is to be done with them: imported, checked because they are signed, or kept as scans."""

    imports: tuple[Path, ...] = ()
    signed: tuple[Path, ...] = ()
    scans: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A file of the archive: of which week and producer, sealed (by which roles) or a scan, and when it came (ISO)."""

    number: int
    week: str
    producer: str
    producer_name: str
    version: int
    sealed: bool
    roles: tuple[str, ...]
    name: str
    at: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Guess:
    """To which scorecard a scan may belong: everybody who can have one (code, name), and what its name says."""

    people: tuple[tuple[str, str], ...]
    producer: str
    week: Period


def may_be_paper(file: Path) -> bool:
    """Whether a file has to be looked at before it is taken for an import."""
    return file.suffix.casefold() in SUFFIXES


def sort(files: Sequence[Path]) -> Papers:
    """Every file to its pile; what cannot be read goes to the imports, which say why."""
    piles: dict[str, list[Path]] = {"imports": [], "signed": [], "scans": []}
    for file in files:
        piles[_pile(file)].append(file)
    return Papers(*(tuple(piles[name]) for name in ("imports", "signed", "scans")))


def archive(book: Book) -> list[KeptPaper]:
    """Everything that was signed, sealed files and scans, the newest first."""
    names = {one.code: one.text("name") for one in people.members(book)}
    return [
        KeptPaper(
            one.id, one.week, one.producer, names.get(one.producer, one.producer), one.version, one.kind == SEALED,
            one.roles, one.name, one.at, one.sha256,
        )
        for one in reversed(seals.files(book))
    ]  # fmt: skip


def guess(book: Book, file: Path, now: datetime) -> Guess:
    """Whose scorecard a scan may be, by its name (`scorecard-2026-W10-P01.pdf`); else the last full week's."""
    listed = tuple((one.code, one.text("name") or one.code) for one in people.members(book))
    (week,) = periods.full_weeks_before(now, 1)
    found = _NAMED.search(file.stem)
    if found is not None and 1 <= int(found[1][-2:]) <= 52:
        week = periods.iso_week(found[1])
    named = (found[2] or "").casefold() if found is not None else ""
    codes = [code for code, _name in listed if code.casefold() == named]
    return Guess(listed, codes[0] if codes else (listed[0][0] if listed else ""), week)


def _pile(file: Path) -> str:
    if not may_be_paper(file):
        return "imports"
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return "imports"
        data = file.read_bytes()
    except OSError:
        return "imports"
    if not data.startswith(b"%PDF-"):
        return "imports" if file.suffix.casefold() == ".pdf" else "scans"
    if b"/ByteRange" in data:
        return "signed"
    return "imports" if b"/AcroForm" in data else "scans"
