"""One round of the clock over the leads: the ladder's due steps, then the messages that wait (routing.md 5).

Called at start-up and each minute by whoever holds the clock. Leads assigned before the first one was routed here are
left alone: they came with files that tell what was, and are no assignments to be chased.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.models import routing_ladder, routing_log
from desktop.models.journal import Author
from desktop.services import escalating, sending
from desktop.services.escalating import Action

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Told:
    """A step in words: whom it is told, about which lead."""

    action: Action
    lead: str
    receiver: str | None
    sender: str | None


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did; `unsure` messages may have left when the program ended the last time."""

    told: tuple[Told, ...] = ()
    unsure: int = 0
    problems: tuple[str, ...] = ()

    @property
    def late(self) -> int:
        """Steps that fell due while the program was closed."""
        return sum(one.action.late for one in self.told)


def watched_since(book: Book) -> str | None:
    """Since when (ISO) assignments are chased: the first that was made here; None where none was."""
    return routing_log.first_routed(book)


def begin(book: Book, at: datetime, author: Author) -> Round:
    """The first round after the start: what was going is unsure, what fell due meanwhile is carried out once."""
    unsure = sending.recover(book)
    found = turn(book, at, author)
    return Round(found.told, unsure, found.problems)


def turn(book: Book, at: datetime, author: Author) -> Round:
    """Carry out what is due at the moment, and send what waits and may go; never raises for a channel's fault."""
    since = watched_since(book)
    actions = () if since is None else escalating.escalate(book, at, author, sending.channels(book), since)
    sent = sending.send_waiting(book, at)
    if not actions:
        return Round(problems=tuple(words for _key, words in sent.problems))
    people = routing_ladder.people(book)
    names = {one.cells.lead_id: _name(one) for one in routing_ladder.on_ladder(book, at, escalating.CHASED_DAYS)}

    def called(code: str | None) -> str | None:
        return None if code is None else people[code].name if code in people else code

    told = tuple(
        Told(one, names.get(one.lead_id, one.lead_id), called(one.receiver), called(one.sender)) for one in actions
    )
    return Round(told, 0, tuple(words for _key, words in sent.problems))


def _name(one: routing_ladder.OnLadder) -> str:
    cells = one.cells
    person = " ".join(part for part in (cells.first_name, cells.last_name) if part)
    return cells.business_name or person or cells.lead_id
