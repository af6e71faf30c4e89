"""Whole copies of a book: backups, and putting another file in the book's place.

Every copy is made under another name and moved into place, so that whoever looks, or whatever is killed, sees the old
file or the new one. Knows no table.
"""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models import dialect
from desktop.models.keys import Key
from desktop.paths import make_private

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.models.book import Book

OnStep = Callable[[int, int], None]
_KEPT_DAYS = 14
_ABANDONED_S = 86_400


def copy_book(book: Book, to: Path, on_step: OnStep | None = None) -> int:
    """Write a consistent copy of the open book to `to`, under the same key, and return its size in bytes."""
    make_private(to.parent)
    with draft_of(to) as draft:
        with book.database.guard:
            write_copy(book.connection, draft, book.key, on_step)
        draft.replace(to)
    sync_folder(to.parent)
    return to.stat().st_size


def write_copy(source: object, draft: Path, key: Key, on_step: OnStep | None = None) -> None:
    """Copy the book behind the connection `source` into the file `draft` under `key`, on the disk when this returns."""
    # A place that cannot be written to is an OSError with its reason here, and no riddle of the driver's.
    draft.touch(mode=0o600)
    target = dialect.connect(draft, key)
    try:
        draft.chmod(0o600)
        dialect.copy_pages(source, target, on_step)
        # A copy must be one file that needs no log beside it.
        dialect.leave_wal(target)
    finally:
        target.close()
    sync_file(draft)


@contextmanager
def draft_of(final: Path) -> Iterator[Path]:
    """A name beside `final` to write to; what is left of it in the end is removed."""
    draft = final.with_name(f".{final.name}.{os.getpid()}.part")
    sweep(final)
    try:
        yield draft
    finally:
        for leftover in (draft, *beside(draft)):
            leftover.unlink(missing_ok=True)


def sweep(final: Path) -> None:
    """Remove drafts beside `final` that a process killed days ago has left; a younger one may be somebody's work."""
    for draft in final.parent.glob(f".{glob.escape(final.name)}.*"):
        with suppress(FileNotFoundError):
            if draft.is_file() and time.time() - draft.stat().st_mtime > _ABANDONED_S:
                draft.unlink()


def beside(path: Path) -> tuple[Path, Path, Path]:
    """The files that SQLite may keep beside `path`: write-ahead log, its index, and rollback journal."""
    log, index, journal = (path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))
    return log, index, journal


def sync_file(path: Path) -> None:
    """Have the file's bytes on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the folder's names on the disk, where the system knows that."""
    with suppress(PermissionError, OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def daily_backup(book: Book, today: date) -> Path | None:
    """Back up the book once a day and forget older copies; returns the new copy, or None when there was one already.

    Kept: the last 14 days' copies and the first of each month.
    """
    prefix = f"{book.path.stem}-{book.key.salt[:4].hex()}-"
    copy = book.backups / f"{prefix}{today.isoformat()}{book.path.suffix}"
    if copy.exists():
        return None
    copy_book(book, copy)
    for old in _superfluous(_daily_copies(book.backups, prefix, book.path.suffix)):
        old.unlink(missing_ok=True)
    return copy


def _daily_copies(folder: Path, prefix: str, suffix: str) -> dict[date, Path]:
    found: dict[date, Path] = {}
    for path in folder.glob(f"{glob.escape(prefix)}*{glob.escape(suffix)}"):
        with suppress(ValueError):
            found[date.fromisoformat(path.name[len(prefix) : len(path.name) - len(suffix)])] = path
    return found


def _superfluous(copies: dict[date, Path]) -> list[Path]:
    days = sorted(copies)
    firsts: dict[tuple[int, int], date] = {}
    for day in days:
        firsts.setdefault((day.year, day.month), day)
    kept = {*days[-_KEPT_DAYS:], *firsts.values()}
    return [copies[day] for day in days if day not in kept]
