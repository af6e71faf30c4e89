"""What is due on a lead that nobody has contacted: the ladder, and the sequence of tasks (routing.md 5).

Pure: the moment, what was done and who could take over are arguments. Must not know channels, consent or the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desktop.core import scoring, worktime
from desktop.core.worktime import Holidays, Hours

NOTIFY_AGAIN = "notify_again"
WARN = "warn"
REASSIGN = "reassign"
ALERT_MANAGER = "alert_manager"
LADDER = (NOTIFY_AGAIN, WARN, REASSIGN, ALERT_MANAGER)

SEQUENCE: Mapping[str, timedelta] = {
    "call_0": timedelta(),
    "text_5m": timedelta(minutes=5),
    "email_5m": timedelta(minutes=5),
    "call_1h": timedelta(hours=1),
    "call_4h": timedelta(hours=4),
    "text_4h": timedelta(hours=4),
    "call_24h": timedelta(hours=24),
    "call_48h": timedelta(hours=48),
    "email_48h": timedelta(hours=48),
    "email_7d": timedelta(days=7),
    "nurture_30d": timedelta(days=30),
}
"""The steps of the sequence and when they are due after the first assignment, around the clock."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead on the ladder.

    `done` are the steps already carried out: those of the ladder since `assigned_at`, `alert_manager` and those of the
    sequence ever. `contacted_at` is the first contact, `ended_at` the conversation, win or loss that ends the sequence.
    `backup` is the territory's, when eligible, with its active leads; `others` are the next eligible producers with a
    matching line, in order. `reassignments` counts the automatic ones. `names` are people's by code, for the reasons.
    """

    lead_id: str
    owner: str
    assigned_at: datetime
    first_assigned_at: datetime | None = None
    contacted_at: datetime | None = None
    ended_at: datetime | None = None
    done: frozenset[str] = frozenset()
    reassignments: int = 0
    backup: str | None = None
    backup_active: int = 0
    others: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """The ladder's deadlines in minutes by step; `business` false or no hours at all: around the clock."""

    hours: Hours = field(default_factory=dict)
    holidays: Holidays = frozenset[date]()
    minutes: tuple[int, int, int, int] = (5, 15, 30, 60)
    business: bool = True
    most_reassignments: int = 2
    backup_points: int = 5


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is due: `at` is when it is carried out; `taker` is set only where the lead changes hands."""

    lead_id: str
    step: str
    due_at: datetime
    at: datetime
    owner: str
    taker: str | None
    because: str

    @property
    def late(self) -> bool:
        """Whether it is carried out after the minute it was due."""
        return self.at - self.due_at >= timedelta(minutes=1)


def due(lead: Lead, now: datetime, settings: Settings) -> tuple[Step, ...]:
    """The ladder's steps due at `now`, in order of time; none once the lead was contacted. routing.md 5.

    5, 15 and 30 minutes run from the present assignment, 60 from the first. A step already done is not repeated; a
    reassignment needs somebody to take over, and there are at most two.
    """
    if lead.contacted_at is not None and lead.contacted_at <= now:
        return ()
    found = []
    for step, minutes in zip(LADDER, settings.minutes, strict=True):
        start = (lead.first_assigned_at or lead.assigned_at) if step == ALERT_MANAGER else lead.assigned_at
        due_at = deadline(start, minutes, settings)
        if due_at > now or step in lead.done:
            continue
        taker = None
        if step == REASSIGN:
            taker = _taker(lead, settings)
            if taker is None:
                continue
        found.append(Step(lead.lead_id, step, due_at, now, lead.owner, taker, _because(step, minutes, lead, settings)))
    return tuple(sorted(found, key=lambda one: one.due_at))


def sequence(lead: Lead, now: datetime) -> tuple[Step, ...]:
    """The sequence's steps due at `now` and not done; none after a conversation, win or loss. routing.md 5."""
    start = lead.first_assigned_at or lead.assigned_at
    if lead.ended_at is not None and lead.ended_at <= now:
        return ()
    return tuple(
        Step(lead.lead_id, step, start + after, now, lead.owner, None, "No conversation yet.")
        for step, after in SEQUENCE.items()
        if start + after <= now and step not in lead.done
    )


def deadline(start: datetime, minutes: int, settings: Settings) -> datetime:
    """When so many business minutes (or minutes around the clock, by setting) have passed. routing.md 5."""
    if settings.business and settings.hours:
        return worktime.add(start, minutes, settings.hours, settings.holidays)
    return start + timedelta(minutes=minutes)


def is_met(due_at: datetime, contacted_at: datetime | None) -> bool:
    """Whether a deadline was met: a contact on its very minute is in time. routing.md 5."""
    return contacted_at is not None and contacted_at.replace(second=0, microsecond=0) <= due_at


def _taker(lead: Lead, settings: Settings) -> str | None:
    """The backup with room enough, else the next eligible producer; None at the limit or without anybody."""
    if lead.reassignments >= settings.most_reassignments:
        return None
    has_room = scoring.capacity_points(lead.backup_active) > settings.backup_points
    if lead.backup and lead.backup != lead.owner and has_room:
        return lead.backup
    return next((code for code in lead.others if code != lead.owner), None)


def _because(step: str, minutes: int, lead: Lead, settings: Settings) -> str:
    clock = "business minutes" if settings.business and settings.hours else "minutes"
    since = "the first assignment" if step == ALERT_MANAGER else "assignment"
    text = f"No contact {minutes} {clock} after {since}."
    if step != REASSIGN:
        return text
    taker = _taker(lead, settings)
    heir = "the backup" if taker == lead.backup else "the next eligible producer"
    called = lead.names.get(taker or "")
    return f"{text} {lead.names.get(lead.owner, lead.owner)} had it; {heir}{f' {called}' if called else ''} takes over."
