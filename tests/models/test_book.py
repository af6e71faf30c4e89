"""Opening, making and bringing up to date a real encrypted book."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from desktop.errors import NewerBookError, UserError
from desktop.models import dialect
from desktop.models.book import MIGRATIONS, Book, read_salt
from desktop.models.keys import HeldKeys, Key, derive

CLIENT = "Quillfeather Marmalade Works"


class OnePassphrase:
    """Keys from a passphrase, as on a machine without a keyring."""

    def __init__(self, passphrase: str) -> None:
        self.passphrase = passphrase

    def find(self, salt: bytes) -> Key:
        return derive(self.passphrase, salt)

    def create(self) -> Key:
        return derive(self.passphrase, b"0123456789abcdef")


def put(book: Book, key: str, value: str) -> None:
    book.database.execute_sql("INSERT INTO setting (key, name, value) VALUES (?, ?, ?)", (key, key, value))


def values(book: Book) -> dict[str, str]:
    return dict(book.database.execute_sql("SELECT key, value FROM setting").fetchall())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_new_book_has_its_tables_and_is_opened_again(tmp_path: Path) -> None:
    keys = HeldKeys()
    book = Book.open(tmp_path / "deep" / "a.pdesk", keys)
    with book.transaction():
        put(book, "a", CLIENT)
    book.close()
    book.close()
    again = Book.open(tmp_path / "deep" / "a.pdesk", keys, create=False)
    assert values(again) == {"a": CLIENT}
    assert {"client", "policy", "activity", "schema_migration"} <= dialect.table_names(again.connection)
    assert again.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert again.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert again.connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert again.connection.execute("PRAGMA temp_store").fetchone()[0] == 2
    again.close()
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["a.pdesk"]


def test_a_missing_book_is_not_made_unless_wanted(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no book"):
        Book.open(tmp_path / "a.pdesk", HeldKeys(), create=False)
    assert list(tmp_path.glob("*.pdesk*")) == []


def test_an_empty_file_becomes_a_book(tmp_path: Path) -> None:
    path = tmp_path / "a.pdesk"
    path.touch()
    Book.open(path, HeldKeys()).close()
    assert path.stat().st_size > 100_000


def test_the_file_starts_with_its_salt(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "a.pdesk", HeldKeys())
    salt = book.key.salt
    book.close()
    assert book.path.read_bytes()[:16] == salt == read_salt(book.path)


def test_any_sqlcipher_tool_opens_a_book_by_its_passphrase(tmp_path: Path) -> None:
    Book.open(tmp_path / "a.pdesk", OnePassphrase("plum jam")).close()
    connection = driver.connect(str(tmp_path / "a.pdesk"))
    connection.execute("PRAGMA key = 'plum jam'")
    assert connection.execute("SELECT count(*) FROM client").fetchone() == (0,)
    connection.close()


def test_nothing_is_readable_in_the_files(tmp_path: Path) -> None:
    from desktop.models.copies import copy_book

    book = Book.open(tmp_path / "a.pdesk", HeldKeys())
    with book.transaction():
        for number in range(500):
            put(book, f"k{number:03}", CLIENT)
    copy_book(book, tmp_path / "b.pdesk")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"a.pdesk", "a.pdesk-wal", "b.pdesk"} <= {path.name for path in files}
    for path in files:
        assert CLIENT.encode() not in path.read_bytes()
        assert b"setting" not in path.read_bytes()
    book.close()


def test_a_wrong_passphrase_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.pdesk"
    book = Book.open(path, OnePassphrase("plum jam"))
    with book.transaction():
        put(book, "a", "1")
    # As after a power cut: the log holds what the file does not.
    for name in ("a.pdesk", "a.pdesk-wal"):
        shutil.copy(tmp_path / name, tmp_path / f"cut-{name}")
    book.close()
    for copy in (path, tmp_path / "cut-a.pdesk"):
        before = digest(copy)
        with pytest.raises(UserError, match="passphrase does not open"):
            Book.open(copy, OnePassphrase("quince"))
        assert digest(copy) == before
        right = Book.open(copy, OnePassphrase("plum jam"))
        assert values(right) == {"a": "1"}
        right.close()


def test_what_is_no_book_is_said_so_and_left_alone(tmp_path: Path) -> None:
    plain = tmp_path / "plain.db"
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    short = tmp_path / "short.pdesk"
    short.write_bytes(b"hello")
    noise = tmp_path / "noise.pdesk"
    noise.write_bytes(bytes(range(256)) * 64)
    for path, words in ((plain, "unencrypted"), (short, "too short"), (noise, "passphrase"), (tmp_path, "folder")):
        before = digest(path) if path.is_file() else ""
        with pytest.raises(UserError, match=words):
            Book.open(path, OnePassphrase("x"))
        assert (digest(path) if path.is_file() else "") == before


def test_a_database_of_another_program_under_the_same_key_is_refused(tmp_path: Path) -> None:
    keys = HeldKeys()
    connection = dialect.connect(tmp_path / "a.pdesk", keys.create())
    connection.execute("CREATE TABLE strange (x)")
    connection.close()
    with pytest.raises(UserError, match="another program"):
        Book.open(tmp_path / "a.pdesk", keys)


def test_a_truncated_book_is_said_to_be_damaged(tmp_path: Path) -> None:
    keys = HeldKeys()
    Book.open(tmp_path / "a.pdesk", keys).close()
    with (tmp_path / "a.pdesk").open("rb+") as file:
        file.truncate(40_000)
    with pytest.raises(UserError, match="damaged"):
        Book.open(tmp_path / "a.pdesk", keys)


def test_a_newer_book_is_refused_untouched(tmp_path: Path) -> None:
    keys = HeldKeys()
    book = Book.open(tmp_path / "a.pdesk", keys)
    book.database.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
    book.close()
    before = digest(book.path)
    with pytest.raises(NewerBookError, match="newer version"):
        Book.open(book.path, keys)
    assert digest(book.path) == before


def next_schema(folder: Path, body: str) -> Path:
    """The program's migrations and one more."""
    scripts = folder / "migrations"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "9000_add_flavour.py").write_text(f"def up(migrator, db):\n{body}")
    return scripts


def test_an_older_book_is_backed_up_and_brought_up_to_date(tmp_path: Path) -> None:
    keys = HeldKeys()
    book = Book.open(tmp_path / "a.pdesk", keys)
    with book.transaction():
        put(book, "a", "1")
    book.close()
    scripts = next_schema(tmp_path, "    db.execute_sql('ALTER TABLE setting ADD COLUMN flavour TEXT')\n")
    new = Book.open(book.path, keys, migrations=scripts, backups=tmp_path / "kept")
    assert new.connection.execute("SELECT key, flavour FROM setting").fetchall() == [("a", None)]
    assert new.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    new.close()
    (copy,) = (tmp_path / "kept").iterdir()
    old = Book.open(copy, keys)
    assert values(old) == {"a": "1"}
    old.close()


def test_a_failing_migration_leaves_the_book_as_it_was(tmp_path: Path) -> None:
    keys = HeldKeys()
    Book.open(tmp_path / "a.pdesk", keys).close()
    broken = "    db.execute_sql('CREATE TABLE half (x)')\n    raise RuntimeError('boom')\n"
    scripts = next_schema(tmp_path, broken)
    with pytest.raises(RuntimeError, match="boom"):
        Book.open(tmp_path / "a.pdesk", keys, migrations=scripts)
    book = Book.open(tmp_path / "a.pdesk", keys)
    assert "half" not in dialect.table_names(book.connection)
    book.close()


def test_a_transaction_is_all_or_nothing_and_may_be_nested(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "a.pdesk", HeldKeys())

    def fail(key: str) -> None:
        with book.transaction():
            put(book, key, "1")
            raise KeyError

    with pytest.raises(KeyError):
        fail("a")
    with book.transaction():
        put(book, "b", "2")
        with pytest.raises(KeyError):
            fail("c")
    assert values(book) == {"b": "2"}
    book.close()


def test_another_thread_waits_for_the_end_of_a_transaction(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "a.pdesk", HeldKeys())
    seen: list[dict[str, str]] = []
    with book.transaction():
        put(book, "a", "1")
        reader = threading.Thread(target=lambda: seen.append(values(book)))
        reader.start()
        reader.join(0.1)
        assert seen == []
        put(book, "b", "2")
    reader.join()
    assert seen == [{"a": "1", "b": "2"}]
    book.close()


def test_a_book_that_another_program_writes_is_said_to_be_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "_BUSY_MS", 50)
    keys = HeldKeys()
    book, other = (Book.open(tmp_path / "a.pdesk", keys) for _ in range(2))
    with book.transaction(), pytest.raises(UserError, match="in use"), other.transaction():
        pass
    other.close()
    book.close()


def test_a_key_shows_in_no_text(tmp_path: Path) -> None:
    keys = HeldKeys()
    key = keys.create()
    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in repr(key)
