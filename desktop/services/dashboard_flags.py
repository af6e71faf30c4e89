"""What the red flags of a producer, or of the agency, are judged by: gathered from a dashboard's reading."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from desktop.core.health import Trailing
from desktop.core.periods import Period
from desktop.core.presence import available_days
from desktop.core.production import ACTIVITIES, Tally
from desktop.core.redflags import FullWeek, Prospecting, Situation
from desktop.core.team import Person
from desktop.services.dashboard_reading import Asked, Reading, Whose


def situation(reading: Reading, weekly: Sequence[Tally], trailing: Trailing, whose: Whose) -> Situation:
    """What the red flags of a panel are judged by."""
    on, span = reading.full_weeks.end, reading.full_weeks
    people = whose.people(reading, span if whose.agency else reading.period)
    asked = Asked(reading, people, whose.agency)
    targets = {kind: asked.target(kind, span, on) for kind in ACTIVITIES}
    gaps = any(not kinds.issuperset(ACTIVITIES) for kinds in reading.weekly_kinds)
    return Situation(
        weeks=[
            FullWeek(
                start=week.start,
                tally=tally,
                available=_available(reading, whose, week),
                kinds=kinds,
                asked=_asked(reading, people, week) if gaps else {},
            )
            for week, tally, kinds in zip(reading.weeks, weekly, reading.weekly_kinds, strict=True)
        ],
        trailing=trailing,
        prospecting=_prospecting(reading, whose),
        targets={kind: int(target.value) for kind, target in targets.items() if target is not None},
        stretch=_stretch(reading, whose),
    )


def _available(reading: Reading, whose: Whose, week: Period) -> Fraction:
    """Working days available: a person's, the sum of the agency's producers', else the agency's own."""
    if whose.person is not None:
        return available_days(week, whose.person.presence, reading.calendar)
    people = whose.people(reading, week)
    if not people:
        return Fraction(reading.calendar.working_days(week))
    return sum((available_days(week, one.presence, reading.calendar) for one in people), Fraction(0))


def _asked(reading: Reading, people: Sequence[Person], week: Period) -> dict[str, Fraction]:
    """The week's activity targets of these people, each reduced by days away, unrounded."""
    sums = dict.fromkeys(ACTIVITIES, Fraction(0))
    for one in people:
        share = reading.share(one, week)
        for kind in ACTIVITIES:
            rule = reading.targets.of_producer(kind, one.id, one.level, reading.full_weeks.end)
            sums[kind] += Fraction(0) if rule is None else rule.target * share
    return sums


def _stretch(reading: Reading, whose: Whose) -> Fraction | None:
    """The close-rate stretch of a producer's level; None for the agency and others, who have no level."""
    person = whose.person
    if person is None or not person.is_producer:
        return None
    rule = reading.targets.of_level("close_rate", person.level, reading.as_of.date())
    return None if rule is None else rule.stretch


def _prospecting(reading: Reading, whose: Whose) -> Prospecting:
    whole, person = sum(reading.prospects.values()), whose.person
    if whose.agency:
        return Prospecting(whole, whole)
    if person is None:
        return Prospecting(reading.prospects.get(None, 0), whole)
    window, presence = reading.prospect_window, person.presence
    employed_longer = presence.hired_on is None or presence.hired_on < window.start
    there = available_days(window, presence, reading.calendar) > 0
    expected = person.works_on(reading.as_of.date()) and employed_longer and there
    return Prospecting(reading.prospects.get(person.id, 0), whole, expected)
