"""The mail server as the settings page shows and types it: kept in the book, its password in the keyring alone.

Sends nothing but the test mail that a person asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop import credentials
from desktop.errors import UserError
from desktop.models.journal import Author
from desktop.services import sending
from desktop.services.edits import Changes
from desktop.services.sending import Secrets

if TYPE_CHECKING:
    from desktop.channels import SmtpSetup
    from desktop.models.book import Book

SECURITIES = ("starttls", "ssl", "none")


@dataclass(frozen=True, slots=True)
class TypedMail:
    """What was typed: texts, the password empty where the one that is kept shall stay."""

    host: str
    port: str
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = ""


def read(book: Book) -> TypedMail | None:
    """The mail server that is set up, without its password; None where none is."""
    kept = sending.smtp(book)
    if kept is None:
        return None
    return TypedMail(kept.host, str(kept.port), kept.sender, kept.security, kept.user)


def keep(book: Book, typed: TypedMail, author: Author) -> Changes:
    """Keep a mail server (undoable). UserError for what cannot work, or without a keyring for a password."""
    return sending.set_up(book, _setup(typed), author, typed.password or None)


def forget(book: Book, author: Author) -> Changes:
    """Forget the mail server (undoable) and its password."""
    return sending.take_down(book, sending.EMAIL, author)


def send_test(book: Book, typed: TypedMail, to: str, secrets: Secrets = credentials.get) -> str:
    """Send one mail with what is typed, kept or not, and answer with the address. UserError when it does not go."""
    if "@" not in to:
        raise UserError("There is no address to send the test to.", "Type an e-mail address of your own.")
    setup = _setup(typed)
    secret = typed.password or (sending.mail_secret(book, secrets) if setup.user else None)
    sending.try_out(setup, secret, to.strip())
    return to.strip()


def _setup(typed: TypedMail) -> SmtpSetup:
    try:
        port = int(typed.port.strip())
    except ValueError:
        raise UserError(f"“{typed.port.strip()}” is no port.", "Type a number such as 587 or 465.") from None
    return sending.mail_setup(typed.host, port, typed.sender, typed.security, typed.user)
