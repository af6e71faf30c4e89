"""The weekly 1:1: its numbers gathered, its notes kept at each pause, and whether it was held (document 000).

No formula of its own, no SQL. A meeting looks at one ISO week and ends in the priorities of that week's scorecard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core import meetings, periods
from desktop.core.meetings import Meeting, Record, State
from desktop.core.periods import Period
from desktop.core.team import Person
from desktop.models import facts_people, journal
from desktop.models import plans as repository
from desktop.models import scorecards as pages
from desktop.models.facts_lost import LostDeal
from desktop.models.journal import Author
from desktop.services import flag_words, leads, lost_deals, meeting_drafts, scorecards
from desktop.services.dashboard import dashboard
from desktop.services.edits import Changes
from desktop.services.figures import MetricFigure, Panel
from desktop.services.leads import Waiting
from desktop.services.plans import find_person

if TYPE_CHECKING:
    from desktop.models.book import Book

WEEKS_REMEMBERED = 13
STUCK_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Talk:
    """A red flag as something to talk about: the numbers that fired it, what it means, a question, a skill."""

    id: str
    label: str
    numbers: str
    meaning: str
    action: str
    question: str
    skill: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """A line of the list: whose meeting, what became of it, and of those of the weeks up to this one."""

    producer: str
    producer_name: str
    meeting: Meeting
    record: Record


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that one meeting looks at. `commitments` are last week's priorities, `priorities` what is agreed now.

    `next_targets`: by metric the target of the week after. Stuck leads are those past their stage's time now.
    `unkept`: meeting and priorities hold what was typed when the program ended without keeping it.
    """

    producer: str
    producer_name: str
    week: str
    meeting: Meeting
    panel: Panel
    stuck: tuple[Waiting, ...]
    stuck_in_all: int
    lost: tuple[LostDeal, ...]
    next_targets: Mapping[str, MetricFigure]
    commitments: tuple[str, ...]
    priorities: tuple[str, ...]
    talks: tuple[Talk, ...]
    unkept: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """A week's meetings, and one of them open."""

    week: str
    attendees: tuple[Attendee, ...]
    sheet: Sheet | None


def open_desk(book: Book, week: str, producer: str | None, now: datetime) -> Desk:
    """The meetings over a week with one producer's open: `producer` where listed, else the first not yet held."""
    span = periods.iso_week(week)
    listed = attendees(book, span)
    codes = [one.producer for one in listed]
    waiting = next((one.producer for one in listed if one.meeting.state is None), next(iter(codes), None))
    code = producer if producer in codes else waiting
    return Desk(periods.week_name(span), listed, None if code is None else sheet(book, span, code, now))


def attendees(book: Book, week: Period) -> tuple[Attendee, ...]:
    """Everybody who produces in the week, by code, with the record of the last weeks in which they did."""
    weeks = [periods.shift_weeks(week, back) for back in range(1 - WEEKS_REMEMBERED, 1)]
    names = [periods.week_name(one) for one in weeks]
    known = repository.meetings(book, names[0], names[-1])
    return tuple(
        Attendee(
            person.code,
            person.name,
            known.get((person.code, names[-1]), Meeting()),
            _record(person, weeks, known),
        )
        for person in facts_people.people(book)
        if person.produces_in(week)
    )


def _record(person: Person, weeks: Sequence[Period], known: Mapping[tuple[str, str], Meeting]) -> Record:
    names = [periods.week_name(week) for week in weeks if person.produces_in(week)]
    return Record(tuple(known.get((person.code, name), Meeting()).state for name in names))


def sheet(book: Book, week: Period, producer: str, now: datetime) -> Sheet:
    """What the meeting with a producer looks at. UserError for a code that nobody has."""
    name, as_of = periods.week_name(week), periods.default_as_of(week, now)
    person = find_person(facts_people.people(book), producer)
    (panel,) = dashboard(book, week, as_of, person.code).producers
    (ahead,) = dashboard(book, periods.shift_weeks(week, 1), as_of, person.code).producers
    stuck = [one for one in leads.waiting(book, now, person.code) if one.late or one.untouched]
    before = scorecards.texts(book, periods.week_name(periods.shift_weeks(week, -1)), person.code)
    kept = _kept(book, name, person)
    typed = meeting_drafts.read(book, name, person.code, kept)
    meeting, priorities = typed or kept
    return Sheet(
        producer=person.code,
        producer_name=person.name,
        week=name,
        meeting=meeting,
        panel=panel,
        stuck=tuple(stuck[:STUCK_SHOWN]),
        stuck_in_all=len(stuck),
        lost=lost_deals.lost_deals(book, week, as_of, person.code).deals,
        next_targets=ahead.metrics,
        commitments=tuple(line.strip() for line in before.priorities if line.strip()),
        priorities=priorities,
        talks=_talks(panel),
        unkept=typed is not None,
    )


def _kept(book: Book, week: str, person: Person) -> tuple[Meeting, tuple[str, ...]]:
    meeting = repository.meetings(book, week, week).get((person.code, week), Meeting())
    return meeting, scorecards.texts(book, week, person.code).padded().priorities


def _talks(panel: Panel) -> tuple[Talk, ...]:
    return tuple(
        Talk(
            flag.id,
            flag.label,
            flag_words.numbers(flag),
            flag.meaning,
            flag.action,
            meetings.TALKS[flag.id],
            meetings.SKILLS[flag.id],
        )
        for flag in panel.red_flags
        if flag.fired
    )


# --- what is typed ----------------------------------------------------------------------------------------------------


def save(book: Book, week: str, producer: str, meeting: Meeting, priorities: Sequence[str], author: Author) -> Changes:
    """Keep notes, ticks and times of a meeting, and what was agreed on the week's scorecard, as one undoable action."""
    person = find_person(facts_people.people(book), producer)
    name = periods.week_name(periods.iso_week(week))
    label = f"1:1 with {person.name}, {name}"
    known = repository.meetings(book, name, name).get((person.code, name), Meeting())
    texts = scorecards.texts(book, name, person.code).padded()
    agreed = replace(texts, priorities=tuple(priorities)).padded()
    same = _told(known) == _told(meeting)
    if same and agreed == texts:
        return Changes(label, changed=False)
    with book.transaction():
        action = journal.open_action(book, author, "meeting.write", label)
        if not same:
            repository.save_meeting(book, action, person.id, name, meeting, author.at)
        if agreed != texts:
            pages.save_texts(book, action, name, person.id, agreed, author.at)
        meeting_drafts.drop(book, name, person.code)
    return Changes(label)


def hold_typed(book: Book, week: str, producer: str, meeting: Meeting, priorities: Sequence[str]) -> None:
    """Hold what stands in an open meeting, its clock included, without keeping it: a crash loses no word."""
    person = find_person(facts_people.people(book), producer)
    name = periods.week_name(periods.iso_week(week))
    meeting_drafts.write(book, name, person.code, _kept(book, name, person), (meeting, tuple(priorities)))


def _told(meeting: Meeting) -> tuple[object, ...]:
    """What somebody typed, ticked or decided; the clock alone is no change."""
    notes = {item: text for item, text in meeting.notes.items() if text}
    return meeting.state, meeting.reason, notes, frozenset(meeting.ticks)


def hold(meeting: Meeting, at: datetime) -> Meeting:
    """The meeting as held at that moment."""
    return replace(meeting, state=State.HELD, reason="", ended_at=at.isoformat(timespec="seconds"))


def skip(meeting: Meeting, reason: str) -> Meeting:
    """The meeting as skipped, and why."""
    return replace(meeting, state=State.SKIPPED, reason=reason.strip(), ended_at=None)
