"""Whose figures are asked for: a producer's code as the book's own key. Must not know which figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.models import facts_people
from desktop.models.facts_records import Scope
from desktop.services.found_records import UNASSIGNED

if TYPE_CHECKING:
    from desktop.models.book import Book


def scope(book: Book, producer: str | None) -> Scope:
    """Everybody's for None, else the records of the producer with this code; UserError for one that nobody has."""
    if producer is None:
        return Scope()
    for person in facts_people.people(book):
        if person.code.casefold() == producer.strip().casefold():
            return Scope(person.id)
    raise UserError(f"There is no producer with the code “{producer}”.", "Check the code on the producers page.")


def scope_or_nobody(book: Book, producer: str | None) -> Scope:
    """As `scope`, and for `UNASSIGNED` the records that belong to nobody."""
    return Scope(unassigned=True) if producer == UNASSIGNED else scope(book, producer)


def choices(book: Book) -> list[tuple[str, str]]:
    """Code and name of everybody of role producer, for a filter."""
    return [(person.code, person.name) for person in facts_people.people(book) if person.is_producer]
