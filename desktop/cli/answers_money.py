"""Shapes close rates, lost deals, revenue and ratios into the answers of commands.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.cli.answers import dollars, rate

if TYPE_CHECKING:
    from desktop.models.facts_lost import LostDeal
    from desktop.services.closing import CloseRates, LineFigure
    from desktop.services.lost_deals import LostDeals
    from desktop.services.retention import CarriedFigure, KeptFigure, Ratios
    from desktop.services.revenue import Revenue, RevenueFigure


def close_rates(found: CloseRates) -> dict[str, Any]:
    """The answer of `close-rates`."""
    return {
        "rows": [
            {
                "line": row.line,
                **_counts(row),
                "low": rate(row.low),
                "high": rate(row.high),
                "avg_premium": dollars(row.avg_premium),
            }
            for row in found.rows
        ],
        "overall": {**_counts(found.overall), "avg_premium": dollars(found.overall.avg_premium)},
    }


def _counts(row: LineFigure) -> dict[str, Any]:
    return {"quotes": row.quotes, "wins": row.wins, "losses": row.losses, "close_rate": rate(row.close_rate)}


def lost(found: LostDeals) -> dict[str, Any]:
    """The answer of `lost`."""
    return {
        "total": len(found.deals),
        "explained": found.explained,
        "reasons": [{"reason": one.reason, "count": one.count, "share": rate(one.share)} for one in found.reasons],
        "patterns": [{"id": one.id, "fired": one.fired, "share": rate(one.share)} for one in found.patterns],
        "deals": [_deal(deal) for deal in found.deals],
    }


def _deal(deal: LostDeal) -> dict[str, Any]:
    return {
        "lead_id": deal.lead_id,
        "producer": deal.producer,
        "producer_name": deal.producer_name,
        "line": deal.line,
        "lost_at": deal.lost_at,
        "reason": deal.reason,
        "competing_agency": deal.competing_agency,
        "competing_carrier": deal.competing_carrier,
        "price_difference": dollars(deal.price_difference),
        "winnable": deal.winnable,
        "would_change": deal.would_change,
        "premium": dollars(deal.premium),
    }


def ratios(found: Ratios) -> dict[str, Any]:
    """The answer of `ratios`."""
    true, flattering, averages = found.true_closing, found.flattering_closing, found.averages
    return {
        "retention": {
            "clients": _kept(found.clients),
            "policies": _kept(found.policies),
            "premium": _carried(found.premium),
            "commission": _carried(found.commission),
        },
        "closing": {
            "true": {"bound": true.bound, "leads": true.measure, "ratio": rate(true.ratio)},
            "flattering": {"bound": flattering.bound, "quotes": flattering.measure, "ratio": rate(flattering.ratio)},
        },
        "averages": {
            "premium_per_client": dollars(averages.premium_per_client),
            "commission_per_client": dollars(averages.commission_per_client),
            "policies_per_client": rate(averages.policies_per_client),
        },
        "notes": list(found.notes),
    }


def _kept(figure: KeptFigure) -> dict[str, Any]:
    return {"begin": figure.begin, "lost": figure.lost, "ratio": rate(figure.ratio)}


def _carried(figure: CarriedFigure) -> dict[str, Any]:
    return {"begin": dollars(figure.begin), "end": dollars(figure.end), "ratio": rate(figure.ratio)}


def revenue(found: Revenue) -> dict[str, Any]:
    """The answer of `revenue`."""
    return {
        "rows": [
            {
                "producer": row.producer,
                "producer_name": row.producer_name,
                **_sums(row),
                "months_employed": row.months_employed,
                "benchmark": row.benchmark,
                "crosses_on": None if row.crosses_on is None else row.crosses_on.isoformat(),
            }
            for row in found.rows
        ],
        "total": _sums(found.total),
    }


def _sums(row: RevenueFigure) -> dict[str, Any]:
    return {
        "new_premium": dollars(row.new_premium),
        "renewal_premium": dollars(row.renewal_premium),
        "total_book": dollars(row.total_book),
        "commission_rate": rate(row.commission_rate),
        "revenue": dollars(row.revenue),
        "cost": dollars(row.cost),
        "salary": dollars(row.salary),
        "benefits": dollars(row.benefits),
        "splits": dollars(row.splits),
        "desk": dollars(row.desk),
        "net_contribution": dollars(row.net_contribution),
        "multiple": rate(row.multiple),
    }
