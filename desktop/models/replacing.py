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
        return _replace(path, draft, keys, previous)


def change_key(book: Book, keys: KeySource) -> None:
    """Bring the open book under a new key made by `keys`, from which it is opened from now on.

    Older backups stay under the old key. UserError, with nothing changed, when somebody else has the book open.
    """
    new = keys.create()
    with draft_of(book.path) as draft, book.database.guard:
        book.close()
        try:
            with _swapping(book.path, draft, book.keys) as alone:
                if alone is None:
                    raise UserError(f"The book {book.path} is damaged.", "Restore it from its latest backup.")
                write_copy(alone, draft, new)
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


def _replace(path: Path, draft: Path, keys: KeySource, previous: Path) -> bool:
    """Rename `draft` to `path`; what was there is kept as `previous`. Returns whether there was anything."""
    if not path.exists():
        draft.replace(path)
        sync_folder(path.parent)
        return False
    with _swapping(path, draft, keys) as alone:
        _keep(path, make_private(previous.parent) / previous.name)
        if alone is None:
            _put_log_aside(path, previous)
    return True


@contextmanager
def _swapping(path: Path, draft: Path, keys: KeySource) -> Iterator[Any]:
    """Hold the book at `path` alone, and put `draft` in its place when the block ends well."""
    windows = sys.platform == "win32"
    try:
        with _alone_with(path, keys) as connection:
            yield connection
            if not windows:
                # Still locked: whoever opens the book meanwhile waits, and then notices that it is another file.
                draft.replace(path)
        if windows:
            # An open file cannot be replaced there; anybody who has just opened it makes the rename fail as a whole.
            draft.replace(path)
    except PermissionError:
        raise _in_use(path) from None
    sync_folder(path.parent)


@contextmanager
def _alone_with(path: Path, keys: KeySource) -> Iterator[Any]:
    """A connection that holds the book locked, its log folded in; None when it is too damaged, or its key is lost."""
    connection = None
    try:
        try:
            key = keys.find(read_salt(path))
            connection = dialect.connect(path, key)
            dialect.take_alone(connection)
        except UserError:
            pass
        except dialect.DRIVER_ERRORS as error:
            if dialect.is_busy(error):
                raise _in_use(path) from None
            _closed(connection)
            connection = None
        yield connection
    finally:
        _closed(connection)


def _closed(connection: Any) -> None:
    if connection is not None:
        connection.close()


def _in_use(path: Path) -> UserError:
    return UserError(f"The book {path} is in use by another program.", "Close it there and try again.")


def _keep(path: Path, previous: Path) -> None:
    """A second name for the file, or where the file system knows none, a copy."""
    try:
        os.link(path, previous)
    except OSError:
        shutil.copyfile(path, previous)
        sync_file(previous)


def _put_log_aside(path: Path, previous: Path) -> None:
    """The log of a damaged book must not be played into the new one; it stays beside the kept file."""
    for mine in beside(path):
        if mine.exists() and not mine.name.endswith("-shm"):
            _keep(mine, previous.with_name(previous.name + mine.name[len(path.name) :]))
        mine.unlink(missing_ok=True)
