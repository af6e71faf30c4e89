"""The Monday run: a week's scorecards with their cover into a folder, and each producer's own to them by mail.

A mail that does not go leaves the files and the other mails alone. Draws nothing itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import credentials
from desktop.core import periods
from desktop.core.scorecard import ScorecardContent
from desktop.errors import UserError
from desktop.models.seals import SEALED
from desktop.services import identity, people, reporting, scorecard_files, scorecards, sending, signing
from desktop.services.reporting import Asked
from desktop.services.scorecard_files import WrittenScorecard
from desktop.services.scorecards import Order
from desktop.services.sending import Secrets

if TYPE_CHECKING:
    from desktop.channels import Mail, SmtpSetup
    from desktop.models.book import Book

_SIGNATURE = b"/ByteRange"
NO_MAIL_SERVER = "The mail server is not set up; set it up in Settings."


@dataclass(frozen=True, slots=True)
class Round:
    """What a Monday run does: the week, the folder to write into (None: write nothing), and whether mails go."""

    week: str
    folder: Path | None
    mail: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written and sent: scorecards and cover, names of those who were sent theirs, who has no address, and
    what went wrong in words."""

    week: str
    written: tuple[WrittenScorecard, ...] = ()
    cover: Path | None = None
    sent: tuple[str, ...] = ()
    without_address: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that was written, the cover last."""
        return (*(one.file for one in self.written), *(() if self.cover is None else (self.cover,)))


@dataclass(frozen=True, slots=True)
class WeekFile:
    """A file of the archive: its number there, whose, its name, whether sealed (else a scan), and the day it came."""

    number: int
    producer: str
    name: str
    sealed: bool
    day: str


@dataclass(frozen=True, slots=True)
class _Finished:
    page: ScorecardContent
    document: bytes


def folder_of(folder: Path, week: str) -> Path:
    """Where a week's files lie below the folder: `2026/2026-W10`."""
    name = periods.week_name(periods.iso_week(week))
    return folder / name[:4] / name


def run(book: Book, wanted: Round, at: datetime, secrets: Secrets = credentials.get) -> Outcome:
    """Write the scorecards of everybody and the cover, and send each producer their own.

    A published one is as it was frozen, a signed one as it was sealed. UserError when there is nobody to write for or
    the folder cannot be written; what is wrong with mails comes back in words.
    """
    week = periods.week_name(periods.iso_week(wanted.week))
    pages = scorecards.contents(book, Order(week), at)
    finished = [_Finished(page, scorecards.document(book, page)) for page in pages]
    done = Outcome(week)
    if wanted.folder is not None:
        done = Outcome(week, *_write(book, week, finished, folder_of(wanted.folder, week), at))
    if not wanted.mail:
        return done
    setup = sending.smtp(book)
    if setup is None:
        return replace(done, problems=(NO_MAIL_SERVER,))
    sent, without, problems = _mail_all(book, finished, setup, secrets)
    return replace(done, sent=sent, without_address=without, problems=problems)


def files_of(book: Book, week: str) -> list[WeekFile]:
    """The sealed files and scans that the archive holds of a week, oldest first."""
    return [
        WeekFile(one.id, one.producer, one.name, one.kind == SEALED, one.at[:10])
        for one in signing.archived(book, week)
    ]


def save_kept(book: Book, number: int, target: Path) -> Path:
    """Write a file of the archive, as it is. UserError when it cannot be written."""
    scorecard_files.save(target, signing.archived_bytes(book, number))
    return target


def _write(
    book: Book, week: str, finished: Sequence[_Finished], folder: Path, at: datetime
) -> tuple[tuple[WrittenScorecard, ...], Path]:
    pages, documents = [one.page for one in finished], [one.document for one in finished]
    written = scorecard_files.write_each(week, pages, documents, folder)
    told = [
        replace(one, signed=page.edition is not None and _SIGNATURE in document)
        for one, page, document in zip(written, pages, documents, strict=True)
    ]
    period = periods.iso_week(week)
    asked = Asked(period, periods.default_as_of(period, at), None, at)
    cover = reporting.write(book, "scorecard-cover", asked, folder / f"scorecards-{week}-cover.pdf")
    return tuple(told), cover.file


def _mail_all(
    book: Book, finished: Sequence[_Finished], setup: SmtpSetup, secrets: Secrets
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Who was sent theirs, who has no address, and what went wrong."""
    from desktop.channels import log_in, send

    addresses = {one.code: one.text("email").strip() for one in people.members(book)}
    agency = identity.agency_name(book)
    sent: list[str] = []
    problems: list[str] = []
    with_address = [one for one in finished if addresses.get(one.page.person.code)]
    without = tuple(one.page.person.name for one in finished if one not in with_address)
    try:
        secret = sending.mail_secret(book, secrets)
        # asked once: a server that is away is not waited for again with every producer
        log_in(setup, secret)
    except UserError as error:
        return (), without, (f"{error.what} {error.what_to_do}",)
    for one in with_address:
        person = one.page.person
        try:
            send(setup, secret, _mail_of(one, addresses[person.code], agency))
        except UserError as error:
            problems.append(f"{person.name}: {error.what}")
        else:
            sent.append(person.name)
    return tuple(sent), without, tuple(problems)


def _mail_of(one: _Finished, to: str, agency: str) -> Mail:
    from desktop.channels import Attachment, Mail

    week, code = one.page.week.label, one.page.person.code
    key = hashlib.blake2b(f"{week}|{code}|".encode() + one.document, digest_size=12).hexdigest()
    body = f"Hello {one.page.person.name},\n\nattached is your scorecard of week {week}.\n\n{agency}\n"
    (name,) = scorecard_files.file_names(week, [one.page])
    return Mail(key, to, f"Your scorecard of week {week}", body, attachments=(Attachment(name, one.document),))
