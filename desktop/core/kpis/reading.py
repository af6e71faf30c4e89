"""What a KPI is asked, and what its formula gives back: a value with the records behind it (metrics.md 0).

A reading is made by `rate_of`, `mean_of`, `sum_of`, `per_of` or `table_of`, so that the records' amounts always sum to
its numerator and its denominator. Details and records are worked out when somebody looks: a trend needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple, TypeVar, cast

from desktop.core import periods
from desktop.core.kpis.definition import Basis, Cents, Duration, Number
from desktop.core.money import exact, half_up, ratio
from desktop.core.periods import Period

T = TypeVar("T")

NUMERATOR, DENOMINATOR, BOTH = "numerator", "denominator", "both"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose figures: everybody's, one producer's by id, or (with `unassigned`) nobody's."""

    producer: int | None = None
    unassigned: bool = False
    everybody: bool = field(init=False)
    """Whether it is the agency's figure, unassigned included."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "everybody", self.producer is None and not self.unassigned)

    def covers(self, producer: int | None) -> bool:
        """Whether something of this producer (None = nobody) belongs to it."""
        return self.everybody or producer == self.producer


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: a period, the last instant whose data counts, whose figures, on which basis."""

    period: Period
    as_of: datetime
    whose: Whose = Whose()
    basis: Basis = Basis.COHORT
    start_text: str = field(init=False)
    stop_text: str = field(init=False)
    as_of_text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "start_text", self.period.start.isoformat())
        object.__setattr__(self, "stop_text", self.stop.isoformat())
        object.__setattr__(self, "as_of_text", self.as_of.isoformat())

    @property
    def stop(self) -> datetime:
        """The last moment of the period whose data counts."""
        return min(periods.end_of(self.period.end), self.as_of)

    @property
    def last_day(self) -> date:
        """The last day of the period that has begun at `as_of`; before the period's start when none has."""
        return min(self.period.end, self.as_of.date())

    def within(self, moment: str | None) -> bool:
        """Whether an ISO moment or day lies in the period, and not after `as_of`; None does not."""
        return moment is not None and self.start_text <= moment <= self.stop_text

    def seen(self, moment: str | None) -> bool:
        """Whether an ISO moment or day lies at or before `as_of`; None does not."""
        return moment is not None and moment <= self.as_of_text


class Horizon(NamedTuple):
    """From which day on figures are asked, and the last moment that any of them sees: what facts are loaded for."""

    first: date
    as_of: datetime


class Drawn(NamedTuple):
    """One record behind a figure: `table` is the template's name, `row` the row's id in the book.

    `amount` is 1, a count, minutes, days, or `Cents`; `at` the day or moment (ISO) that it counts by.
    """

    role: str
    table: str
    row: int
    amount: Number
    at: str


class Item(NamedTuple):
    """A record that a formula counts: the template's table, the row's id, when, and what it adds."""

    table: str
    row: int
    at: str
    amount: Number = 1


Details = Callable[[], Mapping[str, object]]
Draw = Callable[[], Iterable[Drawn]]


def no_details() -> Mapping[str, object]:
    """Nothing further to tell."""
    return {}


@dataclass(frozen=True, slots=True)
class KpiReading:
    """A KPI's value over one question. `detail` and `records` are worked out when called."""

    value: Number | None
    numerator: Number | None
    denominator: Number | None
    detail: Details = field(default=no_details, compare=False, repr=False)
    records: Draw = field(default=tuple, compare=False, repr=False)


class Part(dict[str, object]):
    """A row of a KPI's details that knows the records behind it; whoever reads an answer sees a mapping like others."""

    __slots__ = ("records",)

    def __init__(self, values: Mapping[str, object], records: Draw) -> None:
        super().__init__(values)
        self.records = records


NOTHING = KpiReading(None, None, None)
"""A KPI of which there is no record of any kind."""


def rate_of(hits: Sequence[Item], whole: Sequence[Item], detail: Details = no_details) -> KpiReading:
    """Hits / whole, each record counting its amount; a record in both is drawn once. Undefined over nothing."""
    top, bottom = _total(hits), _total(whole)
    return KpiReading(_ratio(top, bottom), top, bottom, detail, lambda: rate_records(hits, whole))


def share_of(
    hits: Sequence[T], whole: Sequence[T], item: Callable[[T], Item], detail: Details = no_details
) -> KpiReading:
    """As `rate_of` where each record counts once; which it is (`item`) is worked out when they are drawn."""
    top, bottom = len(hits), len(whole)

    def records() -> list[Drawn]:
        return rate_records([item(one) for one in hits], [item(one) for one in whole])

    return KpiReading(ratio(top, bottom), top, bottom, detail, records)


def rate_records(hits: Sequence[Item], whole: Sequence[Item]) -> list[Drawn]:
    """The records of a rate: those of the whole (`both` where they are hits too), then hits from outside it."""
    known = {(one.table, one.row): one for one in hits}
    drawn = []
    for one in whole:
        same = known.get((one.table, one.row))
        if same is not None and same.amount == one.amount:
            del known[one.table, one.row]
            drawn.append(Drawn(BOTH, *one[:2], one.amount, one.at))
        else:
            drawn.append(Drawn(DENOMINATOR, *one[:2], one.amount, one.at))
    left = [one for one in hits if (one.table, one.row) in known]
    return [*drawn, *(Drawn(NUMERATOR, *one[:2], one.amount, one.at) for one in left)]


def mean_of(items: Sequence[Item], detail: Details = no_details, shared: Sequence[Item] = ()) -> KpiReading:
    """The mean of the records' amounts: numerator the sum, denominator their number. Money is rounded to the cent.

    `shared` records add to the sum and are not counted: a policy whose dollars are partly somebody's who is not its
    first named.
    """
    top = _total([*items, *shared])

    def records() -> list[Drawn]:
        counted = [Drawn(BOTH, *one[:2], one.amount, one.at) for one in items]
        return [*counted, *(Drawn(NUMERATOR, *one[:2], one.amount, one.at) for one in shared)]

    return KpiReading(_ratio(top, len(items)), top, len(items), detail, records)


def mean(items: Sequence[Item]) -> tuple[Number | None, Number, int]:
    """(mean, sum, number) of the amounts; the mean is None over nothing."""
    top = _total(items)
    return _ratio(top, len(items)), top, len(items)


def sum_of(items: Sequence[Item], detail: Details = no_details) -> KpiReading:
    """The sum of the records' amounts: numerator the value, no denominator."""
    top = _total(items)
    return KpiReading(top, top, None, detail, lambda: [Drawn(NUMERATOR, *one[:2], one.amount, one.at) for one in items])


def per_of(top: Number, bottom: int, detail: Details = no_details, records: Draw = tuple) -> KpiReading:
    """A sum per working day or another measure that no record stands behind; undefined over none of them."""
    return KpiReading(_ratio(top, bottom), top, bottom, detail, records)


def table_of(detail: Details, records: Draw = tuple) -> KpiReading:
    """A table: no value of its own, everything is in the details."""
    return KpiReading(None, None, None, detail, records)


def _total(items: Sequence[Item]) -> Number:
    if items and isinstance(items[0].amount, Cents):
        return Cents(sum(one.amount for one in items))
    if any(isinstance(one.amount, float) for one in items):
        return sum((_exactly(one.amount) for one in items), Fraction())
    if any(isinstance(one.amount, Fraction) for one in items):
        return _summed(items)
    return sum(one.amount for one in items)


def _summed(items: Sequence[Item]) -> Fraction:
    """The exact sum: first of what has the same denominator, so that little is left to be reduced."""
    tops: dict[int, int] = {}
    for one in items:
        amount = cast("int | Fraction", one.amount)
        tops[amount.denominator] = tops.get(amount.denominator, 0) + amount.numerator
    return sum((Fraction(top, bottom) for bottom, top in tops.items()), Fraction())


def _ratio(top: Number, bottom: Number) -> Number | None:
    found = ratio(_exactly(top), _exactly(bottom))
    return Cents(half_up(found)) if found is not None and isinstance(top, Cents) else found


def _exactly(number: Number) -> Fraction | int:
    return exact(float(number)) if isinstance(number, float) else number


# --- details ----------------------------------------------------------------------------------------------------------


def breakdown(by: str, rates: Mapping[str | None, KpiReading]) -> list[dict[str, object]]:
    """Rows `{by, key, value, numerator, denominator}` by key, nobody's key last, each with its records."""
    ordered = sorted(rates.items(), key=lambda pair: (pair[0] is None, pair[0] or ""))
    return [
        Part(
            {"by": by, "key": key, "value": one.value, "numerator": one.numerator, "denominator": one.denominator},
            one.records,
        )
        for key, one in ordered
    ]


def distribution(buckets: Mapping[str, Sequence[Item]]) -> list[dict[str, object]]:
    """Rows `{bucket, count}` in the order given, each with its records."""
    return [Part({"bucket": name, "count": len(some)}, mean_of(some).records) for name, some in buckets.items()]


def grouped(items: Iterable[T], key: Callable[[T], str | None]) -> dict[str | None, list[T]]:
    """Items by key, in the order in which they come."""
    found: dict[str | None, list[T]] = {}
    for one in items:
        found.setdefault(key(one), []).append(one)
    return found


def median_of(amounts: Iterable[Number]) -> Number | None:
    """The median; None over nothing. Money is rounded to the cent."""
    found = sorted(amounts)
    if not found:
        return None
    half = len(found) // 2
    middle = Fraction(_exactly(found[half]) + _exactly(found[half - 1 + len(found) % 2])) / 2
    return Cents(half_up(middle)) if isinstance(found[0], Cents) else middle


def duration(number: Number | None) -> Duration | None:
    """Minutes, hours or days as they are shown."""
    return None if number is None else Duration(number)


# --- moments ----------------------------------------------------------------------------------------------------------

_DAY_ONLY = 10
_MINUTE = 60
_DAY = 24 * 60 * 60


def has_time(moment: str) -> bool:
    """Whether an ISO text names a time of day, not a day alone."""
    return len(moment) > _DAY_ONLY


def seconds_between(start: str, end: str) -> int:
    """Whole seconds from one ISO moment to another; with a day alone on either side, whole days."""
    if has_time(start) and has_time(end):
        span = datetime.fromisoformat(end) - datetime.fromisoformat(start)
        return span.days * _DAY + span.seconds
    return (date.fromisoformat(end[:_DAY_ONLY]) - date.fromisoformat(start[:_DAY_ONLY])).days * _DAY


def minutes_between(start: str, end: str) -> Fraction:
    """Minutes around the clock, exactly."""
    return Fraction(seconds_between(start, end), _MINUTE)


def days_between(start: str, end: str) -> Fraction:
    """Days of 24 hours, fractions kept."""
    return Fraction(seconds_between(start, end), _DAY)
