"""The archive of signed files: whatever is altered, taken away or slipped in behind the program's back is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models import seals
from desktop.models.book import Book
from desktop.models.journal import Author
from tests.services.small_agency import open_book

WHO = Author("test", "2026-03-10T09:15:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened, opened.transaction():
        seals.keep_file(opened, "2026-W10", "P1", 1, seals.SEALED, ("producer",), "a.pdf", b"%PDF-1", WHO)
        seals.keep_file(opened, "2026-W10", "P1", 1, seals.SEALED, ("producer", "manager"), "a.pdf", b"%PDF-2", WHO)
        seals.keep_file(opened, "2026-W10", "P2", 0, seals.SCAN, (), "ink.jpg", b"\xff\xd8", WHO)
        yield opened


def test_a_sound_archive_has_no_problems(book: Book) -> None:
    assert list(seals.broken(book)) == []
    newest = seals.newest_sealed(book, "2026-W10", "P1", 1)
    assert newest is not None and newest.roles == ("producer", "manager")
    labels = [row[0] for row in book.connection.execute("SELECT label FROM action ORDER BY id")]
    assert labels[-1] == "Keep ink.jpg, a scan, of P2, week 2026-W10"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("UPDATE signed_file SET data = x'00' WHERE id = 1", "was altered"),
        ("UPDATE signed_file SET data = x'00', sha256 = "
         "'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d' WHERE id = 1", "was altered"),
        ("UPDATE signed_file SET roles = 'producer' WHERE id = 2", "What is kept"),
        ("UPDATE signed_file SET producer = 'P9' WHERE id = 3", "What is kept"),
        ("UPDATE signed_file SET at = '2020-01-01T00:00:00' WHERE id = 2", "What is kept"),
        ("DELETE FROM signed_file WHERE id = 2", "missing"),
        ("INSERT INTO signed_file (week, producer, version, kind, roles, name, sha256, data, at, who) VALUES "
         "('2026-W10', 'P1', 2, 'sealed', 'manager', 'x.pdf', "
         "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', x'', '2026-03-10T09:15:00', 'x')",
         "behind the program's back"),
    ],
)  # fmt: skip
def test_what_was_done_behind_the_programs_back_is_found(book: Book, spoil: str, said: str) -> None:
    book.connection.execute(spoil)
    (problem,) = seals.broken(book)
    assert said in problem.what
