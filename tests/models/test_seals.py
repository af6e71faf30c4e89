"""The archive of signed files: whatever is altered, taken away or slipped in behind the program's back is found."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models import journal, seals
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


def _certificate(text: bytes, *, own: bool) -> seals.KeptCertificate:
    return seals.KeptCertificate(hashlib.sha256(text).hexdigest(), (text,), None, own, "2030-01-01T00:00:00")


@pytest.fixture
def trusting(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened, opened.transaction():
        action = journal.enter(opened, WHO, "seal.change", "Trust")
        for kept in (_certificate(b"own", own=True), _certificate(b"left", own=False), _certificate(b"st", own=False)):
            seals.keep_certificate(opened, kept, WHO.at, action)
        seals.forget_certificate(opened, _certificate(b"left", own=False).fingerprint, action)
        yield opened


def test_certificates_kept_and_forgotten_by_the_program_are_sound(trusting: Book) -> None:
    assert list(seals.broken_certificates(trusting)) == []
    assert [one.chain for one in seals.certificates(trusting)] == [(b"own",), (b"st",)]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("UPDATE seal_identity SET own = 1", "altered"),
        ("UPDATE seal_identity SET certificates = '[\"AAAA\"]' WHERE own = 0", "altered"),
        ("UPDATE seal_identity SET ends_at = '2099-01-01T00:00:00' WHERE own = 0", "altered"),
        ("DELETE FROM seal_identity WHERE own = 0", "missing"),
    ],
)
def test_a_certificate_altered_or_taken_away_is_found(trusting: Book, spoil: str, said: str) -> None:
    trusting.connection.execute(spoil)
    (problem,) = seals.broken_certificates(trusting)
    assert said in problem.what


@pytest.mark.parametrize("text", [b"stranger", b"left"])
def test_a_certificate_slipped_in_is_found(trusting: Book, text: bytes) -> None:
    kept = _certificate(text, own=False)
    trusting.connection.execute(
        "INSERT INTO seal_identity (fingerprint, certificates, secret, own, ends_at, at) VALUES (?,?,?,?,?,?)",
        (kept.fingerprint, json.dumps([base64.b64encode(text).decode()]), None, 0, kept.ends_at, WHO.at),
    )
    (problem,) = seals.broken_certificates(trusting)
    assert "behind the program's back" in problem.what
