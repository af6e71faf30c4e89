"""How many policies stay: 13-month persistency and the first three months (metrics.md 4, 5.1 and 5.2).

Formulas over policies from term to term. Must not know how they are stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.core.kpis.policies import POLICIES, Policy, PolicyBook
from desktop.core.kpis.reading import Asked, Item, KpiReading, Part, breakdown, grouped, rate_of

PERSISTENCY_MONTHS, DANGER_MONTHS = 13, 3

Completed = tuple[Policy, str, bool]
"""A policy, the day on which it is judged, and whether it passed."""


def persistency(policies: PolicyBook, asked: Asked) -> KpiReading:
    """Policies whose in-force date + 13 months falls in the period: still in force on that day / all of them (5.1).

    Rows: the cohorts by month of the in-force date, then by carrier and by source.
    """
    found = judged(policies, asked)

    def rows() -> Mapping[str, object]:
        sources = grouped(found, lambda one: one[0].source)
        return {
            "rows": [
                *_cohorts(found),
                *breakdown("carrier", persistency_by_carrier(found)),
                *breakdown("source", {key: _rate(some) for key, some in sources.items()}),
            ]
        }

    return rate_of(*_items(found), rows)


def judged(policies: PolicyBook, asked: Asked) -> list[Completed]:
    """The period's policies with whether they are in force after 13 months."""
    seen = asked.as_of_text[:10]
    return [
        (policy, day, policy.is_in_force(day, seen)) for policy, day in policies.completing(PERSISTENCY_MONTHS, asked)
    ]


def persistency_by_carrier(found: Sequence[Completed]) -> dict[str | None, KpiReading]:
    """The persistency of each carrier, by the policy's first term."""
    return {key: _rate(some) for key, some in grouped(found, lambda one: one[0].first.carrier).items()}


def _rate(found: Sequence[Completed]) -> KpiReading:
    return rate_of(*_items(found))


def _items(found: Sequence[Completed]) -> tuple[list[Item], list[Item]]:
    whole = [Item(POLICIES, policy.first.row, day) for policy, day, _passed in found]
    return [item for item, (_policy, _day, passed) in zip(whole, found, strict=True) if passed], whole


def _cohorts(found: Sequence[Completed]) -> list[dict[str, object]]:
    months = grouped(found, lambda one: one[0].in_force_on[:7])
    rows: list[dict[str, object]] = []
    for month, some in sorted(months.items(), key=lambda pair: pair[0] or ""):
        kept = _rate(some)
        figures = {"month": month, "started": len(some), "in_force": kept.numerator, "rate": kept.value}
        rows.append(Part(figures, kept.records))
    return rows


Troubles = Mapping[str, str]
"""By policy number the moment of its first exception."""


def danger_zone_survival(policies: PolicyBook, troubles: Troubles, asked: Asked) -> KpiReading:
    """Policies whose in-force date + 3 months falls in the period: no exception, no cancellation before / all (5.2)."""
    found = [
        (policy, day, _survived(policy, day, troubles.get(policy.number), asked))
        for policy, day in policies.completing(DANGER_MONTHS, asked)
    ]
    return rate_of(*_items(found))


def _survived(policy: Policy, day: str, trouble: str | None, asked: Asked) -> bool:
    if trouble is not None and trouble[:10] < day:
        return False
    seen = asked.as_of_text[:10]
    return not any(one.ended is not None and one.bound <= seen and one.ended < day for one in policy.terms)
