"""Names in the records that nobody goes by: which there are, and saying who is meant, once and for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.core import guesses
from desktop.core.guesses import Guess
from desktop.models import facts_people, journal, rollups, unanswered
from desktop.models.journal import Author
from desktop.models.people import UnknownName
from desktop.models.touched import Touched
from desktop.services import configuration, newcomers
from desktop.services.edits import Changes
from desktop.services.previews import Choice

if TYPE_CHECKING:
    from desktop.models.book import Book


__all__ = ["Choice", "OpenNames", "UnknownName", "answer", "open_names"]


@dataclass(frozen=True, slots=True)
class OpenNames:
    """Unanswered names with the number of rows of each, everybody who may be meant, and good guesses by name."""

    names: tuple[UnknownName, ...]
    people: tuple[Choice, ...]
    guesses: Mapping[str, tuple[Guess, ...]] = field(default_factory=dict)


def open_names(book: Book) -> OpenNames:
    """What is still to be answered; no people where there is nothing to ask."""
    names = tuple(unanswered.unanswered(book))
    people = facts_people.people(book) if names else []
    choices = sorted((Choice(one.code, one.name) for one in people), key=lambda one: (one.name.casefold(), one.code))
    known = [(one.code, one.name) for one in people]
    perhaps = {one.name: found for one in names if (found := guesses.guess(one.name, known))}
    return OpenNames(names, tuple(choices), perhaps)


def answer(book: Book, answers: Mapping[str, str], author: Author) -> Changes:
    """Settle names: name -> producer's code, `imports.IGNORE` for nobody of ours, `newcomers.NEW` for a new producer.

    One undoable action for those settled, another for those made.
    """
    new = [name for name, code in answers.items() if code == newcomers.NEW]
    made = newcomers.add_producers(book, new, author)
    settled = _settle(book, {name: code for name, code in answers.items() if name not in new}, author)
    return settled if settled.changed else made


def _settle(book: Book, answers: Mapping[str, str], author: Author) -> Changes:
    if not answers:
        return Changes("", changed=False)
    one = len(answers) == 1
    label = f"Name {next(iter(answers))}" if one else f"{len(answers)} names"
    with book.transaction():
        action = journal.open_action(book, author, "name.answer", label)
        settled = [unanswered.settle(book, action, name, code or None) for name, code in answers.items()]
        touched = Touched()
        touched.days.update(rollups.days_of_aliases(book, settled))
        rollups.refresh(book, touched, configuration.rates(book))
    return Changes(label)
