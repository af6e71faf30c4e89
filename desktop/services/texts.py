"""The agency's own words for messages, over the program's; read, changed, and put back. Must not know who gets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.core import message_texts
from desktop.core.message_texts import DEFAULTS, Text
from desktop.errors import UserError
from desktop.models import edits, journal, routing_log
from desktop.models.journal import Author
from desktop.services.edits import Changes

if TYPE_CHECKING:
    from desktop.models.book import Book


def texts(book: Book) -> Mapping[str, Text]:
    """Every step's text, the agency's own where it has one."""
    own = {step: Text(body, subject) for step, subject, body in routing_log.own_texts(book)}
    return {**DEFAULTS, **own}


def change(book: Book, step: str, text: Text, author: Author) -> Changes:
    """Put the agency's words in place of a step's text, undoably. UserError for an unknown step or merge field."""
    if step not in DEFAULTS:
        raise UserError(f"There is no step {step}.", f"The steps are {', '.join(DEFAULTS)}.")
    wrong = message_texts.unknown_fields(text)
    if wrong:
        fields = ", ".join(f"{{{name}}}" for name in message_texts.FIELDS)
        raise UserError(f"There is no merge field {{{wrong[0]}}}.", f"The fields are {fields}.")
    if not text.body.strip():
        raise UserError("The text is empty.", "Type a text, or take the program's own.")
    label = f"Change the text of {step}"
    with book.transaction():
        action = journal.open_action(book, author, "texts.change", label)
        values = {"step": step, "subject": text.subject, "body": text.body}
        changed = edits.edit_row(book, action, "message_template", step, values, author.at)
    return Changes(label, changed)


def put_back(book: Book, step: str, author: Author) -> Changes:
    """Take the program's own words for a step again, undoably."""
    label = f"Put back the text of {step}"
    with book.transaction():
        action = journal.open_action(book, author, "texts.change", label)
        changed = edits.delete_row(book, action, "message_template", step)
    return Changes(label, changed)
