"""The word index in a real book: what finds a row, and that every way of writing keeps it true."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models import edits, journal, search, undo
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.models.keys import HeldKeys
from tests.databases.make import FOLDER, keys
from tests.services.small_agency import AUTHOR, Agency


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = Book.open(tmp_path / "a.pdesk", HeldKeys())
    agency = Agency()
    agency.producer("P01", "Renée O'Dell", email="renee@harbor.example.com", phone="+16145550100")
    agency.lead(
        "L-77", "2026-03-01T09:00:00", "P01", first_name="Ana", last_name="Brook", phone="+16145550123",
        email="ana.brook@example.com", line="Homeowners",
    )  # fmt: skip
    agency.lead("L-78", "2026-03-02T09:00:00", "P01", business_name="Brookfield Bakery & Sons")
    agency.add("clients", client_id="C-1", name="Harlan Brook", phone="+16145550199", zip="43004")
    agency.policy("HO-12-345", "2025-03-02", "P01", 120_000, client="Harlan Brook", client_id="C-1")
    agency.policy(
        "HO-12-345", "2026-03-02", "P01", 130_000, client="Harlan Brook", client_id="C-1", transaction="renewal"
    )
    agency.add("clients", client_id="C-2", name="Łódź & Straße AT&T St. Mary's", phone="+16145550177")
    agency.policy(
        "00-PA 98.76/54", "2026-01-05", "P01", 90_000, client="Łódź & Straße AT&T St. Mary's", client_id="C-2"
    )
    agency.store(opened)
    yield opened
    opened.close()


def titles(book: Book, text: str, kind: str) -> list[str]:
    return [row.title for row in search.find(book, text, kind, 6)]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("brook", search.LEAD, ["Brookfield Bakery & Sons", "Ana Brook"]),
        ("brook an", search.LEAD, ["Ana Brook"]),
        ("BAK", search.LEAD, ["Brookfield Bakery & Sons"]),
        ("(614) 555-0123", search.LEAD, ["Ana Brook"]),
        ("1 614.555.0123", search.LEAD, ["Ana Brook"]),
        ("5550123", search.LEAD, ["Ana Brook"]),
        ("0123", search.LEAD, ["Ana Brook"]),
        ("ana.brook@ex", search.LEAD, ["Ana Brook"]),
        ("L-77", search.LEAD, ["Ana Brook"]),
        ("renee o'd", search.PRODUCER, ["Renée O'Dell"]),
        ("ODell", search.PRODUCER, ["Renée O'Dell"]),
        ("odel", search.PRODUCER, ["Renée O'Dell"]),
        ("odette", search.PRODUCER, []),
        ("p01", search.PRODUCER, ["Renée O'Dell"]),
        ("harlan", search.CLIENT, ["Harlan Brook"]),
        ("ho-12-345", search.POLICY, ["HO-12-345"]),
        ("ho12345", search.POLICY, ["HO-12-345"]),
        ("harlan", search.POLICY, ["HO-12-345"]),
        ("2345", search.POLICY, ["HO-12-345"]),
        ("12345", search.POLICY, ["HO-12-345"]),
        ("12-345", search.POLICY, ["HO-12-345"]),
        ("987654", search.POLICY, ["00-PA 98.76/54"]),
        ("pa 98.76", search.POLICY, ["00-PA 98.76/54"]),
        ("PA987654", search.POLICY, ["00-PA 98.76/54"]),
        ("7654", search.POLICY, ["00-PA 98.76/54"]),
        ("5678", search.POLICY, []),
        ("lodz", search.CLIENT, ["Łódź & Straße AT&T St. Mary's"]),
        ("ŁÓDŹ", search.CLIENT, ["Łódź & Straße AT&T St. Mary's"]),
        ("lodz", search.POLICY, ["00-PA 98.76/54"]),
        ("strasse", search.CLIENT, ["Łódź & Straße AT&T St. Mary's"]),
        ("att marys", search.CLIENT, ["Łódź & Straße AT&T St. Mary's"]),
        ("at&t st mary's", search.CLIENT, ["Łódź & Straße AT&T St. Mary's"]),
        ("614-555-0199 x12", search.CLIENT, ["Harlan Brook"]),
        ("(614) 555-0199 ext. 7", search.CLIENT, ["Harlan Brook"]),
        ("001 614 555 0199", search.CLIENT, ["Harlan Brook"]),
        ("011 1 614 555 0199", search.CLIENT, ["Harlan Brook"]),
        ("zebra", search.LEAD, []),
        ("rook", search.LEAD, []),
    ],
)
def test_what_finds_a_row(book: Book, text: str, kind: str, expected: list[str]) -> None:
    assert titles(book, text, kind) == expected


def test_a_policy_opens_its_client(book: Book) -> None:
    (client,) = search.find(book, "harlan", search.CLIENT, 6)
    (policy,) = search.find(book, "ho12345", search.POLICY, 6)
    assert policy.opens == client.opens != ""
    assert policy.key == "HO-12-345|2026-03-02"


def test_a_typed_name_is_found_and_the_old_one_is_not(book: Book) -> None:
    with book.transaction():
        action = journal.open_action(book, AUTHOR, "correct", "Correct business name")
        edits.edit_row(book, action, "lead", "L-78", {"business_name": "Quill Works"}, AUTHOR.at)
    assert titles(book, "quill", search.LEAD) == ["Quill Works"]
    assert titles(book, "bakery", search.LEAD) == []
    with book.transaction():
        edits.reverse(book, action, forward=False)
    assert titles(book, "bakery", search.LEAD) == ["Brookfield Bakery & Sons"]
    assert titles(book, "quill", search.LEAD) == []


def test_an_import_taken_back_leaves_no_word(book: Book) -> None:
    with book.transaction():
        undo.undo_import(book, 1)
    assert book.connection.execute("SELECT count(*) FROM search").fetchone() == (0,)


def test_a_row_that_the_index_lacks_or_has_too_many_of_is_counted(book: Book) -> None:
    assert search.unindexed(book) == 0
    book.connection.execute("DELETE FROM search WHERE rowid = (SELECT max(rowid) FROM search)")
    assert search.unindexed(book) == 1
    book.connection.execute("INSERT INTO search (rowid, words) VALUES (8000001, 'stray')")
    assert search.unindexed(book) == 2


def _rename_and_fail(book: Book) -> None:
    with book.transaction():
        action = journal.open_action(book, Author("t", AUTHOR.at), "correct", "x")
        edits.edit_row(book, action, "lead", "L-77", {"last_name": "Quill"}, AUTHOR.at)
        raise RuntimeError


def test_a_failed_transaction_leaves_the_index_as_it_was(book: Book) -> None:
    with pytest.raises(RuntimeError):
        _rename_and_fail(book)
    assert titles(book, "quill", search.LEAD) == []
    assert titles(book, "ana", search.LEAD) == ["Ana Brook"]


_BOOK: list[Book] = []


@pytest.fixture(scope="module", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    _BOOK.append(Book.open(tmp_path_factory.mktemp("s") / "b.pdesk", HeldKeys()))
    yield
    _BOOK.pop().close()


@given(st.text(max_size=30))
def test_no_text_is_too_odd_to_be_asked(text: str) -> None:
    assert search.find(_BOOK[0], text, search.LEAD, 3) == []


def test_a_book_made_before_is_filled_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.pdesk"
    shutil.copy(FOLDER / "schema-0014.pdesk", path)
    older = Book.open(path, keys())
    (found,) = search.find(older, "acme", search.POLICY, 3)
    assert found.title == "N1"
    assert search.unindexed(older) == 0
    older.close()


def test_letters_are_spelled_alike_by_question_and_index() -> None:
    letters = import_module("desktop.models.migrations.0015_widen_search")._LETTERS
    assert [search.expression(letter) for letter, _ in letters] == [search.expression(bare) for _, bare in letters]
