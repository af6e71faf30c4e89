"""Is a signed scorecard untouched, and whose is it? Asks the file, and the book whose certificates it trusts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.progress import SILENT, Progress
from desktop.errors import UserError
from desktop.models import seals
from desktop.services import clock, identity

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.reports.seals import SealFound, SealReport

_MOST_BYTES = 32_000_000
_CHOOSE = "Choose a scorecard that was signed."


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature: `at` in the agency's local time (ISO), `trusted`: by a certificate that this book knows.

    `certificate`: to whom it was given; `stamped_by`: the authority that confirmed the time, else the signer's clock.
    """

    name: str
    role: str
    at: str | None
    trusted: bool
    certificate: str
    fingerprint: str = ""
    stamped_by: str = ""


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


def verify(book: Book, file: Path, progress: Progress = SILENT) -> Verification:
    """Examine a file, in a process of its own. UserError when it cannot be read or is no PDF."""
    return examine(book, file, _read(file), progress)


def examine(book: Book, file: Path, document: bytes, progress: Progress = SILENT) -> Verification:
    """The same for a document already read."""
    from desktop.reports import examining_apart
    from desktop.reports.seals import UnreadableError

    try:
        report = examining_apart.examine(document, progress, file.name)
    except UnreadableError:
        raise UserError(f"{file} is not a PDF that can be read.", _CHOOSE) from None
    except examining_apart.TooMuchError:
        raise UserError(
            f"{file} is built in a way that no scorecard is and was not examined to the end.", _CHOOSE
        ) from None
    return _judged(book, file, report)


def verify_kept(book: Book, number: int, name: Path, progress: Progress = SILENT) -> Verification:
    """Examine a file of the archive."""
    return examine(book, name, seals.read_file(book, number), progress)


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
    at = None
    if one.at is not None:
        local = one.at if one.at.tzinfo is None else one.at.astimezone(clock.zone_of(book))
        at = local.replace(tzinfo=None).isoformat(timespec="seconds")
    mark = hashlib.sha256(one.certificate).hexdigest() if one.certificate else ""
    return Signer(one.name, one.role, at, one.intact and mark in known, one.owner, mark, one.stamped_by)


def _read(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise UserError(f"{file} is a folder.", "Name a PDF file.")
        if file.stat().st_size > _MOST_BYTES:
            raise UserError(f"{file} is too large for a scorecard.", _CHOOSE)
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}).", "Check the name.") from None
