"""What the red flags of a producer, or of the agency, are judged by: gathered from a dashboard's reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from desktop.core.health import Trailing
from desktop.core.periods import Period
from desktop.core.presence import available_days
from desktop.core.production import ACTIVITIES, Tally
from desktop.core.redflags import FullWeek, Prospecting, Situation
from desktop.core.team import Person
from desktop.services.dashboard_reading import Asked, Reading


def situation(reading: Reading, weekly: Sequence[Tally], trailing: Trailing, person: Person | None) -> Situation:
    """What the red flags of a person, or (None) of the agency, are judged by."""
    on, span = reading.full_weeks.end, reading.full_weeks
    judged = person is None or person.produces_in(span)
    asked = Asked(reading, person if judged else None, agency=person is None)
    targets = {kind: asked.target(kind, span, on) for kind in ACTIVITIES}
    return Situation(
        weeks=[
            FullWeek(week.start, tally, _available(reading, person, week), _kinds(found.agency()))
            for week, tally, found in zip(reading.weeks, weekly, reading.weekly, strict=True)
        ],
        trailing=trailing,
        prospecting=_prospecting(reading, person),
        targets={kind: int(target.value) for kind, target in targets.items() if target is not None},
        daily_targets=_daily_targets(reading, person, on) if judged else {},
        stretch=_stretch(reading, person),
    )


def _kinds(agency: Tally) -> frozenset[str]:
    return frozenset(kind for kind in ACTIVITIES if agency.amount(kind))


def _available(reading: Reading, person: Person | None, week: Period) -> Fraction:
    """Working days available to a person; to the agency those of all its producers (of nobody known: one person's)."""
    if person is not None:
        return available_days(week, person.presence, reading.calendar)
    active = [one for one in reading.people if one.counts_in_agency(week)]
    if not reading.people:
        return Fraction(reading.calendar.working_days(week))
    return sum((available_days(week, one.presence, reading.calendar) for one in active), Fraction(0))


def _daily_targets(reading: Reading, person: Person | None, on: date) -> dict[str, Fraction]:
    """What one working day asks for; for the agency the mean of its producers' days."""
    asked = [person] if person is not None else [p for p in reading.people if p.counts_in_agency(reading.full_weeks)]
    days = len(reading.calendar.hours) * len(asked)
    if not days:
        return {}
    sums = {kind: Fraction(0) for kind in ACTIVITIES}
    for one in asked:
        for kind in ACTIVITIES:
            rule = reading.targets.of_producer(kind, one.id, one.level, on)
            sums[kind] += Fraction(0) if rule is None else rule.target
    return {kind: amount / days for kind, amount in sums.items()}


def _stretch(reading: Reading, person: Person | None) -> Fraction | None:
    """The close-rate stretch of a producer's level, of the agency its own; None for those without targets."""
    on = reading.as_of.date()
    if person is None:
        rule = reading.targets.of_agency("close_rate", on)
    elif person.is_producer:
        rule = reading.targets.of_level("close_rate", person.level, on)
    else:
        rule = None
    return None if rule is None else rule.stretch


def _prospecting(reading: Reading, person: Person | None) -> Prospecting:
    whole = sum(reading.prospects.values())
    if person is None:
        return Prospecting(whole, whole)
    window, presence = reading.prospect_window, person.presence
    employed_longer = presence.hired_on is None or presence.hired_on < window.start
    expected = (
        person.works_on(reading.as_of.date())
        and employed_longer
        and available_days(window, presence, reading.calendar) > 0
    )
    return Prospecting(reading.prospects.get(person.id, 0), whole, expected)
