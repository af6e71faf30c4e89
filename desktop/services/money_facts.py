"""What several money pages read alike: the policies in force on a day, and everybody's account over a period.

What was read last is kept until anything in the book changes, so that another producer, tab or page of the same days
costs no query. Must not know what is made of it; whoever asks must not change what is handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from desktop.core.periods import Period
from desktop.core.presence import ALWAYS
from desktop.core.revenue import Account
from desktop.models import facts_people, facts_retention, facts_revenue
from desktop.models.facts_retention import BookOn
from desktop.services import configuration

if TYPE_CHECKING:
    from desktop.models.book import Book

T = TypeVar("T")

Accounts = dict[int | None, Account]

_KEPT = 12
"""Readings kept of a book: two days and two stretches for each of the last filters chosen."""

_shelf: WeakKeyDictionary[Book, tuple[Hashable, dict[Hashable, Any]]] = WeakKeyDictionary()


def in_force(book: Book, day: date, seen: date) -> BookOn:
    """The policies in force on a day by terms bound through `seen`, at the agency's usual rates (metrics.md 0, 3)."""

    def read() -> BookOn:
        return facts_retention.in_force(book, day, seen, configuration.load(book).default_rate)

    return _once(book, ("in force", day, seen), read)


def lists_only_active(book: Book, seen: date) -> bool:
    """Whether all policies come from lists of active ones, and none has ended or expired through `seen`."""
    return _once(book, ("only active", seen), lambda: facts_retention.lists_only_active(book, seen))


def accounts(book: Book, since: Period) -> Accounts:
    """Everybody's account by producer id with what was bound in `since`; None: nobody's (metrics.md 3)."""
    return _once(book, ("accounts", since), lambda: _accounts(book, since))


def forget(book: Book) -> None:
    """Keeps nothing of the book any longer."""
    _shelf.pop(book, None)


def _accounts(book: Book, since: Period) -> Accounts:
    sales = facts_revenue.sales_by_day(book, since)
    changes = facts_revenue.pay_changes(book)
    found: Accounts = {
        person.id: Account(tuple(sales.get(person.id, ())), person.presence, tuple(changes.get(person.id, ())))
        for person in facts_people.people(book)
    }
    found[None] = Account(tuple(sales.get(None, ())), ALWAYS)
    return found


def _once(book: Book, key: Hashable, read: Callable[[], T]) -> T:
    """What was read under the key since the book's last change, else what `read` gives now."""
    state = book.state
    known, kept = _shelf.get(book, (None, {}))
    if known != state:
        kept = {}
    found: T = kept.pop(key) if key in kept else read()
    kept[key] = found
    if len(kept) > _KEPT:
        del kept[next(iter(kept))]
    _shelf[book] = (state, kept)
    return found
