"""The text service as the settings page shows and types it: kept in the book, its secret in the keyring alone.

Sends nothing but the test text that a person asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop import credentials
from desktop.errors import UserError
from desktop.models.journal import Author
from desktop.services import sending
from desktop.services.edits import Changes
from desktop.services.sending import Secrets

if TYPE_CHECKING:
    from desktop.channels import HookSetup
    from desktop.models.book import Book

_FEWEST_DIGITS = 10
_NAME = re.compile(r"[A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class TypedTexts:
    """What was typed: texts, the secret empty where the one that is kept shall stay; `extra` as `name=value; ...`."""

    url: str
    to_field: str = "to"
    text_field: str = "text"
    extra: str = ""
    header: str = "Authorization"
    prefix: str = "Bearer"
    secret: str = ""


def read(book: Book) -> TypedTexts | None:
    """The text service that is set up, without its secret; None where none is."""
    kept = sending.hook(book)
    if kept is None:
        return None
    extra = "; ".join(f"{name}={value}" for name, value in kept.extra.items())
    return TypedTexts(kept.url, kept.to_field, kept.text_field, extra, kept.header, kept.prefix.rstrip())


def keep(book: Book, typed: TypedTexts, author: Author) -> Changes:
    """Keep a text service (undoable). UserError for what cannot work, or without a keyring for a secret."""
    return sending.set_up(book, _setup(typed), author, typed.secret or None)


def forget(book: Book, author: Author) -> Changes:
    """Forget the text service (undoable) and its secret."""
    return sending.take_down(book, sending.TEXT, author)


def send_test(book: Book, typed: TypedTexts, to: str, secrets: Secrets = credentials.get) -> str:
    """Send one text with what is typed, kept or not, and answer with the number. UserError when it does not go."""
    number = to.strip()
    if sum(each.isdigit() for each in number) < _FEWEST_DIGITS:
        raise UserError("There is no number to send the test to.", "Type a mobile number of your own.")
    sending.try_out(_setup(typed), typed.secret or sending.text_secret(book, secrets), number)
    return number


def _setup(typed: TypedTexts) -> HookSetup:
    for name in (typed.to_field, typed.text_field, typed.header):
        if not _NAME.fullmatch(name.strip()):
            raise UserError(
                f"“{name.strip()}” cannot be the name of a field.", "Use letters, digits, dots, dashes and underscores."
            )
    prefix = typed.prefix.strip()
    if not f"{prefix}{typed.secret}".isascii():
        raise UserError("The secret holds characters that cannot be sent.", "Copy it from the text service once more.")
    return sending.text_setup(
        typed.url,
        typed.to_field,
        typed.text_field,
        _extra(typed.extra),
        header=typed.header,
        prefix=f"{prefix} " if prefix else "",
    )


def _extra(text: str) -> dict[str, str]:
    """`from=+15550100; kind=sms` as fields."""
    found: dict[str, str] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        name, equals, value = part.partition("=")
        if not equals or not name.strip():
            raise UserError(f"“{part}” is no fixed field.", "Type name=value, several with ; between them.")
        found[name.strip()] = value.strip()
    return found
