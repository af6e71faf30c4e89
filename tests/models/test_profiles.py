"""Saved layouts: kept by name, replaced, forgotten, and each of that undone."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.models import edits, journal, profiles
from desktop.models.book import MIGRATIONS, Book
from desktop.models.journal import Author
from desktop.models.keys import HeldKeys
from desktop.models.tables import ProfileRow

AUTHOR = Author("principal", "2026-03-11T09:30:00")


def put(book: Book, name: str, content: str, at: str = AUTHOR.at) -> int:
    with book.transaction():
        action = journal.open_action(book, AUTHOR, "profile.save", f"Save {name}")
        profiles.save(book, action, name, content, at)
    return action


def test_a_profile_is_kept_by_its_name_however_it_is_spelled(book: Book) -> None:
    put(book, "Hub deals", "{}")
    put(book, "HUB-Deals", '{"a":1}', "2026-03-12T09:30:00")
    assert [(one.name, one.content) for one in profiles.read_all(book)] == [("HUB-Deals", '{"a":1}')]
    found = profiles.find(book, "hub deals")
    assert found is not None and found.entered_at == "2026-03-12T09:30:00"
    assert profiles.find(book, "other") is None


def test_newest_come_first(book: Book) -> None:
    put(book, "First", "{}")
    put(book, "Second", "{}", "2026-03-12T09:30:00")
    assert [one.name for one in profiles.read_all(book)] == ["Second", "First"]


def test_saving_and_forgetting_are_undone(book: Book) -> None:
    put(book, "Deals", "{}")
    changed = put(book, "Deals", '{"a":1}')
    with book.transaction():
        action = journal.open_action(book, AUTHOR, "profile.delete", "Forget Deals")
        assert profiles.delete(book, action, "deals")
        assert not profiles.delete(book, action, "deals")
    assert profiles.read_all(book) == []
    edits.reverse(book, action, forward=False)
    assert [one.content for one in profiles.read_all(book)] == ['{"a":1}']
    edits.reverse(book, changed, forward=False)
    assert [one.content for one in profiles.read_all(book)] == ["{}"]


def test_a_book_of_an_earlier_release_gets_the_table(tmp_path: Path) -> None:
    scripts = tmp_path / "migrations"
    scripts.mkdir()
    for name in ("0001_create_book.py", "0002_add_stated_totals.py"):
        shutil.copy(MIGRATIONS / name, scripts)
    keys = HeldKeys()
    Book.open(tmp_path / "old.pdesk", keys, migrations=scripts).close()
    book = Book.open(tmp_path / "old.pdesk", keys)
    put(book, "Deals", "{}")
    columns = {row[1] for row in book.connection.execute('PRAGMA table_info("profile")')}
    assert columns == {field.column_name for field in ProfileRow._meta.sorted_fields}
    book.close()
