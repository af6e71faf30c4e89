"""Revenue, cost and net contribution per producer for a year to date: reads once, answers with frozen records.

No formula of its own, no SQL. Figures are defined in metrics.md 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import months, revenue, team
from desktop.core.money import half_up, ratio
from desktop.core.periods import Period
from desktop.core.retention import InForce
from desktop.core.revenue import Account
from desktop.core.team import Person
from desktop.errors import UserError
from desktop.models import facts_people, facts_revenue
from desktop.services import money_facts

if TYPE_CHECKING:
    from desktop.models.book import Book

UNASSIGNED_NAME = "Unassigned"
TOTAL_NAME = "TOTAL"


@dataclass(frozen=True, slots=True)
class RevenueFigure:
    """One producer's row, the unassigned one (no code), or the TOTAL. Money in cents, rates as fractions.

    `multiple`: revenue / cost over the trailing 12 months. `crosses_on`: end of the month in which it reaches 3x.
    """

    producer: str | None
    producer_name: str
    new_premium: int
    renewal_premium: int
    total_book: int
    commission_rate: float | None
    revenue: int
    cost: int
    salary: int
    benefits: int
    splits: int
    desk: int
    net_contribution: int
    multiple: float | None
    months_employed: int | None = None
    benchmark: str | None = None
    crosses_on: date | None = None


@dataclass(frozen=True, slots=True)
class Revenue:
    """The table. `without_commission`: policies bound in the period of which no commission is known; they count 0."""

    period: Period
    as_of: datetime
    rows: tuple[RevenueFigure, ...]
    total: RevenueFigure
    without_commission: tuple[str, ...]


def revenue_per_producer(book: Book, year: int, as_of: datetime) -> Revenue:
    """The year to date as known at `as_of` (metrics.md 3, *Revenue per producer* and *3x benchmark*).

    UserError when the year has not begun by then.
    """
    period, seen = _year_to_date(year, as_of), as_of.date()
    accounts = _accounts(book, period, seen)
    people = facts_people.people(book)
    in_force = money_facts.in_force(book, seen, seen)
    books = _books(in_force.policies.values())
    recent = Period(min(period.start, months.trailing_year(seen).start), seen)
    sold = {key for key, account in accounts.items() if any(recent.contains(day) for day, _sales in account.sales)}
    chosen = [*team.listed(people, period, sold | books.keys()), None]
    keys = [None if person is None else person.id for person in chosen]
    rows = tuple(
        _row(person, accounts[key], books.get(key, 0), period, seen) for person, key in zip(chosen, keys, strict=True)
    )
    return Revenue(
        period=period,
        as_of=as_of,
        rows=rows,
        total=_total(rows, revenue.summed_multiple([accounts[key] for key in keys], seen)),
        without_commission=tuple(facts_revenue.without_commission(book, period)),
    )


def _year_to_date(year: int, as_of: datetime) -> Period:
    first = date(year, 1, 1)
    if as_of.date() < first:
        raise UserError(f"{year} has not begun on {as_of.date().isoformat()}.", "Choose an earlier year.")
    return Period(first, min(date(year, 12, 31), as_of.date()))


def _accounts(book: Book, period: Period, seen: date) -> dict[int | None, Account]:
    """Everybody's account from the first day that any figure needs: the oldest month-end looks back a year."""
    oldest = months.trailing_year(months.month_ends_through(seen, revenue.TREND_MONTHS)[0]).start
    return money_facts.accounts(book, Period(min(period.start, oldest), seen))


def _books(policies: Iterable[InForce]) -> dict[int | None, int]:
    """Annual premium in force by producer, after shares."""
    found: dict[int | None, int] = {}
    for policy in policies:
        for producer, premium in policy.premium_by_producer().items():
            found[producer] = found.get(producer, 0) + premium
    return found


def _row(person: Person | None, account: Account, total_book: int, period: Period, seen: date) -> RevenueFigure:
    sold, cost, multiple = account.sold(period), account.cost(period), account.multiple(seen)
    employed = None if person is None else revenue.months_employed(person.presence, seen)
    status = revenue.benchmark(employed, multiple)
    total_cost = half_up(cost.total)
    return RevenueFigure(
        producer=None if person is None else person.code,
        producer_name=UNASSIGNED_NAME if person is None else person.name,
        new_premium=sold.new_premium,
        renewal_premium=sold.renewal_premium,
        total_book=total_book,
        commission_rate=_rate(sold.commission_rate),
        revenue=sold.revenue,
        cost=total_cost,
        salary=half_up(cost.salary),
        benefits=half_up(cost.benefits),
        splits=half_up(cost.splits),
        desk=half_up(cost.desk),
        net_contribution=sold.revenue - total_cost,
        multiple=_rate(multiple),
        months_employed=employed,
        benchmark=None if status is None else status.value,
        crosses_on=revenue.crosses_on(account, seen),
    )


def _total(rows: Sequence[RevenueFigure], multiple: Fraction | None) -> RevenueFigure:
    """The TOTAL row: the sums of the rows as they are shown, the rate from them."""
    new_premium, renewal_premium = sum(row.new_premium for row in rows), sum(row.renewal_premium for row in rows)
    earned = sum(row.revenue for row in rows)
    return RevenueFigure(
        producer=None,
        producer_name=TOTAL_NAME,
        new_premium=new_premium,
        renewal_premium=renewal_premium,
        total_book=sum(row.total_book for row in rows),
        commission_rate=_rate(ratio(earned, new_premium + renewal_premium)),
        revenue=earned,
        cost=sum(row.cost for row in rows),
        salary=sum(row.salary for row in rows),
        benefits=sum(row.benefits for row in rows),
        splits=sum(row.splits for row in rows),
        desk=sum(row.desk for row in rows),
        net_contribution=sum(row.net_contribution for row in rows),
        multiple=_rate(multiple),
    )


def _rate(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
