"""Clients that look alike: listed for a decision, merged or told apart, and taken apart again.

One undoable action per decision. What likeness is says `core.likeness`; nothing is merged without an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.core import likeness
from desktop.core.likeness import Why
from desktop.core.templates import TEMPLATES
from desktop.errors import UserError
from desktop.models import edits as typed
from desktop.models import journal, merging
from desktop.models.journal import Author
from desktop.models.merging import DIFFERENT, MERGED, Card, Holdings, Verdict
from desktop.models.storage import STORAGES, stated_key
from desktop.services.edits import Changes

if TYPE_CHECKING:
    from desktop.models.book import Book

LISTED = 500
"""How many pairs are listed at once; all are counted."""

__all__ = ["DIFFERENT", "LISTED", "MERGED", "Board", "Card", "Holdings", "Pair", "Party", "Side", "Verdict", "Why"]


@dataclass(frozen=True, slots=True)
class Party:
    """One client of a pair: its row, and policies in force with their premium in cents."""

    card: Card
    in_force: int
    premium: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clients that may be one, and what speaks for it."""

    one: Party
    other: Party
    why: tuple[Why, ...]

    @property
    def premium(self) -> int:
        """Cents of premium in force of both."""
        return self.one.premium + self.other.premium


@dataclass(frozen=True, slots=True)
class Board:
    """Pairs to decide (at most `LISTED`, of `total`), the likeliest first, and what was decided, newest first."""

    pairs: tuple[Pair, ...]
    total: int
    decided: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One client of a pair in full."""

    card: Card
    holdings: Holdings


def board(book: Book, today: date) -> Board:
    """What is to be decided and what was. A client that was merged already is asked about no more."""
    gone, apart = merging.redirects(book), merging.apart(book)
    known = [one for one in merging.clients(book) if one.number not in gone]
    found = [one for one in likeness.find(known) if frozenset((one.one, one.other)) not in apart]
    listed = found[:LISTED]
    numbers = {number for one in listed for number in (one.one, one.other)}
    cards, premiums = merging.cards(book, numbers), merging.premiums(book, numbers, today.isoformat())
    parties = {number: Party(card, *premiums.get(number, (0, 0))) for number, card in cards.items()}
    pairs = tuple(Pair(parties[one.one], parties[one.other], one.why) for one in listed)
    return Board(pairs, len(found), tuple(reversed(merging.verdicts(book))))


def sides(book: Book, one: int, other: int, today: date) -> tuple[Side, Side]:
    """Both clients of a pair with everything that is theirs; UserError when one is no longer in the book."""
    cards = _cards(book, one, other)
    left, right = (Side(card, merging.holdings(book, card.number, today.isoformat())) for card in cards)
    return left, right


def merge(book: Book, kept: int, gone: int, author: Author) -> Changes:
    """Let everything of the client `gone` count with the client `kept`, under whose name both go from now on.

    The records stay as their files know them, so that a later file with the old id or name lands on the kept client.
    UserError when one is no longer in the book, or is merged already.
    """
    first, second = _cards(book, gone, kept)
    merged = merging.redirects(book)
    if gone in merged or merged.get(kept) == gone:
        raise UserError(f"{first.name} is merged already.", "Open the list of duplicate clients again.")
    return _decide(book, first, second, MERGED, f"Merge {first.name} into {second.name}", author)


def keep_apart(book: Book, one: int, other: int, author: Author) -> Changes:
    """Remember that two clients are two, so that they are asked about no more."""
    first, second = _cards(book, one, other)
    return _decide(book, first, second, DIFFERENT, f"{first.name} and {second.name} are two clients", author)


def take_back(book: Book, key: str, author: Author) -> Changes:
    """Forget a verdict by its key: a merged client stands for itself again, a pair told apart is asked about again."""
    found = next((one for one in merging.verdicts(book) if one.key == key), None)
    if found is None:
        raise UserError("That was taken back already.", "Open the list of duplicate clients again.")
    label = f"Forget what was decided of {found.name}"
    with book.transaction():
        action = journal.open_action(book, author, "client.separate", label)
        typed.delete_row(book, action, "client_pair", key)
    return Changes(label)


def _cards(book: Book, one: int, other: int) -> tuple[Card, Card]:
    found = merging.cards(book, (one, other))
    if one == other or len(found) < 2:
        raise UserError("One of the two clients is no longer in the book.", "Open the list of duplicate clients again.")
    return found[one], found[other]


def _decide(book: Book, first: Card, second: Card, verdict: str, label: str, author: Author) -> Changes:
    values = {
        "client_id": first.client_id,
        "client": first.name,
        "zip": first.zip,
        "other_id": second.client_id,
        "other": second.name,
        "other_zip": second.zip,
        "verdict": verdict,
    }
    key = stated_key(STORAGES["client_pairs"], tuple(values[name] for name in TEMPLATES["client_pairs"].names))
    with book.transaction():
        action = journal.open_action(book, author, "client.merge" if verdict == MERGED else "client.apart", label)
        typed.edit_row(book, action, "client_pair", str(key), values, author.at)
    return Changes(label)
