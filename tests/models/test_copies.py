"""Backups, restores and key changes of real books."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import replacing, soundness
from desktop.models.book import Book
from desktop.models.copies import copy_book, daily_backup
from desktop.models.keys import HeldKeys


@pytest.fixture
def keys() -> HeldKeys:
    return HeldKeys()


@pytest.fixture
def book(tmp_path: Path, keys: HeldKeys) -> Book:
    return Book.open(tmp_path / "books" / "a.pdesk", keys, backups=tmp_path / "kept")


def note(book: Book, text: str) -> None:
    with book.transaction():
        book.connection.execute("DELETE FROM setting")
        book.connection.execute("INSERT INTO setting (key, name, value) VALUES ('note', 'note', ?)", (text,))


def noted(book: Book) -> list[str]:
    return [row[0] for row in book.connection.execute("SELECT value FROM setting").fetchall()]


def test_a_backup_is_one_file_that_opens_with_the_same_key(book: Book, keys: HeldKeys, tmp_path: Path) -> None:
    note(book, "old")
    size = copy_book(book, tmp_path / "out" / "b.pdesk")
    note(book, "new")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.pdesk"]
    assert size == (tmp_path / "out" / "b.pdesk").stat().st_size
    copy = Book.open(tmp_path / "out" / "b.pdesk", keys, create=False)
    assert noted(copy) == ["old"]
    copy.close()
    book.close()


def test_a_stopped_backup_leaves_the_older_one(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "b.pdesk"
    target.write_bytes(b"older")

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_book(book, target, stop)
    assert target.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.pdesk"]
    book.close()


def test_drafts_of_killed_processes_are_swept_and_younger_ones_left(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "out" / "b.pdesk"
    target.parent.mkdir()
    old, young = (target.with_name(f".b.pdesk.{pid}.part") for pid in (1, 2))
    for draft in (old, young):
        draft.touch()
    os.utime(old, (1, 1))
    copy_book(book, target)
    assert {path.name for path in target.parent.iterdir()} == {"b.pdesk", young.name}
    book.close()


def test_a_copy_inside_a_transaction_is_refused_rather_than_waited_for(book: Book, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="own transaction"), book.transaction():
        copy_book(book, tmp_path / "b.pdesk")
    book.close()


def test_one_backup_a_day_the_last_fortnight_and_each_month_is_kept(book: Book) -> None:
    first = date(2026, 1, 10)
    made = [daily_backup(book, first + timedelta(days=day)) for day in range(60)]
    assert all(made)
    assert daily_backup(book, first + timedelta(days=59)) is None
    kept = sorted(path.name[-16:-6] for path in book.backups.iterdir())
    fortnight = [(first + timedelta(days=day)).isoformat() for day in range(46, 60)]
    assert kept == sorted({"2026-01-10", "2026-02-01", "2026-03-01", *fortnight})
    book.close()


def test_a_restore_brings_the_old_state_and_keeps_the_replaced_book(book: Book, keys: HeldKeys, tmp_path: Path) -> None:
    note(book, "old")
    copy_book(book, tmp_path / "b.pdesk")
    note(book, "new")
    book.close()
    assert replacing.restore(book.path, tmp_path / "b.pdesk", keys, tmp_path / "kept" / "previous.pdesk")
    assert [path.name for path in book.path.parent.iterdir()] == ["a.pdesk"]
    for path, state in ((book.path, "old"), (tmp_path / "kept" / "previous.pdesk", "new")):
        found = Book.open(path, keys, create=False)
        assert noted(found) == [state]
        found.close()


def test_a_restore_into_nothing_or_over_a_damaged_book(book: Book, keys: HeldKeys, tmp_path: Path) -> None:
    note(book, "old")
    copy_book(book, tmp_path / "b.pdesk")
    book.close()
    assert not replacing.restore(tmp_path / "new" / "n.pdesk", tmp_path / "b.pdesk", keys, tmp_path / "p")
    assert not (tmp_path / "p").exists()
    garbage = b"\x01" * 9000
    book.path.write_bytes(garbage)
    book.path.with_name("a.pdesk-wal").write_bytes(b"stale log")
    assert replacing.restore(book.path, tmp_path / "b.pdesk", keys, tmp_path / "p")
    assert (tmp_path / "p").read_bytes() == garbage
    assert (tmp_path / "p-wal").read_bytes() == b"stale log"
    assert [path.name for path in book.path.parent.iterdir()] == ["a.pdesk"]
    again = Book.open(book.path, keys)
    assert noted(again) == ["old"]
    again.close()


def test_a_damaged_backup_is_refused_and_nothing_is_changed(book: Book, keys: HeldKeys, tmp_path: Path) -> None:
    backup = tmp_path / "b.pdesk"
    copy_book(book, backup)
    note(book, "new")
    book.close()
    whole = backup.read_bytes()
    for place in (5000, 100_000, len(whole) - 100):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(UserError, match="damaged"):
            replacing.restore(book.path, backup, keys, tmp_path / "p")
    backup.write_bytes(whole[:50_000])
    with pytest.raises(UserError, match="damaged"):
        replacing.restore(book.path, backup, keys, tmp_path / "p")
    assert not (tmp_path / "p").exists()
    assert [path.name for path in book.path.parent.iterdir()] == ["a.pdesk"]
    again = Book.open(book.path, keys)
    assert noted(again) == ["new"]
    again.close()


def test_a_book_in_use_is_not_replaced(
    book: Book, keys: HeldKeys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.models.dialect._BUSY_MS", 50)
    copy_book(book, tmp_path / "b.pdesk")
    note(book, "new")
    with pytest.raises(UserError, match="in use"):
        replacing.restore(book.path, tmp_path / "b.pdesk", keys, tmp_path / "p")
    assert noted(book) == ["new"]
    assert not (tmp_path / "p").exists()
    note(book, "newer")
    book.close()


def test_a_book_is_not_restored_from_itself(book: Book, keys: HeldKeys, tmp_path: Path) -> None:
    book.close()
    with pytest.raises(UserError, match="itself"):
        replacing.restore(book.path, book.path, keys, tmp_path / "p")


def test_after_a_key_change_only_the_new_key_opens_the_book(book: Book, keys: HeldKeys) -> None:
    note(book, "kept")
    old = book.key
    new_keys = HeldKeys()
    replacing.change_key(book, new_keys)
    assert noted(book) == ["kept"]
    assert book.key.secret != old.secret
    assert soundness.problems(book) == []
    book.close()
    with pytest.raises(UserError):
        Book.open(book.path, keys)
    assert [path.name for path in book.path.parent.iterdir()] == ["a.pdesk"]


def test_a_sound_book_has_no_problems_and_a_flipped_bit_is_found(book: Book, keys: HeldKeys) -> None:
    note(book, "x")
    assert soundness.problems(book) == []
    book.close()
    with book.path.open("rb+") as file:
        file.seek(20 * 4096 + 77)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 4]))
    damaged = Book.open(book.path, keys)
    found = soundness.problems(damaged)
    assert "pages" in {problem.where for problem in found}
    damaged.close()


def test_a_dangling_reference_is_found(book: Book) -> None:
    book.connection.execute("PRAGMA foreign_keys = OFF")
    book.connection.execute(
        "INSERT INTO change (action, \"table\", row_id, key, \"column\") VALUES (7, 't', 1, 'k', '')"
    )
    (problem,) = soundness.problems(book)
    assert problem.where == "change, row 1"
    assert "action" in problem.what
    book.close()
