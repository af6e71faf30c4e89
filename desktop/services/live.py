"""The leads of the live board one by one: whose, why, how long they wait, and what happens next and when.

Clocks are counted from receipt (speed to lead) and from assignment in business minutes (the ladder), routing.md 5.
Knows no timer: the moment is an argument.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from desktop.core import escalation, intake, periods
from desktop.core.escalation import ALERT_MANAGER, LADDER, REASSIGN
from desktop.core.routing import Decision
from desktop.core.speed import Figures
from desktop.errors import UserError
from desktop.models import facts_routing, journal, routing_ladder, routing_log
from desktop.models.facts_routing import LeadCells
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.models.routing_ladder import Done, Message, OnLadder
from desktop.services import configuration, escalating, routing, sending, speed, watch_ladder, work_queue
from desktop.services.edits import Changes, refresh
from desktop.services.routing_snapshot import BusinessClock, routed_lead
from desktop.services.scopes import choices
from desktop.services.speed import Compared, LiveBoard
from desktop.services.work_queue import Next

if TYPE_CHECKING:
    from desktop.models.book import Book

BY_HAND = "by_hand"
BENCHMARK_DAYS = 90


@dataclass(frozen=True, slots=True)
class LiveLead:
    """A lead on the board.

    `speed_minutes` runs from receipt to contact or now; `ladder_minutes` are business minutes since the assignment,
    None once contacted. `next_step` is a step of the ladder with its moment, None where none is left.
    """

    lead_id: str
    name: str
    line: str | None
    source: str | None
    phone: str | None
    owner: str | None
    owner_name: str | None
    received_at: datetime
    assigned_at: datetime | None
    contacted_at: datetime | None
    because: str
    speed_minutes: int
    ladder_minutes: float | None
    next_step: str | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Live:
    """The board at a moment; `today` and `week` are figures of the leads received in them.

    `watched` is false where no lead was ever routed here: then the ladder stands still.
    """

    board: LiveBoard
    leads: tuple[LiveLead, ...]
    today: Figures
    week: Figures
    benchmarks: tuple[Compared, ...]
    producers: tuple[tuple[str, str], ...]
    watched: bool


def live(book: Book, at: datetime) -> Live:
    """Everything that the board shows at the moment, what is due first (routing.md 5)."""
    day, week = periods.Period(at.date(), at.date()), periods.week_of(at.date())
    past = periods.Period(at.date() - timedelta(days=BENCHMARK_DAYS - 1), at.date())
    return Live(
        speed.live_board(book, at),
        live_leads(book, at),
        speed.distribution(book, day, at).total,
        speed.distribution(book, week, at).total,
        speed.benchmarks(book, past, at),
        tuple(choices(book)),
        watch_ladder.watched_since(book) is not None,
    )


def live_leads(book: Book, at: datetime) -> tuple[LiveLead, ...]:
    """Today's open leads, those on the ladder that nobody has reached, and those without owner; due ones first."""
    settings = configuration.load(book)
    clock = BusinessClock(settings, at.date() - timedelta(days=escalating.CHASED_DAYS + 1), at.date())
    rules = escalating.ladder_settings(settings, at)
    names = {one.code: one.name for one in routing_ladder.people(book).values()}
    reasons, since = _reasons(book), watch_ladder.watched_since(book)
    done: dict[str, list[Done]] = {}
    for each in routing_ladder.done(book):
        done.setdefault(each.lead_id, []).append(each)
    found = [_unowned(cells, at) for cells in facts_routing.unassigned(book, at)]
    morning = datetime.combine(at.date(), time())
    for one in routing_ladder.on_ladder(book, at, escalating.CHASED_DAYS):
        received, assigned = facts_routing.moment(one.cells.received_at), facts_routing.moment(one.assigned_at)
        if received < morning and one.contacted_at is not None:
            continue
        chased = since is not None and one.first_assigned_at >= since
        step, when = _next(one, done.get(one.cells.lead_id, []), at, rules) if chased else (None, None)
        minutes = None if one.contacted_at is not None else clock.between(assigned, at)
        found.append(_owned(one, at, names, reasons, None if minutes is None else float(minutes), step, when))
    return tuple(sorted(found, key=_due))


def _due(one: LiveLead) -> tuple[int, datetime, timedelta, str]:
    """What has a moment first, by the moment; the others by age, the newest first, since they can still be won."""
    place = 2 if one.contacted_at is not None else 0 if one.next_at is not None or one.owner is None else 1
    return place, one.next_at or datetime.max, datetime.max - one.received_at, one.lead_id


def _unowned(cells: LeadCells, at: datetime) -> LiveLead:
    received = facts_routing.moment(cells.received_at)
    waited = max(0, int((at - received).total_seconds()) // 60)
    return LiveLead(
        cells.lead_id, _name(cells), cells.line, cells.source, cells.phone, None, None, received, None, None,
        "Nobody has it yet.", waited, None, None, None,
    )  # fmt: skip


def _owned(
    one: OnLadder,
    at: datetime,
    names: Mapping[str, str],
    reasons: Mapping[tuple[str, str], str],
    ladder: float | None,
    step: str | None,
    when: datetime | None,
) -> LiveLead:
    cells, owner = one.cells, str(one.cells.owner)
    received = facts_routing.moment(cells.received_at)
    contacted = None if one.contacted_at is None else facts_routing.moment(one.contacted_at)
    waited = max(0, int(((contacted or at) - received).total_seconds()) // 60)
    because = reasons.get((cells.lead_id, one.assigned_at[:19]), "It came with its producer, or was given by hand.")
    return LiveLead(
        cells.lead_id, _name(cells), cells.line, cells.source, cells.phone, owner, names.get(owner, owner), received,
        facts_routing.moment(one.assigned_at), contacted, because, waited, ladder, step, when,
    )  # fmt: skip


def _name(cells: LeadCells) -> str:
    person = " ".join(part for part in (cells.first_name, cells.last_name) if part)
    return cells.business_name or person or cells.lead_id


def _reasons(book: Book) -> dict[tuple[str, str], str]:
    """Why a lead is whose it is, by lead and moment of the assignment."""
    found = {(one.lead_id, one.at[:19]): one.because for one in routing_log.assigned(book, None, 5000)}
    handed = (one for one in routing_ladder.done(book) if one.step == REASSIGN)
    return found | {(one.lead_id, one.at[:19]): one.because for one in handed}


def _next(
    one: OnLadder, before: list[Done], at: datetime, rules: escalation.Settings
) -> tuple[str | None, datetime | None]:
    """The ladder's next step on a lead and its moment; a reassignment that nobody could take is passed over."""
    if one.contacted_at is not None:
        return None, None
    owner = str(one.cells.owner)
    times = sum(each.step == REASSIGN for each in before)
    done = {
        each.step
        for each in before
        if each.step == ALERT_MANAGER or (each.owner == owner and each.at >= one.assigned_at)
    }
    found = []
    for step, minutes in zip(LADDER, rules.minutes, strict=True):
        start = one.first_assigned_at if step == ALERT_MANAGER else one.assigned_at
        when = escalation.deadline(facts_routing.moment(start), minutes, rules)
        hopeless = step == REASSIGN and (times >= rules.most_reassignments or when < at - timedelta(minutes=2))
        if step not in done and not hopeless:
            found.append((when, step))
    when_next, step_next = min(found, default=(None, None))
    return step_next, when_next


def queue_of(book: Book, at: datetime, code: str | None) -> tuple[Next, ...]:
    """The queue of a producer who is still there, else of everybody."""
    return work_queue.queue(book, at, code if code in dict(choices(book)) else None)


# --- what needs attention ---------------------------------------------------------------------------------------------

LACKING, UNROUTED, UNKNOWN_ZIP, NOT_SENT, UNREAD_FILE = "lacking", "unrouted", "unknown_zip", "not_sent", "unread_file"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that somebody has to settle: `words` says what, `lacking` names fields, `key` a message or a path."""

    kind: str
    lead_id: str
    name: str
    words: str
    lacking: tuple[str, ...] = ()
    key: str | None = None


def attention(book: Book, at: datetime) -> tuple[Trouble, ...]:
    """Leads that lack something or have no owner, ZIPs that do not exist, messages that did not go (routing.md 3.1)."""
    from desktop import places

    settings = configuration.load(book)
    found = []
    names: dict[str, str] = {}
    for cells in facts_routing.unassigned(book, at):
        lacking = intake.missing(routed_lead(cells, settings))
        kind = LACKING if lacking else UNROUTED
        words = "" if lacking else "It has everything that routing needs, and no owner yet."
        found.append(Trouble(kind, cells.lead_id, _name(cells), words, lacking))
    for one in routing_ladder.on_ladder(book, at, escalating.CHASED_DAYS):
        cells = one.cells
        names[cells.lead_id] = _name(cells)
        code = (cells.zip or "")[:5]
        if len(code) == 5 and code.isdecimal() and places.zip_place(code) is None:
            found.append(Trouble(UNKNOWN_ZIP, cells.lead_id, _name(cells), f"There is no ZIP {code}."))
    found += [_unsent(one, names) for one in sending.outbox(book) if one.error]
    return tuple(found)


def unread(waiting: Sequence[Sequence[str]]) -> tuple[Trouble, ...]:
    """Files that arrived and could not be taken in as they are: (path, why) each; `key` is the path."""
    return tuple(Trouble(UNREAD_FILE, "", PurePath(path).name, why, (), path) for path, why in waiting)


def _unsent(one: Message, names: Mapping[str, str]) -> Trouble:
    what = "The text" if one.channel == "text" else "The e-mail"
    name = names.get(one.lead_id, one.lead_id)
    return Trouble(NOT_SENT, one.lead_id, name, f"{what} to {one.address} did not go. {one.error}", (), one.key)


# --- by hand ----------------------------------------------------------------------------------------------------------


def give(book: Book, lead_id: str, code: str, reason: str, at: datetime, author: Author) -> Changes:
    """Give a lead to a producer by hand for a reason that is kept, as one undoable action; no turn is used.

    UserError without a reason, for a code that nobody has, or a lead that is not there.
    """
    names = dict(choices(book))
    if code not in names:
        raise UserError(f"There is no producer {code}.", "Choose one of the list.")
    if not reason.strip():
        raise UserError("The reason is missing.", "Say in a word why the lead changes hands.")
    lead = routing.kept_lead(book, lead_id)
    label, text = f"Give {lead.name or lead_id} to {names[code]}", at.isoformat(timespec="seconds")
    because = f"Given by hand: {reason.strip()}"
    decision = Decision(
        lead_id, code, BY_HAND, None, None, None, None, because, (), None, None, None, (), (), {}, {}
    )  # fmt: skip
    with book.transaction():
        action = journal.open_action(book, author, "leads.assign", label)
        routing_log.assign(book, action, Aliases(book), lead_id, code, text, author.at)
        routing_log.enter(book, action, decision, text, author.at)
        refresh(book, journal.changes_of(book, action))
    return Changes(label)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done on a lead: its open tasks (moment, words), and messages held back or about to go."""

    lead_id: str
    tasks: tuple[tuple[datetime, str], ...]
    messages: tuple[tuple[str, datetime, str | None], ...]


def plan(book: Book, lead_id: str) -> Plan:
    """The next required actions on a lead with their texts; a message is (channel, not before, what went wrong)."""
    open_tasks = routing_ladder.tasks(book, lead_id)
    waiting = [one for one in sending.outbox(book) if one.lead_id == lead_id and one.audience == "lead"]
    return Plan(
        lead_id,
        tuple((datetime.fromisoformat(one.due_at), one.what) for one in open_tasks),
        tuple((one.channel, datetime.fromisoformat(one.not_before), one.error) for one in waiting),
    )
