"""Daily work: activity score, calls, talk, leads worked, and what nobody has touched (metrics.md 4, section 7).

Formulas over what each producer did on each day. Working days are those of the period that have begun at `as_of`.
Must not know where activities are stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from desktop.core.kpis.definition import Number
from desktop.core.kpis.leads import Owners, Waiting, is_whose
from desktop.core.kpis.reading import (
    NUMERATOR,
    Asked,
    Drawn,
    Item,
    KpiReading,
    Whose,
    duration,
    per_of,
    sum_of,
)
from desktop.core.money import exact, ratio
from desktop.core.periods import Period
from desktop.core.presence import Calendar

_WEEK = 7
_MICRO = 1_000_000
"""Minutes of a day are sums of floats; what lies behind their sixth place is noise."""
_HOURS = (72, 14 * 24)
"""After how many hours without a touch a case is one for the manager, and after how many it is an old one."""


class DayWork(NamedTuple):
    """What one producer (None: nobody) did on a day: outbound, bulk left out; calls talked either way.

    `worked`: how many different leads had an outbound activity; `reached`: the same with those of bulk messages, which
    7.4 does not leave out as 7.1 does. `untimed`: how many of the calls talked came without minutes.
    """

    day: str
    producer: int | None
    calls: int
    texts: int
    emails: int
    meetings: int
    worked: int
    talked: int
    minutes: float
    reached: int = 0
    untimed: int = 0


class Untouched(NamedTuple):
    """An open lead or exception with the last time that anything happened to it."""

    table: str
    row: int
    key: str
    stage: str
    since: str
    owners: Owners


class OpenCase(NamedTuple):
    """A service case that is not over: its latest entry, the policy or lead it stands on, that lead and client."""

    row: int
    pipeline: str
    stage: str
    entered_at: str
    subject: str
    lead: str | None
    client: str | None
    owners: Owners


_OPEN = ("new_exception", "working")

Weights = Mapping[str, float]
"""By `call`, `text`, `email`, `lead_worked`, `meeting_held`."""


def working_days(asked: Asked, calendar: Calendar) -> int:
    """Working days of the period that have begun at `as_of`."""
    if asked.last_day < asked.period.start:
        return 0
    return calendar.working_days(Period(asked.period.start, asked.last_day))


def done_in(work: Sequence[DayWork], asked: Asked) -> list[DayWork]:
    """What those asked for did in the period; `work` in order of the day."""
    return _within(work, asked.whose, asked.period.start, asked.last_day)


def _within(work: Sequence[DayWork], whose: Whose, first: date, last: date) -> list[DayWork]:
    start = bisect_left(work, first.isoformat(), key=_DAY)
    found = work[start : bisect_right(work, last.isoformat(), lo=start, key=_DAY)]
    return list(found) if whose.everybody else [one for one in found if one.producer == whose.producer]


_DAY = attrgetter("day")


def points(work: Sequence[DayWork], weights: Weights) -> Fraction:
    """The weighted sum of what was done."""
    counts = {
        "call": sum(one.calls for one in work),
        "text": sum(one.texts for one in work),
        "email": sum(one.emails for one in work),
        "lead_worked": sum(one.worked for one in work),
        "meeting_held": sum(one.meetings for one in work),
    }
    return sum((exact(weights[name]) * count for name, count in counts.items()), Fraction(0))


def activity_score(
    work: Sequence[DayWork], asked: Asked, calendar: Calendar, weights: Weights, team: Collection[int]
) -> KpiReading:
    """7.1: points / working days; today's, the mean of the last seven days, and the rank in the team."""
    days = working_days(asked, calendar)

    def detail() -> dict[str, object]:
        today = asked.as_of.date()
        week = points(_within(work, asked.whose, today - timedelta(days=_WEEK - 1), today), weights)
        return {
            "today": points(_within(work, asked.whose, today, today), weights),
            "mean_7_days": week / _WEEK,
            "rank": _rank(work, asked, weights, team),
        }

    return per_of(points(done_in(work, asked), weights), days, detail)


def _rank(work: Sequence[DayWork], asked: Asked, weights: Weights, team: Collection[int]) -> int | None:
    """1 for the most points in the period; equals share a rank. None for the agency and who is not of the team."""
    if asked.whose.producer not in team:
        return None
    done: dict[int | None, list[DayWork]] = {member: [] for member in team}
    for one in done_in(work, Asked(asked.period, asked.as_of)):
        if one.producer in done:
            done[one.producer].append(one)
    scores = {member: points(rows, weights) for member, rows in done.items()}
    return 1 + sum(score > scores[asked.whose.producer] for score in scores.values())


def calls_per_day(work: Sequence[DayWork], asked: Asked, calendar: Calendar) -> KpiReading:
    """7.2: outbound calls / working days; all of them, and those of an average week."""
    total = sum(one.calls for one in done_in(work, asked))
    spent = (asked.last_day - asked.period.start).days + 1

    def detail() -> dict[str, object]:
        weekly = Fraction(total * _WEEK, spent) if spent > 0 else None
        return {"total": total, "weekly_average": weekly}

    return per_of(total, working_days(asked, calendar), detail)


def talk_minutes_per_day(
    work: Sequence[DayWork], asked: Asked, calendar: Calendar, business_minutes: Callable[[], Number]
) -> KpiReading:
    """7.3: minutes of connected calls / working days; the mean call, and the share of the business hours so far.

    A connected call without minutes counts as a call of none; how many these are stands beside the mean.
    """
    done = done_in(work, asked)
    minutes = Fraction(sum(round(one.minutes * _MICRO) for one in done), _MICRO)

    def detail() -> dict[str, object]:
        return {
            "mean_call_minutes": duration(ratio(minutes, sum(one.talked for one in done))),
            "talk_share": ratio(minutes, Fraction(business_minutes())),
            "calls_without_minutes": sum(one.untimed for one in done),
        }

    return per_of(minutes, working_days(asked, calendar), detail)


def leads_worked(
    work: Sequence[DayWork], asked: Asked, calendar: Calendar, open_leads: Callable[[], int]
) -> KpiReading:
    """7.4: mean over the working days of the leads with an outbound activity that day, against the open leads."""
    days = working_days(asked, calendar)
    free = set(calendar.working(Period(asked.period.start, asked.last_day))) if days else set()
    total = sum(one.reached for one in done_in(work, asked) if date.fromisoformat(one.day) in free)
    return per_of(total, days, lambda: {"open_leads": open_leads()})


def standing(leads: Iterable[Waiting], touches: Mapping[str, Sequence[str]], as_of: str) -> list[Untouched]:
    """Open leads with the last activity (`touches`: of each lead in order of time) or stage move up to a moment."""
    found = []
    for one in leads:
        moments = touches.get(one.lead_id, ())
        count = bisect_right(moments, as_of)
        since = max(one.entered_at, moments[count - 1]) if count else one.entered_at
        found.append(Untouched("leads", one.row, one.lead_id, one.stage, since, one.owners))
    return found


def latest_open(entries: Iterable[OpenCase], as_of: str) -> list[OpenCase]:
    """Of the exceptions' entries in order of time the latest of each policy or lead, where it is not an end."""
    found: dict[str, OpenCase] = {}
    for one in entries:
        if one.entered_at > as_of:
            break
        found[one.subject] = one
    return [one for one in found.values() if one.stage in _OPEN]


def manager_alerts(cases: Iterable[Untouched], asked: Asked) -> KpiReading:
    """7.5: open leads and exceptions that nothing has happened to for more than 72 hours, and for 14 days."""
    limits = [(asked.as_of - timedelta(hours=hours)).isoformat() for hours in _HOURS]
    alerts = [one for one in cases if is_whose(one.owners, asked) and _moment(one.since) < limits[0]]

    def detail() -> dict[str, object]:
        return {
            "over_72_hours": len(alerts),
            "over_14_days": sum(_moment(one.since) < limits[1] for one in alerts),
            "rows": [
                {"table": one.table, "key": one.key, "stage": one.stage, "since": one.since}
                for one in sorted(alerts, key=lambda one: (one.since, one.table, one.key))
            ],
        }

    return sum_of([Item(one.table, one.row, one.since) for one in alerts], detail)


def _moment(text: str) -> str:
    return text if len(text) > len("2026-01-01") else f"{text}T00:00:00"


# --- records ----------------------------------------------------------------------------------------------------------


class Act(NamedTuple):
    """One activity as the score counts it: `kind` as in `Weights`, `times` how often, `lead` the one it is about."""

    row: int
    at: str
    producer: int | None
    kind: str
    times: int
    lead: str | None
    minutes: float


def score_records(acts: Iterable[Act], weights: Weights) -> list[Drawn]:
    """Each activity with its points; the first on a lead and day by somebody also brings those of a lead worked."""
    weight = {name: exact(value) for name, value in weights.items()}
    met: set[tuple[str, int | None, str]] = set()
    found = []
    for one in acts:
        amount = weight.get(one.kind, Fraction(0)) * one.times
        if one.lead is not None and (mark := (one.at[:10], one.producer, one.lead)) not in met:
            met.add(mark)
            amount += weight["lead_worked"]
        if amount:
            found.append(Drawn(NUMERATOR, "activities", one.row, amount, one.at))
    return found


def worked_records(acts: Iterable[Act], days: Collection[date]) -> list[Drawn]:
    """The first activity on each lead, by somebody and working day."""
    met: set[tuple[str, int | None, str]] = set()
    found = []
    for one in acts:
        if one.lead is None or date.fromisoformat(one.at[:10]) not in days:
            continue
        if (mark := (one.at[:10], one.producer, one.lead)) not in met:
            met.add(mark)
            found.append(Drawn(NUMERATOR, "activities", one.row, 1, one.at))
    return found
