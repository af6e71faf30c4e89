"""The first screen: last week at a glance, who needs a talk, what is missing, what this week asks, what is new.

Brings other services' answers together in one; computes no figure of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.core import periods, redflags
from desktop.core.health import Trailing
from desktop.core.periods import Period
from desktop.models import facts_lost, facts_speed, imports, journal, published
from desktop.models import handover as holdings
from desktop.models.facts_records import Scope
from desktop.models.journal import Entry
from desktop.models.people import UnknownName
from desktop.models.unanswered import unanswered
from desktop.services import leads, people, renewals, scorecards
from desktop.services.dashboard import dashboard, weekly_series
from desktop.services.dashboard_flags import situation
from desktop.services.dashboard_reading import Whose, read
from desktop.services.figures import Dashboard, FlagFigure, Freshness, MetricFigure, Number, Panel
from desktop.services.leads import Waiting
from desktop.services.renewals import Due

if TYPE_CHECKING:
    from desktop.models.book import Book

HEADLINE = ("new_premium", "policies_written", "close_rate")
"""The metrics of the line over the columns."""

LOOK_BACK = 3
"""Weeks over which a flag's age is known."""

_REJECTS_OF = timedelta(days=30)
_LOSSES_OF = timedelta(days=90)
_CORE_SOURCES = frozenset({"calls", "quotes", "policies", "leads"})
_TYPED_SOURCES = frozenset({"referrals", "coi"})
_DUE_DAYS = 30
_ENTRIES = 40


@dataclass(frozen=True, slots=True)
class Row:
    """Last week of the agency (`code` None), a producer, or of what is nobody's (`unassigned`): figures and trends."""

    code: str | None
    name: str
    unassigned: bool
    metrics: dict[str, MetricFigure]
    series: dict[str, tuple[Number | None, ...]]
    on_track: bool | None


@dataclass(frozen=True, slots=True)
class Talk:
    """A red flag of a producer. `weeks`: at how many ends of weeks before last week's it stood already, 0 = new."""

    code: str
    name: str
    flag: FlagFigure
    weeks: int


class Lack(StrEnum):
    """Kinds of things that are missing."""

    SOURCE = "source"
    NEVER = "never"
    TYPED = "typed"
    NAMES = "names"
    SCORECARDS = "scorecards"
    HAND_OUT = "hand_out"
    REJECTED = "rejected"
    UNEXPLAINED = "unexplained"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing: how many, of how many, names or sources for the sentence, and whose it is by code."""

    kind: Lack
    count: int
    of: int = 0
    about: tuple[str, ...] = ()
    since: date | None = None
    whose: str | None = None


@dataclass(frozen=True, slots=True)
class StageQueue:
    """Leads that are past their stage's time, and what each of them asks for."""

    stage: str
    label: str
    action: str
    count: int


@dataclass(frozen=True, slots=True)
class ThisWeek:
    """What waits: leads nobody tried to reach, leads past their time by stage, renewals and x-dates of 30 days, and how
    many leads have a task or follow-up that is due by the end of today."""

    untouched: int
    first: tuple[str, ...]
    overdue: tuple[StageQueue, ...]
    due: Due
    follow_ups: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What changed since `since` (None: never been here): imports and typed changes, the newest first, and counts."""

    since: datetime | None
    entries: tuple[Entry, ...]
    imports: int
    edits: int


@dataclass(frozen=True, slots=True)
class Monday:
    """The whole first screen; `week` is the last complete one."""

    week: Period
    today: date
    rows: tuple[Row, ...]
    talks: tuple[Talk, ...]
    missing: tuple[Missing, ...]
    this_week: ThisWeek
    news: News
    freshness: tuple[Freshness, ...]

    @property
    def empty(self) -> bool:
        """Whether the book holds neither people nor anything to count."""
        nobody = not any(row.code for row in self.rows)
        return nobody and all(one.through is None for one in self.freshness)

    def people(self) -> list[tuple[str, str, tuple[Talk, ...]]]:
        """Those who need a talk: code, name and their flags, who has the newest flag first."""
        found: dict[tuple[str, str], list[Talk]] = {}
        for one in self.talks:
            found.setdefault((one.code, one.name), []).append(one)
        return [(code, name, tuple(flags)) for (code, name), flags in found.items()]


def monday(book: Book, now: datetime, since: datetime | None = None) -> Monday:
    """The first screen as of `now`; `since` is when it was seen last."""
    (week,) = periods.full_weeks_before(now, 1)
    past = periods.end_of(week.end)
    last, current = dashboard(book, week, past), dashboard(book, periods.week_of(now.date()), now)
    return Monday(
        week=week,
        today=now.date(),
        rows=_rows(book, last, past),
        talks=_talks(book, current, last),
        missing=_missing(book, week, current.freshness, now),
        this_week=_this_week(book, now),
        news=_news(book, since),
        freshness=current.freshness,
    )


# --- last week --------------------------------------------------------------------------------------------------------


def _rows(book: Book, found: Dashboard, past: datetime) -> tuple[Row, ...]:
    trends = weekly_series(book, found.period.end, past)
    panels = [found.agency, *(one for one in found.producers if _has_anything(one))]
    return tuple(
        Row(
            code=one.producer,
            name=one.producer_name,
            unassigned=one.unassigned,
            metrics={key: one.metrics[key] for key in HEADLINE},
            series={key: series.get(key, ()) for key in HEADLINE},
            on_track=one.month_to_date.on_track,
        )
        for one in panels
        for series in (trends.agency if one is found.agency else trends.producers.get(one.producer, {}),)
    )


def _has_anything(panel: Panel) -> bool:
    return panel.has_targets or any(panel.metrics[key].value for key in HEADLINE)


# --- who needs a talk -------------------------------------------------------------------------------------------------


def _talks(book: Book, current: Dashboard, last: Dashboard) -> tuple[Talk, ...]:
    """The flags that stand now, the newest first, those of one producer together; the agency's are nobody's talk."""
    fired = _fired(current)
    if not fired:
        return ()
    codes = {code for code, _flag in fired}
    weeks = [periods.shift_weeks(last.period, -back) for back in range(1, LOOK_BACK + 1)]
    before = [_fired_then(book, week, codes) for week in weeks]
    talks = [
        Talk(code, name, flag, _age((code, flag.id), before)) for (code, _id), (name, flag) in sorted(fired.items())
    ]
    newest: dict[str, int] = {}
    for one in talks:
        newest[one.code] = min(one.weeks, newest.get(one.code, one.weeks))
    many = Counter(one.code for one in talks)
    return tuple(sorted(talks, key=lambda one: (newest[one.code], -many[one.code], one.code, one.weeks)))


def _fired_then(book: Book, week: Period, codes: set[str]) -> set[tuple[str, str]]:
    """The flags of these producers that stood at the end of a week: code and flag."""
    reading = read(book, week, periods.end_of(week.end))
    found = set()
    for person in reading.people:
        if person.code in codes:
            weekly = [one.of(person.id) for one in reading.weekly]
            trailing = Trailing(*(one.of(person.id) for one in reading.trailing))
            flags = redflags.red_flags(situation(reading, weekly, trailing, Whose(person)))
            found |= {(person.code, flag.id) for flag in flags if flag.fired}
    return found


def _fired(found: Dashboard) -> dict[tuple[str, str], tuple[str, FlagFigure]]:
    return {
        (panel.producer, flag.id): (panel.producer_name, flag)
        for panel in found.producers
        if panel.producer is not None
        for flag in panel.red_flags
        if flag.fired
    }


def _age(key: tuple[str, str], before: Iterable[set[tuple[str, str]]]) -> int:
    weeks = 0
    for found in before:
        if key not in found:
            break
        weeks += 1
    return weeks


# --- what is missing --------------------------------------------------------------------------------------------------


def _missing(book: Book, week: Period, freshness: tuple[Freshness, ...], now: datetime) -> tuple[Missing, ...]:
    found = [
        *_stale(week, freshness),
        _names(unanswered(book)),
        *_scorecards(book, week),
        _rejected(book, now),
        _left(book, now),
        _unexplained(book, now),
    ]
    return tuple(one for one in found if one.count)


def _stale(week: Period, freshness: tuple[Freshness, ...]) -> list[Missing]:
    """Sources without a record in the last full week; those that never brought any only where figures rest on them."""
    old = [one for one in freshness if one.through is not None and one.through < week.start]
    never = [one.source for one in freshness if one.through is None and one.source in _CORE_SOURCES]
    listed = [
        Missing(Lack.TYPED if one.source in _TYPED_SOURCES else Lack.SOURCE, 1, about=(one.source,), since=one.through)
        for one in sorted(old, key=lambda one: (one.through or date.min, one.source))
    ]
    return [*listed, Missing(Lack.NEVER, len(never), about=tuple(never))]


def _names(unknown: list[UnknownName]) -> Missing:
    return Missing(Lack.NAMES, len(unknown), sum(one.rows for one in unknown), tuple(one.name for one in unknown[:3]))


def _scorecards(book: Book, week: Period) -> tuple[Missing, Missing]:
    """Those that nobody has written on, and those written on but not published yet, so not handed out."""
    name = periods.week_name(week)
    states, out = scorecards.states(book, name), published.latest(book, name)
    to_fill = [one.producer_name for one in states if not one.filled and one.producer not in out]
    to_hand_out = [one.producer_name for one in states if one.filled and one.producer not in out]
    return (
        Missing(Lack.SCORECARDS, len(to_fill), len(states), tuple(to_fill[:3])),
        Missing(Lack.HAND_OUT, len(to_hand_out), len(states), tuple(to_hand_out[:3])),
    )


def _rejected(book: Book, now: datetime) -> Missing:
    """Rows rejected when a file was last imported, within the last 30 days."""
    newest: dict[tuple[str, str | None], int] = {}
    for run in imports.history(book):
        if run.undone_at is not None or datetime.fromisoformat(run.at) < now - _REJECTS_OF:
            continue
        for file in run.files:
            newest.setdefault((file.name, file.sheet), file.rejected)
    files = [name for (name, _sheet), rejected in newest.items() if rejected]
    return Missing(Lack.REJECTED, sum(newest.values()), len(files), tuple(files[:2]))


def _unexplained(book: Book, now: datetime) -> Missing:
    span = Period(now.date() - _LOSSES_OF, now.date())
    deals = facts_lost.lost_deals(book, span, now, Scope())
    return Missing(Lack.UNEXPLAINED, sum(deal.reason is None for deal in deals), len(deals))


def _left(book: Book, now: datetime) -> Missing:
    """Open leads in the hands of people who have left, and of whom."""
    gone = [one for one in people.members(book) if not one.here_on(now.date())]
    owned = holdings.open_leads_by_owner(book, now) if gone else {}
    found = sorted((one for one in gone if one.code in owned), key=lambda one: (-owned[one.code], one.code))
    names = tuple(one.name for one in found)
    first = found[0].code if found else None
    return Missing(Lack.LEFT, sum(owned[one.code] for one in found), len(names), names[:3], whose=first)


# --- this week and since the last visit -------------------------------------------------------------------------------


def _this_week(book: Book, now: datetime) -> ThisWeek:
    waiting = leads.waiting(book, now)
    untouched = [one for one in waiting if one.untouched]
    return ThisWeek(
        untouched=len(untouched),
        first=tuple(one.lead.name for one in sorted(untouched, key=lambda one: one.lead.received_at)[-3:][::-1]),
        overdue=_queues(one for one in waiting if one.late and not one.untouched),
        due=renewals.due(book, now, _DUE_DAYS),
        follow_ups=facts_speed.due_follow_ups(book, now, periods.end_of(now.date()).isoformat(timespec="seconds")),
    )


def _queues(late: Iterable[Waiting]) -> tuple[StageQueue, ...]:
    counted = Counter((one.lead.stage, one.label, one.action) for one in late)
    order = list(leads.LABELS)
    return tuple(
        StageQueue(stage, label, action, count)
        for (stage, label, action), count in sorted(counted.items(), key=lambda item: -order.index(item[0][0]))
    )


def _news(book: Book, since: datetime | None) -> News:
    entries = journal.entries(book, _ENTRIES)
    fresh = [one for one in entries if since is None or datetime.fromisoformat(one.at) > since]
    kept = [one for one in fresh if not one.undone and one.what != "undo"]
    taken = sum(one.import_run is not None for one in kept)
    return News(since, tuple(kept), taken, len(kept) - taken)
