"""Is a signed scorecard untouched, and whose is it? Asks the file, and the book whose certificates it trusts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.services import clock, identity

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.reports.verifying import SealFound, SealReport

_MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature: `at` in the agency's local time (ISO), `trusted`: by a certificate that this book knows."""

    name: str
    role: str
    at: str | None
    trusted: bool
    certificate: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a file's signatures say: `modified_after` when anything but the other signature came after one."""

    file: Path
    signed: bool
    intact: bool
    covers_whole_file: bool
    modified_after: bool
    signers: tuple[Signer, ...]

    @property
    def untouched(self) -> bool:
        """Signed, and nothing changed since."""
        return self.signed and self.intact and self.covers_whole_file and not self.modified_after


def verify(book: Book, file: Path) -> Verification:
    """Examine a file. UserError when it cannot be read or is no PDF."""
    return examine(book, file, _read(file))


def examine(book: Book, file: Path, document: bytes) -> Verification:
    """The same for a document already read."""
    from desktop.reports import verifying

    try:
        report = verifying.examine(document)
    except verifying.UnreadableError:
        raise UserError(f"{file} is not a PDF that can be read.", "Choose a scorecard that was signed.") from None
    return _judged(book, file, report)


def _judged(book: Book, file: Path, report: SealReport) -> Verification:
    known = identity.trusted(book)
    return Verification(
        file=file,
        signed=report.signed,
        intact=report.intact,
        covers_whole_file=report.covers_whole_file,
        modified_after=report.signed and not (report.unchanged and report.covers_whole_file and report.intact),
        signers=tuple(_signer(book, one, known) for one in report.seals),
    )


def _signer(book: Book, one: SealFound, known: frozenset[str]) -> Signer:
    from desktop.reports import certificates

    at = None
    if one.at is not None:
        local = one.at if one.at.tzinfo is None else one.at.astimezone(clock.zone_of(book))
        at = local.replace(tzinfo=None).isoformat(timespec="seconds")
    whose = certificates.name_of(one.certificate) if one.certificate else ""
    trusted = one.intact and bool(one.certificate) and certificates.fingerprint(one.certificate) in known
    return Signer(one.name, one.role, at, trusted, whose)


def _read(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise UserError(f"{file} is a folder.", "Name a PDF file.")
        if file.stat().st_size > _MOST_BYTES:
            raise UserError(f"{file} is too large for a scorecard.", "Choose a scorecard that was signed.")
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}).", "Check the name.") from None
