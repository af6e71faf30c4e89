"""Who pays for their desk: revenue, cost and net contribution per producer, and the 3x benchmark (metrics.md 3).

Amounts are cents, exact until the end. Must not know how production and pay are stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, pairwise

from desktop.core import months
from desktop.core.money import ratio
from desktop.core.periods import Period
from desktop.core.presence import ALWAYS, Presence

BENCHMARK = 3
TREND_MONTHS = 6
DUE_MONTHS, MISSED_MONTHS = 18, 24
_LEAST_POINTS, _HORIZON_MONTHS = 3, 60
_YEAR_DAYS = 365
_DAY = timedelta(days=1)
_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Sales:
    """A producer's part of the terms bound on a day, or of many days: premium and agency commission in cents."""

    new_premium: int = 0
    renewal_premium: int = 0
    new_commission: int = 0
    renewal_commission: int = 0

    def __sub__(self, other: Sales) -> Sales:
        return Sales(
            self.new_premium - other.new_premium,
            self.renewal_premium - other.renewal_premium,
            self.new_commission - other.new_commission,
            self.renewal_commission - other.renewal_commission,
        )

    def __add__(self, other: Sales) -> Sales:
        return Sales(
            self.new_premium + other.new_premium,
            self.renewal_premium + other.renewal_premium,
            self.new_commission + other.new_commission,
            self.renewal_commission + other.renewal_commission,
        )

    @property
    def revenue(self) -> int:
        """Agency commission on new and renewal terms."""
        return self.new_commission + self.renewal_commission

    @property
    def commission_rate(self) -> Fraction | None:
        """The effective rate: revenue / premium; undefined without premium."""
        return ratio(self.revenue, self.new_premium + self.renewal_premium)


@dataclass(frozen=True, slots=True)
class Pay:
    """What somebody costs: salary, benefits and desk in cents a year, splits as fractions of agency commission."""

    salary: int = 0
    benefits: int = 0
    desk: int = 0
    new_split: Fraction = _ZERO
    renewal_split: Fraction = _ZERO


@dataclass(frozen=True, slots=True)
class PayChange:
    """Pay from a day on; what is None stays as it was."""

    effective_from: date
    salary: int | None = None
    benefits: int | None = None
    desk: int | None = None
    new_split: Fraction | None = None
    renewal_split: Fraction | None = None

    def after(self, before: Pay) -> Pay:
        """The pay that this change makes of the one before."""
        return Pay(
            before.salary if self.salary is None else self.salary,
            before.benefits if self.benefits is None else self.benefits,
            before.desk if self.desk is None else self.desk,
            before.new_split if self.new_split is None else self.new_split,
            before.renewal_split if self.renewal_split is None else self.renewal_split,
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """The four costs, in exact cents."""

    salary: Fraction = _ZERO
    benefits: Fraction = _ZERO
    desk: Fraction = _ZERO
    splits: Fraction = _ZERO

    @property
    def total(self) -> Fraction:
        """Their sum."""
        return self.salary + self.benefits + self.desk + self.splits


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of days with the same pay: days employed in it, and what was bound (where any split is paid)."""

    period: Period
    days: int
    pay: Pay
    sold: Sales

    @property
    def splits(self) -> Fraction:
        """What the splits of the agency's commission earn."""
        return self.sold.new_commission * self.pay.new_split + self.sold.renewal_commission * self.pay.renewal_split


@dataclass(frozen=True, slots=True)
class Account:
    """One producer's (or nobody's) sales by day of binding, employment, and pay in order of its changes."""

    sales: tuple[tuple[date, Sales], ...] = ()
    presence: Presence = ALWAYS
    changes: tuple[PayChange, ...] = field(default=())
    _days: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _sums: tuple[Sales, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # A trend asks for dozens of overlapping periods: running sums answer each without another pass.
        ordered = sorted(self.sales, key=lambda one: one[0])
        object.__setattr__(self, "_days", tuple(day for day, _sales in ordered))
        object.__setattr__(self, "_sums", tuple(accumulate((sales for _day, sales in ordered), initial=Sales())))

    def sold(self, period: Period) -> Sales:
        """What was bound in a period."""
        if period.end < period.start:
            return Sales()
        first, after = bisect_left(self._days, period.start), bisect_right(self._days, period.end)
        return self._sums[after] - self._sums[first]

    def cost(self, period: Period) -> Cost:
        """The costs of a period: fixed parts by days employed / 365, splits by the pay on the day of binding."""
        pieces = self.pieces(period)
        return Cost(
            salary=sum((Fraction(piece.pay.salary * piece.days, _YEAR_DAYS) for piece in pieces), _ZERO),
            benefits=sum((Fraction(piece.pay.benefits * piece.days, _YEAR_DAYS) for piece in pieces), _ZERO),
            desk=sum((Fraction(piece.pay.desk * piece.days, _YEAR_DAYS) for piece in pieces), _ZERO),
            splits=sum((piece.splits for piece in pieces), _ZERO),
        )

    def pieces(self, period: Period) -> list[Piece]:
        """The period cut where the pay changes: what each piece costs, and why."""
        found = []
        for span, pay in self._steps(period):
            sold = self.sold(span) if pay.new_split or pay.renewal_split else Sales()
            found.append(Piece(span, _days_employed(span, self.presence), pay, sold))
        return found

    def _steps(self, period: Period) -> list[tuple[Period, Pay]]:
        """The period cut where the pay changes, with the pay of each piece."""
        ordered = sorted(self.changes, key=lambda change: change.effective_from)
        pay = Pay()
        for change in ordered:
            if change.effective_from <= period.start:
                pay = change.after(pay)
        later = [change for change in ordered if period.start < change.effective_from <= period.end]
        cuts = [period.start, *(change.effective_from for change in later), period.end + _DAY]
        pays = [pay]
        for change in later:
            pays.append(change.after(pays[-1]))
        return [
            (Period(start, after - _DAY), during)
            for (start, after), during in zip(pairwise(cuts), pays, strict=True)
            if start < after
        ]

    def multiple(self, last: date) -> Fraction | None:
        """Revenue / cost over the twelve months that end on `last`; undefined for zero cost.

        Both are annualised by the same days, which cancel out.
        """
        year = months.trailing_year(last)
        return ratio(self.sold(year).revenue, self.cost(year).total)


def _days_employed(period: Period, presence: Presence) -> int:
    start = period.start if presence.hired_on is None else max(period.start, presence.hired_on)
    end = period.end if presence.left_on is None else min(period.end, presence.left_on)
    return max(0, (end - start).days + 1)


# --- the benchmark ----------------------------------------------------------------------------------------------------


class Benchmark(StrEnum):
    """Where somebody stands against three times their cost between the 18th and the 24th month after hire."""

    MET = "met"
    BUILDING = "building"
    DUE = "due"
    MISSED = "missed"


def months_employed(presence: Presence, last: date) -> int | None:
    """Whole months from hire to `last`, or to the day of leaving; undefined without a day of hire."""
    if presence.hired_on is None:
        return None
    return months.whole_months(presence.hired_on, last if presence.left_on is None else min(last, presence.left_on))


def benchmark(employed: int | None, multiple: Fraction | None) -> Benchmark | None:
    """The status (metrics.md 3, *3x benchmark*) by whole months employed; undefined where either is."""
    if employed is None or multiple is None:
        return None
    if multiple >= BENCHMARK:
        return Benchmark.MET
    if employed < DUE_MONTHS:
        return Benchmark.BUILDING
    return Benchmark.DUE if employed <= MISSED_MONTHS else Benchmark.MISSED


def crosses_on(account: Account, last: date) -> date | None:
    """The end of the month in which the present trend reaches 3x (metrics.md 3), None where it does not within 60.

    The trend is the least-squares line through the multiple at the last six month-ends since hire. Undefined when it
    is met already, does not rise, has fewer than three points, or the person has left or has no day of hire.
    """
    hired, left, now = account.presence.hired_on, account.presence.left_on, account.multiple(last)
    if hired is None or now is None or now >= BENCHMARK or (left is not None and left < last):
        return None
    ends = months.month_ends_through(last, TREND_MONTHS)
    points = [
        (at, multiple)
        for at, end in enumerate(ends)
        if end >= hired and (multiple := account.multiple(end)) is not None
    ]
    line = _least_squares(points)
    if line is None or line[1] <= 0:
        return None
    for ahead in range(1, _HORIZON_MONTHS + 1):
        if line[0] + line[1] * (len(ends) - 1 + ahead) >= BENCHMARK:
            return months.last_of_month(months.months_after(ends[-1].replace(day=1), ahead))
    return None


def _least_squares(points: Sequence[tuple[int, Fraction]]) -> tuple[Fraction, Fraction] | None:
    """Height at 0 and slope of the line, None under three points."""
    count = len(points)
    if count < _LEAST_POINTS:
        return None
    middle = Fraction(sum(x for x, _y in points), count)
    height = sum((y for _x, y in points), _ZERO) / count
    slope = sum(((x - middle) * (y - height) for x, y in points), _ZERO) / sum((x - middle) ** 2 for x, _y in points)
    return height - slope * middle, slope


def summed_multiple(accounts: Iterable[Account], last: date) -> Fraction | None:
    """Revenue of all over the cost of all in the twelve months that end on `last`; undefined for zero cost."""
    year = months.trailing_year(last)
    revenue, cost = 0, _ZERO
    for account in accounts:
        revenue += account.sold(year).revenue
        cost += account.cost(year).total
    return ratio(revenue, cost)
