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
from desktop.models import journal, seals
from desktop.models.seals import KeptCertificate
from desktop.services import configuration, previews

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.reports.certificates import SealIdentity

AUTHORITY = "time_stamp_authority"
WHAT = "seal.change"
RENEW_WITHIN = timedelta(days=60)
_IN_KEYRING = "keyring"
_ROOM = 1_200
"""Characters that every system's keyring holds (Windows: 1,280)."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """A certificate of somebody else's whose seals this book trusts."""

    name: str
    ends_on: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the agency seals with: whose name, until when (ISO day), the certificate's fingerprint; all empty at first.

    `key_in_book`: the key lies in the book, as this computer has no keyring or it is too long for one. `own_file`: it
    came from a PKCS#12 file and is not renewed by the program. `ends_soon`: within sixty days, or already.
    """

    name: str
    ends_on: str
    fingerprint: str
    key_in_book: bool
    authority: str
    own_file: bool = False
    ends_soon: bool = False
    trusted: tuple[Trusted, ...] = ()


def standing(book: Book, at: datetime) -> Standing:
    """What the agency seals with now, without making anything."""
    from desktop.reports import certificates

    authority = seals.choice(book, AUTHORITY)
    others = tuple(
        Trusted(certificates.name_of(one.chain[0]), one.ends_at[:10], one.fingerprint)
        for one in seals.certificates(book)
        if not one.own
    )
    newest = _newest(book)
    if newest is None:
        return Standing("", "", "", False, authority, trusted=others)
    return Standing(
        certificates.name_of(newest.chain[0]),
        newest.ends_at[:10],
        newest.fingerprint,
        newest.secret != _IN_KEYRING,
        authority,
        own_file=not certificates.is_made_here(newest.chain[0]),
        ends_soon=datetime.fromisoformat(newest.ends_at) - at <= RENEW_WITHIN,
        trusted=others,
    )


def agency_name(book: Book) -> str:
    """Whose identity it is, in words."""
    return configuration.load(book).agency_name.strip() or "Insurance agency"


def identity(book: Book, at: datetime) -> SealIdentity:
    """The identity to seal with: made when there is none, renewed when it ends within sixty days or its key is lost.

    UserError for a certificate of one's own that has ended or whose key is lost: the program cannot make another.
    """
    from desktop.reports import certificates

    newest = _newest(book)
    if newest is None:
        return renew(book, at)
    left, own_file = datetime.fromisoformat(newest.ends_at) - at, not certificates.is_made_here(newest.chain[0])
    found = _with_key(newest) if left > (timedelta() if own_file else RENEW_WITHIN) else None
    if found is not None:
        return found
    if own_file:
        what = f"ended on {newest.ends_at[:10]}" if left <= timedelta() else "has lost its key"
        raise UserError(
            f"The agency's own certificate {what}.", "Choose a new one in Settings, Signing, or create one there."
        )
    return renew(book, at)


def renew(book: Book, at: datetime) -> SealIdentity:
    """A new key and certificate for the agency; files sealed with an older one are still known as its own."""
    from desktop.reports import certificates

    made = certificates.make_identity(agency_name(book), at)
    _keep(book, made, at, f"Create the signing certificate of {agency_name(book)}")
    return made


def use_pkcs12(book: Book, file: Path, password: str, at: datetime) -> Standing:
    """Seal with the certificate of a PKCS#12 file from now on. UserError when it cannot be used."""
    from desktop.reports import certificates

    found = certificates.read_pkcs12(_read(file), password)
    if certificates.ends_at(found.chain[0]) <= at:
        raise UserError("The certificate has ended.", "Choose one that is still good.")
    if not certificates.fits(found):
        raise UserError("The key in the file is not the certificate's.", "Export it again with its own private key.")
    _keep(book, found, at, f"Sign with the certificate of {certificates.name_of(found.chain[0])} from {file.name}")
    return standing(book, at)


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
            action = _note(book, at, f"Trust the seals of {certificates.name_of(found)}")
            kept = KeptCertificate(mark, (found,), None, False, ends)
            seals.keep_certificate(book, kept, at.isoformat(), action)
    return certificates.name_of(found)


def trusted(book: Book) -> frozenset[str]:
    """The fingerprints of the certificates that this book takes for the agency's own, or trusts."""
    return frozenset(one.fingerprint for one in seals.certificates(book))


def distrust(book: Book, fingerprint: str, at: datetime) -> None:
    """Trust a certificate of somebody else's no more; the agency's own stay."""
    from desktop.reports import certificates

    found = next((one for one in seals.certificates(book) if one.fingerprint == fingerprint and not one.own), None)
    if found is not None:
        with book.transaction():
            action = _note(book, at, f"Trust the seals of {certificates.name_of(found.chain[0])} no more")
            seals.forget_certificate(book, fingerprint, action)


def set_authority(book: Book, address: str, at: datetime) -> None:
    """Ask the time-stamp authority at `address` with every seal; empty: none. UserError for what is no web address."""
    text = address.strip()
    fits = text.isascii() and text.isprintable() and " " not in text
    if text and not (fits and text.lower().startswith(("http://", "https://")) and len(text) > len("https://")):
        raise UserError(f"{text} is not a web address.", "Write it with http:// or https:// in front.")
    if text == seals.choice(book, AUTHORITY):
        return
    with book.transaction():
        _note(book, at, f"Ask {text} for time stamps" if text else "Ask nobody for time stamps")
        seals.choose(book, AUTHORITY, text)


def _newest(book: Book) -> KeptCertificate | None:
    own = [one for one in seals.certificates(book) if one.own]
    return own[-1] if own else None


def _note(book: Book, at: datetime, label: str) -> int:
    """An entry in the trail that is not undone: a seal given meanwhile cannot be taken back. Returns its number."""
    return journal.enter(book, previews.author_at(at), WHAT, label)


def _keep(book: Book, made: SealIdentity, at: datetime, label: str) -> None:
    from desktop.reports import certificates

    text = base64.b64encode(made.key).decode("ascii")
    secret = text
    if credentials.available() and len(text) <= _ROOM:
        credentials.set(_account(made.fingerprint), text)
        secret = _IN_KEYRING
    ends = certificates.ends_at(made.chain[0]).isoformat()
    with book.transaction():
        kept = KeptCertificate(made.fingerprint, made.chain, secret, True, ends)
        seals.keep_certificate(book, kept, at.isoformat(), _note(book, at, label))


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
