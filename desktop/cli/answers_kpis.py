"""Shapes KPIs into the answers of commands.md: dollars, rounded rates, durations, the spec's keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from desktop.core.kpis.definition import Cents, Duration, Number, Unit

if TYPE_CHECKING:
    from desktop.core.kpis.definition import KpiFigure
    from desktop.services.kpis import KpiPage

_RATE_PLACES = 6
_DURATION_PLACES = 4


def kpis(page: KpiPage) -> dict[str, Any]:
    """The answer of `kpi`."""
    return {
        "from": page.period.start.isoformat(),
        "to": page.period.end.isoformat(),
        "as_of": page.as_of.isoformat(timespec="seconds"),
        "producer": page.producer,
        "producer_name": page.producer_name,
        "basis": str(page.basis),
        "kpis": [_figure(one) for one in page.kpis],
    }


def _figure(one: KpiFigure) -> dict[str, Any]:
    is_table = one.unit is Unit.TABLE
    return {
        "id": one.id,
        "section": one.section,
        "unit": str(one.unit),
        "value": None if is_table else amount(one.value, one.unit),
        "numerator": None if is_table else amount(one.numerator, one.unit),
        "denominator": None if is_table else _count(one.denominator, one.unit),
        "target": amount(one.target, one.unit),
        "status": str(one.status),
        "previous": amount(one.previous, one.unit),
        "detail": shown(one.detail),
    }


def _count(number: Number | None, unit: Unit) -> float | int | None:
    """A denominator: dollars only where it is money itself."""
    return amount(number, unit if isinstance(number, Cents) else Unit.RATIO)


def amount(number: Number | None, unit: Unit) -> float | int | None:
    """A KPI's number: dollars to the cent, durations to four places, all else to six; whole numbers stay whole."""
    if number is None:
        return None
    if isinstance(number, Cents) or unit is Unit.DOLLARS:
        return round(float(number) / 100, 2)
    if isinstance(number, int):
        return int(number)
    return round(float(number), _DURATION_PLACES if unit in (Unit.MINUTES, Unit.DAYS) else _RATE_PLACES)


def shown(value: object) -> Any:
    """A detail as JSON has it: money in dollars, durations to four places, rates to six, days and moments ISO."""
    if isinstance(value, Mapping):
        return {str(key): shown(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [shown(inner) for inner in value]
    if isinstance(value, Cents):
        return round(int(value) / 100, 2)
    if isinstance(value, Duration):
        return round(float(value), _DURATION_PLACES)
    if isinstance(value, (float, Fraction)):
        return round(float(value), _RATE_PLACES)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
