"""Finished scorecards as files: their names, their folder, whole or not there. Draws nothing and reads no book."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.core.scorecard import Person, ScorecardContent
from desktop.errors import UserError
from desktop.models.copies import draft_of


@dataclass(frozen=True, slots=True)
class WrittenScorecard:
    """A file that was written; `producer` is None for one that holds several producers' pages."""

    producer: str | None
    producer_name: str
    week: str
    file: Path
    sha256: str
    signed: bool = False


def write_whole(
    week: str, pages: Sequence[ScorecardContent], document: bytes, out_dir: Path, *, signed: bool = False
) -> WrittenScorecard:
    """Write a finished file that holds all these pages."""
    _make_folder(out_dir)
    whole = pages[0].person if len(pages) == 1 else Person("", "")
    return _written(out_dir / f"scorecard-{week}.pdf", document, whole, week, signed)


def write_each(
    week: str, pages: Sequence[ScorecardContent], documents: Sequence[bytes], out_dir: Path, *, signed: bool = False
) -> list[WrittenScorecard]:
    """Write a finished file per page."""
    _make_folder(out_dir)
    listed = zip(file_names(week, pages), documents, pages, strict=True)
    return [_written(out_dir / file, document, page.person, week, signed) for file, document, page in listed]


def file_names(week: str, pages: Sequence[ScorecardContent], suffix: str = "pdf") -> list[str]:
    """A name per page that every system takes, no two alike even where case does not count."""
    names: list[str] = []
    taken: set[str] = set()
    for page in pages:
        stem = f"scorecard-{week}-{re.sub(r'[^A-Za-z0-9_-]+', '-', page.person.code)[:60].strip('-') or 'X'}"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        names.append(f"{name}.{suffix}")
    return names


def _written(file: Path, data: bytes, person: Person, week: str, signed: bool) -> WrittenScorecard:
    save(file, data)
    return WrittenScorecard(person.code or None, person.name, week, file, hashlib.sha256(data).hexdigest(), signed)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {folder} cannot be made ({error.strerror}).", "Name another place.") from None


def save(file: Path, data: bytes) -> None:
    """Write a file, whole or not at all. UserError when it cannot be written."""
    try:
        with draft_of(file) as draft:
            draft.write_bytes(data)
            draft.replace(file)
    except OSError as error:
        raise UserError(f"{file} cannot be written ({error.strerror}).", "Close it, or name another place.") from None
