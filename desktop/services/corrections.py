"""Correcting one value of one record by hand: the value is read like a file's, kept as typed and safe from imports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.core.templates import TEMPLATES, Cell, Column, Kind
from desktop.errors import UserError
from desktop.models import edits, journal
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.models.storage import STORAGES
from desktop.services.edits import Changes, refresh

if TYPE_CHECKING:
    from desktop.models.book import Book


def correctable(table: str) -> tuple[str, ...]:
    """The fields of a template's records that may be corrected: all but those that say which record it is."""
    template = TEMPLATES[table]
    return tuple(name for name in template.names if name not in template.key)


def read(table: str, column: str, text: str, today: date) -> Cell:
    """The value of field `column` (template name) as the book keeps it; None for empty text. UserError as `correct`."""
    template = TEMPLATES[table]
    return _read(template.columns[template.index(column)], text, today)


def correct(book: Book, table: str, key: str, column: str, text: str, author: Author, today: date) -> Changes:
    """Set field `column` (template name) of the record with that stored key from text; empty text clears it.

    UserError where the text cannot be read, the field is required, or there is no such record.
    """
    storage, template = STORAGES[table], TEMPLATES[table]
    field = template.columns[template.index(column)]
    value = _read(field, text, today)
    label = f"Correct {column.replace('_', ' ')}"
    with book.transaction():
        if edits.read_row(book, storage.table, key) is None:
            raise UserError("The record is no longer in the book.", "Close the drawer and open the number again.")
        if field.kind is Kind.PRODUCER and value is not None:
            value = Aliases(book).id_of(str(value))
        action = journal.open_action(book, author, "correct", label)
        changed = edits.edit_row(book, action, storage.table, key, {storage.column(column): value}, author.at)
        refresh(book, journal.changes_of(book, action))
    return Changes(label, changed)


def _read(field: Column, text: str, today: date) -> Cell:
    from desktop.importers import read_value

    if not text.strip():
        if field.required:
            raise UserError(f"{field.name} must not be empty.", "Type a value, or press Esc to leave it as it was.")
        return None
    value = read_value(field, text.strip(), today)
    return int(value) if isinstance(value, bool) else value
