"""What the page of close rates shows at once: the table by line, by producer and carrier, trends, both closing ratios.

No formula of its own, no SQL. Figures are defined in metrics.md 3 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core import closing, periods, team
from desktop.core.periods import Period
from desktop.models import facts, facts_closing, facts_people
from desktop.models.facts import Window
from desktop.models.facts_closing import DecidedLead
from desktop.models.facts_records import Scope
from desktop.services import closing as closing_service
from desktop.services import closing_trends, configuration
from desktop.services.closing import CloseRates, LineFigure, line_figure
from desktop.services.closing_trends import MonthRates
from desktop.services.found_records import BOTH, DENOMINATOR, FoundRecord
from desktop.services.retention import ClosingFigure
from desktop.services.scopes import scope_or_nobody

if TYPE_CHECKING:
    from desktop.models.book import Book

UNASSIGNED_NAME = "Unassigned"


@dataclass(frozen=True, slots=True)
class ProducerRates:
    """One producer's row over all lines; code None = unassigned."""

    producer: str | None
    name: str
    figure: LineFigure


@dataclass(frozen=True, slots=True)
class ClosingRatios:
    """True beside flattering over the same policies bound; `unquoted`: qualified leads that never got a quote."""

    true: ClosingFigure
    flattering: ClosingFigure
    unquoted: int


@dataclass(frozen=True, slots=True)
class CloseReview:
    """Everything on close rates of a period. `carriers`: decided leads by carrier that quoted or bound them."""

    found: CloseRates
    producers: tuple[ProducerRates, ...]
    carriers: tuple[LineFigure, ...]
    months: tuple[MonthRates, ...]
    ratios: ClosingRatios

    @property
    def empty(self) -> bool:
        """Whether nothing was ever quoted or decided in any of the months shown."""
        overall = self.found.overall
        decided = overall.quotes or overall.wins or overall.losses
        return not decided and all(month.overall is None for month in self.months)


def review(book: Book, period: Period, now: datetime, producer: str | None = None) -> CloseReview:
    """Close rates of a period as known now (or at its end): all, one producer's by code, or nobody's."""
    return review_at(book, period, periods.default_as_of(period, now), producer)


def review_at(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> CloseReview:
    """Close rates of a period as known at `as_of`: all, one producer's by code, or nobody's."""
    whose = scope_or_nobody(book, producer)
    carriers = closing.by_carrier(facts_closing.offered(book, period, as_of, whose))
    return CloseReview(
        found=closing_service.close_rates(book, period, as_of, producer),
        producers=_producers(book, period, as_of),
        carriers=tuple(line_figure(carrier, rates) for carrier, rates in carriers),
        months=closing_trends.month_rates(book, period, as_of, producer),
        ratios=closing_ratios(book, period, as_of, whose),
    )


def closing_ratios(book: Book, period: Period, as_of: datetime, whose: Scope) -> ClosingRatios:
    """Both closing ratios (metrics.md 5) and how many qualified leads were never quoted."""
    (tallies,) = facts.tallies(book, [Window(period, as_of)])
    everybody = whose.producer is None and not whose.unassigned
    tally = tallies.agency() if everybody else tallies.of(whose.producer)
    leads = facts_closing.qualified_leads(book, period, as_of, whose)
    return ClosingRatios(
        true=_ratio(tally.policies_written, leads),
        flattering=_ratio(tally.policies_written, tally.quotes),
        unquoted=facts_closing.qualified_unquoted(book, period, as_of, whose),
    )


def _ratio(bound: int, measure: int) -> ClosingFigure:
    found = closing.ClosingRatio(bound, measure).ratio
    return ClosingFigure(bound, measure, None if found is None else float(found))


def _producers(book: Book, period: Period, as_of: datetime) -> tuple[ProducerRates, ...]:
    """Those who stand on the dashboard or have anything quoted or decided, unassigned last."""
    outcomes = facts_closing.outcomes_by_producer(book, period, as_of)
    quoted = facts_closing.quoted_by_producer(book, period, as_of)
    people = facts_people.people(book)
    there = {person.id for person in team.listed(people, period, set())}

    def figure(whose: int | None) -> LineFigure:
        return line_figure("OVERALL", closing.overall(quoted.get(whose, ()), outcomes.get(whose, ())))

    rows = [
        ProducerRates(person.code, person.name, figure(person.id))
        for person in people
        if person.id in there or person.id in outcomes or person.id in quoted
    ]
    if None in outcomes or None in quoted:
        rows.append(ProducerRates(None, UNASSIGNED_NAME, figure(None)))
    return tuple(rows)


def decided_records(
    book: Book, period: Period, as_of: datetime, producer: str | None = None, line: str | None = None
) -> list[FoundRecord]:
    """The leads behind a win rate, of one line of the table or of all: wins stand above the line, losses below it."""
    settings, whose = configuration.load(book), scope_or_nobody(book, producer)
    found = []
    for lead in facts_closing.decided_leads(book, period, as_of, whose):
        row = closing.OTHER if lead.line is None else settings.line_named(lead.line) or closing.OTHER
        if line is None or row == line:
            found.append(_record(lead))
    return found


def carrier_records(
    book: Book, period: Period, as_of: datetime, carrier: str, producer: str | None = None
) -> list[FoundRecord]:
    """The decided leads that a carrier quoted or bound; those bound with it stand above the line."""
    whose = scope_or_nobody(book, producer)
    offers = {one.lead: one for one in facts_closing.offers(book, period, as_of, whose) if one.carrier == carrier}
    found = []
    for lead in facts_closing.decided_leads(book, period, as_of, whose):
        offer = offers.get(lead.lead_id)
        if offer is not None and (lead.won or offer.quoted):
            found.append(_record(lead, with_carrier=offer.bound))
    return found


def _record(lead: DecidedLead, *, with_carrier: bool = True) -> FoundRecord:
    origin, won = lead.origin, lead.won and with_carrier
    outcome = "lost" if not lead.won else "won" if won else "won elsewhere"
    return FoundRecord(
        role=BOTH if won else DENOMINATOR,
        table="leads",
        key=lead.key,
        amount=1,
        money=False,
        at=lead.at,
        producer=lead.producer,
        producer_name=lead.producer_name,
        subject=lead.name,
        detail=f"{outcome}, {lead.line or 'no line'}",
        premium=lead.premium if won else None,
        file=origin.file,
        sheet=origin.sheet,
        line=origin.line,
        entered=origin.entered,
    )
