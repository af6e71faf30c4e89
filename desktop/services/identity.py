"""The agency's identity for sealing: made at first use, renewed before it ends, exported, replaced by an own one.

The key lives in the system's keyring. Where there is none (a book under a passphrase) it lies in the encrypted book
itself, which nobody opens without the passphrase. Certificates are in the book: they are public, a keyring is small.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import credentials
from desktop.errors import UserError
from desktop.models import seals
from desktop.models.seals import KeptCertificate
from desktop.services import configuration

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.reports.certificates import SealIdentity

AUTHORITY = "time_stamp_authority"
RENEW_WITHIN = timedelta(days=60)
_IN_KEYRING = "keyring"
_ROOM = 1_200
"""Characters that every system's keyring holds (Windows: 1,280)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the agency seals with: whose name, until when (ISO day), the certificate's fingerprint; all empty at first.

    `key_in_book`: the key lies in the book, as this computer has no keyring.
    """

    name: str
    ends_on: str
    fingerprint: str
    key_in_book: bool
    authority: str


def standing(book: Book) -> Standing:
    """What the agency seals with now, without making anything."""
    authority = seals.choice(book, AUTHORITY)
    newest = _newest(book)
    if newest is None:
        return Standing("", "", "", False, authority)
    from desktop.reports import certificates

    name = certificates.name_of(newest.chain[0])
    return Standing(name, newest.ends_at[:10], newest.fingerprint, newest.secret != _IN_KEYRING, authority)


def agency_name(book: Book) -> str:
    """Whose identity it is, in words."""
    return configuration.load(book).agency_name.strip() or "Insurance agency"


def identity(book: Book, at: datetime) -> SealIdentity:
    """The identity to seal with: made when there is none, renewed when it ends within sixty days or its key is lost."""
    newest = _newest(book)
    if newest is not None and datetime.fromisoformat(newest.ends_at) - at > RENEW_WITHIN:
        found = _with_key(newest)
        if found is not None:
            return found
    return renew(book, at)


def renew(book: Book, at: datetime) -> SealIdentity:
    """A new key and certificate for the agency; files sealed with an older one are still known as its own."""
    from desktop.reports import certificates

    made = certificates.make_identity(agency_name(book), at)
    _keep(book, made, at)
    return made


def use_pkcs12(book: Book, file: Path, password: str, at: datetime) -> Standing:
    """Seal with the certificate of a PKCS#12 file from now on. UserError when it cannot be used."""
    from desktop.reports import certificates

    found = certificates.read_pkcs12(_read(file), password)
    if certificates.ends_at(found.chain[0]) <= at:
        raise UserError("The certificate has ended.", "Choose one that is still good.")
    if not certificates.fits(found):
        raise UserError("The key in the file is not the certificate's.", "Export it again with its own private key.")
    _keep(book, found, at)
    return standing(book)


def export_certificate(book: Book, target: Path, at: datetime) -> Path:
    """Write the agency's certificate as PEM, for those who check its seals."""
    from desktop.reports import certificates

    try:
        target.write_bytes(certificates.to_pem(identity(book, at).chain[0]))
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}).", "Name another place.") from None
    return target


def trust(book: Book, file: Path, at: datetime) -> str:
    """Trust the certificate in a file from now on; returns whose it is. UserError when the file holds none."""
    from desktop.reports import certificates

    found = certificates.read_certificate(_read(file))
    mark = certificates.fingerprint(found)
    if mark not in trusted(book):
        ends = certificates.ends_at(found).isoformat()
        with book.transaction():
            seals.keep_certificate(book, KeptCertificate(mark, (found,), None, False, ends), at.isoformat())
    return certificates.name_of(found)


def trusted(book: Book) -> frozenset[str]:
    """The fingerprints of the certificates that this book takes for the agency's own, or trusts."""
    return frozenset(one.fingerprint for one in seals.certificates(book))


def set_authority(book: Book, address: str) -> None:
    """Ask the time-stamp authority at `address` with every seal; empty: none. UserError for what is no web address."""
    text = address.strip()
    if text and not text.lower().startswith(("http://", "https://")):
        raise UserError(f"{text} is not a web address.", "Write it with http:// or https:// in front.")
    with book.transaction():
        seals.choose(book, AUTHORITY, text)


def _newest(book: Book) -> KeptCertificate | None:
    own = [one for one in seals.certificates(book) if one.own]
    return own[-1] if own else None


def _keep(book: Book, made: SealIdentity, at: datetime) -> None:
    from desktop.reports import certificates

    text = base64.b64encode(made.key).decode("ascii")
    secret = text
    if credentials.available() and len(text) <= _ROOM:
        credentials.set(_account(made.fingerprint), text)
        secret = _IN_KEYRING
    ends = certificates.ends_at(made.chain[0]).isoformat()
    with book.transaction():
        seals.keep_certificate(book, KeptCertificate(made.fingerprint, made.chain, secret, True, ends), at.isoformat())


def _with_key(kept: KeptCertificate) -> SealIdentity | None:
    """The identity with its key, or None where this computer does not have it."""
    from desktop.reports.certificates import SealIdentity

    text = credentials.get(_account(kept.fingerprint)) if kept.secret == _IN_KEYRING else kept.secret
    return None if text is None else SealIdentity(base64.b64decode(text), kept.chain)


def _account(fingerprint: str) -> str:
    return f"seal-{fingerprint[:32]}"


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > 1_000_000:
            raise UserError(f"{file} is too large for a certificate.", "Choose another file.")
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}).", "Check the name.") from None
