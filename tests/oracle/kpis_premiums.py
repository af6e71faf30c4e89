"""The KPIs of premium, read from their definitions one policy after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.facts import Row, day_of, first_named, split
from tests.oracle.kpis_question import Figure, Question, first_reach, middle
from tests.oracle.windows import Window, end_of, month_of


@dataclass
class Sale:
    """A bound policy as those asked for see it: cents after share, and whether it counts as theirs."""

    policy: Row
    premium: int
    counted: bool


def sales(q: Question, window: Window, as_of: datetime) -> list[Sale]:
    found = []
    for policy in q.agency.rows("policies"):
        day = day_of(policy["bound_on"])
        if policy["transaction"] != "new" or not window[0] <= day <= window[1] or day > as_of.date():
            continue
        parts = {code: part for code, part in split(policy["annual_premium"], policy).items() if q.whose(code)}
        if parts:
            found.append(Sale(policy, sum(parts.values()), q.whose(first_named(policy))))
    return found


def premium(q: Question) -> dict[str, Figure]:
    sold = sales(q, q.window, q.as_of)
    total, many = sum(one.premium for one in sold), sum(one.counted for one in sold)
    monthly = [Fraction(one.premium, 1200) for one in sold if one.counted]
    average = Fraction(total, 100 * many) if many else None
    return {
        "avg_monthly_premium": {
            "value": average / 12 if average is not None else None,
            "numerator": Fraction(total, 1200),
            "denominator": Fraction(many),
            "detail": {
                "median": middle(monthly),
                "min": min(monthly, default=None),
                "max": max(monthly, default=None),
            },
        },
        "avg_annual_premium": {
            "value": average,
            "numerator": Fraction(total, 100),
            "denominator": Fraction(many),
            "detail": {},
        },
        "annual_premium_written": {
            "value": Fraction(total, 100),
            "numerator": Fraction(total, 100),
            "denominator": None,
            "detail": {"units": units(q)},
        },
        "revenue_by_source": {
            "value": None,
            "numerator": None,
            "denominator": None,
            "detail": {"sources": sources(q, sold)},
        },
        "revenue_by_carrier": {"value": None, "numerator": None, "denominator": None,
                               "detail": {"carriers": carriers(sold)}},
    }  # fmt: skip


def carriers(sold: list[Sale]) -> dict[str | None, tuple[int, Fraction, Fraction | None]]:
    found = {}
    for name in {one.policy["carrier"] for one in sold}:
        mine = [one for one in sold if one.policy["carrier"] == name]
        many, total = sum(one.counted for one in mine), Fraction(sum(one.premium for one in mine), 100)
        found[name] = (many, total, total / many if many else None)
    return found


def sources(q: Question, sold: list[Sale]) -> dict[str | None, tuple[Any, ...]]:
    """Source in small letters: leads, closed, premium, commission, cost, return; money in dollars."""
    leads = {one["lead_id"]: one for one in q.agency.rows("leads")}
    costs = {small(one["source"]): one for one in q.agency.rows("sources")}
    bound: dict[str | None, list[Sale]] = {}
    for one in sold:
        own = one.policy.get("source") or leads.get(one.policy.get("lead_id"), {}).get("source")
        bound.setdefault(small(own), []).append(one)
    found = {}
    for name in {*(small(one.lead["source"]) for one in q.cohort), *costs, *bound}:
        mine = [one for one in q.cohort if small(one.lead["source"]) == name]
        closed = sum(first_reach(one, 7) is not None for one in mine)
        premium_of = sum(one.premium for one in bound.get(name, []))
        commission = sum(commission_of(q, one.policy) for one in bound.get(name, []))
        stated = costs.get(name, {})
        span = max(0, (q.last - q.window[0]).days + 1)
        monthly = Fraction((stated.get("monthly_cost") or 0) * span * 12, 365)
        cost = len(mine) * (stated.get("cost_per_lead") or 0) + monthly
        if mine or premium_of or commission or cost:
            money = (Fraction(premium_of, 100), Fraction(commission, 100), Fraction(cost) / 100)
            found[name] = (len(mine), closed, *money, commission / Fraction(cost) if cost else None)
    return found


def small(source: str | None) -> str | None:
    return None if source is None else source.casefold()


def commission_of(q: Question, policy: Row) -> int:
    parts = split(q.agency.commission(policy), policy)
    return sum(part for code, part in parts.items() if q.whose(code))


def units(q: Question) -> dict[str, tuple[Fraction, Fraction]]:
    day = max(q.last, q.window[0])
    monday = day - timedelta(days=day.weekday())
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    month = month_of(day)
    before = month_of(month[0] - timedelta(days=1))
    quarter = (first, month_of(first + timedelta(days=70))[1])
    last_quarter = first - timedelta(days=1)
    pairs = {
        "week": ((monday, monday + timedelta(days=6)), (monday - timedelta(days=7), monday - timedelta(days=1))),
        "month": (month, before),
        "quarter": (quarter, (month_of(last_quarter - timedelta(days=70))[0], last_quarter)),
        "year": ((date(day.year, 1, 1), day), (date(day.year - 1, 1, 1), year_ago(day))),
    }
    found = {}
    for name, (now, earlier) in pairs.items():
        then = end_of(earlier[1]) - (end_of(now[1]) - q.as_of)
        found[name] = (total_of(q, now, q.as_of), total_of(q, earlier, then))
    return found


def year_ago(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)


def total_of(q: Question, window: Window, as_of: datetime) -> Fraction:
    return Fraction(sum(one.premium for one in sales(q, window, as_of)), 100)
