"""Inputs of plans: kept for each producer as they are typed, and saved under names to be compared.

Knows texts by key; what they mean is the business of `effort` and `validating`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.models import facts_people, journal
from desktop.models import plans as repository
from desktop.models.journal import Author
from desktop.models.plans import SavedPlan
from desktop.services.edits import Changes
from desktop.services.plans import find_person

if TYPE_CHECKING:
    from desktop.models.book import Book

EPT = "ept"
__all__ = ["EPT", "SavedPlan", "delete_scenario", "inputs", "keep", "save_scenario", "scenarios"]

TITLES = {
    EPT: "production time",
    "newren": "validation, new and renewal",
    "basegrowth": "validation, base and growth",
    "newproducer": "validation, new producer",
}


def inputs(book: Book, plan: str, producer: str | None) -> dict[str, str]:
    """What was typed into a producer's plan (None: the agency's), texts by key."""
    return repository.read_plan(book, plan, _row(book, producer))


def keep(book: Book, plan: str, producer: str | None, typed: Mapping[str, str], author: Author) -> Changes:
    """Keep what stands in a plan's fields as one undoable action; nothing happens where nothing changed."""
    row, label = _row(book, producer), f"Plan of {_name(book, producer)}: {TITLES[plan]}"
    given = {key: text for key, text in typed.items() if text.strip()}
    if repository.read_plan(book, plan, row) == given:
        return Changes(label, changed=False)
    with book.transaction():
        action = journal.open_action(book, author, "plan.write", label)
        repository.save_plan(book, action, plan, row, given, author.at)
    return Changes(label)


def scenarios(book: Book, plan: str) -> list[SavedPlan]:
    """The named ones, the newest first."""
    return repository.saved_plans(book, plan)


def save_scenario(
    book: Book, plan: str, producer: str | None, name: str, typed: Mapping[str, str], author: Author
) -> Changes:
    """Keep a plan under a name; one of the same name and producer is replaced. UserError for an empty name."""
    if not name.strip():
        raise UserError("A scenario needs a name.", "Type one, such as “With an assistant”.")
    label = f"Scenario “{name.strip()}”"
    with book.transaction():
        action = journal.open_action(book, author, "plan.save", label)
        repository.save_plan(book, action, plan, _row(book, producer), typed, author.at, name.strip())
    return Changes(label)


def delete_scenario(book: Book, one: SavedPlan, author: Author) -> Changes:
    """Take a named plan away; it can be undone."""
    label = f"Delete scenario “{one.name}”"
    with book.transaction():
        action = journal.open_action(book, author, "plan.delete", label)
        gone = repository.delete_plan(book, action, one.plan, _row(book, one.producer), one.name)
    return Changes(label, gone)


def _row(book: Book, producer: str | None) -> int | None:
    return None if producer is None else find_person(facts_people.people(book), producer).id


def _name(book: Book, producer: str | None) -> str:
    return "the agency" if producer is None else find_person(facts_people.people(book), producer).name
