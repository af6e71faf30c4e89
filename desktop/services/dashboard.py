"""The producer dashboard: reads the facts once, applies the formulas of `core`, answers with frozen records.

No formula of its own, no SQL. Figures are defined in metrics.md 0 to 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import health, periods, production, redflags, team
from desktop.core.health import OpenLeads, Trailing
from desktop.core.money import half_up
from desktop.core.periods import Period
from desktop.core.pipeline import OPEN_STAGES, SALES_STAGES
from desktop.core.presence import Calendar, available_days, share_available
from desktop.core.production import ACTIVITIES, METRICS, Tally, Unit
from desktop.core.redflags import FullWeek, Prospecting, Situation
from desktop.core.targets import Target, Targets, for_period
from desktop.core.targets import total as total_of_targets
from desktop.core.team import Person
from desktop.errors import UserError
from desktop.models import facts, facts_people, facts_pipeline
from desktop.models.facts import Tallies, Window
from desktop.models.facts_pipeline import StageCount
from desktop.services import calendars
from desktop.services.figures import (
    Dashboard,
    FlagFigure,
    Freshness,
    HealthFigure,
    MetricFigure,
    MonthFigures,
    Number,
    Panel,
    StageFigure,
    WeeklySeries,
)

if TYPE_CHECKING:
    from desktop.models.book import Book

UNASSIGNED_NAME = "Unassigned"
AGENCY_NAME = "Agency"
_TRAILING = health.TRAILING_DAYS


def dashboard(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> Dashboard:
    """The figures of a period as known at `as_of`; with a producer's code only that producer's panel is listed.

    UserError for a code that nobody has.
    """
    reading = _read(book, period, as_of)
    if producer is None:
        chosen: list[Person | None] = [*_listed(reading), None]
    else:
        chosen = [_find(reading.people, producer)]
    return Dashboard(
        period=period,
        previous_period=periods.previous(period),
        as_of=as_of,
        agency=_agency_panel(reading),
        producers=tuple(_panel(reading, person) for person in chosen),
        freshness=_freshness(book, as_of),
    )


def weekly_series(book: Book, ending: date, as_of: datetime, weeks: int = 13) -> WeeklySeries:
    """Each metric by week over the `weeks` weeks up to the one that holds `ending`, for the small trend lines."""
    last = periods.week_of(ending)
    spans = tuple(periods.shift_weeks(last, number - weeks + 1) for number in range(weeks))
    found = facts.tallies(book, [Window(span, as_of) for span in spans])
    agency = [one.agency() for one in found]
    codes: dict[int | None, str | None] = {person.id: person.code for person in facts_people.people(book)}
    codes[None] = None
    return WeeklySeries(
        weeks=spans,
        agency=_series(agency, agency),
        producers={code: _series([one.of(key) for one in found], agency) for key, code in codes.items()},
    )


def _series(tallies: Sequence[Tally], agency: Sequence[Tally]) -> dict[str, tuple[Number | None, ...]]:
    """Per metric its value in each week; a week in which nobody has a record of the kind has no data."""
    return {
        metric.id: tuple(
            None if metric.id in production.SUMMED and not whole.amount(metric.id) else _value(metric.id, tally)
            for tally, whole in zip(tallies, agency, strict=True)
        )
        for metric in METRICS
    }


# --- reading ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    """All facts of one dashboard, read once."""

    period: Period
    month: Period
    as_of: datetime
    calendar: Calendar
    people: list[Person]
    targets: Targets
    current: Tallies
    previous: Tallies
    month_to_date: Tallies
    weeks: tuple[Period, ...]
    weekly: list[Tallies]
    trailing: list[Tallies]
    prospect_window: Period
    prospects: dict[int | None, int]
    open_leads: list[StageCount]
    outcomes: list[StageCount]

    @property
    def full_weeks(self) -> Period:
        """The last four full weeks as one period."""
        return Period(self.weeks[0].start, self.weeks[-1].end)


def _read(book: Book, period: Period, as_of: datetime) -> _Reading:
    month = periods.month_to_date(period)
    weeks = periods.full_weeks_before(as_of, redflags.FULL_WEEKS)
    previous = Window(periods.previous(period), periods.previous_as_of(period, as_of))
    spans = [period, month, *weeks, *_trailing_windows(as_of)]
    found = facts.tallies(book, [previous, *(Window(span, as_of) for span in spans)])
    people = facts_people.people(book)
    prospect_window = periods.trailing(as_of, redflags.PROSPECT_DAYS)
    return _Reading(
        period=period,
        month=month,
        as_of=as_of,
        calendar=calendars.calendar(book, min(span.start for span in spans), max(span.end for span in spans)),
        people=people,
        targets=Targets(facts_people.target_rules(book, people)),
        current=found[1],
        previous=found[0],
        month_to_date=found[2],
        weeks=weeks,
        weekly=found[3 : 3 + len(weeks)],
        trailing=found[3 + len(weeks) :],
        prospect_window=prospect_window,
        prospects=facts_pipeline.new_prospects(book, prospect_window, as_of),
        open_leads=facts_pipeline.open_leads(book, as_of),
        outcomes=facts_pipeline.outcomes(book, period, as_of),
    )


def _trailing_windows(as_of: datetime) -> tuple[Period, ...]:
    """The last 90 days, the 90 before, the last 30, the 90 before those."""
    last, sudden = periods.trailing(as_of, _TRAILING), periods.trailing(as_of, health.SUDDEN_DAYS)
    return (last, _before(last), sudden, _before(sudden))


def _before(window: Period) -> Period:
    return periods.trailing(window.start - timedelta(days=1), _TRAILING)


def _find(people: Iterable[Person], code: str) -> Person:
    for person in people:
        if person.code.casefold() == code.strip().casefold():
            return person
    raise UserError(f"There is no producer with the code “{code}”.", "Check the code on the producers page.")


def _listed(reading: _Reading) -> list[Person]:
    seen = (reading.current, reading.month_to_date)
    with_records = {key for found in seen for key, tally in found.whole.items() if not tally.empty}
    with_records |= {count.producer for count in (*reading.open_leads, *reading.outcomes)}
    return team.listed(reading.people, reading.period, with_records)


def _freshness(book: Book, as_of: datetime) -> tuple[Freshness, ...]:
    found = facts_pipeline.last_records(book, as_of)
    return tuple(Freshness(source, None if day is None else date.fromisoformat(day)) for source, day in found.items())


# --- panels -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Own:
    """What of a reading belongs to one panel."""

    current: Tally
    automatic: Tally
    previous: Tally
    month: Tally
    weekly: list[Tally]
    trailing: Trailing
    stages: list[StageCount]


def _panel(reading: _Reading, person: Person | None) -> Panel:
    """The panel of a person, or of what belongs to nobody."""
    key = None if person is None else person.id
    own = _Own(
        current=reading.current.of(key),
        automatic=reading.current.automatic_of(key),
        previous=reading.previous.of(key),
        month=reading.month_to_date.of(key),
        weekly=[found.of(key) for found in reading.weekly],
        trailing=Trailing(*(found.of(key) for found in reading.trailing)),
        stages=[count for count in (*reading.open_leads, *reading.outcomes) if count.producer == key],
    )
    has_targets = person is not None and person.produces_in(reading.period)
    asked = _Asked(reading, person if has_targets else None)
    flags = redflags.unjudged() if person is None else redflags.red_flags(_situation(reading, own, person))
    return Panel(
        producer=None if person is None else person.code,
        producer_name=UNASSIGNED_NAME if person is None else person.name,
        unassigned=person is None,
        has_targets=has_targets,
        metrics=_metrics(own, asked),
        automatic_share=_rate(production.automatic_share_in_all(own.current, own.automatic)),
        month_to_date=_month(reading, own, asked),
        pipeline=_stages(own.stages),
        health=_health(own),
        red_flags=_flags(flags),
    )


def _agency_panel(reading: _Reading) -> Panel:
    own = _Own(
        current=reading.current.agency(),
        automatic=reading.current.agency_automatic(),
        previous=reading.previous.agency(),
        month=reading.month_to_date.agency(),
        weekly=[found.agency() for found in reading.weekly],
        trailing=Trailing(*(found.agency() for found in reading.trailing)),
        stages=[*reading.open_leads, *reading.outcomes],
    )
    asked = _Asked(reading, None, agency=True)
    return Panel(
        producer=None,
        producer_name=AGENCY_NAME,
        unassigned=False,
        has_targets=True,
        metrics=_metrics(own, asked),
        automatic_share=_rate(production.automatic_share_in_all(own.current, own.automatic)),
        month_to_date=_month(reading, own, asked),
        pipeline=_stages(own.stages),
        health=_health(own),
        red_flags=_flags(redflags.red_flags(_situation(reading, own, None))),
    )


class _Asked:
    """Whose targets a panel shows: one person's, the agency's, or nobody's."""

    def __init__(self, reading: _Reading, person: Person | None, *, agency: bool = False) -> None:
        self._reading = reading
        self._person = person
        self._agency = agency

    def target(self, metric: str, period: Period, on: date) -> Target | None:
        """The target over a period by the rule in effect on a day."""
        if self._agency:
            return self._of_agency(metric, period, on)
        return None if self._person is None else self._of(self._person, metric, period, on)

    def _of(self, person: Person, metric: str, period: Period, on: date) -> Target | None:
        rule = self._reading.targets.of_producer(metric, person.id, person.level, on)
        share = share_available(period, person.presence, self._reading.calendar)
        return for_period(rule, period, share)

    def _of_agency(self, metric: str, period: Period, on: date) -> Target | None:
        if production.METRIC[metric].is_ratio:
            return for_period(self._reading.targets.of_agency(metric, on), period, Fraction(1))
        active = (person for person in self._reading.people if person.counts_in_agency(period))
        return total_of_targets(self._of(person, metric, period, on) for person in active)

    def over_period(self, metric: str) -> Target | None:
        """The target over the dashboard's period."""
        return self.target(metric, self._reading.period, self._reading.period.end)

    def over_month(self, metric: str) -> int | None:
        """The target over the whole month of the month-to-date figures."""
        found = self.target(metric, periods.month_of(self._reading.month.start), self._reading.month.end)
        return None if found is None else int(found.value)


# --- parts of a panel -------------------------------------------------------------------------------------------------


def _metrics(own: _Own, asked: _Asked) -> dict[str, MetricFigure]:
    figures = {}
    for metric in METRICS:
        target = asked.over_period(metric.id)
        figures[metric.id] = MetricFigure(
            id=metric.id,
            value=_value(metric.id, own.current),
            target=None if target is None else _number(target.value),
            stretch=None if target is None else _number(target.stretch),
            hit=production.hit(production.value(metric.id, own.current), None if target is None else target.value),
            automatic_share=_rate(production.automatic_share(metric.id, own.current, own.automatic)),
            previous=_value(metric.id, own.previous),
        )
    return figures


def _value(metric: str, tally: Tally) -> Number | None:
    value = production.value(metric, tally)
    if value is not None and production.METRIC[metric].unit is Unit.MEAN_MONEY:
        return half_up(value)
    return _number(value)


def _number(value: int | Fraction | None) -> Number | None:
    return float(value) if isinstance(value, Fraction) else value


def _rate(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _month(reading: _Reading, own: _Own, asked: _Asked) -> MonthFigures:
    month, calendar = reading.month, reading.calendar
    premium_target = asked.over_month("new_premium")
    elapsed, whole = calendar.working_days(month), calendar.working_days(periods.month_of(month.start))
    return MonthFigures(
        period=month,
        policies_written=own.month.policies_written,
        policies_target=asked.over_month("policies_written"),
        new_premium=own.month.new_premium,
        premium_target=premium_target,
        close_rate=_rate(production.close_rate(own.month)),
        on_track=production.on_track(own.month.new_premium, premium_target, elapsed, whole),
    )


def _stages(counts: Sequence[StageCount]) -> tuple[StageFigure, ...]:
    return tuple(
        StageFigure(
            stage=stage.key,
            count=sum(count.count for count in counts if count.stage == stage.key),
            premium=sum(count.premium for count in counts if count.stage == stage.key),
            action=stage.action,
        )
        for stage in SALES_STAGES
    )


def _health(own: _Own) -> tuple[HealthFigure, ...]:
    leads = OpenLeads(
        open=sum(count.count for count in own.stages if count.stage in OPEN_STAGES),
        prospects=sum(count.count for count in own.stages if count.stage == "prospect"),
        stuck_in_quoted=sum(count.stuck for count in own.stages),
    )
    return tuple(
        HealthFigure(
            id=found.id,
            fired=found.fired,
            value=_rate(found.value),
            limit=float(found.limit),
            label=health.HEALTH[found.id].label,
            reading=health.HEALTH[found.id].reading,
        )
        for found in health.pipeline_health(leads, own.trailing)
    )


def _flags(flags: Iterable[redflags.RedFlag]) -> tuple[FlagFigure, ...]:
    return tuple(
        FlagFigure(flag.id, flag.fired, flag.evidence, flag.rule.label, flag.rule.meaning, flag.rule.action)
        for flag in flags
    )


def _situation(reading: _Reading, own: _Own, person: Person | None) -> Situation:
    """What the red flags of a person, or (None) of the agency, are judged by."""
    on, span = reading.full_weeks.end, reading.full_weeks
    judged = person is None or person.produces_in(span)
    asked = _Asked(reading, person if judged else None, agency=person is None)
    targets = {kind: asked.target(kind, span, on) for kind in ACTIVITIES}
    return Situation(
        weeks=[
            FullWeek(week.start, tally, _available(reading, person, week), _kinds(found.agency()))
            for week, tally, found in zip(reading.weeks, own.weekly, reading.weekly, strict=True)
        ],
        trailing=own.trailing,
        prospecting=_prospecting(reading, person),
        targets={kind: int(target.value) for kind, target in targets.items() if target is not None},
        daily_targets=_daily_targets(reading, person, on) if judged else {},
        stretch=_stretch(reading, person),
    )


def _kinds(agency: Tally) -> frozenset[str]:
    return frozenset(kind for kind in ACTIVITIES if agency.amount(kind))


def _available(reading: _Reading, person: Person | None, week: Period) -> Fraction:
    """Working days available to a person; to the agency those of all its producers (of nobody known: one person's)."""
    if person is not None:
        return available_days(week, person.presence, reading.calendar)
    active = [one for one in reading.people if one.counts_in_agency(week)]
    if not reading.people:
        return Fraction(reading.calendar.working_days(week))
    return sum((available_days(week, one.presence, reading.calendar) for one in active), Fraction(0))


def _daily_targets(reading: _Reading, person: Person | None, on: date) -> dict[str, Fraction]:
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


def _stretch(reading: _Reading, person: Person | None) -> Fraction | None:
    """The close-rate stretch of a producer's level, of the agency its own; None for those without targets."""
    on = reading.as_of.date()
    if person is None:
        rule = reading.targets.of_agency("close_rate", on)
    elif person.is_producer:
        rule = reading.targets.of_level("close_rate", person.level, on)
    else:
        rule = None
    return None if rule is None else rule.stretch


def _prospecting(reading: _Reading, person: Person | None) -> Prospecting:
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
