"""The KPIs: reads each topic's facts once, asks the readers, holds the values against targets and bands.

No formula of its own, no SQL. Figures are defined in metrics.md 4; what a value is held against in 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.core import kpis as catalog
from desktop.core import periods, team
from desktop.core.kpis.definition import (
    Basis,
    Cents,
    Corridor,
    Kpi,
    KpiFigure,
    Number,
    Status,
    Unit,
    Yardstick,
    band_status,
)
from desktop.core.kpis.reading import NOTHING, Asked, KpiReading, Whose
from desktop.core.money import half_up
from desktop.core.periods import Period
from desktop.core.team import Person
from desktop.errors import UserError
from desktop.services import kpi_readers_activity, kpi_readers_book, kpi_readers_leads
from desktop.services.found_records import UNASSIGNED
from desktop.services.kpi_facts import KpiFacts, Reader, facts_of, passing_facts, takes_long
from desktop.services.kpi_targets import yardstick

if TYPE_CHECKING:
    from desktop.models.book import Book

TREND = 13
"""Periods of a trend: the one asked for, and those before it."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {**kpi_readers_leads.READERS, **kpi_readers_activity.READERS, **kpi_readers_book.READERS}
)
"""By KPI id."""

_ACTIVITY = "7"
_DONE_DAILY = ("activity_score", "calls_per_day", "talk_minutes_per_day", "leads_worked")
"""KPIs that are 0 where nothing was recorded: a period without a record of anybody's has no data."""
_SELDOM = "exception_rate"
"""A period may well be without one, but an agency that never records any keeps no such pipeline."""

AGENCY_NAME = "Agency"
UNASSIGNED_NAME = "Unassigned"


@dataclass(frozen=True, slots=True)
class KpiPage:
    """The KPIs of a period as known at `as_of`: one producer's, or everybody's or nobody's (`producer` None)."""

    period: Period
    as_of: datetime
    producer: str | None
    producer_name: str
    basis: Basis
    kpis: tuple[KpiFigure, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a trend; `value` is None, too, where nobody in the agency has a record of the kind.

    `target` is the one of its day.
    """

    period: Period
    as_of: datetime
    value: Number | None
    target: Number | None
    numerator: Number | None
    denominator: Number | None
    status: Status


@dataclass(frozen=True, slots=True)
class Card:
    """A KPI with its way over the last periods, oldest first (None: no data), and how it changed since the last.

    A period of which nobody in the agency has a record of the kind has no data, even where its figure is 0.
    `targets` are those of the same periods, each as it stood then.
    """

    figure: KpiFigure
    trend: tuple[Number | None, ...]
    targets: tuple[Number | None, ...]
    change: Number | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show: such cards come last and name the report that fills them."""
        return all(one is None for one in self.trend)

    @property
    def silent(self) -> bool:
        """Whether there is nothing in the last period, whatever earlier ones have: such cards come after the others."""
        return self.trend[-1] is None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One producer's figures beside the others'; the last row is what belongs to nobody (`producer` None)."""

    producer: str | None
    producer_name: str
    figures: Mapping[str, KpiFigure]


def kpis(
    book: Book,
    period: Period,
    as_of: datetime,
    producer: str | None = None,
    basis: Basis = Basis.COHORT,
    ids: Iterable[str] | None = None,
) -> KpiPage:
    """The KPIs asked for (all of them without `ids`) in the document's order, with the previous period's values.

    UserError for an id or a producer's code that there is not; `UNASSIGNED` asks for what belongs to nobody.
    """
    chosen = chosen_kpis(ids)
    facts = facts_for(book, _spans(period, as_of, 2))
    whose, name = asked_whose(facts, producer)
    code = next((one.code for one in facts.people if one.id == whose.producer), None)
    asked = Asked(period, as_of, whose, basis)
    return KpiPage(period, as_of, code, name, basis, tuple(figure(facts, one, asked) for one in chosen))


def kpi_trend(
    book: Book,
    kpi_id: str,
    period: Period,
    as_of: datetime,
    producer: str | None = None,
    basis: Basis = Basis.COHORT,
    count: int = TREND,
) -> tuple[TrendPoint, ...]:
    """A KPI over the period and those before it, oldest first, each as known equally late. UserErrors as `kpis`."""
    (one,) = chosen_kpis([kpi_id])
    spans = _spans(period, as_of, count)
    facts = facts_for(book, spans)
    whose, _name = asked_whose(facts, producer)
    questions = [Asked(span, seen, whose, basis) for span, seen in reversed(spans)]
    told = zip(questions, _told(facts, one, questions), strict=True)
    return tuple(_point(facts, one, asked, value) for asked, value in told)


def _point(facts: KpiFacts, kpi: Kpi, asked: Asked, value: Number | None) -> TrendPoint:
    found, held = reading(facts, kpi, asked), yardstick(facts, kpi, asked)
    status = band_status(value, held)
    return TrendPoint(asked.period, asked.as_of, value, _target(kpi, held), found.numerator, found.denominator, status)


def _told(facts: KpiFacts, kpi: Kpi, questions: Sequence[Asked]) -> list[Number | None]:
    """A KPI's values, None where there is no data: a 0 that nobody has a record for is none."""
    values = [reading(facts, kpi, asked).value for asked in questions]
    if kpi.id not in (*_DONE_DAILY, _SELDOM):
        return values
    counted = [bool(reading(facts, kpi, replace(asked, whose=Whose())).numerator) for asked in questions]
    if kpi.id == _SELDOM:
        return values if any(counted) else [None] * len(values)
    return [value if there else None for value, there in zip(values, counted, strict=True)]


def kpi_cards(
    book: Book,
    period: Period,
    as_of: datetime,
    producer: str | None = None,
    basis: Basis = Basis.COHORT,
    ids: Iterable[str] = catalog.CARDS,
    *,
    with_detail: bool = True,
) -> list[Card]:
    """The 20 cards in the document's order, those without data in the period after the others, those without any last.

    UserErrors as `kpis`.

    Without `with_detail` their figures have no details, which take as long as the rest.
    """
    spans = _spans(period, as_of, TREND)
    facts = facts_for(book, spans)
    return _cards(facts, ids, _questions(facts, spans, producer, basis), with_detail=with_detail)


def first_cards(
    book: Book,
    period: Period,
    as_of: datetime,
    producer: str | None = None,
    basis: Basis = Basis.COHORT,
    ids: Iterable[str] = catalog.CARDS,
) -> list[Card] | None:
    """`kpi_cards` of two periods alone, for which less is read; None where those of the whole trend are soon there.

    Their trends are as long, with nothing in earlier periods; a card without data may yet have some, and is left out.
    UserErrors as `kpis`.
    """
    spans = _spans(period, as_of, TREND)
    if not takes_long(book, min(span.start for span, _ in spans), as_of):
        return None
    known = spans[:2]
    facts = passing_facts(book, min(span.start for span, _ in known), as_of)
    cards = _cards(facts, ids, _questions(facts, known, producer, basis), with_detail=False)
    earlier = [None] * (len(spans) - len(known))
    facts.let_go()
    return [
        replace(card, trend=(*earlier, *card.trend), targets=(*card.targets[:1] * len(earlier), *card.targets))
        for card in cards
        if not card.empty
    ]


def _questions(
    facts: KpiFacts, spans: Iterable[tuple[Period, datetime]], producer: str | None, basis: Basis
) -> list[Asked]:
    whose, _name = asked_whose(facts, producer)
    return [Asked(span, seen, whose, basis) for span, seen in spans]


def _cards(facts: KpiFacts, ids: Iterable[str], questions: Sequence[Asked], *, with_detail: bool) -> list[Card]:
    cards = [_card(facts, catalog.kpi(one), questions, with_detail=with_detail) for one in ids]
    return sorted(cards, key=lambda card: (card.empty, card.silent))


def _card(facts: KpiFacts, kpi: Kpi, questions: Sequence[Asked], *, with_detail: bool) -> Card:
    told = _told(facts, kpi, questions)
    now, before = told[:2]
    found, previous = (reading(facts, kpi, asked) for asked in questions[:2])
    return Card(
        figure=_figure(facts, kpi, questions[0], found, previous.value, with_detail=with_detail),
        trend=tuple(reversed(told)),
        targets=tuple(_target(kpi, yardstick(facts, kpi, asked)) for asked in reversed(questions)),
        change=None if now is None or before is None else now - before,
    )


def kpi_table(
    book: Book, period: Period, as_of: datetime, ids: Iterable[str], basis: Basis = Basis.COHORT
) -> tuple[TableRow, ...]:
    """The KPIs of everybody side by side: producers of the period by code, others with records, then nobody's."""
    chosen = chosen_kpis(ids)
    facts = facts_for(book, _spans(period, as_of, 2))
    rows = [
        _row(facts, chosen, Asked(period, as_of, Whose(one.id), basis), one)
        for one in team.listed(facts.people, period, {one.id for one in facts.people})
    ]
    listed = [(row, person) for row, person in rows if person.produces_in(period) or _has_any(row)]
    nobody = {
        one.id: figure(facts, one, Asked(period, as_of, Whose(unassigned=True), basis), with_detail=False)
        for one in chosen
    }
    return (*(row for row, _person in listed), TableRow(None, UNASSIGNED_NAME, nobody))


def _row(facts: KpiFacts, chosen: Iterable[Kpi], asked: Asked, person: Person) -> tuple[TableRow, Person]:
    figures = {one.id: figure(facts, one, asked, with_detail=False) for one in chosen}
    return TableRow(person.code, person.name, figures), person


def _has_any(row: TableRow) -> bool:
    """Whether any record is behind the row; a denominator of section 7 is working days, which everybody has."""
    return any(one.numerator or (one.denominator and one.section[0] != _ACTIVITY) for one in row.figures.values())


# --- one figure -------------------------------------------------------------------------------------------------------


def chosen_kpis(ids: Iterable[str] | None) -> list[Kpi]:
    """The KPIs with these ids in the document's order, all without; UserError for what is none."""
    if ids is None:
        return list(catalog.KPIS)
    wanted = set(ids)
    for one in wanted:
        if not catalog.is_kpi(one):
            raise UserError(f"There is no KPI “{one}”.", f"Known are {', '.join(kpi.id for kpi in catalog.KPIS)}.")
    return [one for one in catalog.KPIS if one.id in wanted]


def facts_for(book: Book, spans: Sequence[tuple[Period, datetime]]) -> KpiFacts:
    """Facts that serve all these periods, each as known at its moment."""
    return facts_of(book, min(span.start for span, _ in spans), max(as_of for _, as_of in spans))


def asked_whose(facts: KpiFacts, producer: str | None) -> tuple[Whose, str]:
    """Whose figures a producer's code asks for, with the name to show; UserError for a code that nobody has."""
    if producer is None:
        return Whose(), AGENCY_NAME
    if producer == UNASSIGNED:
        return Whose(unassigned=True), UNASSIGNED_NAME
    for person in facts.people:
        if person.code.casefold() == producer.strip().casefold():
            return Whose(person.id), person.name
    raise UserError(f"There is no producer with the code “{producer}”.", "Check the code on the producers page.")


def reading(facts: KpiFacts, kpi: Kpi, asked: Asked) -> KpiReading:
    """A KPI's reading; the basis is passed on only to those that it changes. Worked out once per question."""
    if kpi.id not in catalog.FLOW and asked.basis is not Basis.COHORT:
        asked = replace(asked, basis=Basis.COHORT)
    reader = READERS.get(kpi.id)
    return NOTHING if reader is None else facts.reading(kpi.id, asked, reader)


def figure(facts: KpiFacts, kpi: Kpi, asked: Asked, *, with_detail: bool = True) -> KpiFigure:
    """A KPI's answer to one question, the previous period's value beside it."""
    before = replace(
        asked,
        period=periods.previous(asked.period),
        as_of=periods.previous_as_of(asked.period, asked.as_of),
    )
    previous = None if kpi.unit is Unit.TABLE else reading(facts, kpi, before).value
    return _figure(facts, kpi, asked, reading(facts, kpi, asked), previous, with_detail=with_detail)


def _figure(
    facts: KpiFacts,
    kpi: Kpi,
    asked: Asked,
    found: KpiReading,
    previous: Number | None,
    *,
    with_detail: bool = True,
) -> KpiFigure:
    against = yardstick(facts, kpi, asked)
    return KpiFigure(
        id=kpi.id,
        section=kpi.section,
        unit=kpi.unit,
        value=found.value,
        numerator=found.numerator,
        denominator=found.denominator,
        target=_target(kpi, against),
        status=band_status(found.value, against),
        previous=previous,
        detail=found.detail() if with_detail else {},
        target_to=against.green[1] if isinstance(against, Corridor) else None,
    )


def _target(kpi: Kpi, held: Yardstick | None) -> Number | None:
    if held is None:
        return None
    return Cents(half_up(held.target)) if kpi.unit is Unit.DOLLARS else held.target


def _spans(period: Period, as_of: datetime, count: int) -> list[tuple[Period, datetime]]:
    return list(periods.going_back(period, as_of, count))
