"""Shapes plans into the answers of `ept` and `validation` (commands.md): exact values, rounded once, half up."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from desktop.core.money import half_up

if TYPE_CHECKING:
    from desktop.core.validation import Reality, Schedule
    from desktop.core.validation_newproducer import Sponsorship
    from desktop.services.plans import TimePlan, ValidationPlan

_CENTS, _RATE_PLACES, _HOUR_PLACES, _WEEKLY_PLACES = 100, 6, 4, 1


def time_plan(found: TimePlan) -> dict[str, Any]:
    """The answer of `ept`."""
    time = found.time
    return {
        "available": _hours(time.available),
        "other": _hours(time.other),
        "production": _hours(time.production),
        "closing_ratio": _rate(time.closing_ratio),
        "effective": _hours(time.effective),
        "required_rate": _dollars(time.required_rate),
        "accounts": [
            {
                "premium": _dollars(one.account.premium),
                "rate": _rate(one.account.rate),
                "commission": _dollars(one.commission),
                "break_even_hours": _hours(one.break_even_hours),
            }
            for one in found.accounts
        ],
    }


def validation_plan(found: ValidationPlan) -> dict[str, Any]:
    """The answer of `validation` for NewRen and BaseGrowth."""
    return {
        "plan": found.plan.value,
        "target": _schedule(found.schedules.target),
        "minimum": _schedule(found.schedules.minimum),
        "reality": None if found.reality is None else _reality(found.reality),
    }


def _schedule(one: Schedule) -> dict[str, Any]:
    weekly = one.weekly
    return {
        "compensation": _dollars(one.compensation),
        "new_commission": _dollars(one.new_commission),
        "total_revenue": _dollars(one.total_revenue),
        "sales": one.sales,
        "proposals": one.proposals,
        "sales_calls": one.sales_calls,
        "weekly": {
            "sales_calls": _rounded(weekly.sales_calls, _WEEKLY_PLACES),
            "proposals": _rounded(weekly.proposals, _WEEKLY_PLACES),
            "sales": _rounded(weekly.sales, _WEEKLY_PLACES),
            "premium": _dollars(weekly.premium),
            "commission": _dollars(weekly.commission),
        },
    }


def _reality(one: Reality) -> dict[str, Any]:
    return {
        "needed": _rounded(one.needed, _WEEKLY_PLACES),
        "actual": _rounded(one.actual, _WEEKLY_PLACES),
        "ratio": _rate(one.ratio),
        "verdict": None if one.verdict is None else one.verdict.value,
    }


def sponsorship(found: Sponsorship) -> dict[str, Any]:
    """The answer of `validation` for NewProducer."""
    return {
        "plan": "newproducer",
        "years": [
            {
                "year": one.year,
                "new_commission": _dollars(one.new_commission),
                "renewals": _dollars(one.renewals),
                "earned": _dollars(one.earned),
                "draw": _dollars(one.draw),
                "validated": one.validated,
                "invested": _dollars(one.invested),
            }
            for one in found.years
        ],
        "paid_back_month": found.paid_back_month,
    }


def inputs(values: Mapping[str, Fraction], keys: tuple[str, ...], money: frozenset[str]) -> str:
    """Inputs in one line, such as `prior 150000.0, hit_rate 0.25`, for a message."""
    return ", ".join(f"{key} {_dollars(values[key]) if key in money else _rate(values[key])}" for key in keys)


def _dollars(cents: Fraction | None) -> float | None:
    return None if cents is None else half_up(cents) / _CENTS


def _rate(value: Fraction | None) -> float | None:
    return _rounded(value, _RATE_PLACES)


def _hours(value: Fraction | None) -> float | None:
    return _rounded(value, _HOUR_PLACES)


def _rounded(value: Fraction | None, places: int) -> float | None:
    return None if value is None else half_up(value * 10**places) / 10**places
