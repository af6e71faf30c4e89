"""The producer dashboard: reads the facts once, applies the formulas of `core`, answers with frozen records.

No formula of its own, no SQL. Figures are defined in metrics.md 0 to 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import health, periods, production, redflags, team
from desktop.core.health import OpenLeads, Trailing
from desktop.core.money import half_up
from desktop.core.periods import Period
from desktop.core.pipeline import OPEN_STAGES, SALES_STAGES
from desktop.core.production import METRICS, Tally, Unit
from desktop.core.team import Person
from desktop.errors import UserError
from desktop.models import facts, facts_people, facts_pipeline
from desktop.models.facts import Window
from desktop.models.facts_pipeline import StageCount
from desktop.services.dashboard_flags import situation
from desktop.services.dashboard_reading import Asked, Reading, Whose, read
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


def dashboard(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> Dashboard:
    """The figures of a period as known at `as_of`; with a producer's code only that producer's panel is listed.

    UserError for a code that nobody has.
    """
    reading = read(book, period, as_of)
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
        freshness=freshness(book, as_of),
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


def _find(people: Iterable[Person], code: str) -> Person:
    for person in people:
        if person.code.casefold() == code.strip().casefold():
            return person
    raise UserError(f"There is no producer with the code “{code}”.", "Check the code on the producers page.")


def _listed(reading: Reading) -> list[Person]:
    seen = (reading.current, reading.month_to_date)
    with_records = {key for found in seen for key, tally in found.whole.items() if not tally.empty}
    with_records |= {count.producer for count in (*reading.open_leads, *reading.outcomes)}
    return team.listed(reading.people, reading.period, with_records)


def freshness(book: Book, as_of: datetime) -> tuple[Freshness, ...]:
    """Through which day each source has records at `as_of` (metrics.md 0)."""
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


def _panel(reading: Reading, person: Person | None) -> Panel:
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
    return _assemble(reading, own, Whose(person))


def _agency_panel(reading: Reading) -> Panel:
    own = _Own(
        current=reading.current.agency(),
        automatic=reading.current.agency_automatic(),
        previous=reading.previous.agency(),
        month=reading.month_to_date.agency(),
        weekly=[found.agency() for found in reading.weekly],
        trailing=Trailing(*(found.agency() for found in reading.trailing)),
        stages=[*reading.open_leads, *reading.outcomes],
    )
    return _assemble(reading, own, Whose(agency=True))


def _assemble(reading: Reading, own: _Own, whose: Whose) -> Panel:
    person, people = whose.person, whose.people(reading, reading.period)
    asked = Asked(reading, people, whose.agency)
    nobody = AGENCY_NAME if whose.agency else UNASSIGNED_NAME
    return Panel(
        producer=None if person is None else person.code,
        producer_name=nobody if person is None else person.name,
        unassigned=person is None and not whose.agency,
        has_targets=whose.agency or bool(people),
        metrics=_metrics(own, asked),
        automatic_share=_rate(production.automatic_share_in_all(own.current, own.automatic)),
        month_to_date=_month(reading, own, asked),
        pipeline=_stages(own.stages),
        health=_health(own),
        red_flags=_flags(redflags.red_flags(situation(reading, own.weekly, own.trailing, whose))),
    )


# --- parts of a panel -------------------------------------------------------------------------------------------------


def _metrics(own: _Own, asked: Asked) -> dict[str, MetricFigure]:
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


def _month(reading: Reading, own: _Own, asked: Asked) -> MonthFigures:
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
