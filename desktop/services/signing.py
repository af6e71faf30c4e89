"""Signing a week's scorecards: on screen by producer and manager, or sealed for the agency by a command.

What is signed of a published week goes into the book's archive, so that the second signature finds the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.autograph import Autograph, Role
from desktop.core.scorecard import ScorecardContent
from desktop.errors import UserError
from desktop.models import seals
from desktop.models.journal import Author
from desktop.models.seals import SCAN, SEALED, KeptFile
from desktop.services import identity, scorecard_files, scorecards
from desktop.services.scorecard_files import WrittenScorecard
from desktop.services.scorecards import Order

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.reports.certificates import SealIdentity

_MOST_SCAN_BYTES = 40_000_000
_SCANS = {".pdf": b"%PDF-", ".png": b"\x89PNG", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8",
          ".tif": b"", ".tiff": b""}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed scorecard as it lies in the archive."""

    producer: str
    week: str
    version: int
    roles: tuple[str, ...]
    sha256: str


class NoTimeStampError(UserError):
    """The time-stamp authority gave none; nothing was sealed. It can be sealed without."""


def sign(book: Book, week: str, producer: str, autograph: Autograph, author: Author, *, stamped: bool = True) -> Signed:
    """Sign a published scorecard on screen; the signed file goes into the archive.

    Where the agency has chosen a time-stamp authority, it is asked unless `stamped` is false. NoTimeStampError when it
    gives none; UserError when the week is not published, this role has signed already, or nothing was drawn or typed.
    """
    if not autograph.given:
        raise UserError("Nothing was drawn or typed.", "Draw or type the signature.")
    (page,) = scorecards.contents(book, Order(week, [producer]), autograph.at)
    if page.edition is None:
        raise UserError(
            f"The scorecard of {page.person.name} is not published yet.", "Publish it first: what is signed is frozen."
        )
    document = _sealed(book, page, autograph, identity.identity(book, autograph.at), stamped=stamped)
    return _keep(book, page, document, author)


def write_sealed(
    book: Book,
    week: str,
    producers: Sequence[str] | None,
    out_dir: Path,
    *,
    at: datetime,
    author: Author,
    as_of: datetime | None = None,
    one_file: bool = False,
) -> list[WrittenScorecard]:
    """Write the scorecards of a week with field `manager` sealed by the agency's identity.

    A published one that was signed on screen keeps its signatures; one that the manager has signed is written as it is.
    In one file for several, the seal stands on the first page and covers all. UserError as `write_pdfs`.
    """
    pages = scorecards.contents(book, Order(week, producers, as_of), at)
    mine = identity.identity(book, at)
    autograph = Autograph(identity.agency_name(book), Role.MANAGER, at)
    if one_file:
        document = _seal(_base(pages), autograph, mine, book)
        return [scorecard_files.write_whole(pages[0].week.label, pages, document, out_dir, signed=True)]
    documents = [_sealed(book, page, autograph, mine) for page in pages]
    for page, document in zip(pages, documents, strict=True):
        if page.edition is not None:
            _keep(book, page, document, author)
    return scorecard_files.write_each(pages[0].week.label, pages, documents, out_dir, signed=True)


def archived(book: Book, week: str, producer: str | None = None) -> list[KeptFile]:
    """The signed files and scans of a week, oldest first."""
    return seals.files(book, week, producer)


def archived_bytes(book: Book, number: int) -> bytes:
    """A file of the archive."""
    return seals.read_file(book, number)


def attach_scan(book: Book, week: str, producer: str, file: Path, author: Author) -> KeptFile:
    """Keep the scan of a scorecard signed in ink with its week. UserError for what is neither PDF nor picture."""
    data = _read_scan(file)
    (page,) = scorecards.contents(book, Order(week, [producer]), datetime.fromisoformat(author.at))
    version = 0 if page.edition is None else page.edition.version
    with book.transaction():
        code, name = page.person.code, page.week.label
        number = seals.keep_file(book, name, code, version, SCAN, (), file.name, data, author)
    return next(one for one in seals.files(book, name, code) if one.id == number)


def _sealed(
    book: Book, page: ScorecardContent, autograph: Autograph, mine: SealIdentity, *, stamped: bool = True
) -> bytes:
    """The page with one more signature, over the archived file where there is one of this version."""
    kept = _newest(book, page)
    if kept is None:
        return _seal(_base([page]), autograph, mine, book, stamped=stamped)
    document = seals.read_file(book, kept.id)
    if not autograph.given and autograph.role.value in kept.roles:
        return document
    return _seal(document, autograph, mine, book, stamped=stamped)


def _newest(book: Book, page: ScorecardContent) -> KeptFile | None:
    if page.edition is None:
        return None
    return seals.newest_sealed(book, page.week.label, page.person.code, page.edition.version)


def _base(pages: Sequence[ScorecardContent]) -> bytes:
    from desktop.reports import scorecard, signing

    return signing.add_fields(scorecard.render(pages), scorecard.signature_boxes(pages[0]))


def _seal(document: bytes, autograph: Autograph, mine: SealIdentity, book: Book, *, stamped: bool = True) -> bytes:
    from desktop.channels import NotSentError, ask_stamp
    from desktop.reports import signing

    address = seals.choice(book, identity.AUTHORITY) if stamped else ""
    try:
        return signing.seal(document, autograph, mine, partial(ask_stamp, address) if address else None)
    except (NotSentError, signing.NotStampedError) as error:
        raise NoTimeStampError(error.what, error.what_to_do) from None


def _keep(book: Book, page: ScorecardContent, document: bytes, author: Author) -> Signed:
    """Into the archive, unless the very same file is its newest already."""
    import hashlib

    from desktop.reports import signing

    version = 0 if page.edition is None else page.edition.version
    roles = tuple(role.value for role in signing.signed_roles(document))
    week, code = page.week.label, page.person.code
    sha256 = hashlib.sha256(document).hexdigest()
    newest = _newest(book, page)
    if newest is None or newest.sha256 != sha256:
        with book.transaction():
            name = f"scorecard-{week}-{code}.pdf"
            seals.keep_file(book, week, code, version, SEALED, roles, name, document, author)
    return Signed(code, week, version, roles, sha256)


def _read_scan(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_SCAN_BYTES:
            raise UserError(f"{file.name} is larger than 40 MB.", "Scan it with fewer dots per inch.")
        data = file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}).", "Check the name.") from None
    start = _SCANS.get(file.suffix.casefold())
    if start is None or not data.startswith(start) or not data:
        raise UserError(f"{file.name} is neither a PDF nor a picture.", "Save the scan as PDF, PNG, JPEG or TIFF.")
    return data
