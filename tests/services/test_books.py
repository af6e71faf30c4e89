"""Books as the user handles them, with the passphrase and with a real keyring."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.soundness import Problem
from desktop.services import books

AT = datetime(2026, 3, 9, 8, 30)
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODUCER_DESK_KEYRING", "off")
    monkeypatch.setenv("PRODUCER_DESK_PASSPHRASE", "plum jam")


def write(book: Book, value: str) -> None:
    with book.transaction():
        book.connection.execute("DELETE FROM setting")
        book.connection.execute("INSERT INTO setting (key, name, value) VALUES ('k', 'k', ?)", (value,))


def read(book: Book) -> str:
    return str(book.connection.execute("SELECT value FROM setting").fetchone()[0])


def test_the_users_own_book_is_made_in_the_data_folder(home: Path) -> None:
    book = books.open_book()
    assert book.path == home / "data" / "agency.pdesk"
    book.close()


def test_without_keyring_and_passphrase_nothing_is_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRODUCER_DESK_PASSPHRASE")
    with pytest.raises(UserError, match="PRODUCER_DESK_PASSPHRASE"):
        books.open_book()
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_without_the_key_a_book_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    books.open_book().close()
    monkeypatch.delenv("PRODUCER_DESK_PASSPHRASE")
    with pytest.raises(UserError, match="PRODUCER_DESK_PASSPHRASE"):
        books.open_book()


def test_backup_and_restore_into_the_open_book(home: Path) -> None:
    book = books.open_book()
    write(book, "old")
    backup = books.back_up(book, AT)
    assert backup.file == home / "backups" / "agency-2026-03-09-083000.pdesk"
    assert backup.bytes == backup.file.stat().st_size
    write(book, "new")
    restored = books.restore_into(book, backup.file, AT)
    assert read(book) == "old"
    book.close()
    assert restored.previous is not None
    previous = books.open_book(restored.previous, create=False)
    assert read(previous) == "new"
    previous.close()


def test_two_backups_and_two_restores_in_one_second_keep_both() -> None:
    book = books.open_book()
    write(book, "a")
    first, second = books.back_up(book, AT), books.back_up(book, AT)
    one, two = books.restore_into(book, first.file, AT), books.restore_into(book, second.file, AT)
    assert len({first.file, second.file, one.previous, two.previous}) == 4
    book.close()


def test_a_refused_restore_leaves_the_book_open(tmp_path: Path) -> None:
    book = books.open_book()
    write(book, "kept")
    (tmp_path / "noise").write_bytes(b"\x05" * 8192)
    with pytest.raises(UserError):
        books.restore_into(book, tmp_path / "noise", AT)
    with pytest.raises(UserError, match="no file"):
        books.restore_into(book, tmp_path / "nowhere", AT)
    assert read(book) == "kept"
    book.close()


def test_a_book_is_not_backed_up_onto_itself_or_into_a_file() -> None:
    book = books.open_book()
    with pytest.raises(UserError, match="itself"):
        books.back_up(book, AT, book.path)
    with pytest.raises(UserError, match="cannot be written"):
        books.back_up(book, AT, book.path / "below" / "x")
    book.close()


def test_the_daily_backup_is_made_once() -> None:
    book = books.open_book()
    assert books.back_up_daily(book, date(2026, 3, 9)) is not None
    assert books.back_up_daily(book, date(2026, 3, 9)) is None
    book.close()


def test_check_asks_the_examiners_of_a_sound_file() -> None:
    book = books.open_book()
    assert books.check(book) == books.Verdict(True, ())
    problem = Problem("wrong sum", "week 10")
    assert books.check(book, [lambda _book: [problem]]) == books.Verdict(False, (problem,))
    book.close()


def test_under_a_new_passphrase_the_old_one_is_refused() -> None:
    book = books.open_book()
    write(book, "kept")
    books.set_passphrase(book, "quince jelly")
    assert read(book) == "kept"
    book.close()
    with pytest.raises(UserError, match="passphrase"):
        books.open_book()
    book = books.open_book(keys=books.PassphraseKeys("quince jelly"))
    assert read(book) == "kept"
    book.close()
    with pytest.raises(UserError, match="empty"):
        books.PassphraseKeys("")


def test_a_throwaway_book_needs_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRODUCER_DESK_PASSPHRASE")
    book = books.open_throwaway(tmp_path / "demo.pdesk")
    write(book, "x")
    book.close()


IN_KEYRING = """
import os, shutil, sys
from datetime import datetime
from pathlib import Path
from desktop import credentials
from desktop.errors import UserError
from desktop.services import books

assert credentials.available()
assert credentials.get("nothing") is None
credentials.set("word", "s3cret")
assert credentials.get("word") == "s3cret"
credentials.delete("word")
credentials.delete("word")
assert credentials.get("word") is None

book = books.open_book()
assert not book.key.from_passphrase
salt = book.key.salt.hex()
assert bytes.fromhex(credentials.get(f"book-{salt}")) == book.key.secret
at = datetime(2026, 3, 9)
backup = books.back_up(book, at).file
path = book.path
book.close()
moved = path.with_name("moved.pdesk")
shutil.move(path, moved)
books.open_book(moved, create=False).close()
books.open_book(backup, create=False).close()
book = books.open_book(moved)
books.renew_key(book)
assert book.key.salt.hex() != salt
book.close()
books.open_book(moved).close()
books.restore(backup, moved, at)
books.open_book(moved).close()
credentials.delete(f"book-{salt}")
try:
    books.open_book(moved)
except UserError as error:
    assert "keyring" in str(error)
else:
    raise SystemExit("opened without its key")
print("all well")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="gnome-keyring is a Linux service")
def test_with_a_real_keyring(home: Path) -> None:
    if not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")):
        pytest.skip("needs the packages gnome-keyring and dbus")
    unset = {"PRODUCER_DESK_KEYRING", "PRODUCER_DESK_PASSPHRASE", "DBUS_SESSION_BUS_ADDRESS"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "share"), "PYTHONPATH": str(ROOT)}
    environment |= {"XDG_RUNTIME_DIR": str(home / "run"), "PYTHON": sys.executable, "SCRIPT": IN_KEYRING}
    (home / "run").mkdir(mode=0o700)
    script = 'echo pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null && "$PYTHON" -c "$SCRIPT"'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "all well", done.stderr
