"""What the services keep of a book for the next question, let go when nobody is about to ask it.

Of a small book it costs little and stays. Must not know which facts they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.services import kpi_facts, money_facts

if TYPE_CHECKING:
    from desktop.models.book import Book


def let_go(book: Book) -> bool:
    """Let go of everything that is kept of a large book; returns whether it was one."""
    if not kpi_facts.is_large(book):
        return False
    kpi_facts.forget(book)
    money_facts.forget(book)
    return True
