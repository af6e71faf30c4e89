"""Everything that the settings page shows, read at once; and where this computer keeps the daily copies.

Computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.models import scorecards
from desktop.models.journal import Author
from desktop.services import configuration, grids, settings_grids
from desktop.services import scorecards as pages
from desktop.services.edits import Changes
from desktop.services.grids import Line
from desktop.settings import Json, federal_holidays

if TYPE_CHECKING:
    from desktop.models.book import Book

COPIES_FOLDER = "backups.folder"
"""Where the window remembers the folder of the backups."""
_YEARS_BACK, _YEARS_AHEAD = 3, 5


@dataclass(frozen=True, slots=True)
class Preferences:
    """`values` by key; `tables` by grid; `people`: (code, name) of the active; `holidays`: own days or federal ones."""

    values: Mapping[str, Json]
    tables: Mapping[str, tuple[Line, ...]]
    logo: bytes | None
    people: tuple[tuple[str, str], ...]
    holidays: tuple[date, ...]
    federal: bool
    backups: Path


def read(book: Book, today: date) -> Preferences:
    """The settings as they are."""
    settings = configuration.load(book)
    federal = settings.get("holidays") is None
    span = date(today.year - _YEARS_BACK, 1, 1), date(today.year + _YEARS_AHEAD, 12, 31)
    listed = settings.holidays_between(date.min, date.max) if not federal else federal_holidays(*span)
    return Preferences(
        values=settings.values(),
        tables={name: tuple(settings_grids.read(book, name)) for name in settings_grids.names()},
        logo=scorecards.logo(book),
        people=tuple(settings_grids.overflow_choices(book)),
        holidays=tuple(sorted(listed)),
        federal=federal,
        backups=book.backups,
    )


def change(book: Book, values: Mapping[str, Json], author: Author) -> Changes:
    """Set settings as one undoable action. UserError for a value that does not fit."""
    changed = configuration.set_values(book, values, author)
    name = configuration.spoken(next(iter(changed))) if len(changed) == 1 else f"{len(changed)} settings"
    return Changes(f"Change {name}", bool(changed))


def change_logo(book: Book, image: bytes | None, author: Author) -> Changes:
    """Put a PNG or JPEG picture on every page's head, or take it away (None); undoable. UserError for another file."""
    return pages.set_logo(book, image, author)


def keep_table(book: Book, name: str, lines: tuple[Line, ...], author: Author, today: date) -> grids.Outcome:
    """Keep a grid of settings; see `settings_grids.save`."""
    return settings_grids.save(book, name, lines, author, today)


def keep_copies_in(book: Book, folder: Path) -> Path:
    """From now on this session's backups go to `folder`. UserError where nothing can be written."""
    probe = folder / ".producer-desk"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise UserError(
            f"Nothing can be written into {folder} ({error.strerror}).", "Choose another folder for the backups."
        ) from None
    book.backups = folder
    return folder
