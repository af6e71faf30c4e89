"""What lead sources bring and cost (metrics.md 4, 3.6 and 8.1).

Formulas over the leads received, the policies bound and the sources' costs. Sources that differ in case alone are one.
Must not know where any of them is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from desktop.core.kpis.definition import Cents
from desktop.core.kpis.leads import LeadFact, cohort, has_reached
from desktop.core.kpis.premiums import Bound, bound_in
from desktop.core.kpis.reading import DENOMINATOR, NUMERATOR, Asked, Drawn, KpiReading, Part, table_of
from desktop.core.money import half_up, ratio
from desktop.core.pipeline import WON_RANK

INCREASE, KEEP, CUT = "increase", "keep", "cut"
_GOOD, _POOR = 3, 1
_YEAR_DAYS, _YEAR_MONTHS = 365, 12
_premium: Callable[[Bound], int] = attrgetter("premium")
_commission: Callable[[Bound], int] = attrgetter("commission")


class SourceCost(NamedTuple):
    """What a source costs, in cents: per lead, and per month."""

    source: str
    cost_per_lead: int | None
    monthly_cost: int | None


@dataclass(frozen=True, slots=True)
class SourceResult:
    """A source over a period: leads received, those of them won, and premium and commission of the policies bound.

    Money in cents; `cost` is exact. `source` None: of no known source.
    `received` and `bound` are what it was read from.
    """

    source: str | None
    leads: int
    closed: int
    premium: int
    commission: int
    cost_per_lead: int | None
    cost: Fraction
    received: Sequence[LeadFact] = field(default=(), compare=False, repr=False)
    bound: Sequence[Bound] = field(default=(), compare=False, repr=False)

    @property
    def roi(self) -> Fraction | None:
        """Commission / cost, a multiple; undefined for a source that costs nothing."""
        return ratio(self.commission, self.cost)

    @property
    def advice(self) -> str | None:
        """More of it above 3, less of it below 1; None where the return is undefined."""
        if self.roi is None:
            return None
        return INCREASE if self.roi > _GOOD else CUT if self.roi < _POOR else KEEP

    def row(self, amount: Callable[[Bound], int]) -> dict[str, object]:
        """As answers have it; its records are the leads received, and the policies with an amount in cents."""
        figures = {
            "source": self.source,
            "leads": self.leads,
            "closed": self.closed,
            "premium": Cents(self.premium),
            "commission": Cents(self.commission),
            "cost_per_lead": None if self.cost_per_lead is None else Cents(self.cost_per_lead),
            "cost": Cents(half_up(self.cost)),
            "roi": self.roi,
            "advice": self.advice,
        }

        def records() -> list[Drawn]:
            leads = [Drawn(DENOMINATOR, "leads", one.row, 1, one.received_at) for one in self.received]
            return [*_policies(self.bound, amount), *leads]

        return Part(figures, records)


def source_results(
    leads: Sequence[LeadFact], policies: Iterable[Bound], costs: Sequence[SourceCost], asked: Asked
) -> list[SourceResult]:
    """Every source that costs, or brought anything in the period, by name; what has no source comes last.

    Cost = leads received x cost per lead + monthly cost x days / (365 / 12), through the last day begun.
    """
    received, bound = cohort(leads, asked), bound_in(policies, asked)
    names = {_fold(one): one for one in sorted({*_sources(received), *_sources(bound)}, reverse=True)}
    stated = {_fold(one.source): one for one in costs}
    names |= {key: one.source for key, one in stated.items()}
    found = [
        _result(
            name,
            [one for one in received if _fold(one.source) == key],
            [one for one in bound if _fold(one.source) == key],
            stated.get(key),
            asked,
        )
        for key, name in sorted(names.items(), key=lambda pair: pair[1])
    ]
    unknown = _result(
        None, [one for one in received if one.source is None], [one for one in bound if one.source is None], None, asked
    )
    return [one for one in (*found, unknown) if one.leads or one.premium or one.commission or one.cost]


def _sources(records: Sequence[LeadFact] | Sequence[Bound]) -> set[str]:
    return {one.source for one in records if one.source is not None}


def _fold(source: str | None) -> str | None:
    return None if source is None else source.strip().casefold()


def _result(
    source: str | None, leads: Sequence[LeadFact], bound: Sequence[Bound], stated: SourceCost | None, asked: Asked
) -> SourceResult:
    days = max(0, (asked.last_day - asked.period.start).days + 1)
    per_lead, monthly = (None, None) if stated is None else (stated.cost_per_lead, stated.monthly_cost)
    return SourceResult(
        source=source,
        leads=len(leads),
        closed=sum(has_reached(one, WON_RANK, asked) for one in leads),
        premium=sum(one.premium for one in bound),
        commission=sum(one.commission for one in bound),
        cost_per_lead=per_lead,
        cost=Fraction(len(leads) * (per_lead or 0)) + Fraction((monthly or 0) * days * _YEAR_MONTHS, _YEAR_DAYS),
        received=leads,
        bound=bound,
    )


def _policies(bound: Iterable[Bound], amount: Callable[[Bound], int]) -> list[Drawn]:
    return [Drawn(NUMERATOR, "policies", one.row, Cents(amount(one)), one.day) for one in bound]


def revenue_by_source(
    leads: Sequence[LeadFact], policies: Sequence[Bound], costs: Sequence[SourceCost], asked: Asked
) -> KpiReading:
    """3.6: per source leads, won ones, premium bound, cost and return; by name."""

    def rows() -> Mapping[str, object]:
        return {"rows": [one.row(_premium) for one in source_results(leads, policies, costs, asked)]}

    return table_of(rows, lambda: _policies(bound_in(policies, asked), _premium))


def lead_source_roi(
    leads: Sequence[LeadFact], policies: Sequence[Bound], costs: Sequence[SourceCost], asked: Asked
) -> KpiReading:
    """8.1: agency commission of the policies bound by source / cost, over all sources; rows ranked by return.

    What has no source brings nothing here and costs nothing.
    """
    found = [one for one in source_results(leads, policies, costs, asked) if one.source is not None]
    commission, cost = sum(one.commission for one in found), sum((one.cost for one in found), Fraction())

    def rows() -> Mapping[str, object]:
        ranked = sorted(found, key=lambda one: (one.roi is None, -(one.roi or 0), one.source or ""))
        return {"rows": [one.row(_commission) for one in ranked]}

    def records() -> list[Drawn]:
        return _policies([one for one in bound_in(policies, asked) if one.source is not None], _commission)

    return KpiReading(ratio(commission, cost), Cents(commission), Cents(half_up(cost)), rows, records)
