"""What another system states as totals beside what the book has for the same people, sources and days.

Stated totals enter no metric: here they are compared, and the difference is explained as far as it can be. Ours are new
policies bound in the period with their annual premium (metrics.md 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.core.periods import Period
from desktop.models import facts_records, stated
from desktop.models.facts_records import FactRecord, Scope
from desktop.models.stated import StatedRow
from desktop.models.storage import fold
from desktop.services import records
from desktop.services.records import FoundRecord

if TYPE_CHECKING:
    from desktop.models.book import Book


_METRIC = "new_premium"
_ROUNDED = 99
"""Cents by which amounts may differ: reports round to dollars."""


class Why(StrEnum):
    """Why both may differ, or cannot be compared."""

    UNKNOWN = "unknown"
    """Nobody here goes by the name."""
    NOT_SALES = "not_sales"
    """The source is no sale: a book taken over, rewrites."""
    PULLED_EARLY = "pulled_early"
    """The report was pulled before its period was over."""
    NO_POLICIES = "no_policies"
    """The book has no new policy of these days at all."""
    NO_SOURCES = "no_sources"
    """None of the book's new policies of these days has a source."""
    BASIS = "basis"
    """The same policies, another premium: annual here, perhaps a term's there."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One stated total beside ours. Amounts are cents; None where the system states none, or ours cannot be told.

    `whose` is the producer or the source. `agrees`: everything that both have is equal; None where nothing compares.
    """

    key: str
    system: str
    whose: str
    by_source: bool
    period: Period
    policies: int | None
    sales: int | None
    premium: int | None
    our_policies: int | None
    our_premium: int | None
    agrees: bool | None
    why: tuple[Why, ...]
    pulled_on: date | None
    file: str | None
    producer: str | None
    """The producer's code, for the records behind ours."""

    @property
    def count(self) -> int | None:
        """Policies, or where the system counts none, sales: what ours is compared with."""
        return self.sales if self.policies is None else self.policies


def comparisons(book: Book, as_of: datetime, run: int | None = None) -> tuple[Comparison, ...]:
    """Every stated total beside ours as known at `as_of`, the newest period first; of one import with its number."""
    known: dict[Period, _Ours] = {}
    found = []
    for row in stated.stated(book, run):
        period = Period(date.fromisoformat(row.first), date.fromisoformat(row.last))
        if period not in known:
            known[period] = _Ours(book, period, as_of)
        found.append(_compare(row, period, known[period]))
    return tuple(found)


def behind(book: Book, one: Comparison, as_of: datetime) -> list[FoundRecord]:
    """The new policies that ours is made of."""
    if not one.by_source:
        whose = records.UNASSIGNED if one.producer is None else one.producer
        return records.records(book, _METRIC, one.period, as_of, whose)
    sources = stated.sources(book, one.period)
    found = records.records(book, _METRIC, one.period, as_of)
    return [record for record in found if fold(sources.get(record.key, "")) == fold(one.whose)]


class _Ours:
    """The book's new policies of one period."""

    def __init__(self, book: Book, period: Period, as_of: datetime) -> None:
        self._book, self._period, self._as_of = book, period, as_of
        self.all = facts_records.policies(book, period, as_of, Scope())
        self.sources = stated.sources(book, period)

    def of(self, row: StatedRow) -> list[FactRecord]:
        if row.source is not None:
            return [one for one in self.all if fold(self.sources.get(one.key, "")) == fold(row.source)]
        return facts_records.policies(self._book, self._period, self._as_of, Scope(row.producer))


def _compare(row: StatedRow, period: Period, ours: _Ours) -> Comparison:
    by_source = row.source is not None
    why: list[Why] = []
    if row.not_sales:
        why.append(Why.NOT_SALES)
    elif not by_source and row.producer is None:
        why.append(Why.UNKNOWN)
    elif not ours.all:
        why.append(Why.NO_POLICIES)
    elif by_source and not ours.sources:
        why.append(Why.NO_SOURCES)
    policies, premium = (None, None) if why else _sums(ours.of(row))
    count = row.sales if row.policies is None else row.policies
    agrees = None if why else _agree(count, policies) and _agree(row.premium, premium, within=_ROUNDED)
    pulled = None if row.pulled_on is None else date.fromisoformat(row.pulled_on)
    if agrees is False:
        why = _differ(count == policies, pulled, period)
    return Comparison(
        key=row.key,
        system=row.system,
        whose=row.source or row.name or row.text or "",
        by_source=by_source,
        period=period,
        policies=row.policies,
        sales=row.sales,
        premium=row.premium,
        our_policies=policies,
        our_premium=premium,
        agrees=agrees,
        why=tuple(why),
        pulled_on=pulled,
        file=row.file,
        producer=row.code,
    )


def _sums(found: list[FactRecord]) -> tuple[int, int]:
    return sum(one.count for one in found), sum(one.premium for one in found)


def _agree(theirs: int | None, ours: int | None, within: int = 0) -> bool:
    """Whether both are the same, as far as both are known."""
    return theirs is None or ours is None or abs(theirs - ours) <= within


def _differ(same_count: bool, pulled: date | None, period: Period) -> list[Why]:
    why = [Why.PULLED_EARLY] if pulled is not None and pulled <= period.end else []
    return [*why, Why.BASIS if same_count else Why.OTHER]
