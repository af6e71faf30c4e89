"""Puts another file in a book's place: a restored backup, or the same book under a new key.

The swap is one rename. Nobody else can have the book open meanwhile; killed at any moment, the old book or the new one
is there. Knows no table.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.models import dialect
from desktop.models.book import MIGRATIONS, Book, in_words, read_salt, refuse_strangers
from desktop.models.copies import beside, draft_of, sync_file, sync_folder, write_copy
from desktop.models.keys import KeySource
from desktop.models.soundness import problems_behind
from desktop.paths import make_private


def restore(path: Path, file: Path, keys: KeySource, previous: Path) -> bool:
    """Put a copy of the backup `file` in the place of the book at `path`, which nobody may have open.

    The replaced book is kept as `previous`; returns whether there was one. UserError, with nothing changed, for a
    backup that is damaged, of another program or under an unknown key, and for a book in use.
    """
    if path.exists() and file.exists() and path.samefile(file):
        raise UserError("The backup to restore is the book itself.", "Name one of its backups.")
    key = keys.find(read_salt(file))
    make_private(path.parent)
    with draft_of(path) as draft:
        _copy_files(file, draft)
        connection = dialect.connect(draft, key)
        try:
            with in_words(file, key):
                refuse_strangers(file, connection, MIGRATIONS)
                dialect.leave_wal(connection)
            _refuse_damaged(file, connection)
        finally:
            connection.close()
        sync_file(draft)
        return _swap(path, draft, keys, previous)


def change_key(book: Book, keys: KeySource) -> None:
    """Bring the open book under a new key made by `keys`, from which it is opened from now on.

    Older backups stay under the old key. UserError, with nothing changed, when somebody else has the book open.
    """
    new = keys.create()
    with draft_of(book.path) as draft, book.database.guard:
        write_copy(book.connection, draft, new)
        book.close()
        try:
            _swap(book.path, draft, book.keys, None)
            book.keys = keys
        finally:
            book.reopen()


def _copy_files(file: Path, draft: Path) -> None:
    """Copy a book's file with the log that may stand beside it, leaving both as they are."""
    try:
        shutil.copyfile(file, draft)
        log = beside(file)[0]
        if log.exists():
            shutil.copyfile(log, beside(draft)[0])
        draft.chmod(0o600)
    except OSError as error:
        raise UserError(f"{file} cannot be copied ({error.strerror}).", "Check the file and the free space.") from None


def _refuse_damaged(file: Path, connection: Any) -> None:
    found = next(problems_behind(connection), None)
    if found is not None:
        raise UserError(f"The backup {file} is damaged ({found.where}: {found.what})", "Restore another one.")


def _swap(path: Path, draft: Path, keys: KeySource, previous: Path | None) -> bool:
    """Rename `draft` to `path`; what was there is kept as `previous` if a name is given."""
    existed = path.exists()
    try:
        if existed:
            _swap_existing(path, draft, keys, previous)
        else:
            draft.replace(path)
    except PermissionError:
        raise UserError(f"The book {path} is in use by another program.", "Close it there and try again.") from None
    sync_folder(path.parent)
    return existed


def _swap_existing(path: Path, draft: Path, keys: KeySource, previous: Path | None) -> None:
    with _alone_with(path, keys) as settled:
        if previous is not None:
            _keep(path, make_private(previous.parent) / previous.name)
        if not settled:
            _put_log_aside(path, previous)
        if sys.platform != "win32":
            # Still locked: whoever opens the book meanwhile waits, and then notices that the file is another one.
            draft.replace(path)
    if sys.platform == "win32":
        # An open file cannot be replaced there; whoever has just opened it makes the rename fail as a whole.
        draft.replace(path)


@contextmanager
def _alone_with(path: Path, keys: KeySource) -> Iterator[bool]:
    """Hold the book locked, its log folded in; false when it is too damaged (or its key is lost) for that."""
    connection = None
    try:
        try:
            key = keys.find(read_salt(path))
            connection = dialect.connect(path, key)
            with in_words(path, key):
                dialect.table_names(connection)
                dialect.leave_wal(connection)
                connection.execute("BEGIN EXCLUSIVE")
            settled = True
        except UserError as error:
            if isinstance(error.__cause__, dialect.DRIVER_ERRORS) and "locked" in str(error.__cause__):
                raise
            settled = False
        yield settled
    finally:
        if connection is not None:
            connection.close()


def _keep(path: Path, previous: Path) -> None:
    """A second name for the file, or where the file system knows none, a copy."""
    previous.unlink(missing_ok=True)
    try:
        os.link(path, previous)
    except OSError:
        shutil.copyfile(path, previous)
        sync_file(previous)


def _put_log_aside(path: Path, previous: Path | None) -> None:
    """The log of a damaged book must not be played into the new one; it stays beside the kept file."""
    for mine in beside(path):
        if mine.exists() and previous is not None and not mine.name.endswith("-shm"):
            _keep(mine, previous.with_name(previous.name + mine.name[len(path.name) :]))
        mine.unlink(missing_ok=True)
