"""The book: one encrypted file, opened here and nowhere else. Key, pragmas, migrations, transactions.

Knows no table but the list of migrations; where keys are kept is a `KeySource` handed in. Copies of the book are made
in `copies`, its checks in `soundness`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from desktop.errors import NewerBookError, UserError
from desktop.models import dialect
from desktop.models.dialect import BookDatabase
from desktop.models.keys import Key, KeySource

MIGRATIONS = Path(__file__).with_name("migrations")
_HISTORY = "schema_migration"
_BUSY = "Close it there, or wait until it is done, and try again."


class Book:
    """An open book. Made by `Book.open`; one thread uses it at a time, others wait."""

    def __init__(self, path: Path, database: BookDatabase, key: Key, keys: KeySource, backups: Path) -> None:
        self.path = path
        self.database = database
        self.key = key
        self.keys = keys
        self.backups = backups

    @classmethod
    def open(
        cls,
        path: Path,
        keys: KeySource,
        *,
        create: bool = True,
        backups: Path | None = None,
        migrations: Path = MIGRATIONS,
    ) -> Book:
        """Open the book at `path`, made when missing (unless `create` is false), its schema brought up to date.

        Before an older book is brought up to date a copy goes to `backups` (default: a folder beside the book).
        Raises UserError for a file that is no book, damaged, busy or whose key is missing or wrong, NewerBookError for
        a book of a later version; the file is left as it was.
        """
        path = Path(path).absolute()
        kept = backups or path.parent / "backups"
        if _is_missing(path):
            if not create:
                raise UserError(f"There is no book at {path}.", "Check the name, or leave it out to use your own book.")
            _create(path, keys, migrations)
        database, key = _open_settled(path, keys, migrations)
        book = cls(path, database, key, keys, kept)
        try:
            _bring_up_to_date(book, migrations)
        except BaseException:
            book.close()
            raise
        # Peewee's table classes speak to the book opened last.
        dialect.opened.initialize(database)
        return book

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what happens inside is kept when the block ends and gone when it raises. May be nested."""
        with self.database.guard:
            scope = self.database.immediate()
            with in_words(self.path):
                scope.__enter__()
            try:
                yield
            except BaseException as error:
                scope.__exit__(type(error), error, error.__traceback__)
                _raise_if_full(error, self.path)
                raise
            with in_words(self.path):
                scope.__exit__(None, None, None)

    def reopen(self) -> None:
        """Open the closed book again in place, after another file was put there."""
        fresh = Book.open(self.path, self.keys, create=False, backups=self.backups)
        self.database, self.key = fresh.database, fresh.key

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self.database.guard:
            if not self.database.is_closed():
                self.database.close()

    @property
    def connection(self) -> Any:
        """The driver's own connection, for bulk statements."""
        return self.database.connection()

    @property
    def state(self) -> tuple[object, int, int]:
        """Something that is another after every change of the book, made here or by somebody else."""
        connection = self.connection
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        return connection, int(connection.total_changes), int(version)


def read_salt(path: Path) -> bytes:
    """The first 16 bytes of the book at `path`, by which its key is found; UserError for what cannot be a book."""
    if path.is_dir():
        raise UserError(f"{path} is a folder, not a book.", "Name a file.")
    try:
        size = path.stat().st_size
        salt = dialect.salt_of(path) if size >= dialect.PAGE_BYTES else b""
    except FileNotFoundError:
        raise UserError(f"There is no file {path}.", "Check the name.") from None
    except OSError:
        raise UserError(f"{path} cannot be read.", "Check the file and its permissions.") from None
    except dialect.DRIVER_ERRORS:
        raise UserError(f"{path} cannot be read.", "Check the file and its permissions.") from None
    if not salt:
        raise UserError(f"{path} is too short to be a book.", "Name another file, or restore the book from a backup.")
    if salt == dialect.PLAIN_HEADER:
        raise UserError(f"{path} is an unencrypted database of another program, not a book.", "Name another file.")
    return salt


@contextmanager
def in_words(path: Path, key: Key | None = None) -> Iterator[None]:
    """Turn what the driver says of the file at `path` into words; anything unknown passes as it is."""
    try:
        yield
    except dialect.DRIVER_ERRORS as error:
        raise _worded(path, key, error) from error


def _worded(path: Path, key: Key | None, error: BaseException) -> BaseException:
    text = str(error).casefold()
    if dialect.is_busy(error):
        return UserError(f"The book {path} is in use by another program.", _BUSY)
    if "full" in text:
        return UserError("The disk is full; nothing was changed.", "Free some space and try again.")
    if "readonly" in text or "unable to open" in text:
        return UserError(f"The book {path} cannot be written.", "Check the permissions of the file and its folder.")
    if "not a database" in text and key is not None and key.from_passphrase:
        return UserError(
            f"The passphrase does not open {path}, or the file is not a book.",
            "Set PRODUCER_DESK_PASSPHRASE to the passphrase with which the book was made.",
        )
    if "not a database" in text or "malformed" in text or "i/o error" in text:
        return UserError(f"The book {path} is damaged.", "Restore it from its latest backup.")
    return error


def _raise_if_full(error: BaseException, path: Path) -> None:
    if isinstance(error, dialect.DRIVER_ERRORS) and "full" in str(error).casefold():
        raise _worded(path, None, error) from error


def _is_missing(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return True
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}).", "Check the name and its permissions.") from None


def _create(path: Path, keys: KeySource, migrations: Path) -> None:
    """Make a new book under another name and move it into place: whoever looks sees no book or a whole one."""
    from desktop.models.copies import sweep
    from desktop.models.migrating import migrate
    from desktop.paths import make_private

    try:
        make_private(path.parent)
        sweep(path)
    except OSError as error:
        raise UserError(f"The folder {path.parent} cannot be made ({error.strerror}).", "Name another place.") from None
    key = keys.create()
    draft = path.with_name(f".{path.name}.{key.salt.hex()}.new")
    database = BookDatabase(draft, key)
    try:
        with in_words(path):
            database.connect()
            draft.chmod(0o600)
            migrate(database, migrations)
            database.close()
        publish(draft, path)
    finally:
        if not database.is_closed():
            database.close()
        draft.unlink(missing_ok=True)


def publish(draft: Path, path: Path) -> None:
    """Move a finished new book into place; where somebody else was faster, theirs stays."""
    with suppress(FileNotFoundError):
        if path.stat().st_size == 0:
            path.unlink()
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # No hard links on this file system; renaming never leaves half a file either.
        if not path.exists():
            draft.rename(path)


def _open_settled(path: Path, keys: KeySource, migrations: Path) -> tuple[BookDatabase, Key]:
    """Open the file, and again if a restore has just put another in its place."""
    while True:
        before = path.stat()
        key = keys.find(read_salt(path))
        _look_before_opening(path, key, migrations)
        database = BookDatabase(path, key)
        try:
            with in_words(path, key):
                database.connect()
                refuse_strangers(path, database.connection(), migrations)
                dialect.enter_wal(database.connection())
        except BaseException:
            if not database.is_closed():
                database.close()
            raise
        if os.path.samestat(before, path.stat()):
            return database, key
        database.close()


def _look_before_opening(path: Path, key: Key, migrations: Path) -> None:
    """Refuse a book with a pending log before it is opened for writing: closing it would fold the log in."""
    if not path.with_name(f"{path.name}-wal").exists():
        return
    with in_words(path, key):
        connection = dialect.connect(path, key, read_only=True)
        try:
            refuse_strangers(path, connection, migrations)
        finally:
            connection.close()


def refuse_strangers(path: Path, connection: Any, migrations: Path) -> None:
    """Raise unless what `connection` has open is a book that this program knows how to read."""
    tables = dialect.table_names(connection)
    if tables and _HISTORY not in tables:
        raise UserError(f"{path} is a database of another program, not a book.", "Name another file.")
    unknown = applied(connection) - known(migrations)
    if unknown:
        raise NewerBookError(
            f"The book {path} was written by a newer version of Producer Desk.",
            "Install the newest version to open it; the book is left as it is.",
        )


def applied(connection: Any) -> set[str]:
    """The names of the migrations that a book has seen; empty for an empty file."""
    if _HISTORY not in dialect.table_names(connection):
        return set()
    return {row[0] for row in connection.execute(f"SELECT name FROM {_HISTORY}").fetchall()}


def known(migrations: Path) -> set[str]:
    """The names of the migrations that this program has."""
    return {script.stem for script in migrations.glob("[0-9]*.py")}


def _bring_up_to_date(book: Book, migrations: Path) -> None:
    pending = known(migrations) - applied(book.connection)
    if not pending:
        return
    from desktop.models.copies import copy_book
    from desktop.models.migrating import migrate

    if dialect.table_names(book.connection):
        copy_book(book, book.backups / f"{book.path.stem}-before-{min(pending)}{book.path.suffix}")
    with in_words(book.path):
        migrate(book.database, migrations)
