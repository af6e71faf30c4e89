"""Self-report forms by mail: each producer their own, once, with what became of every mail in words.

A mail is written as going before it goes. One that was going when the program ended is unsure and goes again only when
a person says so. Draws nothing itself; what comes back is imported (profile `self_report`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop import credentials
from desktop.core.progress import SILENT, Progress
from desktop.core.scorecard import date_range
from desktop.core.selfreports import Form
from desktop.errors import UserError
from desktop.logs import log
from desktop.models import form_mails
from desktop.models.form_mails import FAILED, SENDING, SENT, UNSURE, FormMail
from desktop.services import people, selfreports, sending
from desktop.services.sending import Secrets

if TYPE_CHECKING:
    from desktop.channels import Mail, SmtpSetup
    from desktop.models.book import Book

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENDED = "The program ended while this mail was going; it may have left."


@dataclass(frozen=True, slots=True)
class Letter:
    """A producer's form as a mail: to which address (empty: none known), and the last attempt.

    `state` is empty (never tried), `sent`, `failed` or `unsure` (it may have arrived); `at` is when, local time;
    `why` says in words what went wrong.
    """

    producer: str
    producer_name: str
    address: str
    state: str = ""
    at: str = ""
    why: str = ""

    @property
    def waits(self) -> bool:
        """Whether it has still to go as far as anybody knows."""
        return bool(self.address) and self.state in ("", FAILED)


@dataclass(frozen=True, slots=True)
class Post:
    """The week's letters as they are now, and what stands in the way of all of them (empty: nothing)."""

    week: str
    letters: tuple[Letter, ...]
    problem: str = ""


def post_of(book: Book, week: str) -> Post:
    """Every producer's form of an ISO week. UserError for what is no week, or when there is nobody to ask."""
    name, letters = "", []
    addresses = {one.code: one.text("email").strip() for one in people.members(book)}
    for form in selfreports.forms(book, week):
        name = form.week
        kept = form_mails.of_week(book, name).get(form.producer)
        letters.append(_letter(form, addresses.get(form.producer, ""), kept))
    ready = sending.smtp(book) is not None
    return Post(name, tuple(letters), "" if ready else "The mail server is not set up yet.")


def mail_forms(
    book: Book,
    week: str,
    wanted: Sequence[Letter],
    at: datetime,
    secrets: Secrets = credentials.get,
    progress: Progress = SILENT,
) -> Post:
    """Mail the forms of the letters wanted and answer with the week's letters as they are then.

    A letter goes only if its last attempt is still the one that was seen, so that asking twice sends once. What keeps a
    mail from going comes back in words, for each; Cancelled between two mails. UserError for what is no week.
    """
    setup = sending.smtp(book)
    if setup is None:
        return post_of(book, week)
    before = post_of(book, week)
    seen = {one.producer: one for one in wanted}
    going = [one for one in before.letters if one.address and seen.get(one.producer) == one]
    forms = {one.producer: one for one in selfreports.forms(book, week, [one.producer for one in going] or None)}
    try:
        secret = _log_in(book, setup, secrets) if going else None
    except UserError as error:
        return replace(before, problem=f"{error.what} {error.what_to_do}")
    for number, one in enumerate(going):
        progress.report(number, len(going), one.producer_name)
        _send(book, forms[one.producer], one, at, setup, secret)
    return post_of(book, week)


def _letter(form: Form, address: str, kept: FormMail | None) -> Letter:
    if kept is None:
        return Letter(form.producer, form.producer_name, address)
    state, why = kept.state, kept.error or ""
    if state == SENDING:
        # mails go one after the other on the thread that reads here: none is going now
        state, why = UNSURE, _ENDED
    return Letter(form.producer, form.producer_name, address, state, kept.at, why)


def _log_in(book: Book, setup: SmtpSetup, secrets: Secrets) -> str | None:
    """Asked once: a server that is away is not waited for again with every producer."""
    from desktop.channels import log_in

    secret = sending.mail_secret(book, secrets)
    log_in(setup, secret)
    return secret


def _send(book: Book, form: Form, letter: Letter, at: datetime, setup: SmtpSetup, secret: str | None) -> None:
    from desktop.channels import UnsureError, send

    mail = _mail(form, letter)
    going = FormMail(form.week, form.producer, letter.address, SENDING, at.isoformat(timespec="seconds"))
    form_mails.write(book, going)
    try:
        send(setup, secret, mail)
    except UserError as error:
        log().warning("a form did not go: %s", type(error).__name__)
        state = UNSURE if isinstance(error, UnsureError) else FAILED
        form_mails.write(book, replace(going, state=state, error=f"{error.what} {error.what_to_do}"))
    else:
        form_mails.write(book, replace(going, state=SENT))


def _mail(form: Form, letter: Letter) -> Mail:
    from desktop.channels import Attachment, Mail
    from desktop.reports.selfreport import render
    from desktop.reports.selfreport_sheet import workbook_bytes

    # a mail sent again because a person wants it is another mail; one that failed is the same
    again = letter.at if letter.state in (SENT, UNSURE) else ""
    plain = f"form|{form.week}|{form.producer}|{letter.address}|{again}"
    days = date_range(form.days.start, form.days.end)
    body = (
        f"Hello {form.producer_name},\n\nplease fill in what you did in the week of {days} that no system sees, in"
        " either of the two attached files, and send it back as an answer to this mail.\n"
        + (f"\n{form.agency}\n" if form.agency else "")
    )
    stem = selfreports.stem_of(form)
    files = (
        Attachment(f"{stem}.xlsx", workbook_bytes(form), _SHEET),
        Attachment(f"{stem}.pdf", render(form)),
    )
    key = hashlib.blake2b(plain.encode(), digest_size=12).hexdigest()
    return Mail(key, letter.address, f"Your week of {days}: what no system sees", body, attachments=files)
