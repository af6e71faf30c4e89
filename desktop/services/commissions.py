"""The commission tracker: what rates promise, what carriers have stated, and what early ends put at risk.

By producer, carrier and month. No SQL; commission is defined in metrics.md 3, what is at risk in 5.6 of section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core.findings import dollars
from desktop.core.kpis import chargeback
from desktop.core.kpis.chargeback import Ended, Parts
from desktop.core.kpis.definition import Cents
from desktop.core.kpis.policies import POLICIES
from desktop.core.kpis.reading import NUMERATOR, Asked, Drawn, Whose
from desktop.core.money import exact, half_up
from desktop.core.periods import Period
from desktop.models import facts_commissions, facts_kpi_policies
from desktop.models.facts_commissions import Share
from desktop.models.rollups import STATED
from desktop.services import kpi_records, kpis
from desktop.services.found_records import FoundRecord
from desktop.services.kpi_facts import KpiFacts

if TYPE_CHECKING:
    from desktop.models.book import Book

BY: tuple[str, ...] = ("producer", "carrier", "month")


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """Cents of one producer, carrier or month (`key` None: nobody's, no carrier named).

    `expected` by the rates agreed (what is stated where no rate is known), `stated` by carriers, `missing` what is
    expected of terms of which nothing is stated, `at_risk` what early ends may cost.
    """

    key: str | None
    expected: int
    stated: int
    missing: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class Tracker:
    """The tracker of a period: rows per way of looking at it, each summing to `total`."""

    rows: Mapping[str, tuple[TrackerRow, ...]]
    total: TrackerRow


@dataclass(frozen=True, slots=True)
class _Line:
    """What one share or one early end adds, where it belongs, and the term (by row) and day that it is of."""

    keys: tuple[str | None, str | None, str]
    row: int
    day: str
    expected: Fraction | int = 0
    stated: int = 0
    missing: Fraction | int = 0
    at_risk: Fraction = Fraction()
    is_stated: bool = False


def tracker(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> Tracker:
    """Commission on the terms bound in the period, and at risk of the policies that ended in it, as known at `as_of`.

    Everybody's, or one producer's by code. UserError for a code that nobody has.
    """
    lines = _lines(book, period, as_of, producer)
    return Tracker({by: _rows(lines, place) for place, by in enumerate(BY)}, _row(None, lines))


def records(
    book: Book, period: Period, as_of: datetime, producer: str | None, by: str, key: str | None
) -> list[FoundRecord]:
    """The terms behind one row of the tracker, in order of time: what each promises, or what its early end may cost.

    `detail` says which of the two, and what the carrier has stated. UserError as `tracker`.
    """
    place = BY.index(by)
    lines = [one for one in _lines(book, period, as_of, producer) if one.keys[place] == key]
    lines.sort(key=lambda one: one.day)
    drawn = [Drawn(NUMERATOR, POLICIES, one.row, Cents(half_up(one.expected or one.at_risk)), one.day) for one in lines]
    found = kpi_records.told(book, drawn, as_of)
    return [replace(one, detail=f"{one.detail}: {_state(line)}") for one, line in zip(found, lines, strict=True)]


def _state(line: _Line) -> str:
    if line.at_risk:
        return "at risk, ended early"
    if line.is_stated:
        return f"stated {dollars(line.stated)}"
    return "not stated yet" if line.expected else "not stated, no rate is known"


def _lines(book: Book, period: Period, as_of: datetime, producer: str | None) -> list[_Line]:
    facts = kpis.facts_for(book, [(period, as_of)])
    whose, _name = kpis.asked_whose(facts, producer)
    asked = Asked(period, as_of, whose)
    names = {one.id: one.name for one in facts.people}
    return [*_shares(facts, asked, names), *_ends(facts, asked, names)]


def _shares(facts: KpiFacts, asked: Asked, names: Mapping[int, str]) -> Iterable[_Line]:
    seen = Period(asked.period.start, asked.last_day) if asked.last_day >= asked.period.start else None
    if seen is None:
        return
    default = facts.settings.default_rate
    for one in facts_commissions.shares(facts.book, seen):
        if asked.whose.covers(one.producer):
            expected = _expected(one, default)
            said = one.commission if one.basis == STATED else 0
            missing = 0 if one.basis == STATED else expected
            keys = (_name(one.producer, names), one.carrier, one.day[:7])
            yield _Line(keys, one.row, one.day, expected, said, missing, is_stated=one.basis == STATED)


def _expected(one: Share, default: Callable[[str | None, str], float | None]) -> Fraction | int:
    rate = default(one.carrier, one.line) if one.rate is None else one.rate
    return one.commission if rate is None else half_up(one.premium * exact(rate))


def _ends(facts: KpiFacts, asked: Asked, names: Mapping[int, str]) -> Iterable[_Line]:
    ended = chargeback.ended_early(facts.load(facts_kpi_policies.policy_book), facts.settings.vesting_months, asked)
    parts = facts.load(facts_kpi_policies.commissions_at_risk)
    for one in ended:
        yield from _end(one, parts, asked.whose, names)


def _end(one: Ended, parts: Parts, whose: Whose, names: Mapping[int, str]) -> Iterable[_Line]:
    for producer, cents in parts.get(one.policy.first.row, ()):
        if whose.covers(producer):
            keys = (_name(producer, names), one.policy.first.carrier, one.on[:7])
            yield _Line(keys, one.policy.first.row, one.on, at_risk=cents * one.unearned)


def _name(producer: int | None, names: Mapping[int, str]) -> str | None:
    return None if producer is None else names.get(producer)


def _rows(lines: Iterable[_Line], place: int) -> tuple[TrackerRow, ...]:
    groups: dict[str | None, list[_Line]] = {}
    for line in lines:
        groups.setdefault(line.keys[place], []).append(line)
    ordered = sorted(groups, key=lambda key: (key is None, key or ""))
    return tuple(_row(key, groups[key]) for key in ordered)


def _row(key: str | None, lines: Iterable[_Line]) -> TrackerRow:
    found = list(lines)
    return TrackerRow(
        key,
        half_up(sum((one.expected for one in found), Fraction())),
        sum(one.stated for one in found),
        half_up(sum((one.missing for one in found), Fraction())),
        half_up(sum((one.at_risk for one in found), Fraction())),
    )
