"""Lost deals worth another try: the queue by x-date, and making a task or a working lead of one.

Which deals come up is `core.winback`'s business. Every change is one undoable action.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core import winback
from desktop.core.pipeline import SALES
from desktop.core.templates import Cell
from desktop.errors import UserError
from desktop.models import edits, entries, facts_leads, facts_winback, journal
from desktop.models.facts_winback import FollowUp, StandingLost
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.models.storage import STORAGES, stated_key
from desktop.services.edits import Changes, refresh
from desktop.services.scopes import scope_or_nobody

if TYPE_CHECKING:
    from desktop.models.book import Book

_TABLE = "follow_ups"
LEAD_DAYS = 30
"""A task is due so many days before the competitor's policy runs out, or today where that is past."""


@dataclass(frozen=True, slots=True)
class WinBack:
    """A lost deal that comes up: the day the competitor's policy runs out, and days until then."""

    deal: StandingLost
    on: date
    days: int


def queue(book: Book, as_of: datetime, producer: str | None = None, *, yearly: bool = False) -> list[WinBack]:
    """Lost deals that could have been won and whose x-date lies within 90 days of `as_of`, the nearest first.

    With `yearly` passed x-dates count by their anniversary. UserError for a code that nobody has.
    """
    today = as_of.date()
    found = []
    between = None if yearly else (today, today + timedelta(days=winback.DAYS))
    for deal in facts_winback.standing_lost(book, as_of, scope_or_nobody(book, producer), winback.WORTH, between):
        day = winback.comes_up(deal.winnable, date.fromisoformat(deal.x_date[:10]), today, yearly=yearly)
        if day is not None:
            found.append(WinBack(deal, day, (day - today).days))
    return sorted(found, key=lambda one: (one.on, one.deal.name.casefold(), one.deal.lead_id))


def due_on(one: WinBack, today: date) -> date:
    """When a task on it is due."""
    return max(one.on - timedelta(days=LEAD_DAYS), today)


def tasks(book: Book) -> list[FollowUp]:
    """Every follow-up, the open ones first."""
    return facts_winback.follow_ups(book)


def add_task(book: Book, lead_id: str, due: date, what: str, producer: str | None, author: Author) -> Changes:
    """Put a task on a lead for the producer with that code (None: nobody yet), as one undoable action.

    UserError for an empty text, a lead that is gone, or where the same task stands already.
    """
    if not what.strip():
        raise UserError("A task says what to do.", "Type it in a few words.")
    found = facts_leads.lead(book, lead_id)
    if found is None:
        raise UserError(f"There is no lead {lead_id} in the book.", "Refresh the list.")
    cells: dict[str, Cell] = {
        "lead_id": lead_id,
        "due_on": due.isoformat(),
        "producer": producer,
        "what": what.strip(),
        "done_at": None,
    }
    names = Aliases(book)
    if edits.read_row(book, STORAGES[_TABLE].table, entries.key_of(names, _TABLE, cells)) is not None:
        raise UserError("This task is there already.", "Choose another day, or other words.")
    label = f"Task for {found.name}"
    with book.transaction():
        action = journal.open_action(book, author, "task.add", label)
        entries.write(book, action, names, _TABLE, None, cells, author.at)
    return Changes(label)


def finish_task(book: Book, key: str, author: Author, *, done: bool = True) -> Changes:
    """Mark a task as done at the author's moment, or as open again; one undoable action."""
    table = STORAGES[_TABLE].table
    row = edits.read_row(book, table, key)
    if row is None:
        raise UserError("The task is no longer in the book.", "Refresh the list.")
    label = "Finish a task" if done else "Open a task again"
    with book.transaction():
        action = journal.open_action(book, author, "task.finish", label)
        changed = edits.edit_row(book, action, table, key, {"done_at": author.at if done else None}, author.at)
    return Changes(label, changed)


def work_again(book: Book, lead_id: str, author: Author) -> Changes:
    """Make a lost deal a working lead again: it leaves nurture and enters the first stage now, as one undoable action.

    The lead keeps its id and history, so that a win counts as won back (metrics.md 4, 6.3). UserError for a lead that
    is gone, is not lost, or has a later entry.
    """
    found = facts_leads.lead(book, lead_id)
    stays = facts_leads.stays(book, lead_id)
    if found is None or not stays:
        raise UserError(f"There is no lead {lead_id} in the book.", "Refresh the list.")
    last = stays[-1]
    if last.stage not in ("lost", "closed_lost"):
        raise UserError(f"{found.name} is being worked already.", "Open the lead.")
    moment = datetime.fromisoformat(author.at)
    if datetime.fromisoformat(last.entered_at) >= moment:
        raise UserError(f"{found.name} has an entry of that day already.", "Try again once it has passed.")
    first = "new_lead" if last.stage == "closed_lost" else "prospect"
    label = f"Work {found.name} again"
    with book.transaction():
        action = journal.open_action(book, author, "lead.again", label)
        if last.key is None:  # its stage stands in its own row alone: with a first entry it would go
            _enter(book, action, (SALES, last.stage, last.entered_at, lead_id), author)
        before = (moment - timedelta(seconds=1)).isoformat()
        _enter(book, action, ("nurture", "recycled", max(before, last.entered_at), lead_id), author)
        _enter(book, action, (SALES, first, author.at, lead_id), author)
        refresh(book, journal.changes_of(book, action))
    return Changes(label)


def _enter(book: Book, action: int, row: tuple[str, str, str, str], author: Author) -> None:
    storage = STORAGES["stages"]
    cells: tuple[Cell, ...] = (*row, None, None, None)
    values = dict(zip(storage.columns, cells, strict=True))
    edits.edit_row(book, action, storage.table, str(stated_key(storage, cells)), values, author.at)
