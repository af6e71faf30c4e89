"""A process killed while it makes, copies, restores, re-keys or migrates leaves the old book or the new."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.models import dialect, soundness
from desktop.models.book import MIGRATIONS, Book
from desktop.models.copies import copy_book
from desktop.models.keys import Key, derive

ROOT = Path(__file__).parents[2]
ROUNDS = 8
WORKER = """
import sys
from pathlib import Path
from desktop.models import replacing
from desktop.models.book import MIGRATIONS, Book
from desktop.models.copies import copy_book
from tests.models.test_kills import SameKey

what, folder = sys.argv[1], Path(sys.argv[2])
keys = SameKey()
print("go", flush=True)
if what == "create":
    Book.open(folder / "a.pdesk", keys)
elif what == "restore":
    replacing.restore(folder / "a.pdesk", folder / "old.pdesk", keys, folder / "kept" / "previous.pdesk")
elif what == "migrate":
    Book.open(folder / "a.pdesk", keys, migrations=folder / "migrations", backups=folder / "kept")
else:
    book = Book.open(folder / "a.pdesk", keys)
    if what == "backup":
        copy_book(book, folder / "copy.pdesk")
    elif what == "write":
        with book.transaction():
            book.connection.execute("UPDATE setting SET value = 'new'")
    elif what == "rekey":
        replacing.change_key(book, SameKey(b"another secret of thirty-two byte"[:32], b"fedcba9876543210"))
"""


class SameKey:
    """One fixed key per salt, so that another process finds it."""

    def __init__(self, secret: bytes = b"a secret of exactly thirty-two b", salt: bytes = b"0123456789abcdef") -> None:
        self.made = Key(secret, salt)
        self.all = {
            b"0123456789abcdef": b"a secret of exactly thirty-two b",
            b"fedcba9876543210": b"another secret of thirty-two byte"[:32],
        }

    def find(self, salt: bytes) -> Key:
        return Key(self.all[salt], salt) if salt in self.all else derive("x", salt)

    def create(self) -> Key:
        return self.made


def states(book: Book) -> set[str]:
    return {row[0] for row in book.connection.execute("SELECT DISTINCT value FROM setting").fetchall()}


def fill(book: Book, state: str, rows: int) -> None:
    with book.transaction():
        book.connection.execute("DELETE FROM setting")
        book.connection.executemany(
            "INSERT INTO setting (key, name, value) VALUES (?, 'n', ?)", [(f"k{n}", state) for n in range(rows)]
        )


def prepare(folder: Path, rows: int) -> None:
    """A book in state "new" and its backup in state "old"."""
    book = Book.open(folder / "a.pdesk", SameKey())
    fill(book, "old", rows)
    copy_book(book, folder / "old.pdesk")
    fill(book, "new", rows)
    book.close()
    shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    script = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE fresh AS SELECT * FROM setting')\n"
    (folder / "migrations" / "9000_fresh.py").write_text(script)


def start(what: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, what, str(folder)], stdout=subprocess.PIPE, env=environment
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"go\n"
    return worker


def kill_within(what: str, folder: Path, longest: float, chance: random.Random) -> None:
    worker = start(what, folder)
    time.sleep(chance.uniform(0, longest))
    worker.send_signal(signal.SIGKILL)
    worker.communicate()


def duration(what: str, folder: Path) -> float:
    """How long the work takes unharmed; whatever it makes stays in `folder`."""
    worker = start(what, folder)
    begun = time.monotonic()
    worker.communicate()
    assert worker.returncode == 0
    return time.monotonic() - begun


@pytest.mark.parametrize("what", ["create", "backup", "restore", "rekey", "migrate"])
def test_killed_at_any_moment_the_book_is_whole(what: str, tmp_path: Path) -> None:
    chance = random.Random(what)
    origin = tmp_path / "origin"
    origin.mkdir()
    if what != "create":
        prepare(origin, rows=20_000)
    trial = tmp_path / "trial"
    shutil.copytree(origin, trial)
    longest = duration(what, trial)
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        shutil.copytree(origin, folder)
        kill_within(what, folder, longest, chance)
        examine(what, folder)
        shutil.rmtree(folder)


def examine(what: str, folder: Path) -> None:
    """The book opens, is sound, and in one of the two states; so is the copy, if there is one."""
    path = folder / "a.pdesk"
    if what == "create":
        if path.exists():
            assert path.stat().st_size > 100_000
        allowed: tuple[set[str], ...] = (set(),)
    else:
        assert path.exists()
        allowed = ({"new"}, {"old"}) if what == "restore" else ({"new"},)
    book = Book.open(path, SameKey(), migrations=folder / "migrations" if what == "migrate" else MIGRATIONS)
    assert states(book) in allowed
    assert ("fresh" in dialect.table_names(book.connection)) == (what == "migrate")
    assert soundness.problems(book) == []
    book.close()
    for copy in (folder / "copy.pdesk", *folder.glob("kept/*")):
        if copy.exists() and not copy.name.startswith("."):
            copied = Book.open(copy, SameKey(), create=False)
            assert states(copied) == {"new"}
            copied.close()
