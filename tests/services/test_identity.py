"""The agency's sealing identity: made once, renewed in time, its key in the keyring or in the encrypted book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop import credentials
from desktop.errors import UserError
from desktop.models import seals
from desktop.models.book import Book
from desktop.reports.certificates import SealIdentity
from desktop.services import identity
from tests.services.small_agency import open_book

NOW = datetime(2026, 3, 10, 9, 15)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    kept: dict[str, str] = {}
    monkeypatch.setattr(credentials, "available", lambda: True)
    monkeypatch.setattr(credentials, "set", kept.__setitem__)
    monkeypatch.setattr(credentials, "get", kept.get)
    return kept


def test_an_identity_is_made_once_and_renewed_before_it_ends(book: Book) -> None:
    first = identity.identity(book, NOW)
    assert identity.identity(book, NOW + timedelta(days=900)).fingerprint == first.fingerprint
    ends = datetime.fromisoformat(seals.certificates(book)[0].ends_at)
    second = identity.identity(book, ends - timedelta(days=30))
    assert second.fingerprint != first.fingerprint
    assert identity.trusted(book) == {first.fingerprint, second.fingerprint}


def test_with_a_keyring_the_book_does_not_hold_the_key(book: Book, ring: dict[str, str]) -> None:
    made = identity.identity(book, NOW)
    ((_account, text),) = ring.items()
    assert len(text) < 1_280
    assert seals.certificates(book)[0].secret == "keyring"
    assert not identity.standing(book, NOW).key_in_book
    assert identity.identity(book, NOW) == made
    ring.clear()
    assert identity.identity(book, NOW).fingerprint != made.fingerprint


def test_without_a_keyring_the_key_lies_in_the_encrypted_book(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "available", lambda: False)
    made = identity.identity(book, NOW)
    assert identity.standing(book, NOW).key_in_book
    assert made.key not in book.path.read_bytes()


def test_the_certificate_is_exported_and_trusted_elsewhere(book: Book, tmp_path: Path) -> None:
    file = identity.export_certificate(book, tmp_path / "agency.pem", NOW)
    assert b"PRIVATE" not in file.read_bytes()
    (tmp_path / "other").mkdir()
    with open_book(tmp_path / "other") as other:
        identity.trust(other, file, NOW)
        assert identity.trusted(other) == identity.trusted(book)
        kept = identity.standing(other, NOW)
        assert kept.fingerprint == "" and [one.fingerprint for one in kept.trusted] == list(identity.trusted(other))
        identity.distrust(other, kept.trusted[0].fingerprint, NOW)
        assert identity.trusted(other) == frozenset()
    (own,) = identity.trusted(book)
    identity.distrust(book, own, NOW)
    assert identity.trusted(book) == {own}


def test_what_is_no_certificate_or_address_is_refused(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "x.pem"
    file.write_bytes(b"nothing")
    with pytest.raises(UserError, match="no certificate"):
        identity.trust(book, file, NOW)
    with pytest.raises(UserError, match="cannot be opened"):
        identity.use_pkcs12(book, file, "secret", NOW)
    with pytest.raises(UserError, match="not a web address"):
        identity.set_authority(book, "file:///etc/passwd", NOW)


def own_file(folder: Path) -> Path:
    """A PKCS#12 file under the passphrase `secret`."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_der_private_key, pkcs12

    own = _issued_elsewhere()
    packed = pkcs12.serialize_key_and_certificates(
        b"own", load_der_private_key(own.key, None), x509.load_der_x509_certificate(own.chain[0]), None,
        BestAvailableEncryption(b"secret"),
    )  # fmt: skip
    file = folder / "own.p12"
    file.write_bytes(packed)
    return file


def test_an_own_pkcs12_certificate_is_used(book: Book, tmp_path: Path) -> None:
    file = own_file(tmp_path)
    with pytest.raises(UserError, match="cannot be opened"):
        identity.use_pkcs12(book, file, "wrong", NOW)
    standing = identity.use_pkcs12(book, file, "secret", NOW)
    assert (standing.name, standing.own_file, standing.ends_soon) == ("Own Authority", True, False)
    assert identity.identity(book, NOW).fingerprint == standing.fingerprint
    assert identity.identity(book, NOW + timedelta(days=80)).fingerprint == standing.fingerprint
    assert identity.standing(book, NOW + timedelta(days=80)).ends_soon
    with pytest.raises(UserError, match="own certificate ended on"):
        identity.identity(book, NOW + timedelta(days=101))
    assert b"secret" not in book.path.read_bytes()
    (label,) = book.connection.execute("SELECT label FROM action ORDER BY id DESC LIMIT 1").fetchone()
    assert label == "Sign with the certificate of Own Authority from own.p12"


def _issued_elsewhere() -> SealIdentity:
    """An identity with a hundred days left whose certificate another issued."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.x509.oid import NameOID

    key, issuer = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in ("Own Authority", "An Issuer")]
    made = (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=100))
        .sign(issuer, hashes.SHA256())
    )
    packed = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SealIdentity(packed, (made.public_bytes(Encoding.DER),))
