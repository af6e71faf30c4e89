"""Carriers side by side: who accepts, decides quickly and keeps clients (metrics.md 4, 8.4).

Puts together what other KPIs say by carrier. Must not know where any of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from desktop.core.kpis.cases import Cases, entered
from desktop.core.kpis.definition import Number
from desktop.core.kpis.persistency import judged, persistency, persistency_by_carrier
from desktop.core.kpis.policies import PolicyBook
from desktop.core.kpis.premiums import Bound, bound_in, mean_premium
from desktop.core.kpis.reading import Asked, Drawn, KpiReading, Part, duration, grouped, table_of
from desktop.core.kpis.underwriting import (
    APPROVED,
    DECLINED,
    approval_rate,
    approvals_by_carrier,
    days_by_carrier,
    decided_after,
)


def carrier_matrix(cases: Cases, policies: PolicyBook, bound: Iterable[Bound], asked: Asked) -> KpiReading:
    """8.4: per carrier approval rate (4.1), underwriting days (4.3), persistency (5.1), mean annual premium (3.4)."""
    written = bound_in(bound, asked)

    def rows() -> Mapping[str, object]:
        approvals = approvals_by_carrier(entered(cases, asked, APPROVED, DECLINED))
        days = days_by_carrier(decided_after(cases, asked))
        kept = persistency_by_carrier(judged(policies, asked))
        means = {key: mean_premium(some) for key, some in grouped(written, lambda one: one.carrier).items()}
        carriers = sorted({*approvals, *days, *kept, *means}, key=lambda one: (one is None, one or ""))
        return {
            "rows": [
                Part(
                    {
                        "carrier": one,
                        "approval_rate": _value(approvals, one),
                        "underwriting_days": duration(_value(days, one)),
                        "persistency_13m": _value(kept, one),
                        "average_premium": _value(means, one),
                    },
                    partial(_records, [some[one] for some in (approvals, kept, means) if one in some]),
                )
                for one in carriers
            ]
        }

    def records() -> list[Drawn]:
        return _records((approval_rate(cases, asked), persistency(policies, asked), mean_premium(written)))

    return table_of(rows, records)


def _records(readings: Iterable[KpiReading]) -> list[Drawn]:
    return [drawn for one in readings for drawn in one.records()]


def _value(readings: Mapping[str | None, KpiReading], carrier: str | None) -> Number | None:
    return readings[carrier].value if carrier in readings else None
