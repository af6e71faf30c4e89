"""Is the book whole? Seals, structure and references; what the book's figures say of each other is checked elsewhere.

Knows no table by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.models import dialect

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong and where in the book it is."""

    what: str
    where: str


def problems(book: Book) -> list[Problem]:
    """Everything wrong with the open book's file; empty when it is sound."""
    with book.database.guard:
        dialect.truncate_wal(book.connection)
        return list(problems_behind(book.connection))


def problems_behind(connection: Any) -> Iterator[Problem]:
    """Everything wrong with the file behind `connection`, whose log has been folded in."""
    yield from _asked("pages", lambda: dialect.damaged_pages(connection), _of_page)
    yield from _asked("tables", lambda: dialect.structural_faults(connection), lambda text: Problem(text, "tables"))
    yield from _asked("references", lambda: dialect.dangling_references(connection), _of_reference)


def _asked(where: str, question: Callable[[], list[Any]], worded: Callable[[Any], Problem]) -> Iterator[Problem]:
    try:
        answers = question()
    except dialect.DRIVER_ERRORS as error:
        # On a badly damaged file the question itself fails, and that is the answer.
        yield Problem(f"The file cannot be read: {error}.", where)
        return
    yield from map(worded, answers)


def _of_page(text: str) -> Problem:
    return Problem(text, "pages")


def _of_reference(found: tuple[str, int | None, str]) -> Problem:
    table, row, parent = found
    return Problem(f"It refers to a row of {parent} that does not exist.", f"{table}, row {row}")
