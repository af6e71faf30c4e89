"""What the user does with a whole book: open, back up, restore, check, change its key.

Joins the book with the place where its key is kept; the window and the commands call the same functions.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop import credentials
from desktop.errors import UserError
from desktop.models import copies, replacing, soundness
from desktop.models.book import Book
from desktop.models.keys import HeldKeys, Key, KeySource, derive, derive_new, random_key
from desktop.models.soundness import Problem
from desktop.paths import default_book_path, folders

PASSPHRASE_VARIABLE = "PRODUCER_DESK_PASSPHRASE"
# An unattended job that has a passphrase does not wait for somebody to unlock the keyring.
_KEYRING_PATIENCE_S = 5.0
Examiner = Callable[[Book], Iterable[Problem]]
OnStep = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the book: the file and its size."""

    file: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class Restored:
    """The backup that now stands in the book's place, and where the replaced book is kept (None: there was none)."""

    file: Path
    previous: Path | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the book is sound, and if not, what is wrong and where."""

    ok: bool
    problems: tuple[Problem, ...]


class SystemKeys:
    """Keys in the system's keyring, by the book's salt; where there is none, derived from the user's passphrase."""

    def __init__(self, passphrase: str | None = None) -> None:
        self._passphrase = passphrase or os.environ.get(PASSPHRASE_VARIABLE) or None
        self._derived: dict[bytes, Key] = {}

    def find(self, salt: bytes) -> Key:
        """The key of the book that starts with `salt`; UserError saying what to do when there is none."""
        secret = self._from_keyring(salt)
        if secret is not None:
            return Key(secret, salt)
        if self._passphrase is None:
            raise UserError(
                "The key of this book is not in this computer's keyring.",
                f"Set {PASSPHRASE_VARIABLE} to the book's passphrase, or open it where it was made.",
            )
        if salt not in self._derived:
            self._derived[salt] = derive(self._passphrase, salt)
        return self._derived[salt]

    def create(self) -> Key:
        """A new book's key: in the keyring where there is one, else from the passphrase."""
        if credentials.available():
            key = random_key()
            credentials.set(_account(key.salt), key.secret.hex())
            return key
        if self._passphrase is None:
            raise UserError(
                "A new book needs a key, and this computer has no keyring to keep it in.",
                f"Set {PASSPHRASE_VARIABLE} to a passphrase of your own, and keep it safe.",
            )
        key = derive_new(self._passphrase)
        self._derived[key.salt] = key
        return key

    def _from_keyring(self, salt: bytes) -> bytes | None:
        try:
            text = credentials.get(
                _account(salt), credentials.ANSWER_WITHIN_S if self._passphrase is None else _KEYRING_PATIENCE_S
            )
        except UserError:
            if self._passphrase is None:
                raise
            return None
        return None if text is None else bytes.fromhex(text)


class PassphraseKeys(SystemKeys):
    """Keys from a passphrase alone, for a book that is to be carried to other computers."""

    def __init__(self, passphrase: str) -> None:
        if not passphrase:
            raise UserError("The passphrase is empty.", "Type one.")
        super().__init__(passphrase)

    def create(self) -> Key:
        key = derive_new(self._passphrase or "")
        self._derived[key.salt] = key
        return key


def open_book(path: Path | None = None, *, create: bool = True, keys: KeySource | None = None) -> Book:
    """Open the book at `path` (default: the user's own), made when missing unless `create` is false.

    UserError when it cannot be opened, NewerBookError for a book of a later version; nothing is changed then.
    """
    return Book.open(path or default_book_path(), keys or SystemKeys(), create=create, backups=folders().backups)


def open_throwaway(path: Path) -> Book:
    """Make a book whose key lives in memory alone and is gone with it: needs neither keyring nor passphrase."""
    return Book.open(path, HeldKeys(), backups=path.parent / "backups")


def back_up(book: Book, at: datetime, to: Path | None = None, on_step: OnStep | None = None) -> Backup:
    """Write a consistent, encrypted copy of the open book to the file or folder `to` (default: the backups folder).

    `on_step(done, total)` is told how far it is and may raise to stop; then there is no copy.
    """
    target = to or book.backups
    if to is None or target.is_dir():
        target = _unused(target / f"{book.path.stem}-{_stamp(at)}{book.path.suffix}")
    target = target.absolute()
    if target.exists() and target.samefile(book.path):
        raise UserError("A book cannot be backed up onto itself.", "Name another file.")
    try:
        return Backup(target, copies.copy_book(book, target, on_step))
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}).", "Name another place.") from None


def back_up_daily(book: Book, today: date) -> Path | None:
    """Today's backup, if there is none yet (then its file, else None). Keeps 14 days and the first of each month."""
    return copies.daily_backup(book, today)


def restore(file: Path, path: Path | None, at: datetime, keys: KeySource | None = None) -> Restored:
    """Put the backup `file` in the place of the book at `path` (default: the user's own), which nobody has open.

    UserError, with nothing changed, when the backup does not pass its checks or the book is in use.
    """
    book = (path or default_book_path()).absolute()
    previous = _unused(folders().backups / f"{book.stem}-before-restore-{_stamp(at)}{book.suffix}")
    existed = replacing.restore(book, file.absolute(), keys or SystemKeys(), previous)
    return Restored(file, previous if existed else None)


def restore_into(book: Book, file: Path, at: datetime) -> Restored:
    """As `restore`, for the book that this program has open; it is open again when this returns or raises."""
    with book.database.guard:
        book.close()
        try:
            return restore(file, book.path, at, book.keys)
        finally:
            book.reopen()


def check(book: Book, examiners: Iterable[Examiner] = ()) -> Verdict:
    """Whether the open book is sound: seals, structure, references, and what each of `examiners` finds in its rows."""
    found = soundness.problems(book)
    if not found:
        found = [problem for examine in examiners for problem in examine(book)]
    return Verdict(not found, tuple(found))


def set_passphrase(book: Book, passphrase: str) -> None:
    """Bring the open book under a passphrase, so that it opens on other computers too."""
    replacing.change_key(book, PassphraseKeys(passphrase))


def renew_key(book: Book) -> None:
    """Bring the open book under a new key in the system's keyring (where there is none, under the passphrase)."""
    replacing.change_key(book, SystemKeys())


def _account(salt: bytes) -> str:
    return f"book-{salt.hex()}"


def _unused(path: Path) -> Path:
    """`path`, or with a number behind its name when it is taken."""
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%d-%H%M%S")
