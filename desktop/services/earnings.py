"""How each number of the revenue table arose: the terms behind premium and revenue, the four costs, the investment.

No formula of its own, no SQL. Figures are defined in metrics.md 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import industry, months, periods, revenue
from desktop.core.industry import Measure
from desktop.core.investment import Investment, investment
from desktop.core.money import half_up
from desktop.core.periods import Period
from desktop.core.revenue import Account
from desktop.core.team import Person
from desktop.models import facts_people, facts_revenue
from desktop.models.facts_revenue import BoundTerm
from desktop.services import carrier_goals, configuration, money_facts
from desktop.services import revenue as revenue_service
from desktop.services.carrier_goals import CarrierGoals
from desktop.services.found_records import BOTH, NUMERATOR, FoundRecord
from desktop.services.revenue import Revenue
from desktop.services.scopes import scope_or_nobody

if TYPE_CHECKING:
    from desktop.models.book import Book

BASIS = {
    "rate": "the policy's own rate",
    "default": "the carrier's usual rate",
    "none": "neither commission nor rate known: counted as 0",
}
"""Where a commission comes from that is not stated, in words."""

_OF_NEW, _OF_RENEWAL = frozenset({"new"}), frozenset({"renewal", "rewrite"})
TRANSACTIONS = {
    "new_premium": _OF_NEW,
    "renewal_premium": _OF_RENEWAL,
    "revenue": _OF_NEW | _OF_RENEWAL,
    "commission_rate": _OF_NEW | _OF_RENEWAL,
}


# --- the terms behind premium and revenue -----------------------------------------------------------------------------


def bound_records(book: Book, period: Period, figure: str, producer: str | None = None) -> list[FoundRecord]:
    """The terms behind a figure of `TRANSACTIONS`, each with premium x rate; all, one producer's, or nobody's.

    Their amounts sum to the figure (of the rate: to its revenue). UserError for a code that nobody has.
    """
    terms = facts_revenue.bound_terms(book, period, scope_or_nobody(book, producer))
    wanted = TRANSACTIONS[figure]
    in_premium = figure in ("new_premium", "renewal_premium")
    usual = configuration.rates(book)
    return [
        _found(term, term.premium if in_premium else term.commission, _how(term, usual(term.carrier, term.line)),
               BOTH if figure == "commission_rate" else NUMERATOR)
        for term in terms
        if term.transaction in wanted
    ]  # fmt: skip


def _how(term: BoundTerm, usual: float | None) -> str:
    """A commission as it came about: `$1,200 x 12.5% (the policy's own rate)`."""
    rate = term.rate if term.basis == "rate" else usual if term.basis == "default" else None
    if rate is not None:
        percent = f"{rate * 100:.4f}".rstrip("0").rstrip(".")
        return f"{_dollars(term.premium)} × {percent}% = {_dollars(term.commission)}, {BASIS[term.basis]}"
    if term.basis == "stated":
        return f"{_dollars(term.commission)} stated on {_dollars(term.premium)}"
    return BASIS[term.basis]


def _dollars(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02}"


def _found(term: BoundTerm, amount: int, detail: str, role: str) -> FoundRecord:
    origin = term.origin
    return FoundRecord(
        role=role,
        table="policies",
        key=term.key,
        amount=amount,
        money=True,
        at=term.day,
        producer=term.producer,
        producer_name=term.producer_name,
        subject=f"{term.client}, {term.policy}",
        detail=detail,
        premium=term.premium,
        file=origin.file,
        sheet=origin.sheet,
        line=origin.line,
        entered=origin.entered,
    )


@dataclass(frozen=True, slots=True)
class BookPolicy:
    """A policy in force on a day with a producer's part of its annual premium, in cents."""

    policy: str
    line: str
    premium: int


def book_policies(book: Book, day: date, producer: str | None = None) -> list[BookPolicy]:
    """The policies behind *total book*, the largest first; all, one producer's parts, or nobody's."""
    whose = scope_or_nobody(book, producer)
    found = money_facts.in_force(book, day, day)
    rows = []
    for number, policy in found.policies.items():
        parts = policy.premium_by_producer()
        everybody = whose.producer is None and not whose.unassigned
        amount = policy.premium if everybody else parts.get(whose.producer)
        if amount is not None:
            rows.append(BookPolicy(number, policy.line, amount))
    return sorted(rows, key=lambda one: (-one.premium, one.policy))


# --- the four costs ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CostPart:
    """One stretch of days with the same pay, and what it comes to; yearly amounts and parts in cents.

    The commissions are those that the splits are paid on; 0 where no split is paid.
    """

    start: date
    end: date
    days: int
    salary: int
    benefits: int
    desk: int
    new_split: float
    renewal_split: float
    new_commission: int
    renewal_commission: int
    salary_part: int
    benefits_part: int
    desk_part: int
    splits_part: int


def cost_parts(book: Book, period: Period, producer: str) -> list[CostPart]:
    """How a producer's costs of a period arise: one part per pay. UserError for a code that nobody has."""
    account = _account_of(book, producer, period)
    return [
        CostPart(
            start=piece.period.start,
            end=piece.period.end,
            days=piece.days,
            salary=piece.pay.salary,
            benefits=piece.pay.benefits,
            desk=piece.pay.desk,
            new_split=float(piece.pay.new_split),
            renewal_split=float(piece.pay.renewal_split),
            new_commission=piece.sold.new_commission,
            renewal_commission=piece.sold.renewal_commission,
            salary_part=_part(piece.pay.salary, piece.days),
            benefits_part=_part(piece.pay.benefits, piece.days),
            desk_part=_part(piece.pay.desk, piece.days),
            splits_part=half_up(piece.splits),
        )
        for piece in account.pieces(period)
    ]


def _part(yearly: int, days: int) -> int:
    return half_up(Fraction(yearly * days, 365))


def _account_of(book: Book, producer: str, since: Period) -> Account:
    whose = scope_or_nobody(book, producer)
    return money_facts.accounts(book, since)[whose.producer]


# --- the multiple -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MultipleOn:
    """Revenue over cost of the twelve months that end on a day, in cents; undefined for zero cost."""

    day: date
    revenue: int
    cost: int
    multiple: float | None


def multiples(book: Book, last: date, producers: Sequence[str]) -> list[MultipleOn]:
    """The multiple at the month-ends of its trend and on `last`, oldest first: of one producer, or of several together.

    `UNASSIGNED` is nobody's business. UserError for a code that nobody has.
    """
    days = months.month_ends_through(last, revenue.TREND_MONTHS)
    since = Period(months.trailing_year(days[0]).start, last)
    chosen = [_account_of(book, code, since) for code in producers]
    return [_multiple_on(day, chosen) for day in (*days, *((last,) if days[-1] != last else ()))]


def _multiple_on(day: date, accounts: Sequence[Account]) -> MultipleOn:
    year = months.trailing_year(day)
    found = revenue.summed_multiple(accounts, day)
    return MultipleOn(
        day=day,
        revenue=sum(account.sold(year).revenue for account in accounts),
        cost=half_up(sum((account.cost(year).total for account in accounts), Fraction(0))),
        multiple=None if found is None else float(found),
    )


# --- what a producer has cost and when it is paid back ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Invested:
    """A producer's investment by month since hire, or since the book's first records, if later (`partial`)."""

    producer: str
    name: str
    first: date
    last: date
    partial: bool
    found: Investment


def investments(book: Book, as_of: datetime) -> tuple[Invested, ...]:
    """The investment in each producer employed since, through `as_of`, by code; those without a day of hire are out."""
    last, known = as_of.date(), facts_revenue.first_day(book)
    hired = [one for one in facts_people.people(book) if one.is_producer and one.presence.hired_on is not None]
    if not hired:
        return ()
    earliest = min(one.presence.hired_on for one in hired if one.presence.hired_on is not None)
    everything = money_facts.accounts(book, Period(min(earliest, last), last))
    found = (_invested(person, everything[person.id], known, last) for person in hired)
    return tuple(one for one in found if one is not None)


def investments_through(book: Book, period: Period, now: datetime) -> tuple[Invested, ...]:
    """The investments through the end of the period, as known now."""
    return investments(book, _seen(period, now))


def _seen(period: Period, now: datetime) -> datetime:
    return min(periods.default_as_of(period, now), periods.end_of(period.end))


def _invested(person: Person, account: Account, known: date | None, last: date) -> Invested | None:
    hired, left = person.presence.hired_on, person.presence.left_on
    if hired is None:
        return None
    first = hired if known is None else max(hired, known.replace(day=1))
    end = last if left is None else min(last, months.last_of_month(left))
    if first > end:
        return None
    return Invested(person.code, person.name, first, end, first > hired, investment(account, first, end))


# --- the industry's measures ------------------------------------------------------------------------------------------


def industry_measures(book: Book, as_of: datetime) -> tuple[Measure, ...]:
    """Sales velocity, unvalidated pay, hiring velocity for the twelve months through `as_of` (metrics.md 3)."""
    last = as_of.date()
    year = months.trailing_year(last)
    everything = money_facts.accounts(book, Period(months.months_after(year.start, -months.YEAR), last))
    producers = [person for person in facts_people.people(book) if person.is_producer]
    return (
        industry.sales_velocity(everything.values(), last),
        industry.unvalidated_pay([everything[one.id] for one in producers], everything.values(), last),
        industry.hiring_velocity([one.presence for one in producers], last),
    )


# --- all of it at once ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RevenueReview:
    """What the page of revenue shows at once: the table, the industry's measures, the goals with carriers."""

    found: Revenue
    measures: tuple[Measure, ...]
    goals: CarrierGoals

    @property
    def empty(self) -> bool:
        """Whether nobody is employed and nothing was bound or is in force."""
        total = self.found.total
        return len(self.found.rows) <= 1 and not (total.revenue or total.total_book or total.new_premium)


def review(book: Book, period: Period, now: datetime) -> RevenueReview:
    """The year to date that ends with the period, as known now or at its end."""
    as_of = _seen(period, now)
    year = as_of.year
    return RevenueReview(
        found=revenue_service.revenue_per_producer(book, year, as_of),
        measures=industry_measures(book, as_of),
        goals=carrier_goals.goals(book, year, as_of),
    )
