"""Premium of the policies bound: mean, sum, by unit of time, by carrier and source (metrics.md 4, 3.3 to 3.7).

A bound policy is a term with transaction `new`, by its bound date. A policy counts with the first producer named, its
dollars follow the shares. Must not know where policies are stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from desktop.core import periods
from desktop.core.kpis.definition import Cents
from desktop.core.kpis.reading import (
    NUMERATOR,
    Asked,
    Details,
    Drawn,
    Item,
    KpiReading,
    Part,
    breakdown,
    grouped,
    mean_of,
    median_of,
    no_details,
    sum_of,
    table_of,
)
from desktop.core.money import half_up
from desktop.core.periods import Period

_MONTHS = 12


class Bound(NamedTuple):
    """One share of a new policy: whose (None: nobody's), its part of premium and commission in cents.

    `counted` is 1 on the first named's share. `source` and `state` are the policy's, else its lead's.
    """

    row: int
    day: str
    producer: int | None
    counted: int
    premium: int
    commission: int
    carrier: str | None
    source: str | None
    line: str | None
    state: str | None
    lead_id: str | None


def bound_in(policies: Iterable[Bound], asked: Asked) -> list[Bound]:
    """The policies bound in the period, one record each: those asked for, with their shares added up."""
    found: dict[int, Bound] = {}
    for one in policies:
        if asked.within(one.day) and asked.whose.covers(one.producer):
            known = found.get(one.row)
            found[one.row] = one if known is None else _joined(known, one)
    return list(found.values())


def _joined(one: Bound, other: Bound) -> Bound:
    return one._replace(
        counted=one.counted + other.counted,
        premium=one.premium + other.premium,
        commission=one.commission + other.commission,
    )


def mean_premium(policies: Sequence[Bound], detail: Details = no_details) -> KpiReading:
    """Mean annual premium of these: all dollars / the policies that count here."""
    return _mean(policies, lambda one: Cents(one.premium), detail)


def _mean(policies: Sequence[Bound], amount: Callable[[Bound], Cents], detail: Details) -> KpiReading:
    items = [Item("policies", one.row, one.day, amount(one)) for one in policies]
    shared = [one for one, policy in zip(items, policies, strict=True) if not policy.counted]
    return mean_of([one for one, policy in zip(items, policies, strict=True) if policy.counted], detail, shared)


def avg_monthly_premium(policies: Iterable[Bound], asked: Asked) -> KpiReading:
    """3.3: mean of annual premium / 12 over the policies bound in the period."""
    found = bound_in(policies, asked)
    months = dict(zip((one.row for one in found), _twelfths([one.premium for one in found]), strict=True))

    def detail() -> dict[str, object]:
        exact = [Fraction(one.premium, _MONTHS) for one in found if one.counted]
        return {
            "median": _cents(median_of(exact)),
            "min": _cents(min(exact, default=None)),
            "max": _cents(max(exact, default=None)),
        }

    reading = _mean(found, lambda one: months[one.row], detail)
    if not reading.denominator:
        return reading
    value = _cents(Fraction(sum(one.premium for one in found), _MONTHS * int(reading.denominator)))
    return replace(reading, value=value)


def _twelfths(amounts: Iterable[int]) -> list[Cents]:
    """A twelfth of each amount in cents such that the parts sum to the rounded twelfth of the whole."""
    found, whole, given = [], 0, 0
    for amount in amounts:
        whole += amount
        found.append(Cents(half_up(Fraction(whole, _MONTHS)) - given))
        given += found[-1]
    return found


def _cents(amount: int | float | Fraction | None) -> Cents | None:
    return None if amount is None else Cents(half_up(Fraction(amount)))


def avg_annual_premium(policies: Iterable[Bound], asked: Asked) -> KpiReading:
    """3.4: mean annual premium of the policies bound in the period; by carrier, by source."""
    found = bound_in(policies, asked)

    def rows() -> dict[str, object]:
        by_carrier = {key: mean_premium(those) for key, those in grouped(found, lambda one: one.carrier).items()}
        by_source = {key: mean_premium(those) for key, those in grouped(found, lambda one: one.source).items()}
        return {"rows": [*breakdown("carrier", by_carrier), *breakdown("source", by_source)]}

    return mean_premium(found, rows)


def annual_premium_written(policies: Sequence[Bound], asked: Asked) -> KpiReading:
    """3.5: sum of annual premium bound in the period; that of the week, month, quarter and year with those before."""
    return _sum(bound_in(policies, asked), lambda: {"rows": _units(policies, asked)})


def _sum(policies: Sequence[Bound], detail: Details = no_details) -> KpiReading:
    total = sum_of([Item("policies", one.row, one.day, Cents(one.premium)) for one in policies], detail)
    return total if policies else KpiReading(Cents(0), Cents(0), None, detail)


def premium_records(policies: Iterable[Bound]) -> list[Drawn]:
    """Each policy with its annual premium."""
    return [Drawn(NUMERATOR, "policies", one.row, Cents(one.premium), one.day) for one in policies]


def _units(policies: Sequence[Bound], asked: Asked) -> list[dict[str, object]]:
    """The unit that holds the period's last day begun, each beside the unit before as it stood equally early."""
    day = max(asked.last_day, asked.period.start)
    units: tuple[tuple[str, str, Period], ...] = (
        ("week", periods.week_name(periods.week_of(day)), periods.week_of(day)),
        ("month", f"{day:%Y-%m}", periods.month_of(day)),
        ("quarter", f"{day.year:04d}-Q{(day.month + 2) // 3}", periods.quarter_of(day)),
        ("year", f"{day.year:04d}", periods.year_to_date(day)),
    )
    rows: list[dict[str, object]] = []
    for by, key, unit in units:
        now = Asked(unit, asked.as_of, asked.whose)
        # A year to date that ends with a month or quarter is still a year: its own past is last year's same days.
        past = periods.last_year(unit) if by == "year" else periods.previous(unit)
        before = Asked(past, periods.equally_late(past, unit, asked.as_of), asked.whose)
        this, last = (_sum(bound_in(policies, one)) for one in (now, before))
        rows.append(Part({"by": by, "key": key, "value": this.value, "previous": last.value}, this.records))
    return rows


def revenue_by_carrier(policies: Iterable[Bound], asked: Asked) -> KpiReading:
    """3.7: per carrier the policies bound in the period, their annual premium and its mean."""
    found = bound_in(policies, asked)

    def rows() -> dict[str, object]:
        groups = grouped(found, lambda one: one.carrier)
        return {
            "rows": [_carrier(key, groups[key]) for key in sorted(groups, key=lambda key: (key is None, key or ""))]
        }

    return table_of(rows, _sum(found).records)


def _carrier(carrier: str | None, policies: Sequence[Bound]) -> dict[str, object]:
    figures = {
        "carrier": carrier,
        "deals": sum(one.counted for one in policies),
        "premium": Cents(sum(one.premium for one in policies)),
        "average": mean_premium(policies).value,
    }
    return Part(figures, lambda: premium_records(policies))
