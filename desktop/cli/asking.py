"""What commands share: the book they name, and the period they ask about."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.core.periods import Period
    from desktop.models.book import Book


@contextmanager
def opened(options: Namespace) -> Iterator[Book]:
    """The book that the command names, made when missing, closed afterwards."""
    from desktop.services import books

    book = books.open_book(options.book)
    try:
        yield book
    finally:
        book.close()


def asked_period(book: Book, options: Namespace) -> tuple[Period, datetime]:
    """The period from `--from` to `--to` and the moment up to which data counts; UserError when it ends too early."""
    from desktop.core.periods import Period, default_as_of
    from desktop.services import clock

    if options.end < options.start:
        raise UserError(f"The period ends ({options.end}) before it starts ({options.start}).", "Swap --from and --to.")
    period = Period(options.start, options.end)
    return period, options.as_of or default_as_of(period, clock.now(book))
