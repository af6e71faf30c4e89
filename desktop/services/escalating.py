"""Leads that nobody has reached: the ladder and the sequence, carried out once each, late or not (routing.md 5).

What is due is `core.escalation`'s. Here steps become changes of owner, tasks and messages of the outbox, recorded with
them in one transaction before anything leaves the machine; `sending` takes it from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop.core import contacting, duplicates, escalation, message_texts
from desktop.core.escalation import ALERT_MANAGER, LADDER, REASSIGN, Step
from desktop.core.intake import Lead
from desktop.core.message_texts import Text
from desktop.core.placing import Placement, Router
from desktop.models import facts_routing, journal, routing_ladder, routing_log
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.models.routing_ladder import Done, Message, OnLadder, Person, Task
from desktop.services import configuration, texts
from desktop.services.edits import refresh
from desktop.services.routing_snapshot import routed_lead, snapshot
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.models.book import Book

CHASED_DAYS = 45
"""Leads first assigned longer ago are left alone: the sequence ends on day 30, and old files are no emergencies."""

ALL_CHANNELS = frozenset({"email", "text"})
_CHANNEL_OF = {"email": "email", "text": "text"}


@dataclass(frozen=True, slots=True)
class Action:
    """A step that was carried out: `sender` and `receiver` are codes, the former set where the lead changed hands."""

    lead_id: str
    step: str
    due_at: datetime
    at: datetime
    sender: str | None
    receiver: str | None
    because: str

    @property
    def late(self) -> bool:
        """Whether it was carried out after the minute in which it was due."""
        return self.at - self.due_at >= timedelta(minutes=1)


@dataclass(slots=True)
class _Run:
    """One run: what it reads, and what it will record."""

    at: datetime
    settings: Settings
    router: Router
    people: Mapping[str, Person]
    channels: frozenset[str]
    opted_out: Mapping[str, set[str]]
    texts: Mapping[str, Text]
    actions: list[Action] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    handed: list[tuple[str, str]] = field(default_factory=list)


def escalate(
    book: Book, at: datetime, author: Author, channels: frozenset[str] = frozenset(), since: str = ""
) -> tuple[Action, ...]:
    """Carry out every step that is due at the moment and was not yet, in order of time (routing.md 5).

    `channels`: those of `email` and `text` that are set up; without one its messages become tasks. Messages wait in
    the outbox for `sending.send_waiting`. Called again, it does nothing twice. Leads first assigned before `since`
    (ISO) are left alone.
    """
    with book.transaction():
        found = [one for one in routing_ladder.on_ladder(book, at, CHASED_DAYS) if one.first_assigned_at >= since]
        if not found:
            return ()
        settings = configuration.load(book)
        run = _Run(
            at,
            settings,
            Router(snapshot(book, at)),
            routing_ladder.people(book),
            channels,
            opted_out(book),
            texts.texts(book),
        )
        before: dict[str, list[Done]] = defaultdict(list)
        for one in routing_ladder.done(book):
            before[one.lead_id].append(one)
        for lead in found:
            _climb(run, lead, before[lead.cells.lead_id])
        _keep(book, run, author)
    return tuple(sorted(run.actions, key=lambda one: (one.due_at, one.lead_id, _place(one.step))))


def ladder_settings(settings: Settings, at: datetime) -> escalation.Settings:
    """The ladder's deadlines and clock as the agency has set them, around a moment."""
    minutes = settings.ladder_minutes
    return escalation.Settings(
        hours=settings.hours,
        holidays=settings.holidays_between(at.date() - timedelta(days=2 * CHASED_DAYS), at.date() + timedelta(days=30)),
        minutes=(minutes[0], minutes[1], minutes[2], minutes[3]),
        business=settings.ladder_business,
    )


def opted_out(book: Book) -> Mapping[str, set[str]]:
    """Addresses that want nothing more, by channel: those kept, and those that replied so."""
    found = routing_ladder.opt_outs(book)
    for kind, note, email, phone, _at in routing_ladder.replies(book, {"email": "email", "text": "text"}):
        address = email if kind == "email" else phone
        if address and contacting.asks_to_stop(note):
            found[_CHANNEL_OF[kind]].add(address_key(kind, address))
    return found


def address_key(channel: str, address: str) -> str:
    """An address as compared."""
    return duplicates.email_key(address) if channel == "email" else duplicates.phone_key(address)


def _place(step: str) -> int:
    order = (*LADDER, *escalation.SEQUENCE)
    return order.index(step)


def _climb(run: _Run, one: OnLadder, before: Sequence[Done]) -> None:
    """Everything due on one lead."""
    lead = routed_lead(one.cells, run.settings)
    owner = str(one.cells.owner)
    rules = ladder_settings(run.settings, run.at)
    climber = _climber(run, one, before, lead)
    due = (*escalation.due(climber, run.at, rules), *escalation.sequence(climber, run.at))
    for step in sorted(due, key=lambda each: (each.due_at, _place(each.step))):
        _carry_out(run, step, lead, owner)
        if step.step not in LADDER:
            _follow_up(run, step, one, lead, owner)
        elif step.step == REASSIGN and step.taker is not None:
            _hand_over(run, lead, owner, step.taker)
            owner = step.taker


def _climber(run: _Run, one: OnLadder, before: Sequence[Done], lead: Lead) -> escalation.Lead:
    """The lead as the ladder reads it; who could take over is looked up only when that may be asked."""
    owner = str(one.cells.owner)
    done = {
        each.step
        for each in before
        if each.step not in LADDER or each.step == ALERT_MANAGER or (each.owner == owner and each.at >= one.assigned_at)
    }
    times = sum(each.step == REASSIGN for each in before)
    backup: str | None = None
    others: tuple[str, ...] = ()
    contacted = None if one.contacted_at is None else facts_routing.moment(one.contacted_at)
    if contacted is None and REASSIGN not in done:
        had = {owner, *(each.owner for each in before if each.step == REASSIGN)}
        backup, others = _takers(run, lead, had)
    return escalation.Lead(
        lead.lead_id,
        owner,
        facts_routing.moment(one.assigned_at),
        facts_routing.moment(one.first_assigned_at),
        contacted,
        None if one.conversed_at is None else facts_routing.moment(one.conversed_at),
        frozenset(done),
        times,
        backup,
        0 if backup is None else run.router.active_of(backup),
        others,
        {code: person.name for code, person in run.people.items()},
    )


def _takers(run: _Run, lead: Lead, had: set[str | None]) -> tuple[str | None, tuple[str, ...]]:
    """The territory's backup when eligible, and the next eligible producers with a matching line, best first."""
    eligible = [code for code in run.router.eligible(lead, run.at, any_line=True) if code not in had]
    territory = run.router.territory_of(lead)
    backup = territory.backup if territory is not None and territory.backup in eligible else None
    takers = set(run.router.eligible(lead, run.at))
    return backup, tuple(code for code in eligible if code in takers)


def _carry_out(run: _Run, step: Step, lead: Lead, owner: str) -> None:
    changes_hands = step.step == REASSIGN
    receiver = step.taker if changes_hands else _manager(run, owner) if step.step == ALERT_MANAGER else owner
    run.actions.append(
        Action(step.lead_id, step.step, step.due_at, step.at, owner if changes_hands else None, receiver, step.because)
    )
    run.done.append(Done(step.lead_id, step.step, _iso(step.due_at), _iso(step.at), owner, receiver, step.because))
    if step.step in LADDER:
        told = {REASSIGN: (step.taker, owner), ALERT_MANAGER: (receiver,)}.get(step.step, (owner,))
        kinds = {"warn": ("text", "email"), ALERT_MANAGER: ("email", "text")}.get(step.step, ("email",))
        _tell(run, step, lead, step.taker or owner, [code for code in told if code], kinds)
    elif step.step == "call_0":
        _tell(run, step, lead, owner, [owner], ("email", "text"), text="notify_new")


def _manager(run: _Run, owner: str) -> str | None:
    """The owner's manager, else the first active one, else whoever takes the overflow."""
    person = run.people.get(owner)
    if person is not None and person.manager is not None:
        return person.manager
    found = next((one.code for one in run.people.values() if one.role == "manager" and one.active), None)
    return found or run.settings.overflow


def _hand_over(run: _Run, lead: Lead, owner: str, taker: str) -> None:
    run.handed.append((lead.lead_id, taker))
    run.router.release(owner)
    run.router.take(Placement(taker, "reassign"), lead, run.at)


def _tell(
    run: _Run, step: Step, lead: Lead, owner: str, codes: Iterable[str], kinds: Iterable[str], text: str | None = None
) -> None:
    """Messages to people of the agency, by the channels that are set up; the app itself shows the step anyway."""
    words = message_texts.merged(run.texts[text or step.step], values_of(lead, run.people.get(owner), run.settings))
    for code in codes:
        person = run.people.get(code)
        for channel in kinds:
            address = None if person is None else person.email if channel == "email" else person.phone
            if channel in run.channels and address:
                key = f"{step.lead_id}|{step.step}|{code}|{channel}|{_iso(step.due_at)}"
                run.messages.append(_message(key, step, channel, "people", address, words, step.at))


def _message(
    key: str, step: Step, channel: str, audience: str, address: str, words: Text, not_before: datetime
) -> Message:
    subject = words.subject if channel == "email" else None
    due, first = _iso(step.due_at), _iso(not_before)
    return Message(key, step.lead_id, step.step, channel, audience, address, subject, words.body, due, first)


def _follow_up(run: _Run, step: Step, one: OnLadder, lead: Lead, owner: str) -> None:
    """A step of the sequence: a message where the program may send it, else a task for the owner."""
    values = values_of(lead, run.people.get(owner), run.settings)
    words = message_texts.merged(run.texts[step.step], values)
    channel = step.step.split("_")[0]
    if channel not in ALL_CHANNELS:
        run.tasks.append(_task(step, words.body))
        return
    address = lead.email if channel == "email" else lead.phone
    why = _why_not(run, channel, address, one.consent)
    allowed = first_allowed(step.due_at, lead, run.settings)
    if why is None and contacting.is_late(allowed, run.at):
        why = "It is more than an hour late."
    if why is not None or address is None:
        what = f"{'E-mail' if channel == 'email' else 'Text'} {lead.name}: {words.body}"
        run.tasks.append(_task(step, f"{what}\n({why})"))
        return
    if channel == "email":
        words = message_texts.footed(words, run.settings.agency_name, run.settings.agency_address)
    key = f"{step.lead_id}|{step.step}"
    run.messages.append(_message(key, step, channel, "lead", address, words, max(allowed, run.at)))


def _why_not(run: _Run, channel: str, address: str | None, consent: bool | None) -> str | None:
    """Why the program does not write to the lead itself; None where it does."""
    if channel not in run.channels:
        return "No mail server is set up." if channel == "email" else "No text service is set up."
    if channel == "email" and not run.settings.agency_address.strip():
        return "The agency's address, which mail must carry, is not entered in Settings."
    compared = None if address is None else address_key(channel, address)
    return contacting.refusal(channel, compared, consent, run.opted_out.get(channel, set()))


def first_allowed(due: datetime, lead: Lead, settings: Settings) -> datetime:
    """The first moment (agency's time) at or after `due` outside the quiet hours of the lead's own zone."""
    home = ZoneInfo(settings.time_zone)
    there = ZoneInfo(contacting.zone_of(lead.zip, lead.state) or settings.time_zone)
    local = due.replace(tzinfo=home).astimezone(there).replace(tzinfo=None)
    allowed = contacting.first_allowed(local)
    return due if allowed == local else allowed.replace(tzinfo=there).astimezone(home).replace(tzinfo=None)


def values_of(lead: Lead, owner: Person | None, settings: Settings) -> dict[str, str]:
    """What merge fields stand for."""
    return {
        "first_name": lead.first_name or lead.name,
        "name": lead.name or lead.lead_id,
        "line": " and ".join(lead.lines) or "insurance",
        "producer": owner.name if owner is not None else "",
        "producer_phone": (owner.phone if owner is not None else None) or "",
        "agency": settings.agency_name,
        "zip": lead.zip or "",
        "lead_id": lead.lead_id,
        "phone": lead.phone or "no phone number",
        "email": lead.email or "",
    }


def _task(step: Step, what: str) -> Task:
    return Task(f"{step.lead_id}|{step.step}", step.lead_id, step.step, _iso(step.due_at), what)


def _keep(book: Book, run: _Run, author: Author) -> None:
    """Record all of it, the changes of owner as an undoable action."""
    text = _iso(run.at)
    routing_ladder.enter(book, run.done)
    routing_ladder.add_tasks(book, run.tasks, text)
    routing_ladder.queue(book, run.messages, text)
    if not run.handed:
        return
    many = f"lead {run.handed[0][0]}" if len(run.handed) == 1 else f"{len(run.handed)} leads"
    action, names = journal.open_action(book, author, "leads.escalate", f"Reassign {many}"), Aliases(book)
    for lead_id, taker in run.handed:
        routing_log.assign(book, action, names, lead_id, taker, text, author.at)
    refresh(book, journal.changes_of(book, action))


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
