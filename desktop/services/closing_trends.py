"""Win rates month by month: of all, of each line, producer and carrier (metrics.md 3, *Close rate by line*).

No formula of its own, no SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core import closing, months, periods
from desktop.core.periods import Period
from desktop.models import facts_closing, facts_people
from desktop.models.facts_closing import Decision, Offer
from desktop.models.facts_records import Scope
from desktop.services import configuration
from desktop.services.found_records import UNASSIGNED
from desktop.services.scopes import scope_or_nobody

if TYPE_CHECKING:
    from desktop.models.book import Book

MONTHS = 13

_Month = dict[str, list[int]]
"""Wins and decided leads of a month by name."""


@dataclass(frozen=True, slots=True)
class MonthRates:
    """One month's win rates: of all (None where nothing was decided), by line, by producer's code (`UNASSIGNED` for
    nobody) and by carrier's name; who or what had nothing decided is not in it.

    Those of producers are everybody's, whoever the others were asked for.
    """

    month: Period
    overall: float | None
    lines: Mapping[str, float]
    producers: Mapping[str, float]
    carriers: Mapping[str, float]


def month_rates(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> tuple[MonthRates, ...]:
    """The thirteen calendar months that end with the period's last; a lead counts with its last outcome of a month.

    All, one producer's by code, or nobody's; UserError for a code that nobody has.
    """
    whose = scope_or_nobody(book, producer)
    last = min(period.end, as_of.date()).replace(day=1)
    shown = [periods.month_of(months.months_after(last, number)) for number in range(1 - MONTHS, 1)]
    within = Period(shown[0].start, shown[-1].end)
    everybodys = _last_of_each_month(facts_closing.decisions(book, within, as_of, Scope()))
    own = [one for one in everybodys if _is_of(one, whose)]
    lines, carriers = _by_line(book, own), _by_carrier(book, own, within, as_of, whose)
    producers, overall = _by_producer(book, everybodys), _counted((one, "all") for one in own)
    found = []
    for month in shown:
        key = f"{month.start:%Y-%m}"
        rates = [_rates(counts.get(key, {})) for counts in (overall, lines, producers, carriers)]
        found.append(MonthRates(month, rates[0].get("all"), *rates[1:]))
    return tuple(found)


def _last_of_each_month(decisions: Iterable[Decision]) -> list[Decision]:
    ends = {(one.at[:7], one.lead): one for one in decisions}
    return list(ends.values())


def _is_of(one: Decision, whose: Scope) -> bool:
    if whose.unassigned:
        return one.producer is None
    return whose.producer is None or one.producer == whose.producer


def _by_line(book: Book, decisions: Iterable[Decision]) -> dict[str, _Month]:
    settings = configuration.load(book)
    named: dict[str | None, str] = {}
    for one in decisions:
        if one.line not in named:
            named[one.line] = (None if one.line is None else settings.line_named(one.line)) or closing.OTHER
    return _counted((one, named[one.line]) for one in decisions)


def _by_producer(book: Book, decisions: Iterable[Decision]) -> dict[str, _Month]:
    codes = {person.id: person.code for person in facts_people.people(book)}
    return _counted((one, UNASSIGNED if one.producer is None else codes[one.producer]) for one in decisions)


def _by_carrier(
    book: Book, decisions: Iterable[Decision], within: Period, as_of: datetime, whose: Scope
) -> dict[str, _Month]:
    """Of the leads that a carrier quoted or bound, those won with it are its wins."""
    offers: dict[str, list[Offer]] = {}
    for offer in facts_closing.offers(book, within, as_of, whose):
        offers.setdefault(offer.lead, []).append(offer)
    counts: dict[str, _Month] = {}
    for one in decisions:
        for offer in offers.get(one.lead, ()):
            if one.won or offer.quoted:
                _count(counts, one.at[:7], offer.carrier, one.won and offer.bound)
    return counts


def _counted(named: Iterable[tuple[Decision, str]]) -> dict[str, _Month]:
    counts: dict[str, _Month] = {}
    for one, name in named:
        _count(counts, one.at[:7], name, one.won)
    return counts


def _count(counts: dict[str, _Month], month: str, name: str, won: bool) -> None:
    tally = counts.setdefault(month, {}).setdefault(name, [0, 0])
    tally[0] += won
    tally[1] += 1


def _rates(counts: _Month) -> dict[str, float]:
    return {name: wins / decided for name, (wins, decided) in counts.items()}
