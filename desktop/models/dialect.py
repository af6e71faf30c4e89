"""Everything that only SQLCipher's SQLite says this way: connections, PRAGMAs, copies and checks.

The one module to be joined by a second one when a shared book lives in PostgreSQL. Knows no table of the book.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import peewee
from sqlcipher3 import dbapi2 as driver

from desktop.errors import Cancelled
from desktop.models.keys import Key

PAGE_BYTES = 4096
PLAIN_HEADER = b"SQLite format 3\x00"
# For each NULL that is bound the driver looks for an adapter; finding none costs ten times as much as this one.
driver.register_adapter(type(None), {}.get)

_BUSY_MS = 10_000
opened = peewee.DatabaseProxy()
"""The book opened last, to which peewee's table classes speak; they themselves are loaded by few."""
_PAGES_PER_STEP = 4096
_STEPS_PER_LOOK = 200_000
_CACHE_KIB, _SMALL_CACHE_KIB = 32_768, 4_096
DRIVER_ERRORS: tuple[type[Exception], ...] = (driver.DatabaseError, peewee.DatabaseError)
"""What a broken, locked or foreign file raises, through peewee or past it."""


def _address(path: Path, mode: str) -> str:
    """The file as SQLite's URI; a share on a network keeps its leading slashes."""
    name = path.absolute().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(name)}?mode={mode}"


def connect(path: Path, key: Key, *, read_only: bool = False) -> Any:
    """A raw connection to the file at `path`, unlocked with `key`; whether the key fits shows at the first read."""
    connection = driver.connect(
        _address(path, "ro" if read_only else "rwc"),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_MS / 1000,
    )
    # SQLCipher would report a wrong key on standard error before anybody can say it in words.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(key.pragma())
    # Sorting must not spill plain text into temporary files.
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def salt_of(path: Path) -> bytes:
    """The 16 bytes in the clear at the start of the file.

    Read through SQLite: opening and closing the file beside it would drop the locks that this process holds on it.
    """
    connection = driver.connect(_address(path, "ro"), uri=True)
    try:
        connection.execute(f"PRAGMA key = \"x'{'0' * 64}'\"")
        return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])
    finally:
        connection.close()


class BookDatabase(peewee.SqliteDatabase):
    """Peewee's database over one encrypted connection that threads use one after the other."""

    server_version = driver.sqlite_version_info

    def __init__(self, path: Path, key: Key) -> None:
        self.guard = threading.RLock()
        self._path = path
        self._key = key
        super().__init__(str(path), thread_safe=False, autoconnect=False)

    def _connect(self) -> Any:
        connection = connect(self._path, self._key)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._add_conn_hooks(connection)  # type: ignore[attr-defined]
        except BaseException:
            connection.close()
            raise
        return connection

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """As peewee's, waiting for another thread's transaction to end."""
        with self.guard:
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]

    def connection(self) -> Any:
        """The driver's own connection, for bulk statements; the book must be open."""
        if self.is_closed():
            raise peewee.InterfaceError("the book is closed")
        return super().connection()  # type: ignore[no-untyped-call]

    def is_closed(self) -> bool:
        return bool(super().is_closed())

    def connect(self, reuse_if_open: bool = False) -> bool:
        return bool(super().connect(reuse_if_open))

    def close(self) -> bool:
        return bool(super().close())

    def immediate(self) -> AbstractContextManager[Any]:
        """A transaction that takes the write lock at once, or a savepoint inside one."""
        scope: AbstractContextManager[Any] = self.atomic("IMMEDIATE")
        return scope

    def rollback(self) -> None:
        """As peewee's; SQLite has already rolled back by itself after a full disk."""
        if self.connection().in_transaction:
            super().rollback()


def enter_wal(connection: Any) -> None:
    """Write-ahead logging, with every commit on the disk before it counts: a committed import survives a power cut."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_size_limit = 67108864")


def leave_wal(connection: Any) -> None:
    """Fold the log into the file and remove it; raises "database is locked" while anybody else has the book open."""
    connection.execute("PRAGMA journal_mode = DELETE")


def take_alone(connection: Any) -> None:
    """Lock everybody else out, the log folded into the file; raises a busy error while anybody has the book open."""
    table_names(connection)
    leave_wal(connection)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    # The lock outlives the transaction, which must be over before the book can be copied.
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def is_busy(error: BaseException) -> bool:
    """Whether the driver means that somebody else holds the file."""
    return "locked" in str(error).casefold()


def truncate_wal(connection: Any) -> None:
    """Fold the log into the file; `cipher_integrity_check` reads the file alone and would raise false alarms."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def copy_pages(source: Any, target: Any, on_step: Callable[[int, int], None] | None = None) -> None:
    """Copy a whole book, consistent at one moment, by SQLite's backup API; each side keeps its own key.

    `on_step(pages done, pages in all)` may raise to stop.
    """

    if source.in_transaction:
        # The driver would wait for ever for this very connection.
        raise peewee.OperationalError("a book cannot be copied inside its own transaction")

    def progress(_status: int, remaining: int, total: int) -> None:
        if on_step is not None:
            on_step(total - remaining, total)

    source.backup(target, pages=_PAGES_PER_STEP, progress=progress)


@contextmanager
def small_cache(connection: Any) -> Iterator[None]:
    """Few pages held in memory while something reads a table once from end to end and needs the room for sorting."""
    connection.execute(f"PRAGMA cache_size = -{_SMALL_CACHE_KIB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


@contextmanager
def stoppable(connection: Any, look: Callable[[], None]) -> Iterator[None]:
    """A query that `look` ends by raising Cancelled; it is called some hundred times a second while the query runs."""
    asked: list[Cancelled] = []

    def stops() -> bool:
        try:
            look()
        except Cancelled as stop:
            asked.append(stop)
        return bool(asked)

    connection.set_progress_handler(stops, _STEPS_PER_LOOK)
    try:
        yield
    except driver.OperationalError:
        if asked:
            raise asked[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def unenforced(database: BookDatabase) -> Iterator[None]:
    """Foreign keys not enforced while tables are rebuilt; only outside a transaction."""
    database.execute_sql("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        database.execute_sql("PRAGMA foreign_keys = ON")


def table_names(connection: Any) -> set[str]:
    """The tables in the file; the first real read, so a wrong key shows here."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {row[0] for row in rows.fetchall()}


def damaged_pages(connection: Any) -> list[str]:
    """What SQLCipher says of pages whose seal is broken."""
    return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]


def structural_faults(connection: Any, quick: bool = False) -> list[str]:
    """What SQLite says of its tables and indexes; empty when sound."""
    pragma = "quick_check" if quick else "integrity_check"
    return [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}").fetchall() if row[0] != "ok"]


def dangling_references(connection: Any) -> list[tuple[str, int, str]]:
    """Rows that refer to a row which is not there: (table, row, the table referred to)."""
    return [(row[0], row[1], row[2]) for row in connection.execute("PRAGMA foreign_key_check").fetchall()]
