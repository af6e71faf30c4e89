"""Who next: a producer's leads in the order in which they should be worked, each with why it stands there.

Untouched new leads by age, then replies needed, follow-ups due by tonight, quotes by days, x-dates within 30 days;
referrals come before bought leads of equal age (routing.md 5). Here too a call's end and a task's are entered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core.periods import end_of
from desktop.core.pipeline import rank_of
from desktop.core.templates import Cell
from desktop.errors import UserError
from desktop.models import entries, facts_leads, facts_speed, journal, routing_ladder
from desktop.models.facts_leads import OpenLead
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.models.routing_ladder import Task
from desktop.services.edits import Changes, refresh
from desktop.services.scopes import scope

if TYPE_CHECKING:
    from desktop.models.book import Book

NEW, REPLY, FOLLOW_UP, QUOTE, X_DATE = "new", "reply", "follow_up", "quote", "x_date"
KINDS = (NEW, REPLY, FOLLOW_UP, QUOTE, X_DATE)
X_DATE_DAYS = 30
_QUOTED_RANK = 4
OUTCOMES = ("connected", "voicemail", "no_answer")


@dataclass(frozen=True, slots=True)
class Next:
    """A row of the queue: `why` in words, `since` when it began to wait (ISO), `task` its open task's key, if any."""

    kind: str
    lead_id: str
    name: str
    producer: str | None
    line: str | None
    phone: str | None
    premium: int | None
    since: str
    why: str
    task: str | None = None


def queue(book: Book, at: datetime, producer: str | None = None) -> tuple[Next, ...]:
    """The queue at the moment, of everybody or one producer (a code). A lead stands in it once, where it comes first.

    UserError for a code that nobody has.
    """
    leads = facts_leads.open_leads(book, at, scope(book, producer))
    sources = {one.cells.lead_id: one.cells.source for one in routing_ladder.on_ladder(book, at, 3660)}
    found = [
        *_untouched(leads, at, sources),
        *_replies(leads, facts_speed.unanswered(book, at), at),
        *_due(book, leads, at, producer),
        *_quotes(leads, at),
        *_x_dates(leads, at.date()),
    ]
    seen: set[str] = set()
    chosen = []
    for one in found:
        if one.lead_id not in seen:
            seen.add(one.lead_id)
            chosen.append(one)
    return tuple(chosen)


def _row(kind: str, one: OpenLead, since: str, why: str, task: str | None = None) -> Next:
    return Next(kind, one.lead_id, one.name, one.producer, one.line, one.phone, one.premium, since, why, task)


def _untouched(leads: Iterable[OpenLead], at: datetime, sources: dict[str, str | None]) -> list[Next]:
    waiting = [one for one in leads if not one.contacted]
    waiting.sort(key=lambda one: (one.received_at, not _is_referral(sources.get(one.lead_id)), one.lead_id))
    return [
        _row(NEW, one, one.received_at, f"New {_ago(one.received_at, at)}, and nobody has tried to reach it.")
        for one in waiting
    ]


def _is_referral(source: str | None) -> bool:
    return "referral" in (source or "").casefold()


def _replies(leads: Iterable[OpenLead], asked: dict[str, str], at: datetime) -> list[Next]:
    waiting = sorted((one for one in leads if one.lead_id in asked), key=lambda one: (asked[one.lead_id], one.lead_id))
    return [_row(REPLY, one, asked[one.lead_id], f"Wrote or called {_ago(asked[one.lead_id], at)}.") for one in waiting]


def _due(book: Book, leads: Iterable[OpenLead], at: datetime, producer: str | None) -> list[Next]:
    """What is due by tonight, as the first screen and the live board count it."""
    known = {one.lead_id: one for one in leads}
    end = end_of(at.date()).isoformat(timespec="seconds")
    found = [
        _row(FOLLOW_UP, known[task.lead_id], task.due_at, _what(task, at), task.key)
        for task in routing_ladder.tasks(book)
        if task.lead_id in known and task.due_at <= end
    ]
    for lead_id, due_on, what, code in facts_speed.open_follow_ups(book, at.date()):
        if producer is None or (code or "").casefold() == producer.casefold():
            found.append(Next(FOLLOW_UP, lead_id, lead_id, code, None, None, None, due_on, what))
    return sorted(found, key=lambda one: (one.since, one.lead_id))


def _what(task: Task, at: datetime) -> str:
    """What is to be done, and when where that is yet to come."""
    due = datetime.fromisoformat(task.due_at)
    return task.what if due <= at else f"{task.what} (due at {due.hour % 12 or 12}:{due:%M %p})"


def _quotes(leads: Iterable[OpenLead], at: datetime) -> list[Next]:
    quoted = [one for one in leads if (rank_of(one.stage) or 0) >= _QUOTED_RANK]
    quoted.sort(key=lambda one: (one.entered_at, one.lead_id))
    return [_row(QUOTE, one, one.entered_at, f"Quoted {_ago(one.entered_at, at)}, not decided.") for one in quoted]


def _x_dates(leads: Iterable[OpenLead], today: date) -> list[Next]:
    last = today + timedelta(days=X_DATE_DAYS)
    soon = [one for one in leads if one.x_date and today.isoformat() <= one.x_date <= last.isoformat()]
    soon.sort(key=lambda one: (str(one.x_date), one.lead_id))
    return [
        _row(X_DATE, one, str(one.x_date), f"Its policy expires in {_days(str(one.x_date), today)} days.")
        for one in soon
    ]


def _ago(since: str, at: datetime) -> str:
    minutes = int((at - datetime.fromisoformat(since)).total_seconds()) // 60
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // 1440} days ago"


def _days(text: str, today: date) -> int:
    return (date.fromisoformat(text[:10]) - today).days


# --- what was done ----------------------------------------------------------------------------------------------------


def tasks(book: Book, lead_id: str | None = None, *, only_open: bool = True) -> list[Task]:
    """Tasks of one lead or of all, the first due first."""
    return routing_ladder.tasks(book, lead_id, only_open=only_open)


def finish(book: Book, key: str, at: datetime) -> bool:
    """Mark a task as done; False when it was done already."""
    with book.transaction():
        return routing_ladder.close_task(book, key, at.isoformat(timespec="seconds"), None)


def log_call(
    book: Book, lead_id: str, producer: str, outcome: str, at: datetime, author: Author, task: str | None = None
) -> Changes:
    """Enter a call that a producer made, by one key, as an undoable action; closes the task it was for.

    `outcome`: connected, voicemail or no_answer. UserError for another one.
    """
    if outcome not in OUTCOMES:
        raise UserError(f"There is no outcome {outcome}.", f"The outcomes are {', '.join(OUTCOMES)}.")
    scope(book, producer)
    text, label = at.isoformat(timespec="seconds"), f"Log call to {lead_id}"
    with book.transaction():
        action, names = journal.open_action(book, author, "activity.add", label), Aliases(book)
        cells: dict[str, Cell] = {
            "occurred_at": text,
            "producer": producer,
            "kind": "call",
            "activity_id": f"typed:{lead_id}:{text}:{producer}",
            "direction": "outbound",
            "outcome": outcome,
            "count": 1,
            "lead_id": lead_id,
        }
        entries.write(book, action, names, "activities", None, cells, author.at)
        refresh(book, journal.changes_of(book, action))
        if task is not None:
            routing_ladder.close_task(book, task, text, outcome)
    return Changes(label)
