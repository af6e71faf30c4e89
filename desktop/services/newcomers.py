"""Making producers of names that records carry already, where nobody has imported a list of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.models import edits, facts_people, journal, rollups, unanswered
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.models.touched import Touched
from desktop.services import configuration
from desktop.services.edits import Changes

if TYPE_CHECKING:
    from desktop.models.book import Book


NEW = "+"
"""Answer to an unknown name: one of ours who is not in the book yet."""


def add_producers(book: Book, names: Sequence[str], author: Author) -> Changes:
    """Make a producer of each name, with the next free code, as one undoable action; their records become theirs.

    Level, dates and targets are the defaults until a list of producers or a correction says otherwise.
    """
    if not names:
        return Changes("", changed=False)
    label = f"Add producer {names[0]}" if len(names) == 1 else f"Add {len(names)} producers"
    taken = {person.code.casefold() for person in facts_people.people(book)}
    with book.transaction():
        action = journal.open_action(book, author, "producer.add", label)
        for name in names:
            people = Aliases(book)
            if people.producer_of(people.id_of(name)) is not None:
                # another spelling of somebody made just now
                continue
            code = _free_code(taken)
            taken.add(code.casefold())
            edits.edit_row(book, action, "producer", code.casefold(), {"producer_code": code, "name": name}, author.at)
            Aliases(book).rematch()
            settled = unanswered.join(book, action, code)
            touched = Touched()
            touched.days.update(rollups.days_of_aliases(book, settled))
            rollups.refresh(book, touched, configuration.rates(book))
    return Changes(label)


def _free_code(taken: set[str]) -> str:
    """The first of P01, P02 and so on that nobody has."""
    number = 1
    while (code := f"P{number:02}").casefold() in taken:
        number += 1
    return code
